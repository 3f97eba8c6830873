"""What the page to choose a counter shows: every counter of the hall by zone, its state, and how many wait for it.

Pure, as views.py.
"""

from typing import Literal, assert_never

from msgspec import Struct

from assets.desk_words import DeskWords
from contract.halls import CounterOfHall
from hub.desk.door import CounterDesk, HallDesk
from hub.desk.names import Names, in_language
from hub.desk.views import BarView

Held = Literal["nobody", "me", "other"]


class CounterCard(Struct, frozen=True):
    """One counter to choose. `search` is what the filter looks in."""

    id: str
    name: str
    agencies: str
    state: str
    held: Held
    held_label: str
    waiting: int
    waiting_label: str
    search: str


class ZoneGroup(Struct, frozen=True):
    """The counters of one zone."""

    letter: str
    title: str
    name: str
    cards: tuple[CounterCard, ...]


class ChooseView(Struct, frozen=True):
    """The whole page."""

    bar: BarView
    hall: str
    groups: tuple[ZoneGroup, ...]


def choose_view(desk: HallDesk, holder: str | None, names: Names, words: DeskWords) -> ChooseView:
    """All counters, zone by zone, as the hall's file orders them."""
    by_counter = {one.counter: one for one in desk.counters}
    groups = []
    for zone in desk.hall.zones:
        cards = tuple(
            _card(counter, by_counter[counter.id], holder, names, words)
            for counter in desk.hall.counters
            if counter.zone == zone.id and counter.id in by_counter
        )
        if cards:
            groups.append(ZoneGroup(zone.letter, words.zone.format(letter=zone.letter), names.of(zone.name), cards))
    hall = in_language(desk.hall.name, names.language, desk.hall.languages)
    return ChooseView(BarView(desk.broker_connected), hall, tuple(groups))


def _card(counter: CounterOfHall, desk: CounterDesk, holder: str | None, names: Names, words: DeskWords) -> CounterCard:
    name = names.counter(counter.id, words)
    agencies = names.agencies.get(counter.id, "")
    held = _held(desk, holder)
    services = " ".join(names.services.get(service, "") for service in counter.services)
    return CounterCard(
        id=counter.id,
        name=name,
        agencies=agencies,
        state=_state(desk, words),
        held=held,
        held_label={"nobody": "", "me": words.yours, "other": words.taken}[held],
        waiting=len(desk.waiting),
        waiting_label=words.count_waiting.format(count=len(desk.waiting)),
        search=f"{name} {agencies} {services}".casefold(),
    )


def _held(desk: CounterDesk, holder: str | None) -> Held:
    if desk.state == "closed":
        return "nobody"
    return "me" if holder is not None and desk.holder == holder else "other"


def _state(desk: CounterDesk, words: DeskWords) -> str:
    number = desk.ticket.number if desk.ticket else ""
    match desk.state:
        case "closed":
            return words.state_closed
        case "open":
            return words.state_open
        case "called":
            return words.state_called.format(number=number)
        case "serving":
            return words.state_serving.format(number=number)
        case "paused":
            return words.state_paused
        case _:
            assert_never(desk.state)
