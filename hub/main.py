"""The hub's recipe: the one place that names concrete classes.

Read the hall, take the right to write, replay the journal, connect, open the desk; then hear, in one thread, until
told to stop. It goes on without a broker: calls are journalled and the desk is answered.
"""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from assets.device_file import DeviceFile, read_device_file
from assets.hall_file import HallFile, read_hall
from assets.reading import BadFile, Problem
from assets.words import words_of
from contract.names import Language, Text
from contract.reasons import WhyClosed, WhyRefused
from hub.allowance import Pace
from hub.codes import RealChance
from hub.config import HubConfig, read_config
from hub.desk.board.voice import BoardVoice
from hub.desk.guard import NotLoopback
from hub.desk.web import DeskServer
from hub.domain.book import HallBook, book_of
from hub.journal import Journal, JournalFailed, JournalInUse, JournalLock, JournalUnreadable, sqlite_url
from hub.register import Fingerprint, fingerprint, read_register
from hub.service import BATCH, HubService, will_of
from hub.wanted import look
from link.inbox import Inbox
from link.paho_link import PahoLink
from link.settings import settings_of
from link.topics import topics_of
from voice.pyttsx3_speaker import Pyttsx3Speaker

logger = logging.getLogger(__name__)

WRONG_FILES = 2
NOT_NOW = 3
"""Exit codes: a file must be mended; another hub, a taken port or an unusable journal is in the way."""

LONGEST_WAIT_S = 0.25
"""How soon a request to stop, or a new device, is noticed."""
LOOK_AT_DEVICES_EVERY_S = 1.0
QUIET_S = 0.001
TELLS_WITHIN_S = 0.02
"""Whoever asked is answered first: the hall is told once nobody has asked for QUIET_S, or after TELLS_WITHIN_S in a crowd."""

Read = TypeVar("Read")


class DeskDied(Exception):
    """A fault of ours ended the desk. The hub ends too: whoever keeps it running starts both anew."""


