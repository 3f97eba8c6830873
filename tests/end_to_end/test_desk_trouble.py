"""An officer's page in trouble, under attack, in another language and in a narrow window: real Chromium, the hub's own service."""

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from tests.desk_hub import KK, KTP, PASPOR, DeskHub, both, desk_hub
from tests.desk_pages import LIVE, at_open_counter, mode, number_in_hand, officer

pytestmark = pytest.mark.browser


@pytest.fixture
def hub() -> Iterator[DeskHub]:
    with desk_hub() as started:
        yield started


def test_a_refusal_is_shown_in_words_and_the_page_goes_on(browser, hub):
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    # The page is made to act on an older picture than the hub has.
    page.evaluate(
        """() => document.querySelector("[data-action=next]").setAttribute("hx-vals", '{"action": "next", "seen": 0}')"""
    )
    page.keyboard.press(" ")
    expect(page.get_by_role("alert").filter(has_text="berubah")).to_be_visible()
    assert hub.calls() == []
    page.reload()
    page.wait_for_selector(LIVE)
    page.keyboard.press(" ")
    mode(page, "called")


def test_broker_away_is_a_banner_and_calling_goes_on(browser, hub):
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    hub.do(lambda world: world.broker.stop())
    expect(page.locator("#bar")).to_contain_text("MQTT terputus")
    expect(page.locator("#connection")).to_have_text("MQTT terputus")
    page.keyboard.press(" ")
    mode(page, "called")
    expect(page.locator(".heard.attention")).to_contain_text("Belum terdengar")
    hub.do(lambda world: world.broker.start())
    expect(page.locator("#connection")).to_have_text("Terhubung")
    expect(page.locator("#bar")).not_to_contain_text("MQTT")


def test_the_page_greys_at_once_when_the_hub_dies_and_comes_back_by_itself(browser):
    with desk_hub() as first:
        first.issue(KK)
        page = at_open_counter(browser, first)
        died = time.monotonic()
        first.stop()
        page.wait_for_selector("html[data-link=lost]")
        assert time.monotonic() - died < 2
        expect(page.locator("#connection")).to_have_text("Terputus")
        expect(page.get_by_role("alert").filter(has_text="Terputus dari hub")).to_be_visible()
        assert "grayscale" in page.eval_on_selector(".card", "card => getComputedStyle(card).filter")
        page.click("[data-action=next]")
        expect(page.locator("#answer")).to_contain_text("Tidak ada yang dikirim")
        page.click(".home")
        assert page.url.endswith("/counter/loket-3")
    with desk_hub(first.port, first.journal) as second:
        page.wait_for_selector(LIVE, timeout=8000)
        expect(page.locator("#answer")).to_be_empty()
        mode(page, "idle")
        page.keyboard.press(" ")
        mode(page, "called")
        assert second.calls() == ["K001"]


def test_a_hub_that_hangs_says_that_nothing_is_known_and_then_shows_what_is_true(browser, hub):
    hub.issue(KK)
    page = at_open_counter(browser, hub)
    hub.fall_silent()
    page.keyboard.press(" ")
    expect(page.locator("[data-action=next]")).to_be_disabled()
    expect(page.locator("#answer")).to_contain_text("Tidak diketahui")
    page.wait_for_selector("html[data-link=lost]", timeout=6000)
    hub.go_on()
    page.wait_for_selector(LIVE)
    mode(page, "called")  # it did happen: the question had waited in the inbox
    assert number_in_hand(page) == "K001"


def test_words_from_the_halls_files_are_shown_as_words(browser):
    hostile = both("<img src=x onerror=\"document.title='taken'\"><script>alert(1)</script>Kartu", "<b>Card</b>")
    with desk_hub(names={KK: hostile, KTP: hostile, PASPOR: hostile}) as hub:
        hub.issue(KK)
        page = at_open_counter(browser, hub)
        page.keyboard.press(" ")
        mode(page, "called")
        expect(page.locator(".card .service")).to_contain_text("<img src=x onerror=")
        assert page.locator(".live img, .live script").count() == 0
        assert page.title() == "K001 · Loket 3"


def test_nothing_is_loaded_from_elsewhere_and_nothing_complains(browser, hub):
    page = browser.new_context().new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in ("/", "/counter/loket-3"):
        page.goto(hub.address + path)
        page.wait_for_selector(LIVE)
    hub.issue(KK)
    page.click("[data-action=open]")
    page.click("[data-action=next]:enabled")
    mode(page, "called")
    assert {url.split("/")[2] for url in asked} == {hub.address.split("/")[2]}
    assert complaints == []
    assert page.evaluate("document.fonts.check('700 20px Sans') && document.fonts.check('20px Icons')")


def test_a_page_of_another_site_can_neither_act_nor_take_the_officers_name_away(browser, hub):
    page = at_open_counter(browser, hub)
    hub.issue(KK)
    held = page.context.cookies()
    # Another site of the same machine: "localhost" and "127.0.0.1" are two sites to a browser.
    elsewhere = page.context.new_page()
    elsewhere.goto(hub.address.replace("127.0.0.1", "localhost") + "/")
    with suppress(Exception):
        elsewhere.evaluate(
            """async (address) => {
                const body = new URLSearchParams({action: "next"});
                await fetch(address + "/counter/loket-3/act", {method: "POST", body, mode: "no-cors", credentials: "include"});
            }""",
            hub.address,
        )
    elsewhere.evaluate("address => { location = address }", f"{hub.address}/counter/loket-3")
    elsewhere.wait_for_selector(LIVE)
    mode(elsewhere, "idle")  # still the officer's own counter
    assert hub.calls() == []
    name = next(cookie["value"] for cookie in held if cookie["name"] == "antrean_holder")
    assert name in {cookie["value"] for cookie in page.context.cookies(hub.address)}


def test_the_language_is_switched_and_kept(browser, hub):
    page = officer(browser, hub)
    page.click("text=English")
    expect(page.locator("[data-action=open]")).to_contain_text("Open the counter")
    assert page.url.endswith("/counter/loket-3")
    assert page.get_attribute("html", "lang") == "en"
    page.reload()
    expect(page.locator("#connection")).to_have_text("Connected")


@pytest.mark.parametrize("width", [390, 1024])
def test_the_page_fits_narrow_windows(browser, hub, width):
    for _ in range(30):
        hub.issue(KK)
    page = officer(browser, hub, width=width)
    page.click("[data-action=open]")
    page.click("[data-action=next]:enabled")
    mode(page, "called")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for action in ("recall", "arrive", "no-show", "next"):
        box = page.locator(f"[data-action={action}]").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 44


def test_a_counter_is_found_by_its_agency(browser, hub):
    page = officer(browser, hub, "/")
    page.fill("#find", "imigrasi")
    expect(page.locator(".counter:visible")).to_have_count(1)
    expect(page.locator("#counter-loket-4")).to_be_visible()
    page.fill("#find", "tidak ada")
    expect(page.locator("#nothing")).to_contain_text("Tidak ada loket")
