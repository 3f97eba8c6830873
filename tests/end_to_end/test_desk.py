"""Officers at work at their pages: real Chromium against the desk's web server and the hub's own service."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.desk_hub import KK, KTP, LOKET_3, PASPOR, DeskHub, desk_hub
from tests.desk_pages import LIVE, at_open_counter, mode, number_in_hand, officer
from tests.waiting import wait_for

pytestmark = pytest.mark.browser


@pytest.fixture
def hub() -> Iterator[DeskHub]:
    with desk_hub() as started:
        yield started


def test_a_visit_from_choosing_the_counter_to_finishing(browser, hub):
    hub.issue(KK)
    page = officer(browser, hub, "/")
    expect(page.locator("#counter-loket-3")).to_contain_text("1 menunggu")
    page.click("#counter-loket-3")
    page.wait_for_selector(LIVE)
    page.click("[data-action=open]")
    page.click("[data-action=next]:enabled")
    mode(page, "called")
    assert number_in_hand(page) == "K001"
    expect(page.locator("[data-action=next]")).to_be_disabled()
    expect(page.locator("[data-action=next]")).to_contain_text("Tandai dulu K001")
    page.click("[data-action=arrive]")
    mode(page, "serving")
    page.click("[data-action=finish]:enabled")
    mode(page, "idle")
    expect(page.locator(".today")).to_contain_text("1 dilayani")


def test_a_double_click_calls_one_ticket(browser, hub):
    hub.issue(KK)
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    page.dblclick("[data-action=next]:enabled")
    mode(page, "called")
    expect(page.locator("#waiting .count")).to_have_text("1")
    page.dblclick("[data-action=recall]", delay=80)  # slow enough for the answer to come in between
    expect(page.locator("#caption")).to_contain_text("2 kali")
    assert hub.calls() == ["K001", "K001"]


def test_clicks_that_pass_the_page_by_are_stopped_by_the_revision(browser, hub):
    hub.issue(KK)
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    statuses = page.evaluate(
        """async () => {
            const button = document.querySelector("[data-action=next]");
            const body = new URLSearchParams(JSON.parse(button.getAttribute("hx-vals")));
            const press = () => fetch(button.getAttribute("hx-post"), {method: "POST", body, headers: {"HX-Request": "true"}});
            return (await Promise.all([press(), press(), press()])).map((answer) => answer.status).sort();
        }"""
    )
    assert statuses == [200, 409, 409]
    assert len(hub.calls()) == 1


def test_each_action_has_its_key(browser, hub):
    for _ in range(3):
        hub.issue(KK)
    page = officer(browser, hub)
    for key, then in (
        ("b", "idle"),
        (" ", "called"),
        ("h", "serving"),
        (" ", "called"),
        ("t", "idle"),
        (" ", "called"),
    ):
        page.wait_for_selector(f"[data-key='{key}']:enabled")
        page.keyboard.press(key)
        mode(page, then)
    page.keyboard.press("r")
    expect(page.locator("#caption")).to_contain_text("2 kali")
    page.keyboard.press("H")
    mode(page, "serving")
    page.keyboard.press("s")
    mode(page, "idle")
    page.keyboard.press("l")
    mode(page, "closed")
    assert hub.calls() == ["K001", "K002", "K003", "K003"]


def test_the_space_bar_calls_the_next_one_after_a_click_and_presses_what_the_tab_key_chose(browser, hub):
    hub.issue(KK)
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    page.keyboard.press(" ")
    mode(page, "called")
    page.click("[data-action=arrive]")
    mode(page, "serving")
    page.keyboard.press(" ")
    page.wait_for_selector("[data-mode=called]")
    assert number_in_hand(page) == "K002"
    page.focus("[data-action=arrive]")
    page.keyboard.press(" ")
    mode(page, "serving")
    assert len(hub.calls()) == 2


def test_two_tabs_of_one_officer_show_the_same(browser, hub):
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(LIVE)
    page.keyboard.press(" ")
    mode(other, "called")
    assert number_in_hand(other) == "K001"
    other.click("[data-action=arrive]")
    mode(page, "serving")


def test_another_browser_may_look_at_an_open_counter_and_only_takes_over_when_it_is_sure(browser, hub):
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    other = officer(browser, hub)
    mode(other, "taken")
    assert other.locator("#hand [data-action]").count() == 0
    other.keyboard.press(" ")  # nothing to press
    other.click("#ask-take-over")
    other.click("[data-close-dialog]")
    assert hub.calls() == []
    mode(page, "idle")
    other.click("#ask-take-over")
    other.click("[data-action=take-over]")
    mode(other, "idle")
    mode(page, "taken")
    other.keyboard.press(" ")
    mode(other, "called")


def test_an_officer_who_acts_without_holding_the_counter_is_refused_in_words(browser, hub):
    at_open_counter(browser, hub)
    other = officer(browser, hub)
    status, text = other.evaluate(
        """async () => {
            const body = new URLSearchParams({action: "next"});
            const answer = await fetch("/counter/loket-3/act", {method: "POST", body, headers: {"HX-Request": "true"}});
            return [answer.status, await answer.text()];
        }"""
    )
    assert status == 409
    assert "refusal" in text


def test_the_waiting_list_follows_live_in_true_order_and_marks_who_waits_long(browser, hub):
    page = at_open_counter(browser, hub)
    expect(page.locator(".nobody")).to_be_visible()
    expect(page.locator("[data-action=next]")).to_be_disabled()
    hub.issue(KK, "elderly")
    hub.issue(KTP)
    hub.issue(PASPOR)  # of another counter
    expect(page.locator("#waiting .count")).to_have_text("2")
    expect(page.locator("[data-action=next]")).to_be_enabled()
    assert page.locator("#waiting li .number").all_text_contents() == ["K001", "F001"]
    assert page.locator("#waiting li").first.get_by_label("Lanjut usia").count() == 1
    assert page.locator("#waiting li.late").count() == 0
    hub.pass_minutes(21)
    hub.issue(KK)
    expect(page.locator("#waiting li.late")).to_have_count(2)
    expect(page.locator("#waiting li").first).to_contain_text("menunggu lama")


def test_the_page_tells_what_the_loudspeaker_made_of_the_call(browser, hub):
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    page.keyboard.press(" ")
    mode(page, "called")
    hub.report("queued", "started")
    expect(page.locator(".heard")).to_contain_text("Sedang diucapkan")
    hub.report("spoken")
    expect(page.locator(".heard")).to_contain_text("Sudah diucapkan")
    page.keyboard.press("r")
    expect(page.locator("#caption")).to_contain_text("2 kali")
    hub.report("queued", "failed")
    expect(page.locator(".heard.attention")).to_contain_text("Panggilan tidak diucapkan, panggil ulang")


def test_a_change_reaches_another_page_quickly(browser, hub):
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    other = officer(browser, hub, "/")
    expect(other.locator("#counter-loket-3")).to_contain_text("1 menunggu")
    begun = time.monotonic()
    page.keyboard.press(" ")
    wait_for(lambda: "Memanggil K001" in (other.text_content("#counter-loket-3") or ""), "the call on another page")
    assert time.monotonic() - begun < 1.0
    assert hub.do(lambda world: world.hub.state.counter(LOKET_3).state) == "called"
