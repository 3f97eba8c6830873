"""Pictures of what is found by typing, and of what cannot be had: a part of the kiosk's gallery."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from assets.hall_file import HallFile
from contract.names import Language
from contract.reasons import WhyClosed
from kiosk.looks import Looks
from kiosk.places import AtService, Choosing, Searching
from kiosk.searching import index_of, search
from kiosk.state import State

MORNING = datetime.fromisoformat("2026-11-25T08:12:00+08:00")
StateAt = Callable[..., State]


def searches(hall: HallFile, state_at: StateAt, errands: Choosing) -> dict[str, State]:
    """A service found by typing, or not."""
    agencies = {one.agency: one for one in hall.agencies}

    def typed(text: str, **more: Any) -> State:
        found = search(index_of(hall.hall, agencies), text, {})
        return state_at(errands, Searching(text, 0, found), **more)

    return {
        "search-empty": typed(""),
        "search": typed("perpanjng st"),
        "search-one": typed("kartu kelurga"),
        "search-nothing": typed("zeppelin"),
        "search-english": typed("birth", language=Language("en")),
        "search-contrast": typed("sertifikat", looks=Looks(contrast=True)),
    }


def cannot(
    hall: HallFile, state_at: StateAt, errands: Choosing, services: tuple[AtService, AtService]
) -> dict[str, State]:
    """What cannot be had and why, what to know before a number is taken, and a hall that gives none at all."""
    family_card, passport = services
    late, friday = MORNING.replace(hour=9, minute=20), MORNING + timedelta(days=2)
    counters = hall.hall.counters
    down = {one.id: "system" for one in counters if family_card.service in one.services}
    return {
        "service-late": state_at(errands, passport, at=late),
        "service-late-contrast": state_at(errands, passport, at=late, looks=Looks(contrast=True)),
        "service-line-down": state_at(errands, family_card, away=down),
        "service-break": state_at(errands, family_card, at=friday.replace(hour=12)),
        "service-quota": _closed(state_at(errands, passport), WhyClosed.QUOTA_USED_UP),
        "service-no-officer": _closed(state_at(errands, passport), WhyClosed.NO_OFFICER),
        "service-too-late": _closed(state_at(errands, passport), WhyClosed.TOO_LATE),
        "not-begun": state_at(at=MORNING.replace(hour=6)),
        "holiday": state_at(at=datetime.fromisoformat("2026-12-25T09:00:00+08:00")),
        "no-services": state_at(at=MORNING + timedelta(days=4)),
        "break": state_at(at=friday.replace(hour=12)),
        "no-numbers": state_at(at=MORNING.replace(hour=14, minute=45)),
        "day-not-open": _closed(state_at(), WhyClosed.HALL_CLOSED),
    }


def _closed(state: State, why: WhyClosed) -> State:
    """Every service closed for this reason."""
    queues = {
        agency: replace(
            told, services=tuple(replace(one, open=False, why_closed=why, until=None) for one in told.services)
        )
        for agency, told in state.queues.items()
    }
    return replace(state, queues=queues)
