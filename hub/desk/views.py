"""What the officer's pages show, as frozen values of ready words: made from what the hub answered, drawn by the templates.

Pure: no clock, no wire, no hub. Two equal views need not be sent twice, so nothing here changes by the second; what
ticks (the clock, "42 seconds ago") is a moment that the page itself counts from.
"""

from datetime import datetime
from typing import Literal, assert_never

from msgspec import Struct

from assets.dates import clock
from assets.desk_words import DeskWords
from contract.calls import CallOutcome
from contract.names import Number
from contract.tickets import Need, Visitor
from hub.desk.buttons import ButtonView, buttons_of, open_button
from hub.desk.door import CounterDesk, TicketInHand, WaitingTicket
from hub.desk.names import Names

LATE_AFTER_MIN = 20
"""From this many minutes on a waiting ticket is marked: the longest wait that a hall calls usual (look/desk.png)."""
HEARD_WITHIN_S = 8.0
"""An announcer that has not said a word by then is taken for silent: 3 s to `queued`, once more for the next one."""
MOST_LINES = 80
"""Lines of the waiting list that are drawn; the others are counted."""

TURNED = frozenset("69")
"""Digits that are read upside down and therefore underlined."""

Mode = Literal["closed", "taken", "idle", "called", "serving"]
Tone = Literal["plain", "good", "attention"]

_SIGNS: dict[Visitor, tuple[str, str]] = {
    "elderly": ("human-cane", "visitor_elderly"),
    "disabled": ("wheelchair-accessibility", "visitor_disabled"),
    "pregnant": ("human-pregnant", "visitor_pregnant"),
    "with-child": ("baby-carriage", "visitor_with_child"),
}
_NEEDS: dict[Need, tuple[str, str]] = {
    "escort": ("human-male-male", "need_escort"),
    "visual-call": ("ear-hearing-off", "need_visual_call"),
    "step-free": ("stairs", "need_step_free"),
}
SIGN_ICONS = tuple(icon for icon, _ in (*_SIGNS.values(), *_NEEDS.values()))


class Sign(Struct, frozen=True):
    """A mark beside a ticket: an icon and what it says in words."""

    icon: str
    label: str


class Digit(Struct, frozen=True):
    """One character of a number; `turned` ones are underlined."""

    character: str
    turned: bool


class WaitingLine(Struct, frozen=True):
    """One line of the waiting list."""

    id: str
    number: str
    service: str
    signs: tuple[Sign, ...]
    minutes: str
    late: bool


class WaitingView(Struct, frozen=True):
    """The waiting list in true order. `unlisted` counts those that are not drawn ("" where all are)."""

    count: int
    lines: tuple[WaitingLine, ...]
    unlisted: str


class Heard(Struct, frozen=True):
    """What became of the call's sound."""

    text: str
    icon: str
    tone: Tone


class HandView(Struct, frozen=True):
    """The counter's work: the ticket in hand and what can be done. `called_ms` is what the page counts seconds from."""

    mode: Mode
    revision: int
    caption: str
    text: str
    number: tuple[Digit, ...]
    service: str
    signs: tuple[Sign, ...]
    waited: str
    times: str
    called_ms: int
    heard: Heard | None
    buttons: dict[str, ButtonView]
    served_today: str
    said: str
    title: str


class BarView(Struct, frozen=True):
    """Whether the broker is there."""

    broker_connected: bool


class CounterView(Struct, frozen=True):
    """A counter's page, in the parts that are sent on their own when they change."""

    bar: BarView
    hand: HandView
    waiting: WaitingView


def counter_view(desk: CounterDesk, holder: str | None, names: Names, words: DeskWords) -> CounterView:
    """The whole page of one counter for the browser that is `holder`."""
    return CounterView(
        bar=BarView(desk.broker_connected),
        hand=_hand_view(desk, holder, names, words),
        waiting=_waiting_view(desk, names, words),
    )


def _waiting_view(desk: CounterDesk, names: Names, words: DeskWords) -> WaitingView:
    more = len(desk.waiting) - MOST_LINES
    return WaitingView(
        count=len(desk.waiting),
        lines=tuple(_line(ticket, desk.at, names, words) for ticket in desk.waiting[:MOST_LINES]),
        unlisted=words.waiting_unlisted.format(count=more) if more > 0 else "",
    )


