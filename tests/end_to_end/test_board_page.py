"""The hall board as a web page, as a television shows it: real Chromium against the hub's own service."""

import io
import math
import time
import wave
from collections.abc import Iterator

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from contract.names import CounterId, Language, ServiceId
from hub.desk.board.voice import BoardVoice
from hub.desk.door import CounterDesk
from tests.desk_hub import KK, KTP, LOKET_1, LOKET_3, LOKET_4, PASPOR, DeskHub, desk_hub
from tests.unit.hub_hall import World
from tests.waiting import wait_for
from voice.simulated_speaker import SimulatedSpeaker

pytestmark = pytest.mark.browser


@pytest.fixture
def hub() -> Iterator[DeskHub]:
    with desk_hub() as started:
        yield started


def television(browser: Browser, hub: DeskHub, path: str = "/board/a", size=(1280, 720), **context) -> Page:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, **context).new_page()
    page.set_default_timeout(15_000)
    page.goto(hub.address + path)
    return page


def on_board(page: Page, *, lit: bool) -> list[str]:
    """The numbers and counters that stand lit, or not, on the board as it lies, from above."""
    look = "on-lit" if lit else "ink"
    texts = page.locator(
        f"#face .lying text.{look}[font-weight='900'][x*=' '], #face .lying text.{look}[font-weight='900'][x]"
    )
    return [text for text in texts.all_text_contents() if text[:1].isalpha() and text[1:].isdigit()]


def call(hub: DeskHub, counter: CounterId = LOKET_3, wanted: ServiceId = KK) -> None:
    """A visitor comes, an officer calls; whoever the counter had is done."""
    hub.issue(wanted)

    def acted(world: World) -> None:
        if world.hub.state.counter(counter).state == "closed":
            world.act("open", counter)
        elif world.hub.state.counter(counter).state == "called":
            world.act("arrive", counter)
        assert isinstance(world.act("next", counter), CounterDesk)

    hub.do(acted)


def lit(page: Page, *numbers: str) -> None:
    """Until these are the calls that are lit."""
    wait_for(lambda: on_board(page, lit=True) == list(numbers), f"{numbers} lit")


def test_a_call_is_on_its_zones_board_at_once_and_on_no_other(browser, hub):
    page, other = television(browser, hub), television(browser, hub, "/board/b")
    expect(page.locator(".lying")).to_contain_text("Selamat datang")
    called = time.monotonic()
    call(hub)
    lit(page, "K001")
    assert time.monotonic() - called < 1.0
    assert page.locator(".lying text.on-lit").all_text_contents() == ["K001", "Loket", "3", "A"]
    call(hub, LOKET_4, PASPOR)
    lit(other, "X001")
    assert on_board(page, lit=True) == ["K001"]
    page.goto(f"{hub.address}/board/a+b")
    lit(page, "X001", "K001")
    hub.do(lambda world: world.act("recall", LOKET_4))
    expect(page.locator(".lying .on-lit").filter(has_text="Panggilan ke-2")).to_be_visible()


def test_calls_close_together_are_lit_together_and_each_for_eight_seconds(browser, hub):
    page = television(browser, hub)
    call(hub)
    lit(page, "K001")
    hub.pass_minutes(4 / 60)
    call(hub, LOKET_1, KTP)
    lit(page, "F001", "K001")
    hub.pass_minutes(20 / 60)
    lit(page, "F001")
    assert on_board(page, lit=False) == ["K001"]


def test_the_board_greys_at_once_when_the_hub_dies_tells_its_age_and_comes_back_the_same(browser):
    with desk_hub() as first:
        page = television(browser, first)
        page.clock.install()
        page.reload()
        call(first)
        lit(page, "K001")
        died = time.monotonic()
        first.stop()
        page.wait_for_selector("html.lost")
        assert time.monotonic() - died < 2
        page.clock.run_for(20_000)
        expect(page.locator("#age")).to_contain_text("20 detik lalu")
        assert on_board(page, lit=True) == ["K001"]
        expect(page.locator("#heed")).to_be_hidden()
        page.clock.run_for(41_000)
        expect(page.locator("#heed")).to_contain_text("Mohon perhatikan petugas")
        with desk_hub(first.port, first.journal):
            back = time.monotonic()
            wait_for(lambda: _ticked(page) and page.locator("html.live").count(), "the board to be live again")
            assert time.monotonic() - back < 2
            expect(page.locator("#heed")).to_be_hidden()
            expect(page.locator("#age")).to_be_hidden()


def _ticked(page: Page) -> bool:
    """The browser's own time, which a test turns by hand, goes on."""
    page.clock.run_for(250)
    return True


def test_a_call_that_came_while_nothing_was_heard_is_lit_when_the_board_is_back(browser, hub):
    page = television(browser, hub)
    call(hub)
    lit(page, "K001")
    hub.pass_minutes(9 / 60)
    hub.fall_silent()
    page.wait_for_selector("html.lost")
    page.context.route("**/live*", lambda route: route.abort())
    hub.go_on()
    call(hub, LOKET_1, KTP)
    hub.pass_minutes(9 / 60)
    call(hub, LOKET_1, KTP)
    page.context.unroute("**/live*")
    # Both: the one before the newest is 9 s old and was never seen here.
    lit(page, "F002", "F001")


