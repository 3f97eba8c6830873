"""The boards' own door over HTTP: what televisions can reach there, what nobody can, and the sound that they may ask for."""

import array
import asyncio
import io
import wave
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from msgspec.structs import asdict

from assets.reading import read_toml
from command.check import look
from command.hall import make
from contract.names import Language
from display.config import DEFAULTS as DISPLAY_DEFAULTS
from display.config import DisplayConfig
from hub.config import read_config
from hub.desk.board.voice import BREATH_S, BoardVoice, chimed
from hub.desk.crowd import MOST_BOARDS
from hub.desk.web import DeskServer
from hub.main import _desk
from link.inbox import Inbox
from tests.desk_hub import KK, DeskHub, desk_hub
from tests.unit.hub_hall import World
from tests.waiting import wait_for
from voice.simulated_speaker import FRAMES_PER_S, SimulatedSpeaker, tone
from voice.speaker import Utterance

ID = Language("id")


@pytest.fixture
def hub() -> Iterator[DeskHub]:
    with desk_hub(board=("127.0.0.1", 0), voice=BoardVoice(SimulatedSpeaker((ID,)))) as started:
        yield started


@pytest.fixture
def door(hub: DeskHub) -> Iterator[httpx.Client]:
    """What a television says: its address is the hall's name for the hub, which the desk would refuse."""
    with httpx.Client(base_url=hub.desk.board_address, timeout=5, headers={"Host": "antrean.mpp.example"}) as client:
        yield client


def call(hub: DeskHub) -> str:
    hub.issue(KK)

    def acted(world: World) -> str:
        world.act("open")
        world.act("next")
        return str(world.hub.state.recent[0].call)

    return hub.do(acted)


def test_by_default_boards_are_for_this_machine_alone_and_silent(tmp_path):
    board = read_config(tmp_path).board
    assert (board.host, board.sound) == ("", False)
    with desk_hub() as hub:
        assert hub.desk.board_address == ""
        assert httpx.get(f"{hub.address}/board/a").status_code == 200
        assert httpx.get(f"{hub.address}/board/a", headers={"Host": "192.168.1.10"}).status_code == 421


def test_calls_are_said_as_the_displays_say_them_where_nothing_else_is_set(tmp_path):
    displays = read_toml(DISPLAY_DEFAULTS, DisplayConfig).voice.languages
    assert {code: asdict(voice) for code, voice in read_config(tmp_path).board.voices.items()} == {
        code: asdict(voice) for code, voice in displays.items()
    }


def test_at_the_boards_door_there_are_the_boards_and_nothing_else(hub, door):
    call(hub)
    assert "K001" in "".join(door.get("/board/a").text.split())
    assert 'href="/board/b"' in door.get("/").text
    for path in ("/live", "/counter/loket-3", "/counter/loket-3/live", "/language", "/board/a/act"):
        assert door.get(path).status_code == 404
    for path in ("/board/a", "/counter/loket-3/act", "/language"):
        answer = door.post(path, data={"action": "next"}, headers={"HX-Request": "true"})
        assert answer.status_code == 405
    assert hub.calls() == ["K001"]


def test_a_board_is_sealed_sets_no_cookie_and_says_nothing_of_tickets_or_officers(hub, door):
    call(hub)
    answer = door.get("/board/all")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert "style=" not in answer.text  # the policy would forbid it
    assert "ticket-" not in answer.text
    assert "rina" not in answer.text


@pytest.mark.parametrize("path", ["/board/z", "/board/a+z", "/board/+", "/board/%3Cb%3E"])
def test_a_board_of_a_zone_that_there_is_not_names_those_that_there_are(door, path):
    answer = door.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert "/board/a, /board/b, /board/all" in answer.text
    assert "<b>" not in answer.text


def test_while_the_hub_is_silent_a_board_says_so_and_loads_itself_again(hub, door):
    hub.fall_silent()
    answer = door.get("/board/a")
    assert answer.status_code == 503
    assert "Mohon perhatikan petugas" in answer.text
    assert '<meta http-equiv="refresh" content="2">' in answer.text


