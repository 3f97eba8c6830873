"""Photographs views: one process, one window, many views, each drawn by the very screens that the programs show.

`python -m tests.pictures.harness MODULE FOLDER [NAME...]` takes a gallery (a module with `SCREEN`, `DRAWING`, `views()` and
`stage()`, and `size_of(name)` where its pictures are smaller than its window) and writes FOLDER/NAME.png for each of its views. It is started by `photographs` on an X server of its own.
"""

import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops

from ui.window import ScreenSettings, prepare

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).with_name("golden")
DEADLINE_S = 20.0
"""How long one view may take to stand still."""


@contextmanager
def x_server(width: int, height: int) -> Iterator[str]:
    """An X server without a screen, ended with the block. Gives its display name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def photographs(gallery: str, screen: ScreenSettings, folder: Path, *names: str) -> None:
    """Photograph a gallery (all of it, or some by name) in a process of its own. CalledProcessError with its words if it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    with x_server(screen.width, screen.height) as display:
        subprocess.run(
            [sys.executable, "-m", "tests.pictures.harness", gallery, str(folder), *names],
            cwd=ROOT,
            env=os.environ | {"DISPLAY": display, "PYTHONPATH": str(ROOT), "LIBGL_ALWAYS_SOFTWARE": "1"},
            check=True,
            timeout=600,
        )


def difference(one: Path, other: Path) -> float:
    """The share of pixels that differ visibly (by more than 40 of 255 in a channel); 1.0 where the sizes differ."""
    with Image.open(one) as first, Image.open(other) as second:
        if first.size != second.size:
            return 1.0
        apart = ImageChops.difference(first.convert("RGB"), second.convert("RGB"))
    lightest = ImageChops.lighter(ImageChops.lighter(*apart.split()[:2]), apart.split()[2])
    return sum(lightest.histogram()[41:]) / (lightest.width * lightest.height)


def save(picture: Image.Image, path: Path) -> None:
    """As a small PNG: colours are thinned to five bits, so that a palette of 256 nearly always holds them all."""
    thinned = picture.point([value & 0xF8 | value >> 5 for value in range(256)] * 3)
    thinned.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def main(gallery_name: str, folder: Path, names: list[str]) -> None:
    """In the process of its own: make the window ready, then photograph."""
    gallery = importlib.import_module(gallery_name)
    with tempfile.TemporaryDirectory() as home:
        prepare(gallery.SCREEN, gallery.DRAWING, Path(home))
        _photograph(gallery, folder, names)


def _photograph(gallery: object, folder: Path, names: list[str]) -> None:
    from kivy.base import EventLoop
    from kivy.core.window import Window
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels

    from ui.theme import register_fonts

    register_fonts()
    stage = gallery.stage()  # type: ignore[attr-defined]
    Window.add_widget(stage)
    frames: list[bytes] = []
    Window.bind(
        on_flip=lambda *_: frames.append(glReadPixels(0, 0, Window.width, Window.height, GL_RGB, GL_UNSIGNED_BYTE))
    )
    EventLoop.start()
    views = gallery.views()  # type: ignore[attr-defined]
    sized = getattr(gallery, "size_of", None)
    for name, view in views.items():
        if names and name not in names:
            continue
        width, height = sized(name) if sized else (Window.width, Window.height)
        if sized:
            stage.size_hint, stage.size = (None, None), (width, height)
        stage.show(view)
        frames.clear()
        deadline = time.monotonic() + DEADLINE_S
        while len(frames) < 2 or frames[-1] != frames[-2]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{name} does not stand still")
            Window.canvas.ask_update()
            EventLoop.idle()
            del frames[:-2]
        picture = Image.frombytes("RGB", (Window.width, Window.height), frames[-1])
        # The stage stands at the window's foot, whose rows come first.
        save(picture.crop((0, 0, width, height)).transpose(Image.Transpose.FLIP_TOP_BOTTOM), folder / f"{name}.png")
    EventLoop.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
