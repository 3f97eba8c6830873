"""Officers at their pages: real Chromium against the desk's web server and the hub's own service."""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.desk_hub import KK, KTP, LOKET_3, PASPOR, DeskHub, both, desk_hub
from tests.waiting import wait_for

pytestmark = pytest.mark.browser
LIVE = "html[data-link=live]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.fail("these tests need Chromium: ./antrean setup installs it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture
def hub() -> Iterator[DeskHub]:
    with desk_hub() as started:
        yield started


def officer(browser: Browser, hub: DeskHub, path: str = "/counter/loket-3", width: int = 1440) -> Page:
    """Another browser, with nothing kept, at a page of the desk."""
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.set_default_timeout(5000)
    page.goto(hub.address + path)
    page.wait_for_selector(LIVE)
    return page


def at_open_counter(browser: Browser, hub: DeskHub) -> Page:
    page = officer(browser, hub)
    page.click("[data-action=open]")
    page.wait_for_selector("[data-mode=idle]")
    return page


def mode(page: Page, expected: str) -> None:
    page.wait_for_selector(f"[data-mode={expected}]")


def number_in_hand(page: Page) -> str:
    return page.text_content("#number .heard-only") or ""


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
    page.dblclick("[data-action=recall]")
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
