"""Whoever translates is told the screen of each text: the table is what the kiosk's faces really show."""

import re
from pathlib import Path

from msgspec.structs import fields

from assets.kiosk_words import KioskWords
from assets.reading import read_source
from assets.seen import PLACES, TABLE, seen_at
from assets.words import FOLDER
from tests import seen_words

RENEW = "run `python -m tests.seen_words`: the kiosk's texts or screens have changed"


def test_the_table_says_where_each_of_the_kiosks_texts_is_seen() -> None:
    assert TABLE.read_text() == seen_words.written(), RENEW


def test_nearly_every_text_of_the_kiosk_is_seen_on_some_screen_of_the_gallery() -> None:
    screens = seen_words.seen()
    nowhere = [name for name in screens if not screens[name]]
    assert len(nowhere) <= 0.2 * len(screens), (
        f"states of kiosk_gallery or seen_words that show these are due: {nowhere}"
    )
    assert {field.name for field in fields(KioskWords)} == set(read_source(TABLE).data["kiosk"])


def test_no_text_of_the_kiosk_is_there_for_nothing() -> None:
    code = "\n".join(path.read_text() for path in (Path(__file__).resolve().parents[2] / "kiosk").rglob("*.py"))
    used = {*re.findall(r"\.([a-z_0-9]+)", code), *re.findall(r'"([a-z_0-9]+)"', code)}
    unused = [
        field.name for field in fields(KioskWords) if field.name not in used and not field.name.startswith("why_")
    ]
    assert unused == []


def test_every_section_of_a_language_file_has_a_place() -> None:
    assert set(read_source(FOLDER / "id.toml").data) <= set(PLACES)
    assert seen_at(("paper", "free")) == "paper ticket"
    assert seen_at(("kiosk", "take")) == "kiosk: service"
    assert seen_at(("kiosk", "not-known-yet")) == "kiosk"
