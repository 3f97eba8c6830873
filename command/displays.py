"""What `./antrean check` says of a hall display: whether its farthest reader can read its panel. Knows no other device."""

from collections.abc import Iterator
from pathlib import Path

from assets.reading import Problem, read_source
from display.config import DisplayConfig, panel_of
from display.limits import remarks, shortfall


def problems(path: Path, config: DisplayConfig) -> Iterator[Problem]:
    """A panel that is too small for its distance, at the line that states the distance."""
    short = shortfall(panel_of(config), config.layout.kind)
    if short is not None:
        yield read_source(path).problem(("layout", "viewing_distance_m"), short.says, short.hint)


def remarks_on(path: Path, config: DisplayConfig) -> Iterator[str]:
    """What its panel gives up so that numbers can be read."""
    for remark in remarks(panel_of(config), config.layout.kind):
        yield f"devices/{path.name}: {remark}"