def test_a_taken_port_is_said_and_leaves_the_desks_own_free(hub):
    taken = int(hub.desk.board_address.rsplit(":", 1)[1].strip("/"))
    server = DeskServer(Inbox(), "127.0.0.1", 0, board=("127.0.0.1", taken))
    with pytest.raises(OSError, match="in use"):
        server.start()
    assert server.address == ""


def test_a_fresh_call_can_be_heard_and_a_past_one_or_an_unknown_one_cannot(hub, door):
    made = call(hub)
    answer = door.get(f"/board/a/say/{made}.wav")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/wav"
    assert door.get(f"/board/b/say/{made}.wav").status_code == 410  # no call of that zone
    assert door.get("/board/a/say/call-99.wav").status_code == 410
    hub.pass_minutes(31 / 60)
    assert door.get(f"/board/a/say/{made}.wav").status_code == 410


def samples_of(sound: bytes) -> tuple[int, "array.array[int]"]:
    with wave.open(io.BytesIO(sound)) as file:
        return file.getframerate(), array.array("h", file.readframes(file.getnframes()))


def test_the_chime_goes_before_the_speech_with_a_breath_between_and_neither_is_cut_or_clipped():
    spoken = tone(Utterance("nomor antrean ka nol nol tujuh", ID))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(FRAMES_PER_S)
        file.writeframes(spoken)
    rate, heard = samples_of(chimed(out.getvalue()))
    assert rate == FRAMES_PER_S
    speech_at = len(heard) - len(spoken) // 2
    assert heard[speech_at:].tobytes() == spoken
    assert not any(heard[speech_at - int(BREATH_S * rate) : speech_at])
    chime = heard[: speech_at - int(BREATH_S * rate)]
    assert abs(len(chime) / rate - 1.15) < 0.01
    assert 0.5 * 32767 < max(map(abs, chime)) < 0.9 * 32767


@pytest.mark.parametrize("speaker", [SimulatedSpeaker((ID,), missing=True), SimulatedSpeaker(())])
def test_where_there_is_no_engine_or_no_voice_a_board_stays_silent(speaker):
    with desk_hub(voice=BoardVoice(speaker)) as hub:
        made = call(hub)
        assert httpx.get(f"{hub.address}/board/a/say/{made}.wav").status_code == 404
        assert httpx.get(f"{hub.address}/board/a").status_code == 200


def test_a_call_is_made_once_however_many_televisions_ask_and_the_engine_ends_with_the_desk():
    speaker = SimulatedSpeaker((ID,))
    voice = BoardVoice(speaker)

    async def asked() -> list[bytes | None]:
        utterance = Utterance("ka", ID)
        at_once = await asyncio.gather(*(voice.say(utterance) for _ in range(MOST_BOARDS)))
        return [*at_once, await voice.say(utterance)]

    sounds = asyncio.run(asked())
    assert len(set(sounds)) == 1
    assert sounds[0] is not None
    assert len(speaker.made) == 1
    voice.close()
    wait_for(lambda: not voice._worker._thread.is_alive(), "the voice's thread to end")


def hall_with(folder: Path, settings: str) -> Path:
    """A hall whose hub has these settings."""
    make(folder / "hall", 18_831, always_open=True)
    (folder / "hall" / "hub.toml").write_text(settings)
    return folder / "hall"


def test_the_door_that_a_halls_settings_name_is_opened(tmp_path):
    hall = hall_with(tmp_path, '[desk]\nport = 0\n[board]\nhost = "127.0.0.1"\nport = 0\nsound = true\n')
    desk = _desk(read_config(hall), Inbox())
    try:
        assert desk.board_address
        assert desk.board_address != desk.address
        assert httpx.get(f"{desk.board_address}counter/loket-1").status_code == 404
    finally:
        desk.stop()


@pytest.mark.parametrize(("port", "whose"), [(8_099, "officers' page"), (18_831, "the broker's")])
def test_check_tells_of_a_port_for_boards_that_is_somebody_elses(tmp_path, port, whose):
    hall = hall_with(tmp_path, f'[desk]\nport = 8099\n[board]\nhost = "127.0.0.1"\nport = {port}\n')
    _, problems = look(hall)
    assert [whose in problem.what for problem in problems if problem.key == "board.port"] == [True]
