"""Plays waves through the real loudspeaker (SDL) in a process of its own, and prints when each began and ended.

`python -m tests.loudspeaker WAVE...`: the first is prepared ahead, each is played when the one before it has ended.
One JSON line on standard output: seconds since the first was asked for, as [[began, ended], ...], or {"not-played": why}.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from ui.window import Drawing, ScreenSettings, prepare


def main(waves: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as home:
        prepare(ScreenSettings(), Drawing(1080, 1920, 21.5), Path(home))
        from kivy.clock import Clock

        from ui.sound import KivyPlayer
        from voice.player import NotPlayed

        player = KivyPlayer()
        times: list[list[float]] = []
        try:
            player.prepare(waves[0])
            start = time.monotonic()
            for wave in waves:
                ended: list[float] = []
                began = time.monotonic() - start
                player.play(wave, lambda ended=ended: ended.append(time.monotonic() - start))  # type: ignore[misc]  # a default keeps each turn's own list
                while not ended and time.monotonic() - start < 60:
                    Clock.tick()
                times.append([began, *ended])
            sys.stdout.write(json.dumps(times) + "\n")
        except NotPlayed as trouble:
            sys.stdout.write(json.dumps({"not-played": str(trouble)}) + "\n")
        player.close()


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
