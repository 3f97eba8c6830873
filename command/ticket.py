"""`./antrean ticket preview LAYOUT`: a layout of the printed ticket as a picture, before any paper is spent.

A typical ticket and the longest that this hall can give, side by side, beside a ruler in centimetres.
"""

import argparse
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont

from assets import fonts
from assets.hall_file import HallFile, read_hall
from assets.words import languages
from command.failing import CommandFailed, hall_folder, plainly
from contract.halls import ServiceOfAgency
from contract.names import DeviceId, Language, Number, TicketId
from contract.tickets import Estimate, IssuedTicket
from kiosk.printing.layout import USUAL_DOTS, PaperWidth, TicketLayout, fitted, read_file, standard_path
from kiosk.printing.paper import Entry, paper_of
from kiosk.printing.picture import draw
from kiosk.printing.roll import KNIFE_MM, slip_mm

EXAMPLE = Path(__file__).resolve().parents[1] / "assets" / "halls" / "mpp"
ISSUED = datetime(2026, 11, 25, 8, 12)  # noqa: DTZ001 - a morning, by whatever clock the hall has
EXAMPLE_URL = "https://antrean.example.go.id"
CODE = "7K3M-9QXD"
USUAL_ROLL_M = 80
CANDIDATES = 8
"""So many services with most to say are drawn to find the longest ticket."""
GROUND, PAPER_EDGE, INK = 205, 150, 40
GAP, RULER, FOOT = 40, 70, 90

DESCRIPTION = """\
Draws a ticket as the printer prints it: the picture goes to --out, the paper's length to the screen.
LAYOUT is a layout file, or standard-80mm or standard-58mm, which come with the product. Start with a copy of one of
these; what blocks and keys there are stands in docs/operating.md, "The ticket's layout"."""


