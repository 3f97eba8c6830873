"""A made-up hall as large as the largest: 440 services in 25 agencies, with names as offices give them."""

from functools import cache
from itertools import product

from assets.hall_entries import HallRules
from assets.hall_file import HallFile
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
from contract.names import AgencyId, CounterId, ErrandId, HallId, Language, ServiceId, Text, ZoneId
from contract.opening import Opening, Session, Weekday

ID, EN = Language("id"), Language("en")
SERVICES, AGENCIES = 440, 25
DAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

ACTS = (
    ("Penerbitan", "Issue of"),
    ("Perpanjangan", "Renewal of"),
    ("Penggantian", "Replacement of"),
    ("Pengecekan", "Check of"),
    ("Legalisasi", "Certified copy of"),
    ("Perubahan data", "Change of data of"),
    ("Pencabutan", "Withdrawal of"),
    ("Pendaftaran", "Registration of"),
    ("Konsultasi", "Advice on"),
    ("Pengaduan", "Complaint about"),
    ("Pembayaran", "Payment for"),
)
THINGS = (
    ("kartu keluarga", "family card"),
    ("izin praktik dokter", "a doctor's licence"),
    ("surat keterangan tidak mampu", "letter of poverty"),
    ("sertifikat tanah", "land certificate"),
    ("paspor biasa", "ordinary passport"),
    ("STNK kendaraan", "vehicle registration"),
    ("izin usaha mikro", "small business licence"),
    ("akta kelahiran", "birth certificate"),
    ("sambungan air minum", "water connection"),
    ("rekening listrik", "electricity account"),
    ("buku nikah", "marriage book"),
    ("kartu pencari kerja", "job seeker's card"),
    ("jaminan kesehatan", "health insurance"),
    ("pajak bumi dan bangunan", "land and building tax"),
    ("izin mendirikan bangunan", "building permit"),
    ("surat pindah domisili", "letter of removal"),
    ("merek dagang", "trade mark"),
    ("label halal", "halal label"),
    ("kartu identitas anak", "child ID card"),
    ("surat catatan kepolisian", "police record"),
    ("pensiun janda", "widow's pension"),
    ("izin reklame", "advertising permit"),
    ("izin trayek angkutan", "route licence"),
    ("beasiswa daerah", "regional scholarship"),
    ("izin tempat usaha", "licence for a place of business"),
    ("surat kehilangan", "report of a loss"),
    ("bantuan sosial tunai", "cash assistance"),
    ("kartu tani", "farmer's card"),
    ("izin penelitian", "research permit"),
    ("arsip daerah", "regional archive"),
    ("perpustakaan umum", "public library"),
    ("izin kapal nelayan", "fishing boat licence"),
    ("hewan ternak", "livestock"),
    ("koperasi simpan pinjam", "savings cooperative"),
    ("asuransi kecelakaan", "accident insurance"),
    ("izin keramaian", "permit for a gathering"),
    ("uji kendaraan berat", "heavy vehicle test"),
    ("retribusi pasar", "market charge"),
    ("izin air tanah", "ground water permit"),
    ("pelatihan kerja", "job training"),
)


def both(first: str, second: str) -> Text:
    return {ID: first, EN: second}


@cache
def large_hall() -> HallFile:
    """Always open; each agency has a prefix and a counter of its own, each service lies in one of sixteen errands."""
    names = [both(f"{act[0]} {thing[0]}", f"{act[1]} {thing[1]}") for thing, act in product(THINGS, ACTS)][:SERVICES]
    services = [_service(count, name) for count, name in enumerate(names)]
    agencies = tuple(
        AgencyServices("1", AgencyId(f"dinas-{count}"), tuple(services[count::AGENCIES])) for count in range(AGENCIES)
    )
    zone = ZoneId("a")
    hall = Hall(
        revision="1",
        name=both("Mal Besar", "Large Mall"),
        time_zone="Asia/Makassar",
        languages=(ID, EN),
        day_begins="06:00",
        day_closes="17:00",
        zones=(ZoneOfHall(zone, "A", both("Zona A", "Zone A")),),
        agencies=tuple(
            AgencyOfHall(one.agency, both(f"Dinas {count}", f"Office {count}"), zone)
            for count, one in enumerate(agencies, 1)
        ),
        counters=tuple(
            CounterOfHall(
                CounterId(f"loket-{count}"),
                both(str(count), str(count)),
                zone,
                tuple(service.id for service in one.services),
            )
            for count, one in enumerate(agencies, 1)
        ),
        errands=tuple(
            Errand(
                ErrandId(f"keperluan-{count}"),
                both(f"Keperluan {count}", f"Errand {count}"),
                tuple(service.id for service in services[count::16]),
            )
            for count in range(16)
        ),
    )
    return HallFile(HallId("mal-besar"), hall, agencies, HallRules())


def _service(count: int, name: Text) -> ServiceOfAgency:
    agency = count % AGENCIES
    return ServiceOfAgency(
        id=ServiceId(f"layanan-{count}"),
        prefix=chr(ord("A") + agency),
        name=name,
        opening=Opening((Session(DAYS, "07:00", "16:00"),)),
        requirements=(Requirement(both("KTP", "ID card")),),
        procedure=(both("Ambil nomor", "Take a number"),),
        duration=both("1 hari", "1 day"),
        fee=both("Gratis", "Free"),
        product=both("Surat", "A letter"),
        complaints=both("Meja informasi", "Information desk"),
    )
