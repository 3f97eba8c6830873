"""Speaks through the kiosk's real narrator and loudspeaker (SDL's disk driver) in a process of its own.

`python -m tests.narrated RAW`: the same words at each step of the volume, each hushed after a while. One JSON line on standard
output: for each step the size of RAW in bytes when the words began and when they were hushed.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from kiosk.guide import VOLUMES, loudness
from kiosk.narrator import Spoke
from kiosk.voice_narrator import VoiceNarrator
from link.inbox import Inbox
from ui.window import PORTRAIT, ScreenSettings, prepare
from voice.pyttsx3_speaker import Pyttsx3Speaker, VoiceOfLanguage
from voice.worker import ThreadWorker, VoiceEvent

WORDS = "Nomor antrean Anda, ka, nol nol tujuh, silakan menuju loket tiga, dan bawa semua berkas"
SOUNDS_S, SILENT_S = 1.0, 0.3


def main(raw: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        prepare(ScreenSettings(), PORTRAIT, Path(home))
        from kivy.clock import Clock

        from contract.names import Language
        from ui.sound import KivyPlayer

        inbox: Inbox[VoiceEvent] = Inbox()
        indonesian = Language("id")
        narrator = VoiceNarrator(
            lambda: ThreadWorker(Pyttsx3Speaker({indonesian: VoiceOfLanguage("poz/id")}), inbox.put),
            KivyPlayer,
            inbox,
        )

        def turn(until_s: float) -> list[Spoke]:
            told: list[Spoke] = []
            while time.monotonic() < until_s:
                Clock.tick()
                told += [event for event in narrator.listen() if isinstance(event, Spoke)]
                if told and told[-1].state == "began":
                    break
            return told

        steps = []
        for step in range(1, VOLUMES + 1):
            narrator.say(WORDS, indonesian, loudness(step))
            assert turn(time.monotonic() + 15.0), "nothing was spoken"
            began = raw.stat().st_size
            turn(time.monotonic() + SOUNDS_S)
            narrator.hush()
            steps.append([began, raw.stat().st_size])
            turn(time.monotonic() + SILENT_S)
        narrator.close()
        sys.stdout.write(json.dumps(steps) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
