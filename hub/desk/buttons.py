"""What an officer can press, in which state, and by which key; a button that cannot be pressed says why.

Pure. A place on the page never turns into another action: a second, unwanted click meets nothing. The hub decides all
the same (`seen` says which revision the officer acted on); this only spares him refusals.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from assets.desk_words import DeskWords
from contract.desk import Action
from contract.names import Number
from hub.desk.door import CounterDesk, WaitingTicket
from hub.domain.calling import is_unheard

Look = Literal["plain", "act", "absent"]

KEYS: dict[Action, str] = {
    "open": "b",
    "next": " ",
    "recall": "r",
    "arrive": "h",
    "no-show": "t",
    "finish": "s",
    "close": "l",
}
"""The key of each action, as the browser names it. The same in every language: fingers do not translate."""

ICONS: dict[Action, str] = {
    "recall": "volume-high",
    "arrive": "check-circle",
    "no-show": "account-off",
}


class ButtonView(Struct, frozen=True):
    """One button. `why_not` is what it says while it cannot be pressed; `note` its second line while it can."""

    action: Action
    label: str
    key: str
    key_label: str
    icon: str
    look: Look
    enabled: bool
    note: str = ""


def buttons_of(desk: CounterDesk, words: DeskWords) -> dict[str, ButtonView]:
    """Every button of a counter that this officer holds."""
    called = desk.state == "called"
    serving = desk.state == "serving"
    number = desk.ticket.number if desk.ticket else Number("")
    buttons = (
        _button("recall", words.act_recall, words, enabled=called),
        _button("arrive", words.act_arrive, words, enabled=called, look="act"),
        _no_show(desk, words),
        _next(desk, number, words),
        _button("finish", words.act_finish, words, enabled=serving),
        _button("close", words.act_close, words, enabled=not called and not serving),
    )
    return {button.action: button for button in buttons}


def open_button(words: DeskWords, waiting: Sequence[WaitingTicket]) -> ButtonView:
    """The one button of a closed counter; it says how many are waiting for it."""
    note = words.count_waiting.format(count=len(waiting)) if waiting else words.waiting_nobody
    return _button("open", words.act_open, words, enabled=True, look="act", note=note)


def _no_show(desk: CounterDesk, words: DeskWords) -> ButtonView:
    """Why it cannot be pressed stands beside it: the call was not heard."""
    ticket = desk.ticket
    unheard = ticket is not None and is_unheard(ticket.call_outcome, ticket.calls)
    called = desk.state == "called"
    return _button("no-show", words.act_no_show, words, enabled=called and not unheard, look="absent")


def _next(desk: CounterDesk, number: Number, words: DeskWords) -> ButtonView:
    if desk.state == "called":
        note, enabled = words.why_answer_first.format(number=number), False
    elif not desk.waiting:
        note, enabled = words.why_nobody, False
    elif desk.state == "serving":
        note, enabled = words.next_finishes.format(number=number, next=desk.waiting[0].number), True
    else:
        note, enabled = words.hand_next_is.format(number=desk.waiting[0].number), True
    return _button("next", words.act_next, words, enabled=enabled, look="act", note=note)


def _button(
    action: Action, label: str, words: DeskWords, *, enabled: bool, look: Look = "plain", note: str = ""
) -> ButtonView:
    key = KEYS[action]
    return ButtonView(
        action=action,
        label=label,
        key=key,
        key_label=words.key_space if key == " " else key.upper(),
        icon=ICONS.get(action, ""),
        look=look,
        enabled=enabled,
        note=note,
    )