def run(folder: Path) -> int:
    """Runs the hub of a hall directory until SIGTERM or SIGINT; the exit code."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        config, hall, account = _read(folder)
    except BadFile as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_FILES
    logging.basicConfig(
        stream=sys.stderr,
        level=config.log.level.upper(),
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    try:
        running = _start(folder, config, hall, account)
    except (JournalInUse, JournalUnreadable, JournalFailed, NotLoopback, OSError, ValueError) as error:
        sys.stderr.write(f"the hub cannot start: {error}\n")
        if isinstance(error, JournalUnreadable):
            sys.stderr.write(f"what is wrong with the journal: ./antrean journal verify {folder}\n")
        return NOT_NOW
    try:
        boards = f", boards at {running.desk.board_address}board" if running.desk.board_address else ""
        sys.stdout.write(f"hub ready: desk at {running.desk.address}{boards}\n")
        sys.stdout.flush()
        _hear_until(stop, running, folder / "devices")
    except JournalFailed as error:
        logger.critical("journal-failed: nothing of this batch was told to anybody; stopping. %s", error)
        return 1
    except DeskDied as error:
        logger.critical("desk-died: stopping, so that both are started anew. %s", error)
        return 1
    finally:
        # Both may take a second; both at once, so that the whole ends within two.
        desk_stops = threading.Thread(target=running.desk.stop, name="desk-stops")
        desk_stops.start()
        running.service.close()
        desk_stops.join()
    running.journal.close()
    running.lock.release()
    return 0


class _Running(NamedTuple):
    """What was started."""

    lock: JournalLock
    journal: Journal
    inbox: Inbox[Any]
    service: HubService
    desk: DeskServer
    link: PahoLink
    topics: tuple[str, ...]
    devices_read: Fingerprint


def _read(folder: Path) -> tuple[HubConfig, HallFile, DeviceFile]:
    """All files the hub needs; BadFile with the errors of all of them."""
    problems: list[Problem] = []

    def read(reader: Callable[[Path], Read], path: Path) -> Read | None:
        try:
            return reader(path)
        except BadFile as error:
            problems.extend(error.problems)
            return None

    config, hall = read(read_config, folder), read(read_hall, folder)
    account = read(read_device_file, folder / "broker" / "hub.toml")
    if config is None or hall is None or account is None:
        raise BadFile(tuple(problems))
    return config, hall, account


def _start(folder: Path, config: HubConfig, hall: HallFile, account: DeviceFile) -> _Running:
    devices = folder / "devices"
    # Before they are read: a device that is let in between the two is then found at the next look, not never.
    devices_read = fingerprint(devices)
    book = book_of(
        hall.hall,
        hall.agencies,
        issue_without_officer=hall.rules.issue_without_officer,
        call_fresh_s=hall.rules.call_fresh_s,
        public_url=hall.rules.public_url,
        refuse_late=hall.rules.late == "refuse",
        offline_first=hall.rules.offline_first,
        offline_size=hall.rules.offline_size,
    )
    lock = JournalLock(folder / "data" / "hub.lock")
    journal = Journal(config.journal.url or sqlite_url(folder / "data" / "journal.sqlite"))
    state = journal.replay()
    # In the machine's log this is a note that the journal can be held against later.
    logger.info("journal-replayed row=%d hash=%s", journal.last, journal.hash)
    inbox: Inbox[Any] = Inbox()  # what the link hears and what the desk asks, in one line
    link = PahoLink(
        settings_of(folder / "broker" / "hub.toml", account), inbox, will_of(state.boot + 1, book.moment(_clock()))
    )
    desk = _desk(config, inbox)
    service = HubService(
        state=state,
        book=book,
        journal=journal,
        link=link,
        register=read_register(devices),
        texts=refusal_texts(book),
        clock=_clock,
        chance=RealChance(),
        on_changed=desk.changed,
        pace=Pace(config.tickets.per_minute, config.tickets.burst),
    )
    service.start()
    topics = topics_of("hub", hall.id, account.device.id)
    link.subscribe(topics)
    link.open()
    return _Running(lock, journal, inbox, service, desk, link, topics, devices_read)


def _desk(config: HubConfig, inbox: Inbox[Any]) -> DeskServer:
    """The officers' pages and the boards, served. OSError where an address cannot be had."""
    board = config.board
    door = (board.host, board.port) if board.host else None
    voice = BoardVoice(Pyttsx3Speaker(board.voices)) if board.sound else None
    desk = DeskServer(inbox, config.desk.host, config.desk.port, board=door, voice=voice)
    try:
        desk.start()
    except OSError as error:
        doors = f"{config.desk.host}:{config.desk.port}" + (
            f" or the boards' {board.host}:{board.port}" if door else ""
        )
        raise OSError(f"the desk's address {doors} cannot be had: {error}") from error
    return desk


def _hear_until(stop: threading.Event, running: _Running, devices: Path) -> None:
    service, inbox = running.service, running.inbox
    seen = running.devices_read
    looked_at = time.monotonic()
    dropped = 0
    untold_since: float | None = None
    while not stop.is_set():
        waits_s = min(service.waits_s(), LONGEST_WAIT_S) if untold_since is None else QUIET_S
        first = inbox.take(waits_s)
        if first is not None or untold_since is None:
            service.answer(() if first is None else (first, *inbox.drain(BATCH - 1)))
            untold_since = untold_since or time.monotonic()
        if first is None or time.monotonic() - untold_since >= TELLS_WITHIN_S:
            service.announce()
            untold_since = None
        if time.monotonic() - looked_at >= LOOK_AT_DEVICES_EVERY_S:
            looked_at = time.monotonic()
            found = fingerprint(devices)
            if found != seen:
                seen = found
                service.take_register(read_register(devices))
                logger.info("register-read devices=%d", len(found))
            if wanted := look(devices.parent / "data"):
                service.handle(wanted)
            if not running.desk.alive:
                raise DeskDied("the desk's thread has ended: nobody could call")
            if running.inbox.dropped != dropped:
                dropped = running.inbox.dropped
                logger.error("inbox-full dropped=%d: requests come again, devices are asked anew", dropped)
                running.link.subscribe(running.topics)


def refusal_texts(book: HallBook) -> dict[str, Text]:
    """What people read for each reason, in the hall's languages."""
    words = {language: words_of(Language(language)).refusal for language in book.hall.languages}
    reasons = (*WhyClosed, *WhyRefused)
    return {reason: {language: each.sentence(reason) for language, each in words.items()} for reason in reasons}


def _clock() -> datetime:
    return datetime.now(UTC)
