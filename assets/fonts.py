"""Where the type is: one family in four weights with tabular figures, and the icons. Knows no screen.

Both come from packages (`font-source-sans-pro`, `fonticon-materialdesignicons7`); neither is committed.
"""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

Weight = Literal["Regular", "Semibold", "Bold", "Black"]
WEIGHTS: tuple[Weight, ...] = ("Regular", "Semibold", "Bold", "Black")


@cache
def path(weight: Weight) -> Path:
    """The TrueType file of a weight. Numbers are set in Black."""
    if weight not in WEIGHTS:
        raise LookupError(f"no weight {weight!r}; there are: {', '.join(WEIGHTS)}")
    return _there("font_source_sans_pro", f"files/SourceSansPro-{weight}.ttf")


@cache
def icon_font() -> Path:
    """The TrueType file of the icons that assets.icons.glyph names."""
    return _there("fonticon_mdi7", "fonts/materialdesignicons-webfont.ttf")


def _there(package: str, name: str) -> Path:
    found = Path(str(resources.files(package))) / name
    if not found.is_file():
        raise FileNotFoundError(f"the package {package} has no {name}: install the pinned requirements")
    return found
