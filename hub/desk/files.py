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
from starlette.requests import Request
from starlette.responses import Response

from assets import fonts
from assets.chime import chime
from assets.palette import BRINGING, DISPLAY, LIGHT, Colour, Theme, rgb
from hub.desk.board.layout import CARD_SHADES

HERE = Path(__file__).parent / "static"


class ServedFile(Struct, frozen=True):
    """A file as it is sent."""

    body: bytes
    media_type: str


def palette_css(theme: Theme) -> str:
    """The palette as CSS variables: `--act`, `--on-act`, `--priority-edge`."""
    lines = (f"--{name.replace('_', '-')}: #{colour};" for name, colour in msgspec.structs.asdict(theme).items())
    return ":root { " + " ".join(lines) + " }\n"


def board_css(written: str, theme: Theme) -> str:
    """The board's style with the colours put in: browsers of old televisions know no variables."""
    colours = {name.replace("-", "_"): f"#{colour}" for name, colour in msgspec.structs.asdict(theme).items()}
    colours["bar"] = _mixed(theme.paper, Colour("000000"), 0.25)
    for name in sorted(colours, key=len, reverse=True):
        written = written.replace(f"@{name}", colours[name])
    shades = (
        f".teal-{step} {{ fill: {_mixed(*BRINGING, step / (CARD_SHADES - 1))}; }}\n" for step in range(CARD_SHADES)
    )
    return written + "".join(shades)


def _mixed(one: Colour, other: Colour, share: float) -> str:
    """A colour between two, `share` of the way from one to the other, as CSS writes it."""
    mixed = (round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))
    return "#" + "".join(f"{value:02X}" for value in mixed)


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
        "board.js": (HERE / "board.js", script),
        "board.css": (HERE / "board.css", style),
        "mark.svg": (HERE / "mark.svg", "image/svg+xml"),
        "icons.ttf": (fonts.icon_font(), font),
        **{f"{weight}.ttf": (fonts.path(weight), font) for weight in fonts.WEIGHTS},
    }
    files = {name: ServedFile(path.read_bytes(), media_type) for name, (path, media_type) in read.items()}
    board = board_css(files["board.css"].body.decode(), DISPLAY)
    return files | {
        "palette.css": ServedFile(palette_css(LIGHT).encode(), style),
        "board.css": ServedFile(board.encode(), style),
        "chime.wav": ServedFile(chime(), "audio/wav"),
    }


async def send_file(request: Request) -> Response:
    """A style, script or font, for a route with `version` and `name`."""
    found = served_files().get(request.path_params["name"])
    if found is None or request.path_params["version"] != fingerprint():
        return Response(status_code=404)
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(found.body, media_type=found.media_type, headers=kept)


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
