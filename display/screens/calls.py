"""The board: calls on the left, what to bring and who waits on the right, the hall above, the running line below.

Sizes follow the panel: `unit` is a pixel of one that is 1920 by 1080. Which calls are lit was decided elsewhere.
"""

from pathlib import Path

from kivy.animation import Animation
from kivy.graphics import Color, SmoothRoundedRectangle
from kivy.graphics.texture import Texture
from kivy.lang import Builder
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from assets.palette import Colour, rgb
from contract.names import CallId
from display import views
from display.lines import RunningLine
from display.screens.row import CallRow, lay_out_lit, lay_out_recent
from display.signs import Sign
from ui.theme import theme
from ui.words import lines_of, width_of

TYPE_OF_HEIGHT = 0.75
"""The newest call's type size, as a share of its row's height."""

ROW_HEIGHT, ROW_TYPE = 140, 0.98
TOP, BOTTOM, LEFT, GAP = 120, 112, 44, 18
"""The calls' area and the space between them, in units."""

SIDE = 420
"""The width of the panels beside the calls, in units."""

SWELL_S = 0.3
CARD_SCALES = (1.0, 0.92, 0.84, 0.77, 0.7)


class ServiceCard(FloatLayout):
    """What to bring for one service, on the house's teal."""

    unit = NumericProperty(1)
    agency = StringProperty("")
    title = StringProperty("")
    text = StringProperty("")
    icon = StringProperty("")
    gradient = ObjectProperty(None, allownone=True)
    scale = NumericProperty(1)

    def __init__(self, **properties: object) -> None:
        self.gradient = _gradient(Colour("1E6B66"), Colour("0A3A42"))
        super().__init__(**properties)
        for name in ("size", "unit", "title", "text"):
            self.fbind(name, self._fit)

    def _fit(self, *_: object) -> None:
        """The largest type with which title and text keep inside the card; a long title is not cut off."""
        width, room = self.width - 64 * self.unit, self.height - 130 * self.unit
        for scale in CARD_SCALES:
            self.scale = scale
            sizes = (("Bold", self.title, 54 * self.unit * scale), ("Regular", self.text, 38 * self.unit * scale))
            lines = [(lines_of(text, font, size, width), size) for font, text, size in sizes]
            if (
                all(count is not None for count, _ in lines)
                and sum((count or 0) * 1.15 * size for count, size in lines) < room
            ):
                return


class WaitingRow(FloatLayout):
    """One agency and how many wait for it."""

    unit = NumericProperty(1)
    agency = StringProperty("")
    count = StringProperty("")


