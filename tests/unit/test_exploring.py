"""Fingers of somebody who cannot see: what they feel, and when they choose."""

import pytest

from ui.exploring import BETWEEN_S, HOLD_S, LOST_S, Confirmed, Exploring, Felt, Gesture, down, due_s, move, passed, up


class Hand:
    """Fingers on a screen, with a clock of their own."""

    def __init__(self) -> None:
        self.now_s = 10.0
        self.gestures: list[Gesture] = []
        self.exploring = Exploring()

    def _do(self, step: tuple[Exploring, tuple[Gesture, ...]]) -> None:
        self.exploring, gestures = step
        self.gestures += gestures

    def down(self, x: float = 100.0, y: float = 100.0, finger: int = 1) -> None:
        self._do(down(self.exploring, finger, x, y, self.now_s))

    def move(self, x: float, y: float, finger: int = 1) -> None:
        self._do(move(self.exploring, finger, x, y, self.now_s))

    def up(self, finger: int = 1) -> None:
        self._do(up(self.exploring, finger, self.now_s))

    def wait(self, seconds: float) -> None:
        self.now_s += seconds
        self._do(passed(self.exploring, self.now_s))

    def tap(self, x: float = 100.0, y: float = 100.0, finger: int = 1) -> None:
        self.down(x, y, finger)
        self.wait(0.08)
        self.up(finger)


@pytest.fixture
def hand() -> Hand:
    return Hand()


def test_sliding_feels_at_once_and_lifting_does_nothing(hand):
    hand.down(100, 100)
    hand.move(140, 100)
    hand.move(300, 100)
    hand.up()
    hand.wait(5)
    assert hand.gestures == [Felt(140, 100), Felt(300, 100)]


def test_a_finger_that_rests_feels_where_it_is(hand):
    hand.down(100, 100)
    hand.move(104, 98)
    hand.wait(HOLD_S)
    hand.up()
    hand.wait(5)
    assert hand.gestures == [Felt(104, 98)]


def test_a_single_tap_feels_and_does_not_choose(hand):
    hand.tap(100, 100)
    assert hand.gestures == []
    hand.wait(BETWEEN_S)
    assert hand.gestures == [Felt(100, 100)]


def test_two_taps_anywhere_confirm_and_feel_nothing(hand):
    hand.tap(500, 900)
    hand.wait(0.15)
    hand.tap(480, 910)
    hand.wait(5)
    assert hand.gestures == [Confirmed()]


def test_taps_too_far_apart_in_time_are_two_single_ones(hand):
    hand.tap(500, 900)
    hand.wait(BETWEEN_S)
    hand.tap(480, 910)
    hand.wait(BETWEEN_S)
    assert hand.gestures == [Felt(500, 900), Felt(480, 910)]


def test_four_quick_taps_are_two_confirmations_not_more(hand):
    for _ in range(4):
        hand.tap()
        hand.wait(0.1)
    assert hand.gestures == [Confirmed(), Confirmed()]


def test_a_second_finger_taps_for_the_first_one(hand):
    hand.down(100, 100)
    hand.wait(HOLD_S)
    hand.tap(700, 1500, finger=2)
    assert hand.gestures == [Felt(100, 100), Confirmed()]
    hand.move(200, 100)
    assert hand.gestures[-1] == Felt(200, 100)


def test_a_palm_beside_the_finger_confirms_nothing(hand):
    hand.down(100, 100)
    hand.wait(HOLD_S)
    hand.down(700, 1500, finger=2)
    hand.down(720, 1500, finger=3)
    hand.wait(1)
    hand.up(2)
    hand.up(3)
    hand.up()
    hand.wait(5)
    assert hand.gestures == [Felt(100, 100)]


def test_the_end_of_a_finger_that_never_came_is_nothing(hand):
    hand.up(9)
    assert hand.gestures == []


def test_a_finger_that_was_there_before_the_screen_goes_on_feeling_and_its_end_is_no_tap(hand):
    hand.move(300, 400)
    hand.up()
    hand.wait(5)
    assert hand.gestures == [Felt(300, 400)]


def test_it_says_when_it_wants_to_be_asked_again(hand):
    assert due_s(hand.exploring) is None
    hand.down()
    assert due_s(hand.exploring) == hand.now_s + HOLD_S
    hand.wait(0.1)
    hand.up()
    assert due_s(hand.exploring) == hand.now_s + BETWEEN_S
    hand.wait(BETWEEN_S)
    assert due_s(hand.exploring) is None


def test_fingers_whose_end_was_never_heard_of_do_not_keep_others_from_choosing(hand):
    hand.down(100, 100, finger=1)
    hand.down(200, 100, finger=2)
    hand.wait(LOST_S)
    hand.gestures.clear()
    hand.tap(300, 300, finger=3)
    hand.wait(BETWEEN_S + 0.1)
    hand.tap(300, 300, finger=4)
    hand.wait(0.1)
    hand.tap(300, 300, finger=5)
    assert hand.gestures == [Felt(300, 300), Confirmed()]


def test_a_finger_that_is_still_heard_of_is_not_lost_and_a_second_one_beside_it_confirms(hand):
    hand.down(100, 100, finger=1)
    for _ in range(4):
        hand.wait(LOST_S / 2)
        hand.move(101, 100, finger=1)
    hand.gestures.clear()
    hand.tap(300, 300, finger=2)
    assert hand.gestures == [Confirmed()]


def test_a_lost_first_finger_leaves_the_second_one_feeling(hand):
    hand.down(100, 100, finger=1)
    hand.wait(LOST_S - 1)
    hand.down(200, 100, finger=2)
    hand.wait(1)
    hand.down(300, 300, finger=3)
    hand.gestures.clear()
    hand.move(240, 100, finger=2)
    assert hand.gestures == [Felt(240, 100)]
