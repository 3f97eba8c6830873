"""What the hall says to everybody: a line, a screen that one reads and goes on from, or one that nobody goes on from. Pure.

A kiosk stands for the whole hall, so it shows the notices of all zones. A number that was told is never covered by an
urgent notice. An evacuation covers everything: a request on its way is given up, on record; a number that was told stays.
"""

from datetime import datetime

from msgspec.structs import replace

from assets.words import Words
from contract.calls import Notice, NoticeText
from contract.names import Language
from kiosk import choices
from kiosk.asking import Step
from kiosk.faces import Button, NoticeFace
from kiosk.framing import framed, staff_button
from kiosk.leaving import let_go
from kiosk.places import Cancelled, ConfirmingCancel, SettingUp, StaffComing, StillThere, Taking, Waiting, Welcome
from kiosk.state import State, now_of
from kiosk.trail import home, turned
from kiosk.wording import said, staff_note

NOT_COVERED = (Waiting, Taking, ConfirmingCancel, Cancelled, StaffComing, StillThere, SettingUp)
"""Where a visitor waits for or reads what concerns nobody else: an urgent notice comes after it."""


def heard(state: State, message: Notice) -> State:
    """The hub's newest word on it. A hub whose journal was set up anew counts its starts from the beginning."""
    known = state.notice
    is_news = known is None or (message.boot, message.seq) > (known.boot, known.seq)
    if is_news or (known is not None and state.pulse is not None and message.boot == state.pulse.boot != known.boot):
        return replace(state, notice=message)
    return state


def standing(state: State) -> NoticeText | None:
    """The notice that stands now. By the hub's time; while that is not known it stands."""
    notice = state.notice.notice if state.notice else None
    if notice is None:
        return None
    now = now_of(state)
    return None if notice.until is not None and now is not None and now >= notice.until else notice


def covering(state: State) -> NoticeText | None:
    """The notice that has the screen now, if any."""
    notice = standing(state)
    if notice is None or notice.level == "info":
        return None
    if notice.level == "evacuate":
        return notice
    return None if notice == state.notice_read or isinstance(state.place, NOT_COVERED) else notice


def read(state: State) -> State:
    """The visitor goes on. Another text of it is read anew, and so is the same by the next visitor."""
    if state.covered is None or state.covered.level == "evacuate":
        return state
    return turned(replace(state, notice_read=state.covered))


def settled(state: State) -> Step:
    """After whatever happened: who was about to touch one thing does not touch another that came over it."""
    over = covering(state)
    if over == state.covered:
        return state, ()
    state = turned(replace(state, covered=over, staff_under_notice=None))
    return _sent_out(state) if over is not None and over.level == "evacuate" else (state, ())


def line(state: State, words: Words) -> str:
    """The notice as a line on the welcome and on lists; empty for none."""
    notice = standing(state)
    return "" if notice is None or notice.level == "evacuate" else said(notice.text, words)


def notice_face(state: State, notice: NoticeText, words: Words, now: datetime | None) -> NoticeFace:
    """In the visitor's language first, then in the hall's others."""
    kiosk, language = words.kiosk, Language(words.language.code)
    frame = framed(state, words, now, (staff_button(words),))
    text = said(notice.text, words)
    hall = state.hall
    letters = [zone.letter for zone in hall.zones if zone.id in notice.zones] if hall else []
    languages = hall.languages if hall else tuple(notice.text)
    others = [notice.text[one] for one in languages if one != language and one in notice.text]
    numbers = ", ".join(each.ticket.number for each in state.told.issued) if state.told else ""
    urgent = notice.level == "urgent"
    return NoticeFace(
        frame=frame if urgent else replace(frame, strip=()),
        screen="notice" if urgent else "evacuation",
        title=kiosk.notice_title if urgent else kiosk.notice_attention,
        where=kiosk.zone.format(letter=", ".join(letters)) if letters else "",
        text=text,
        others=tuple(other for other in others if other != text),
        kept=kiosk.notice_kept.format(number=numbers) if numbers else "",
        go_on=Button(kiosk.notice_go_on, choices.ReadNotice()) if urgent else None,
        staff=staff_note(state.staff_under_notice, words),
    )


def _sent_out(state: State) -> Step:
    """Everybody is to leave. Who has a number keeps it; who waits for one is not told it any more, and nobody holds it."""
    state, effects = let_go(state)
    if state.told is not None:
        return turned(replace(state, trail=(Welcome(), Taking()))), effects
    return home(state), effects
