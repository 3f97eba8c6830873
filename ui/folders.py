"""A folder of a program's own for as long as it runs: what Kivy writes, waves, pictures. Nothing in it outlives it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice.shelf import sweep


@contextmanager
def own_folder(program: str) -> Iterator[Path]:
    """A temporary folder. Those that killed programs of this name left behind are swept away first."""
    names = f"antrean-{program}-"
    sweep(names)
    with tempfile.TemporaryDirectory(prefix=f"{names}{os.getpid()}-") as folder:
        yield Path(folder)
