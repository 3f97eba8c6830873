"""What visitors type is found: with errors, half typed, in any order and language; quickly, in a hall of 440 services."""

import time
from itertools import combinations
from pathlib import Path
from statistics import median

import pytest
from msgspec.structs import replace

import assets
from assets.hall_file import HallFile, read_hall
from assets.words import words_of
from contract.names import Language, ServiceId
from kiosk import choices
from kiosk.choices import ChooseService, ClearText, Rubout, Search, ShowAgencies, Start, Type
from kiosk.faces import ListFace, SearchFace
from kiosk.keyboard import fits, keys_for, keys_of, plan_of
from kiosk.looks import PX_PER_MM, TEXT_SIZES, Looks, Panel
from kiosk.places import Choosing, Searching
from kiosk.searching import Index, index_of, normal, search
from kiosk.shape import shape_of
from kiosk.state import now_of
from kiosk.views import view_of
from kiosk.visiting import wanted
from tests.unit.kiosk_visit import AGENCY, SERVICE, SERVICES, Visit, queues
from tests.unit.large_hall import large_hall

HALL = read_hall(Path(assets.__file__).parent / "halls" / "mpp")


def index_for(hall: HallFile) -> Index:
    return index_of(hall.hall, {each.agency: each for each in hall.agencies})


INDEX = index_for(HALL)


def found(text: str, waiting: dict[ServiceId, int] | None = None) -> tuple[ServiceId, ...]:
    return search(INDEX, text, waiting or {})


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bikin ktp", "ktp-elektronik"),
        ("perpanjang stnk", "stnk-lima-tahunan"),
        ("pspor", "paspor-baru"),
        ("passpor", "paspor-baru"),
        ("kartu kelurga", "kartu-keluarga"),
        ("kelurga kartu", "kartu-keluarga"),
        ("kartukeluarga", "kartu-keluarga"),
        ("KARTU KELUARGA", "kartu-keluarga"),
        ("Kártu  Kèluarga", "kartu-keluarga"),
        ("akte lahir", "akta-kelahiran"),
        ("perpanjng sim", "sim-perpanjangan"),
        ("mau perpanjang sim saya", "sim-perpanjangan"),
        ("new passport", "paspor-baru"),
        ("family card", "kartu-keluarga"),
        ("birth certificate", "akta-kelahiran"),
        ("surat pindah", "pindah-datang"),
        ("skck", "skck"),
        ("sertifikat halal", "sertifikat-halal"),
        ("daftar haji", "daftar-haji"),
        ("kursi roda", "bantuan-disabilitas"),
    ],
)
def test_what_is_meant_stands_first(typed, first):
    assert found(typed)[0] == first


@pytest.mark.parametrize("agency", HALL.agencies, ids=lambda agency: agency.agency)
def test_an_agencys_name_finds_all_that_it_gives(agency):
    described = next(one for one in HALL.hall.agencies if one.id == agency.agency)
    assert {service.id for service in agency.services} <= set(found(described.name[Language("id")]))


@pytest.mark.parametrize("language", [Language("id"), Language("en")])
def test_every_service_is_found_by_its_name_and_stands_among_the_first(language):
    late = [
        service.id
        for agency in HALL.agencies
        for service in agency.services
        if service.id not in found(service.name[language])[:3]
    ]
    assert late == []


def test_every_service_is_found_with_one_letter_missing_anywhere_in_a_long_word():
    lost = []
    for agency in HALL.agencies:
        for service in agency.services:
            words = normal(service.name[Language("id")]).split()
            place = max(range(len(words)), key=lambda at: len(words[at]))
            long = words[place]
            for at in range(len(long)) if len(long) >= 5 else ():
                typed = [*words[:place], long[:at] + long[at + 1 :], *words[place + 1 :]]
                if service.id not in found(" ".join(typed))[:4]:
                    lost.append((service.id, typed))
    assert lost == []


def test_a_word_that_is_half_typed_finds_what_it_begins():
    for typed in ("pas", "pasp", "paspo", "paspor"):
        assert set(found(typed)[:2]) == {"paspor-baru", "paspor-penggantian"}
    assert "kartu-keluarga" in found("kart")[:3]


def test_an_abbreviation_that_the_hall_knows_is_meant_as_it_stands():
    assert set(found("pbb ")) & {"pbg", "ppb"} == set()
    assert found("pbb")[0] == "pbb"


def test_nothing_is_found_for_what_nobody_means():
    for typed in ("", "   ", "xyzzy", "qqqq", "!!!"):
        assert found(typed) == ()


