"""A hall, a service and tickets for the tests of paper and printers. The ticket of `look/paper-80mm.png` is the plain one."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from PIL import Image

from assets.words import words_of
from contract.halls import AgencyOfHall, CounterOfHall, Hall, Requirement, ServiceOfAgency, ZoneOfHall
from contract.names import AgencyId, CounterId, DeviceId, Language, Number, ServiceId, Text, TicketId, ZoneId
from contract.opening import Opening
from contract.tickets import Estimate, IssuedTicket
from kiosk.printing.blocks import Paper
from kiosk.printing.layout import TicketLayout, read_layout, standard_layout
from kiosk.printing.paper import Entry, paper_of
from kiosk.printing.picture import draw
from kiosk.printing.trial import Told, trial_paper

WITA = timezone(timedelta(hours=8))


def text(indonesian: str, english: str = "") -> Text:
    return {Language("id"): indonesian} | ({Language("en"): english} if english else {})


HALL = Hall(
    revision="1",
    name=text("Mal Pelayanan Publik", "Public Service Mall"),
    place=text("Kabupaten Kutai Kartanegara"),
    time_zone="Asia/Makassar",
    languages=(Language("id"), Language("en")),
    day_begins="00:00",
    day_closes="17:00",
    zones=(ZoneOfHall(ZoneId("a"), "A", text("Lantai 1")), ZoneOfHall(ZoneId("b"), "B", text("Lantai 2"))),
    agencies=(),
    counters=tuple(
        CounterOfHall(CounterId(f"loket-{n}"), text(str(n)), ZoneId("a"), (ServiceId("kartu-keluarga"),))
        for n in range(1, 5)
    ),
    errands=(),
)
AGENCY = AgencyOfHall(AgencyId("disdukcapil"), text("Disdukcapil", "Civil registry"), ZoneId("a"))
SERVICE = ServiceOfAgency(
    id=ServiceId("kartu-keluarga"),
    prefix="K",
    name=text("Kartu Keluarga", "Family card"),
    opening=Opening(sessions=()),
    requirements=(
        Requirement(text("KTP asli", "Original ID card (KTP)")),
        Requirement(text("Kartu Keluarga lama", "Old family card (KK)")),
        Requirement(text("Buku nikah atau akta lahir", "Marriage book or birth certificate")),
    ),
    procedure=(),
    duration=text("2 jam kerja"),
    fee=text("Gratis"),
    product=text("Kartu Keluarga"),
    complaints=text("SP4N-LAPOR"),
)
TICKET = IssuedTicket(
    id=TicketId("0198b2c4-7001"),
    number=Number("K069"),
    service=ServiceId("kartu-keluarga"),
    visitor="regular",
    language=Language("id"),
    issued_at=datetime(2026, 11, 25, 8, 12, tzinfo=WITA),
    ahead=12,
    zone=ZoneId("a"),
    wait_min=Estimate(28, 43),
    follow_url="HTTPS://ANTREAN.MPP.GO.ID/7K3M-9QXD",
)


def paper(
    *,
    ticket: IssuedTicket = TICKET,
    hall: Hall = HALL,
    agency: AgencyOfHall = AGENCY,
    service: ServiceOfAgency = SERVICE,
    copy: int = 1,
    ahead_known: bool = True,
    width_dots: int = 576,
    layout: TicketLayout | None = None,
) -> Paper:
    """The paper of the plain ticket, or of what is said instead."""
    return paper_of(
        (Entry(ticket, agency, service, ahead_known),),
        hall,
        kiosk=DeviceId("kiosk-1"),
        layout=layout or standard_layout(width_dots),
        copy=copy,
    )


def own_layout(folder: Path, blocks: str, sheet: str = "width_mm = 80\nmargin_mm = 1") -> TicketLayout:
    """A layout of an owner's with these blocks, and the number after them where they have none."""
    file = folder / "own.toml"
    blocks = blocks if '"number"' in blocks else f'{blocks}, {{ show = "number" }}'
    file.write_text(f"[paper]\n{sheet}\nblocks = [{blocks}]\n")
    return read_layout(file)


def english() -> Paper:
    """A visitor who chose English, with a second copy."""
    return paper(ticket=msgspec.structs.replace(TICKET, language=Language("en")), copy=2)


def plain() -> Paper:
    """A hall without a public address, an hour that cannot be told, nothing to bring."""
    ticket = msgspec.structs.replace(TICKET, number=Number("F001"), ahead=0, wait_min=None, follow_url=None)
    return paper(ticket=ticket, service=msgspec.structs.replace(SERVICE, requirements=()))


