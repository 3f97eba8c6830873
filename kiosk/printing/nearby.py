"""Which printers this machine sees, as the kernel tells it: no library, nothing is sent. For the set-up page.

It only looks; which printer is used stands in the device file.
"""

from pathlib import Path

from kiosk.tending import Found

USB_DEVICES = Path("/sys/bus/usb/devices")
PRINTER_CLASS = "07"
SERIAL_NAMES = Path("/dev/serial/by-id")
MOST = 8
"""More than so many are not shown: a screen has an end."""


def printers(usb: Path = USB_DEVICES, serial: Path = SERIAL_NAMES) -> tuple[Found, ...]:
    """USB printers by their two numbers, then serial adapters by a name that stays. Nothing where neither is known."""
    found = []
    for kind in sorted(usb.glob("*:*/bInterfaceClass")):
        # "1-2:1.0" is an interface of the device "1-2", which lies beside it.
        device = usb / kind.parent.name.partition(":")[0]
        if _read(kind) == PRINTER_CLASS:
            numbers = (
                f'kind = "usb", vendor = 0x{_read(device / "idVendor")}, product = 0x{_read(device / "idProduct")}'
            )
            name = " ".join(filter(None, (_read(device / "manufacturer"), _read(device / "product")))) or "USB"
            found.append(Found(name, numbers))
    found += [
        Found(port.name.split("_")[0][:20], f'kind = "serial", device = "{port}"') for port in sorted(serial.glob("*"))
    ]
    return tuple(dict.fromkeys(found))[:MOST]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
