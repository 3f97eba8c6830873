"""The loudspeaker's player over a sound library that does what sound libraries do: load nothing, and never say the end."""

import importlib
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from voice.player import NotPlayed


class Sound:
    """A Kivy sound that can be told to end."""

    def __init__(self) -> None:
        self.length = 1.0
        self.volume = 0.0
        self.state = "stop"
        self._heard: list[Any] = []

    def bind(self, on_stop):
        self._heard.append(on_stop)

    def unbind(self, on_stop):
        self._heard.remove(on_stop)

    def play(self):
        self.state = "play"

    def end(self):
        for heard in tuple(self._heard):
            heard()

    def stop(self):
        self.end()

    def unload(self):
        self.state = "gone"


@pytest.fixture
def player(monkeypatch):
    loaded: list[Sound] = []
    library = types.ModuleType("kivy.core.audio")

    def load(_: str) -> Sound:
        loaded.append(Sound())
        return loaded[-1]

    library.SoundLoader = types.SimpleNamespace(load=load)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kivy.core.audio", library)
    monkeypatch.delitem(sys.modules, "ui.sound", raising=False)
    sound = importlib.import_module("ui.sound")
    yield sound.KivyPlayer(), loaded
    sys.modules.pop("ui.sound", None)


def test_a_sound_ends_once(player, tmp_path: Path) -> None:
    plays, loaded = player
    wave = tmp_path / "a.wav"
    wave.touch()
    ended: list[str] = []
    plays.play(wave, lambda: ended.append("a"))
    loaded[0].end()
    loaded[0].end()
    assert ended == ["a"]


def test_a_loudspeaker_that_never_says_the_end_costs_no_memory(player, tmp_path: Path) -> None:
    plays, loaded = player
    wave = tmp_path / "a.wav"
    wave.touch()
    for _ in range(100):
        plays.play(wave, lambda: None)
    assert len(loaded) == 100
    assert len(plays._sounding) + len(plays._ended) <= 20


def test_a_wave_that_is_not_there_is_not_played(player, tmp_path: Path) -> None:
    plays, _ = player
    with pytest.raises(NotPlayed):
        plays.play(tmp_path / "none.wav", lambda: None)
