"""A quick way to draw a paper: its words as they are, in the dots of a picture that the simulated printer takes.

Drawing a ticket as it is seen takes 40 ms, a simulated day has thousands. What comes out of the printer can be read
again, so that the simulation knows what a visitor holds and not only what was sent.
"""

from msgspec import structs
from PIL import Image

from kiosk.printing.blocks import Block, Numeral, Paper


def stamp(paper: Paper) -> Image.Image:
    """A picture as wide as the paper that carries the paper's words."""
    words = "\n".join(_words(block) for block in paper.blocks).encode()
    in_a_row = paper.width // 8
    rows = len(words) // in_a_row + 1
    return Image.frombytes("1", (paper.width, rows), words.ljust(in_a_row * rows, b"\0"))


def read(picture: Image.Image) -> str:
    """The words of a stamped picture, a line for each thing on the paper; a number's line begins with "number: "."""
    return picture.tobytes().rstrip(b"\0").decode()


def numbers_on(words: str) -> list[str]:
    """The numbers on a paper, from its top."""
    return [line.removeprefix(_NUMBER) for line in words.split("\n") if line.startswith(_NUMBER)]


_NUMBER = "number: "


def _words(block: Block) -> str:
    if isinstance(block, Numeral):
        return f"{_NUMBER}{block.number}"
    return " ".join(value for value in structs.asdict(block).values() if isinstance(value, str))
