"""The command line's door: finds the command that was named and hands over. Every command is imported only when named."""

import importlib
import os
import sys
from typing import NamedTuple


class Command(NamedTuple):
    """One word of the command line. `module:function` takes the words after it and returns the exit code."""

    word: str
    takes: str
    does: str
    place: str


GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        "See it",
        (
            Command("demo", "[--headless] [--out DIR]", "a whole hall at work on this machine", "command.demo:run"),
            Command(
                "hall new",
                "DIR [--always-open] [--port N]",
                "make a hall of your own from the example",
                "command.hall:run",
            ),
        ),
    ),
    (
        "Run a hall",
        (
            Command("serve", "DIR", "broker and hub of a hall, kept running", "command.serve:run"),
            Command("broker", "DIR", "the broker alone", "command.start:broker"),
            Command("hub", "DIR", "the hub alone, with the officers' pages", "command.start:hub"),
            Command("kiosk", "FILE", "a kiosk, from its device file", "command.start:kiosk"),
            Command("display", "FILE", "a hall display, from its device file", "command.start:display"),
        ),
    ),
    (
        "Look after a hall",
        (
            Command("check", "DIR", "everything that is wrong with a hall, at once", "command.check:run"),
            Command("ticket preview", "LAYOUT", "the printed ticket as a picture", "command.ticket:run"),
            Command("clips", "missing | cut | play", "calls in a recorded voice", "command.clips:run"),
            Command("device add", "DIR NAME --role ROLE", "let a new device in, at once", "command.device:run"),
            Command(
                "notice",
                "DIR --level LEVEL --text WORDS",
                "say something to the whole hall, or take it back",
                "command.notice:run",
            ),
            Command("device list", "DIR", "the hall's devices", "command.device:run"),
            Command("device pin", "DIR NAME", "the PIN of a kiosk's set-up page", "command.device:run"),
            Command("device remove", "DIR NAME", "shut a device out, at once", "command.device:run"),
            Command(
                "journal verify",
                "DIR",
                "prove every row of the journal, also while the hub runs",
                "command.journal:run",
            ),
            Command("journal repair", "DIR", "cut a torn end off the journal, and keep it", "command.journal:run"),
            Command("journal backup", "DIR FILE", "a whole copy, also while the hub runs", "command.journal:run"),
        ),
    ),
    (
        "Work on the code",
        (
            Command(
                "language",
                "check CODE | new CODE | list",
                "the languages: what one lacks, a new one",
                "command.language:run",
            ),
            Command("test", "[ARGUMENTS FOR PYTEST]", "everything that guards the project", "command.test:run"),
            Command(
                "bench",
                "[--json FILE] [--only NAME]",
                "what things take here, and which bars hold",
                "command.bench:run",
            ),
            Command("soak", "", "the tests that take longer", "command.soak:run"),
            Command(
                "simulate",
                "[--seed N] [--hours H]",
                "a whole hall day in seconds, full of trouble",
                "command.simulate:run",
            ),
            Command(
                "printer", "--port N --out DIR", "a printer on the wire, its paper as pictures", "command.start:printer"
            ),
            Command("setup", "", "install what running and testing need, and nothing else", ""),
        ),
    ),
)


def main(words: list[str]) -> int:
    """The exit code: 0 done, 1 it could not be done, 2 it was not understood."""
    if not words or words[0] in ("help", "--help", "-h"):
        print(overview())
        return 0
    places = {command.word.split()[0]: command.place for _, commands in GROUPS for command in commands}
    word, rest = words[0], words[1:]
    place = places.get(word)
    if not place:
        print(
            f"antrean: there is no command {word!r}{_nearest(word, places)} What there is: ./antrean", file=sys.stderr
        )
        return 2
    from command.failing import CommandFailed

    module, function = place.split(":")
    try:
        code: int = getattr(importlib.import_module(module), function)(rest)
    except CommandFailed as failed:
        print(f"antrean {word}: {failed}", file=sys.stderr)
        return 1
    except OSError as error:
        from command.failing import in_words, is_of_the_machine

        if not is_of_the_machine(error):
            raise
        print(f"antrean {word}: {in_words(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def run(words: list[str]) -> int:
    """As main. Whoever reads our output may stop reading (`./antrean | head`): that is no fault."""
    try:
        code = main(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer goes nowhere when Python flushes it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def overview() -> str:
    """What `./antrean` alone says."""
    lines = ["Antrean: the queue of a public service hall.", ""]
    for title, commands in GROUPS:
        lines.append(f"{title}:")
        lines += [f"  ./antrean {f'{one.word} {one.takes}'.rstrip():<38} {one.does}" for one in commands]
        lines.append("")
    return "\n".join([*lines, "More on each: ./antrean WORD --help"])


def _nearest(word: str, known: dict[str, str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word.lower(), known, n=1)
    return f"; did you mean {close[0]!r}?" if close else "."


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
