"""A speaker of recorded clips: one folder of WAVs for each language, put together to the sentence that is wanted.

Languages that no speech engine has (Kutai, Banjar) are spoken so, and the others by a voice that people know. A sentence
that lacks a clip is spoken by the speaker behind this one, and the log names what is lacking.
"""

import array
import logging
from pathlib import Path

from msgspec import Struct

from contract.names import Language
from voice import samples
from voice.clip_names import recipe
from voice.samples import BadWave, Sound
from voice.shelf import Shelf
from voice.speaker import NotSpoken, NoVoice, Speaker, SpeakerMissing, Utterance, Wave

logger = logging.getLogger(__name__)

CLIPS_LIMIT = 2_000
"""So many clips of a language are held in memory (some 60 KB each); a hall needs about a hundred."""


class Pauses(Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds of silence between two clips, and where the sentence has a comma."""

    word_s: float = 0.05
    comma_s: float = 0.28


class ClipsSpeaker:
    """Keeps voice.speaker.Speaker. `folder` holds one folder for each language, named by its code.

    It speaks the languages of those folders and of the speaker `behind` it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        behind: Speaker | None = None,
        pauses: Pauses = Pauses(),  # noqa: B008 - frozen
        kept: int = 64,
    ) -> None:
        self._folder = folder
        self._behind = behind
        self._pauses = pauses
        self._shelf = Shelf(kept)
        self._clips: dict[Language, dict[str, Sound]] = {}
        self._behind_speaks: tuple[Language, ...] = ()

    def open(self) -> None:
        folders = sorted(each for each in self._folder.glob("*") if each.is_dir())
        self._clips = {}
        for each in folders:
            clips, refused = load(each)
            for why in refused:
                logger.warning("clip-refused why=%s", why)
            if clips:
                self._clips[Language(each.name)] = clips
                logger.info("clips-loaded language=%s clips=%d", each.name, len(clips))
        if not self._clips:
            logger.warning("clips-missing folder=%s", self._folder)
        if self._behind is not None:
            try:
                self._behind.open()
                self._behind_speaks = self._behind.languages()
            except SpeakerMissing as missing:
                logger.warning("voice-behind-clips-missing why=%s", missing)
                self._behind = None
        if not self._clips and self._behind is None:
            raise SpeakerMissing(f"there are no clips in {self._folder}, and no speech engine either")

    def languages(self) -> tuple[Language, ...]:
        return tuple(dict.fromkeys((*self._clips, *self._behind_speaks)))

    def make(self, utterance: Utterance) -> Wave:
        if found := self._shelf.find(utterance):
            return found
        clips = self._clips.get(utterance.language, {})
        needed = recipe(utterance.text, frozenset(clips))
        if needed.lacking or not needed.pieces:
            return self._speak_behind(utterance, needed.lacking)
        path = self._shelf.place(utterance)
        try:
            samples.write(path, joined([[clips[name] for name in piece] for piece in needed.pieces], self._pauses))
        except OSError as error:
            raise NotSpoken(f"the clips of {utterance.text!r} could not be put together: {error}") from error
        return self._shelf.keep(utterance, path)

    def look(self) -> None:
        """Clips do not fail; an engine behind them that does is no loss while there are clips."""
        if self._behind is None:
            return
        try:
            self._behind.look()
        except (NotSpoken, SpeakerMissing) as trouble:
            if not self._clips:
                raise
            logger.warning("voice-behind-clips-missing why=%s", trouble)

    def close(self) -> None:
        if self._behind is not None:
            self._behind.close()
        self._shelf.clear()

    def _speak_behind(self, utterance: Utterance, lacking: tuple[str, ...]) -> Wave:
        if utterance.language in self._clips:
            logger.warning("clip-missing language=%s clips=%s", utterance.language, ",".join(lacking) or "all")
        if self._behind is None or utterance.language not in self._behind_speaks:
            known = utterance.language in self._clips
            why = f"no clip says {', '.join(lacking)}" if known else f"no clips and no voice for {utterance.language}"
            raise NotSpoken(why) if known else NoVoice(why)
        return self._behind.make(utterance)


def load(folder: Path) -> tuple[dict[str, Sound], tuple[str, ...]]:
    """Every usable clip of a folder by its name, and of the others what is wrong with each."""
    clips: dict[str, Sound] = {}
    refused: list[str] = []
    rate = 0
    for path in sorted(folder.glob("*.wav"))[:CLIPS_LIMIT]:
        try:
            sound = samples.read(path)
        except BadWave as bad:
            refused.append(str(bad))
            continue
        rate = rate or sound.frames_per_s
        if sound.frames_per_s == rate:
            clips[path.stem.casefold()] = sound
        else:
            mends = "./antrean clips cut mends that"
            refused.append(f"{path}: has {sound.frames_per_s} samples a second, the others {rate}; {mends}")
    return clips, tuple(refused)


def joined(pieces: list[list[Sound]], pauses: Pauses) -> Sound:
    """Clips one after another: a breath between two of them, a pause between two pieces. At least one clip, one rate."""
    rate = pieces[0][0].frames_per_s
    whole = array.array("h")
    for number, piece in enumerate(pieces):
        if number:
            whole.extend(samples.silence(pauses.comma_s, rate))
        for place, clip in enumerate(piece):
            if place:
                whole.extend(samples.silence(pauses.word_s, rate))
            whole.extend(clip.samples)
    return Sound(whole, rate)
