"""The board as a web page: `/board/a`, `/board/a+b` for two zones, `/board/all` for the whole hall. It needs no sign-in.

Anybody may look at what everybody in the hall sees; nothing can be asked or changed here. A page is whole as it comes,
with no script; with a script it follows by a stream (`/live`), or where the browser has none by asking (`/now`).
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from assets.places import said
from assets.words import words_of
from contract.names import Language, ZoneId
from hub.desk.asking import Asker
from hub.desk.board.drawing import svg
from hub.desk.board.layout import Plan, board_face
from hub.desk.board.seeing import Seen
from hub.desk.board.sight import plan_for, seat_of
from hub.desk.board.views import BoardView, board_view, calls_of, utterance_of
from hub.desk.board.voice import BoardVoice
from hub.desk.door import HallBoard, LookAtBoard
from hub.desk.drawing import Drawing, beat, event, stream
from hub.desk.files import fingerprint, send_file
from hub.desk.guard import Guard, why_board_refused
from hub.desk.holder import offered_languages
from hub.desk.watching import Watcher

HOLD = timedelta(seconds=8)
"""A call is lit for so long at least."""

REFRESH_S = 5
"""A page without a script loads itself again so often; a call is lit on it for so much longer."""

RETRY_MS = 500
"""How soon a browser asks again for a stream that broke off."""

ALL = "all"


class Looker(Struct, frozen=True):
    """Which board a page shows and how: the zones (none: the whole hall), and a plan for either way that a screen stands."""

    zones: tuple[ZoneId, ...]
    lying: Plan
    standing: Plan


class BoardPages:
    """The board's routes. Lives in the web server's event loop."""

    def __init__(self, asker: Asker, watcher: Watcher, drawing: Drawing, voice: BoardVoice | None = None) -> None:
        self._asker = asker
        self._watcher = watcher
        self._drawing = drawing
        self._voice = voice

    def application(self) -> Guard:
        """The boards alone, for a door of their own that televisions can reach."""
        routes = [Route("/", self.choose), Route("/static/{version}/{name}", send_file), *self.routes()]
        return Guard(Starlette(routes=routes), why_board_refused)

    def routes(self) -> list[Route]:
        """What there is under `/board/`."""
        return [
            Route("/board", self.choose),
            Route("/board/{zones}", self.page),
            Route("/board/{zones}/live", self.live),
            Route("/board/{zones}/now", self.now),
            Route("/board/{zones}/say/{call}.wav", self.say),
        ]

    async def choose(self, _: Request) -> Response:
        """The hall's boards, for whoever sets a television up and has only the address of the door."""
        answer = await self._asker.ask(LookAtBoard())
        if not isinstance(answer, HallBoard):
            return self._silent()
        language = _language(answer)
        boards = [(zone.id, zone.letter, said(zone.name, language)) for zone in answer.hall.zones]
        every = boards if len(boards) == 1 else [(ALL, "", said(answer.hall.name, language)), *boards]
        return HTMLResponse(self._drawing.part("board_choose.html", language, boards=every))

    async def page(self, request: Request) -> Response:
        """The whole page, with the board as it stands now."""
        answer = await self._asker.ask(LookAtBoard())
        if not isinstance(answer, HallBoard):
            return self._silent()
        looker = looker_of(request, answer)
        if looker is None:
            return _unknown(answer)
        view = _view(answer, looker, Seen(), HOLD + timedelta(seconds=REFRESH_S))
        language = _language(answer)
        drawn = self._drawing.part(
            "board.html",
            language,
            board=words_of(language).display,
            face=faces(view, looker),
            again=REFRESH_S,
            path=request.url.path,
            query=f"?{request.url.query}" if request.url.query else "",
            clock=view.clock,
            hall=view.hall,
            other_titles=_other_titles(answer),
            sounds=self._voice is not None,
        )
        return HTMLResponse(drawn)

    async def live(self, request: Request) -> Response:
        """The stream: the board as it stands, then each change, and a heartbeat with each answer of the hub's."""
        return stream(request, self._events(request))

    async def _events(self, request: Request) -> AsyncIterator[str]:
        yield f"retry: {RETRY_MS}\n\n"
        watched = LookAtBoard()
        place = self._watcher.subscribe(watched)
        seen, sent = Seen(), ""
        looker: Looker | None = None
        try:
            async for answer in place.answers():
                if not isinstance(answer, HallBoard):
                    return
                looker = looker or looker_of(request, answer)  # the hall is the same as long as the hub runs
                if looker is None:
                    return
                if not seen.begun:
                    last = request.query_params.get("after", "")
                    seen = seen.up_to(calls_of(answer, looker.zones), last)
                before, seen = seen, _taken(seen, answer, looker)
                drawn = faces(_view(answer, looker, seen, HOLD), looker)
                if drawn != sent:
                    sent = drawn
                    yield event("face", drawn)
                for call in seen.news(before, answer.at):
                    yield event("call", call)
                yield beat(answer.at.astimezone(ZoneInfo(answer.hall.time_zone)), _language(answer))
        finally:
            self._watcher.unsubscribe(watched, place)

    async def now(self, request: Request) -> Response:
        """The board as it stands now, for a browser that has no streams and asks again and again."""
        found = await self._found(request)
        if found is None:
            return Response(status_code=503)
        answer, looker = found
        view = _view(answer, looker, Seen(), HOLD + timedelta(seconds=REFRESH_S))
        return JSONResponse({"face": faces(view, looker), "clock": view.clock, "version": fingerprint()})

    async def say(self, request: Request) -> Response:
        """A fresh call as sound. 410 for one that is over, 404 where boards do not sound or it cannot be said."""
        if self._voice is None or (found := await self._found(request)) is None:
            return Response(status_code=404)
        answer, looker = found
        wanted = request.path_params["call"]
        call = next((each for each in calls_of(answer, looker.zones) if each.call == wanted), None)
        if call is None or answer.at - call.at >= timedelta(seconds=answer.call_fresh_s):
            return Response(status_code=410)
        try:
            utterance = utterance_of(answer, call)
        except ValueError:
            return Response(status_code=404)
        sound = await self._voice.say(utterance)
        return Response(sound, media_type="audio/wav") if sound else Response(status_code=404)

    async def _found(self, request: Request) -> tuple[HallBoard, Looker] | None:
        """What the hub answers, and which board of it is asked for; None for no answer, or no such board."""
        answer = await self._asker.ask(LookAtBoard())
        if not isinstance(answer, HallBoard):
            return None
        looker = looker_of(request, answer)
        return None if looker is None else (answer, looker)

    def _silent(self) -> Response:
        """The hub gave no board: say so, and try again by itself."""
        language = Language("id")
        drawn = self._drawing.part("board_alone.html", language, board=words_of(language).display, again=2)
        return HTMLResponse(drawn, status_code=503)