def _line(ticket: WaitingTicket, now: datetime, names: Names, words: DeskWords) -> WaitingLine:
    minutes = minutes_between(ticket.issued_at, now)
    return WaitingLine(
        id=ticket.id,
        number=ticket.number,
        service=names.services.get(ticket.service, ticket.service),
        signs=_signs(ticket.visitor, ticket.needs, words),
        minutes=words.minutes_short.format(minutes=minutes),
        late=minutes >= LATE_AFTER_MIN,
    )


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Whole minutes that have passed, never less than 0."""
    return max(0, int((later - earlier).total_seconds() // 60))


def _signs(visitor: Visitor, needs: tuple[Need, ...], words: DeskWords) -> tuple[Sign, ...]:
    marks = [_SIGNS[visitor]] if visitor in _SIGNS else []
    marks += [_NEEDS[need] for need in needs]
    return tuple(Sign(icon, str(getattr(words, word))) for icon, word in marks)


def _mode(desk: CounterDesk, holder: str | None) -> Mode:
    if desk.state == "closed":
        return "closed"
    if holder is None or desk.holder != holder:
        return "taken"
    match desk.state:
        case "open" | "paused":
            return "idle"
        case "called" | "serving":
            return desk.state
        case _:
            assert_never(desk.state)


def _hand_view(desk: CounterDesk, holder: str | None, names: Names, words: DeskWords) -> HandView:
    mode, ticket = _mode(desk, holder), desk.ticket
    counter = names.counter(desk.counter, words)
    service = names.services.get(ticket.service, ticket.service) if ticket else ""
    return HandView(
        mode=mode,
        revision=desk.revision,
        caption=_caption(desk, mode, words),
        text=_text(desk, mode, words),
        number=digits(ticket.number) if ticket else (),
        service=service,
        signs=_signs(ticket.visitor, ticket.needs, words) if ticket else (),
        waited=words.waited.format(minutes=minutes_between(ticket.issued_at, ticket.called_at)) if ticket else "",
        times=_times(desk, names, words),
        called_ms=int(ticket.called_at.timestamp() * 1000) if ticket else 0,
        heard=_heard(desk, ticket, words) if ticket and desk.state == "called" else None,
        buttons=_buttons(desk, mode, words),
        served_today=words.served_today.format(count=desk.served_today),
        said=_said(desk, service, words),
        title=f"{ticket.number if ticket else len(desk.waiting)} · {counter}",
    )


def _buttons(desk: CounterDesk, mode: Mode, words: DeskWords) -> dict[str, ButtonView]:
    match mode:
        case "closed":
            return {"open": open_button(words, desk.waiting)}
        case "taken":
            return {}
        case "idle" | "called" | "serving":
            return buttons_of(desk, words)
        case _:
            assert_never(mode)


def digits(number: Number) -> tuple[Digit, ...]:
    """The number, character by character."""
    return tuple(Digit(character, character in TURNED) for character in number)


def _caption(desk: CounterDesk, mode: Mode, words: DeskWords) -> str:
    match desk.state:
        case "called":
            return words.hand_called
        case "serving":
            return words.hand_serving
        case "closed":
            return words.hand_closed
        case "paused":
            return words.hand_paused
        case "open":
            if not desk.waiting:
                return words.waiting_nobody
            return words.state_open if mode == "taken" else words.hand_empty
        case _:
            assert_never(desk.state)


def _text(desk: CounterDesk, mode: Mode, words: DeskWords) -> str:
    if mode == "closed":
        return words.hand_closed_text
    if desk.waiting:
        longest = max(minutes_between(ticket.issued_at, desk.at) for ticket in desk.waiting)
        return words.hand_longest.format(count=len(desk.waiting), minutes=longest)
    return words.waiting_nobody_hint


def _times(desk: CounterDesk, names: Names, words: DeskWords) -> str:
    """How often the ticket was called; once it is served, when."""
    ticket = desk.ticket
    if ticket is None:
        return ""
    if desk.state == "serving":
        return words.hand_called_at.format(time=clock(ticket.called_at.astimezone(names.zone), names.language))
    return words.hand_once if ticket.calls == 1 else words.hand_times.format(count=ticket.calls)


def _said(desk: CounterDesk, service: str, words: DeskWords) -> str:
    """What a screen reader says when the ticket in hand has changed."""
    if desk.ticket is None:
        return ""
    sentence = words.now_called if desk.state == "called" else words.now_serving
    return sentence.format(number=desk.ticket.number, service=service)


def _heard(desk: CounterDesk, ticket: TicketInHand, words: DeskWords) -> Heard:
    outcome: CallOutcome | None = ticket.call_outcome
    match outcome:
        case "spoken":
            heard = Heard(words.heard_spoken, "check", "good")
        case "started":
            heard = Heard(words.heard_started, "volume-high", "good")
        case "queued":
            heard = Heard(words.heard_queued, "volume-high", "plain")
        case "dropped":
            heard = Heard(words.heard_dropped, "volume-off", "attention")
        case "failed":
            heard = Heard(words.heard_not, "volume-off", "attention")
        case "silent":
            heard = Heard(words.heard_silent, "volume-off", "plain")
        case None if not desk.broker_connected or (desk.at - ticket.called_at).total_seconds() > HEARD_WITHIN_S:
            heard = Heard(words.heard_nothing, "volume-off", "attention")
        case None:
            heard = Heard(words.heard_pending, "volume-high", "plain")
        case _:
            assert_never(outcome)
    return heard
