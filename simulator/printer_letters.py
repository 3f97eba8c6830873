"""How a printer's letters look, and its own QR codes: the commands that leave no mark but change what the next mark is.

Pure. It must never know paper or a socket.
"""

from collections.abc import Callable

import msgspec
import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from simulator.printer_paper import PLAIN, Style

LEVELS = {48: ERROR_CORRECT_L, 49: ERROR_CORRECT_M, 50: ERROR_CORRECT_Q, 51: ERROR_CORRECT_H}
LONGEST_CODE_BYTES = 400

CHANGES: dict[bytes, Callable[[Style, int], Style]] = {
    b"\x1ba": lambda style, n: msgspec.structs.replace(style, place=n % 48 % 3),
    b"\x1bE": lambda style, n: msgspec.structs.replace(style, bold=bool(n & 1)),
    b"\x1dB": lambda style, n: msgspec.structs.replace(style, white=bool(n & 1)),
    b"\x1d!": lambda style, n: msgspec.structs.replace(style, wide=(n >> 4 & 7) + 1, high=(n & 7) + 1),
    b"\x1b!": lambda style, n: msgspec.structs.replace(
        style, wide=1 + (n >> 5 & 1), high=1 + (n >> 4 & 1), bold=bool(n & 8)
    ),
}


class Hand:
    """What a printer remembers of how to write."""

    def __init__(self) -> None:
        self.style = PLAIN
        self._module, self._level, self._stored = 3, ERROR_CORRECT_L, b""

    def note(self, command: bytes) -> Image.Image | None:
        """A command that was passed over by the paper. Returns a QR code (mode "1", 1 is ink) where one was ordered."""
        if change := CHANGES.get(command[:2]):
            self.style = change(self.style, command[2])
        if command[:3] != b"\x1d(k" or len(command) < 8 or command[5] != ord("1"):
            return None
        match command[6], command[7:]:
            case 67, size:
                self._module = size[0]
            case 69, level:
                self._level = LEVELS.get(level[0], ERROR_CORRECT_L)
            case 80, stored:
                self._stored = stored[1 : LONGEST_CODE_BYTES + 1]
            case 81, _ if self._stored:
                return self._code()
            case _:
                pass
        return None

    def _code(self) -> Image.Image:
        """Without a quiet zone, as printers make them."""
        code = qrcode.QRCode(error_correction=self._level, border=0)
        code.add_data(self._stored)
        code.make(fit=True)
        modules = code.get_matrix()
        size = len(modules)
        bits = Image.frombytes("L", (size, size), bytes(255 if dark else 0 for row in modules for dark in row))
        return bits.resize((size * self._module, size * self._module), Image.Resampling.NEAREST).convert("1")
