"""Every face of the kiosk in words: each thing that can be touched can be heard, and what is said can be spoken."""

import re
from functools import cache
from typing import Any, get_args

import msgspec
import pytest

from assets.words import words_of
from contract.names import Language
from kiosk import choices
from kiosk.aloud import aloud, place_aloud, sentences
from kiosk.choices import Choice, name_of
from kiosk.faces import Face, ListFace, PriorityFace, ServiceFace, TicketFace, screen_name
from kiosk.guidance import Item, spoken
from kiosk.state import State, now_of
from kiosk.views import view_of
from tests.pictures.kiosk_gallery import states

ID, EN = Language("id"), Language("en")
CHOICES = get_args(Choice)


@cache
def gallery() -> dict[str, State]:
    return states()


def face_and_words(name: str) -> tuple[Face, Any]:
    state = gallery()[name]
    words = words_of(state.language or ID)
    return view_of(state, words_of, now_of(state)), words


def choices_in(value: Any) -> list[Choice]:
    """Every choice that a face carries, however deep."""
    if isinstance(value, CHOICES):
        return [value]
    if isinstance(value, msgspec.Struct):
        return [choice for field in value.__struct_fields__ for choice in choices_in(getattr(value, field))]
    if isinstance(value, tuple):
        return [choice for one in value for choice in choices_in(one)]
    return []


@pytest.mark.parametrize("name", sorted(states()))
def test_everything_that_can_be_touched_can_be_heard(name):
    face, words = face_and_words(name)
    heard = spoken(face, words)
    assert {name_of(choice) for choice in choices_in(face)} == {item.name for item in heard.items if item.choice}
    assert all(re.search(r"\w", item.text) for item in heard.items)
    assert heard.words.startswith(aloud(heard.title, words)[:20])


@pytest.mark.parametrize("name", sorted(states()))
def test_no_two_things_on_a_screen_sound_the_same(name):
    face, words = face_and_words(name)
    texts = [item.text for item in spoken(face, words).items]
    assert len(texts) == len(set(texts)) or screen_name(face) in ("errands", "agency", "errand")


@pytest.mark.parametrize("name", sorted(states()))
def test_nothing_is_left_that_only_an_eye_can_read(name):
    face, words = face_and_words(name)
    heard = spoken(face, words)
    for text in (heard.words, *(item.text for item in heard.items)):
        assert not re.search(r"[·|–—\n{}]|\b\d\d\.\d\d\b|Rp", text), text
        assert not re.search(r"\b[A-Z]{1,2}\d{3}\b", text), text


def test_the_number_is_spelled_and_all_of_the_paper_is_said():
    face, words = face_and_words("ticket")
    assert isinstance(face, TicketFace)
    said = spoken(face, words).words
    for wanted in (
        "ka, nol enam sembilan",
        "Kartu Keluarga",
        "Zona a, Loket 1 sampai 4",
        "Di depan Anda: 12 orang",
        "pukul delapan lewat empat puluh",
        "Nomor terlewat?",
    ):
        assert wanted in said


def test_reasons_of_priority_are_spoken_as_choices_and_nowhere_else():
    kiosk = words_of(ID).kiosk
    reasons = (kiosk.elderly, kiosk.disabled, kiosk.pregnant, kiosk.with_child)
    for name in gallery():
        face, words = face_and_words(name)
        heard = spoken(face, words)
        assert not any(reason in heard.words for reason in reasons), name
        as_choices = [item for item in heard.items if item.text in {aloud(reason, words) for reason in reasons}]
        assert bool(as_choices) == isinstance(face, PriorityFace)


def test_what_cannot_be_had_says_so_with_its_reason_and_when():
    found = []
    for name in gallery():
        face, words = face_and_words(name)
        heard = spoken(face, words)
        for card in face.cards if isinstance(face, ListFace) else ():
            if not card.can:
                item = heard.named(name_of(card.choice))
                assert item is not None
                assert item.choice == card.choice
                assert words.guidance.no_number.format(why=aloud(card.remark, words)) in item.text
                found.append(item.text)
    assert any("belum dapat mengambil nomor: Hari ini tidak buka. Besok, pukul delapan" in text for text in found)


def test_pages_and_parts_say_where_one_is():
    face, words = face_and_words("errands-2")
    heard = spoken(face, words)
    assert isinstance(face, ListFace)
    assert face.pages is not None
    where = face.pages.where
    assert f"Halaman {where}." in heard.words
    following = heard.named(name_of(choices.NextPage()))
    assert following == Item("next-page", choices.NextPage(), f"Selanjutnya, Halaman {where}")
    face, words = face_and_words("errands-1")
    texts = [item.text for item in spoken(face, words).items]
    assert any(re.fullmatch(r"Sebelumnya, Halaman 1 dari \d, tidak dapat dipilih", text) for text in texts)
    face, words = face_and_words("service-steps")
    heard = spoken(face, words)
    assert isinstance(face, ServiceFace)
    (here,) = [tab.label for tab in face.tabs if tab.choice is None]
    assert f"Bagian: {here}." in heard.words
    assert any(item.text == f"{here}, sedang dipakai" for item in heard.items)


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        (ID, "Buka sampai 15.00", "Buka sampai pukul lima belas"),
        (ID, "Mulai pukul 09.30", "Mulai pukul sembilan lewat tiga puluh"),
        (ID, "Senin–Kamis, 08.00–15.05", "Senin sampai Kamis, pukul delapan sampai pukul lima belas lewat lima"),
        (ID, "Rp350.000 – Rp950.000", "350000 rupiah sampai 950000 rupiah"),
        (ID, "Batalkan nomor K069?", "Batalkan nomor ka, nol enam sembilan?"),
        (ID, "Formulir F-1.01 dan KTP", "Formulir F-1.01 dan KTP"),
        (ID, "versi 12.10.30", "versi 12.10.30"),
        (ID, "", ""),
        (EN, "Open until 15:00", "Open until fifteen o'clock"),
        (EN, "A007 is yours", "A, zero zero seven is yours"),
    ],
)
def test_written_words_become_spoken_ones(language, written, said):
    assert aloud(written, words_of(language)) == said


def test_a_zones_letter_is_no_article():
    assert place_aloud("Zona B · Loket 11, 12", words_of(ID)) == "Zona be, Loket 11, 12"


def test_sentences_have_their_pauses_and_nothing_empty():
    assert sentences(["Judul", "", "Ada apa?", "Baris:"]) == "Judul. Ada apa? Baris."
