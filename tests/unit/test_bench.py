"""Samples become figures, figures are held against bars, and both become a table, JSON and a page. Nothing is measured here."""

import json

import pytest

from command.bench_figures import (
    BARS,
    Bar,
    Figure,
    as_json,
    as_text,
    figure,
    holds,
    in_words,
    percentile,
    reached,
    table,
)
from command.bench_page import BEGIN, END, Measured, page


def named(name: str, *samples: float, unit: str = "ms", floor: Figure | None = None, rate: bool = False) -> Figure:
    return figure(name, f"what {name} is", unit, samples, floor=floor, rate=rate)


def by_name(*figures: Figure) -> dict[str, Figure]:
    return {one.name: one for one in figures}


def test_a_percentile_is_a_sample_that_so_many_do_not_exceed() -> None:
    hundred = list(range(1, 101))
    assert [percentile(hundred, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]
    assert percentile([7], 0.5) == percentile([7], 0.99) == 7
    assert percentile([3, 1, 2], 0.5) == 2


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_the_bad_end_of_a_rate_is_the_low_one() -> None:
    rates = named("throughput", *range(1, 101), unit="1/s", rate=True)
    assert (rates.median, rates.p95, rates.p99) == (51, 6, 2)


def test_a_figure_is_told_beside_its_floor() -> None:
    floor = named("floor", 1, 2, 3)
    one = named("issue", 3, 3, 9, floor=floor)
    assert (one.floor, one.ratio, one.samples) == (2, 1.5, 3)
    assert named("alone", 1).ratio is None


def test_a_floor_of_zero_gives_no_ratio() -> None:
    assert named("issue", 3, floor=named("floor", 0)).ratio is None


def test_a_bar_beside_a_figure_compares_the_same_percentile() -> None:
    floor = named("floor", *[1.0] * 98, 5, 5)
    issue = named("issue", *[1.4] * 98, 14, 14)
    bar = Bar("issue", "p99", 3.0, beside="floor")
    assert reached(bar, by_name(floor, issue)) == pytest.approx(2.8)
    assert holds(bar, by_name(floor, issue)) is True
    assert holds(Bar("issue", "p99", 2.7, beside="floor"), by_name(floor, issue)) is False


def test_a_bar_may_be_a_number_and_may_be_a_least() -> None:
    figures = by_name(named("throughput", 1999, unit="1/s", rate=True))
    assert holds(Bar("throughput", "median", 2000, least=True), figures) is False
    assert holds(Bar("throughput", "median", 1999, least=True), figures) is True
    assert holds(Bar("throughput", "median", 1999), figures) is True


def test_what_was_not_measured_neither_holds_nor_fails() -> None:
    bar = Bar("issue", "median", 1.5, beside="floor")
    assert holds(bar, {}) is None
    assert holds(bar, by_name(named("issue", 1))) is None
    assert holds(bar, by_name(named("issue", 1), named("floor", 0))) is None


def test_bars_say_what_they_want() -> None:
    assert in_words(Bar("issue", "p99", 3.0, beside="floor"), "ms") == "p99 at most 3 x floor"
    assert in_words(Bar("throughput", "median", 2000, least=True), "1/s") == "median at least 2000 1/s"


def test_the_bars_are_those_that_were_promised() -> None:
    promised = {(bar.of, bar.percentile, bar.limit, bar.beside) for bar in BARS}
    assert {
        ("issue", "median", 1.5, "floor"),
        ("issue", "p99", 3.0, "floor"),
        ("throughput", "median", 0.45, "floor-throughput"),
        ("throughput", "median", 2000, None),
        ("call-to-frame", "p95", 100, None),
        ("call-to-frame-three", "p95", 1.5, "scene-three"),
        ("tap-to-paper", "p95", 300, None),
        ("replay", "median", 1000, None),
        ("next-after-a-year", "median", 1.5, "next-on-a-new-journal"),
    } <= promised


def test_json_has_the_six_values_of_each_figure() -> None:
    floor = named("floor", 2)
    written = json.loads(json.dumps(as_json([floor, named("issue", 3, floor=floor)])))
    assert written["issue"] == {"median": 3, "p95": 3, "p99": 3, "unit": "ms", "floor": 2, "ratio": 1.5}
    assert written["floor"]["floor"] is None
    assert written["floor"]["ratio"] is None


def test_the_table_has_a_line_for_each_bar_and_says_which_is_missed() -> None:
    floor = named("floor", 1.0)
    rows = table([floor, named("issue", 2.0, floor=floor)])
    assert [row[0] for row in rows] == ["floor", "issue", ""]
    assert rows[1][5:] == ("2.00 x", "median at most 1.5 x floor", "NO: 2.00 x")
    assert rows[2][6:] == ("p99 at most 3 x floor", "yes: 2.00 x")
    assert "NO: 2.00 x" in as_text([floor, named("issue", 2.0, floor=floor)])


def measured(*figures: Figure) -> Measured:
    return Measured("2026-11-24 05:00 UTC", "2 cores", figures, {"hub": 40.0, "taps": 60.0})


def test_a_new_page_is_whole() -> None:
    text = page("", measured(named("floor", 1)))
    assert text.startswith("# Performance\n")
    assert "./antrean bench --page docs/performance.md" in text
    assert "100 s (hub 40 s, taps 60 s)" in text
    assert "| floor | what floor is | 1 |" in text


def test_what_people_wrote_on_the_page_stays_and_old_figures_go() -> None:
    by_hand = page("", measured(named("old", 1))).replace(BEGIN, f"Why: because.\n\n{BEGIN}") + "\nMore.\n"
    text = page(by_hand, measured(named("floor", 1)))
    assert "Why: because." in text
    assert text.endswith("\nMore.\n")
    assert "| old |" not in text
    assert "| floor |" in text
    assert page(text, measured(named("floor", 1))) == text


def test_a_page_with_one_mark_is_left_alone() -> None:
    with pytest.raises(ValueError, match="each of these lines once"):
        page(f"# Performance\n{END}\n", measured())
