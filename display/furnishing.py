"""What stands beside the calls and cares for the panel, made of a display's settings: its pictures and its manner of care."""

from collections.abc import Callable
from pathlib import Path

from contract.names import DeviceId
from display.cache import Cache, ProcessIntake
from display.care import CareManner
from display.config import DisplayConfig
from display.gallery import Gallery
from display.media import Media, NoMedia

LARGEST = 1920
"""No picture is kept with more pixels across or down."""


def media_of(file: Path, device: DeviceId, config: DisplayConfig, came: Callable[[], object]) -> Media:
    """The pictures of a display whose device file is `file`; `came` is called when one is ready, by another thread."""
    if not config.media.folder:
        return NoMedia()
    box = min(config.screen.width, LARGEST), min(config.screen.height, LARGEST)
    cache = Cache(file.parent / config.display.data / f"{device}.media", ProcessIntake(*box), config.media.seconds)
    return Gallery(file.parent / config.media.folder, cache, box, config.media.look_s, came)


def care_of(config: DisplayConfig) -> CareManner:
    """How the panel is cared for."""
    care = config.care
    return CareManner(
        shift_px=care.shift_px,
        shift_every_s=care.shift_every_s,
        rest_after_s=care.rest_after_s,
        rest_s=min(care.rest_s, care.rest_every_s),
        rest_every_s=care.rest_every_s,
        dark_begins=care.dark_begins,
        dark_ends=care.dark_ends,
        lit_s=care.lit_s,
        heed_after_s=config.display.heed_after_s,
    )
