"""The kiosk's gallery: each screen as visitors meet it, of the example hall on a Wednesday morning."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace

import assets
from assets.hall_file import HallFile, read_hall
from assets.words import words_of
from contract.calls import NoticeText
from contract.halls import QueueOfService, Queues
from contract.names import AgencyId, CounterId, DeviceId, ErrandId, Language, NoticeId, RequestId, ServiceId, TicketId
from contract.numbering import number_of
from contract.opening import Given, availability
from contract.tickets import Estimate, IssuedTicket, NumberAsked, NumberTold, TicketIssued
from kiosk.faces import Face, Slip
from kiosk.guide import Guide
from kiosk.looks import Looks
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
    Missed,
    Place,
    Refusal,
    Seeking,
    StaffComing,
    StillThere,
    Taking,
    Waiting,
    Welcome,
)
from kiosk.standing import busiest_first, hall_hours
from kiosk.state import HubPulse, Recent, State, Told, now_of
from kiosk.views import view_of
from tests.pictures.kiosk_alone import alone
from tests.pictures.kiosk_cannot import cannot, searches
from tests.pictures.kiosk_technicians import technicians
from ui.window import PORTRAIT, ScreenSettings

SCREEN = ScreenSettings()
DRAWING = PORTRAIT
MORNING = datetime.fromisoformat("2026-11-25T08:12:00+08:00")
EVENING = datetime.fromisoformat("2026-11-25T18:40:00+08:00")
WAITING = {
    "disdukcapil": 18,
    "samsat": 11,
    "bpjs-kesehatan": 6,
    "kpp-pratama": 4,
    "imigrasi": 4,
    "bpn": 5,
    "dpmptsp": 3,
    "polres": 2,
}


@cache
def hall() -> HallFile:
    """The example hall."""
    return read_hall(Path(assets.__file__).parent / "halls" / "mpp")


def state_at(*trail: Place, at: datetime = MORNING, **more: Any) -> State:
    """A kiosk that stands there, with the hub alive and the queues of a busy hour."""
    file = hall()
    state = State(
        hall=file.hall,
        agencies={one.agency: one for one in file.agencies},
        queues={one.agency: _queues(one.agency, at) for one in file.agencies},
        pulse=HubPulse(1, at, 0.0),
        printer="ready",
        trail=(Welcome(), *trail),
    )
    return replace(state, **more)


def _queues(agency: AgencyId, at: datetime) -> Queues:
    file = hall()
    services = next(one.services for one in file.agencies if one.agency == agency)
    at = at.astimezone(now_of(State(hall=file.hall, pulse=HubPulse(1, at, 0.0))).tzinfo)  # type: ignore[union-attr]
    rows = []
    for place, service in enumerate(services):
        given = Given(today=13 if service.opening.quota else 0)
        standing = availability(service.opening, at, given, hall_hours(file.hall))
        waiting = WAITING.get(agency, 1) if place == 0 else 0
        estimate = Estimate(10, 20) if agency == "imigrasi" else None
        rows.append(
            QueueOfService(
                service.id, standing.open, waiting, standing.why_closed, standing.until, standing.left_today, estimate
            )
        )
    return Queues(1, 1, at, tuple(rows), agency)


def ticket(number: int = 69, service: str = "kartu-keluarga", **more: Any) -> IssuedTicket:
    """The family card's K069 of the drawings."""
    return IssuedTicket(
        id=TicketId("t-1"),
        number=number_of("K", number),
        service=ServiceId(service),
        visitor="regular",
        language=Language("id"),
        issued_at=MORNING,
        ahead=12,
        zone=hall().hall.zones[0].id,
        wait_min=Estimate(28, 43),
        **more,
    )


def paper() -> Slip:
    """The same ticket as the printer gets it."""
    from kiosk.printing.layout import standard_layout
    from kiosk.printing.picture import draw
    from kiosk.slips import paper_for, slip_of

    found = paper_for((_told().ticket,), state_at(), DeviceId("kiosk-1"), standard_layout())
    assert found is not None
    return slip_of(draw(found))


def _told(**more: Any) -> Told:
    return Told(RequestId("r-1"), ticket(follow_url="https://antrean.example.go.id/t/7K3M9QXD"), **more)


def _notice(level: Literal["urgent", "evacuate"]) -> NoticeText:
    """What a hall may have to say to everybody."""
    words = {
        "urgent": ("Hari ini gedung tutup pukul 12.00.", "The hall closes at 12:00 today."),
        "evacuate": ("Silakan keluar lewat pintu terdekat.", "Please leave by the nearest door."),
    }[level]
    return NoticeText(NoticeId("n-1"), dict(zip((Language("id"), Language("en")), words, strict=True)), level, ())


