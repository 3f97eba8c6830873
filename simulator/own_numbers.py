"""Numbers that kiosks gave by themselves, as they can be followed from outside: told first, in the journal later.

Until the journal has such a number it goes by a name of its own (kiosk, block and number), and by its ticket from then on.
It reads what arrived at a kiosk, what stood on its screen, and rows; it asks no program which numbers it may give.
"""

from datetime import datetime
from typing import Any

from simulator.record import BrokenPromise, Record
from simulator.witness import Event

HOME = ("welcome", "dark")
"""Screens on which whoever had a number has gone, or must have left with it."""
EARLIER_S, LATER_S = 3.0, 125.0
"""So much earlier or later than it was told may a number be placed in the queue: a few steps, and two minutes of doubt."""


class OwnNumbers:
    """Told of every event by the promises. `lost`: names of numbers that went away with a kiosk's disk."""

    def __init__(self, record: Record) -> None:
        self.lost: set[str] = set()
        self._record = record
        self._installation: dict[str, str] = {}
        self._blocks: dict[str, dict[str, dict[str, Any]]] = {}
        self._standing: dict[tuple[str, str], str] = {}
        """What a number means that stands on a kiosk's screen: a block that arrives meanwhile changes nothing about it."""
        self._told_s: dict[str, float] = {}
        self._left: dict[str, str] = {}
        """Names of numbers that were told to somebody who has gone, each with its kiosk."""
        self._begins_s: float | None = None

    def take(self, event: Event) -> None:
        """One more event."""
        facts = event.facts
        match event.what:
            case "kept":
                self._begins_s = (
                    _seconds(facts["fact"]["at"]) - event.at_s if self._begins_s is None else self._begins_s
                )
            case "said" if facts["topic"].endswith("/status") and facts["body"]["state"] == "online":
                if self._installation.get(facts["by"]) != facts["body"]["installation"]:
                    self._installation[facts["by"]] = facts["body"]["installation"]
                    self._blocks[facts["by"]] = {}
            case "arrived" if facts["topic"].endswith("/offline-numbers"):
                device, body = facts["device"], facts["body"]
                if self._installation.get(device) == body["installation"]:
                    self._blocks.setdefault(device, {}).setdefault(body["block"], body)
            case "screen" if facts["screen"] in HOME:
                for device, number in [key for key in self._standing if key[0] == facts["device"]]:
                    name = self._standing.pop((device, number))
                    self._left[name] = device
            case _:
                pass

    def name_of(self, number: str, device: str) -> str | None:
        """What a kiosk means by a number of its own: the ticket, or its name as long as there is none. None: it has none such."""
        if (device, number) in self._standing:
            return self._standing[device, number]
        for block in reversed(list(self._blocks.get(device, {}).values())):
            if _holds(block, number):
                ticket = self._record.own.get((block["block"], number))
                return ticket or _name(device, block["block"], number)
        return None

    def told(self, name: str, number: str, device: str, at_s: float, how: str) -> None:
        """It is read, on a screen or a paper. Whoever had it first may read it as long as it stands there."""
        if name in self._left and how == "shows":
            raise BrokenPromise(1, f"{device} shows {number} to a second visitor", number, name)
        self._standing[device, number] = name
        self._told_s.setdefault(name, at_s)

    def became(self, fact: dict[str, Any]) -> str:
        """The journal has a kiosk's own number: its name until now. BrokenPromise where it is placed at another time."""
        name, ticket = _name(fact["device"], fact["block"], fact["number"]), fact["ticket"]
        told_s = self._told_s.get(name)
        if told_s is not None and self._begins_s is not None:
            off_s = _seconds(fact["issued_at"]) - self._begins_s - told_s
            if not -EARLIER_S <= off_s <= LATER_S:
                what = f"{fact['number']} is placed {off_s:.0f} s away from when {fact['device']} told it"
                raise BrokenPromise(2, what, fact["number"], ticket)
            self._told_s[ticket] = told_s
        if name in self._left:
            self._left[ticket] = self._left[name]
        for key, standing in self._standing.items():
            if standing == name:
                self._standing[key] = ticket
        return name

    def unheard(self, name: str) -> bool:
        """Whether it has no ticket yet."""
        return name not in self._record.issued

    def disk_is_gone(self, device: str, told: set[str]) -> None:
        """Another installation stands in a kiosk's place: of what the old one had not said nobody will ever hear."""
        mine = {name for name in told if self.unheard(name) and name.startswith(f"{device} ")}
        open_ones = {
            ticket
            for ticket, fact in self._record.issued.items()
            if fact["device"] == device and self._record.state(ticket) in ("waiting", "called")
        }
        self.lost |= mine | open_ones


def _name(device: str, block: str, number: str) -> str:
    return f"{device} {block} {number}"


def _holds(block: dict[str, Any], number: str) -> bool:
    """Whether a number lies in a block as it was said."""
    for prefix, span in block["blocks"].items():
        digits = number.removeprefix(prefix)
        is_one = number.startswith(prefix) and digits.isdigit() and len(digits) >= 3
        if is_one and span["first"] <= int(digits) <= span["last"]:
            return True
    return False


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()
