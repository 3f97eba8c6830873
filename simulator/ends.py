"""How a visit ended, judged by what can be read on the screen and in the journal: a number on record, or a clear reason.

Shares nothing with the kiosk's rules: it reads texts, names of screens, and rows.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from contract.names import ServiceId
from hub.domain.book import HallBook
from kiosk.choices import name_of
from kiosk.faces import Face, ServiceFace, screen_name
from simulator.eyes import texts_in
from simulator.hours import is_true, is_true_of_service
from simulator.record import Record
from simulator.visitors import choices_on

SHUT = ("closed", "not-begun", "holiday", "no-services", "break", "no-numbers", "day-not-open")
"""The first screen while the whole hall gives no numbers."""
TELLS_WHY = ("refused", *SHUT, "out-of-order", "starting", "evacuation")
"""Screens that end a visit with a reason."""
VOICE = re.compile(r"instead of '(Panduan suara|account-voice)'|\.frame\.shape\.")
"""What differs where a button says that there is no voice: its label and icon, and the room that these take."""
SHORTEST_REASON = 10
"""Letters. A reason is a sentence."""


class BadEnd(Exception):
    """A visit that did not end as one may: with neither a number nor a reason, or with something left behind."""


def is_refusal(face: Face) -> bool:
    """Whether this screen is to say why there is no number."""
    screen = screen_name(face)
    return screen in TELLS_WHY or (screen == "service" and "take" not in map(name_of, choices_on(face)))


def check_reason(face: Face, book: HallBook, at: datetime) -> None:
    """BadEnd where a screen that is to give a reason gives none, or one that is not true: a title alone is no reason.

    What a clock can tell is held against the hall's hours; `at` is the true time.
    """
    if not is_true(screen_name(face), book, at):
        raise BadEnd(
            f"at {at.astimezone(book.zone):%H:%M:%S} the screen says {screen_name(face)}, and that is not true"
        )
    if isinstance(face, ServiceFace) and not is_true_of_service(face.cannot, book, ServiceId(face.title), at):
        raise BadEnd(f"at {at.astimezone(book.zone):%H:%M:%S} {face.title} says {face.cannot!r}, and that is not true")
    said = ("cannot",) if screen_name(face) == "service" else ("sentences", "text")
    reason = " ".join(text for name in said for text in texts_in(getattr(face, name, "")))
    if len(reason) < SHORTEST_REASON or "{" in reason or "⟦" in reason:
        raise BadEnd(f"the {screen_name(face)} screen gives no clear reason: {reason!r}")


def check_on_record(numbers: set[str], giving: set[str], given_back: set[str], record: Record, device: str) -> None:
    """BadEnd where a number that was told is not on record, or is void though nobody touched to give it back.

    `given_back`: those of `giving` of which the screen said so.
    """
    for number in sorted(numbers):
        ticket = record.ticket_with(number, device)
        if ticket is None:
            raise BadEnd(f"{number} was told, and the journal does not have it")
        if record.state(ticket) == "voided" and number not in giving:
            raise BadEnd(f"{number} was told and is void, and nobody gave it back")
        if record.state(ticket) != "voided" and number in given_back:
            raise BadEnd(f"{number} was given back and is {record.state(ticket)}")


def left_behind(face: Face, untouched: Face, *, voice_failed: bool) -> tuple[str, ...]:
    """What differs from the face of a kiosk in the same hall that nobody has touched.

    A voice that failed is told to the next visitor too, until somebody asks for it again.
    """
    found = tuple(_differences(face, untouched, screen_name(face)))
    return tuple(one for one in found if not (voice_failed and VOICE.search(one)))


def _differences(one: Any, other: Any, place: str) -> Iterator[str]:
    if type(one) is not type(other):
        yield f"{place}: {_short(one)} instead of {_short(other)}"
    elif hasattr(one, "__struct_fields__"):
        for field in one.__struct_fields__:
            yield from _differences(getattr(one, field), getattr(other, field), f"{place}.{field}")
    elif isinstance(one, tuple) and len(one) == len(other):
        for index, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            yield from _differences(mine, theirs, f"{place}[{index}]")
    elif one != other:
        yield f"{place}: {_short(one)} instead of {_short(other)}"


def _short(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 80 else said[:77] + "..."
