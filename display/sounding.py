"""What a display is heard with, put together from its settings: voice, loudspeaker, chime. Names concrete classes, as main does."""

import time
from pathlib import Path

from assets.chime import chime
from display.announcer import Loudspeaker
from display.config import DisplayConfig, VoiceSection
from link.inbox import Inbox
from ui.sdl_card import SdlCards
from ui.waking import at_each_turn
from voice.clips_speaker import ClipsSpeaker
from voice.loudspeaker import CardPlayer
from voice.pyttsx3_speaker import Pyttsx3Speaker
from voice.speaker import Speaker
from voice.worker import SilentWorker, ThreadWorker, VoiceEvent, Worker


def loudspeaker_of(file: Path, config: DisplayConfig, folder: Path, inbox: Inbox[VoiceEvent]) -> Loudspeaker:
    """`file`: the device file, beside which clips are looked for; `folder`: the program's own, for the chime."""
    wave = folder / "chime.wav"
    wave.write_bytes(chime())
    player = CardPlayer(SdlCards(config.sound.device), time.monotonic)
    at_each_turn(player.look)
    return Loudspeaker(_worker(file, config.voice, inbox), inbox, player, wave)


def _worker(file: Path, voice: VoiceSection, inbox: Inbox[VoiceEvent]) -> Worker:
    if voice.engine == "none":
        return SilentWorker(inbox.put)
    speaker: Speaker = Pyttsx3Speaker(voice.languages, deadline_s=voice.deadline_s, kept=voice.kept)
    if voice.engine == "clips":
        speaker = ClipsSpeaker(file.parent / voice.clips, behind=speaker, kept=voice.kept)
    return ThreadWorker(speaker, inbox.put)
