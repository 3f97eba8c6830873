"""Faces of "check my number": the keys, the wait, what the hub told of it, and why nothing was told. Pure."""

from assets.phrases import number_words
from assets.places import counters_phrase
from assets.words import Words
from contract.names import CounterId, Language
from contract.tickets import NumberTold
from kiosk import choices, ticketplan
from kiosk.cancelling import can_be_cancelled
from kiosk.checking import DIGITS, letters_of, may_follow, number_in, prefixes_of
from kiosk.faces import Button, CheckedFace, CheckFace, Frame, MessageFace, Stat, WaitFace
from kiosk.numpad import numpad_of
from kiosk.places import CheckFailed, Checking, Seeking
from kiosk.state import State, service_of
from kiosk.wording import people, place_of, said, staff_note


def check_face(state: State, place: Checking, frame: Frame, words: Words) -> CheckFace:
    """The letters that the hall's numbers begin with, and the digits."""
    kiosk, prefixes = words.kiosk, prefixes_of(state)

    def key(sign: str) -> Button:
        return Button(sign, choices.Type(sign) if may_follow(place.typed, sign, prefixes) else None)

    return CheckFace(
        frame=frame,
        title=kiosk.check_title,
        text=kiosk.check_text_scan if state.scans else kiosk.check_text,
        typed=place.typed,
        letters=tuple(key(letter) for letter in letters_of(state)),
        digits=tuple(key(digit) for digit in (*DIGITS[1:], DIGITS[0])),
        rubout=Button(kiosk.check_erase, choices.Rubout() if place.typed else None, "backspace"),
        check=Button(kiosk.check_go, choices.Check() if number_in(place.typed, prefixes) else None),
        plan=numpad_of(frame.shape, len(letters_of(state))),
    )


def seeking_face(place: Seeking, frame: Frame, words: Words) -> WaitFace:
    """The hub was asked."""
    kiosk, number = words.kiosk, place.asked.number
    title = kiosk.check_seeking.format(number=number) if number else kiosk.check_seeking_code
    return WaitFace(frame, title, kiosk.wait_title, staff_note(place.staff, words))


def checked_face(state: State, told: NumberTold, frame: Frame, words: Words) -> CheckedFace | MessageFace:
    """A ticket's state in words, who is ahead of it and where to go; or that there is no such number today."""
    kiosk = words.kiosk
    if told.state is None or told.number is None:
        return _unknown(told, frame, words)
    title, text = _state(told, words)
    found = service_of(state, told.service) if told.service else None
    may_cancel = told.state in ("waiting", "called") and can_be_cancelled(state, told.number)
    name, where = said(found[1].name, words) if found else "", _where(state, told, words)
    spelled = " · ".join(number_words(told.number, Language(words.language.code)))
    stats = _stats(told, words) if told.state == "waiting" else ()
    there = ticketplan.Words(
        title=title,
        text=text,
        service=name,
        where=where,
        spelled=spelled,
        acts=(kiosk.ticket_cancel if may_cancel else "", kiosk.ticket_done),
        number=told.number,
        numbers=tuple(stat.value for stat in stats),
        labels=tuple(stat.label for stat in stats),
        comes=False,
    )
    return CheckedFace(
        frame=frame,
        number=told.number,
        title=title,
        text=text,
        label=kiosk.ticket_label,
        spelled=spelled,
        service=name,
        where=where,
        stats=stats,
        done=Button(kiosk.ticket_done, choices.Done()),
        cancel=Button(kiosk.ticket_cancel, choices.Cancel()) if may_cancel else None,
        plan=ticketplan.plan_of(frame.shape, there),
    )


def check_failed_face(place: CheckFailed, frame: Frame, words: Words) -> MessageFace:
    """Why nothing is told. A number that cannot be checked is a number all the same."""
    kiosk = words.kiosk
    sentence = {
        "hub-away": kiosk.check_hub_away,
        "no-answer": kiosk.check_no_answer,
        "unreadable": kiosk.check_unreadable,
    }[place.reason]
    understood = (Button(kiosk.understood, choices.Back()),)
    return MessageFace(
        frame, "check-failed", "information", kiosk.check_failed_title, (sentence,), understood, serious=True
    )


def _unknown(told: NumberTold, frame: Frame, words: Words) -> MessageFace:
    kiosk = words.kiosk
    title = kiosk.check_unknown_title.format(number=told.number) if told.number else kiosk.check_unknown_code_title
    understood = (Button(kiosk.understood, choices.Back()),)
    return MessageFace(
        frame, "check-unknown", "information", title, (kiosk.check_unknown_text,), understood, serious=True
    )


def _state(told: NumberTold, words: Words) -> tuple[str, str]:  # noqa: PLR0911 - one line for each state
    """A title and a sentence. The hub may know states that we do not: then somebody is to be asked."""
    kiosk = words.kiosk
    match told.state:
        case "waiting":
            return kiosk.check_waiting, kiosk.check_waiting_text
        case "called":
            return kiosk.check_called, kiosk.check_called_text
        case "serving":
            return kiosk.check_serving, ""
        case "served":
            return kiosk.check_served, ""
        case "no-show":
            return kiosk.check_no_show, kiosk.check_ask_text
        case "unserved":
            return kiosk.check_unserved, kiosk.check_ask_text
        case "voided":
            return kiosk.check_voided, ""
        case _:
            return kiosk.check_other, kiosk.check_ask_text


def _where(state: State, told: NumberTold, words: Words) -> str:
    """The counter that called it; before that all that may."""
    if state.hall is None:
        return ""
    if told.counter is not None and told.state in ("called", "serving"):
        return _counter(state, told.counter, words)
    waits = told.state == "waiting" and told.service is not None
    return place_of(state.hall, told.service, words, " · ") if waits and told.service else ""


def _counter(state: State, counter: CounterId, words: Words) -> str:
    """As in "Zona A · Loket 3"."""
    found = [one for one in state.hall.counters if one.id == counter] if state.hall else []
    zones = {zone.id: zone.letter for zone in state.hall.zones} if state.hall else {}
    letters = [words.kiosk.zone.format(letter=zones[one.zone]) for one in found if one.zone in zones]
    return " · ".join([*letters, counters_phrase(found, words)]) if found else counter


def _stats(told: NumberTold, words: Words) -> tuple[Stat, ...]:
    kiosk = words.kiosk
    wait = kiosk.not_known
    if told.wait_min is not None:
        wait = kiosk.minutes_span.format(low=told.wait_min.low, high=told.wait_min.high)
    return Stat(kiosk.ticket_ahead, people(told.ahead, kiosk)), Stat(kiosk.stat_wait, wait)