def test_among_equals_those_for_which_most_people_wait_stand_first():
    alike = found("paspor")[:2]
    assert found("paspor", {alike[1]: 9})[0] == alike[1]
    assert found("paspor", {alike[0]: 9})[0] == alike[0]


def test_an_index_is_made_once_for_a_hall_as_it_is():
    agencies = {each.agency: each for each in HALL.agencies}
    assert index_of(HALL.hall, agencies, INDEX) is INDEX
    other = index_of(replace(HALL.hall, revision="other"), agencies, INDEX)
    assert other is not INDEX
    changed = {AGENCY: replace(agencies[AGENCY], revision="other")}
    assert index_of(HALL.hall, agencies | changed, INDEX) is not INDEX


def test_a_hall_of_440_services_is_searched_well_within_a_frame(record_property):
    index = index_for(large_hall())
    assert len(index.services) == 440
    took_ms = []
    for typed in ("k", "ka", "kartu", "perpanjang", "perpanjng stnk", "surat keterangan tidak mampu", "xyzzyxyzzy"):
        for _ in range(5):
            began = time.perf_counter()
            search(index, typed, {})
            took_ms.append((time.perf_counter() - began) * 1000)
    record_property("search_ms", {"median": round(median(took_ms), 2), "longest": round(max(took_ms), 2)})
    # A frame at 30 a second has 33 ms. The machine is shared: what is slow once is not slow.
    assert median(took_ms) < 8, sorted(took_ms)


# --- as a visitor meets it ---------------------------------------------------------------------------------------------


def typing(text: str) -> Visit:
    """A visitor who has typed that."""
    visit = Visit()
    visit.choose(Start())
    visit.choose(Search())
    for letter in text:
        visit.choose(Type(letter))
    return visit


def face_of(visit: Visit) -> SearchFace:
    face = view_of(visit.state, words_of, now_of(visit.state))
    assert isinstance(face, SearchFace)
    return face


def test_typing_shows_at_once_what_it_means():
    visit = typing("kartu")
    assert visit.state.place == Searching("kartu", 0, (SERVICE,))
    [card] = face_of(visit).cards
    assert (card.title, card.about, card.choice) == ("Kartu Keluarga", "Disdukcapil", ChooseService(SERVICE))


def test_rubbing_out_and_clearing_take_letters_back():
    visit = typing("kartux")
    visit.choose(Rubout())
    assert visit.state.place == Searching("kartu", 0, (SERVICE,))
    visit.choose(ClearText())
    assert visit.state.place == Searching()
    visit.choose(Rubout())
    assert visit.state.place == Searching()


def test_only_letters_digits_and_single_spaces_are_taken_and_no_more_than_a_visitor_types():
    assert typing(" k  a!\n\x1b/").state.place == typing("k a").state.place
    visit = typing("a" * 60)
    assert isinstance(visit.state.place, Searching)
    assert len(visit.state.place.text) == 40


def test_nothing_found_is_said_in_words_and_offers_staff_and_the_agencies():
    visit = typing("zzz")
    face = face_of(visit)
    assert (face.cards, face.note) == ((), "“zzz” tidak ditemukan")
    assert [button.choice for button in face.helps] == [ShowAgencies(), choices.CallStaff()]
    visit.choose(ShowAgencies())
    assert isinstance(visit.state.place, Choosing)


def test_who_looks_for_one_more_service_in_vain_keeps_those_that_were_chosen():
    visit = Visit()
    visit.to_service()
    for choice in (choices.AddAnother(), Search(), Type("z"), ShowAgencies()):
        visit.choose(choice)
    assert isinstance(visit.state.place, Choosing)
    assert wanted(visit.state.trail) == (SERVICE,)


def test_what_cannot_be_had_is_found_too_with_its_reason():
    visit = typing("kartu")
    known = visit.state.queues[AGENCY]
    shut = replace(known.services[0], open=False, why_closed="quota-used-up")
    visit.state = replace(visit.state, queues={AGENCY: replace(known, services=(shut,))})
    [card] = face_of(visit).cards
    assert (card.can, card.remark) == (False, "Nomor hari ini habis.")


def test_what_was_found_stays_where_it_is_while_others_take_numbers():
    visit = typing("k")
    before = visit.state.place
    visit.state = replace(visit.state, queues={AGENCY: queues(9, waiting=99)})
    assert visit.state.place == before


def test_nothing_that_was_typed_is_left_for_the_next_visitor():
    visit = typing("kartu")
    visit.choose(choices.Home())
    visit.choose(Start())
    visit.choose(Search())
    assert visit.state.place == Searching()


