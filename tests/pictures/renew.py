"""Makes the golden pictures anew: `python -m tests.pictures.renew [GALLERY...]`. Look at each before you commit it."""

import importlib
import sys
import tempfile
from pathlib import Path

from tests.pictures.harness import GOLDEN, photographs

GALLERIES = {
    "kiosk": "tests.pictures.kiosk_gallery",
    "kiosk-panels": "tests.pictures.kiosk_panels",
    "display": "tests.pictures.display_gallery",
    "display-layouts": "tests.pictures.display_layouts",
}


def renew(kind: str) -> None:
    """Photograph one gallery and put its pictures in place of the golden ones."""
    gallery = importlib.import_module(GALLERIES[kind])
    kept = GOLDEN / kind
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        photographs(GALLERIES[kind], gallery.SCREEN, Path(folder))
        for old in kept.glob("*.png"):
            old.unlink()
        for new in sorted(Path(folder).glob("*.png")):
            (kept / new.name).write_bytes(new.read_bytes())
            print(f"{kind}/{new.name}: {new.stat().st_size // 1024} KB")  # noqa: T201 - a command


if __name__ == "__main__":
    for chosen in sys.argv[1:] or list(GALLERIES):
        renew(chosen)
