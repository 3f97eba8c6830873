"""The desk's web server over HTTP, before the hub's own service: who is let in, what is sent along, how it stops."""

import re
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from hub.desk.guard import NotLoopback
from hub.desk.web import DeskServer
from link.inbox import Inbox
from tests.desk_hub import KK, DeskHub, desk_hub
from tests.waiting import wait_for

HTMX = {"HX-Request": "true"}


@pytest.fixture
def hub() -> Iterator[DeskHub]:
    with desk_hub() as started:
        yield started


@pytest.fixture
def browser(hub: DeskHub) -> Iterator[httpx.Client]:
    """A client that keeps cookies, with the name that its first page gave it."""
    with httpx.Client(base_url=hub.address, timeout=5) as client:
        client.get("/")
        yield client


def act(
    client: httpx.Client, action: str, seen: str | None = None, headers: dict[str, str] | None = None
) -> httpx.Response:
    form = {"action": action} if seen is None else {"action": action, "seen": seen}
    return client.post("/counter/loket-3/act", data=form, headers={**HTMX, **(headers or {})})


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "hall.example", "::", ""])
def test_it_refuses_to_listen_where_others_could_reach_it(host):
    with pytest.raises(NotLoopback, match=r"127\.0\.0\.1"):
        DeskServer(Inbox(), host, 0)


def test_a_taken_port_is_said_at_once(hub):
    with pytest.raises(OSError, match="in use"):
        DeskServer(Inbox(), "127.0.0.1", hub.port).start()


@pytest.mark.parametrize(
    "host",
    ["hall.example", "127.0.0.1.evil.example:80", "192.168.1.5", "localhost.evil.example", "[::2]", "127.0.0.1@x"],
)
def test_a_name_that_is_only_pointed_at_this_machine_is_refused(hub, host):
    for path in ("/", "/live", "/counter/loket-3"):
        answer = httpx.get(hub.address + path, headers={"Host": host})
        assert answer.status_code == 421
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.5:99", "[::1]:8080"])
def test_this_machines_own_names_are_taken(hub, host):
    assert httpx.get(hub.address, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},  # another program's page on this very machine
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_an_action_from_another_origin_is_refused_and_changes_nothing(hub, browser, headers):
    assert act(browser, "open").status_code == 200
    hub.issue(KK)
    assert act(browser, "next", headers=headers).status_code == 403
    assert hub.calls() == []


def test_a_plain_form_of_another_page_cannot_act(hub, browser):
    assert act(browser, "open").status_code == 200
    hub.issue(KK)
    assert browser.post("/counter/loket-3/act", data={"action": "next"}).status_code == 400
    assert hub.calls() == []


def test_without_a_name_from_this_desk_nobody_acts(hub):
    for cookie in ({}, {"antrean_holder": "x"}, {"antrean_holder": "a" * 500}):
        answer = httpx.post(f"{hub.address}/counter/loket-3/act", data={"action": "open"}, headers=HTMX, cookies=cookie)
        assert answer.status_code == 400


def test_two_actions_on_one_revision_call_one_ticket(hub, browser):
    hub.issue(KK)
    hub.issue(KK)
    act(browser, "open")
    page = browser.get("/counter/loket-3").text
    seen = re.search(r'data-revision="(\d+)"', page)
    assert seen is not None
    assert [act(browser, "next", seen=seen[1]).status_code for _ in range(2)] == [200, 409]
    assert hub.calls() == ["K001"]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"action": "explode"},
        {"action": "next", "seen": "-1"},
        {"action": "next", "seen": "x"},
        {"action": "call", "ticket": ""},
    ],
)
def test_a_broken_action_is_refused_in_words(hub, browser, form):
    answer = browser.post("/counter/loket-3/act", data=form, headers=HTMX)
    assert answer.status_code == 400
    assert "Muat ulang" in answer.text


def test_a_body_that_is_too_large_or_without_a_length_is_not_read(hub, browser):
    assert browser.post("/counter/loket-3/act", content=b"x" * 20_000, headers=HTMX).status_code == 413
    assert browser.post("/counter/loket-3/act", content=iter([b"x"]), headers=HTMX).status_code == 411


