"""The papers that are kept as golden pictures. `python -m tests.pictures.papers` draws them anew: look at each before committing."""

from collections.abc import Callable
from pathlib import Path

from kiosk.printing.blocks import Paper
from kiosk.printing.picture import draw
from tests.paper_examples import english, long, paper, plain

GOLDEN = Path(__file__).with_name("golden") / "paper"
PAPERS: dict[str, Callable[[], Paper]] = {
    "standard": paper,
    "english-copy": english,
    "plain": plain,
    "long": long,
}


def main() -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, make in PAPERS.items():
        draw(make()).save(GOLDEN / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
