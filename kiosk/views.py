"""What the kiosk shows of its state: one frozen face, its words in the visitor's language. Pure.

`view_of` is all that the screens get; a picture of a screen therefore needs only a state and a time.
"""

from datetime import datetime
from typing import assert_never

from assets.words import Words
from kiosk.answering import check_face, check_failed_face, checked_face, seeking_face
from kiosk.describing import needs_face, priority_face, service_face
from kiosk.faces import Face, Frame, MessageFace, Slip, WaitFace
from kiosk.finding import has_room, list_instead, search_face
from kiosk.framing import WordsOf, frame_of
from kiosk.listing import agency_face, all_errands_face, choosing_face, errand_face
from kiosk.messages import message_face, refused_face
from kiosk.notices import notice_face
from kiosk.places import (
    AllErrands,
    AskingNeeds,
    AskingPriority,
    AtService,
    Cancelled,
    Checked,
    CheckFailed,
    Checking,
    Choosing,
    ChoosingLanguage,
    ConfirmingCancel,
    InAgency,
    InErrand,
    Interrupted,
    Place,
    Refusal,
    Searching,
    Seeking,
    SettingUp,
    StaffComing,
    StillThere,
    Taking,
    Waiting,
    Welcome,
)
from kiosk.setup_face import setup_face
from kiosk.state import State, first_language
from kiosk.ticketing import cancelled_face, confirm_cancel_face, missed_lines, ticket_face, tickets_face
from kiosk.tongues import languages_face
from kiosk.welcoming import first_face
from kiosk.wording import staff_note


def view_of(state: State, words_of: WordsOf, now: datetime | None, slip: Slip | None = None) -> Face:
    """The face of this state. `now` is the hub's time in the hall's zone (state.now_of); `slip` the paper to show."""
    words = words_of(state.language or first_language(state))
    place = state.place
    if state.covered is not None:
        return notice_face(state, state.covered, words, now)
    if isinstance(place, Welcome):
        return first_face(state, words_of, words, now)
    if isinstance(place, ChoosingLanguage):
        return languages_face(state, place, words_of, frame_of(state, words, now), words)
    return _face(state, place, frame_of(state, words, now), words, now=now, slip=slip) or _gone(state, words, now)


def _face(  # noqa: C901, PLR0911, PLR0912 - one line for each place
    state: State, place: Place, frame: Frame, words: Words, *, now: datetime | None, slip: Slip | None
) -> Face | None:
    """None where what was looked at is no longer there."""
    told = state.told
    match place:
        case Choosing():
            return choosing_face(state, place, frame, words, now)
        case AllErrands(page=page):
            return all_errands_face(state, page, frame, words)
        case Searching() if has_room(frame, words):
            return search_face(state, place, frame, words, now)
        case Searching():
            return choosing_face(state, list_instead(state, place), frame, words, now)
        case InErrand(errand=errand, page=page):
            return errand_face(state, errand, page, frame=frame, words=words, now=now)
        case InAgency(agency=agency, page=page):
            return agency_face(state, agency, page, frame=frame, words=words, now=now)
        case AtService():
            return service_face(state, place, frame, words, now)
        case AskingPriority():
            return priority_face(state, place, frame, words)
        case AskingNeeds():
            return needs_face(state, frame, words)
        case Waiting(staff=staff):
            return WaitFace(frame, words.kiosk.wait_title, words.kiosk.wait_text, staff_note(staff, words))
        case Taking() if told is not None and (told.more or told.missed):
            return tickets_face(state, told, frame, words)
        case Taking():
            return ticket_face(state, told, frame, words, slip) if told else None
        case ConfirmingCancel():
            return confirm_cancel_face(state, place, frame, words)
        case Cancelled():
            return cancelled_face(state, place, frame, words)
        case Checking():
            return check_face(state, place, frame, words)
        case Seeking():
            return seeking_face(place, frame, words)
        case Checked(told=answer):
            return checked_face(state, answer, frame, words)
        case CheckFailed():
            return check_failed_face(place, frame, words)
        case SettingUp():
            return setup_face(state, place, words, now)
        case Refusal(several=several) if several:
            return refused_face(missed_lines(state, several, words), frame, words)
        case Welcome() | Refusal() | Interrupted() | StaffComing() | ChoosingLanguage() | StillThere():
            return message_face(place, frame, words)
        case _:
            assert_never(place)


def _gone(state: State, words: Words, now: datetime | None) -> MessageFace:
    """What the visitor looked at was taken out of the hall meanwhile."""
    return message_face(Refusal("unknown-service"), frame_of(state, words, now), words)
