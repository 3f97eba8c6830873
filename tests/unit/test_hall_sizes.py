"""A hall that says more than its messages hold is refused when its files are read, not when they are said."""

import shutil
from pathlib import Path

import pytest

from assets.hall_file import read_hall
from assets.reading import BadFile
from command.hall import EXAMPLE


def with_counters(folder: Path, more: int) -> Path:
    """The example hall with so many counters more, of the longest name that a counter may have."""
    hall = shutil.copytree(EXAMPLE, folder / "hall")
    service = read_hall(hall).agencies[0].services[0].id
    with (hall / "hall.toml").open("a") as file:
        for count in range(more):
            name = f"a-counter-with-as-long-a-name-as-can-{count:03d}"
            file.write(f'\n[[counters]]\nid = "{name}"\nzone = "a"\nservices = ["{service}"]\n')
    return hall


def test_a_hall_of_seventy_counters_is_taken(tmp_path: Path) -> None:
    assert len(read_hall(with_counters(tmp_path, 45)).hall.counters) == 70


def test_a_hall_with_more_counters_than_one_board_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as told:
        read_hall(with_counters(tmp_path, 100))
    (problem,) = told.value.problems
    assert (Path(problem.file).name, problem.key) == ("hall.toml", "counters")
    assert problem.what.startswith("are 125: a board with all of them busy takes ")
