"""Between messages and the bytes and topics that travel. A body that breaks the contract raises BrokenMessage.

Bodies are UTF-8 JSON objects; a sign's text alone is bare ASCII. Unknown fields are ignored.
"""

from datetime import MAXYEAR, MINYEAR, datetime
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from contract.calls import LedText
from contract.catalogue import BY_MESSAGE, CATALOGUE, ROOT, Entry, Message
from contract.halls import AgencyServices, Queues
from contract.names import LEVEL_PATTERN, AgencyId, CounterId, DeviceId, HallId, Request, RequestId

_ENCODER = msgspec.json.Encoder()
_DECODERS: dict[type[Message], msgspec.json.Decoder[Any]] = {
    entry.message: msgspec.json.Decoder(entry.message) for entry in CATALOGUE if entry.message is not LedText
}


class _RequestOnly(Struct):
    request: Request | None = None


_REQUEST_DECODER = msgspec.json.Decoder(_RequestOnly)


class BrokenMessage(Exception):
    """The peer's fault: an unknown topic, a body that is too large, no JSON, or not what the contract says.

    `request` is the body's request id where one could be read, so that the sender can be refused by it.
    """

    def __init__(self, topic: str, why: str, request: RequestId | None = None, device: DeviceId | None = None) -> None:
        super().__init__(f"{topic}: {why}")
        self.topic = topic
        self.why = why
        self.request = request
        self.device = device


class Address(Struct, frozen=True):
    """A topic read: the hall, the table's row, and the levels that were filled in."""

    hall: HallId
    entry: Entry
    device: DeviceId | None = None
    part: str | None = None
    """The agency or counter of a topic that carries one."""


def encode(message: Message) -> bytes:
    """The body as it travels."""
    if isinstance(message, LedText):
        return message.text.encode("ascii", "replace")
    return _ENCODER.encode(message)


def decode(address: Address, body: bytes) -> Message:
    """The message in a body that came in under `address`; BrokenMessage where it breaks the contract."""
    entry = address.entry
    topic = entry.topic
    if len(body) > entry.limit:
        raise BrokenMessage(topic, f"{len(body)} bytes, the limit is {entry.limit}", device=address.device)
    if entry.message is LedText:
        return LedText(counter=CounterId(address.part or ""), text=body.decode("ascii", "replace"))
    try:
        message: Message = _DECODERS[entry.message].decode(body)
        _check_times(message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise BrokenMessage(topic, str(error), _request_in(body), address.device) from error
    if isinstance(message, Queues):
        message = msgspec.structs.replace(message, agency=AgencyId(address.part or ""))
    return message


def _check_times(value: object) -> None:
    """ValueError for a time at the edge of the calendar: told in another zone it would fall off, far from here."""
    match value:
        case datetime(year=year):
            if not MINYEAR < year < MAXYEAR:
                raise ValueError(f"no time of ours: {value}")
        case Struct():
            for field in value.__struct_fields__:
                _check_times(getattr(value, field))
        case tuple():
            for each in value:
                _check_times(each)
        case _:
            pass


def _request_in(body: bytes) -> RequestId | None:
    """The request id of a body that is otherwise broken, if it can be read and is of the contract's form."""
    try:
        return _REQUEST_DECODER.decode(body).request
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        return None


def topic_of(hall: HallId, message: Message, device: DeviceId | None = None) -> str:
    """Where a message is said. `device` is the sender under `from/`, the receiver under `to/`; else not needed."""
    entry = BY_MESSAGE[type(message)]
    part = ""
    match message:
        case AgencyServices(agency=agency):
            part = agency
        case Queues(agency=agency):
            part = agency or ""
        case LedText(counter=counter):
            part = counter
        case _:
            pass
    return topic_for(hall, entry, device, part)


def topic_for(hall: HallId, entry: Entry, device: DeviceId | None = None, part: str = "") -> str:
    """The topic of a row of the table with its levels filled in."""
    filled = entry.topic.replace("{device}", device or "").replace("{agency}", part).replace("{counter}", part)
    if "//" in filled or filled.endswith("/"):
        raise ValueError(f"{entry.topic} needs a device, agency or counter to be said")
    return f"{ROOT}/{hall}/{filled}"


@lru_cache(maxsize=4096)
def read_topic(topic: str) -> Address:
    """The address that a topic stands for; BrokenMessage where the contract has none such."""
    levels = topic.split("/")
    if len(levels) < 5 or "/".join(levels[:2]) != ROOT or not all(map(_fits, levels[2:])):
        raise BrokenMessage(topic[:200], "no topic of this contract")
    hall = HallId(levels[2])
    tail = levels[3:]
    if tail[0] == "all":
        entry = _ALL.get((tail[1], len(tail)))
        if entry is not None:
            return Address(hall, entry, part=tail[2] if len(tail) == 3 else None)
    elif len(tail) == 3:
        entry = _OF_DEVICE.get((tail[0], tail[2]))
        device = DeviceId(tail[1])
        if entry is not None:
            return Address(hall, entry, device=device)
        raise BrokenMessage(topic[:200], "no topic of this contract", device=device if tail[0] == "from" else None)
    raise BrokenMessage(topic[:200], "no topic of this contract")


def _fits(level: str) -> bool:
    return 0 < len(level) <= 40 and all(character in _LEVEL_CHARACTERS for character in level)


_LEVEL_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
assert LEVEL_PATTERN == r"^[a-z0-9-]{1,40}\Z"  # noqa: S101 - the set above says the same, without a search per level

_ALL: dict[tuple[str, int], Entry] = {}
_OF_DEVICE: dict[tuple[str, str], Entry] = {}
for _entry in CATALOGUE:
    _levels = _entry.topic.split("/")
    if _entry.branch == "all":
        _ALL[_levels[1], len(_levels)] = _entry
    else:
        _OF_DEVICE[_levels[0], _levels[2]] = _entry
