"""Care for the panel: how far the picture moves, when it rests, when it is dark, and what is more important than that."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from contract.calls import CounterOnBoard, Notice, NoticeText
from contract.halls import QueueOfService, Queues
from contract.names import AgencyId, CallId, CounterId, NoticeId, ServiceId, ZoneId
from display.board import HubHeard, Knowledge, learn
from display.care import CareManner, DarkView, RestView, covering, shift
from tests.pictures.display_gallery import AT, EN, ID, LOOK, NOW_S, call, known, lit

CARE = CareManner(shift_px=8, rest_after_s=1200.0, dark_begins="21:00", dark_ends="05:30")
MIDNIGHT = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def at(state: Knowledge, now: datetime) -> Knowledge:
    """The hub is heard now, at this time of its clock."""
    return replace(state, hub=HubHeard(now, NOW_S, 3), began_s=NOW_S - 20_000)


def covered(state: Knowledge, now_s: float = NOW_S, care=CARE, speaking=None, zones=()) -> RestView | DarkView | None:
    return covering(state, zones, care, now_s, speaking=speaking, page_s=10.0)


def empty() -> Knowledge:
    """A hall whose services are all closed, after a day with calls."""
    return known(*LOOK, waiting=False)


def calm() -> Knowledge:
    """Its last call was so long ago that the panel begins to rest, at 09.31."""
    return at(known(call("K001", "loket-3", 1201.0), waiting=False), AT)


# --- a few pixels ---


def test_the_picture_goes_step_by_step_to_every_place_around_its_own_and_never_farther():
    care = CareManner(shift_px=3, shift_every_s=60.0)
    places = [shift(care, 60.0 * step) for step in range(2 * 49)]
    assert places[0] == (0, 0), "it begins at its own place"
    steps = [abs(one[0] - other[0]) + abs(one[1] - other[1]) for one, other in pairwise(places)]
    assert max(steps) == 1
    assert {places.count(place) for place in places} == {2}, "each as often as any other"
    assert set(places) == {(right, up) for right in range(-3, 4) for up in range(-3, 4)}


def test_the_picture_stands_still_between_two_steps():
    assert {shift(CARE, 60.0 * 7 + second) for second in range(60)} == {shift(CARE, 60.0 * 7)}


def test_without_care_it_never_moves():
    assert {shift(CareManner(), 60.0 * step) for step in range(1000)} == {(0, 0)}


# --- no picture for hours ---


def test_a_day_without_calls_is_no_still_picture():
    state = at(empty(), NOON)
    moments = range(0, 8 * 3600, 30)
    resting = [isinstance(covered(state, NOW_S + later), RestView) for later in moments]
    longest = run = 0
    for each in resting:
        run = 0 if each else run + 30
        longest = max(longest, run)
    assert longest <= 600
    assert 0.04 < sum(resting) / len(resting) < 0.06, "and the board is there nearly all the time"


def test_each_rest_is_elsewhere_on_the_panel():
    state = calm()
    views = [covered(state, NOW_S + 600 * count) for count in range(20)]
    places = [(view.right, view.down) for view in views if isinstance(view, RestView)]
    assert len(set(places)) == len(places) > 15
    assert all(0 <= share <= 1 for place in places for share in place)


def test_a_hall_that_calls_never_rests():
    for minutes_ago in (0, 5, 19):
        state = known(call("K001", "loket-3", minutes_ago * 60.0), waiting=False)
        assert covered(at(state, AT)) is None
    assert isinstance(covered(at(known(call("K001", "loket-3", 1205.0), waiting=False), AT)), RestView)


def test_a_call_ends_a_rest_at_once():
    resting = calm()
    assert isinstance(covered(resting), RestView)
    assert covered(lit(resting, 1)) is None
    assert covered(resting, speaking=CallId("call-K001")) is None


def test_a_display_that_has_just_been_switched_on_does_not_rest():
    assert covered(replace(at(empty(), NOON), began_s=NOW_S - 60)) is None


def test_a_rest_says_what_the_board_said_and_warns_as_it_did():
    state = calm()
    view = covered(state)
    assert isinstance(view, RestView)
    assert (view.clock, view.date, view.warning) == ("09.31", "Rabu, 25 November", False)
    assert view.text == "Nomor yang dipanggil tampil di sini."
    lost = replace(state, hub=HubHeard(AT - timedelta(seconds=1200), NOW_S - 1200, 3))
    resting = [view for later in range(0, 1200, 10) if isinstance(view := covered(lost, NOW_S + later), RestView)]
    assert {(view.text, view.warning) for view in resting} == {("Mohon perhatikan petugas", True)}


# --- the night ---


@pytest.mark.parametrize(
    ("here", "dark"), [("20:59", False), ("21:00", True), ("00:00", True), ("05:29", True), ("05:30", False)]
)
def test_it_is_dark_at_night_by_the_halls_own_clock(here, dark):
    hour, minute = map(int, here.split(":"))
    now = datetime(2026, 11, 26, hour, minute, tzinfo=UTC) - timedelta(hours=8)
    assert isinstance(covered(at(empty(), now)), DarkView) is dark


def test_without_a_schedule_it_is_never_dark():
    assert covered(at(empty(), MIDNIGHT), care=CareManner()) is None


def test_a_call_at_night_lights_the_panel_and_it_goes_dark_again_after_a_while():
    state = at(known(replace(LOOK[0], at=MIDNIGHT), waiting=False), MIDNIGHT)
    assert covered(lit(state, 1)) is None
    assert covered(state, NOW_S + 119) is None
    assert isinstance(covered(state, NOW_S + 121), DarkView)
    assert covered(state, NOW_S + 121, speaking=LOOK[0].call) is None


def test_a_hall_that_is_open_at_night_is_lit():
    state = at(empty(), MIDNIGHT)
    opened = Queues(3, 9, MIDNIGHT, (QueueOfService(ServiceId("x"), open=True, waiting=0),), AgencyId("imigrasi"))
    lit_up = at(learn(state, opened, NOW_S, 8, retained=False), MIDNIGHT)
    assert covered(lit_up) is None
    assert isinstance(covered(lit_up, zones=(ZoneId("a"),)), DarkView), "another zone is open, not this one"


def test_an_officer_at_a_counter_lights_the_panel():
    state = known(*LOOK, counters=(CounterOnBoard(CounterId("loket-3"), "open"),), waiting=False)
    assert covered(at(state, MIDNIGHT)) is None


@pytest.mark.parametrize(("level", "dark"), [("info", True), ("urgent", False), ("evacuate", False)])
def test_a_notice_that_matters_lights_the_panel(level, dark):
    notice = Notice(3, 1, NoticeText(NoticeId("n"), {ID: "Awas", EN: "Mind"}, level, ()))
    state = at(learn(empty(), notice, NOW_S, 8, retained=False), MIDNIGHT)
    assert isinstance(covered(state), DarkView) is dark


def test_a_hub_that_died_with_the_hall_open_does_not_keep_the_panel_lit_all_night():
    opened = Queues(3, 9, NOON, (QueueOfService(ServiceId("x"), open=True, waiting=4),), AgencyId("imigrasi"))
    state = at(learn(empty(), opened, NOW_S, 8, retained=False), NOON)
    assert isinstance(covered(state, NOW_S + 12 * 3600), DarkView)


def test_while_the_time_is_unknown_nothing_is_covered():
    assert covered(replace(empty(), hub=None)) is None
