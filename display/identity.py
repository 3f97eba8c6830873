"""Who a display is, and what it reads of the world besides its messages. Handed to the device by whoever starts it."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from contract.names import DeviceId, HallId
from display.loudness import VolumeHours
from display.quiet import QuietHours
from ui.machine import Machine


class Identity(Struct, frozen=True):
    """Who this display is, and how long its calls are lit and its health is told, in seconds."""

    hall: HallId
    device: DeviceId
    boot: int
    installation: str
    version: str
    attention_s: float = 8.0
    health_s: float = 30.0
    volume: float = 1.0
    quiet: tuple[QuietHours, ...] = ()
    hours: tuple[VolumeHours, ...] = ()


class Surroundings(Struct, frozen=True):
    """What the display reads of the world besides its messages."""

    wall_clock: Callable[[], datetime]
    readings: Callable[[], Machine]
    tell: Callable[..., None]
