"""`./antrean notice DIR`: say something to the whole hall, at once, on every kiosk and display; or take it back."""

import argparse
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assets.hall_entries import HallEntry
from assets.judging import did_you_mean
from assets.reading import read_toml
from broker_config.settings import HALL_FILE
from command.failing import CommandFailed, hall_folder, plainly
from contract.calls import NoticeText
from contract.names import Language, NoticeId, Text, ZoneId
from hub.wanted import Wish, put

HUB_TAKES_WITHIN_S = 5.0
LOOKS_EVERY_S = 0.05
LONGEST = 300
"""Letters of one language's text: more is not read in passing, and not fit for a screen that says one thing large."""


def run(words: list[str]) -> int:
    """The command. 0 once the hub has it on record; 1 where it cannot be said, or the hub does not run."""
    arguments = _parser().parse_args(words)
    hall = hall_folder(arguments.hall)
    with plainly():
        entry = read_toml(hall / HALL_FILE, HallEntry)
        wish = Wish(None if arguments.clear else notice_of(entry, arguments, datetime.now(UTC)))
        path = put(hall / "data", wish)
    return _wait(path, wish)


def notice_of(hall: HallEntry, arguments: argparse.Namespace, now: datetime) -> NoticeText:
    """What the words mean in this hall; CommandFailed with everything that is wrong with them."""
    wrong: list[str] = []
    first = Language(hall.languages[0])
    text: Text = {first: arguments.text.strip()} if arguments.text and arguments.text.strip() else {}
    for spoken in arguments.language:
        code, _, said = spoken.partition("=")
        if code not in hall.languages:
            hint = did_you_mean(code, hall.languages)
            wrong.append(f"--language {spoken!r}: the hall does not have it{f'; {hint}' if hint else ''}")
        elif said.strip():
            text[Language(code)] = said.strip()
        else:
            wrong.append(f'--language {spoken!r}: write it as --language {code}="..."')
    if first not in text:
        wrong.append(f'what is to be said? --text "..." is in the hall\'s first language ({first})')
    wrong += [
        f"the text in {language} has {len(said)} letters, at most {LONGEST} fit"
        for language, said in text.items()
        if len(said) > LONGEST
    ]
    zones = tuple(ZoneId(zone.strip()) for zone in arguments.zones.split(",") if zone.strip())
    known = [zone.id for zone in hall.zones]
    for zone in zones:
        if zone not in known:
            hint = did_you_mean(zone, known)
            wrong.append(f"there is no zone {zone!r} in this hall{f'; {hint}' if hint else ''}")
    until = _until(arguments.until, hall.time_zone, now, wrong)
    if wrong:
        raise CommandFailed("\n".join(wrong))
    return NoticeText(NoticeId(uuid.uuid4().hex[:12]), text, arguments.level, zones, until)


def _until(asked: str | None, time_zone: str, now: datetime, wrong: list[str]) -> datetime | None:
    """A time of today, in the hall."""
    if asked is None:
        return None
    here = now.astimezone(ZoneInfo(time_zone))
    try:
        clock = datetime.strptime(asked, "%H:%M")  # noqa: DTZ007 - a time of day alone; the date and the zone follow
    except ValueError:
        wrong.append(f"--until {asked!r}: a time of today in the hall, such as 15:30")
        return None
    until = here.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    if until <= here:
        wrong.append(f"--until {asked}: that is past, it is {here:%H:%M} in the hall")
    return until


def _wait(path: Path, wish: Wish) -> int:
    until = time.monotonic() + HUB_TAKES_WITHIN_S
    while path.exists():
        if time.monotonic() > until:
            raise CommandFailed("the hub has not taken it up: does it run? It will be said as soon as it does")
        time.sleep(LOOKS_EVERY_S)
    print("The notice is taken back." if wish.notice is None else "The hall is told.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="antrean notice", description="Says something to the whole hall.")
    parser.add_argument("hall", metavar="DIR", help="the hall directory")
    parser.add_argument(
        "--level",
        choices=("info", "urgent", "evacuate"),
        default="info",
        help="a line on the screens; the whole screen of a kiosk with one way on; everything, and nobody goes on",
    )
    parser.add_argument("--text", metavar="WORDS", help="in the hall's first language")
    parser.add_argument("--language", metavar="CODE=WORDS", action="append", default=[], help="the same in another")
    parser.add_argument(
        "--until", metavar="HH:MM", help="when it goes by itself, today (default: when it is taken back)"
    )
    parser.add_argument("--zones", metavar="A,B", default="", help="the zones that it concerns (default: all)")
    parser.add_argument("--clear", action="store_true", help="take back the notice that stands")
    return parser
