"""Who a browser is, and which language it reads: two cookies, and nothing about a person.

The holder is a random name that a browser gets with its first page. A counter belongs to the holder that opened it.
"""

import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

from assets.words import languages
from contract.names import Language

HOLDER_COOKIE = "antrean_holder"
LANGUAGE_COOKIE = "antrean_language"
HOLDER_S = 30 * 24 * 3600
LANGUAGE_S = 365 * 24 * 3600
"""How long a browser keeps them, in seconds."""

_HOLDER = re.compile(r"^[A-Za-z0-9_-]{32}$")


def holder_of(request: Request) -> str | None:
    """The browser's name, or None where it has none (or one that this desk cannot have given)."""
    held = request.cookies.get(HOLDER_COOKIE, "")
    return held if _HOLDER.match(held) else None


def came_from_elsewhere(request: Request) -> bool:
    """Whether a link of another site led here: the browser then keeps its holder cookie to itself."""
    return request.headers.get("sec-fetch-site") == "cross-site"


def name_holder(response: Response) -> str:
    """Give a browser without a name one, with the response: 192 bits of chance."""
    holder = secrets.token_urlsafe(24)
    response.set_cookie(HOLDER_COOKIE, holder, max_age=HOLDER_S, path="/", httponly=True, samesite="strict")
    return holder


def language_of(request: Request, offered: tuple[Language, ...]) -> Language:
    """The language that was chosen in this browser, else the first of `offered` (never empty)."""
    chosen = Language(request.cookies.get(LANGUAGE_COOKIE, ""))
    return chosen if chosen in offered else offered[0]


def choose_language(response: Response, language: str) -> None:
    """Keep the choice in the browser; a language that there is not is ignored."""
    if language in languages():
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=LANGUAGE_S, path="/", httponly=True, samesite="lax")


def offered_languages(hall: tuple[Language, ...]) -> tuple[Language, ...]:
    """The hall's languages that the desk has words in, in the hall's order; Indonesian where there is none."""
    return tuple(one for one in hall if one in languages()) or (Language("id"),)