class SignCard(FloatLayout):
    """Words in the place of the newest call."""

    unit = NumericProperty(1)
    title = StringProperty("")
    text = StringProperty("")
    hint = StringProperty("")
    warning = BooleanProperty(False)
    picture = BooleanProperty(False)


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
    side = BooleanProperty(True)
    swells = BooleanProperty(True)
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
        self.unit = max(0.05, min(self.width / 1920, self.height / 1080))
        if self._view is not None:
            self._set_line(self._view.line)
            self._arrange()

    def _set_line(self, line: RunningLine) -> None:
        self.alert, self.tip = line.alert, line.text
        room = self.width - (2 * LEFT + 40) * self.unit
        wide = width_of(line.alert, "Bold", 44) + width_of(line.text, "Regular", 44)
        self.line_type = min(44 * self.unit, 44 * room / max(1.0, wide))

    def _arrange(self) -> None:
        """Give every call its place: the lit ones share what the others leave."""
        view = self._view
        if view is None or self.width <= 1:
            return
        unit = self.unit
        columns = 1 if len(view.lit) <= 4 else 2
        self.side = view.sight.side and columns == 1
        width = self.width - (2 * LEFT + (SIDE + 32 if self.side else 0)) * unit
        height = self.height - (TOP + BOTTOM) * unit
        # One lit call leaves the places of the rows below it free, even while there are fewer of them.
        below = view.sight.rows if len(view.lit) == 1 else len(view.rows)
        above = height - below * (ROW_HEIGHT + GAP) * unit
        self._use([call.call for call in (*view.lit, *view.rows)])
        if view.sign is not None:
            self._place_sign(view.sign, width, above)
        if view.lit:
            self._place_lit(view, columns, width, above)
        self._place_rows(view, width, above)
        self._show_sign(shown=view.sign is not None)

    def _place_lit(self, view: views.BoardView, columns: int, width: float, height: float) -> None:
        gap = GAP * self.unit
        lines = -(-len(view.lit) // columns)
        tall = (height - (lines - 1) * gap) / lines
        wide = (width - (columns - 1) * gap) / columns
        rows = [self._rows[call.call] for call in view.lit]
        for index, (row, call) in enumerate(zip(rows, view.lit, strict=True)):
            line, column = divmod(index, columns)
            row.size = wide, tall
            row.pos = (
                self.x + LEFT * self.unit + column * (wide + gap),
                self.top - TOP * self.unit - tall - line * (tall + gap),
            )
            if view.stale:
                row.ground, row.ink, row.arrow_ink, row.edge = theme.card, theme.soft, theme.edge, theme.edge
            else:
                row.ground, row.ink, row.arrow_ink = theme.attention, theme.attention_ink, theme.attention_ink
                row.edge = [0, 0, 0, 0]
            # In two columns there is no room for the word; the arrow says it.
            _say(row, call, call.word if columns == 1 else "")
        lay_out_lit(rows, TYPE_OF_HEIGHT * tall)

    def _place_rows(self, view: views.BoardView, width: float, above: float) -> None:
        tall, gap = ROW_HEIGHT * self.unit, GAP * self.unit
        rows = [self._rows[call.call] for call in view.rows]
        for index, (row, call) in enumerate(zip(rows, view.rows, strict=True)):
            row.size = width, tall
            row.pos = self.x + LEFT * self.unit, self.top - TOP * self.unit - above - (index + 1) * (tall + gap)
            row.ground, row.edge = theme.card, [0, 0, 0, 0]
            row.ink = theme.soft if view.stale else theme.ink
            row.arrow_ink = theme.edge if view.stale else theme.attention
            _say(row, call, call.word)
        lay_out_recent(rows, ROW_TYPE * tall)
        kept = view.sight.rows if len(view.lit) == 1 else 0
        self._keep_places(kept - len(rows), len(rows), width, above)

    def _keep_places(self, count: int, begin: int, width: float, above: float) -> None:
        """Where no call stands yet, its place is to be seen."""
        tall, gap = ROW_HEIGHT * self.unit, GAP * self.unit
        self.ids.places.canvas.clear()
        with self.ids.places.canvas:
            Color(*theme.card[:3], 0.4)
            for index in range(begin, begin + count):
                top = self.top - TOP * self.unit - above - (index + 1) * (tall + gap)
                place = self.x + LEFT * self.unit, top
                SmoothRoundedRectangle(pos=place, size=(width, tall), radius=[24 * self.unit])

    def _place_sign(self, sign: Sign, width: float, height: float) -> None:
        card = self._sign
        card.unit = self.unit
        card.size = width, height
        card.pos = self.x + LEFT * self.unit, self.top - TOP * self.unit - height
        card.title, card.text, card.hint, card.warning = sign.title, sign.text, sign.hint, sign.warning
        card.picture = not sign.warning and height > 600 * self.unit

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


def _say(row: CallRow, call: views.CallRow, word: str) -> None:
    row.number, row.word, row.counter, row.letter = call.number, word, call.counter, call.letter


def _gradient(above: Colour, below: Colour) -> Texture:
    steps = 64
    pixels = bytearray()
    for step in range(steps):
        share = step / (steps - 1)
        pixels += bytes(round(low + (high - low) * share) for low, high in zip(rgb(above), rgb(below), strict=True))
    texture = Texture.create(size=(1, steps), colorfmt="rgb")
    texture.blit_buffer(bytes(pixels), colorfmt="rgb", bufferfmt="ubyte")
    return texture


Builder.load_file(str(Path(__file__).with_name("calls.kv")))
