"""The promises of the design that every step of a simulated hall is held against: 1, 2, 4 and 6 (and of 3 and 5 a piece each).

They read only what was said on the wire, what came out of printers, what stood on screens, what visitors did and the
journal's rows. They share nothing with the rules of hub, kiosk and display, and ask none of them anything.
"""

from collections import Counter
from typing import Any

from simulator.agreement import Agreement
from simulator.own_numbers import OwnNumbers
from simulator.record import BrokenPromise, Record
from simulator.witness import Event

LONGEST_WAIT_S = 12.0
"""A kiosk waits 8 s for an answer (contract: expires_at); beyond this a visitor was left standing."""

VOICED_S = 110.0
"""A call is fresh for 30 s, its announcer may take 60 s more to say what became of it, and a hub may have died meanwhile."""


class Promises:
    """Told of every event. `kept` says how often each promise was looked at and held."""

    def __init__(self) -> None:
        self.record = Record()
        self._called_at: dict[str, float] = {}
        self.kept: Counter[int] = Counter()
        self.told: set[str] = set()
        """Tickets whose number a visitor has read, on a screen or on paper; or what a kiosk's own number goes by till then."""
        self._giving_back: dict[str, set[str]] = {}
        """The tickets that somebody has just given back at a kiosk, by kiosk."""
        self._given_back: set[str] = set()
        """Tickets whose visitors saw that they were taken back."""
        self._printed: Counter[str] = Counter()
        self._answers: dict[tuple[str, str], Any] = {}
        self._abandoned: set[tuple[str, str]] = set()
        self._asked_last: dict[str, str] = {}
        self._late: set[str] = set()
        self._screens: dict[str, tuple[float, str]] = {}
        self._agreement = Agreement(self.record)
        self._own = OwnNumbers(self.record)

    def take(self, event: Event) -> None:  # noqa: C901 - one case for each kind of event
        """One more event. BrokenPromise where it breaks one."""
        facts = event.facts
        self._agreement.take(event)
        self._own.take(event)
        match event.what:
            case "kept":
                self._take_fact(facts["fact"], event.at_s)
            case "read-again":
                self._hold(2, not facts["changed"], f"rows {facts['changed']} of the journal are gone or changed")
            case "said":
                self._take_said(facts["by"], facts["topic"].split("/"), facts["body"])
            case "arrived":
                self._take_arrived(facts["device"], facts["topic"].rsplit("/", 1)[-1], facts["body"])
            case "screen":
                self._take_screen(event)
            case "paper":
                self._take_paper(facts["device"], facts["numbers"], event.at_s)
            case "page":
                self._take_page(facts["counter"], facts["number"])
            case "gave-back":
                given = {self._ticket(number, facts["device"]) for number in facts["numbers"]}
                self._giving_back.setdefault(facts["device"], set()).update(given)
            case "swapped":
                self._own.disk_is_gone(facts["device"], self.told)
            case "at-rest":
                self._at_rest(event.at_s)
            case _:
                pass

    def agrees(self, at_s: float) -> bool:
        """Whether it could be asked (and was) that all screens agree with the hub."""
        asked = self._agreement.look(at_s)
        self.kept[6] += asked
        return asked > 0

    def honest(self, display: str, at_s: float, *, stale: bool) -> None:
        """A screen that may be wrong says so."""
        self._agreement.honest(display, at_s, stale=stale)

    def _hold(self, promise: int, holds: bool, what: str, *about: str) -> None:
        if not holds:
            raise BrokenPromise(promise, what, *about)
        self.kept[promise] += 1

    # --- the journal ---

    def _take_fact(self, fact: dict[str, Any], at_s: float) -> None:
        self.record.take(fact)
        self.kept[1] += 1
        if fact["type"] == "issued" and fact.get("block"):
            self._take_own(fact)
        if fact["type"] == "called":
            self._called_at[fact["call"]] = at_s
        if fact["type"] == "voided" and fact["ticket"] in self.told:
            number = self.record.issued[fact["ticket"]]["number"]
            back = self._is_given_back(fact["ticket"])
            self._hold(2, back, f"{number} is void, though its visitor was told it", number, fact["ticket"])

    def _take_own(self, fact: dict[str, Any]) -> None:
        """A number that a kiosk gave by itself has a ticket: what was known of it is known of that."""
        name, ticket = self._own.became(fact), fact["ticket"]
        for names in (self.told, self._given_back, self._own.lost, *self._giving_back.values()):
            if name in names:
                names.remove(name)
                names.add(ticket)
        self._printed[ticket] += self._printed.pop(name, 0)
        if ticket in self.told:
            self.kept[2] += 1

    # --- the wire ---

    def _take_said(self, by: str, topic: list[str], body: Any) -> None:
        match topic:
            case ["to", device, "ticket-issued"]:
                self._take_answer(device, body["request"], body["ticket"])
            case ["to", device, "refused"]:
                ticket = self.record.asked.get((device, body["request"]))
                fine = ticket is None or "voided" in self.record.states[ticket]
                what = f"request {body['request']} of {device} got a number, and then {body['reason']}"
                self._hold(4, fine, what, body["request"])
            case ["from", device, "ticket-requested"]:
                self._asked_last[device] = body["request"]
            case ["from", device, "ticket-abandoned"]:
                self._take_abandoned(device, body["request"])
            case ["all", "board"] if by == "hub":
                self._take_board(body)
            case ["all", "call"]:
                self._called_for_real(body["call"], body["number"], body["counter"], "all/call")
            case _:
                pass

    def _take_answer(self, device: str, request: str, ticket: dict[str, Any]) -> None:
        """Journalled before it is said, and said the same whenever it is asked for."""
        fact = self.record.issued.get(ticket["id"])
        number = ticket["number"]
        same = fact is not None and (fact["number"], fact["device"], fact["request"]) == (number, device, request)
        self._hold(2, same, f"{device} was told {number}, and the journal does not have it", number, request)
        before = self._answers.setdefault((device, request), ticket)
        self._hold(4, before == ticket, f"request {request} of {device} got two answers", request, number)

    def _take_abandoned(self, device: str, request: str) -> None:
        self._abandoned.add((device, request))
        ticket = self.record.asked.get((device, request))
        if ticket is not None and ticket in self.told:
            number = self.record.issued[ticket]["number"]
            back = self._is_given_back(ticket)
            self._hold(2, back, f"{device} gives up {number}, which its visitor was told", number, request)

    def _take_board(self, board: dict[str, Any]) -> None:
        numbers = [counter["number"] for counter in board["counters"] if counter["number"]]
        if len(set(numbers)) < len(numbers):
            of_days = {self.record.day_of[ticket] for ticket in self.record.hands.values()}
            self._hold(1, len(of_days) > 1, f"the board shows one number at two counters: {numbers}", *numbers)
        for call in board["recent"]:
            self._called_for_real(call["call"], call["number"], call["counter"], "all/board")

    def _called_for_real(self, call: str, number: str, counter: str, where: str) -> None:
        real = (call, number, counter) in self.record.called
        self._hold(2, real, f"{where} calls {number} to {counter}, and the journal does not have it", number, call)

    def _take_page(self, counter: str, number: str | None) -> None:
        held = self.record.hands.get(counter)
        in_hand = None if held is None else self.record.issued[held]["number"]
        what = f"{counter}'s page shows {number} in hand, by the journal it is {in_hand}"
        self._hold(2, number == in_hand, what, counter, *([number] if number else []))

    def _take_arrived(self, device: str, kind: str, body: Any) -> None:
        if kind == "ticket-issued" and body["ticket"]["id"] not in self.told:
            waits = self._screens.get(device, (0.0, ""))[1] == "wait"
            if not waits or _visit_of(self._asked_last.get(device, "")) != _visit_of(body["request"]):
                self._late.add(body["ticket"]["id"])
        if kind == "number-told":
            self._take_number_told(body)

    def _take_number_told(self, said: dict[str, Any]) -> None:
        """The hub remembers what it gave: it is asked about numbers that visitors were told today."""
        known = [
            ticket
            for ticket, fact in self.record.issued.items()
            if fact["number"] == said["number"] and self.record.day_of[ticket] == self.record.day
        ]
        if known and self.record.day_open:
            states = self.record.states[known[0]]
            what = f"asked about {said['number']} the hub says {said['state']}; it is {states[-1]}"
            self._hold(2, said["state"] in states, what, said["number"], known[0])

    # --- what a visitor sees and holds ---

    def _take_screen(self, event: Event) -> None:
        device, screen = event.facts["device"], event.facts["screen"]
        since, before = self._screens.get(device, (0.0, ""))
        self._screens[device] = (event.at_s, screen)
        if before == "wait" and screen not in ("dark", "wait"):
            waited_s = event.at_s - since
            self._hold(3, waited_s <= LONGEST_WAIT_S, f"{device} let its visitor wait for {waited_s:.0f} s", device)
        for number in event.facts["numbers"]:
            self._take_told(device, number, "shows", event.at_s)
        if screen == "cancelled":
            self._given_back |= self._giving_back.get(device, set())

    def _is_given_back(self, ticket: str) -> bool:
        return ticket in self._given_back or any(ticket in given for given in self._giving_back.values())

    def _take_paper(self, device: str, numbers: list[str], at_s: float) -> None:
        for number in numbers:
            ticket = self._ticket(number, device)
            self._printed[ticket] += 1
            self._hold(4, self._printed[ticket] == 1, f"{number} came out of {device} twice", number, ticket)
            self._take_told(device, number, "printed", at_s)

    def _take_told(self, device: str, number: str, how: str, at_s: float) -> None:
        ticket = self._ticket(number, device)
        self._own.told(ticket, number, device, at_s, how)
        if ticket not in self.told and not self._own.unheard(ticket):
            asked = (device, self.record.issued[ticket]["request"])
            late = ticket in self._late or asked in self._abandoned
            self._hold(4, not late, f"{device} {how} {number} after its visitor was sent away", number, asked[1])
            void = "voided" in self.record.states[ticket]
            self._hold(2, not void, f"{device} {how} {number}, which is void", number, ticket)
        self.told.add(ticket)

    def _ticket(self, number: str, device: str) -> str:
        """The ticket that a visitor means by its number; for one that only the kiosk knows of yet, what it goes by."""
        ticket = self._own.name_of(number, device) or self.record.ticket_with(number, device)
        if ticket is None:
            raise BrokenPromise(2, f"{device} told {number}, and the journal does not have it", number)
        return ticket

    # --- in the end ---

    def _at_rest(self, at_s: float) -> None:
        """Nothing has failed for a while and nobody touches anything: what had to become of things has become of them."""
        for device, (since_s, screen) in self._screens.items():
            left_waiting = screen == "wait" and at_s - since_s > LONGEST_WAIT_S
            self._hold(3, not left_waiting, f"{device} lets its visitor wait", device)
        for call, at in self._called_at.items():
            number = self.record.unvoiced.get(call) if at_s - at > VOICED_S else None
            self._hold(5, number is None, f"what became of the voice of {number} ({call}) is not on record", call)
        for name in self.told:
            known = not self._own.unheard(name) or name in self._own.lost
            self._hold(2, known, f"a visitor has {name}, and the hub has not heard of it", name.rsplit(" ", 1)[-1])
        for ticket, fact in self.record.issued.items():
            if self.record.state(ticket) not in ("waiting", "called") or ticket in self._own.lost:
                continue
            number, about = fact["number"], (fact["number"], ticket, fact["request"])
            late = ticket in self._late or (fact["device"], fact["request"]) in self._abandoned
            if ticket in self._given_back:
                self._hold(4, False, f"{number} was given back and is still {self.record.state(ticket)}", *about)
            if ticket not in self.told and ticket not in self.record.reported:
                self._hold(4, not late, f"{number} came too late for its visitor and is not void", *about)
                self._hold(1, False, f"{number} was told to nobody, and no fact explains it", *about)
        self.kept[1] += 1


def _visit_of(request: str) -> str:
    """The requests of one visit are told apart behind a dot: the answer to an earlier one may come twice."""
    return request.partition(".")[0]
