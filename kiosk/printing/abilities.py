"""What a printer was found to be able to do, and which printer it is. Pure data; kiosk/spool.py keeps it.

A printer that has ever answered and is silent now is not well; one that never answered may print all the same. So what
was learnt must outlive the program, and must not outlive the printer.
"""

from msgspec import Struct

from kiosk.printing.section import PrinterSection


class Abilities(Struct, frozen=True):
    """None: not found out yet.

    `answers`: it tells its status. `fences`: it answers `GS r 1` behind a job, so it can confirm one. `echoes`: it
    answers `GS ( H`, so it can confirm this very job. `cuts`: it has a knife.
    """

    answers: bool = False
    fences: bool = False
    echoes: bool | None = None
    cuts: bool | None = None


def identity_of(printer: PrinterSection) -> str:
    """Which printer the settings mean. Whatever changes here is another printer, of which nothing is known yet."""
    match printer.kind:
        case "network":
            place = f"{printer.host}:{printer.port}"
        case "usb":
            place = f"{printer.vendor or 0:04x}:{printer.product or 0:04x}:{printer.serial_number}"
        case "serial":
            place = f"{printer.device}:{printer.baudrate}:{printer.flow}"
        case "file":
            place = printer.device or ""
        case "cups":
            place = printer.queue or ""
        case "simulated":
            place = ""
    return f"{printer.kind} {place} {printer.width_dots} {printer.profile or ''}".strip()
