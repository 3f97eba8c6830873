"""`./antrean clips`: recorded clips for the calls: which are missing, cutting them out of recordings, hearing a trial.

Languages that no speech engine has are spoken so. A hall's clips lie in DIR/clips/LANGUAGE, one WAV for each.
"""

import argparse
from pathlib import Path

from assets.calling import call_of
from assets.hall_file import HallFile, read_hall
from assets.words import languages
from command.clips_needed import called_of, needed
from command.failing import CommandFailed, hall_folder, plainly
from contract.names import Language
from voice import samples
from voice.clip_names import recipe
from voice.clips_speaker import Pauses, joined, load
from voice.cutting import LEVEL_DB, PEAK_DB, cut, speech_level_db
from voice.samples import BadWave, decibels, peak

DESCRIPTION = """\
Recorded clips: calls spoken by a person's voice, one WAV for each word or phrase.

  1. ./antrean clips missing DIR --language id    what is to be said, each line one recording
  2. record each line into a file of that name, in a quiet room, half an arm from the microphone
  3. ./antrean clips cut *.wav --out DIR/clips/id    cut and brought to one level; your recordings stay as they are
  4. ./antrean clips play K007 loket-3 --hall DIR --out trial.wav    how a call will sound
  5. in the display's device file:  [voice]  engine = "clips"  clips = "../clips"

A call that lacks a clip is spoken by the speech engine, and the display's log names the clip."""


def run(words: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="antrean clips", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="missing | cut | play")
    missing = actions.add_parser("missing", help="which recordings a hall's calls still need, and which cannot be used")
    missing.add_argument("hall", metavar="DIR", help="the hall")
    _add_language_and_clips(missing)
    cutting = actions.add_parser("cut", help="cut the silences off recordings and bring them to one level")
    cutting.add_argument("files", metavar="FILE", nargs="+", type=Path, help="recordings: WAV, PCM, 8 to 32 bit")
    cutting.add_argument(
        "--out", metavar="FOLDER", type=Path, required=True, help="where the clips go, by the same names"
    )
    play = actions.add_parser("play", help="put a call together, as a WAV to listen to")
    play.add_argument("number", metavar="NUMBER", help="such as K007")
    play.add_argument("counter", metavar="COUNTER", help="a counter's id, such as loket-3")
    play.add_argument("--hall", metavar="DIR", required=True, help="the hall")
    play.add_argument("--short", action="store_true", help="without the words of courtesy")
    play.add_argument(
        "--out", metavar="FILE.wav", type=Path, default=Path("trial.wav"), help="the default is trial.wav"
    )
    _add_language_and_clips(play)
    given = parser.parse_args(words)
    match given.action:
        case "missing":
            return _missing(given)
        case "cut":
            return _cut(given.files, given.out)
        case _:
            return _play(given)


def _add_language_and_clips(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", metavar="CODE", default="id", help="the default is id")
    parser.add_argument("--clips", metavar="FOLDER", type=Path, help="the default is DIR/clips")


def _missing(given: argparse.Namespace) -> int:
    hall, language = _hall(given.hall), _language(given.language)
    folder = _folder(given, language)
    prefixes = [service.prefix for agency in hall.agencies for service in agency.services]
    counters = [called_of(counter, language) for counter in hall.hall.counters]
    try:
        wanted = needed(prefixes, counters, language, hall.hall.numbers_said)
    except ValueError as error:
        raise CommandFailed(f"{given.hall}: {error}") from error
    have, bad = load(folder)
    # A word is there also where a longer clip says it, but never the other way round: a phrase of single words is enough.
    lacking = [each for each in wanted if recipe(each.words, frozenset(have)).lacking]
    width = max((len(each.name) for each in lacking), default=0) + 4
    for each in lacking:
        print(f"{each.name + '.wav':<{width}}  {each.words}")
    for trouble in bad:
        print(f"unusable: {trouble}")
    unused = len(have) - sum(each.name in have for each in wanted)
    print(
        f"{folder}: {len(wanted) - len(lacking)} of {len(wanted)} recordings are there, {len(lacking)} missing", end=""
    )
    print(f", {len(bad)} unusable, {unused} that no call needs" if bad or unused else "")
    return 1 if lacking or bad else 0


def _cut(files: list[Path], out: Path) -> int:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandFailed(f"{out}: cannot be made: {error.strerror}") from error
    refused = []
    print(f"speech to {LEVEL_DB:g} dBFS, peaks at {PEAK_DB:g} dBFS at most")
    for file in files:
        target = out / f"{file.stem.casefold()}.wav"
        if target.resolve() == file.resolve():
            refused.append(f"{file}: would be written over; name another folder with --out")
            continue
        try:
            clip = cut(samples.read(file))
        except BadWave as bad:
            refused.append(str(bad) if str(file) in str(bad) else f"{file}: {bad}")
            continue
        with plainly():
            samples.write(target, clip.sound)
        noise = "  the room is heard: record it in a quieter one" if clip.noisy else ""
        print(
            f"{target.name:<28} {clip.was_s:5.2f} s -> {clip.sound.duration_s:5.2f} s   "
            f"speech {clip.was_db:5.1f} -> {clip.is_db:5.1f} dBFS, peak {clip.peak_db:5.1f}{noise}"
        )
    if refused:
        raise CommandFailed("\n".join((f"{len(refused)} of {len(files)} were not cut:", *refused)))
    return 0


def _play(given: argparse.Namespace) -> int:
    hall, language = _hall(given.hall), _language(given.language)
    folder = _folder(given, language)
    counter = next((each for each in hall.hall.counters if each.id == given.counter), None)
    if counter is None:
        there = ", ".join(each.id for each in hall.hall.counters)
        raise CommandFailed(f"there is no counter {given.counter!r} in {given.hall}; there are: {there}")
    try:
        text = call_of(hall.hall, given.number, counter.id, language, short=given.short)
    except ValueError as error:
        raise CommandFailed(str(error)) from error
    have, _ = load(folder)
    parts = recipe(text, frozenset(have))
    if parts.lacking or not parts.pieces:
        names = ", ".join(f"{name}.wav" for name in parts.lacking)
        raise CommandFailed(f"{text!r} cannot be put together: {folder} lacks {names}")
    call = joined([[have[name] for name in piece] for piece in parts.pieces], Pauses())
    with plainly():
        samples.write(given.out, call)
    print(f"{given.out}: {text!r}, {call.duration_s:.1f} s")
    print("clips: " + ", ".join(" ".join(piece) for piece in parts.pieces))
    print(f"speech {speech_level_db(call):.1f} dBFS, peak {decibels(peak(call.samples)):.1f} dBFS")
    return 0


def _hall(word: str) -> HallFile:
    with plainly():
        return read_hall(hall_folder(word))


def _language(code: str) -> Language:
    if code not in languages():
        raise CommandFailed(f"there is no language {code!r}; there are: {', '.join(languages())}")
    return Language(code)


def _folder(given: argparse.Namespace, language: Language) -> Path:
    clips: Path = given.clips or Path(given.hall) / "clips"
    return clips / language