def run(words: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="antrean ticket",
        description="Looks after the printed ticket's layout.",
        epilog="antrean ticket preview --help says more; the layouts of the product stand in assets/tickets.",
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="preview")
    preview = actions.add_parser(
        "preview",
        help="draw a layout as a picture",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    preview.add_argument("layout", metavar="LAYOUT", help="a layout file, or standard-80mm, standard-58mm")
    preview.add_argument("--width", type=int, choices=(58, 80), help="another paper than the file says, in mm")
    preview.add_argument("--language", metavar="CODE", help="the visitor's; the default is the hall's first")
    preview.add_argument("--hall", metavar="DIR", help="with this hall's services; the default is the example hall")
    preview.add_argument("--out", metavar="FILE.png", type=Path, help="the default is LAYOUT's name, with .png, here")
    given = parser.parse_args(words)
    path = _path(given.layout)
    with plainly():
        layout = _layout(path, given.width)
        hall = read_hall(hall_folder(given.hall) if given.hall else EXAMPLE)
    url = hall.rules.public_url if given.hall else EXAMPLE_URL
    typical, longest = samples(hall, layout, _language(given.language, hall), url)
    out: Path = given.out or Path(f"{path.stem}.png")
    try:
        sheet(layout, {"typical": typical, "longest": longest}).save(out, "PNG")
    except (OSError, ValueError) as error:
        raise CommandFailed(f"{out}: the picture could not be written: {error}") from error
    lengths = [slip_mm(each.height, layout.dots_per_mm) for each in (typical, longest)]
    print(f"{out}: {layout.paper_mm} mm paper, {layout.width} dots across; lengths with {KNIFE_MM:.0f} mm blank above")
    print(f"typical  {lengths[0]:4.0f} mm; a roll of {USUAL_ROLL_M} m gives {USUAL_ROLL_M * 1000 / lengths[0]:.0f}")
    print(f"longest  {lengths[1]:4.0f} mm, a copy of it")
    if not url:
        print("no QR: this hall has set no public_url, so no phone could open it")
    return 0


def samples(
    hall: HallFile, layout: TicketLayout, language: Language, url: str | None
) -> tuple[Image.Image, Image.Image]:
    """A typical ticket of a hall, and the longest: of the service with most to say, printed again."""
    services = sorted((each for agency in hall.agencies for each in agency.services), key=_much_to_say)
    if not services:
        raise CommandFailed("this hall has no services")
    typical = _drawn(hall, layout, language, url, services[len(services) // 2], copy=1)
    candidates = [_drawn(hall, layout, language, url, service, copy=2) for service in services[-CANDIDATES:]]
    return typical, max(candidates, key=lambda picture: picture.height)


def sheet(layout: TicketLayout, papers: dict[str, Image.Image]) -> Image.Image:
    """The papers on a grey ground beside a ruler, dot for dot, each with its length below."""
    height = max(paper.height for paper in papers.values()) + FOOT + GAP
    whole = Image.new("L", (RULER + len(papers) * (layout.width + GAP) + GAP, height), GROUND)
    pen = ImageDraw.Draw(whole)
    font = ImageFont.truetype(str(fonts.path("Regular")), 26)
    for tenth in range(int((height - FOOT - GAP) / layout.dots_per_mm) + 1):
        at = GAP + round(tenth * layout.dots_per_mm)
        long = 24 if tenth % 10 == 0 else 14 if tenth % 5 == 0 else 8
        pen.line((RULER - long, at, RULER, at), fill=INK, width=2)
        if tenth and tenth % 10 == 0:
            pen.text((RULER - 32, at), str(tenth // 10), font=font, fill=INK, anchor="rm")
    left = RULER + GAP // 2
    for name, paper in papers.items():
        whole.paste(paper.convert("L"), (left, GAP))
        pen.rectangle((left - 1, GAP - 1, left + paper.width, GAP + paper.height), outline=PAPER_EDGE)
        length = slip_mm(paper.height, layout.dots_per_mm)
        pen.text((left, GAP + paper.height + 12), f"{name}: {length:.0f} mm", font=font, fill=INK)
        left += layout.width + GAP
    return whole


def _much_to_say(service: ServiceOfAgency) -> int:
    """In letters, about."""
    said = [service.name, *(text for each in service.requirements for text in (each.text, each.note))]
    return sum(max(map(len, text.values()), default=0) for text in said) + 40 * len(service.requirements)


def _drawn(
    hall: HallFile, layout: TicketLayout, language: Language, url: str | None, service: ServiceOfAgency, *, copy: int
) -> Image.Image:
    agency_id = next(agency.agency for agency in hall.agencies if service in agency.services)
    agency = next(each for each in hall.hall.agencies if each.id == agency_id)
    zone = next((each.zone for each in hall.hall.counters if service.id in each.services), agency.zone)
    ticket = IssuedTicket(
        id=TicketId("example"),
        number=Number(f"{service.prefix}069"),
        service=service.id,
        visitor="regular",
        language=language,
        issued_at=ISSUED.replace(tzinfo=ZoneInfo(hall.hall.time_zone)),
        ahead=12,
        zone=zone,
        wait_min=Estimate(28, 43),
        follow_url=f"{url}/{CODE}".upper() if url else None,
    )
    entry = Entry(ticket, agency, service)
    return draw(paper_of((entry,), hall.hall, kiosk=DeviceId("kiosk-1"), layout=layout, copy=copy))


def _path(word: str) -> Path:
    standard = {standard_path(width).stem: standard_path(width) for width in USUAL_DOTS}
    return standard.get(word, Path(word))


def _layout(path: Path, width: PaperWidth | None) -> TicketLayout:
    file = read_file(path)
    if width is not None:
        file = replace(file, paper=replace(file.paper, width_mm=width))
    return fitted(file, USUAL_DOTS[file.paper.width_mm], path.parent)


def _language(code: str | None, hall: HallFile) -> Language:
    if code is None:
        return hall.hall.languages[0]
    if code not in languages():
        raise CommandFailed(f"there is no language {code!r}; there are: {', '.join(languages())}")
    return Language(code)
