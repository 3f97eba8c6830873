"""Views into HTML: the templates, and what every one of them may use. Everything that is drawn is escaped."""

import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from assets.dates import clock
from assets.icons import glyph
from assets.words import words_of
from contract.names import Language
from hub.desk.files import fingerprint

HTMX = json.dumps(
    {
        "includeIndicatorStyles": False,  # it would write a style into the page, which the policy forbids
        "allowEval": False,
        "allowScriptTags": False,
        "selfRequestsOnly": True,
        "historyEnabled": False,
        "defaultSettleDelay": 0,
        "timeout": 4000,
        "responseHandling": [{"code": "204", "swap": False}, {"code": "...", "swap": True}],
    }
)
"""htmx's settings. A refusal comes with an error's status and is shown all the same."""


class Drawing:
    """Draws pages and parts of pages in one language or another."""

    def __init__(self) -> None:
        folder = Path(__file__).parent / "templates"
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            auto_reload=False,
        )
        self._templates.globals.update(icon=glyph, asset=asset, htmx_config=HTMX, version=fingerprint())

    def part(self, template: str, language: Language, **shown: object) -> str:
        """A part of a page."""
        return self._templates.get_template(template).render(words=words_of(language).desk, language=language, **shown)

    def page(
        self, template: str, language: Language, offered: tuple[Language, ...], at: datetime, back: str, **shown: object
    ) -> str:
        """A whole page. `at` is the hub's time in the hall's zone, `back` where a change of language returns to."""
        return self.part(
            template,
            language,
            other_languages=[(code, words_of(code).language.name) for code in offered if code != language],
            clock=clock(at, language),
            now_ms=int(at.timestamp() * 1000),
            back=back,
            **shown,
        )


def asset(name: str) -> str:
    """The address of a file, with the fingerprint that lets browsers keep it."""
    return f"/static/{fingerprint()}/{name}"


def stream(request: Request, events: AsyncIterator[str]) -> Response:
    """Server-sent events. Who asks for the head of them alone gets that and is done: a stream has no end to wait for."""
    kind = "text/event-stream"
    return Response(media_type=kind) if request.method == "HEAD" else StreamingResponse(events, media_type=kind)


def event(name: str, data: str) -> str:
    """One server-sent event."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {name}\n{lines}\n"


def beat(at: datetime, language: Language) -> str:
    """The heartbeat: an answer of the hub's has just come. `at` in the hall's zone."""
    told = {"now": int(at.timestamp() * 1000), "clock": clock(at, language), "version": fingerprint()}
    return event("beat", json.dumps(told))