def test_the_keyboard_has_every_letter_and_digit_once_and_is_as_everybody_knows_it():
    for language in (Language("id"), Language("en")):
        keys = keys_of(words_of(language).kiosk.keyboard)
        assert sorted(key.letter for key in keys) == sorted(["", " ", *"abcdefghijklmnopqrstuvwxyz0123456789"])
        assert [key.letter for key in keys if key.row == 1] == list("qwertyuiop")
        assert Rubout() in {key.choice for key in keys}


@pytest.mark.parametrize("rows", ["1234567890 qwertyuiop asdfghjkl zxcvbnm", "abcdefghij klmnopqrst uvwxyz0123", "ab"])
def test_no_two_keys_of_a_keyboard_lie_on_each_other(rows):
    taken: set[tuple[int, float]] = set()
    for key in keys_of(rows):
        cells = {(key.row, key.column + half / 2) for half in range(round(key.span * 2))}
        assert not cells & taken
        taken |= cells


BAR = ("Kembali", "Ke awal", "Bahasa", "Panduan suara", "Petugas")
PANELS = {
    "21 upright": Panel(),
    "27 upright": Panel(1356, 2411),
    "15 upright": Panel(784, 1393),
    "15 hung high": Panel(784, 1393, 1000.0),
    "21 lying": Panel(1920, 1080),
    "15 lying": Panel(1355, 847),
}
WITHOUT = {("15 hung high", "large", True), ("15 hung high", "largest", True)}
"""Where keys of 20 mm have no room within reach: the list has no search there."""


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("text", TEXT_SIZES)
@pytest.mark.parametrize("low", [False, True])
def test_keys_are_20_mm_large_and_what_is_found_has_room_beside_them_or_there_is_no_search(panel, text, low):
    shape = shape_of(PANELS[panel], Looks(text=text, low=low), BAR, strip=5)
    rows = words_of(Language("id")).kiosk.keyboard
    keys = keys_for(shape, rows)
    assert fits(shape, keys) is ((panel, text, low) not in WITHOUT)
    if not fits(shape, keys):
        return
    plan = plan_of(shape, keys, "Selanjutnya")
    columns, lines = max(key.column + key.span for key in keys), 1 + max(key.row for key in keys)
    assert (plan.keys.width + plan.gap) / columns - plan.gap >= 20 * PX_PER_MM
    assert (plan.keys.height + plan.gap) / lines - plan.gap >= 20 * PX_PER_MM
    assert plan.cards.height / plan.cells.rows >= 100
    assert plan.keys.y >= shape.body.y
    assert plan.cards.y >= plan.keys.top
    assert max(plan.cards.top, plan.keys.top, plan.pager.top) <= shape.controls_top + 0.01
    for one, other in combinations((plan.field, plan.cards, plan.pager, plan.keys), 2):
        apart = one.x >= other.x + other.width or other.x >= one.x + one.width
        assert apart or one.y >= other.top or other.y >= one.top


def test_a_search_that_has_no_room_in_another_look_becomes_the_list_it_was_begun_from():
    visit = typing("kartu")
    visit.state = replace(visit.state, panel=PANELS["15 hung high"])
    assert isinstance(view_of(visit.state, words_of, now_of(visit.state)), SearchFace)
    visit.choose(choices.ToggleLow())
    assert isinstance(view_of(visit.state, words_of, now_of(visit.state)), SearchFace)
    visit.choose(choices.SetText("largest"))
    face = view_of(visit.state, words_of, now_of(visit.state))
    assert isinstance(face, ListFace)
    assert face.search is None
    assert [card.choice for card in face.cards] == [choices.ChooseAgency(AGENCY)]
    visit.choose(choices.SetText("normal"))
    assert isinstance(view_of(visit.state, words_of, now_of(visit.state)), SearchFace)


def test_a_single_button_turns_from_the_last_page_to_the_first():
    visit = typing("")
    services = tuple(ServiceId(f"layanan-{count}") for count in range(9))
    known = tuple(replace(SERVICES.services[0], id=one) for one in services)
    visit.state = replace(
        visit.state,
        agencies={AGENCY: replace(SERVICES, services=known)},
        trail=(*visit.state.trail[:-1], Searching("kartu", 0, services)),
        panel=PANELS["21 lying"],
        looks=Looks(text="largest"),
    )
    assert face_of(visit).plan.one_button
    size = face_of(visit).plan.cells.count
    pages = -(-len(services) // size)
    seen = []
    for _ in range(pages + 1):
        seen += [card.choice for card in face_of(visit).cards]
        visit.choose(choices.NextPage())
    assert pages > 1
    assert seen == [ChooseService(one) for one in (*services, *services[:size])]
