"""What stands beside the calls and cares for the panel, made of a display's settings: its pictures and its manner of care."""

import math
from collections.abc import Callable
from pathlib import Path

from contract.names import DeviceId
from display import layout
from display.cache import Cache, ProcessIntake
from display.care import CareManner
from display.config import DisplayConfig, panel_of
from display.gallery import Gallery
from display.media import Media, NoMedia

MARGIN = 16
"""All that is to be read keeps so many units from the panel's edges, so by so much it may be moved; see display.layout."""


def media_of(file: Path, device: DeviceId, config: DisplayConfig, came: Callable[[], object]) -> Media:
    """The pictures of a display whose device file is `file`; `came` is called when one is ready, by another thread.

    They are made fit for their place beside a usual call.
    """
    panel = panel_of(config)
    place = layout.place(panel, config.layout.kind, (layout.NOMINAL,), ()).media
    if not config.media.folder or place is None:
        return NoMedia()
    box = math.ceil(place.width * panel.unit_px), math.ceil(place.height * panel.unit_px)
    folder = file.parent / config.display.data / f"{device}.media"
    cache = Cache(folder, ProcessIntake(box), config.media.seconds, "{}x{}".format(*box))
    return Gallery(file.parent / config.media.folder, cache, box, config.media.look_s, came)


def care_of(config: DisplayConfig) -> CareManner:
    """How the panel is cared for."""
    care = config.care
    return CareManner(
        shift_px=min(care.shift_px, int(MARGIN * panel_of(config).unit_px)),
        shift_every_s=care.shift_every_s,
        rest_after_s=care.rest_after_s,
        rest_s=care.rest_s,
        rest_every_s=care.rest_every_s,
        dark_begins=care.dark_begins,
        dark_ends=care.dark_ends,
        lit_s=care.lit_s,
        heed_after_s=config.display.heed_after_s,
    )