def long(width_dots: int = 576) -> Paper:
    """Names as long as offices give them, many counters, notes to the requirements, a number of five digits."""
    counters = tuple(
        CounterOfHall(CounterId(f"loket-{n}"), text(name), ZoneId("a"), (ServiceId("kartu-keluarga"),))
        for n, name in enumerate(("1", "2", "3", "5", "7", "9", "10", "11", "14", "Informasi dan Pengaduan Masyarakat"))
    )
    service = msgspec.structs.replace(
        SERVICE,
        name=text("Perubahan Data Kependudukan karena Perkawinan, Perceraian, atau Pengangkatan Anak"),
        requirements=(
            Requirement(
                text("Salah satu: akta kelahiran, ijazah SD, SMP atau SMA, atau buku nikah orang tua"),
                text("Ijazah perguruan tinggi tidak dapat dipakai"),
            ),
            Requirement(text("Surat keterangan pindah datang dari kecamatan asal yang masih berlaku")),
        ),
    )
    agency = msgspec.structs.replace(
        AGENCY, name=text("Dinas Kependudukan dan Pencatatan Sipil Kabupaten Kutai Kartanegara")
    )
    hall = msgspec.structs.replace(
        HALL,
        counters=counters,
        place=text("Kabupaten Kutai Kartanegara, Jalan Wolter Monginsidi, Tenggarong"),
        ticket_footer=text("Layanan ini diawasi Ombudsman Republik Indonesia."),
    )
    ticket = msgspec.structs.replace(
        TICKET, number="KK10699", follow_url="HTTPS://ANTREAN.MALPELAYANANPUBLIK.KUTAIKARTANEGARAKAB.GO.ID/7K3M-9QXD"
    )
    return paper(ticket=ticket, hall=hall, agency=agency, service=service, width_dots=width_dots)


PASSPORT = msgspec.structs.replace(
    SERVICE,
    id=ServiceId("paspor"),
    name=text("Paspor", "Passport"),
    requirements=(Requirement(text("KTP asli", "Original ID card (KTP)")), Requirement(text("Akta lahir"))),
)
IMMIGRATION = AgencyOfHall(AgencyId("imigrasi"), text("Imigrasi", "Immigration"), ZoneId("b"))


def visit_entries() -> tuple[Entry, ...]:
    """Two numbers of one visit, in two zones."""
    second = msgspec.structs.replace(
        TICKET,
        id=TicketId("0198b2c4-7002"),
        number="X017",
        service=PASSPORT.id,
        ahead=3,
        wait_min=Estimate(10, 20),
        zone=ZoneId("b"),
        visit=TICKET.id,
        follow_url="HTTPS://ANTREAN.MPP.GO.ID/2M8T-4WRB",
    )
    return Entry(TICKET, AGENCY, SERVICE), Entry(second, IMMIGRATION, PASSPORT)


def visit(width_dots: int = 576) -> Paper:
    """One paper for both."""
    return paper_of(visit_entries(), HALL, kiosk=DeviceId("kiosk-1"), layout=standard_layout(width_dots))


def decorated() -> Paper:
    """A layout of an owner's: a logo, everything at the left, own words, no checklist."""
    blocks = """
        { show = "logo", height = 11, align = "left" },
        { show = "hall", align = "left", size = 2.6, weight = "Bold" },
        { show = "space", height = 2 },
        { show = "number", size = 22, weight = "Black", align = "left" },
        { show = "words", align = "left" },
        { show = "service", align = "left", size = 3 },
        { show = "bar", size = 3.4 },
        { show = "about", size = 3, small = 2.6 },
        { show = "rule" },
        { show = "text", align = "left", size = 2.4, text = { id = "Silakan tunggu di {zone}. Nomor {number} dipanggil lewat pengeras suara.", en = "Please wait in {zone}." } },
        { show = "text", align = "right", text = { id = "{date} {time}" } },
    """
    with TemporaryDirectory() as folder:
        return paper(layout=own_layout(Path(folder), blocks))


def trial(width_dots: int = 576) -> Paper:
    """A technician's paper."""
    words = tuple(words_of(language).paper for language in HALL.languages)
    told = Told(("25-11-2026 08.12 · kiosk-1",), (("Sisa kertas / Paper left", "62.4 m"),))
    return trial_paper(standard_layout(width_dots), words, told)


def small_picture(height: int = 300) -> Image.Image:
    """A quick picture for the print head with ink in every corner: 576 dots wide."""
    picture = draw(paper()).crop((0, 0, 576, height))
    picture.putpixel((0, 0), 0)
    picture.putpixel((575, height - 1), 0)
    return picture
