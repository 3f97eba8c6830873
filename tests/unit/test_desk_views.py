"""What the officer's page shows of a counter, as values."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from assets.icons import glyph
from assets.palette import LIGHT
from assets.words import words_of
from contract.names import Language, Number, TicketId
from hub.desk.buttons import ICONS, KEYS
from hub.desk.door import CounterDesk, TicketInHand, WaitingTicket
from hub.desk.drawing import Drawing
from hub.desk.files import palette_css
from hub.desk.names import names_of
from hub.desk.views import MOST_LINES, SIGN_ICONS, CounterView, counter_view
from tests.desk_hub import HALL, KK, LOKET_3, NAMES, agencies_named

INDONESIAN = Language("id")
WORDS = words_of(INDONESIAN).desk
NOW = datetime(2026, 11, 25, 1, 31, tzinfo=UTC)
"""09.31 in the hall."""


def waiting(count: int, minutes: int = 5) -> tuple[WaitingTicket, ...]:
    issued_at = NOW - timedelta(minutes=minutes)
    return tuple(
        WaitingTicket(TicketId(f"w{each}"), Number(f"K{each:03}"), KK, "regular", (), issued_at)
        for each in range(1, count + 1)
    )


def desk(state="open", *, ticket=None, queue=(), broker_connected=True, holder="rina") -> CounterDesk:
    return CounterDesk(LOKET_3, 7, state, holder, ticket, queue, 31, NOW, 1, broker_connected)


def in_hand(number="K069", outcome=None, seconds=3, calls=1) -> TicketInHand:
    called_at = NOW - timedelta(seconds=seconds)
    issued_at = called_at - timedelta(minutes=26)
    return TicketInHand(
        TicketId("t"), Number(number), KK, "regular", (), "called", issued_at, called_at, calls, outcome
    )


def shown(counter: CounterDesk, holder: str | None = "rina") -> CounterView:
    return counter_view(counter, holder, names_of(HALL, agencies_named(NAMES), INDONESIAN), WORDS)


def test_a_counter_with_a_name_in_words_is_called_by_it():
    named = msgspec.structs.replace(HALL.counters[0], name={INDONESIAN: "Informasi"})
    names = names_of(msgspec.structs.replace(HALL, counters=(named, *HALL.counters[1:])), (), INDONESIAN)
    assert names.counter(named.id, WORDS) == "Informasi"
    assert names.counter(LOKET_3, WORDS) == "Loket 3"


def test_six_and_nine_are_told_apart():
    number = shown(desk("called", ticket=in_hand())).hand.number
    assert [(digit.character, digit.turned) for digit in number] == [
        ("K", False),
        ("0", False),
        ("6", True),
        ("9", True),
    ]


def test_while_a_ticket_is_only_called_the_next_one_waits_and_says_why():
    buttons = shown(desk("called", ticket=in_hand(), queue=waiting(2))).hand.buttons
    assert {name for name, button in buttons.items() if button.enabled} == {"recall", "arrive", "no-show"}
    assert buttons["next"].note == "Tandai dulu K069: hadir atau tidak hadir"


def test_a_served_ticket_can_be_finished_or_followed_by_the_next():
    buttons = shown(desk("serving", ticket=in_hand(), queue=waiting(1))).hand.buttons
    assert {name for name, button in buttons.items() if button.enabled} == {"next", "finish"}
    assert buttons["next"].note == "K069 selesai, lalu K001 dipanggil"


def test_with_nobody_waiting_there_is_nothing_to_call():
    buttons = shown(desk()).hand.buttons
    assert not buttons["next"].enabled
    assert buttons["next"].note == "Tidak ada yang menunggu"


@pytest.mark.parametrize("holder", [None, "budi"])
def test_who_does_not_hold_the_counter_has_no_buttons(holder):
    assert shown(desk("called", ticket=in_hand()), holder).hand.mode == "taken"
    assert shown(desk("called", ticket=in_hand()), holder).hand.buttons == {}


def test_a_closed_counter_can_be_opened_by_anybody():
    assert set(shown(desk("closed", holder=None), "budi").hand.buttons) == {"open"}


@pytest.mark.parametrize(
    ("outcome", "seconds", "broker", "tone"),
    [
        (None, 2, True, "plain"),
        (None, 9, True, "attention"),
        (None, 2, False, "attention"),
        ("queued", 9, True, "plain"),
        ("started", 9, True, "good"),
        ("spoken", 9, True, "good"),
        ("dropped", 2, True, "attention"),
        ("failed", 2, True, "attention"),
    ],
)
def test_an_officer_sees_whether_the_call_was_heard(outcome, seconds, broker, tone):
    ticket = in_hand(outcome=outcome, seconds=seconds)
    heard = shown(desk("called", ticket=ticket, broker_connected=broker)).hand.heard
    assert heard is not None
    assert heard.tone == tone
    assert shown(desk("serving", ticket=ticket)).hand.heard is None


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (19, False), (20, True), (90, True)])
def test_who_waits_long_is_marked(minutes, late):
    assert [line.late for line in shown(desk(queue=waiting(1, minutes))).waiting.lines] == [late]


def test_a_very_long_list_is_drawn_in_part_and_counted_whole():
    view = shown(desk(queue=waiting(MOST_LINES + 12))).waiting
    assert (view.count, len(view.lines), view.unlisted) == (MOST_LINES + 12, MOST_LINES, "dan 12 lagi")


def test_nothing_in_a_view_changes_by_the_second():
    before, after = (
        desk("called", ticket=in_hand(), queue=waiting(3)),
        desk("called", ticket=in_hand(), queue=waiting(3)),
    )
    after = msgspec.structs.replace(after, at=NOW + timedelta(seconds=4))
    assert shown(before) == shown(after)


def test_whatever_a_number_is_it_is_drawn_as_words():
    view = shown(desk("called", ticket=in_hand(number="<b>6</b>"), queue=waiting(1)))
    drawn = Drawing().part("part_hand.html", INDONESIAN, id=LOKET_3, hand=view.hand)
    assert "<b>" not in drawn
    assert "&lt;" in drawn


def test_every_action_has_a_key_of_its_own_and_every_icon_exists():
    assert len(set(KEYS.values())) == len(KEYS)
    for icon in (*SIGN_ICONS, *ICONS.values(), "alert-circle", "lan-disconnect", "magnify"):
        assert len(glyph(icon)) == 1


def test_the_pages_colours_are_the_palettes():
    css = palette_css(LIGHT)
    assert f"--act: #{LIGHT.act};" in css
    assert f"--priority-edge: #{LIGHT.priority_edge};" in css
