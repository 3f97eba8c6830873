"""What the hall says to everybody: given, withdrawn, over. Pure.

One notice stands at a time; a new one takes the place of the old. It is on record, so that a hub that is started anew
says it again, and it goes on into the next day until it is withdrawn or its time is over.
"""

from datetime import datetime

from contract.calls import NoticeText
from hub.domain.facts import Fact, NoticeChanged
from hub.domain.hall_state import HallState
from hub.domain.reports import moment_of_report


def standing(state: HallState, now: datetime) -> NoticeText | None:
    """The notice that stands now."""
    notice = state.notice
    return None if notice is None or (notice.until is not None and now >= notice.until) else notice


def give(state: HallState, wanted: NoticeText | None, now: datetime) -> tuple[Fact, ...]:
    """The facts of a notice that somebody at the hub wants said, None to withdraw the one that stands. Again is nothing new.

    It is never refused: an evacuation is said also while the hub's clock stands behind.
    """
    if wanted == state.notice:
        return ()
    return (NoticeChanged(at=moment_of_report(state, now), notice=wanted),)
