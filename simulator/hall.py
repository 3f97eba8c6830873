"""The halls that are simulated: small enough to be crowded, with everything that makes numbers hard.

Services that share a prefix, counters that share services, a quota, a break, a last ticket; one hall with office hours
and one that never closes, so that days turn while people stand in it. Pure data.
"""

from datetime import datetime

from msgspec import Struct

from assets.words import words_of
from contract.halls import (
    AgencyOfHall,
    AgencyServices,
    CounterOfHall,
    Errand,
    Hall,
    Requirement,
    ServiceOfAgency,
    ZoneOfHall,
)
from contract.names import AgencyId, ClockTime, CounterId, DeviceId, ErrandId, HallId, Language, ServiceId, Text, ZoneId
from contract.opening import Break, Opening, Session, Weekday
from contract.reasons import WhyClosed, WhyRefused
from hub.domain.book import HallBook, book_of
from hub.register import Register, RegisteredDevice

HALL = HallId("simulated")
HUB = DeviceId("hub")
LANGUAGES = (Language("id"), Language("en"))
KIOSKS = (DeviceId("kiosk-1"), DeviceId("kiosk-2"))
ASKER = DeviceId("kiosk-asker")
"""Asks the hub about numbers that visitors were told."""
A, B = ZoneId("a"), ZoneId("b")
DISPLAYS: dict[DeviceId, tuple[ZoneId, ...]] = {
    DeviceId("display-1"): (A,),
    DeviceId("display-2"): (B,),
    DeviceId("display-3"): (A, B),
}
COUNTERS = tuple(CounterId(f"loket-{number}") for number in range(1, 6))
PAD, PAD_COUNTER = DeviceId("pad-5"), COUNTERS[4]
"""The counter whose officer has a pad; all others work with a page of the desk."""

DAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ZONE_NAME = "Asia/Makassar"
CALL_FRESH_S = 30

REGISTER: Register = {
    **{name: RegisteredDevice(name, "kiosk") for name in (*KIOSKS, ASKER)},
    **{name: RegisteredDevice(name, "display") for name in DISPLAYS},
    PAD: RegisteredDevice(PAD, "counter", PAD_COUNTER),
}


class SimulatedHall(Struct, frozen=True):
    """A hall and when its simulation begins. `name` tells which of the two it is."""

    name: str
    book: HallBook
    begins: datetime


def hall_for(seed: int, hours: float) -> SimulatedHall:
    """Short days begin where something happens: before opening, at the break, at the last ticket, at closing, at
    midnight. Long ones begin before the hall opens.
    """
    if hours < 5 and seed % 5 == 4:
        return SimulatedHall("round the clock", _book("00:00", "24:00", always=True), _at("23:40"))
    begins = ("07:12", "10:00", "11:30", "14:40")[seed % 5 % 4] if hours < 5 else "07:00"
    return SimulatedHall("office hours", _book("07:20", "15:06", always=False), _at(begins))


def texts() -> dict[str, Text]:
    """What people read for each reason."""
    refusals = {language: words_of(language).refusal for language in LANGUAGES}
    reasons = (*WhyClosed, *WhyRefused)
    return {reason: {language: each.sentence(reason) for language, each in refusals.items()} for reason in reasons}


def _at(clock: str) -> datetime:
    """On a Wednesday, in the hall's zone."""
    return datetime.fromisoformat(f"2026-11-25T{clock}:00+08:00")


def _both(words: str) -> Text:
    return dict.fromkeys(LANGUAGES, words)


def _book(begins: ClockTime, closes: ClockTime, *, always: bool) -> HallBook:
    agencies = _agencies(always=always)
    services = {agency.agency: tuple(service.id for service in agency.services) for agency in agencies}
    registry, tax, passports = services.values()
    hall = Hall(
        revision="1",
        name=_both("Balai"),
        time_zone=ZONE_NAME,
        languages=LANGUAGES,
        day_begins=begins,
        day_closes=closes,
        zones=(ZoneOfHall(A, "A", _both("Zona A")), ZoneOfHall(B, "B", _both("Zona B"))),
        agencies=(
            AgencyOfHall(AgencyId("disdukcapil"), _both("Disdukcapil"), A),
            AgencyOfHall(AgencyId("samsat"), _both("Samsat"), A),
            AgencyOfHall(AgencyId("imigrasi"), _both("Imigrasi"), B),
        ),
        counters=(
            CounterOfHall(COUNTERS[0], _both("1"), A, registry),
            CounterOfHall(COUNTERS[1], _both("2"), A, registry[:1]),
            CounterOfHall(COUNTERS[2], _both("3"), A, (*tax, registry[1])),
            CounterOfHall(COUNTERS[3], _both("4"), B, passports),
            CounterOfHall(COUNTERS[4], _both("5"), B, passports),
        ),
        errands=(Errand(ErrandId("pindah"), _both("Pindah rumah"), (*registry, *tax)),),
        place=_both("Tenggarong"),
    )
    return book_of(hall, agencies, issue_without_officer=not always, call_fresh_s=CALL_FRESH_S)


def _agencies(*, always: bool) -> tuple[AgencyServices, ...]:
    def opening(begins: ClockTime, ends: ClockTime, last: ClockTime | None = None, quota: int | None = None) -> Opening:
        if always:
            return Opening((Session(DAYS, "00:00", "24:00"),), quota=quota)
        lunch = (Break(DAYS, "11:45", "12:10", _both("Istirahat")),) if last is None else ()
        return Opening((Session(DAYS, begins, ends, last_ticket=last),), quota=quota, breaks=lunch)

    return (
        AgencyServices(
            "1",
            AgencyId("disdukcapil"),
            (
                _service("kartu-keluarga", "K", opening("08:00", "15:00")),
                _service("ktp-el", "K", opening("07:30", "15:00", last="14:45")),
            ),
        ),
        AgencyServices("1", AgencyId("samsat"), (_service("pajak-tahunan", "S", opening("08:00", "15:00")),)),
        AgencyServices(
            "1",
            AgencyId("imigrasi"),
            (
                _service("paspor-baru", "X", opening("07:30", "14:50", quota=15)),
                _service("paspor-ganti", "Y1", opening("07:30", "15:10")),
            ),
        ),
    )


def _service(name: str, prefix: str, opening: Opening) -> ServiceOfAgency:
    return ServiceOfAgency(
        id=ServiceId(name),
        prefix=prefix,
        name=_both(name),
        opening=opening,
        requirements=(Requirement(_both("KTP")),),
        procedure=(_both("datang"),),
        duration=_both("2 jam"),
        fee=_both("gratis"),
        product=_both("kartu"),
        complaints=_both("lapor"),
    )
