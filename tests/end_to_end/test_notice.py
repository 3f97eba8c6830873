"""`./antrean notice` on a running hall: said on the wire within a second or two, said again after the hub's death, taken back."""

import json
from pathlib import Path

import pytest

from tests.halls import READY_S, ROOT, Client, client_of, new_hall, run
from tests.waiting import wait_for

pytestmark = pytest.mark.broker

TOPIC = f"{ROOT}/all/notice"


def last(client: Client) -> object:
    """The notice that was heard last; "nothing" before the first."""
    said = [body for topic, body in client.heard if topic == TOPIC]
    return json.loads(said[-1]).get("notice") if said else "nothing"


def test_a_notice_reaches_every_device_outlives_the_hub_and_is_taken_back(tmp_path: Path) -> None:
    hall = new_hall(tmp_path / "hall")
    hall.add("display-1", "display")
    told = run("notice", str(hall.folder), "--text", "Tutup")
    assert told.returncode == 1
    assert "does it run?" in told.stderr
    with hall.program("broker") as broker:
        broker.ready(READY_S)
        with client_of(hall, "display-1") as display, hall.program("hub") as hub:
            hub.ready(READY_S)
            display.hear(TOPIC)
            wait_for(lambda: isinstance(last(display), dict), "what was wanted while the hub was down")
            words = ("--level", "evacuate", "--text", "Silakan keluar", "--language", "en=Please leave")
            told = run("notice", str(hall.folder), *words)
            assert (told.returncode, told.stdout) == (0, "The hall is told.\n")
            wait_for(
                lambda: isinstance(found := last(display), dict) and found["level"] == "evacuate", "the evacuation"
            )
            hub.kill()
        with client_of(hall, "display-1") as display, hall.program("hub") as hub:
            hub.ready(READY_S)
            display.hear(TOPIC)
            wait_for(
                lambda: isinstance(found := last(display), dict) and found["level"] == "evacuate", "the same again"
            )
            assert run("notice", str(hall.folder), "--clear").returncode == 0
            wait_for(lambda: last(display) is None, "its end")
    assert list((hall.folder / "data").glob("notice-*.json")) == []
