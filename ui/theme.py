"""The look that is worn now: colours of the palette, the family's weights and the icons, as Kivy knows them.

One object for a window; widgets bind to its colours, so that another palette is put on without building anything anew.
Sizes are in `dp` and `sp`: pixels of the drawing (ui.window), which keep their millimetres on every panel.
"""

import math

from kivy.core.text import LabelBase
from kivy.event import EventDispatcher
from kivy.metrics import dp
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty
from msgspec.structs import asdict

from assets import fonts, palette

WEIGHTS: tuple[fonts.Weight, ...] = ("Regular", "Semibold", "Bold", "Black")
ICONS = "Icons"

_ROLES = {"on_act": "act_ink", "on_attention": "attention_ink"}


def register_fonts() -> None:
    """Make the four weights and the icons known by name: "Regular", "Semibold", "Bold", "Black", "Icons"."""
    for weight in WEIGHTS:
        LabelBase.register(weight, str(fonts.path(weight)))
    LabelBase.register(ICONS, str(fonts.icon_font()))


def kivy_colour(colour: palette.Colour, opacity: float = 1.0) -> list[float]:
    """A colour of the palette as Kivy's red, green, blue, opacity."""
    return [channel / 255 for channel in palette.rgb(colour)] + [opacity]


class Theme(EventDispatcher):
    """The palette's roles by their names, and what follows from them.

    `act_ink` is what the palette calls `on_act` (Kivy would take that name for an event). `tint_ink`: icons on the tint. `shade`: the thin shadow under a card, without colour where cards have strong edges.
    `mark...`: the product's mark, the same in every look. `hairline`: a quiet line between areas. `veil`: what is pressed. `stage`: the ground of a screen that
    speaks to the whole hall (the act colour; the paper where contrast counts). `line`: width of the edge of what can be touched, in pixels of the drawing.
    """

    ink = ColorProperty()
    soft = ColorProperty()
    paper = ColorProperty()
    card = ColorProperty()
    edge = ColorProperty()
    act = ColorProperty()
    act_ink = ColorProperty()
    tint = ColorProperty()
    attention = ColorProperty()
    attention_ink = ColorProperty()
    priority = ColorProperty()
    priority_edge = ColorProperty()
    cannot = ColorProperty()
    cannot_ground = ColorProperty()

    tint_ink = ColorProperty()
    mark = ColorProperty(kivy_colour(palette.LIGHT.act))
    mark_tile = ColorProperty(kivy_colour(palette.LIGHT.on_act))
    mark_call = ColorProperty(kivy_colour(palette.LIGHT.attention))
    shade = ColorProperty()
    hairline = ColorProperty()
    veil = ColorProperty()
    stage = ColorProperty()
    stage_ink = ColorProperty()
    line = NumericProperty(2)
    high_contrast = BooleanProperty(False)

    floor = NumericProperty(0)
    growth = NumericProperty(0)
    """Type is never smaller than `floor` and all of it grows by `growth`; pixels of the drawing. See `sp`."""

    def set_type(self, floor: float, growth: float) -> None:
        """How large type is from now on; what was drawn before keeps its size until it is made anew."""
        self.floor, self.growth = floor, growth

    def wear(self, colours: palette.Theme, *, high_contrast: bool = False) -> None:
        """Put a palette on: everything that is drawn changes with it."""
        for role, colour in asdict(colours).items():
            setattr(self, _ROLES.get(role, role), kivy_colour(colour))
        on_tint = colours.act if palette.contrast(colours.act, colours.tint) >= palette.EDGE_RATIO else colours.on_act
        self.tint_ink = kivy_colour(on_tint)
        self.high_contrast = high_contrast
        self.line = 4 if high_contrast else 3
        self.shade = kivy_colour(colours.ink, 0.0 if high_contrast else 0.12)
        self.veil = kivy_colour(colours.ink, 0.35 if high_contrast else 0.14)
        self.stage = self.paper if high_contrast else self.act
        self.stage_ink = self.ink if high_contrast else self.act_ink
        self.hairline = kivy_colour(colours.ink, 1.0 if high_contrast else 0.16)


theme = Theme()
"""The one that widgets are bound to."""
theme.wear(palette.LIGHT)


def sp(size: float) -> float:
    """A type size of the drawing in pixels of this panel, whole, as the visitor wants it. `sp(0)` is the smallest of all."""
    return float(math.ceil(dp(max(theme.floor, size) + theme.growth) - 0.001))
