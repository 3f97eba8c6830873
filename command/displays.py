"""What `./antrean check` says of a hall display: can its farthest reader read it, are its clips there. Knows no other device."""

from collections.abc import Iterator
from pathlib import Path

from assets.reading import Problem, read_source
from display.config import DisplayConfig, panel_of
from display.limits import remarks, shortfall


def problems(path: Path, config: DisplayConfig) -> Iterator[Problem]:
    """A panel that is too small for its distance, at the line that states the distance; a voice of clips without any."""
    short = shortfall(panel_of(config), config.layout.kind)
    if short is not None:
        yield read_source(path).problem(("layout", "viewing_distance_m"), short.says, short.hint)
    voice = config.voice
    if voice.engine == "clips" and not (path.parent / voice.clips).is_dir():
        where = (path.parent / voice.clips).resolve()
        hint = "./antrean clips --help says how recordings come there"
        yield read_source(path).problem(("voice", "clips"), f"there is no folder {where}", hint)


def remarks_on(path: Path, config: DisplayConfig) -> Iterator[str]:
    """What its panel gives up so that numbers can be read."""
    for remark in remarks(panel_of(config), config.layout.kind):
        yield f"devices/{path.name}: {remark}"
