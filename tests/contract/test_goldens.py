"""Every message stands on the wire exactly as its golden says, and strange bodies change nothing but a count."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from contract.calls import LedText
from contract.catalogue import BY_MESSAGE, CATALOGUE, LARGE_BODY, SMALL_BODY, Entry, Message
from contract.codec import BrokenMessage, decode, encode, read_topic, topic_of
from tests.contract.goldens import ENTRIES, FOLDER, HALL, file_of, name_of, topic_of_golden

JSON_ENTRIES = [entry for entry in CATALOGUE if entry.message is not LedText]

TICKET_REQUESTED = (
    b'{"request":"0198b2c4-6d1e","service":"paspor-baru","visitor":"regular","needs":[],"language":"id","visit":null,'
    b'"expires_at":"2026-11-25T08:12:08+08:00","offline":null}'
)
TICKET_ISSUED = (
    b'{"request":"0198b2c4-6d1e","ticket":{"id":"0198b2c4-7001","number":"X017","service":"paspor-baru",'
    b'"visitor":"regular","language":"id","issued_at":"2026-11-25T08:12:00+08:00","ahead":4,'
    b'"wait_min":{"low":10,"high":20},"zone":"b","visit":null,"follow_url":null}}'
)


def golden(entry: Entry) -> Message:
    return decode(read_topic(topic_of_golden(entry)), file_of(entry).read_bytes())


def body_of(entry: Entry) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(file_of(entry).read_bytes())
    return body


def refused(entry: Entry, body: bytes) -> BrokenMessage:
    with pytest.raises(BrokenMessage) as caught:
        decode(read_topic(topic_of_golden(entry)), body)
    return caught.value


def test_every_message_has_a_golden_and_every_golden_a_message():
    assert {file_of(entry) for entry in CATALOGUE} == set(FOLDER.iterdir())
    assert len(ENTRIES) == len(CATALOGUE) == len(BY_MESSAGE)


def test_the_contracts_own_examples_stand_byte_for_byte():
    assert file_of(ENTRIES["ticket-requested"]).read_bytes() == TICKET_REQUESTED
    assert file_of(ENTRIES["ticket-issued"]).read_bytes() == TICKET_ISSUED
    assert topic_of_golden(ENTRIES["ticket-requested"]) == "antrean/v1/mpp-kukar/from/kiosk-1/ticket-requested"
    assert topic_of_golden(ENTRIES["ticket-issued"]) == "antrean/v1/mpp-kukar/to/kiosk-1/ticket-issued"


@pytest.mark.parametrize("entry", CATALOGUE, ids=name_of)
def test_a_message_is_said_byte_for_byte_as_its_golden_was_heard(entry: Entry):
    assert type(golden(entry)) is entry.message
    assert encode(golden(entry)) == file_of(entry).read_bytes()


@pytest.mark.parametrize("entry", CATALOGUE, ids=name_of)
def test_a_message_is_said_under_its_topic_and_the_topic_is_read_back(entry: Entry):
    topic = topic_of_golden(entry)
    address = read_topic(topic)
    assert address.entry is entry
    assert address.hall == HALL
    assert topic_of(HALL, golden(entry), address.device) == topic


@pytest.mark.parametrize("entry", JSON_ENTRIES, ids=name_of)
def test_fields_that_are_not_known_are_ignored(entry: Entry):
    body = body_of(entry) | {"a_later_version": {"said": ["this", 1, None]}}
    assert decode(read_topic(topic_of_golden(entry)), json.dumps(body).encode()) == golden(entry)


@pytest.mark.parametrize("entry", JSON_ENTRIES, ids=name_of)
def test_a_body_without_a_required_field_is_broken_and_its_request_is_told(entry: Entry):
    body = body_of(entry)
    required = [field.encode_name for field in msgspec.structs.fields(entry.message) if field.required]
    assert required or name_of(entry) == "health"  # of which a device may know nothing at all
    for field in required:
        broken = refused(entry, json.dumps({k: v for k, v in body.items() if k != field}).encode())
        assert broken.request == (body.get("request") if field != "request" else None)
        assert broken.device == read_topic(topic_of_golden(entry)).device


@pytest.mark.parametrize("entry", JSON_ENTRIES, ids=name_of)
@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b'"a"', b"{", b"\xff\xfe", b"{}\x00", b"[" * 10_000, b"{} {}"],
)
def test_what_is_no_json_object_is_broken(entry: Entry, body: bytes):
    refused(entry, body)


@pytest.mark.parametrize("entry", CATALOGUE, ids=name_of)
def test_a_body_is_measured_before_it_is_read(entry: Entry):
    assert entry.limit in (SMALL_BODY, LARGE_BODY)
    broken = refused(entry, b" " * (entry.limit + 1))
    assert "limit" in broken.why
    assert broken.request is None


def test_large_bodies_are_for_what_describes_the_hall():
    assert {name_of(entry) for entry in CATALOGUE if entry.limit == LARGE_BODY} == {"hall", "agency", "config"}


@pytest.mark.parametrize(
    ("changed", "request_told"),
    [
        ({"service": "Paspor Baru"}, "0198b2c4-6d1e"),
        ({"service": "paspor-baru\n"}, "0198b2c4-6d1e"),
        ({"service": "../../etc/passwd"}, "0198b2c4-6d1e"),
        ({"service": "a" * 41}, "0198b2c4-6d1e"),
        ({"visitor": "minister"}, "0198b2c4-6d1e"),
        ({"needs": ["gold"]}, "0198b2c4-6d1e"),
        ({"language": "<script>"}, "0198b2c4-6d1e"),
        ({"expires_at": "2026-11-25T08:12:08"}, "0198b2c4-6d1e"),
        ({"expires_at": "0001-01-01T00:00:00+14:00"}, "0198b2c4-6d1e"),
        ({"expires_at": "9999-12-31T23:59:59-14:00"}, "0198b2c4-6d1e"),
        (
            {"offline": {"number": "X1", "block": "b", "issued_at": "2026-11-25T08:12:08Z", "clock": "hub"}},
            "0198b2c4-6d1e",
        ),
        ({"request": "x y"}, None),
        ({"request": "x\n"}, None),
        ({"request": ""}, None),
        ({"request": "x" * 65}, None),
        ({"request": 5}, None),
    ],
)
def test_a_hostile_request_is_broken_and_told_by_its_id_where_that_is_one(
    changed: dict[str, Any], request_told: str | None
):
    entry = ENTRIES["ticket-requested"]
    assert refused(entry, json.dumps(body_of(entry) | changed).encode()).request == request_told


@pytest.mark.parametrize("boot", [-1, 2**53, 10**400, 1.5, "7", True])
def test_a_count_is_a_whole_number_that_every_reader_can_hold(boot: object):
    entry = ENTRIES["status"]
    refused(entry, json.dumps(body_of(entry) | {"boot": boot}).encode())


def test_the_hubs_will_goes_without_a_sequence():
    body = b'{"state":"lost","boot":7,"at":"2026-11-25T08:12:00+08:00"}'
    assert encode(decode(read_topic("antrean/v1/mpp-kukar/all/hub"), body)) == body


def test_a_sign_without_a_number_is_empty_and_never_fails_on_strange_bytes():
    sign = read_topic("antrean/v1/mpp-kukar/all/led/loket-3")
    assert encode(decode(sign, b"")) == b""
    assert encode(decode(sign, b"X\xff\x00")).isascii()


def test_the_goldens_lie_where_they_are_looked_for():
    assert Path(__file__).parent / "golden" == FOLDER
