"""The desk's pages: choose a counter, work at one. Each request asks the hub and draws its answer; nothing is kept here.

State reaches a page in two ways only: with the page itself, and by its stream (`/live`). The answer to an action says
whether it was refused; what it changed comes by the stream, so that an older picture never covers a newer one.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from secrets import token_hex

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from assets.words import languages, words_of
from contract.desk import DeskAction
from contract.names import CounterId, Language
from hub.desk import holder as holders
from hub.desk.asking import Asked, Asker, HubSilent, HubTooBusy
from hub.desk.board.pages import BoardPages
from hub.desk.board.voice import BoardVoice
from hub.desk.choosing import choose_view
from hub.desk.door import Act, CounterDesk, DeskRefusal, HallBoard, HallDesk, LookAtAll, UnknownCounter
from hub.desk.drawing import Drawing, beat, event, stream
from hub.desk.files import send_file
from hub.desk.guard import Guard
from hub.desk.names import Names, in_language, names_of
from hub.desk.views import CounterView, counter_view
from hub.desk.watching import Watched, Watcher

RETRY_MS = 1000
"""How soon a browser asks again for a stream that broke off."""


class Pages:
    """All routes. Lives in the web server's event loop."""

    def __init__(self, asker: Asker, watcher: Watcher, voice: BoardVoice | None = None) -> None:
        self._asker = asker
        self._watcher = watcher
        self._drawing = Drawing()
        self.boards = BoardPages(asker, watcher, self._drawing, voice)

    def application(self) -> Guard:
        """The web application, behind its guard."""
        routes = [
            Route("/", self.choose),
            Route("/live", self.choose_live),
            Route("/counter/{counter}", self.counter),
            Route("/counter/{counter}/live", self.counter_live),
            Route("/counter/{counter}/act", self.act, methods=["POST"]),
            Route("/language", self.language, methods=["POST"]),
            Route("/static/{version}/{name}", send_file),
            *self.boards.routes(),
        ]
        return Guard(Starlette(routes=routes))

    async def choose(self, request: Request) -> Response:
        """The page to choose a counter."""
        return await self._page(request, None)

    async def counter(self, request: Request) -> Response:
        """The page of one counter."""
        return await self._page(request, CounterId(request.path_params["counter"]))

    async def _page(self, request: Request, counter: CounterId | None) -> Response:
        if holders.came_from_elsewhere(request):
            # The browser did not show its cookie. Asked again by a page of this desk it does.
            return HTMLResponse('<!doctype html><meta http-equiv="refresh" content="0"><title>Antrean</title>')
        answer = await self._asker.ask(LookAtAll())
        if not isinstance(answer, HallDesk):
            return self._silent(request, answer)
        response = HTMLResponse()
        holder = holders.holder_of(request) or holders.name_holder(response)
        offered = holders.offered_languages(answer.hall.languages)
        language = holders.language_of(request, offered)
        drawn = self._drawn(answer, counter, holder, names_of(answer.hall, answer.agencies, language), request.url.path)
        if drawn is None:
            return self._unknown(request, offered)
        response.body = drawn.encode()
        response.headers["content-length"] = str(len(response.body))
        return response

    def _drawn(self, answer: HallDesk, counter: CounterId | None, holder: str, names: Names, back: str) -> str | None:
        words = words_of(names.language).desk
        offered = holders.offered_languages(answer.hall.languages)
        at = answer.at.astimezone(names.zone)
        if counter is None:
            view = choose_view(answer, holder, names, words)
            return self._drawing.page("choose.html", names.language, offered, at, back, view=view)
        desk = next((one for one in answer.counters if one.counter == counter), None)
        if desk is None:
            return None
        return self._drawing.page(
            "counter.html",
            names.language,
            offered,
            at,
            back,
            view=counter_view(desk, holder, names, words),
            id=counter,
            counter=names.counter(counter, words),
            agencies=names.agencies.get(counter, ""),
        )

    def _silent(self, request: Request, answer: Asked) -> Response:
        """The hub gave no picture: say so, and try again by itself."""
        language = holders.language_of(request, languages_known())
        words = words_of(language).desk
        text = words.too_busy if isinstance(answer, HubTooBusy) else words.hub_silent_text
        return self._alone(request, languages_known(), words.hub_silent_title, text, status=503, again=2)

    def _unknown(self, request: Request, offered: tuple[Language, ...]) -> Response:
        words = words_of(holders.language_of(request, offered)).desk
        return self._alone(request, offered, words.unknown_counter, "", status=404, again=None)

    def _alone(
        self, request: Request, offered: tuple[Language, ...], title: str, text: str, *, status: int, again: int | None
    ) -> Response:
        language = holders.language_of(request, offered)
        at = datetime.now(UTC).astimezone()
        drawn = self._drawing.page("alone.html", language, offered, at, "/", title=title, text=text, again=again)
        return HTMLResponse(drawn, status_code=status)

    async def choose_live(self, request: Request) -> Response:
        """The stream of the page to choose a counter."""
        return self._stream(request, None)

    async def counter_live(self, request: Request) -> Response:
        """The stream of a counter's page."""
        return self._stream(request, CounterId(request.path_params["counter"]))

    def _stream(self, request: Request, watched: Watched) -> Response:
        return stream(request, self._events(request, watched))

    async def _events(self, request: Request, watched: Watched) -> AsyncIterator[str]:
        """A snapshot, then what changes, and a heartbeat with each answer of the hub's."""
        yield f"retry: {RETRY_MS}\n\n"
        hall = await self._asker.ask(LookAtAll())
        if not isinstance(hall, HallDesk):
            return  # no hub: the stream ends, the page greys, and the browser asks again
        holder = holders.holder_of(request)
        language = holders.language_of(request, holders.offered_languages(hall.hall.languages))
        names = names_of(hall.hall, hall.agencies, language)
        sent: dict[str, object] = {}
        page = self._watcher.subscribe(watched)
        try:
            async for answer in page.answers():
                if not isinstance(answer, CounterDesk | HallDesk):
                    return
                parts = self._parts(answer, holder, names)
                for name, (template, shown) in parts.items():
                    if sent.get(name) != shown:
                        sent[name] = shown
                        yield event(name, self._drawing.part(template, language, id=watched, **shown))
                yield beat(answer.at.astimezone(names.zone), language)
        finally:
            self._watcher.unsubscribe(watched, page)

    def _parts(
        self, answer: CounterDesk | HallDesk, holder: str | None, names: Names
    ) -> dict[str, tuple[str, dict[str, object]]]:
        """The parts of a page that are sent on their own: event, template, and what it shows."""
        words = words_of(names.language).desk
        if isinstance(answer, CounterDesk):
            view: CounterView = counter_view(answer, holder, names, words)
            return {
                "bar": ("part_bar.html", {"bar": view.bar}),
                "hand": ("part_hand.html", {"hand": view.hand}),
                "waiting": ("part_waiting.html", {"waiting": view.waiting}),
            }
        chosen = choose_view(answer, holder, names, words)
        parts: dict[str, tuple[str, dict[str, object]]] = {"bar": ("part_bar.html", {"bar": chosen.bar})}
        for group in chosen.groups:
            parts |= {f"card-{card.id}": ("part_card.html", {"card": card}) for card in group.cards}
        return parts

    async def act(self, request: Request) -> Response:
        """An officer's action. 200 and nothing to show where it was done, else why not."""
        language = holders.language_of(request, languages_known())
        words = words_of(language).desk
        holder = holders.holder_of(request)
        action = await _action_in(request)
        if holder is None or action is None or request.headers.get("hx-request") != "true":
            return self._refused(words.not_understood, language, 400)
        answer = await self._asker.ask(Act(CounterId(request.path_params["counter"]), holder, action))
        match answer:
            case DeskRefusal(text=text):
                return self._refused(in_language(text, language, languages_known()), language, 409)
            case UnknownCounter():
                return self._refused(words.unknown_counter, language, 404)
            case HubTooBusy():
                return self._refused(words.too_busy, language, 503)
            case HubSilent():
                return self._refused(words.not_known, language, 504)
            case CounterDesk() | HallDesk() | HallBoard():
                return HTMLResponse("")

    def _refused(self, text: str, language: Language, status: int) -> Response:
        return HTMLResponse(self._drawing.part("part_answer.html", language, text=text), status_code=status)

    async def language(self, request: Request) -> Response:
        """Change the language, and go back."""
        async with request.form(max_files=0, max_fields=4) as form:
            back, chosen = str(form.get("back", "/")), str(form.get("language", ""))
        # Only a path of this desk: "//elsewhere" would lead away.
        response = RedirectResponse(back if back.startswith("/counter/") else "/", status_code=303)
        holders.choose_language(response, chosen)
        return response


def languages_known() -> tuple[Language, ...]:
    """The languages that the desk has words in, Indonesian first."""
    return tuple(sorted(languages(), key=lambda one: (one != "id", one)))


async def _action_in(request: Request) -> DeskAction | None:
    """The action in a form, or None where it is not one."""
    async with request.form(max_files=0, max_fields=8) as form:
        said = {name: str(value) for name, value in form.items() if isinstance(value, str)}
    try:
        return msgspec.convert({**said, "request": token_hex(16)}, DeskAction, strict=False)
    except msgspec.ValidationError:
        return None
