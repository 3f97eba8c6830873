"""How the machine is that a kiosk or display runs on, for the technicians' page. Reads the system; decides nothing."""

import resource
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

THERMOMETER = Path("/sys/class/thermal/thermal_zone0/temp")
INTERFACES = Path("/sys/class/net")
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Machine(Struct, frozen=True):
    """One look at it. None: not known here."""

    frames_per_s: float | None = None
    temperature_c: float | None = None
    memory_mb: float | None = None


class MachineWatch:
    """Counts frames that were drawn, and reads the rest when asked. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since_s = clock()
        self._frames = 0

    def frame_drawn(self) -> None:
        """A frame is on the screen."""
        self._frames += 1

    def read(self) -> Machine:
        """Frames a second are those since the last look; memory is the most this program has taken."""
        now_s = self._clock()
        frames_per_s = self._frames / max(0.001, now_s - self._since_s)
        self._since_s, self._frames = now_s, 0
        return Machine(round(frames_per_s, 2), temperature_c(), memory_mb())


def has_network(interfaces: Path = INTERFACES) -> bool | None:
    """Whether any cable or radio of this machine is connected. None: it cannot be told here."""
    carriers = [each / "carrier" for each in interfaces.glob("*") if each.name != "lo"]
    return any(_is_one(carrier) for carrier in carriers) if carriers else None


def machine_boot(file: Path = BOOT_ID) -> str:
    """Another one each time the machine is switched on; empty where it cannot be told. Seconds count from it on."""
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _is_one(carrier: Path) -> bool:
    try:
        return carrier.read_text(encoding="ascii").strip() == "1"
    except OSError:  # an interface that is switched off has none
        return False


def memory_mb() -> float:
    """The most that this program has taken so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def temperature_c() -> float | None:
    """Of the processor; None: there is no thermometer."""
    try:
        return int(THERMOMETER.read_text(encoding="ascii")) / 1000
    except (OSError, ValueError):
        return None
