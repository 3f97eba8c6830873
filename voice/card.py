"""A sound card as the display's loudspeaker sees it: a queue of samples that the card eats, and nothing more.

The real one is SDL's (ui/sdl_card.py). A card can hang: `close` may then never return, `queued` stands still.
"""

from typing import Protocol

FRAMES_PER_S = 44_100
BYTES_PER_FRAME = 4
"""Two channels of 16 bit."""

BYTES_PER_S = FRAMES_PER_S * BYTES_PER_FRAME


class NoCard(Exception):
    """There is no such sound card, or it does not open. The words say which there are."""


class OpenCard(Protocol):
    """A card at work; it plays silence when its queue is empty."""

    def queue(self, samples: bytes) -> None:
        """Put samples behind those that wait. NoCard where it takes none."""

    def queued(self) -> int:
        """Bytes that wait; never rises by itself. A card that was pulled out may go on eating: see `away`."""

    def away(self) -> bool:
        """Whether the card was pulled out or gave up."""

    def close(self) -> None:
        """Silence at once. May take for ever with a card that hangs."""


class Cards(Protocol):
    """The machine's sound."""

    def open(self) -> OpenCard:
        """The card that was chosen. NoCard where it is not there. May take long with a card that hangs."""

    def fit(self, samples: bytes, channels: int, frames_per_s: int, volume: float) -> bytes:
        """16-bit samples as every open card takes them, made quieter to `volume` (0 to 1). NoCard without a sound library."""
