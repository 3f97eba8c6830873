"""The face of a ticket in hand, and of what may be said about it: to be noted, cancelled. Pure.

The number is shown whatever became of the paper.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assets import dates
from assets.phrases import number_words
from assets.words import Words
from contract.names import Language
from contract.tickets import IssuedTicket
from kiosk import choices
from kiosk.faces import Button, Frame, MessageFace, Slip, Stat, TicketFace
from kiosk.state import State, Told, service_of
from kiosk.wording import people, place_of, said


def ticket_face(state: State, told: Told, frame: Frame, words: Words, slip: Slip | None) -> TicketFace:
    """`slip`: the paper's picture, where it is shown on the screen."""
    kiosk, ticket = words.kiosk, told.ticket
    language = Language(words.language.code)
    found = service_of(state, ticket.service)
    title, text = _title(told, words)
    note = told.must_be_noted
    return TicketFace(
        frame=frame,
        number=ticket.number,
        title=title,
        text=text,
        label=kiosk.ticket_label,
        spelled=" · ".join(number_words(ticket.number, language)),
        service=said(found[1].name, words) if found else "",
        where=place_of(state.hall, ticket.service, words, " · ") if state.hall else "",
        stats=(
            Stat(kiosk.ticket_ahead, people(ticket.ahead, kiosk)),
            Stat(kiosk.ticket_about, _about(state, ticket, words)),
        ),
        done=Button(kiosk.ticket_done, choices.Done()),
        cancel=Button(kiosk.ticket_cancel, choices.Cancel()),
        note=note,
        follow_url=ticket.follow_url or "",
        follow_title=kiosk.ticket_follow,
        follow_text=kiosk.ticket_follow_text,
        slip=None if note else slip,
    )


def confirm_cancel_face(told: Told, frame: Frame, words: Words) -> MessageFace:
    """Asked once more: a number given back is gone."""
    kiosk = words.kiosk
    return MessageFace(
        frame=frame,
        screen="confirm-cancel",
        icon="help-circle",
        title=kiosk.cancel_title.format(number=told.ticket.number),
        sentences=(kiosk.cancel_text,),
        buttons=(Button(kiosk.cancel_no, choices.Back()), Button(kiosk.cancel_yes, choices.CancelForSure())),
    )


def _title(told: Told, words: Words) -> tuple[str, str]:
    kiosk = words.kiosk
    if told.must_be_noted:
        if told.outcome == "unknown":
            return kiosk.note_title, kiosk.note_unsure
        return kiosk.note_title, kiosk.note_paper_out if told.trouble == "paper-out" else kiosk.note_trouble
    if told.outcome is None:
        return kiosk.ticket_printing, kiosk.ticket_below
    return kiosk.ticket_title, kiosk.ticket_below


def _about(state: State, ticket: IssuedTicket, words: Words) -> str:
    """As in "08.40–08.55": the time of issue and the range that the hub told with it."""
    if ticket.wait_min is None or state.hall is None:
        return words.kiosk.not_known
    issued: datetime = ticket.issued_at.astimezone(ZoneInfo(state.hall.time_zone))
    first, last = (issued + timedelta(minutes=minutes) for minutes in (ticket.wait_min.low, ticket.wait_min.high))
    return dates.clock_span(first, last, Language(words.language.code))
