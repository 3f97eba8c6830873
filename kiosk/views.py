"""What the kiosk shows of its state: one frozen face, its words in the visitor's language. Pure.

`view_of` is all that the screens get; a picture of a screen therefore needs only a state and a time.
"""

from datetime import datetime
from typing import assert_never

from assets.words import Words
from kiosk.describing import priority_face, service_face
from kiosk.faces import Face, Frame, MessageFace, Slip, WaitFace
from kiosk.framing import WordsOf, frame_of
from kiosk.listing import agency_face, all_errands_face, choosing_face, errand_face
from kiosk.messages import languages_face, message_face
from kiosk.notices import notice_face
from kiosk.places import (
    AllErrands,
    AskingPriority,
    AtService,
    Cancelled,
    Choosing,
    ChoosingLanguage,
    ConfirmingCancel,
    InAgency,
    InErrand,
    Place,
    Refusal,
    StaffComing,
    StillThere,
    Taking,
    Waiting,
    Welcome,
)
from kiosk.state import State, first_language
from kiosk.ticketing import confirm_cancel_face, ticket_face
from kiosk.welcoming import first_face


def view_of(state: State, words_of: WordsOf, now: datetime | None, slip: Slip | None = None) -> Face:
    """The face of this state. `now` is the hub's time in the hall's zone (state.now_of); `slip` the paper to show."""
    words = words_of(state.language or first_language(state))
    place = state.place
    if state.covered is not None:
        return notice_face(state, state.covered, words, now)
    if isinstance(place, Welcome):
        return first_face(state, words_of, words, now)
    if isinstance(place, ChoosingLanguage):
        return languages_face(state, words_of, frame_of(state, words, now), words)
    return _face(state, place, frame_of(state, words, now), words, now=now, slip=slip) or _gone(state, words, now)


def _face(  # noqa: C901, PLR0911 - one line for each place
    state: State, place: Place, frame: Frame, words: Words, *, now: datetime | None, slip: Slip | None
) -> Face | None:
    """None where what was looked at is no longer there."""
    told = state.told
    match place:
        case Choosing():
            return choosing_face(state, place, frame, words, now)
        case AllErrands(page=page):
            return all_errands_face(state, page, frame, words)
        case InErrand(errand=errand, page=page):
            return errand_face(state, errand, page, frame=frame, words=words, now=now)
        case InAgency(agency=agency, page=page):
            return agency_face(state, agency, page, frame=frame, words=words, now=now)
        case AtService():
            return service_face(state, place, frame, words, now)
        case AskingPriority():
            return priority_face(state, place, frame, words)
        case Waiting():
            return WaitFace(frame, words.kiosk.wait_title, words.kiosk.wait_text)
        case Taking():
            return ticket_face(state, told, frame, words, slip) if told else None
        case ConfirmingCancel():
            return confirm_cancel_face(told, frame, words) if told else None
        case Welcome() | Cancelled() | Refusal() | StaffComing() | ChoosingLanguage() | StillThere():
            return message_face(place, frame, words)
        case _:
            assert_never(place)


def _gone(state: State, words: Words, now: datetime | None) -> MessageFace:
    """What the visitor looked at was taken out of the hall meanwhile."""
    return message_face(Refusal("unknown-service"), frame_of(state, words, now), words)
