"""What the journal says, retold from its rows as plain data; and what no journal may say, whatever the rules are.

It shares nothing with the hub's own evolving: were both wrong in the same way, nobody would see it.
"""

from collections import Counter
from typing import Any

from contract.calls import CALL_ENDED

Facts = dict[str, Any]

RECENT = 20
"""So many calls stand on a board (contract: all/board)."""


STEPS = {
    "arrived": (("called",), "serving"),
    "finished": (("called", "serving"), "served"),
    "no-show": (("called",), "no-show"),
    "voided": (("waiting", "called"), "voided"),
    "unserved": (("waiting",), "unserved"),
}
"""What a ticket may have been before each kind of fact, and what it is after it."""


class BrokenPromise(Exception):
    """`promise` is its number in the design; `about`: the names that the events which led to it speak of."""

    def __init__(self, promise: int, what: str, *about: str) -> None:
        super().__init__(f"promise {promise} is broken: {what}")
        self.promise = promise
        self.what = what
        self.about = about


class Record:
    """The hall by its journal. Tickets and counters are known by their ids; a ticket's state is where it is in its life."""

    def __init__(self) -> None:
        self.day: str | None = None
        self.day_open = False
        self.issued: dict[str, Facts] = {}
        """Each number's own fact, by ticket."""
        self.day_of: dict[str, str | None] = {}
        self.states: dict[str, list[str]] = {}
        """All that a ticket ever was, by ticket; the last is what it is."""
        self.reported: set[str] = set()
        """Tickets of whose paper the kiosk has said something, be it that nobody can know."""
        self.hands: dict[str, str] = {}
        """The ticket in each counter's hands."""
        self.calls: list[Facts] = []
        """Today's calls, newest first, as a board shows them."""
        self.unvoiced: dict[str, str] = {}
        """Today's calls of whose voice the end is not on record, each with its number."""
        self.called: set[tuple[str, str, str]] = set()
        """Every call ever: its id, its number, its counter."""
        self.asked: dict[tuple[str, str], str] = {}
        """The ticket that was given for a device's request."""
        self.blocks: dict[str, Facts] = {}
        """What was lent to kiosks, by the block's name."""
        self.own: dict[tuple[str, str], str] = {}
        """Tickets of numbers that kiosks gave by themselves, by block and number."""
        self._numbers: dict[tuple[str | None, str], str] = {}
        self._counts: Counter[tuple[str | None, str]] = Counter()
        self._pressed: set[tuple[str, str]] = set()

    def state(self, ticket: str) -> str:
        """What a ticket is now: waiting, called, serving, served, no-show, voided or unserved."""
        return self.states[ticket][-1]

    def ticket_with(self, number: str, device: str) -> str | None:
        """The last ticket with this number that was given to this device."""
        found = [ticket for ticket, fact in self.issued.items() if (fact["number"], fact["device"]) == (number, device)]
        return found[-1] if found else None

    def waiting(self) -> Counter[str]:
        """How many wait, by service."""
        return Counter(
            self.issued[ticket]["service"] for ticket, states in self.states.items() if states[-1] == "waiting"
        )

    def take(self, fact: Facts) -> None:  # noqa: C901 - one case for each kind of fact
        """One more fact. BrokenPromise where it cannot stand after those before it."""
        match fact["type"]:
            case "day-began":
                self.day, self.day_open, self.calls = fact["day"], True, []
                self.unvoiced.clear()
            case "day-closed":
                self.day_open = False
            case "issued":
                self._take_issued(fact)
            case "block-lent":
                self._take_lent(fact)
            case "offline-number-refused":
                number = fact["number"]
                raise BrokenPromise(2, f"{number} of {fact['device']} was refused: {fact['why']}", number)
            case "call-went-unspoken":
                self.unvoiced.pop(fact["call"], None)
            case "call-outcome-reported":
                if fact["outcome"] in CALL_ENDED:
                    self.unvoiced.pop(fact["call"], None)
            case "printed":
                self.reported.add(fact["ticket"])
            case "called":
                self._take_called(fact)
            case "arrived" | "finished" | "no-show" | "voided" | "unserved" as kind:
                self._take_step(kind, fact)
            case _:
                pass

    def _take_issued(self, fact: Facts) -> None:
        ticket, number, asked = fact["ticket"], fact["number"], (fact["device"], fact["request"])
        own = fact.get("block")
        day = self._day_of_own(fact) if own else self.day
        if not (self.day_open or own):
            raise BrokenPromise(1, f"{number} was given on no day", number, ticket)
        if (day, number) in self._numbers:
            raise BrokenPromise(1, f"{number} was given twice on {day}", number, ticket)
        if ticket in self.issued:
            raise BrokenPromise(1, f"two tickets are named {ticket}", ticket, number)
        last = self._counts[day, fact["prefix"]]
        if not own and fact["count"] != self._behind_lent(fact["prefix"], last + 1):
            raise BrokenPromise(1, f"{number} follows on {fact['prefix']} {last}: a gap that no fact explains", number)
        if asked in self.asked:
            before = self.issued[self.asked[asked]]["number"]
            raise BrokenPromise(4, f"request {asked[1]} of {asked[0]} was given {before} and {number}", *asked, number)
        if own:
            self.own[own, number] = ticket
        else:
            self._counts[day, fact["prefix"]] = fact["count"]
        self._numbers[day, number] = ticket
        self.asked[asked] = ticket
        self.issued[ticket] = fact
        self.day_of[ticket] = day
        self.states[ticket] = ["waiting"]

    def _take_lent(self, fact: Facts) -> None:
        """A kiosk may give these numbers: nobody else may have them or has had them on that day."""
        name, span = fact["block"], range(fact["first"], fact["last"] + 1)
        for other in self.blocks.values():
            if other["day"] == fact["day"] and range(
                max(other["first"], span.start), min(other["last"] + 1, span.stop)
            ):
                raise BrokenPromise(1, f"{name} and {other['block']} share numbers", name, other["block"])
        given = [prefix for prefix in fact["prefixes"] if self._counts[fact["day"], prefix] >= span.start]
        if given or name in self.blocks:
            raise BrokenPromise(1, f"{name} lends numbers that were given or lent already: {given}", name)
        self.blocks[name] = fact

    def _day_of_own(self, fact: Facts) -> str:
        """The day of a number that a kiosk gave by itself, of a block that it was lent and within it."""
        number, block = fact["number"], self.blocks.get(fact["block"])
        if block is None or block["device"] != fact["device"] or fact["prefix"] not in block["prefixes"]:
            raise BrokenPromise(1, f"{number} of {fact['device']} is of no block that it was lent", number)
        if not block["first"] <= fact["count"] <= block["last"] or number != f"{fact['prefix']}{fact['count']:03d}":
            raise BrokenPromise(1, f"{number} is not in {block['block']}", number)
        return str(block["day"])

    def _behind_lent(self, prefix: str, count: int) -> int:
        """The next number that is the hub's own to give."""
        for block in sorted(self.blocks.values(), key=lambda block: int(block["first"])):
            of_today = block["day"] == self.day and prefix in block["prefixes"]
            if of_today and block["first"] <= count <= block["last"]:
                count = block["last"] + 1
        return count

    def _take_called(self, fact: Facts) -> None:
        ticket, counter, pressed = fact["ticket"], fact["counter"], (fact["by"], fact["request"])
        number = self._number_of(ticket)
        others = [other for other, held in self.hands.items() if held == ticket and other != counter]
        if others:
            raise BrokenPromise(1, f"{number} was called to {counter} while {others[0]} has it", number, ticket)
        if self.hands.get(counter, ticket) != ticket:
            raise BrokenPromise(1, f"{counter} called {number} with another ticket in its hands", number, counter)
        if pressed in self._pressed:
            raise BrokenPromise(4, f"one press of {fact['by']} ({fact['request']}) called twice", *pressed, number)
        self._pressed.add(pressed)
        self._move(fact, ("waiting", "called"), "called")
        self.hands[counter] = ticket
        shown = {name: fact[name] for name in ("call", "counter", "zone", "repeat")} | {"number": number}
        self.calls = [shown, *self.calls][:RECENT]
        self.called.add((fact["call"], number, counter))
        self.unvoiced[fact["call"]] = number

    def _take_step(self, kind: str, fact: Facts) -> None:
        before, after = STEPS[kind]
        self._move(fact, before, after)
        if after != "serving":
            self.hands = {counter: ticket for counter, ticket in self.hands.items() if ticket != fact["ticket"]}

    def _move(self, fact: Facts, before: tuple[str, ...], after: str) -> None:
        number, ticket = self._number_of(fact["ticket"]), fact["ticket"]
        if self.state(ticket) not in before:
            raise BrokenPromise(1, f"{number} is {self.state(ticket)} and became {after}", number, ticket)
        self.states[ticket].append(after)

    def _number_of(self, ticket: str) -> str:
        if ticket not in self.issued:
            raise BrokenPromise(2, f"ticket {ticket} moves on and was never given", ticket)
        return str(self.issued[ticket]["number"])
