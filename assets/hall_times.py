"""What is wrong with the hours in a hall's files: sessions that end before they begin, overlap, or leave the hall's day.

Pure. Times of day are compared as text, which is right for "00:00" to "24:00".
"""

import re
from collections.abc import Iterator, Sequence

from assets.hall_entries import AgencyEntry, HallEntry, OpeningEntry, ServiceEntry, opening_of
from assets.positions import Path
from assets.reading import Problem, Source
from contract.names import CLOCK_PATTERN
from contract.opening import Break, Session


def opening_problems(opening: OpeningEntry, path: Path, source: Source, hall: HallEntry) -> Iterator[Problem]:
    """The problems of one `[opening]`, where it is written."""
    sessions = opening.sessions or ()
    yield from _stretch_problems(sessions, (*path, "sessions"), source)
    yield from _stretch_problems(opening.breaks, (*path, "breaks"), source)
    for index, session in enumerate(sessions):
        here = (*path, "sessions", index)
        last = session.last_ticket
        if last is not None and not session.begins < last <= session.ends:
            what = f"must be after {session.begins} and not after {session.ends}, not {last}"
            yield source.problem((*here, "last_ticket"), what)
        if _is_clock(hall.day_begins) and session.begins < hall.day_begins:
            yield source.problem(
                (*here, "begins"), f"{session.begins} is before the hall's day begins: {hall.day_begins}"
            )
        if _is_clock(hall.day_closes) and session.ends > hall.day_closes:
            yield source.problem((*here, "ends"), f"{session.ends} is after the hall's day closes: {hall.day_closes}")
        yield from _overlaps(sessions, index, here, source)
    seen = set()
    for index, holiday in enumerate(opening.holidays):
        if holiday.on in seen:
            yield source.problem((*path, "holidays", index, "on"), f"{holiday.on} stands here twice")
        seen.add(holiday.on)


def service_time_problems(
    hall: HallEntry, agency: AgencyEntry, service: ServiceEntry, path: Path, source: Source
) -> Iterator[Problem]:
    """A service has hours, its own or inherited, and papers are handed in within them."""
    sessions = opening_of(hall.opening, agency.opening, service.opening).sessions
    if not sessions:
        what = f'the service "{service.id}" is never open: no sessions here, for the agency or for the hall'
        yield source.problem((*path, "opening"), what)
    by = service.hand_in_by
    if by is not None and sessions and not any(session.begins < by <= session.ends for session in sessions):
        yield source.problem((*path, "hand_in_by"), f"{by} is in none of the service's sessions")


def _is_clock(time: str) -> bool:
    """Whether a time of the hall's day was read; a wrong one has been told where it stands."""
    return re.search(CLOCK_PATTERN, time) is not None


def _stretch_problems(stretches: Sequence[Session | Break], path: Path, source: Source) -> Iterator[Problem]:
    for index, stretch in enumerate(stretches):
        here = (*path, index)
        if not stretch.days:
            yield source.problem((*here, "days"), "must name at least one weekday")
        if stretch.begins >= stretch.ends:
            yield source.problem(
                (*here, "ends"), f"must be later than it begins ({stretch.begins}), not {stretch.ends}"
            )
        twice = sorted({day for day in stretch.days if stretch.days.count(day) > 1})
        if twice:
            yield source.problem((*here, "days"), f'"{twice[0]}" stands here twice')


def _overlaps(sessions: Sequence[Session], index: int, path: Path, source: Source) -> Iterator[Problem]:
    session = sessions[index]
    for earlier_index, earlier in enumerate(sessions[:index]):
        days = [day for day in session.days if day in earlier.days]
        if days and session.begins < earlier.ends and earlier.begins < session.ends:
            what = f"overlaps session {earlier_index + 1} on {days[0]} ({earlier.begins} to {earlier.ends})"
            yield source.problem(path, what)
