"""How a command ends when it cannot do what it was told: one clear message, no traceback, exit code 1."""

import contextlib
from collections.abc import Iterator
from pathlib import Path


class CommandFailed(Exception):
    """What went wrong, where, and what to do about it."""


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """What is known to go wrong with files, as CommandFailed; a fault of ours stays a traceback."""
    from assets.reading import BadFile

    try:
        yield
    except BadFile as bad:
        raise CommandFailed("\n".join(map(str, bad.problems))) from bad
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise CommandFailed(f"{where}{error.strerror or error}") from error


def hall_folder(word: str) -> Path:
    """The hall directory that was named, absolute; CommandFailed where it is none."""
    folder = Path(word)
    if folder.name == "hall.toml" and folder.is_file():
        folder = folder.parent
    if any(ord(character) < ord(" ") for character in word):
        raise CommandFailed(f"{word!r} cannot be a hall directory: its name holds control characters")
    if not folder.exists():
        raise CommandFailed(f"{word}: there is no such directory. Make a hall: ./antrean hall new {word}")
    if not (folder / "hall.toml").is_file():
        raise CommandFailed(f"{word}: is no hall directory, it has no hall.toml. Make a hall: ./antrean hall new DIR")
    return folder.resolve()
