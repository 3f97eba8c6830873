"""Words in the place of the newest call: the welcome, a notice, a shut hall, or that the board cannot be trusted. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.board_lines import notice_lines, shut_lines
from assets.dates import clock
from assets.words import words_of
from contract.calls import NoticeText
from contract.halls import Hall
from contract.names import Language, ZoneId
from contract.shut import Shut
from display.board import Knowledge, notice_for, time_of_hub
from display.hours import shut


class Sign(Struct, frozen=True):
    """What is said, most important first. `alone`: no calls stand beside it; else what was called stays below. `notice`: the
    hall says it; the line at the foot need not.
    """

    title: str
    text: str
    hint: str
    warning: bool
    alone: bool = False
    notice: bool = False


def sign_of(
    known: Knowledge, zones: tuple[ZoneId, ...], language: Language, now_s: float, *, heed: bool, attention: bool
) -> Sign | None:
    """The sign that stands now, if any. `heed`: the hub has been silent for too long. `attention`: a call is lit or spoken.

    An evacuation stands over everything. A call that has attention stands over an urgent notice, which comes back after.
    """
    hall = known.hall
    if hall is None:
        return None
    notice = notice_for(known, zones, now_s)
    if notice is not None and notice.level == "evacuate":
        return _notice(notice, hall, alone=True)
    if heed:
        return _heed(known, hall)
    if attention:
        return None
    if notice is not None and notice.level == "urgent":
        return _notice(notice, hall, alone=False)
    closed = shut(known, zones, now_s)
    now = time_of_hub(known, now_s)
    return _shut(closed, now, hall, language) if closed is not None and now is not None else None


def welcome(language: Language) -> Sign:
    """Before the first call of the day."""
    words = words_of(language).display
    return Sign(words.quiet_title, words.quiet_text, words.quiet_hint, warning=False)


def _notice(notice: NoticeText, hall: Hall, *, alone: bool) -> Sign:
    """In every language at once."""
    first, others = notice_lines(notice, hall)
    return Sign(first, others, "", warning=True, alone=alone, notice=True)


def _heed(known: Knowledge, hall: Hall) -> Sign:
    """The title in every language at once; since when in the first."""
    first, *others = hall.languages
    words = words_of(first).display
    since = known.hub.at if known.hub else known.board.at if known.board else None
    if since is None:
        text = words.lost_text_unknown
    else:
        text = words.lost_text.format(time=clock(since.astimezone(ZoneInfo(hall.time_zone)), first))
    titles = dict.fromkeys(words_of(language).display.lost_title for language in others)
    return Sign(words.lost_title, text, "\n".join(title for title in titles if title != words.lost_title), warning=True)


def _shut(closed: Shut, now: datetime, hall: Hall, language: Language) -> Sign:
    return Sign(*shut_lines(closed, hall, now, language), warning=False, alone=True)
