"""A program of its own that makes one picture fit for the screen: `python -m display.intake FROM TO WIDTH HEIGHT`.

Files from outside are opened here and nowhere else: whatever is in them, this process breaks and not the display. It is
limited in memory and processor time, has the processor only when nobody else wants it, and whoever starts it ends it when
it takes too long. Knows no Kivy and no display.
"""

import contextlib
import os
import resource
import sys
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
"""Of the picture as it comes; a telephone's largest have 12 to 24 million in a file that is not too large."""

MOST_MEMORY = 1_500_000_000
MOST_PROCESSOR_S = 60
QUALITY = 95


def fit(source: Path, target: Path, width: int, height: int) -> None:
    """Write `source` as a JPEG no larger than width x height. ValueError says why it cannot be shown.

    Turned as its camera held it, flattened on white, no metadata kept. `target` is whole or not there.
    """
    Image.MAX_IMAGE_PIXELS = None  # the limit is our own, below
    try:
        with Image.open(source) as found:
            if found.width * found.height > MOST_PIXELS:
                raise ValueError(f"{found.width}x{found.height} pixels are too many")
            found.draft("RGB", (width, height))
            picture = _flat(ImageOps.exif_transpose(found))
    except UnidentifiedImageError as error:
        raise ValueError("not a picture") from error
    except (OSError, SyntaxError, EOFError) as error:
        raise ValueError(f"broken picture: {error}") from error
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    written = target.with_suffix(".new")
    with written.open("wb") as file:
        picture.save(file, "JPEG", quality=QUALITY, subsampling=0)
        file.flush()
        os.fsync(file.fileno())
    written.replace(target)


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency: what is not there is white, as on paper."""
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return picture.convert("RGB")


def main(arguments: list[str]) -> int:
    """Exit code 0: written; 1: one line on standard output says why not."""
    with contextlib.suppress(OSError):
        # Only what nobody else wants: a call is drawn meanwhile.
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    for limited, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_PROCESSOR_S)):
        with contextlib.suppress(OSError, ValueError):  # where the machine allows less already
            resource.setrlimit(limited, (most, most))
    source, target, width, height = arguments
    try:
        fit(Path(source), Path(target), int(width), int(height))
    except (ValueError, MemoryError) as error:
        print(str(error) or "too large")  # noqa: T201 - the answer of a program that is asked by another
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
