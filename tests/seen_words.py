"""Finds out on which of the kiosk's screens each text stands: every text is marked, every picture's face is made, marks are read.

`python -m tests.seen_words` writes assets/seen.toml anew; the test beside it says when that is due.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from msgspec.structs import fields, replace

from assets.kiosk_words import KioskWords
from assets.seen import TABLE
from assets.words import Words, words_of
from contract.halls import QueueOfService, Queues
from contract.names import AgencyId, ErrandId, Language, RequestId, ServiceId
from contract.reasons import WhyClosed, WhyRefused
from kiosk.faces import screen_name
from kiosk.places import OWN_REASONS, AtService, InAgency, InErrand, Refusal, StaffComing, Taking, Welcome
from kiosk.state import State, Told, now_of
from kiosk.views import view_of
from tests.pictures import kiosk_gallery

AGENCY, SERVICE = AgencyId("disdukcapil"), ServiceId("kartu-keluarga")
MARK = re.compile(r"⟦([a-z_0-9]+)⟧")

HEAD = """# On which of the kiosk's screens each text is seen. Made by `python -m tests.seen_words`: do not change it by hand.

[kiosk]
"""


def marked(language: Language) -> Words:
    """The words of a language, each of the kiosk's with its own name before it."""
    words = words_of(language)
    names = (field.name for field in fields(KioskWords))
    return replace(
        words, kiosk=replace(words.kiosk, **{name: f"⟦{name}⟧{getattr(words.kiosk, name)}" for name in names})
    )


def seen() -> dict[str, list[str]]:
    """The screens of each of the kiosk's texts, none where no picture shows it."""
    found: dict[str, set[str]] = {field.name: set() for field in fields(KioskWords)}
    for state in states():
        face = view_of(state, marked, now_of(state))
        for text in texts_in(face):
            for name in MARK.findall(text):
                found[name].add(screen_name(face))
    return {name: sorted(screens) for name, screens in sorted(found.items())}


def states() -> Iterator[State]:
    """Every state that there is a picture of, and those that differ from one of these by a sentence."""
    yield from kiosk_gallery.states().values()
    at = kiosk_gallery.state_at
    for reason in (*WhyClosed, "something-new"):
        for until in (None, *(kiosk_gallery.MORNING + timedelta(days=days, hours=1) for days in (0, 1, 3, 9))):
            queue = QueueOfService(SERVICE, open=False, waiting=0, why_closed=reason, until=until)
            closed = replace(at(), queues={AGENCY: Queues(1, 9, kiosk_gallery.MORNING, (queue,), AGENCY)})
            yield replace(closed, trail=(Welcome(), InAgency(AGENCY)))
            yield replace(closed, trail=(Welcome(), AtService(SERVICE)))
    for waiting in (0, 1):
        queue = QueueOfService(SERVICE, open=True, waiting=waiting)
        yield at(AtService(SERVICE), queues={AGENCY: Queues(1, 9, kiosk_gallery.MORNING, (queue,), AGENCY)})
    for refused in (*OWN_REASONS, *WhyRefused, "something-new"):
        yield at(Refusal(refused))
    yield at(StaffComing(said=False))
    yield at(InErrand(ErrandId("gone")))
    for outcome in (None, "unknown", "failed"):
        told = Told(RequestId("r-1"), kiosk_gallery.ticket(), outcome=outcome, trouble="cover-open")
        yield at(Taking(), told=told)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a face."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts_in(one)
    elif hasattr(value, "__struct_fields__"):
        for field in value.__struct_fields__:
            yield from texts_in(getattr(value, field))


def written() -> str:
    """The table as it stands in the file."""
    lines = [f"{name} = [{', '.join(f'{screen!r}' for screen in screens)}]" for name, screens in seen().items()]
    return HEAD + "\n".join(lines).replace("'", '"') + "\n"


if __name__ == "__main__":
    TABLE.write_text(written(), encoding="utf-8")
