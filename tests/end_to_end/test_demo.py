"""The main job, as a newcomer sees it: one command, one visit, on real parts."""

import os
import signal
import subprocess
import tempfile
import wave
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from command.programs import Program, antrean, environment
from tests.halls import ON_ALL, SetUp

pytestmark = [pytest.mark.broker, pytest.mark.screen, pytest.mark.browser, pytest.mark.long]

SIZES = {"display.png": (1920, 1080), "desk.png": (1440, 900), "kiosk-1.png": (1080, 1920), "kiosk-2.png": (1080, 1920)}


BROKERS: dict[SetUp, tuple[str, ...]] = {
    "mqtt-5": ("--broker", "mosquitto"),
    "mqtt-3.1.1": ("--broker", "mosquitto", "--mqtt", "3.1.1"),
    "nats": ("--broker", "nats"),
}


def demo(out: Path, *more: str, **env: str) -> subprocess.CompletedProcess[str]:
    words = antrean("demo", "--headless", "--out", str(out), *more)
    whole = {**os.environ, **environment(), **env}
    return subprocess.run(words, env=whole, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module", params=ON_ALL)
def visit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo")
    done = demo(out, *BROKERS[request.param])
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_the_demo_leaves_a_picture_of_each_step(visit: Path) -> None:
    for name, size in SIZES.items():
        with Image.open(visit / name) as picture:
            assert picture.size == size
            # A black or empty window has next to no colours.
            assert len(picture.convert("P", palette=Image.Palette.ADAPTIVE).getcolors() or []) > 16
    assert len(list(visit.glob("kiosk-*.png"))) >= 6


def test_the_demos_paper_is_a_ticket_with_a_qr_code(visit: Path) -> None:
    assert (visit / "ticket.bin").read_bytes().startswith(b"\x1b@")
    with Image.open(visit / "ticket.png") as paper:
        assert paper.width >= 576  # the printable dots, and the margins of the paper roll
        codes = zxingcpp.read_barcodes(paper.convert("L"))
    assert [code.text.startswith("HTTPS://ANTREAN.EXAMPLE/") for code in codes] == [True]


def test_the_demos_loudspeaker_played_a_chime_and_then_a_voice(visit: Path) -> None:
    with wave.open(str(visit / "announcement.wav")) as sound:
        seconds = sound.getnframes() / sound.getframerate()
        assert any(sound.readframes(sound.getnframes()))
    # A chime of a second and a sentence of four to five.
    assert 4 < seconds < 14


def test_the_demos_story_follows_one_number_to_its_end(visit: Path) -> None:
    story = (visit / "story.md").read_text()
    steps = ["the kiosk shows K001", "the officer calls the next number: K001", "the chime sounds", "the voice speaks"]
    places = [story.index(step) for step in [*steps, "K001 is served"]]
    assert places == sorted(places)


def test_a_demo_that_lacks_a_part_says_which_and_fails(tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    done = demo(tmp_path / "out", PATH=str(bare))
    assert done.returncode != 0
    assert "Xvfb" in done.stderr


def test_a_demo_that_is_told_to_end_takes_its_programs_with_it(tmp_path: Path) -> None:
    words = antrean("demo", "--headless", "--out", str(tmp_path / "out"))
    # A folder with a short name of its own: Chromium's socket in it may have 108 letters at most.
    with (
        tempfile.TemporaryDirectory(prefix="told-") as folder,
        Program("demo", words, tmp_path / "demo.log", environment(TMPDIR=folder)) as running,
    ):
        running.ready(40, mark="the visitor touches")
        hall = next(Path(folder).glob("antrean-demo-*"))
        running.process.terminate()
        assert running.process.wait(20) == 128 + signal.SIGTERM
        assert not hall.exists()
        assert not [line for line in processes() if str(hall) in line]


def processes() -> list[str]:
    """The command lines of everything that runs."""
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
