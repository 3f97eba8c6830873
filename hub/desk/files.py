"""What the pages load: styles, scripts, fonts, all from this machine; a hall is offline.

htmx and its extension for server-sent events come out of the installed django-htmx package, fonts and icons out of
theirs. Each file is named with a fingerprint of all of them, and may therefore be kept by the browser for ever.
"""

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec
from msgspec import Struct

from assets import fonts
from assets.palette import LIGHT, Theme

HERE = Path(__file__).parent / "static"


class ServedFile(Struct, frozen=True):
    """A file as it is sent."""

    body: bytes
    media_type: str


def palette_css(theme: Theme) -> str:
    """The palette as CSS variables: `--act`, `--on-act`, `--priority-edge`."""
    lines = (f"--{name.replace('_', '-')}: #{colour};" for name, colour in msgspec.structs.asdict(theme).items())
    return ":root { " + " ".join(lines) + " }\n"


@cache
def served_files() -> dict[str, ServedFile]:
    """Every file by its name under `/static/`."""
    htmx = Path(str(resources.files("django_htmx"))) / "static" / "django_htmx"
    script, style, font = "text/javascript; charset=utf-8", "text/css; charset=utf-8", "font/ttf"
    read = {
        "htmx.js": (htmx / "htmx-2.min.js", script),
        "sse.js": (htmx / "ext" / "hx-sse-2.min.js", script),
        "desk.js": (HERE / "desk.js", script),
        "desk.css": (HERE / "desk.css", style),
        "mark.svg": (HERE / "mark.svg", "image/svg+xml"),
        "icons.ttf": (fonts.icon_font(), font),
        **{f"{weight}.ttf": (fonts.path(weight), font) for weight in fonts.WEIGHTS},
    }
    files = {name: ServedFile(path.read_bytes(), media_type) for name, (path, media_type) in read.items()}
    return files | {"palette.css": ServedFile(palette_css(LIGHT).encode(), style)}


@cache
def fingerprint() -> str:
    """Changes whenever any of the files, or of the pages' templates, does; a page of an older one loads itself anew."""
    reckoned = hashlib.sha256()
    for name, file in sorted(served_files().items()):
        reckoned.update(name.encode())
        reckoned.update(file.body)
    for template in sorted((Path(__file__).parent / "templates").glob("*.html")):
        reckoned.update(template.read_bytes())
    return reckoned.hexdigest()[:12]
