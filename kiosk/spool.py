"""What a kiosk keeps of its paper although it dies: how much of the roll is used, what it printed today, what its printer can.

Three small files beside the outbox, each bounded. None of them holds a number's truth (that is the hub's): a file that
cannot be read is begun anew, and one that the disk does not take costs a warning or a copy, never a ticket. A visitor's
reason for priority is not kept. It must never know a printer.
"""

import contextlib
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from contract.names import RequestId
from contract.tickets import TicketIssued
from kiosk.printing.abilities import Abilities
from kiosk.printing.roll import Roll

logger = logging.getLogger(__name__)

PAPERS_KEPT = 400
"""Papers of today that can be printed again; a busy kiosk gives some 300 a day. Beyond, the oldest are forgotten."""
PRINTERS_KEPT = 8
"""Printers whose abilities are remembered: one, and a few that stood in for it."""

Kept = TypeVar("Kept", bound=Struct)


class Printed(Struct, frozen=True):
    """A paper of today: the tickets on it, and how many times it has come out or may have."""

    issued: tuple[TicketIssued, ...]
    copies: int

    @property
    def key(self) -> RequestId:
        """Its first ticket's request."""
        return RequestId(self.issued[0].request)


class Learnt(Struct, frozen=True):
    """By printer, the last used last."""

    printers: dict[str, Abilities] = {}


class Spool:
    """`folder` None: kept in memory only, for simulation and tests."""

    def __init__(self, folder: Path | None = None, name: str = "kiosk") -> None:
        self._roll_file = folder / f"{name}.roll.json" if folder else None
        self._printed_file = folder / f"{name}.printed.jsonl" if folder else None
        self._learnt_file = folder / f"{name}.printers.json" if folder else None
        self._roll = _read(self._roll_file, Roll) or Roll()
        lines, whole = _read_lines(self._printed_file, Printed)
        self._printed: dict[RequestId, Printed] = {}
        for one in lines:
            self._printed.pop(one.key, None)
            self._printed[one.key] = one
        self._printed = dict(list(self._printed.items())[-PAPERS_KEPT:])
        self._lines = len(lines) if whole else 2 * PAPERS_KEPT
        """Lines in the file; a torn one has the file written anew with the next paper."""

    # --- the roll ---------------------------------------------------------------------------------------------------

    @property
    def roll(self) -> Roll:
        """The paper in the printer."""
        return self._roll

    def keep_roll(self, roll: Roll) -> None:
        """On disk where it changed."""
        if roll != self._roll:
            self._roll = roll
            _write(self._roll_file, msgspec.json.encode(roll))

    # --- what was printed today -------------------------------------------------------------------------------------

    def remember(self, issued: tuple[TicketIssued, ...], copies: int) -> None:
        """So many papers of these tickets are out, or may be. What is of another day than the newest is forgotten."""
        plain = tuple(replace(each, ticket=replace(each.ticket, visitor="regular")) for each in issued)
        one = Printed(plain, copies)
        today = _day(one)
        of_today = {key: each for key, each in self._printed.items() if key != one.key and _day(each) == today}
        kept = [*list(of_today.values())[-(PAPERS_KEPT - 1) :], one]
        forgot = len(kept) < len(self._printed)
        self._printed = {each.key: each for each in kept}
        if forgot or self._lines >= 2 * PAPERS_KEPT:
            self._lines = len(kept)
            _write(self._printed_file, b"".join(msgspec.json.encode(each) + b"\n" for each in kept))
        else:
            self._lines += 1
            _append(self._printed_file, msgspec.json.encode(one) + b"\n", sync=copies > 1)

    def printed(self, ticket: str) -> Printed | None:
        """The paper of a ticket, by its id or its number; the newest where a number was said."""
        return next(
            (
                each
                for each in reversed(self._printed.values())
                if any(ticket in (one.ticket.id, one.ticket.number) for one in each.issued)
            ),
            None,
        )

    # --- what printers can ------------------------------------------------------------------------------------------

    def abilities(self, printer: str) -> Abilities:
        """What is known of a printer, by its identity."""
        return (_read(self._learnt_file, Learnt) or Learnt()).printers.get(printer, Abilities())

    def learn(self, printer: str, abilities: Abilities) -> None:
        """Called from the printer's own thread; only it writes this file."""
        known = dict((_read(self._learnt_file, Learnt) or Learnt()).printers)
        known.pop(printer, None)
        known[printer] = abilities
        _write(self._learnt_file, msgspec.json.encode(Learnt(dict(list(known.items())[-PRINTERS_KEPT:]))), sync=True)


def _day(printed: Printed) -> str:
    at: datetime = printed.issued[0].ticket.issued_at
    return at.date().isoformat()


def _read(file: Path | None, kind: type[Kept]) -> Kept | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind) if file else None
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        logger.error("spool-unread file=%s why=%s", file, error)  # noqa: TRY400 - the reason says all
        return None


def _read_lines(file: Path | None, kind: type[Kept]) -> tuple[list[Kept], bool]:
    """The lines that can be read, and whether that is all of them: the last may be torn by a power cut."""
    found: list[Kept] = []
    whole = True
    with contextlib.suppress(OSError):
        for line in file.read_bytes().splitlines() if file else ():
            try:
                found.append(msgspec.json.decode(line, type=kind))
            except (msgspec.MsgspecError, UnicodeDecodeError):
                whole = False
    return found, whole


def _write(file: Path | None, body: bytes, *, sync: bool = False) -> None:
    """Whole or not at all. `sync`: on disk when this returns; the window's thread has no time to wait for that."""
    if file is None:
        return
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("wb") as opened:
            opened.write(body)
            opened.flush()
            if sync:
                os.fsync(opened.fileno())
        part.replace(file)
    except OSError as error:
        logger.error("spool-unwritten file=%s why=%s", file, error)  # noqa: TRY400 - the reason says all


def _append(file: Path | None, line: bytes, *, sync: bool) -> None:
    """`sync`: a copy's number must not be given twice, so it is on disk before it is printed."""
    if file is None:
        return
    try:
        with file.open("ab") as opened:
            opened.write(line)
            opened.flush()
            if sync:
                os.fsync(opened.fileno())
    except OSError as error:
        logger.error("spool-unwritten file=%s why=%s", file, error)  # noqa: TRY400 - the reason says all
