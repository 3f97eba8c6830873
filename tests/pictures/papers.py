"""The papers that are kept as golden pictures. `python -m tests.pictures.papers` draws them anew: look at each before committing.

Tickets in letters are drawn by the emulated printer: a real one has another face, the same places.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image

from kiosk.printing.blocks import Paper
from kiosk.printing.job import JobBuilder
from kiosk.printing.kinds import Profile
from kiosk.printing.letters import columns_of, letters_of
from kiosk.printing.picture import draw
from simulator.printer_engine import PrinterEngine, Slip
from tests.paper_examples import decorated, english, long, paper, plain, trial, visit

GOLDEN = Path(__file__).with_name("golden") / "paper"


def lettered(width_dots: int, profile: Profile, make: Callable[..., Paper] = paper) -> Image.Image:
    """The paper as a printer with letters of its own prints it."""
    slips: list[Slip] = []
    engine = PrinterEngine(slips.append, width_dots)
    engine.receive(JobBuilder(profile).build(letters_of(make(width_dots=width_dots), columns_of(width_dots))))
    engine.run(1 << 20)
    (slip,) = slips
    return slip.printed


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "standard": lambda: draw(paper()),
    "english-copy": lambda: draw(english()),
    "plain": lambda: draw(plain()),
    "long": lambda: draw(long()),
    "visit": lambda: draw(visit()),
    "decorated": lambda: draw(decorated()),
    "trial": lambda: draw(trial()),
    "narrow-trial": lambda: draw(trial(width_dots=384)),
    "narrow": lambda: draw(paper(width_dots=384)),
    "narrow-long": lambda: draw(long(width_dots=384)),
    "narrow-visit": lambda: draw(visit(width_dots=384)),
    "letters": partial(lettered, 576, "TM-T20II"),
    "letters-long": partial(lettered, 576, "TM-T20II", long),
    "letters-narrow": partial(lettered, 384, "POS-5890"),
    "letters-visit": partial(lettered, 576, "TM-T20II", visit),
}


def main() -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, make in PICTURES.items():
        make().save(GOLDEN / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
