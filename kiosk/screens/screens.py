"""Which screen shows which face."""

from collections.abc import Callable
from typing import Any

from assets import palette
from kiosk.faces import (
    CheckedFace,
    CheckFace,
    Face,
    ListFace,
    MessageFace,
    NeedsFace,
    NoticeFace,
    PriorityFace,
    SearchFace,
    ServiceFace,
    SetupFace,
    TicketFace,
    TicketsFace,
    TouchFace,
    WaitFace,
    WelcomeFace,
)
from kiosk.looks import FLOOR, GROWTH, Looks
from kiosk.screens.cards import Cards
from kiosk.screens.check import Check
from kiosk.screens.checked import Checked
from kiosk.screens.message import Message
from kiosk.screens.needs import Needs
from kiosk.screens.notice import NoticeScreen
from kiosk.screens.priority import Priority
from kiosk.screens.search import Search
from kiosk.screens.service import Service
from kiosk.screens.setup import SetupScreen
from kiosk.screens.ticket import Ticket
from kiosk.screens.tickets import Tickets
from kiosk.screens.touch import TouchScreen
from kiosk.screens.wait import Wait
from kiosk.screens.welcome import Welcome
from ui.theme import theme

SCREENS: dict[type, Callable[[], Any]] = {
    WelcomeFace: Welcome,
    ListFace: Cards,
    SearchFace: Search,
    NeedsFace: Needs,
    TicketsFace: Tickets,
    CheckFace: Check,
    CheckedFace: Checked,
    ServiceFace: Service,
    PriorityFace: Priority,
    WaitFace: Wait,
    TicketFace: Ticket,
    MessageFace: Message,
    NoticeFace: NoticeScreen,
    SetupFace: SetupScreen,
    TouchFace: TouchScreen,
}


_worn: list[Looks | None] = [None]
"""The look that is on; there is one window and one theme."""


def at_once(before: object, face: Face) -> bool:
    """From letter to letter a keyboard stays the same screen: quick typing is no double tap."""
    return type(before) is type(face) and isinstance(face, SearchFace | CheckFace)


def dressed(face: Face) -> bool:
    """Put on the look that a face wants; whether it is another than before."""
    looks = face.frame.looks
    if looks == _worn[-1]:
        return False
    _worn[-1] = looks
    theme.wear(palette.CONTRAST if looks.contrast else palette.LIGHT, high_contrast=looks.contrast)
    theme.set_type(FLOOR, GROWTH[looks.text])
    return True
