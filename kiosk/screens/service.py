"""One service before its number: how many wait, what to bring, time, fee, place; the two buttons last and largest."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.metrics import dp
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, OptionProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.faces import ServiceFace
from kiosk.numbers import Numbers
from kiosk.screens.page import Page, pieces, put, set_button
from kiosk.serviceplan import ServicePlan
from kiosk.shape import Box
from ui.theme import sp, theme
from ui.widgets import Card, TextButton
from ui.words import height_of, lines_of, stands

Height = Callable[[str, str, float, float], float]
"""Of a text, font, type size and width: the height, all in pixels."""

ITEM, NOTE, FACT = 42, 34, 38
"""Type sizes in pixels of the drawing. Long lists are set in smaller type, down to the smallest that there is."""

ICON_ROOM = 60
LABEL_ROOM = 232
"""What a fact's label takes beside its sentence, in pixels of the drawing."""


class StatCard(Card):
    """A number with its label above."""

    label = StringProperty("")
    value = StringProperty("")
    halign = StringProperty("left")
    manner = OptionProperty("tall", options=("tall", "level", "compact"))


class Tab(TextButton):
    """One of two pages; the one that is shown is filled and cannot be touched."""

    here = BooleanProperty(False)


class Extra(TextButton):
    """One more service, or help on the way: smaller than a number, and `on` when something was chosen there."""

    on = BooleanProperty(False)


class Item(Widget):
    """A thing to bring, or a step with its number, and a remark on it."""

    text = StringProperty("")
    note = StringProperty("")
    mark = StringProperty("")
    scale = NumericProperty(1.0)

    def high(self, width: float, scale: float, height: Height) -> float:
        """The height that it takes in this width with its type scaled, in pixels."""
        room = width - dp(64) - theme.growth * dp(1.2)
        note = max(sp(0), sp(NOTE) * scale)
        return height(self.text, "Regular", sp(ITEM) * scale, room) + height(self.note, "Regular", note, room)


class FactItem(Widget):
    """A labelled sentence with its icon."""

    icon = StringProperty("")
    label = StringProperty("")
    text = StringProperty("")
    scale = NumericProperty(1.0)
    below = BooleanProperty(False)
    """Whether the sentence stands below its label instead of beside it."""
    label_room = NumericProperty(dp(LABEL_ROOM))
    label_high = NumericProperty(0)

    def high(self, width: float, scale: float, height: Height) -> float:
        """The height that it takes in this width with its type scaled, in pixels."""
        self.below = bool(theme.growth) or width < dp(700)
        label = max(sp(0), sp(NOTE) * scale) * 1.257 + dp(2)
        room = width - dp(ICON_ROOM) - (0 if self.below else self.label_room)
        text = height(self.text, "Regular", max(sp(0), sp(FACT) * scale), room)
        return float(text + label if self.below else max(text, label))


