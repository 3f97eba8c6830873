"""What can be seen and heard of a hall from outside, as plain data, in the order in which it happened.

It reads bodies as JSON and the journal's rows as SQL, and knows nothing of the programs that made them: what the
promises are held against must not come from the code that is to keep them. It also reckons the story's hash, by which
two runs of one seed are known to be the same.
"""

import hashlib
import json
import sqlite3
from collections import Counter, deque
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

REMEMBERED = 20_000
"""Events kept for telling what led to a broken promise."""

HEARD_ON_ARRIVAL = ("all/hub", "ticket-issued", "number-told", "offline-numbers")
"""Topics of which it matters when a device heard them."""

Facts = dict[str, Any]


class Event(Struct, frozen=True):
    """`at_s`: simulated seconds since the beginning. `what` is a word, `facts` what there is to say of it."""

    at_s: float
    what: str
    facts: Facts


class Witness:
    """`saw` is told everything and tells every listener at once. `counts` says how often each kind of thing happened."""

    def __init__(self) -> None:
        self.at_s = 0.0
        self.listeners: list[Callable[[Event], None]] = []
        self.history: deque[Event] = deque(maxlen=REMEMBERED)
        self.counts: Counter[str] = Counter()
        self._digest = hashlib.sha256()

    def saw(self, what: str, /, **facts: Any) -> None:
        """Something happened, now."""
        event = Event(self.at_s, what, facts)
        self.history.append(event)
        self.counts[what] += 1
        self._digest.update(msgspec.json.encode((self.at_s, what, facts)))
        for listen in self.listeners:
            listen(event)

    @property
    def story_hash(self) -> str:
        """The same for two runs in which the very same things happened at the same moments."""
        return self._digest.hexdigest()[:16]

    def led_to(self, about: tuple[str, ...], most: int = 25) -> list[Event]:
        """The last events that speak of one of these names (numbers, tickets, requests, devices), oldest first."""
        found = [event for event in self.history if _speaks_of(event.facts, about)]
        return found[-most:]


class JournalReader:
    """Reads the rows of a journal's file as they come. It never writes."""

    def __init__(self, path: Path, witness: Witness) -> None:
        self._path = path
        self._witness = witness
        self._read: list[int] = []
        """A hash of each row that was read, in order."""
        self._connection: sqlite3.Connection | None = None

    def look(self) -> None:
        """What was appended since the last look."""
        for sequence, body in self._rows(len(self._read)):
            self._read.append(hash(body))
            self._witness.saw("kept", sequence=sequence, fact=_read_json(body))

    def look_at_all(self) -> None:
        """Whether all that was ever read is still there, word for word, under its sequence."""
        rows = dict(self._rows(0))
        changed = [sequence for sequence, known in enumerate(self._read, 1) if hash(rows.get(sequence, "")) != known]
        self._witness.saw("read-again", rows=len(rows), changed=changed[:10])

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None:
            self._connection.close()

    def _rows(self, after: int) -> list[tuple[int, str]]:
        if self._connection is None:
            self._connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)
        query = "SELECT sequence, body FROM facts WHERE sequence > ? ORDER BY sequence"
        return self._connection.execute(query, (after,)).fetchall()


def body_of(body: bytes) -> Any:
    """A message's body as plain data; a sign's text as it is. To be read only: one body is read once."""
    text = body.decode()
    return _read_json(text) if text.startswith("{") else text


def told(event: Event, begins_s: float) -> str:
    """One line: the clock of the hall, what happened, and what is to be said of it. `begins_s`: the day's second 0."""
    second = int(begins_s + event.at_s)
    clock = f"{second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
    said = msgspec.json.encode(event.facts).decode()
    return f"{clock} {event.what:<10} {said if len(said) <= 300 else said[:297] + '...'}"


@lru_cache(maxsize=4096)
def _read_json(text: str) -> Any:
    return json.loads(text)


def _speaks_of(value: Any, about: tuple[str, ...]) -> bool:
    match value:
        case str():
            return value in about
        case dict():
            return any(_speaks_of(each, about) for each in value.values())
        case list() | tuple():
            return any(_speaks_of(each, about) for each in value)
        case _:
            return False
