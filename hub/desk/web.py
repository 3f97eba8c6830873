"""The desk's web server: a thread of its own in the hub's process. It binds first, so that its address is known at once.

Knows how the server starts, is woken and stops; knows nothing of pages. Until officers have accounts it listens on
loopback only and refuses anything else. Boards for televisions may have a second door, where there is nothing but them.
"""

import asyncio
import logging
import socket
import threading

import uvicorn

from hub.desk.asking import ANSWER_WITHIN_S, Asker, Letterbox
from hub.desk.board.voice import BoardVoice
from hub.desk.crowd import MOST_AT_ONCE, MOST_BOARDS, MOST_CONNECTIONS, BoardConnection, CountedConnection
from hub.desk.guard import Guard, NotLoopback, is_loopback
from hub.desk.pages import Pages
from hub.desk.watching import BEAT_S, BETWEEN_S, Watcher

STARTS_WITHIN_S = 10.0
STOPS_WITHIN_S = 1.0
logger = logging.getLogger(__name__)


class DeskServer:
    """`start`, `changed`, `stop`; `address` is known after `start`. All are called from the hub's thread."""

    def __init__(
        self,
        letterbox: Letterbox,
        host: str = "127.0.0.1",
        port: int = 8080,
        *,
        answer_within_s: float = ANSWER_WITHIN_S,
        between_s: float = BETWEEN_S,
        beat_s: float = BEAT_S,
        board: tuple[str, int] | None = None,
        voice: BoardVoice | None = None,
    ) -> None:
        if not is_loopback(host):
            raise NotLoopback(
                f"[desk] host = {host!r}: the desk has no sign-in yet and is for this machine only; "
                'write host = "127.0.0.1"'
            )
        self._host = "127.0.0.1" if host == "localhost" else host
        self._port = port
        self._asker = Asker(letterbox, answer_within_s)
        self._between_s, self._beat_s = between_s, beat_s
        self._board, self._voice = board, voice
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._servers: list[uvicorn.Server] = []
        self._watcher: Watcher | None = None
        self._started = threading.Event()
        self._wake_on_its_way = False
        self.address = ""
        self.board_address = ""
        """Where televisions find the boards; "" where they have no door of their own."""

    def start(self) -> None:
        """Bind, then serve. OSError where the port is taken."""
        bound = [_bound(self._host, self._port)]
        if self._board is not None:
            try:
                bound.append(_bound(*self._board))
            except OSError:
                bound[0].close()
                raise
            self.board_address = _address(self._board[0], bound[1])
        self.address = _address(self._host, bound[0])
        self._thread = threading.Thread(target=self._serve, args=(bound,), name="desk", daemon=True)
        self._thread.start()
        if not self._started.wait(STARTS_WITHIN_S):
            raise TimeoutError(f"the desk did not start within {STARTS_WITHIN_S:.0f} s")
        logger.info("desk-started address=%s boards=%s", self.address, self.board_address or "-")

    def changed(self) -> None:
        """Something that pages show has changed. Cheap: calls that come close together are one wake-up."""
        if self._wake_on_its_way or self._loop is None:
            return
        self._wake_on_its_way = True
        try:
            self._loop.call_soon_threadsafe(self._wake)
        except RuntimeError:  # the loop has just closed: nobody looks any more
            self._wake_on_its_way = False

    @property
    def alive(self) -> bool:
        """Whether the server still stands: between `start` and `stop` it always does, or it died of a fault of ours."""
        return self._thread is not None and self._thread.is_alive()

    def stop(self) -> None:
        """End every page's stream and the server; within 1 s, whatever pages are open."""
        if self._thread is None or self._loop is None:
            return
        try:
            self._loop.call_soon_threadsafe(self._close)
        except RuntimeError:
            logger.info("desk-already-stopped")
        self._thread.join(STOPS_WITHIN_S)
        if self._thread.is_alive():
            logger.warning("desk-stops-late seconds=%s", STOPS_WITHIN_S)
        self._thread = None
        if self._voice is not None:
            self._voice.close()

    def _wake(self) -> None:
        # The mark is taken off before the look begins: a change that comes while the hub is asked wakes once more.
        self._wake_on_its_way = False
        if self._watcher is not None:
            self._watcher.wake()

    def _close(self) -> None:
        if self._watcher is not None:
            self._watcher.close()
        for server in self._servers:
            server.should_exit = True

    def _serve(self, bound: list[socket.socket]) -> None:
        try:
            asyncio.run(self._run(bound))
        except Exception:
            logger.exception("desk-died")
            raise

    async def _run(self, bound: list[socket.socket]) -> None:
        watcher = Watcher(self._asker, self._between_s, self._beat_s)
        pages = Pages(self._asker, watcher, self._voice)
        self._servers = [_server(pages.application(), CountedConnection, MOST_CONNECTIONS)]
        if len(bound) > 1:
            self._servers.append(_server(pages.boards.application(), BoardConnection, MOST_BOARDS))
        self._loop, self._watcher = asyncio.get_running_loop(), watcher
        watching = asyncio.create_task(watcher.run())
        watching.add_done_callback(self._watching_ended)
        self._loop.call_soon(self._started.set)
        try:
            async with asyncio.TaskGroup() as serving:
                for server, place in zip(self._servers, bound, strict=True):
                    serving.create_task(server.serve(sockets=[place])).add_done_callback(lambda _: self._close())
        finally:
            watching.cancel()
            for place in bound:
                place.close()

    def _watching_ended(self, watching: asyncio.Task[None]) -> None:
        """It never ends by itself: if it does, that is a fault of ours, and pages must not look alive any longer."""
        if not watching.cancelled():
            logger.critical("desk-watching-died", exc_info=watching.exception())
            self._close()


def _server(application: Guard, connection: type[CountedConnection], most: int) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            application,
            http=connection,
            log_config=None,
            log_level=logging.WARNING,
            access_log=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            limit_concurrency=most,
            backlog=MOST_AT_ONCE,
            timeout_graceful_shutdown=1,
        )
    )


def _address(host: str, bound: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{bound.getsockname()[1]}/"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    bound.listen(MOST_AT_ONCE)
    return bound
