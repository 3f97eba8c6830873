"""The kiosk in a real window, touched for real, with a printer on the wire: what an impatient visitor and a power cut do to it."""

import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from command.finger import Finger
from command.programs import Program, antrean, environment, virtual_screen
from contract.desk import DeskView
from simulator.printer_emulator import PrinterEmulator
from tests.end_to_end.peers import Peer
from tests.halls import ON_ALL_WHEN_SOAKED, Hall, new_hall
from tests.waiting import wait_for

pytestmark = [pytest.mark.broker, pytest.mark.screen]

SERVICE = ("agency:disdukcapil", "service:kartu-keluarga")


class Standing:
    """A kiosk that stands in a served hall, its printer, and what the hub has on record."""

    def __init__(self, hall: Hall, folder: Path, printer: PrinterEmulator, display: str) -> None:
        self.hall = hall
        self.printer = printer
        self.display = display
        self._file = hall.folder / "devices" / "kiosk-1.toml"
        self._folder = folder
        self._starts = 0

    def start(self) -> tuple[Program, Finger]:
        """The kiosk's program, ready, and a finger on its screen."""
        self._starts += 1
        tells = self._folder / f"kiosk-{self._starts}.jsonl"
        env = environment(DISPLAY=self.display, SDL_AUDIODRIVER="dummy")
        program = Program(
            "kiosk", antrean("kiosk", str(self._file), "--tell", str(tells)), self._folder / "kiosk.log", env
        )
        program.ready(25)
        return program, Finger(tells, self.display, program.check)

    def facts(self, kind: str) -> list[dict[str, object]]:
        """The journal's facts of one kind, oldest first."""
        with sqlite3.connect(f"file:{self.hall.folder / 'data/journal.sqlite'}?mode=ro", uri=True) as journal:
            rows = journal.execute("select body from facts where kind = ? order by sequence", (kind,)).fetchall()
        return [msgspec.json.decode(body) for (body,) in rows]


@pytest.fixture(params=ON_ALL_WHEN_SOAKED)
def standing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Standing]:
    hall = new_hall(tmp_path / "hall", request.param)
    file = hall.add("kiosk-1", "kiosk")
    hall.add("pad-1", "counter", "--counter", "loket-1")
    screen, display = virtual_screen(1080, 1920, tmp_path / "xvfb.log")
    with screen, PrinterEmulator() as printer, hall.program("serve") as serve:
        with file.open("a") as text:
            text.write("\n[screen]\nwidth = 1080\nheight = 1920\nfullscreen = false\n")
            text.write(f'\n[printer]\nkind = "network"\nhost = "127.0.0.1"\nport = {printer.port}\n')
            text.write('\n[keypad]\nguide = ["f12"]\n')
            text.write("\n[kiosk]\nscanner = true\n")
        serve.ready(25)
        yield Standing(hall, tmp_path, printer, display)


def to_the_service(finger: Finger) -> None:
    finger.screen("welcome")
    finger.touch("start")
    for target in SERVICE:
        finger.find(target)
        finger.touch(target)
    finger.find("take")