def test_without_a_script_the_page_is_whole_and_loads_itself_again(browser, hub):
    page = television(browser, hub, java_script_enabled=False)
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "5"
    call(hub)
    page.reload()
    assert page.locator(".lying text.on-lit").all_text_contents() == ["K001", "Loket", "3", "A"]


def test_a_browser_without_streams_asks_and_sees_the_same(browser, hub):
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_init_script("delete window.EventSource")
    page = context.new_page()
    page.goto(hub.address + "/board/a")
    call(hub)
    lit(page, "K001")
    hub.stop()
    page.wait_for_selector("html.lost")


def test_a_board_fills_its_screen_whichever_way_it_stands_and_nothing_sticks_out(browser, hub):
    call(hub)
    page = television(browser, hub)
    for size in ((1280, 720), (1920, 1080), (720, 1280), (1080, 1920)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        boxes = page.evaluate(
            """() => ["lying", "standing"].map(way => {
                const {x, y, width, height} = document.querySelector(`.${way} .ground`).getBoundingClientRect();
                return [x, y, width, height].map(Math.round);
            })"""
        )
        whole, nothing = [0, 0, *size], [0, 0, 0, 0]
        assert boxes == ([nothing, whole] if size[0] < size[1] else [whole, nothing])
        out = page.evaluate(
            """() => [...document.querySelectorAll("#face text")].filter(text => {
                const box = text.getBoundingClientRect();
                return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight;
            }).map(text => text.textContent)"""
        )
        assert out == []


def test_the_newest_number_is_as_high_on_the_glass_as_its_farthest_reader_needs(browser, hub):
    """113 mm at 10 m (decision 148), measured in the picture: the height of the letter K."""
    call(hub)
    page = television(browser, hub)
    for inch, metres, size in (
        (43, 6.5, (1280, 720)),
        (55, 8.5, (1920, 1080)),
        (65, 12, (1920, 1080)),
        (55, 8.5, (1080, 1920)),
    ):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{hub.address}/board/a?inch={inch}&metres={metres}")
        page.evaluate("document.fonts.ready")
        # In one step: the page may put an equal picture in this one's place at any moment.
        box = page.evaluate(
            "way => { const {x, y, width, height} = document.querySelector(`.${way} text.on-lit`).getBoundingClientRect();"
            " return {x, y, width, height}; }",
            "standing" if size[0] < size[1] else "lying",
        )
        # The first of four characters; the box is higher than the letter, by what other letters may need.
        top, tall = box["y"] + 0.2 * box["height"], 0.6 * box["height"]
        clip = {"x": box["x"], "y": top, "width": box["width"] / 4, "height": tall}
        letter = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L").point(lambda light: light < 80 and 255)
        found = letter.getbbox()
        assert found is not None
        height_mm = (found[3] - found[1]) * inch * 25.4 / math.hypot(*size)
        assert height_mm >= metres * 11.3 * 0.99  # half a pixel at either end
        assert height_mm < metres * 11.3 * 1.4  # no larger than it must be: the room is for other things


def test_after_one_press_calls_are_said_one_after_another(browser):
    speaker = SimulatedSpeaker((Language("id"),))
    with desk_hub(voice=BoardVoice(speaker)) as hub:
        page = television(browser, hub)
        sounds: list[tuple[str, int, bytes]] = []
        page.on(
            "response", lambda one: sounds.append((one.url, one.status, one.body())) if "/say/" in one.url else None
        )
        page.click("#sound")
        expect(page.locator("#sound")).to_be_hidden()
        call(hub)
        wait_for(lambda: _looked(page) and len(sounds) == 1, "the first call's sound")
        _, status, body = sounds[0]
        assert status == 200
        with wave.open(io.BytesIO(body)) as file:
            assert file.getnframes() / file.getframerate() > 3
        call(hub, LOKET_1, KTP)
        lit(page, "F001", "K001")
        assert len(sounds) == 1  # the first is still being said
        wait_for(lambda: _looked(page) and len(sounds) == 2, "the second call's sound, after the first")
        assert [each.text for each in speaker.made] == [
            "Nomor antrean ka, nol nol satu, silakan menuju loket tiga",
            "Nomor antrean ef, nol nol satu, silakan menuju loket satu",
        ]
        page.reload()
        expect(page.locator("#sound")).to_be_hidden()  # this television was told once


def _looked(page: Page) -> bool:
    """Playwright hands over what a page did only while it is asked something."""
    page.evaluate("0")
    return True


def test_no_board_offers_sound_unless_the_hall_wants_it(browser, hub):
    page = television(browser, hub)
    expect(page.locator("#sound")).to_have_count(0)
    assert httpx.get(f"{hub.address}/board/a/say/call-1.wav").status_code == 404
