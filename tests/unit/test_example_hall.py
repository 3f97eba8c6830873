"""The example hall is what an owner copies and what a regency reads: its content is held to what was promised of it."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import assets
from assets.hall_file import read_hall
from contract.halls import ServiceOfAgency
from contract.names import Language
from tests.unit.test_words import placeholders

FOLDER = Path(assets.__file__).parent / "halls" / "mpp"
HALL = read_hall(FOLDER)
ID = Language("id")
SERVICES = {service.id: service for agency in HALL.agencies for service in agency.services}


def named(name: str) -> ServiceOfAgency:
    return next(service for id_, service in SERVICES.items() if id_ == name)


def texts() -> list[tuple[str, dict[Language, str]]]:
    """Every text of the hall with where it stands."""
    found = [("name", HALL.hall.name), ("place", HALL.hall.place), ("ticket_footer", HALL.hall.ticket_footer)]
    found += [(zone.id, zone.name) for zone in HALL.hall.zones]
    found += [(errand.id, errand.name) for errand in HALL.hall.errands]
    found += [(counter.id, counter.name) for counter in HALL.hall.counters]
    found += [(one.id, one.name) for one in HALL.hall.agencies]
    found += [(one.id, one.about) for one in HALL.hall.agencies]
    for service in SERVICES.values():
        found += [(service.id, text) for text in (service.name, service.duration, service.fee, service.product)]
        found += [(service.id, service.complaints), *((service.id, step) for step in service.procedure)]
        found += [(service.id, one.text) for one in service.requirements]
        found += [(service.id, note) for one in service.requirements if (note := one.note)]
        found += [(service.id, service.remark)] if service.remark else []
        found += [(service.id, pause.name) for pause in service.opening.breaks]
        found += [(service.id, day.name) for day in service.opening.holidays]
    return found


def test_it_is_as_large_as_a_real_one():
    assert len(HALL.agencies) >= 22
    assert len(SERVICES) >= 64
    assert len(HALL.hall.counters) == 25
    assert len(HALL.hall.errands) >= 8
    assert [zone.letter for zone in HALL.hall.zones] == ["A", "B", "C"]


def test_counters_are_numbered_through_the_zones():
    assert [counter.name[ID] for counter in HALL.hall.counters] == [str(number) for number in range(1, 26)]
    assert all(one.zone <= other.zone for one, other in pairwise(HALL.hall.counters))


def test_every_service_is_taken_and_several_by_two_or_more_counters():
    taken = Counter(service for counter in HALL.hall.counters for service in counter.services)
    assert set(taken) == set(SERVICES)
    assert sum(1 for count in taken.values() if count >= 2) >= 8


def test_nobody_is_sent_to_another_zone_than_the_ticket_says():
    zone_of = {
        service.id: agency.zone
        for agency, one in zip(HALL.hall.agencies, HALL.agencies, strict=True)
        for service in one.services
    }
    astray = [
        (counter.id, service)
        for counter in HALL.hall.counters
        for service in counter.services
        if zone_of[service] != counter.zone
    ]
    assert astray == []


def test_every_text_is_there_in_indonesian_and_english_and_plain():
    for where, text in texts():
        assert set(text) == {"id", "en"}, (where, text)
        for words in text.values():
            assert words == words.strip(), (where, words)
            assert not placeholders(words), (where, words)
            assert "!" not in words, (where, words)
            assert "antrian" not in words.lower(), (where, words)


@pytest.mark.parametrize("agency", HALL.hall.agencies, ids=lambda agency: agency.id)
def test_an_agencys_name_fits_its_card(agency):
    assert all(len(name) <= 22 for name in agency.name.values())
    assert all(len(about) <= 32 for about in agency.about.values())


def test_requirements_are_short_enough_to_be_read_standing():
    long = [one.text[ID] for service in SERVICES.values() for one in service.requirements if len(one.text[ID]) > 70]
    assert long == []


def test_prefixes_do_not_sound_alike():
    prefixes = {service.prefix for service in SERVICES.values()}
    assert not [prefix for prefix in prefixes if set(prefix) & set("BCDEGPTIOQVY")], "they rhyme, or look like a digit"
    assert {"K", "X", "S"} <= prefixes
    assert named("kartu-keluarga").prefix == "K"
    assert named("paspor-baru").prefix == named("paspor-penggantian").prefix == "X"


def test_errands_are_found_by_what_people_say():
    words = {word for errand in HALL.hall.errands for word in errand.words[ID]}
    assert {"bikin ktp", "perpanjang stnk", "bikin paspor", "skck"} <= words
    assert all(errand.words[Language("en")] for errand in HALL.hall.errands)


def test_immigration_is_as_it_really_is():
    for name in ("paspor-baru", "paspor-penggantian"):
        service = named(name)
        (session,) = service.opening.sessions
        assert (session.days, session.begins, session.ends) == (("monday", "wednesday"), "08:00", "12:00")
        assert (service.opening.quota, service.hand_in_by) == (30, "09:30")
        assert "Rp350.000" in service.fee[ID]
        assert "Rp950.000" in service.fee[ID]
        assert "hilang atau rusak tidak dilayani" in service.remark[ID]
    new = named("paspor-baru").requirements
    assert [one.text[ID].split(":")[0] for one in new] == ["KTP", "Kartu Keluarga", "Salah satu"]
    assert new[2].note[ID] == "Ijazah sarjana tidak dapat dipakai"
    assert [one.text[ID] for one in named("paspor-penggantian").requirements] == [
        "Paspor lama",
        "KTP",
        "Kartu Keluarga",
    ]


def test_resident_biodata_is_as_it_really_is():
    service = named("biodata-penduduk")
    needed = " ".join(one.text[ID] for one in service.requirements)
    assert all(part in needed for part in ("F-1.01", "RT/RW", "dokumen bukti", "Ijazah terakhir"))
    assert (service.duration[ID], service.fee[ID]) == ("2 jam kerja", "Gratis")
    assert "Biodata" in service.product[ID]
    assert "Kartu Keluarga" in service.product[ID]


def test_a_family_card_needs_no_letter_from_the_neighbourhood():
    service = named("kartu-keluarga")
    assert not [one for one in service.requirements if "RT/RW" in one.text[ID]]
    assert service.remark[ID].startswith("Tidak perlu")


def test_complaints_go_to_the_hall_to_lapor_and_to_the_ombudsman():
    for service in SERVICES.values():
        assert all(part in service.complaints[ID] for part in ("informasi MPP", "SP4N-LAPOR", "Ombudsman"))


def test_what_the_population_office_does_is_free():
    disdukcapil = next(agency for agency in HALL.agencies if agency.agency == "disdukcapil")
    assert {service.fee[ID] for service in disdukcapil.services} == {"Gratis"}


def test_fridays_are_shorter_with_a_break_for_prayer():
    opening = named("kartu-keluarga").opening
    friday = [session for session in opening.sessions if "friday" in session.days]
    assert [(session.begins, session.ends) for session in opening.sessions if "monday" in session.days] == [
        ("08:00", "15:00")
    ]
    assert max(session.ends for session in friday) < "15:00"
    assert [pause.days for pause in opening.breaks] == [("friday",)]
    assert HALL.hall.time_zone == "Asia/Makassar"
    assert ZoneInfo(HALL.hall.time_zone).key == "Asia/Makassar"
