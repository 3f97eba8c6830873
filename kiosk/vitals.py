"""What a kiosk says of itself: who it is, and how it is. Pure."""

from datetime import datetime, timedelta
from typing import Literal

from contract.devices import DeviceHealth, DeviceStatus
from kiosk.identity import Identity
from kiosk.state import State, now_of
from ui.machine import Machine


def status_of(identity: Identity, state: Literal["online", "offline"], at: datetime | None) -> DeviceStatus:
    """Who this kiosk is. `at` is the hub's time, None where it is not known."""
    return DeviceStatus(
        state=state,
        role="kiosk",
        boot=identity.boot,
        installation=identity.installation,
        version=identity.version,
        at=at,
    )


def health_of(state: State, readings: Machine, round_trip_ms: float | None, wall_clock: datetime) -> DeviceHealth:
    """How this kiosk is. `wall_clock` is its own clock, which is told to technicians and used for nothing."""
    hub = now_of(state)
    return DeviceHealth(
        printer=state.printer,
        paper=state.paper_left,
        frames_per_s=readings.frames_per_s,
        temperature_c=readings.temperature_c,
        memory_mb=readings.memory_mb,
        round_trip_ms=round_trip_ms,
        screens_broke=state.broken,
        clock_offset_s=round((wall_clock - hub) / timedelta(seconds=1), 3) if hub else None,
    )