def looker_of(request: Request, answer: HallBoard) -> Looker | None:
    """What an address asks for, or None where it names a zone that the hall does not have."""
    named = request.path_params["zones"]
    # Each zone once: whoever wrote one a thousand times would have the hub look through all of them at every change.
    told = dict.fromkeys(named.replace("+", " ").replace(",", " ").split())
    zones = () if named == ALL else tuple(ZoneId(zone) for zone in told)
    if named != ALL and (not zones or not set(zones) <= {zone.id for zone in answer.hall.zones}):
        return None
    asked = request.query_params
    seat = seat_of(asked.get("inch", ""), asked.get("metres", ""))
    return Looker(zones, plan_for(seat, upright=False), plan_for(seat, upright=True))


def faces(view: BoardView, looker: Looker) -> str:
    """The board lying and standing; the page shows the one that its screen is."""
    return _drawn(view, looker.lying) + _drawn(view, looker.standing)


@lru_cache(maxsize=64)
def _drawn(view: BoardView, plan: Plan) -> str:
    """Drawn once for all televisions that show the same."""
    label = ". ".join(f"{row.number} {row.word} {row.counter}" for row in view.lit)
    return svg(board_face(view, plan), "standing" if plan.upright else "lying", label, view.newest or "")


def _view(answer: HallBoard, looker: Looker, seen: Seen, hold: timedelta) -> BoardView:
    return board_view(answer, looker.zones, seen if seen.begun else _taken(seen, answer, looker), hold)


def _taken(seen: Seen, answer: HallBoard, looker: Looker) -> Seen:
    return seen.take(calls_of(answer, looker.zones), answer.at, timedelta(seconds=answer.call_fresh_s))


def _unknown(answer: HallBoard) -> Response:
    zones = ", ".join(f"/board/{zone.id}" for zone in answer.hall.zones)
    return Response(f"This hall has these boards: {zones}, /board/{ALL}", status_code=404, media_type="text/plain")


def _language(answer: HallBoard) -> Language:
    return offered_languages(answer.hall.languages)[0]


def _other_titles(answer: HallBoard) -> tuple[str, ...]:
    """To heed the staff, in the hall's other languages: nobody is to wait for a page to turn that no longer turns."""
    first, *others = [words_of(each).display.lost_title for each in offered_languages(answer.hall.languages)]
    return tuple(title for title in dict.fromkeys(others) if title != first)