LONG = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kabupaten Kutai Kartanegara"


def _long(state: State) -> State:
    """The same hall with names as long as laws make them, and a service that wants ten papers."""
    assert state.hall is not None
    id_ = Language("id")
    agencies = tuple(
        replace(
            one,
            name={id_: LONG[: 30 + count % 3 * 30]},
            about={id_: "Perizinan, nonperizinan, pengaduan, konsultasi"},
        )
        for count, one in enumerate(state.hall.agencies)
    )
    passport = next(one for one in state.agencies[AgencyId("imigrasi")].services if one.id == "paspor-baru")
    longer = replace(
        passport,
        name={id_: "Persetujuan Penyelenggaraan Bangunan Gedung untuk Usaha Mikro, Kecil dan Menengah"},
        requirements=tuple(
            replace(one, text={id_: f"{one.text[id_]}, asli dan fotokopi yang dilegalisasi"})
            for one in passport.requirements * 3
        ),
    )
    services = replace(
        state.agencies[AgencyId("imigrasi")], services=(longer, *state.agencies[AgencyId("imigrasi")].services[1:])
    )
    return replace(
        state, hall=replace(state.hall, agencies=agencies), agencies=state.agencies | {AgencyId("imigrasi"): services}
    )


def _long_ticket() -> IssuedTicket:
    return replace(ticket(1069, "paspor-baru"), number=number_of("4KX", 16969))


def states() -> dict[str, State]:
    """Each picture's name and the state that it shows."""
    order = busiest_first(state_at(), MORNING)
    passport, family_card = AtService(ServiceId("paspor-baru")), AtService(ServiceId("kartu-keluarga"))
    errands = Choosing(order)
    english = Language("en")
    return {
        "welcome": state_at(),
        "welcome-english-no-paper": state_at(language=english, printer="paper-out"),
        "errands-1": state_at(errands),
        "errands-2": state_at(Choosing(order, 1)),
        "errands-3": state_at(Choosing(order, 2)),
        "errands-english": state_at(errands, language=english),
        "errands-contrast": state_at(errands, looks=Looks(contrast=True)),
        "all-errands": state_at(errands, AllErrands()),
        "errand": state_at(errands, InErrand(ErrandId("tanah"))),
        "agency": state_at(errands, InAgency(AgencyId("disdukcapil"))),
        "service": state_at(errands, InAgency(AgencyId("imigrasi")), passport),
        "service-steps": state_at(errands, InAgency(AgencyId("imigrasi")), replace(passport, part=1)),
        "service-english": state_at(errands, InAgency(AgencyId("disdukcapil")), family_card, language=english),
        "service-contrast": state_at(errands, passport, looks=Looks(contrast=True)),
        "service-closed": state_at(errands, passport, at=EVENING),
        "priority": state_at(errands, family_card, AskingPriority(family_card.service)),
        "wait": state_at(errands, family_card, Waiting()),
        "ticket": state_at(Taking(), told=_told(outcome="printed", trouble="ready")),
        "ticket-without-code": state_at(Taking(), told=Told(RequestId("r-1"), ticket(), "printed", "ready")),
        "ticket-with-paper": state_at(Taking(), told=_told(outcome="printed", trouble="ready")),
        "ticket-contrast": state_at(
            Taking(), told=_told(outcome="printed", trouble="ready"), looks=Looks(contrast=True)
        ),
        "no-paper": state_at(Taking(), told=_told(outcome="failed", trouble="paper-out")),
        "confirm-cancel": state_at(Taking(), ConfirmingCancel(), told=_told(outcome="printed")),
        "cancelled": state_at(Cancelled()),
        **_visits(errands, family_card, passport),
        "refused": state_at(errands, family_card, Refusal("quota-used-up")),
        "no-answer": state_at(errands, family_card, Refusal("no-answer")),
        "still-there": state_at(errands, StillThere(20.0)),
        "staff": state_at(errands, StaffComing(said=True)),
        "welcome-guided": state_at(guided=True),
        "errands-guided": state_at(errands, guided=True),
        "agency-guided-contrast": state_at(
            errands, InAgency(AgencyId("disdukcapil")), guided=True, looks=Looks(contrast=True, text="largest")
        ),
        "staff-guided": state_at(errands, StaffComing(said=True), guided=True),
        "welcome-no-voice": state_at(guide=Guide(cannot_speak=True)),
        "errands-no-voice": state_at(errands, guide=Guide(cannot_speak=True)),
        "languages": state_at(errands, ChoosingLanguage()),
        **searches(hall(), state_at, errands),
        **cannot(hall(), state_at, errands, (family_card, passport)),
        **alone(state_at, ticket, errands, family_card),
        "closed": state_at(at=EVENING),
        "out-of-order": replace(state_at(), at=13.0),
        "starting": State(),
        "notice": state_at(covered=_notice("urgent"), staff_under_notice=True),
        "evacuation": state_at(covered=_notice("evacuate"), told=_told(outcome="printed")),
        **technicians(state_at, errands, MORNING),
        "errands-long": _long(state_at(errands)),
        "agency-long": _long(state_at(errands, InAgency(AgencyId("imigrasi")))),
        "service-long": _long(state_at(errands, passport)),
        "service-long-facts": _long(state_at(errands, replace(passport, part=1))),
        "ticket-long": _long(state_at(Taking(), told=Told(RequestId("r-1"), _long_ticket(), "printed", "ready"))),
    }


