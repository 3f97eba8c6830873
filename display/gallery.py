"""Keeps pictures ready for the screen, away from the thread that draws: one thread watches the folder, another decodes.

The thread that draws only asks what stands now (`look`) and gets pixels that are ready, or none. A call never waits for a
picture: the folder may hang, the disk may be slow, a file may be anything.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PIL import Image

from display.cache import Broken, Cache
from display.media import Item, Picture, Playlist, due
from display.playlist import NotWhole, Wanted, read_folder, readable

logger = logging.getLogger(__name__)

CLOSE_S = 1.0
STATE_LENGTH = 64


class Gallery:
    """Keeps display.media.Media with a folder that is looked at every `look_s` and a cache. At most three pictures are in memory.

    `box`: no picture has more pixels than that across and down. `came` is called by its threads when there is news.
    """

    def __init__(
        self, folder: Path, cache: Cache, box: tuple[int, int], look_s: float, came: Callable[[], object]
    ) -> None:
        self.state: str | None = "starting"
        self._folder = folder
        self._cache = cache
        self._box = box
        self._look_s = look_s
        self._came = came
        self._stopped = threading.Event()
        self._wish = threading.Event()
        self._playlist = Playlist()
        self._spoilt: frozenset[str] = frozenset()
        self._wanted: tuple[str, ...] = ()
        self._ready: dict[str, Picture] = {}
        self._last: Picture | None = None
        self._seen: Wanted | None = None
        self._taken: Wanted | None = None
        self._watcher = threading.Thread(target=self._top, args=(self._watch,), name="media-watch", daemon=True)
        self._loader = threading.Thread(target=self._top, args=(self._load,), name="media-load", daemon=True)

    def open(self) -> None:
        self._watcher.start()
        self._loader.start()

    def close(self) -> None:
        self._stopped.set()
        self._wish.set()
        if self._loader.is_alive():
            self._loader.join(CLOSE_S)

    def look(self, here: datetime | None, now_s: float) -> Picture | None:
        standing = due(self._showable(), here, now_s)
        if standing is None:
            self._want(())
            self._last = None
            return None
        self._want((standing.now.key, standing.next.key))
        # The one before stays until the next is ready: nothing else flashes up between two pictures.
        self._last = self._ready.get(standing.now.key) or self._last
        return self._last

    def _showable(self) -> Playlist:
        if not self._spoilt:
            return self._playlist
        items = tuple(item for item in self._playlist.items if item.key not in self._spoilt)
        return Playlist(self._playlist.revision, items)

    def _want(self, keys: tuple[str, ...]) -> None:
        if keys != self._wanted:
            self._wanted = keys
            self._wish.set()

    # --- the threads ---

    def _top(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            # The top of a thread: our own mistake. What is shown stays, and the health says that nothing new will come.
            logger.exception("media-broke")
            self.state = "broke"

    def _watch(self) -> None:
        self._take_up(self._cache.load())
        while not self._stopped.is_set():
            self._look_into_folder()
            self._stopped.wait(self._look_s)

    def _look_into_folder(self) -> None:
        """Take in what lies there, once it has lain there unchanged from one look to the next."""
        try:
            wanted = read_folder(self._folder)
            settled, self._seen = wanted == self._seen, wanted
            if not settled or wanted == self._taken:
                return
            broken = self._cache.take_in(self._folder, wanted, self._stopped)
        except NotWhole as why:
            self._tell(f"{len(self._playlist.items)} kept, {why}")
            return
        self._taken = wanted
        self._spoilt = frozenset()
        self._take_up(self._cache.playlist)
        self._report(broken, wanted.left_out)

    def _take_up(self, playlist: Playlist) -> None:
        self._playlist = playlist
        self._wish.set()
        self._came()

    def _report(self, broken: tuple[Broken, ...], left_out: int) -> None:
        for each in broken:
            logger.warning("media-broken file=%s why=%s", readable(each.file), each.why)
        told = f"{len(self._playlist.items)} shown"
        if broken:
            told += f", {len(broken)} broken: " + ", ".join(each.file for each in broken)
        if left_out:
            told += f", {left_out} too many"
        self._tell(told)

    def _tell(self, state: str) -> None:
        state = readable(state)[:STATE_LENGTH]  # it goes into a message, which a name of other bytes would break
        if state != self.state:
            logger.info("media-state state=%s", state)
        self.state = state

    def _load(self) -> None:
        while not self._stopped.is_set():
            self._wish.wait()
            self._wish.clear()
            wanted = self._wanted
            kept = {key: picture for key, picture in self._ready.items() if key in wanted}
            self._ready = kept
            for key in wanted:
                if key not in kept and not self._stopped.is_set() and (picture := self._decoded(key)) is not None:
                    kept = kept | {key: picture}
                    self._ready = kept
                    self._came()

    def _decoded(self, key: str) -> Picture | None:
        """A picture of the cache. One that cannot be read any more is spoilt: the others take its turn."""
        try:
            with Image.open(self._cache.path(key)) as found:
                picture = found.convert("RGB")
        except (OSError, ValueError, SyntaxError) as error:
            logger.warning("media-spoilt file=%s why=%s", self._named(key), error)
            self._spoilt |= {key}
            self._cache.path(key).unlink(missing_ok=True)
            self._taken = None  # the folder may have it still: it is taken in anew
            self._tell(f"{len(self._showable().items)} shown, 1 lost: {self._named(key)}")
            return None
        picture.thumbnail(self._box, Image.Resampling.LANCZOS)
        return Picture(key, picture.width, picture.height, picture.tobytes())

    def _named(self, key: str) -> str:
        found: list[Item] = [item for item in self._playlist.items if item.key == key]
        return found[0].file if found else key
