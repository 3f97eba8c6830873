"""The board: calls, media and who waits beside or below them, the hall above, the running line below.

Sizes follow the window: `unit` is the pixels of a unit (display.sight). What stands where was decided elsewhere.
"""

from pathlib import Path

from kivy.animation import Animation
from kivy.graphics import Color, SmoothRoundedRectangle
from kivy.lang import Builder
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

import display.screens.media
import display.screens.table
import display.screens.waiting  # noqa: F401 - calls.kv is made of them
from contract.names import CallId
from display import views
from display.layout import BAR, Placed
from display.lines import RunningLine
from display.screens.row import CallRow
from display.screens.sign import SignCard
from display.sharing import Box
from display.signs import Sign
from ui.theme import theme
from ui.words import width_of

SWELL_S = 0.3


class CallsScreen(FloatLayout):
    """Shows display.views.BoardView."""

    unit = NumericProperty(1)
    hall = StringProperty("")
    place = StringProperty("")
    date = StringProperty("")
    clock = StringProperty("")
    alert = StringProperty("")
    tip = StringProperty("")
    line_type = NumericProperty(44)
    caption = StringProperty("")
    page = StringProperty("")
    swells = BooleanProperty(True)
    tall = BooleanProperty(False)
    bar = NumericProperty(92)
    first_line = NumericProperty(46)
    second_line = NumericProperty(46)
    hall_width = NumericProperty(1)
    picture = ObjectProperty(None, allownone=True)
    table = ObjectProperty(None, allownone=True)
    queues = ListProperty([])
    card = ObjectProperty(None, allownone=True, rebind=True)

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        self._rows: dict[CallId, CallRow] = {}
        self._sign = SignCard()
        self._view: views.BoardView | None = None
        for name in ("size", "pos"):
            self.fbind(name, self._resized)

    def show(self, view: views.BoardView) -> None:
        """Set what differs. A call that has not been the newest before swells for a moment."""
        before = self._view
        self._view = view
        self.hall, self.place, self.date, self.clock = view.hall, view.place, view.date, view.clock
        self.caption, self.page = view.waiting.caption, view.waiting.page
        self.queues = list(view.waiting.rows)
        self.card = view.card
        self.picture = view.picture
        self.table = view.table
        self._measure(view.placed)
        self._set_line(view.line)
        self._arrange()
        news = view.lit[0].call if view.lit and not view.stale else None
        if news is not None and before is not None and news not in {call.call for call in (*before.lit, *before.rows)}:
            self._swell(self._rows[news])

    def _swell(self, row: CallRow) -> None:
        """Large for a moment, where it stands alone; with others beside it, light is attention enough."""
        Animation.cancel_all(row, "swell")
        row.swell = 0
        if self.swells and self._view is not None and len(self._view.lit) == 1:
            out = Animation(swell=10 * self.unit, duration=SWELL_S * 0.4, t="out_quad")
            (out + Animation(swell=0, duration=SWELL_S * 0.6, t="in_out_quad")).start(row)

    def _resized(self, *_: object) -> None:
        if self._view is not None:
            self._measure(self._view.placed)
            self._set_line(self._view.line)
            self._arrange()

    def _measure(self, placed: Placed) -> None:
        self.unit = max(0.05, min(self.width / placed.across, self.height / placed.down))
        self.tall = placed.head.height > BAR
        self.bar = placed.head.height * self.unit
        # On an upright panel the bars have two lines.
        self.first_line, self.second_line = (0.34 * self.bar, 0.75 * self.bar) if self.tall else (self.bar / 2,) * 2
        self.hall_width = 1.01 * width_of(self.hall, "Bold", 42 * self.unit) + 4 * self.unit

    def _set_line(self, line: RunningLine) -> None:
        self.alert, self.tip = line.alert, line.text
        wide = [width_of(line.alert, "Bold", 44), width_of(line.text, "Regular", 44)]
        room = self.width - 2 * 44 * self.unit
        # On an upright panel they stand one above the other.
        longest = max(wide) if self.tall else sum(wide) + 40
        self.line_type = min(44 * self.unit, 44 * room / max(1.0, longest))

    def _arrange(self) -> None:
        """Give every call its place."""
        view = self._view
        if view is None or self.width <= 1:
            return
        placed = view.placed
        self._use([call.call for call in (*view.lit, *view.rows)])
        for call, place in zip(view.lit, placed.lit, strict=True):
            row = self._rows[call.call]
            self._put(row, place.box)
            if view.stale:
                row.ground, row.ink, row.arrow_ink, row.edge = theme.card, theme.soft, theme.edge, theme.edge
            else:
                row.ground, row.ink, row.arrow_ink = theme.attention, theme.attention_ink, theme.attention_ink
                row.edge = [0, 0, 0, 0]
            row.say(call, place.fit)
        for call, place in zip(view.rows, placed.rows, strict=True):
            row = self._rows[call.call]
            self._put(row, place.box)
            row.ground, row.edge = theme.card, [0, 0, 0, 0]
            row.ink = theme.soft if view.stale else theme.ink
            row.arrow_ink = theme.edge if view.stale else theme.attention
            row.say(call, place.fit)
        self._keep_places(placed.empty)
        self._put_beside(placed)
        if view.sign is not None and placed.sign is not None:
            self._place_sign(view.sign, placed.sign)
        self._show_sign(shown=view.sign is not None)

    def _put(self, widget: Widget, box: Box) -> None:
        unit = self.unit
        widget.size = box.width * unit, box.height * unit
        widget.pos = self.x + box.left * unit, self.top - (box.top + box.height) * unit

    def _put_beside(self, placed: Placed) -> None:
        beside = (("media", placed.media), ("waiting", placed.waiting), ("table", placed.agencies))
        for name, box in beside:
            widget = self.ids[name]
            widget.opacity = 1 if box else 0
            if box:
                self._put(widget, box)

    def _keep_places(self, boxes: tuple[Box, ...]) -> None:
        """Where no call stands yet, its place is to be seen."""
        unit = self.unit
        self.ids.places.canvas.clear()
        with self.ids.places.canvas:
            Color(*theme.card[:3], 0.4)
            for box in boxes:
                SmoothRoundedRectangle(
                    pos=(self.x + box.left * unit, self.top - (box.top + box.height) * unit),
                    size=(box.width * unit, box.height * unit),
                    radius=[24 * unit],
                )

    def _place_sign(self, sign: Sign, box: Box) -> None:
        card = self._sign
        card.unit = self.unit
        self._put(card, box)
        card.title, card.text, card.hint, card.warning = sign.title, sign.text, sign.hint, sign.warning
        card.picture = not sign.warning and box.height > 600

    def _show_sign(self, *, shown: bool) -> None:
        if shown and self._sign.parent is None:
            self.ids.calls.add_widget(self._sign)
        elif not shown and self._sign.parent is not None:
            self.ids.calls.remove_widget(self._sign)

    def _use(self, calls: list[CallId]) -> None:
        """Have one row for each of these calls. A call keeps its row: to draw its large letters anew takes time."""
        free = [self._rows.pop(call) for call in [*self._rows] if call not in calls]
        for call in calls:
            if call not in self._rows:
                self._rows[call] = free.pop() if free else self._new_row()
            self._rows[call].unit = self.unit
        for row in free:
            self.ids.calls.remove_widget(row)

    def _new_row(self) -> CallRow:
        row = CallRow()
        self.ids.calls.add_widget(row)
        return row


Builder.load_file(str(Path(__file__).with_name("calls.kv")))
