"""`[printer]` of a kiosk's device file as a type, and what no single key can tell: which keys a kind needs, what fits together.

It must never know a printer: it is read by `./antrean check` on machines that have none.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from assets.reading import BadFile, Problem, Source, read_source
from kiosk.printing.kinds import Fence, Flow, Profile
from kiosk.printing.layout import USUAL_DOTS, WIDE_DOTS, TicketLayout, paper_width, read_layout, standard_layout

Kind = Literal["network", "usb", "serial", "file", "cups", "simulated"]
Form = Literal["raster", "text"]
UsbNumber = Annotated[int, Meta(ge=1, le=0xFFFF, description="a number as lsusb shows it, with 0x: 0x04b8")]
DevicePath = Annotated[str, Meta(pattern="^/", description="a path from the root, such as /dev/usb/lp0")]
QueueName = Annotated[str, Meta(pattern="^[^-/#\\s][^/#\\s]*$", description="a queue's name as lpstat -p shows it")]

NEEDED: dict[str, dict[str, str]] = {
    "usb": {
        "vendor": "lsusb shows both numbers: vendor:product",
        "product": "lsusb shows both numbers: vendor:product",
    },
    "serial": {"device": 'such as device = "/dev/ttyUSB0"'},
    "file": {"device": 'such as device = "/dev/usb/lp0"'},
    "cups": {"queue": "lpstat -p shows the queues"},
}
FASTEST_TOO_SLOW = 230_400 - 1
"""Bauds at which a picture of 90 KB takes more than the 6 s that a ticket may take."""


class PrinterSection(Struct, frozen=True, forbid_unknown_fields=True):
    """The keys stand in kiosk.toml with what they mean. None: as it is usual for the kind and the width."""

    kind: Kind
    host: str
    port: Annotated[int, Meta(ge=1, le=65535)]
    baudrate: Literal[9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600]
    flow: Flow
    width_dots: Annotated[int, Meta(ge=256, le=1024, multiple_of=8)]
    serial_number: str
    roll_m: Annotated[float, Meta(ge=0, le=1000)]
    vendor: UsbNumber | None = None
    product: UsbNumber | None = None
    device: DevicePath | None = None
    queue: QueueName | None = None
    fence: Fence | None = None
    form: Form | None = None
    profile: Profile | None = None
    show_paper: bool | None = None
    layout: str | None = None


def named(printer: PrinterSection) -> str:
    """Which printer that is, for technicians: its kind and where it is."""
    match printer.kind:
        case "network":
            where = f"{printer.host}:{printer.port}"
        case "usb":
            where = f"{printer.vendor or 0:04x}:{printer.product or 0:04x}"
        case "serial" | "file":
            where = printer.device or ""
        case "cups":
            where = printer.queue or ""
        case "simulated":
            where = ""
    return f"{printer.kind} {where}".strip()


def form_of(printer: PrinterSection) -> Form:
    """Pictures, but letters on a serial line, where a picture takes a minute."""
    return printer.form or ("text" if printer.kind == "serial" else "raster")


def profile_of(printer: PrinterSection) -> Profile:
    """The nearest to most printers of this width."""
    return printer.profile or ("TM-T20II" if printer.width_dots >= WIDE_DOTS else "POS-5890")


def layout_of(printer: PrinterSection, folder: Path) -> TicketLayout:
    """The hall's own layout, or the one that comes with the product for this width. `folder`: the device file's."""
    if printer.layout is None:
        return standard_layout(printer.width_dots)
    return read_layout(folder / printer.layout, printer.width_dots)


def problems_of(path: Path) -> Iterator[Problem]:
    """What does not fit together in the device file's `[printer]`; what its types tell is told by reading it."""
    source = read_source(path)
    printer = source.data.get("printer")
    if not isinstance(printer, dict):
        return
    kind = printer.get("kind")
    for key, hint in NEEDED.get(kind, {}).items() if isinstance(kind, str) else ():
        if key not in printer:
            yield source.problem(("printer", key), f'is missing: a printer of kind "{kind}" needs it', hint)
    if kind == "serial" and printer.get("form") == "raster" and _slow(printer.get("baudrate")):
        hint = 'form = "text", or a faster baudrate if the printer can'
        yield source.problem(("printer", "form"), "a picture takes too long over this line", hint)
    yield from _layout_problems(source, printer, path.parent)


def _slow(baudrate: object) -> bool:
    return baudrate is None or (isinstance(baudrate, int) and baudrate <= FASTEST_TOO_SLOW)


def _layout_problems(source: Source, printer: dict[str, Any], folder: Path) -> Iterator[Problem]:
    layout, width = printer.get("layout"), printer.get("width_dots", USUAL_DOTS[80])
    if not isinstance(layout, str):
        return
    try:
        found = read_layout(folder / layout).paper_mm
    except BadFile as bad:
        yield from bad.problems
        return
    if isinstance(width, int) and found != paper_width(width):
        what = f"is for paper of {found} mm, and {width} dots are for {paper_width(width)} mm"
        hint = f"width_dots = {USUAL_DOTS[found]}, or a layout for {paper_width(width)} mm"
        yield source.problem(("printer", "layout"), what, hint)
