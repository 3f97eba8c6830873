"""One call on the board: number, arrow, counter, the letter of its zone. Number and counter are as large as each other.

Knows what it shows and where its pieces were placed, not why.
"""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that row.kv is made of
from assets.palette import Colour, ink_on
from display.fitting import TIMES_GAP, TIMES_SHARE, Fit
from display.views import CallRow as Call
from display.widths import width_of
from ui.theme import kivy_colour

AGAIN_ROOM = 84
"""Where so much is free above a number, in units, it is also said in words that it was called before."""


def zone_colours(written: str) -> tuple[list[float], list[float]]:
    """Of a zone's colour (six hexadecimal digits) its ground, and the ink of what stands on it."""
    colour = Colour(written)
    return kivy_colour(colour), kivy_colour(ink_on(colour))


class ZoneMark(FloatLayout):
    """A zone's letter in a ring, on the zone's colour where it has one."""

    letter = StringProperty("")
    ink = ColorProperty([1, 1, 1, 1])
    fill = ColorProperty([0, 0, 0, 1])
    letter_ink = ColorProperty([1, 1, 1, 1])


class CallRow(FloatLayout):
    """Give it a place, colours and a call with its fit. All lengths in pixels; lines are measured from the top."""

    number = StringProperty("")
    word = StringProperty("")
    counter = StringProperty("")
    letter = StringProperty("")
    again = StringProperty("")
    times = StringProperty("")
    unit = NumericProperty(1)
    ground = ColorProperty()
    ink = ColorProperty()
    arrow_ink = ColorProperty()
    edge = ColorProperty([0, 0, 0, 0])
    swell = NumericProperty(0)

    zone_ground = ColorProperty([0, 0, 0, 0])
    zone_ink = ColorProperty([1, 1, 1, 1])
    coloured = BooleanProperty(False)

    padding = NumericProperty(48)
    ring = NumericProperty(96)
    number_type = NumericProperty(100)
    word_type = NumericProperty(100)
    counter_type = NumericProperty(100)
    arrow_size = NumericProperty(40)
    arrow_at = NumericProperty(0)
    word_at = NumericProperty(0)
    counter_at = NumericProperty(0)
    number_line = NumericProperty(0)
    counter_line = NumericProperty(0)
    times_at = NumericProperty(0)
    times_type = NumericProperty(1)

    def say(self, call: Call, fit: Fit) -> None:
        """Show this call in this way."""
        unit = self.unit
        self.number, self.counter, self.letter = call.number, call.counter, call.letter
        self.word = call.word if fit.word_type else ""
        self.again = call.again if fit.above >= AGAIN_ROOM else ""
        self.times = call.times
        self.padding, self.ring, self.arrow_size = fit.padding * unit, fit.ring * unit, fit.arrow_size * unit
        self.number_type, self.word_type = fit.number_type * unit, fit.word_type * unit
        self.counter_type = fit.counter_type * unit
        self.arrow_at, self.word_at, self.counter_at = fit.arrow_at * unit, fit.word_at * unit, fit.counter_at * unit
        self.number_line, self.counter_line = fit.number_line * unit, fit.counter_line * unit
        self.times_type = TIMES_SHARE * self.number_type
        self.times_at = self.padding + self.number_type * (width_of(call.number) + TIMES_GAP)
        self.coloured = bool(call.colour)
        if call.colour:
            self.zone_ground, self.zone_ink = zone_colours(call.colour)


Builder.load_file(str(Path(__file__).with_name("row.kv")))
