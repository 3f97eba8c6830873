"""Whoever translates is told the screen of each text: the table is what the kiosk's faces really show."""

from msgspec.structs import fields

from assets.kiosk_words import KioskWords
from assets.reading import read_source
from assets.seen import PLACES, TABLE, seen_at
from assets.words import FOLDER
from tests import seen_words

RENEW = "run `python -m tests.seen_words`: the kiosk's texts or screens have changed"


def test_the_table_says_where_each_of_the_kiosks_texts_is_seen() -> None:
    assert TABLE.read_text() == seen_words.written(), RENEW


def test_every_text_of_the_kiosk_is_seen_on_some_screen() -> None:
    nowhere = [name for name, screens in seen_words.seen().items() if not screens]
    assert nowhere == [], "add a state to tests/pictures/kiosk_gallery.py or to tests/seen_words.py that shows it"
    assert {field.name for field in fields(KioskWords)} == set(read_source(TABLE).data["kiosk"])


def test_every_section_of_a_language_file_has_a_place() -> None:
    assert set(read_source(FOLDER / "id.toml").data) <= set(PLACES)
    assert seen_at(("paper", "free")) == "paper ticket"
    assert seen_at(("kiosk", "take")) == "kiosk: service"
    assert seen_at(("kiosk", "not-known-yet")) == "kiosk"
