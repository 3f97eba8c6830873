"""The face of a ticket in hand, and of what may be said about it: to be noted, cancelled. Pure.

The number is shown whatever became of the paper.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assets import dates
from assets.phrases import number_words
from assets.words import Words
from contract.names import Language
from contract.tickets import IssuedTicket, TicketIssued
from kiosk import choices, ticketplan
from kiosk.faces import Button, Frame, Line, MessageFace, NumberRow, Slip, Stat, TicketFace, TicketsFace
from kiosk.messages import why_refused
from kiosk.offline import is_own
from kiosk.places import Cancelled, ConfirmingCancel, Missed
from kiosk.shape import MOST_BELOW_EACH_OTHER
from kiosk.state import State, Told, service_of
from kiosk.wording import people, place_of, said


def ticket_face(state: State, told: Told, frame: Frame, words: Words, slip: Slip | None) -> TicketFace:
    """`slip`: the paper's picture, where it is shown on the screen."""
    kiosk, ticket = words.kiosk, told.ticket
    language = Language(words.language.code)
    found = service_of(state, ticket.service)
    title, text = _title(told, words)
    note = told.must_be_noted
    stats = (
        Stat(kiosk.ticket_ahead, people(None if is_own(ticket) else ticket.ahead, kiosk)),
        Stat(kiosk.ticket_about, _about(state, ticket, words)),
    )
    name = said(found[1].name, words) if found else ""
    where = place_of(state.hall, ticket.service, words, " · ") if state.hall else ""
    spelled = " · ".join(number_words(ticket.number, language))
    shown = None if note else slip
    there = ticketplan.Words(
        title=title,
        text=text,
        service=name,
        where=where,
        spelled=spelled,
        acts=(kiosk.ticket_cancel, kiosk.ticket_done),
        number=ticket.number,
        numbers=tuple(stat.value for stat in stats),
        labels=tuple(stat.label for stat in stats),
        code=bool(ticket.follow_url) and not note,
        paper=shown is not None,
        comes=not note,
        must=note,
    )
    return TicketFace(
        frame=frame,
        number=ticket.number,
        title=title,
        text=text,
        label=kiosk.ticket_label,
        spelled=spelled,
        service=name,
        where=where,
        stats=stats,
        done=Button(kiosk.ticket_done, choices.Done()),
        cancel=Button(kiosk.ticket_cancel, choices.Cancel()),
        note=note,
        follow_url=ticket.follow_url or "",
        follow_title=kiosk.ticket_follow,
        follow_text=kiosk.ticket_follow_text,
        slip=shown,
        plan=ticketplan.plan_of(frame.shape, there),
    )


def tickets_face(state: State, told: Told, frame: Frame, words: Words) -> TicketsFace:
    """Several numbers, and what was not to be had: no visitor leaves believing to have one more than there are."""
    kiosk = words.kiosk
    title, text = _title(told, words)
    several = len(told.issued) > 1
    return TicketsFace(
        frame=frame,
        title=title,
        text=kiosk.tickets_text if several and not told.must_be_noted and not told.offline else text,
        rows=tuple(_row(state, each.ticket, words) for each in told.issued),
        missed=missed_lines(state, told.missed, words),
        done=Button(kiosk.ticket_done, choices.Done()),
        cancel=Button(kiosk.ticket_cancel, choices.Cancel()),
        note=told.must_be_noted,
    )


def missed_lines(state: State, missed: tuple[Missed, ...], words: Words) -> tuple[Line, ...]:
    """Each service that was not had, and why."""
    lines = []
    for one in missed:
        found = service_of(state, one.service)
        lines.append(Line(said(found[1].name, words) if found else one.service, why_refused(one, words)))
    return tuple(lines)


def _row(state: State, ticket: IssuedTicket, words: Words) -> NumberRow:
    kiosk = words.kiosk
    found = service_of(state, ticket.service)
    ahead = people(ticket.ahead, kiosk)
    known = ticket.wait_min is not None
    when = kiosk.tickets_when_about if known else kiosk.tickets_when
    where = place_of(state.hall, ticket.service, words, " · ") if state.hall else ""
    if is_own(ticket):
        when, ahead = kiosk.tickets_own, kiosk.not_known
    return NumberRow(
        number=ticket.number,
        spelled=" · ".join(number_words(ticket.number, Language(words.language.code))),
        service=said(found[1].name, words) if found else "",
        where=where,
        when=when.format(ahead=ahead, about=_about(state, ticket, words)),
        brief=f"{ahead} · {_about(state, ticket, words)}" if known else ahead,
        zone=where.split(" · ")[0],
    )


def confirm_cancel_face(state: State, place: ConfirmingCancel, frame: Frame, words: Words) -> MessageFace | None:
    """Asked once more: a number given back is gone. Of several numbers each can be given back alone.

    Keeping it stands in the lowest row on the left, where the finger was that asked: tapping on there gives nothing back.
    """
    kiosk = words.kiosk
    numbers = (place.number,) if place.number else tuple(each.ticket.number for each in _issued(state.told))
    if not numbers:
        return None
    title = kiosk.cancel_title.format(number=numbers[0]) if len(numbers) == 1 else kiosk.cancel_which
    sure = [Button(kiosk.cancel_yes, choices.CancelForSure(place.number))]
    if len(numbers) > 1:
        sure = [Button(kiosk.cancel_one.format(number=one), choices.CancelForSure(one)) for one in numbers]
        sure.append(Button(kiosk.cancel_all, choices.CancelForSure()))
    keep = len(sure) if len(sure) < MOST_BELOW_EACH_OTHER else len(sure) // 2 * 2
    sure.insert(keep, Button(kiosk.cancel_no, choices.Back()))
    return MessageFace(frame, "confirm-cancel", "help-circle", title, (kiosk.cancel_text,), tuple(sure), main=keep)


def cancelled_face(state: State, place: Cancelled, frame: Frame, words: Words) -> MessageFace:
    """The paper that came out is worth nothing; whoever has other numbers goes back to them."""
    kiosk = words.kiosk
    rest = state.told is not None
    paper = (kiosk.cancelled_paper.format(numbers=", ".join(place.numbers)),) if place.numbers else ()
    after = kiosk.cancelled_rest if rest else kiosk.cancelled_text
    done = Button(kiosk.understood, choices.Back()) if rest else Button(kiosk.bar_home, choices.Home())
    return MessageFace(frame, "cancelled", "check-circle", kiosk.cancelled_title, (*paper, after), (done,))


def _issued(told: Told | None) -> tuple[TicketIssued, ...]:
    return told.issued if told else ()


def _title(told: Told, words: Words) -> tuple[str, str]:
    kiosk = words.kiosk
    if told.must_be_noted:
        if told.outcome == "unknown":
            return kiosk.note_title, kiosk.note_unsure
        return kiosk.note_title, kiosk.note_paper_out if told.trouble == "paper-out" else kiosk.note_trouble
    if told.outcome is None:
        return kiosk.ticket_printing, kiosk.ticket_own if told.offline else kiosk.ticket_below
    return kiosk.ticket_title, kiosk.ticket_own if told.offline else kiosk.ticket_below


def _about(state: State, ticket: IssuedTicket, words: Words) -> str:
    """As in "08.40–08.55": the time of issue and the range that the hub told with it."""
    if ticket.wait_min is None or state.hall is None:
        return words.kiosk.not_known
    issued: datetime = ticket.issued_at.astimezone(ZoneInfo(state.hall.time_zone))
    first, last = (issued + timedelta(minutes=minutes) for minutes in (ticket.wait_min.low, ticket.wait_min.high))
    return dates.clock_span(first, last, Language(words.language.code))
