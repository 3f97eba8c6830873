"""What a board says in words: signs in the place of the newest call, and the running line. Pure.

It says what the hall displays say at the same moment, in the same words.
"""

from msgspec import Struct

from assets.board_lines import absences, notice_lines, shut_lines
from assets.places import said
from assets.words import words_of
from contract.calls import NoticeText
from contract.names import Language, ZoneId
from contract.shut import Shut, shut
from hub.desk.door import HallBoard


class Sign(Struct, frozen=True):
    """Words in the place of the newest call; one that stands `alone` has the place of everything else too."""

    title: str
    text: str
    hint: str
    warning: bool = False
    alone: bool = False


class Telling(Struct, frozen=True):
    """A sign, if any, and the running line: what calls for attention, and what is good to know."""

    sign: Sign | None
    alerts: tuple[str, ...]
    tips: tuple[str, ...]


def telling(
    answer: HallBoard, zones: tuple[ZoneId, ...], language: Language, *, attention: bool, quiet: bool
) -> Telling:
    """`attention`: a call is lit because it is new; `quiet`: nothing was called yet.

    An evacuation stands over everything. A call that has attention stands over an urgent notice, which comes back after.
    """
    words = words_of(language).display
    notice = _notice(answer.notice, zones)
    if notice is not None and notice.level == "evacuate":
        return Telling(_notice_sign(notice, answer, alone=True), (), ())
    if notice is not None and notice.level == "urgent":
        if attention:
            return Telling(None, (said(notice.text, language),), ())
        return Telling(_notice_sign(notice, answer, alone=False), (), (words.missed,))
    closed = None if attention else _shut(answer, zones)
    told = () if notice is None else (said(notice.text, language),)
    if closed is not None:
        return Telling(Sign(*shut_lines(closed, answer.hall, answer.at, language), alone=True), told, ())
    welcome = Sign(words.quiet_title, words.quiet_text, words.quiet_hint) if quiet else None
    return Telling(welcome, (*told, *_absences(answer, zones, language)), (words.missed, words.free))


def _notice(notice: NoticeText | None, zones: tuple[ZoneId, ...]) -> NoticeText | None:
    """The notice, if it is for these zones."""
    if notice is None or (notice.zones and zones and not set(notice.zones) & set(zones)):
        return None
    return notice


def _notice_sign(notice: NoticeText, answer: HallBoard, *, alone: bool) -> Sign:
    """In every language at once."""
    return Sign(*notice_lines(notice, answer.hall), "", warning=True, alone=alone)


def _shut(answer: HallBoard, zones: tuple[ZoneId, ...]) -> Shut | None:
    """None also while anybody is waited for in these zones: the hub tells how services stand only of those where nobody is."""
    agencies = [agency.id for agency in answer.hall.agencies if not zones or agency.zone in zones]
    if not agencies or any(agency not in answer.idle for agency in agencies):
        return None
    return shut(answer.hall, [service for agency in agencies for service in answer.idle[agency]], answer.at)


def _absences(answer: HallBoard, zones: tuple[ZoneId, ...], language: Language) -> list[str]:
    zone_of = {counter.id: counter.zone for counter in answer.hall.counters}
    away = [each for each in answer.counters if each.state == "paused" and (not zones or zone_of.get(each.id) in zones)]
    return absences(away, answer.hall, language, answer.at)
