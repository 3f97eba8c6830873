"""A counter's own sign: its name above, its number in hand or what it is doing, words below."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ColorProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from display.countersign import CounterSignView
from display.screens.row import zone_colours
from display.sharing import Box
from ui.theme import theme


class CounterSignScreen(FloatLayout):
    """Shows display.countersign.CounterSignView. Boxes are left, bottom, width, height in pixels."""

    unit = NumericProperty(1)
    word = StringProperty("")
    name = StringProperty("")
    agency = StringProperty("")
    letter = StringProperty("")
    number = StringProperty("")
    title = StringProperty("")
    text = StringProperty("")
    clock = StringProperty("")
    number_type = NumericProperty(100)
    loud = BooleanProperty(False)
    """Whether the number is awaited here now: the middle is lit."""
    ground = ColorProperty()
    ink = ColorProperty()
    edge = ColorProperty([0, 0, 0, 0])
    zone_ground = ColorProperty([0, 0, 0, 0])
    zone_ink = ColorProperty([1, 1, 1, 1])
    top_box = ListProperty([0, 0, 100, 100])
    middle_box = ListProperty([0, 0, 100, 100])
    below_box = ListProperty([0, 0, 100, 100])

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        self._view: CounterSignView | None = None
        for name in ("size", "pos"):
            self.fbind(name, self._arrange)

    def show(self, view: CounterSignView) -> None:
        self._view = view
        self.word, self.name, self.agency = view.word, view.name, view.agency
        self.letter, self.number, self.clock = view.letter, view.number, view.clock
        self.title, self.text = view.title, view.text
        self._colour(view)
        self._arrange()

    def _colour(self, view: CounterSignView) -> None:
        self.loud = view.look == "called"
        self.edge = theme.attention if view.look == "warning" else [0, 0, 0, 0]
        self.ground = theme.attention if self.loud else theme.card
        match view.look:
            case "called":
                self.ink = theme.attention_ink
            case "away" | "warning":
                self.ink = theme.attention
            case "closed" | "old":
                self.ink = theme.soft
            case "open" | "serving":
                self.ink = theme.ink
        self.zone_ground, self.zone_ink = theme.card, theme.ink
        if view.colour:
            self.zone_ground, self.zone_ink = zone_colours(view.colour)

    def _arrange(self, *_: object) -> None:
        view = self._view
        if view is None or self.width <= 1:
            return
        self.unit = max(0.05, min(self.width / view.across, self.height / view.down))
        self.number_type = view.number_type * self.unit
        self.top_box, self.middle_box, self.below_box = (
            self._pixels(box) for box in (view.top, view.middle, view.below)
        )

    def _pixels(self, box: Box) -> list[float]:
        unit = self.unit
        return [
            self.x + box.left * unit,
            self.top - (box.top + box.height) * unit,
            box.width * unit,
            box.height * unit,
        ]


Builder.load_file(str(Path(__file__).with_name("countersign.kv")))
