"""The bytes of a job, as the printer's own language has them. The only file that knows python-escpos.

The library builds in memory (its `Dummy`) and sends nothing. Of a ticket's words no byte can become a command: on a
picture they are dots, and native text is let through as printable ASCII only, whoever made it.
"""

import inspect
import logging
import os
import tempfile
import threading
from typing import Any, assert_never

from PIL import Image

from kiosk.printing.kinds import Profile
from kiosk.printing.letters import Code, Letters, Words

SLICE_ROWS = 128
"""Rows of one raster command: small enough for the input buffer of the cheapest printers."""
LONGEST_WORDING = 512
"""Bytes of the longest command in a ticket in letters: a QR code with its address."""
LOADING = threading.Lock()
CACHE_SETTING = "ESCPOS_CAPABILITIES_PICKLE_DIR"
AS_IN_AMERICA = b"\x1bR\x00"
"""ESC R 0. Printers sold in a country may have its letters in the place of # $ @ [ ] { }, also after ESC @."""


class JobBuilder:
    """Makes jobs for one kind of printer. Loading the library takes a quarter of a second."""

    def __init__(self, profile: Profile, *, cuts: bool | None = None) -> None:
        """`cuts`: whether it has a knife, as it said itself; None goes by the profile."""
        self._library = _load_library()
        self._profile = profile
        self._cuts = cuts

    def build(self, ticket: Image.Image | Letters) -> bytes:
        """A whole ticket: initialised, printed, cut as far as the printer can."""
        builder = self._library(profile=self._profile)
        builder.hw("INIT")
        if isinstance(ticket, Letters):
            _add_letters(builder, ticket)
        else:
            _add_picture(builder, ticket)
        _cut(builder, self._cuts)
        return bytes(builder.output)


def longest_command(ticket: Image.Image | Letters, width_dots: int) -> int:
    """The bytes of the longest command in a job: what a printer may still wait for when the job broke off."""
    return LONGEST_WORDING if isinstance(ticket, Letters) else SLICE_ROWS * width_dots // 8


def _add_picture(builder: Any, picture: Image.Image) -> None:
    # The check of widths is done before (printer.check_picture); profiles know only one width of their printer.
    builder.profile.profile_data = {**builder.profile.profile_data, "media": {"width": {"pixels": picture.width}}}
    builder.image(picture, impl="bitImageRaster", fragment_height=SLICE_ROWS)


def _add_letters(builder: Any, letters: Letters) -> None:
    builder._raw(AS_IN_AMERICA)  # noqa: SLF001 - the library has no name for it
    builder.charcode("CP437")  # ESC t 0: every printer's page 0; beyond ASCII nothing of it is used
    for line in letters.lines:
        match line:
            case Words():
                _add_words(builder, line)
            case Code(address=address, module=module):
                if builder.profile.supports("qrCode"):  # the library's own qr() would not ask
                    builder.set(align="center", custom_size=True, width=1, height=1)
                    builder.text("\n")  # above and below a line of blank: the quiet zone
                    builder.qr(_let_through(address), native=True, size=module, ec=1)
                    builder.text("\n")
            case _:
                assert_never(line)


def _add_words(builder: Any, words: Words) -> None:
    builder.set(
        align="center" if words.middle else "left",
        bold=words.bold,
        invert=words.white,
        custom_size=True,
        width=words.wide,
        height=words.high,
    )
    builder.text(_let_through(words.text) + "\n")


def _let_through(text: str) -> str:
    """Printable ASCII, whatever came."""
    return "".join(letter if " " <= letter <= "~" else "?" for letter in text)


def _cut(builder: Any, cuts: bool | None) -> None:
    """Feeds just as far as the knife. Where there is none, first so far that the ticket can be torn off.

    The order to cut is given in any case: kiosks are often built with a knife that the bare printer does not have.
    """
    if cuts is None:
        cuts = builder.profile.supports("paperFullCut") or builder.profile.supports("paperPartCut")
    if not cuts:
        builder.print_and_feed(6)
    builder.cut(feed=False)


def _load_library() -> Any:
    """See _loaded. One thread at a time: loading changes what all of them share."""
    with LOADING:
        return _loaded()


def _loaded() -> Any:
    """The builder of jobs. On import the library unpickles a cache, leaves a folder behind and sets up logging: kept away.

    A cache would save 0.15 s of a start and could be spoilt by a power cut; so it gets a folder that goes at once.
    """
    root = logging.getLogger()
    quiet = logging.NullHandler()
    root.addHandler(quiet)  # basicConfig does nothing where a handler is
    set_before = os.environ.get(CACHE_SETTING)
    make_folder = tempfile.mkdtemp
    try:
        with tempfile.TemporaryDirectory(prefix="escpos-") as folder:

            def folder_for_the_library(*arguments: Any, **named: Any) -> str:
                """It makes a folder even where it is told one; everybody else gets what they ask for."""
                asker = inspect.currentframe()
                by_library = asker and asker.f_back and asker.f_back.f_globals["__name__"] == "escpos.capabilities"
                return folder if by_library else make_folder(*arguments, **named)

            os.environ[CACHE_SETTING] = folder
            tempfile.mkdtemp = folder_for_the_library  # type: ignore[assignment] # its overloads say str for str
            from escpos.printer import Dummy  # noqa: PLC0415 - importing has effects; only here are they held
    finally:
        tempfile.mkdtemp = make_folder
        root.removeHandler(quiet)
        os.environ.pop(CACHE_SETTING)
        if set_before is not None:
            os.environ[CACHE_SETTING] = set_before
    return Dummy
