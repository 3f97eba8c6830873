"""The whole contract as one table: message, topic, quality of service, retained, who says it, who hears it.

The codec, the links' subscriptions, the broker's rights and docs/contract.md are all made from this table.
"""

from typing import Literal

from msgspec import Struct

from contract.calls import Board, Call, CallReported, LedText, Notice
from contract.desk import DeskAction, DeskView
from contract.devices import CommandDone, DeviceCommand, DeviceConfig, DeviceHealth, DeviceStatus
from contract.halls import AgencyServices, Hall, HubHeartbeat, Queues
from contract.tickets import (
    NumberAsked,
    NumberTold,
    OfflineNumbers,
    Refused,
    StaffCalled,
    TicketAbandoned,
    TicketIssued,
    TicketPrinted,
    TicketRequested,
)

ROOT = "antrean/v1"
SMALL_BODY = 16 * 1024
LARGE_BODY = 256 * 1024
"""Limits of a body, in bytes; the large one for what describes the hall, an agency or a device's settings."""

Message = (
    HubHeartbeat
    | Hall
    | AgencyServices
    | Queues
    | Board
    | Call
    | Notice
    | LedText
    | DeviceStatus
    | DeviceHealth
    | TicketRequested
    | TicketIssued
    | Refused
    | TicketPrinted
    | TicketAbandoned
    | OfflineNumbers
    | NumberAsked
    | NumberTold
    | StaffCalled
    | DeskAction
    | DeskView
    | CallReported
    | DeviceConfig
    | DeviceCommand
    | CommandDone
)

Party = Literal["hub", "kiosk", "display", "counter", "sign"]
EVERY_DEVICE: tuple[Party, ...] = ("kiosk", "display", "counter", "sign")


class Entry(Struct, frozen=True):
    """One row. `topic` stands after `antrean/v1/{hall}/`; `{device}`, `{agency}`, `{counter}` are levels filled in."""

    message: type[Message]
    topic: str
    said_by: tuple[Party, ...]
    heard_by: tuple[Party, ...]
    retained: bool = False
    qos: Literal[0, 1] = 1
    limit: int = SMALL_BODY
    last_will: bool = False

    @property
    def branch(self) -> str:
        """`all`, `to` or `from`."""
        return self.topic.split("/", 1)[0]


HUB: tuple[Party, ...] = ("hub",)
KIOSK: tuple[Party, ...] = ("kiosk",)
DISPLAY: tuple[Party, ...] = ("display",)

CATALOGUE: tuple[Entry, ...] = (
    Entry(HubHeartbeat, "all/hub", HUB, EVERY_DEVICE, retained=True, last_will=True),
    Entry(Hall, "all/hall", HUB, ("kiosk", "display"), retained=True, limit=LARGE_BODY),
    Entry(AgencyServices, "all/agency/{agency}", HUB, ("kiosk", "display"), retained=True, limit=LARGE_BODY),
    Entry(Queues, "all/queues/{agency}", HUB, ("kiosk", "display"), retained=True),
    Entry(Board, "all/board", HUB, ("display", "kiosk"), retained=True),
    Entry(Call, "all/call", HUB, DISPLAY),
    Entry(Notice, "all/notice", HUB, ("kiosk", "display"), retained=True),
    Entry(LedText, "all/led/{counter}", HUB, ("sign",), retained=True),
    Entry(DeviceStatus, "from/{device}/status", EVERY_DEVICE, HUB, retained=True, last_will=True),
    Entry(DeviceHealth, "from/{device}/health", EVERY_DEVICE, HUB, qos=0),
    Entry(TicketRequested, "from/{device}/ticket-requested", KIOSK, HUB),
    Entry(TicketIssued, "to/{device}/ticket-issued", HUB, KIOSK),
    Entry(Refused, "to/{device}/refused", HUB, EVERY_DEVICE),
    Entry(TicketPrinted, "from/{device}/ticket-printed", KIOSK, HUB),
    Entry(TicketAbandoned, "from/{device}/ticket-abandoned", KIOSK, HUB),
    Entry(OfflineNumbers, "to/{device}/offline-numbers", HUB, KIOSK, retained=True),
    Entry(NumberAsked, "from/{device}/number-asked", KIOSK, HUB),
    Entry(NumberTold, "to/{device}/number-told", HUB, KIOSK),
    Entry(StaffCalled, "from/{device}/staff-called", KIOSK, HUB),
    Entry(DeskAction, "from/{device}/desk-action", ("counter",), HUB),
    Entry(DeskView, "to/{device}/desk-view", HUB, ("counter",), retained=True),
    Entry(CallReported, "from/{device}/call-reported", DISPLAY, HUB),
    Entry(DeviceConfig, "to/{device}/config", HUB, EVERY_DEVICE, retained=True, limit=LARGE_BODY),
    Entry(DeviceCommand, "to/{device}/command", HUB, EVERY_DEVICE),
    Entry(CommandDone, "from/{device}/command-done", EVERY_DEVICE, HUB),
)

BY_MESSAGE: dict[type[Message], Entry] = {entry.message: entry for entry in CATALOGUE}