class Service(Page):
    """Shows a ServiceFace, everything where its plan says. The list and the facts share the sheet."""

    icon = StringProperty("")
    agency = StringProperty("")
    title = StringProperty("")
    list_icon = StringProperty("")
    list_title = StringProperty("")
    take_small = StringProperty("")
    cannot = StringProperty("")
    cannot_when = StringProperty("")
    can = BooleanProperty(True)
    has_pages = BooleanProperty(False)
    where_part = StringProperty("")
    list_title_high = NumericProperty(0)
    priority_icons = ListProperty()
    warning = StringProperty("")
    """What to know before a number is taken; it stands above what takes one."""
    scale = NumericProperty(1.0)
    fits = BooleanProperty(True)
    """Whether list and facts keep inside their cards."""

    def __init__(self, **properties: Any) -> None:
        self._arranges = Clock.create_trigger(self._arrange, -1)
        super().__init__(**properties)
        for name in ("size", "pos"):
            self.fbind(name, self._arranges)
        self.ids.sheet.fbind("size", self._arranges)
        self.ids.sheet.fbind("pos", self._arranges)

    def fill(self, face: ServiceFace) -> None:
        self.icon, self.agency, self.title = face.icon, face.agency, face.title
        self.list_icon, self.list_title = face.list_icon, face.list_title
        for widget, stat in zip(pieces(self.ids.stats, len(face.stats), StatCard), face.stats, strict=True):
            widget.label, widget.value = stat.label, stat.value
        self._show_extras(face)
        self._place(face.plan)
        self._show_parts(face)
        for tab, button in zip(pieces(self.ids.tabs, len(face.tabs), Tab), face.tabs, strict=True):
            set_button(tab, button)
            tab.here = button.choice is None
        for item, line in zip(pieces(self.ids.lines, len(face.lines), Item), face.lines, strict=True):
            item.text, item.note, item.mark = line.text, line.note, line.mark
        for item, fact in zip(pieces(self.ids.facts, len(face.facts), FactItem), face.facts, strict=True):
            item.icon, item.label, item.text = fact.icon, fact.label, fact.text
        self.take_small, self.cannot, self.cannot_when = face.take_small, face.cannot, face.cannot_when
        self.can = face.take is not None
        self.priority_icons = list(face.priority_icons)
        for button, wanted in ((self.ids.take, face.take), (self.ids.priority, face.priority)):
            button.choice = wanted.choice if wanted else None
            button.label = wanted.label if wanted else ""
        self.warning = "\n".join(face.warnings)
        self._arranges()

    def _place(self, plan: ServicePlan) -> None:
        agency = plan.agency
        for name, box in (
            ("agency", Box(agency.x + ICON_ROOM, agency.y, agency.width - ICON_ROOM, agency.height)),
            ("title", plan.title),
            ("stats", plan.stats),
            ("tabs", plan.tabs),
            ("sheet", plan.sheet),
            ("warning_card", plan.warning),
            ("extras", plan.extras),
            ("take", plan.take),
            ("priority", plan.priority),
            ("cannot_card", plan.cannot),
        ):
            put(self.ids[name], box)
        self.ids.extras.columns, self.ids.extras.rows = plan.extra_rows.columns, plan.extra_rows.rows
        for extra in self.ids.extras.children:
            extra.stacked = plan.extra_rows.stacked
        arrange_stats(self.ids.stats, plan.counts)

    def _show_extras(self, face: ServiceFace) -> None:
        """Icons of the help that was chosen say what it is."""
        wanted = [button for button in (face.add, face.needs) if button is not None]
        for extra, button in zip(pieces(self.ids.extras, len(wanted), Extra), wanted, strict=True):
            set_button(extra, button)
            extra.on = button is face.needs and bool(face.needs_icons)

    def _show_parts(self, face: ServiceFace) -> None:
        """Names of the parts, or buttons from page to page; and how much height the headings and numbers need."""
        self.has_pages = face.pages is not None
        self.where_part = face.pages.where if face.pages else ""
        for button, wanted in (
            (self.ids.previous, face.pages.previous if face.pages else None),
            (self.ids.next, face.pages.next if face.pages else None),
        ):
            button.choice = wanted.choice if wanted else None
            button.label, button.icon = (wanted.label, wanted.icon) if wanted else ("", "")
        titled = lines_of(face.list_title, "Bold", sp(42), self.ids.sheet.width - dp(130)) or 1
        self.list_title_high = sp(42) * 1.257 * min(2, titled) + dp(4) if face.list_title else 0

    def _arrange(self, *_: object) -> None:
        """Both cards shrink their type together until they fit; what room is left over is the list's."""
        room, gap, pad = self.ids.sheet, dp(22), dp(24)
        lines = list(reversed(self.ids.lines.children))
        facts = list(reversed(self.ids.facts.children))
        wide = room.width - 2 * dp(44)
        above, smallest = self.list_title_high + dp(10) * bool(self.list_title), sp(0) / sp(ITEM)
        scale = 1.0
        while True:
            between = dp(16) * scale
            heights = [line.high(wide, scale, height_of) for line in lines]
            rows = [fact.high(wide, scale, height_of) for fact in facts]
            facts_high = sum(rows) + between * (len(rows) - 1) + 2 * pad if rows else 0
            list_high = sum(heights) + between * (len(heights) - 1) + above + 2 * pad if heights else 0
            taken = facts_high + list_high + (gap if rows and heights else 0)
            if taken <= room.height or scale <= smallest:
                break
            scale = max(smallest, scale - 0.02)
        self.scale, self.fits = scale, taken <= room.height
        heights = [line.high(wide, scale, stands) for line in lines]
        rows = [fact.high(wide, scale, stands) for fact in facts]
        facts_high = sum(rows) + between * (len(rows) - 1) + 2 * pad if rows else 0
        list_card, facts_card = self.ids.list_card, self.ids.facts_card
        if not heights:
            facts_high = room.height
        below = facts_high + gap if rows else 0
        facts_card.pos, facts_card.size = room.pos, (room.width, facts_high)
        list_card.pos, list_card.size = (room.x, room.y + below), (room.width, max(0, room.height - below))
        facts_card.opacity, list_card.opacity = float(bool(rows)), float(bool(heights))
        top = list_card.top - pad - above
        left_over = top - list_card.y - pad - sum(heights) - between * max(0, len(heights) - 1)
        spread = between + max(0.0, min(dp(20), left_over / max(1, len(heights))))
        for line, high in zip(lines, heights, strict=True):
            line.scale, line.size, line.pos = scale, (wide, high), (room.x + dp(44), top - high)
            top -= high + spread
        top = facts_card.top - pad
        spread = between + (
            max(0, facts_high - (sum(rows) + between * (len(rows) - 1) + 2 * pad)) / len(rows) * 0.5 if rows else 0
        )
        for fact, high in zip(facts, rows, strict=True):
            fact.scale, fact.size, fact.pos = scale, (wide, high), (room.x + dp(44), top - high)
            top -= high + min(spread, between + dp(30))


def arrange_stats(grid: Any, counts: Numbers) -> None:
    """Side by side or below each other, as there is room."""
    grid.columns, grid.rows = counts.columns, max(1, counts.rows)
    for stat in grid.children:
        stat.manner = counts.manner


Builder.load_file(str(Path(__file__).with_name("service.kv")))
