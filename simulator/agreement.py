"""Promise 6: after any outage all screens agree with the hub; and while they may not, they say so.

What has to be seen is reckoned from the journal's rows alone, and held against what the displays show and what the
broker last heard of the hub. It can be asked once nothing has failed for a while and nothing has just changed.
"""

from typing import Any

from simulator.record import BrokenPromise, Record
from simulator.witness import Event

CALM_S = 45.0
"""So long nothing must have failed: devices find the broker within seconds; what was lost is said again within 20 s, a few at a time."""
SETTLED_S = 4.0
"""So long nothing that is shown must have changed."""
HONEST_S = 15.0
"""A display that heard nothing of the hub for so long must say so (12 s, and a few steps)."""

UNSEEN = (
    "printed",
    "call-outcome-reported",
    "call-went-unspoken",
    "staff-summoned",
    "request-abandoned",
    "hub-started",
    "journal-cut",
    "block-lent",
    "block-retired",
)
"""Facts that change nothing which is shown."""


class Agreement:
    """Told of every event by the promises; `look` holds what is shown against what was decided."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._calm_since: float | None = 0.0
        self._changed_at = 0.0
        self._said: dict[str, Any] = {}
        self._shown: dict[str, dict[str, Any]] = {}
        self._kiosks: dict[str, str] = {}
        self._pulse: dict[str, float] = {}

    def take(self, event: Event) -> None:
        """One more event."""
        facts = event.facts
        match event.what:
            case "kept" if facts["fact"]["type"] not in UNSEEN:
                self._changed_at = event.at_s
            case "calm":
                self._calm_since = event.at_s
            case "trouble":
                self._calm_since = None
            case "died":
                self._pulse.pop(facts["who"], None)
                if facts["who"] == "broker":
                    self._said.clear()
            case "said" if facts["by"] == "hub":
                self._said[facts["topic"]] = facts["body"]
            case "arrived" if facts["topic"] == "all/hub" and facts["body"]["state"] == "online":
                self._pulse[facts["device"]] = event.at_s
            case "board":
                self._take_board(event)
            case "screen":
                self._kiosks[facts["device"]] = facts["screen"]
            case _:
                pass

    def look(self, at_s: float) -> int:
        """How many screens were compared; none while they cannot be expected to agree yet."""
        calm = self._calm_since is not None and at_s - self._calm_since >= CALM_S
        if not calm or at_s - self._changed_at < SETTLED_S:
            return 0
        for display, shown in self._shown.items():
            self._compare(display, shown)
        for kiosk, screen in self._kiosks.items():
            if screen in ("starting", "out-of-order", "dark"):
                raise BrokenPromise(6, f"{kiosk} is {screen} though nothing fails", kiosk)
        self._compare_wire()
        return len(self._shown) + len(self._kiosks) + 2

    def _take_board(self, event: Event) -> None:
        display, shown = event.facts["display"], event.facts
        self._shown[display] = shown
        for call, number, counter in (*shown["lit"], *shown["rows"]):
            if (call, number, counter) not in self._record.called:
                raise BrokenPromise(6, f"{display} shows {number} at {counter}, where nobody called it", number, call)

    def honest(self, display: str, at_s: float, *, stale: bool) -> None:
        """A display that has heard nothing of the hub for long does not pretend to know."""
        silent_s = at_s - self._pulse.get(display, at_s)
        if silent_s > HONEST_S and not stale:
            raise BrokenPromise(6, f"{display} has heard no hub for {silent_s:.0f} s and does not say so", display)

    def _compare(self, display: str, shown: dict[str, Any]) -> None:
        wanted = self._wanted(shown["zones"])
        if shown["shut"] and not shown["stale"]:
            self._compare_shut(display, shown["zones"])
            return
        lit, rows = [tuple(call) for call in shown["lit"]], [tuple(call) for call in shown["rows"]]
        others = [call for call in wanted if call not in lit]
        right = not shown["stale"] and set(lit) <= set(wanted) and rows == others[: len(rows)]
        if wanted:
            right = right and lit[:1] == wanted[:1] and lit == [call for call in wanted if call in lit]
        if not right:
            seen = [number for _, number, _ in (*lit, *rows)]
            due = [f"{number} at {counter}" for _, number, counter in wanted[:4]]
            what = f"{display} shows {seen or 'nothing'}{' as stale' if shown['stale'] else ''}; the hub called {due}"
            raise BrokenPromise(6, what, display, *(call[0] for call in wanted[:4]))

    def _compare_shut(self, display: str, zones: list[str]) -> None:
        """A display says that the hall is shut, in the place of calls: nobody may be in an officer's hands there."""
        hands = self._record.hands
        zone_of = {call["counter"]: call["zone"] for call in self._record.calls}
        held = [self._record.issued[hands[counter]]["number"] for counter in hands if zone_of.get(counter) in zones]
        if held:
            raise BrokenPromise(6, f"{display} says that the hall is shut; in hand are {held}", display, *held)

    def _wanted(self, zones: list[str]) -> list[tuple[str, str, str]]:
        """What a display of these zones has to show: the latest calls, newest first, each number where it was called last."""
        wanted: dict[str, tuple[str, str, str]] = {}
        for call in self._record.calls:
            if call["zone"] in zones:
                wanted.setdefault(call["number"], (call["call"], call["number"], call["counter"]))
        return list(wanted.values())

    def _compare_wire(self) -> None:
        """What the broker keeps for whoever connects now."""
        board = self._said.get("all/board", {"counters": []})
        held = {counter: self._record.issued[ticket]["number"] for counter, ticket in self._record.hands.items()}
        said = {each["id"]: each["number"] for each in board["counters"] if each["number"]}
        if said != held:
            raise BrokenPromise(6, f"the board says {said}, in hand are {held}", *held.values())
        signs = {topic.rsplit("/", 1)[1]: body for topic, body in self._said.items() if topic.startswith("all/led/")}
        if {counter: body for counter, body in signs.items() if body} != held:
            raise BrokenPromise(6, f"the signs say {signs}, in hand are {held}", *held.values())
        waiting = self._record.waiting()
        for topic, body in self._said.items():
            if topic.startswith("all/queues/"):
                for service in body["services"]:
                    if service["waiting"] != waiting[service["id"]]:
                        what = (
                            f"{topic} says {service['waiting']} wait for {service['id']}, {waiting[service['id']]} do"
                        )
                        raise BrokenPromise(6, what, service["id"])