def test_unknown_counters_pages_and_methods_are_said_so(hub, browser):
    assert browser.get("/counter/loket-99").status_code == 404
    assert "tidak ada" in browser.get("/counter/loket-99").text
    assert browser.post("/counter/loket-99/act", data={"action": "open"}, headers=HTMX).status_code == 404
    assert browser.get("/static/0/../../../etc/passwd").status_code == 404
    assert browser.get("/nothing").status_code == 404
    assert browser.put("/").status_code == 405


def test_every_answer_is_sealed_and_only_files_are_kept(hub, browser):
    page = browser.get("/counter/loket-3")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style| on[a-z]+=| style=", page.text)
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    assert len(files) >= 6
    for name in files:
        file = browser.get(name)
        assert file.status_code == 200
        assert "immutable" in file.headers["cache-control"]
        assert file.headers["x-content-type-options"] == "nosniff"


def test_the_name_of_a_browser_is_hidden_from_scripts_and_other_sites(hub):
    cookies = [httpx.get(hub.address).headers["set-cookie"] for _ in range(2)]
    assert "HttpOnly" in cookies[0]
    assert "SameSite=strict" in cookies[0]
    assert cookies[0] != cookies[1]


def test_a_link_from_another_site_gives_no_new_name(hub):
    answer = httpx.get(hub.address, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "refresh" in answer.text


def test_a_change_of_language_leads_back_into_this_desk_only(hub, browser):
    answer = browser.post("/language", data={"language": "en", "back": "/counter/loket-3"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/counter/loket-3")
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", ""):
        assert browser.post("/language", data={"language": "en", "back": back}).headers["location"] == "/"
    assert "Choose a counter" in browser.get("/").text


def test_the_stream_begins_with_a_snapshot_and_then_beats(hub, browser):
    with browser.stream("GET", "/counter/loket-3/live") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        events = []
        for line in stream.iter_lines():
            if line.startswith("event:"):
                events.append(line.removeprefix("event: "))
            if events.count("beat") == 3:
                break
    assert events[:4] == ["bar", "hand", "waiting", "beat"]
    assert set(events[4:]) == {"beat"}  # nothing changed: nothing but the pulse


def test_many_changes_become_few_pictures_and_the_last_is_not_held_back(hub, browser):
    pictures: list[str] = []

    def look() -> None:
        with browser.stream("GET", "/counter/loket-3/live") as stream:
            for line in stream.iter_lines():
                found = re.search(r'class="count">(\d+)<', line)
                if found:
                    pictures.append(found[1])
                if found and found[1] == "60":
                    return

    reader = threading.Thread(target=look)
    reader.start()
    wait_for(lambda: pictures, "the snapshot")
    begun = time.monotonic()
    for _ in range(60):
        hub.issue(KK)
    took = time.monotonic() - begun
    reader.join(5)
    assert pictures[-1] == "60"
    assert len(pictures) <= 3 + 10 * (took + 0.5)


def test_a_hub_that_is_silent_gets_a_page_that_says_so_and_tries_again(hub):
    hub.fall_silent()
    page = httpx.get(hub.address, timeout=5)
    assert page.status_code == 503
    assert "belum menjawab" in page.text
    assert 'http-equiv="refresh"' in page.text


def test_it_stops_within_a_second_with_streams_open(hub):
    with httpx.Client(base_url=hub.address, timeout=5) as client:
        client.get("/")
        ended = threading.Event()
        begun = threading.Event()

        def look() -> None:
            with client.stream("GET", "/live") as stream:
                for _ in stream.iter_lines():
                    begun.set()
            ended.set()

        reader = threading.Thread(target=look)
        reader.start()
        assert begun.wait(5)
        before = time.monotonic()
        hub.desk.stop()
        assert time.monotonic() - before < 1.0
        assert ended.wait(1)
        reader.join(1)
    with pytest.raises(httpx.ConnectError):
        httpx.get(hub.address)
    hub.desk.changed()  # nobody listens any more, and nothing breaks