def _visits(errands: Choosing, family_card: AtService, passport: AtService) -> dict[str, State]:
    """Several services on one paper, help on the way, and a number that is checked."""
    asked = NumberAsked(RequestId("r-1"), number_of("K", 69))
    told = NumberTold(RequestId("r-1"), number_of("K", 69), "waiting", 7, Estimate(15, 30), service=family_card.service)
    second = TicketIssued(RequestId("r-1.2"), replace(ticket(17, "paspor-baru"), number=number_of("X", 17)))
    third = TicketIssued(
        RequestId("r-1.3"), replace(ticket(4, "ktp-elektronik"), number=number_of("F", 4), wait_min=None)
    )
    missed = Missed(ServiceId("pengecekan-sertifikat"), "quota-used-up")
    recent = (Recent(RequestId("r-1"), number_of("K", 69), 60.0),)
    several = Told(RequestId("r-1"), ticket(), "printed", "ready", more=(second,))
    return {
        "errands-one-more": state_at(errands, family_card, errands),
        "service-second": state_at(errands, family_card, errands, passport),
        "service-needs": state_at(errands, family_card, needs=("escort", "step-free")),
        "needs": state_at(errands, family_card, AskingNeeds(), needs=("escort", "step-free")),
        "tickets": state_at(Taking(), told=several),
        "tickets-four": state_at(Taking(), told=replace(several, more=(second, third, second))),
        "tickets-one-missed": state_at(Taking(), told=replace(several, more=(), missed=(missed,))),
        "tickets-no-paper": state_at(Taking(), told=replace(several, outcome="failed", trouble="paper-out")),
        "confirm-cancel-which": state_at(Taking(), ConfirmingCancel(), told=several),
        "cancelled-one": state_at(Taking(), Cancelled((number_of("X", 17),)), told=_told(outcome="printed")),
        "check": state_at(Checking("K0"), scans=True),
        "check-empty": state_at(Checking()),
        "checked-waiting": state_at(Checking("K069"), Checked(told), recent=recent),
        "checked-called": state_at(Checked(replace(told, state="called", ahead=None, counter=CounterId("loket-3")))),
        "checked-served": state_at(Checked(replace(told, state="served", ahead=None, counter=CounterId("loket-3")))),
        "check-unknown": state_at(Checked(NumberTold(RequestId("r-1"), number_of("K", 69)))),
        "check-no-answer": state_at(CheckFailed("no-answer")),
        "seeking-staff": state_at(Seeking(asked, 2.0, 8.0, staff=True)),
        "wait-staff": state_at(errands, family_card, Waiting(staff=False)),
        "refused-several": state_at(
            errands, Refusal("quota-used-up", {}, (missed, Missed(passport.service, "expired")))
        ),
    }


def views() -> dict[str, Face]:
    """Each picture's name and the face that it shows."""
    slip = paper()
    return {
        name: view_of(state, words_of, now_of(state), slip if name == "ticket-with-paper" else None)
        for name, state in states().items()
    }


def stage() -> Any:
    """The kiosk's own stage, with its own screens."""
    from kiosk.screens.screens import SCREENS, dressed
    from kiosk.screens.surround import Surround
    from ui.stage import Stage

    return Stage(SCREENS, dressed=dressed, around=Surround)
