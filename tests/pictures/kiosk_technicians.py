"""States that technicians and staff see: the PIN's pad, the set-up page part by part, signs in the head, a screen that broke."""

from collections.abc import Callable
from datetime import datetime

from contract.calls import Notice, NoticeText
from contract.names import Language, NoticeId, Number
from kiosk.looks import Looks
from kiosk.places import Choosing, Interrupted, SettingUp
from kiosk.state import State
from kiosk.tending import Around, Found, Setup


def around(at: datetime) -> Around:
    """A kiosk that is well, but for a wall clock that nobody set."""
    return Around(
        device="kiosk-1",
        hall="mpp-kukar",
        installation="5b1f7c0d9a3e",
        version="0.1.0",
        boot=212,
        broker="192.168.1.10:8883",
        tls=True,
        printer="usb 04b8:0e15",
        at=at,
        address="192.168.1.57",
        connect_ms=2.4,
        free_disk_gb=21.4,
        temperature_c=58.2,
        memory_mb=243.0,
        screen="1080 x 1920, 21.5 inch",
    )


def technicians(state_at: Callable[..., State], errands: Choosing, morning: datetime) -> dict[str, State]:
    """Each picture's name and its state."""
    setup = Setup(can=True, around=around(morning), round_trip_ms=4.2, paper_left_m=31.5)
    away = Setup(
        can=True,
        around=Around(
            "kiosk-1", "mpp-kukar", "5b1f", "0.1.0", 212, "192.168.1.10:8883", tls=True, printer="usb", at=morning,
            broker_why="No route to host",
        ),
    )  # fmt: skip
    found = (
        Found("EPSON TM-T20II", 'kind = "usb", vendor = 0x04b8, product = 0x0e15'),
        Found("usb-FTDI", 'kind = "serial", device = "/dev/serial/by-id/usb-FTDI_A1"'),
    )
    news = Notice(1, 1, NoticeText(NoticeId("n-1"), {Language("id"): "Loket 3 pindah ke zona B."}, "info", ()))
    page = {"connected": True, "paper_left": "ok"}
    return {
        "pin": state_at(SettingUp("pin", typed="2718"), setup=Setup(can=True)),
        "pin-wait": state_at(SettingUp("pin"), setup=Setup(can=True, wrong=5, locked_until=18.4, said="wrong")),
        "setup": state_at(SettingUp("overview"), setup=setup, **page),
        "setup-away": state_at(SettingUp("overview"), setup=away, connected=False, pulse=None, printer="paper-out"),
        "setup-printer": state_at(
            SettingUp("printer"), setup=Setup(can=True, around=setup.around, found=found), **page
        ),
        "setup-sound": state_at(SettingUp("sound"), setup=setup, **page),
        "setup-touch": state_at(SettingUp("touch"), setup=setup, **page),
        "setup-restart": state_at(SettingUp("restart"), setup=setup, **page),
        "interrupted": state_at(Interrupted((Number("K069"), Number("X017")))),
        "errands-news": state_at(errands, notice=news),
        "welcome-news": state_at(notice=news),
        "signs": state_at(errands, connected=False, has_network=False, printer="paper-out"),
        "signs-largest": state_at(errands, connected=False, printer="cover-open", looks=Looks(text="largest")),
    }
