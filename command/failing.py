"""How a command ends when it cannot do what it was told: one clear message, no traceback, exit code 1."""

import contextlib
import errno
import shutil
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
        raise CommandFailed(in_words(error)) from error


def is_of_the_machine(error: OSError) -> bool:
    """Whether it is a right that is lacking or a disk that takes nothing: a technician's to mend, and no fault of ours."""
    return error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT}


def in_words(error: OSError) -> str:
    """What went wrong with which file."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        # It carries a list of (from, to, why); one file tells as much as all.
        source, target, why = error.args[0][0]
        return f"{source} could not be copied to {target}: {why}"
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


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
