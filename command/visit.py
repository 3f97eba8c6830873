"""One scripted visit of the headless demo: a real touch for every step at the kiosk, a real click for every step at the desk.

Each step waits for what a person would wait for (the screen was drawn, the call is shown, the voice has ended) and
leaves a picture. What happened when goes into story.md.
"""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PIL import ImageGrab
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, sync_playwright

from assets.hall_file import HallFile, read_hall
from command.finger import Finger, NotThere, until
from command.practice import PracticeHall
from command.told import Told
from voice.disk_audio import wrap

STEP_S = 12.0
SPOKEN_S = 25.0
"""How long one step, and a whole announcement (chime, then two languages), may take."""

STILL_LOOKS = 5
"""So many equal pictures in a row are a standstill."""

PREFIX = "K"
"""The demo's visitor takes this prefix's service: the family card, as on the pictures."""


Seen = TypeVar("Seen")


class VisitFailed(Exception):
    """A step that did not happen: which, and what was there instead."""


class Visit:
    """Plays the visitor and the officer, and keeps the story."""

    def __init__(self, hall: PracticeHall, out: Path) -> None:
        self.hall = hall
        self.out = out
        self.finger = Finger(hall.kiosk_tells, hall.display, hall.check)
        self.display = Told(hall.display_tells)
        self.file: HallFile = read_hall(hall.hall)
        self.story: list[tuple[float, str]] = []
        self._pictures = 0
        found = [
            (agency, service)
            for agency in self.file.agencies
            for service in agency.services
            if service.prefix == PREFIX
        ]
        if not found:
            raise VisitFailed(f"the practice hall has no service with the prefix {PREFIX}")
        self.agency, self.service = found[0]
        self.counter = next(counter for counter in self.file.hall.counters if self.service.id in counter.services)

    def go(self) -> None:
        """The whole visit; VisitFailed at the first step that does not happen."""
        try:
            number = self._play()
        except NotThere as error:
            raise VisitFailed(str(error)) from error
        except BrowserError as error:
            raise VisitFailed(f"the officer's page: {error.message}") from error
        self._leave_sound()
        self._write_story(number)

    def _play(self) -> str:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=_CHROMIUM_WORDS)
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="id-ID")
            page.set_default_timeout(STEP_S * 1000)
            self._open_counter(page)
            number = self._take_number()
            self._call(page, number)
            self._serve(page, number)
            browser.close()
        return number

    # --- the visitor -----------------------------------------------------------------------------------------------

    def _take_number(self) -> str:
        self._screen("welcome")
        self._touch("start", "the visitor touches the kiosk")
        self._find(f"agency:{self.agency.agency}")
        self._touch(f"agency:{self.agency.agency}", f"chooses {self.agency.agency}")
        self._find(f"service:{self.service.id}")
        self._touch(f"service:{self.service.id}", f"chooses {self.service.id}")
        self._find("take")
        self._touch("take", "takes a number")
        shown = self.finger.screen("ticket")
        number = str(shown["number"])
        self._note(f"the kiosk shows {number}")
        paper = (self.out / "ticket.png", self.out / "ticket.bin")
        self._until(lambda: all(path.exists() for path in paper) or None, "the printed ticket")
        self._note(f"the paper with {number} is out ({(self.out / 'ticket.bin').stat().st_size} bytes of ESC/POS)")
        self._still_picture("kiosk-{}.png", self._kiosk_box())
        self._touch("done", "takes the ticket and goes to sit down")
        self._screen("welcome")
        return number

    def _find(self, target: str) -> None:
        self.finger.find(target)
        self._picture("kiosk-{}.png", self._kiosk_box())

    def _screen(self, name: str) -> None:
        self.finger.screen(name)
        self._picture("kiosk-{}.png", self._kiosk_box())

    def _touch(self, target: str, words: str) -> None:
        self._note(words)
        self.finger.touch(target)

    # --- the officer -----------------------------------------------------------------------------------------------

    def _open_counter(self, page: Page) -> None:
        page.goto(self.hall.desk_address)
        page.locator(f"a[href='/counter/{self.counter.id}']").click()
        page.locator("[data-action='open']:enabled").click()
        page.locator("[data-action='next']").wait_for()
        self._note(f"an officer opens {self.counter.id} in the browser")

    def _call(self, page: Page, number: str) -> None:
        page.locator("[data-action='next']:enabled").wait_for()
        self._note(f"the officer calls the next number: {number}")
        page.locator("[data-action='next']:enabled").click()
        shown = self._until(lambda: self._called(number), f"{number} on the hall display")
        self._note(f"the hall display shows {number}", shown["at"])
        chime = self._until(lambda: self._sound("chime", "started"), "the chime")
        self._note("the chime sounds", chime["at"])
        page.locator("#number", has_text=number).wait_for()
        self._still_picture("display.png", self._display_box())
        page.screenshot(path=str(self.out / "desk.png"))
        voice = self._until(lambda: self._sound("speech", "started"), "the voice", SPOKEN_S)
        self._note("the voice speaks the call", voice["at"])
        ended = self._until(lambda: self._sound("speech", "ended"), "the end of the announcement", SPOKEN_S)
        self._note("the announcement has ended", ended["at"])

    def _called(self, number: str) -> dict[str, Any] | None:
        return next(
            (
                line
                for line in self.display.look()
                if line["what"] == "shown" and any(call["number"] == number for call in line["calls"])
            ),
            None,
        )

    def _sound(self, kind: str, state: str) -> dict[str, Any] | None:
        return next(
            (
                line
                for line in self.display.look()
                if line["what"] == "sound" and line["kind"] == kind and line["state"] == state
            ),
            None,
        )

    def _serve(self, page: Page, number: str) -> None:
        page.locator("[data-action='arrive']:enabled").click()
        self._note(f"{number} is there")
        page.locator("[data-action='finish']:enabled").click()
        page.locator("[data-action='next']").wait_for()
        self._note(f"{number} is served")

    # --- what is left behind -----------------------------------------------------------------------------------------

    def _leave_sound(self) -> None:
        # The sound is whole on disk only when the display has closed its audio device.
        self.hall.programs["display"].stop()
        wrap(self.hall.loudspeaker, self.out / "announcement.wav")

    def _write_story(self, number: str) -> None:
        began = self.story[0][0]
        lines = [f"# The visit of {number}", "", "| ms | what happened |", "|---:|---|"]
        lines += [f"| {(at - began) * 1000:.0f} | {words} |" for at, words in sorted(self.story)]
        (self.out / "story.md").write_text("\n".join(lines) + "\n")

    def _note(self, words: str, at: float | None = None) -> None:
        self.story.append((at or time.time(), words))
        print(f"  {words}", flush=True)

    def _still_picture(self, name: str, box: tuple[int, int, int, int]) -> None:
        """A picture once nothing moves any more: the paper has slid out."""
        frames: list[bytes] = []

        def still() -> bool | None:
            frames.append(ImageGrab.grab(bbox=box, xdisplay=self.hall.display).tobytes())
            # Some frames apart, so that a slow slide is not taken for a standstill.
            return True if len(frames) > STILL_LOOKS and len(set(frames[-STILL_LOOKS:])) == 1 else None

        self._until(still, "the picture to come to rest")
        self._picture(name, box)

    def _picture(self, name: str, box: tuple[int, int, int, int]) -> None:
        if "{}" in name:
            self._pictures += 1
            name = name.format(self._pictures)
        ImageGrab.grab(bbox=box, xdisplay=self.hall.display).convert("RGB").save(self.out / name)

    def _kiosk_box(self) -> tuple[int, int, int, int]:
        at = self.hall.geometry
        return (0, 0, at.kiosk_width, at.kiosk_height)

    def _display_box(self) -> tuple[int, int, int, int]:
        at = self.hall.geometry
        return (at.display_left, 0, at.display_left + at.display_width, at.display_height)

    def _until(self, look: Callable[[], Seen | None], what: str, deadline_s: float = STEP_S) -> Seen:
        return until(look, what, deadline_s, self.hall.check)


_CHROMIUM_WORDS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    raise VisitFailed("the officer needs a browser: apt-get install chromium")
