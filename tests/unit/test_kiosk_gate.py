"""Who may come in by PIN, what each wrong one costs, and that pulling the plug gains nothing."""

from pathlib import Path

import pytest

from kiosk import pin as pins
from kiosk.corners import corner_of
from kiosk.gate import LONGEST_DELAY_S, Gate, delay_s


def gate(tmp_path: Path) -> Gate:
    return Gate(lambda pin: pin == "271828", tmp_path / "kiosk-1.tries")


def test_each_wrong_pin_after_the_second_costs_twice_the_time_of_the_one_before() -> None:
    assert [delay_s(wrong) for wrong in range(8)] == [0, 0, 0, 5, 10, 20, 40, 80]
    assert delay_s(40) == delay_s(100_000) == LONGEST_DELAY_S


def test_the_right_one_comes_in_and_the_count_begins_anew(tmp_path: Path) -> None:
    door = gate(tmp_path)
    assert [door.judge("000000").wait_s for _ in range(4)] == [0, 0, 5, 10]
    assert door.judge("271828").fits
    assert door.judge("000000").wrong == 1


def test_wrong_ones_are_remembered_over_a_restart(tmp_path: Path) -> None:
    first = gate(tmp_path)
    for _ in range(3):
        first.judge("000000")
    again = gate(tmp_path)
    assert again.wrong == 3
    assert again.judge("000000").wait_s == 10


def test_a_try_counts_before_it_is_judged(tmp_path: Path) -> None:
    seen: list[str] = []

    def fits(_pin: str) -> bool:
        seen.append((tmp_path / "tries").read_text())
        return False

    Gate(fits, tmp_path / "tries").judge("000000")
    assert seen == ["1\n"]


def test_where_no_try_can_be_written_down_wrong_ones_still_cost_time_and_the_right_one_comes_in(tmp_path: Path) -> None:
    (tmp_path / "tries").mkdir()
    door = Gate(lambda pin: pin == "271828", tmp_path / "tries")
    before = door.wrong  # what the start made of a file that says nothing
    assert [door.judge("000000").wrong for _ in range(3)] == [before + 1, before + 2, before + 3]
    assert door.judge("000000").wait_s == delay_s(before + 4)
    assert door.judge("271828").fits
    assert door.judge("000000").wrong == 1


def test_a_file_that_says_nothing_is_as_good_as_three_wrong_ones(tmp_path: Path) -> None:
    (tmp_path / "kiosk-1.tries").write_text("many")
    assert gate(tmp_path).wrong == 3


def test_wrong_and_right_ones_are_in_the_log_and_no_pin_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    door = gate(tmp_path)
    for pin in ("111222", "333444", "555666", "271828"):
        door.judge(pin)
    assert "setup-pin-wrong tries=3 next_in_s=5" in caplog.text
    assert "setup-pin-right wrong_before=3" in caplog.text
    assert not any(pin in caplog.text for pin in ("111222", "333444", "555666", "271828"))


def test_only_the_pin_of_the_hash_fits() -> None:
    written = pins.hash_of("271828")
    assert pins.is_hash(written)
    assert pins.fits(written, "271828")
    assert not pins.fits(written, "271829")
    assert not pins.fits("$argon2id$nonsense", "271828")


@pytest.mark.parametrize("pin", ["12345", "123456", "000000", "987654", "1234567890123", "12a456", "", "٣٤٥٦٧٨"])
def test_what_anybody_tries_first_is_no_pin(pin: str) -> None:
    assert pins.why_not(pin)


@pytest.mark.parametrize("pin", ["271828", "100000", "902144870112"])
def test_six_to_twelve_digits_are_one(pin: str) -> None:
    assert not pins.why_not(pin)


@pytest.mark.parametrize(
    ("x", "y", "corner"),
    [
        (10, 1900, "left"),
        (1070, 1900, "right"),
        (540, 1900, None),
        (10, 20, None),
        (1070, 1700, None),
        (111, 1919, None),
    ],
)
def test_only_the_upper_corners_count(x: float, y: float, corner: str | None) -> None:
    assert corner_of(x, y, 1080, 1920, 110) == corner
