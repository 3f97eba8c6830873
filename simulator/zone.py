"""The hall of calls: one zone, one agency, one service, as many counters as are wanted. Pure data."""

from contract.halls import AgencyOfHall, AgencyServices, CounterOfHall, Hall, Requirement, ServiceOfAgency, ZoneOfHall
from contract.names import AgencyId, CounterId, DeviceId, HallId, Language, ServiceId, ZoneId
from contract.opening import Opening, Session
from hub.domain.book import HallBook, book_of
from simulator.hall import DAYS, LANGUAGES

HALL, HUB, KIOSK = HallId("calls"), DeviceId("hub"), DeviceId("kiosk-1")
ZONE, SERVICE = ZoneId("a"), ServiceId("kartu-keluarga")


def book_of_zone(counters: tuple[CounterId, ...]) -> HallBook:
    """One agency with one service, which all these counters call."""

    def text(words: str) -> dict[Language, str]:
        return dict.fromkeys(LANGUAGES, words)

    agency = AgencyId("disdukcapil")
    hall = Hall(
        revision="1",
        name=text("Balai"),
        time_zone="Asia/Makassar",
        languages=LANGUAGES,
        day_begins="06:00",
        day_closes="23:00",
        zones=(ZoneOfHall(ZONE, "A", text("Zona A")),),
        agencies=(AgencyOfHall(agency, text("Disdukcapil"), ZONE),),
        counters=tuple(CounterOfHall(each, text(each.rpartition("-")[2]), ZONE, (SERVICE,)) for each in counters),
        errands=(),
    )
    service = ServiceOfAgency(
        id=SERVICE,
        prefix="K",
        name=text("Kartu Keluarga"),
        opening=Opening(sessions=(Session(DAYS, "06:00", "23:00"),)),
        requirements=(Requirement(text("KTP")),),
        procedure=(text("datang"),),
        duration=text("2 jam"),
        fee=text("gratis"),
        product=text("kartu"),
        complaints=text("lapor"),
    )
    return book_of(hall, (AgencyServices("1", agency, (service,)),))
