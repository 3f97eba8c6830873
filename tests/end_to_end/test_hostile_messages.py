"""Broken, oversized, hostile and unknown messages over the real broker: nothing changes, and the hub goes on."""

import sqlite3
from collections.abc import Iterator

import pytest

from contract.names import Language
from contract.tickets import IssuedTicket, Refused
from tests.end_to_end.peers import Peer
from tests.halls import ON_ALL, ROOT, Hall, client_of, new_hall
from tests.waiting import wait_for

pytestmark = pytest.mark.broker

SERVICE = "kartu-keluarga"
ASKED = f"{ROOT}/from/kiosk-1/ticket-requested"
HOSTILE = {
    "no JSON": (ASKED, b"\x00\xff\xfe not json"),
    "no object": (ASKED, b'["request"]'),
    "wrong types": (ASKED, b'{"request": 7, "service": null}'),
    "deep nesting": (ASKED, b'{"request":' + b"[" * 8000 + b"]" * 8000 + b"}"),
    "an unknown topic": (f"{ROOT}/from/kiosk-1/give-me-a-number", b"{}"),
    "line breaks in a name": (ASKED, b'{"request":"a\\nFAKE LOG LINE","service":"x"}'),
    "another role's message": (f"{ROOT}/from/kiosk-1/desk-action", b'{"request":"r1","action":"next"}'),
    "a call reported by no display": (
        f"{ROOT}/from/kiosk-1/call-reported",
        b'{"call":"x","outcome":"spoken","at":"2026-11-25T08:00:00+08:00"}',
    ),
    "too large": (ASKED, b'{"request":"' + b"x" * 20_000 + b'"}'),
}


@pytest.fixture(scope="module", params=ON_ALL)
def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall = new_hall(tmp_path_factory.mktemp("hostile") / "hall", request.param)
    hall.add("kiosk-1", "kiosk")
    hall.add("kiosk-2", "kiosk")
    with hall.program("serve") as serve:
        serve.ready(25)
        yield hall


def log_of(hall: Hall) -> str:
    return hall.folder.with_name(f"{hall.folder.name}-serve.log").read_text()


def journal_size(hall: Hall) -> int:
    with sqlite3.connect(f"file:{hall.folder / 'data/journal.sqlite'}?mode=ro", uri=True) as journal:
        return int(journal.execute("select count(*) from facts").fetchone()[0])


@pytest.mark.parametrize("what", HOSTILE)
def test_nothing_changes_by_a_message_with(what: str, hall: Hall) -> None:
    with Peer(hall.folder / "devices/kiosk-2.toml") as honest:
        before = honest.ask_number(SERVICE, f"before-{list(HOSTILE).index(what)}")
        facts = journal_size(hall)
        topic, body = HOSTILE[what]
        with client_of(hall, "kiosk-1") as hostile:
            hostile.say(topic, body)
            after = honest.ask_number(SERVICE, f"after-{list(HOSTILE).index(what)}")
        assert isinstance(before, IssuedTicket)
        assert isinstance(after, IssuedTicket)
        assert int(after.number[1:]) == int(before.number[1:]) + 1
        assert journal_size(hall) == facts + 1
    # A hostile text cannot forge a line of the log.
    assert not any(line.startswith("FAKE") for line in log_of(hall).splitlines())


def test_what_breaks_the_contract_is_counted_and_told(hall: Hall) -> None:
    with client_of(hall, "kiosk-1") as hostile:
        hostile.say(ASKED, b"no json at all")
        wait_for(lambda: "broken-message" in log_of(hall), "the hub to tell of a broken message")


def test_a_broken_request_that_can_be_read_is_refused_by_its_id(hall: Hall) -> None:
    with Peer(hall.folder / "devices/kiosk-1.toml") as kiosk:
        refused = kiosk.ask_number("no-such-service", "unknown-1")
        assert isinstance(refused, Refused)
        assert refused.reason == "unknown-service"
        assert refused.text[Language("id")]