def by_typing(finger: Finger, display: str) -> None:
    """The same service, found by quick touches on keys and by a keyboard that somebody has connected."""
    finger.screen("welcome")
    finger.touch("start")
    finger.screen("errands")
    finger.touch("search")
    keys = finger.screen("search")["targets"]

    def there(target: str) -> bool:
        return target in (finger.fresh() or {"targets": ()})["targets"]

    words: list[str] = []
    for key in (*(f"type:{letter}" for letter in "kartkel"), *["rubout"] * 6):
        x, y, width, height = keys[key]
        words += ["mousemove", str(x + width // 2), str(y + height // 2), "click", "1"]
    subprocess.run(["xdotool", *words], env={"DISPLAY": display}, check=True)
    wait_for(lambda: there("clear-text"), "a letter")
    subprocess.run(["xdotool", "type", "artu kelurga"], env={"DISPLAY": display}, check=True)

    def taken() -> bool:
        if there(SERVICE[1]):
            finger.touch(SERVICE[1])  # once more where a letter came in between
        return there("take")

    wait_for(taken, "the service that the letters mean")


def test_however_often_one_taps_one_number_is_given_and_one_ticket_printed(standing: Standing) -> None:
    program, finger = standing.start()
    with program:
        by_typing(finger, standing.display)
        finger.touch("take", times=6)
        finger.screen("ticket")
        standing.printer.wait_for_slips(1)
        finger.touch("done")
        finger.screen("welcome")
        assert [fact["number"] for fact in standing.facts("issued")] == ["K001"]
        assert len(standing.printer.slips) == 1
        wait_for(lambda: [fact["outcome"] for fact in standing.facts("printed")] == ["printed"], "the paper on record")


def test_two_numbers_come_on_one_paper_and_one_of_them_is_found_by_the_scanner_and_given_back(
    standing: Standing,
) -> None:
    program, finger = standing.start()
    with program:
        to_the_service(finger)
        finger.touch("add-another")
        for target in (SERVICE[0], "service:akta-kelahiran"):
            finger.find(target)
            finger.touch(target)
        finger.find("take")
        finger.touch("take")
        finger.screen("tickets")
        standing.printer.wait_for_slips(1)
        finger.touch("done")
        finger.screen("welcome")
        first, second = standing.facts("issued")
        assert (first["visit"], second["visit"]) == (None, first["ticket"])
        # A scanner is a keyboard that is faster than anybody, and ends with Enter.
        keys = [*str(second["number"]), "Return"]
        subprocess.run(["xdotool", "key", "--delay", "5", *keys], env={"DISPLAY": standing.display}, check=True)
        finger.screen("checked")
        finger.touch("cancel")
        finger.screen("confirm-cancel")
        finger.touch(f"cancel-for-sure:{second['number']}")
        finger.screen("cancelled")
        wait_for(lambda: [fact["ticket"] for fact in standing.facts("voided")] == [second["ticket"]], "it is void")
        assert len(standing.printer.slips) == 1


def test_no_key_ends_the_kiosk_or_opens_a_setting(standing: Standing) -> None:
    program, finger = standing.start()
    with program:
        finger.screen("welcome")
        # Return is the keypad's: it begins the spoken guidance, and F12 ends it here.
        for key in ("Return", "Escape", "F1", "alt+F4", "ctrl+c", "ctrl+q", "F11", "Tab", "F12", "space"):
            subprocess.run(["xdotool", "key", key], env={"DISPLAY": standing.display}, check=True)
        subprocess.run(
            ["xdotool", "mousemove", "540", "300", "click", "3"], env={"DISPLAY": standing.display}, check=True
        )
        # It still does what a kiosk does.
        to_the_service(finger)
        program.check()


def test_a_kiosk_killed_in_the_middle_of_the_paper_gives_no_number_twice_and_says_what_it_cannot_know(
    standing: Standing,
) -> None:
    standing.printer.drain(20_000)
    program, finger = standing.start()
    to_the_service(finger)
    finger.touch("take")
    finger.screen("ticket")
    program.kill()
    program.stop()
    standing.printer.drain(0)
    program, finger = standing.start()
    with program:
        wait_for(
            lambda: [fact["outcome"] for fact in standing.facts("printed")] == ["unknown"], "the outcome on record"
        )
        to_the_service(finger)
        finger.touch("take")
        finger.screen("ticket")
        assert [fact["number"] for fact in standing.facts("issued")] == ["K001", "K002"]
        assert standing.facts("voided") == []


def test_without_a_hub_a_visitor_gets_a_number_that_an_officer_calls_once_the_hub_is_back(standing: Standing) -> None:
    program, finger = standing.start()
    with program:
        to_the_service(finger)
        wait_for(lambda: standing.facts("block-lent"), "numbers of its own")
        hub = int((standing.hall.folder / "data" / "hub.lock").read_text().split()[0])
        subprocess.run(["kill", "-STOP", str(hub)], check=True)
        finger.touch("take")
        finger.screen("ticket")
        standing.printer.wait_for_slips(1)
        subprocess.run(["kill", "-KILL", str(hub)], check=True)  # serve starts another
        wait_for(lambda: [fact["number"] for fact in kept(standing)] == ["K501"], "it in the queue", 30)
        with Peer(standing.hall.folder / "devices" / "pad-1.toml") as pad:
            pad.act("open")
            called = pad.act("next")
            assert isinstance(called, DeskView)
            assert called.ticket is not None
            assert called.ticket.number == "K501"
        finger.touch("done")
        to_the_service(finger)
        finger.touch("take")
        finger.screen("ticket")
        # The request that was given up has no number that anybody is called by.
        assert [str(fact["number"])[:2] for fact in kept(standing)] == ["K5", "K0"]


def kept(standing: Standing) -> list[dict[str, object]]:
    """The numbers that are not void, in the order in which they came on record."""
    gone = {fact["ticket"] for fact in standing.facts("voided")}
    return [fact for fact in standing.facts("issued") if fact["ticket"] not in gone]
