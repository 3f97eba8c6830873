"""What a hall's files become: the messages that describe it, and its rules."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from assets.hall_file import read_hall
from contract.catalogue import LARGE_BODY
from contract.codec import decode, encode, read_topic, topic_of
from contract.halls import AgencyServices, Hall
from contract.names import HallId, Language
from tests.hall_files import change, service, write_hall


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    return write_hall(tmp_path)


def test_a_hall_becomes_its_messages(hall):
    file = read_hall(hall)
    assert (file.id, file.hall.name[Language("en")], file.hall.language_names) == (
        "small",
        "Small Hall",
        {"id": "Bahasa Indonesia", "en": "English"},
    )
    assert [agency.id for agency in file.hall.agencies] == ["disduk", "polres"]
    assert [agency.agency for agency in file.agencies] == ["disduk", "polres"]
    assert file.hall.counters[0].name == {"id": "1", "en": "1"}
    assert file.hall.counters[1].name == {"id": "Kasir", "en": "Cashier"}
    assert file.hall.errands[0].words == {"id": ("bikin kk",)}
    assert service(file, "kk").requirements[0].text == {"id": "KTP"}
    assert service(file, "kk").requirements[0].note == {"id": "asli"}


def test_a_counter_without_a_name_is_called_by_the_end_of_its_id(hall):
    change(hall, "hall.toml", 'id = "1"', 'id = "loket-1"')
    assert read_hall(hall).hall.counters[0].name == {"id": "1", "en": "1"}


def test_hours_are_inherited_and_holidays_and_breaks_are_said_once(hall):
    file = read_hall(hall)
    kk, ktp = service(file, "kk").opening, service(file, "ktp").opening
    assert [(session.days, session.ends) for session in kk.sessions] == [(("monday", "friday"), "15:00")]
    assert [pause.begins for pause in kk.breaks] == ["11:30"]
    assert (kk.quota, ktp.quota) == (None, 30)
    assert [(session.days, session.ends) for session in ktp.sessions] == [(("monday",), "10:00")]
    assert ktp.breaks == (), "a break on Friday is nothing to a service of Mondays"
    assert [holiday.on for holiday in ktp.holidays] == [date(2026, 12, 25)]


def test_a_prefix_is_the_agencys_unless_the_service_has_its_own(hall):
    file = read_hall(hall)
    assert (service(file, "kk").prefix, service(file, "ktp").prefix) == ("K", "KA")


def test_the_order_of_agencies_can_be_set(hall):
    change(hall, "hall.toml", 'languages = ["id", "en"]', 'languages = ["id", "en"]\nagency_order = ["polres"]')
    assert [agency.agency for agency in read_hall(hall).agencies] == ["polres", "disduk"]


def test_the_revision_changes_with_what_is_shown_and_with_nothing_else(hall):
    before = read_hall(hall)
    change(hall, "hall.toml", "[[zones]]", "# a remark\n[[zones]]")
    assert read_hall(hall) == before
    change(hall, "agencies/polres.toml", "Gratis", "Rp30.000")
    after = read_hall(hall)
    assert before.hall.revision != after.hall.revision
    assert {agency.revision for agency in after.agencies} == {after.hall.revision}


def test_rules_have_defaults_and_can_be_set(hall):
    assert (read_hall(hall).rules.issue_without_officer, read_hall(hall).rules.call_fresh_s) == (True, 30)
    change(
        hall, "hall.toml", "[opening]", '[rules]\ncall_fresh_s = 20\npublic_url = "https://antre.example"\n\n[opening]'
    )
    assert read_hall(hall).rules.call_fresh_s == 20
    assert read_hall(hall).rules.public_url == "https://antre.example"


def test_what_a_hall_says_travels(hall):
    file = read_hall(hall)
    messages: list[Hall | AgencyServices] = [file.hall, *file.agencies]
    for message in messages:
        topic = topic_of(HallId(file.id), message)
        assert decode(read_topic(topic), encode(message)) == message
        assert len(encode(message)) < LARGE_BODY
    assert msgspec.json.decode(encode(file.hall))["revision"] == file.hall.revision
