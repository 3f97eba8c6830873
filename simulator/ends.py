"""How a visit ended, judged by what can be read on the screen and in the journal: a number on record, or a clear reason.

Shares nothing with the kiosk's rules: it reads texts, names of screens, and rows.
"""

import re
from collections.abc import Iterator
from typing import Any

from kiosk.choices import name_of
from kiosk.faces import Face, screen_name
from simulator.record import Record
from simulator.visitors import choices_on

NUMBER = re.compile(r"(?=.*[0-9]{3})[A-Z0-9]{1,3}[0-9]{3,}")
TELLS_A_NUMBER = ("ticket", "no-paper")
TELLS_WHY = ("refused", "closed", "out-of-order", "starting", "evacuation")
"""Screens that end a visit with a reason."""
SHORTEST_REASON = 10
"""Letters. A reason is a sentence."""


class BadEnd(Exception):
    """A visit that did not end as one may: with neither a number nor a reason, or with something left behind."""


def number_told(face: Face) -> tuple[str, ...]:
    """The numbers that the visitor has read here: every text that is nothing but a number."""
    if screen_name(face) not in TELLS_A_NUMBER:
        return ()
    return tuple(dict.fromkeys(text for text in texts_in(face) if NUMBER.fullmatch(text)))


def reason_told(face: Face) -> str:
    """Why there is no number, in the words of the screen; empty where this screen is no end of a visit."""
    screen = screen_name(face)
    if screen in TELLS_WHY:
        sentences = [text for name in ("sentences", "text", "title") for text in texts_in(getattr(face, name, ""))]
        return " ".join(sentences)
    if screen == "service" and not any(name_of(choice) == "take" for choice in choices_on(face)):
        return str(getattr(face, "cannot", ""))
    return ""


def check_reason(face: Face) -> None:
    """BadEnd where the reason on the screen is none."""
    reason = reason_told(face)
    if len(reason) < SHORTEST_REASON or "{" in reason or "⟦" in reason:
        raise BadEnd(f"the {screen_name(face)} screen gives no clear reason: {reason!r}")


def check_on_record(numbers: set[str], given_back: set[str], record: Record, device: str) -> None:
    """BadEnd where a number that was told is not on record, or is void though nobody gave it back."""
    for number in numbers:
        ticket = record.ticket_with(number, device)
        if ticket is None:
            raise BadEnd(f"{number} was told, and the journal does not have it")
        if record.state(ticket) == "voided" and number not in given_back:
            raise BadEnd(f"{number} was told and is void, and nobody gave it back")
        if record.state(ticket) != "voided" and number in given_back:
            raise BadEnd(f"{number} was given back and is {record.state(ticket)}")


def left_behind(face: Face, untouched: Face) -> tuple[str, ...]:
    """What differs from the face of a kiosk in the same hall that nobody has touched."""
    return tuple(_differences(face, untouched, screen_name(face)))


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a face."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts_in(one)
    elif hasattr(value, "__struct_fields__"):
        for field in value.__struct_fields__:
            yield from texts_in(getattr(value, field))


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
