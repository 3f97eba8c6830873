"""A language's file to fill in: the lines of another language's file, each switched off until it is translated. Pure."""

import re

from contract.names import Language

_TABLE = re.compile(r"\[[a-z._]+\]\s*")

HEAD = """\
# {code}: take the # away from a line and put your own words between its quotes. What stands in {{braces}} stays as it is:
# the program fills it in. A line that keeps its # is shown in the language below. Then: ./antrean language check {code}

[language]
code = "{code}"
# Its own name for itself, as it stands on the language buttons. Without it the language is not offered.
# name = ""
# The language that is shown where a text is missing here.
below = "{origin}"
"""


def form_of(code: Language, text: str, origin: Language) -> str:
    """`text` is the file of the language to translate from. Its comments and its order stay."""
    lines = text.splitlines()
    begins = next(number for number, line in enumerate(lines) if line.strip() == "[dates]")
    return HEAD.format(code=code, origin=origin) + "\n" + "\n".join(map(_switched_off, lines[begins:])) + "\n"


def _switched_off(line: str) -> str:
    if not line.strip() or line.lstrip().startswith("#") or _TABLE.fullmatch(line):
        return line
    return f"# {line}"
