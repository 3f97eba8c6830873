"""Who a kiosk is, and what it reads of the world besides its messages. Handed to the device by whoever starts it."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from contract.names import DeviceId, HallId, RequestId
from ui.machine import Machine


class Identity(Struct, frozen=True):
    """Who this kiosk is. `health_s` and `look_s`: how often it tells how it is, and looks at its printer, in seconds."""

    hall: HallId
    device: DeviceId
    boot: int
    installation: str
    version: str
    machine_boot: str = ""
    """Changes when the machine is switched off, and with it its seconds begin anew; empty where that is not known."""
    show_paper: bool = False
    loudest: float = 1.0
    """How loud the last step of the spoken guidance is, 0 to 1 of what the loudspeaker has."""
    scans: bool = False
    """Whether it has a scanner."""
    health_s: float = 30.0
    look_s: float = 10.0
    roll_m: float = 0.0
    """How long a full roll of paper is; 0: nobody said."""


class Surroundings(Struct, frozen=True):
    """What the kiosk reads of the world besides its messages, and where it tells what it did."""

    new_id: Callable[[], RequestId]
    wall_clock: Callable[[], datetime]
    readings: Callable[[], Machine]
    tell: Callable[..., None]
    network: Callable[[], bool | None] = lambda: None
    """Whether a network is plugged in; None: not known."""
