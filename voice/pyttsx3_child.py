"""The process that pyttsx3 lives in, and the only file that knows it: one JSON line in, one JSON line out.

In:  {"text": ..., "voice": ..., "rate": words a minute, "volume": 0 to 1, "file": ...}
Out: {"ready": true} once, then {"done": file} or {"failed": why, "kind": "voice" | "engine"} for each line in.

It only ever saves to files: `say` plays inside the synthesiser's callback and blocks, and the two do not mix. It ends
when its input ends, also while the engine hangs, so that it cannot outlive the program that started it.
Run by hand:  echo '{"text":"satu dua tiga","voice":"poz/id","rate":150,"volume":1,"file":"/tmp/a.wav"}' | python -m voice.pyttsx3_child
"""

import ctypes
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

import msgspec
from msgspec import Struct

LIBRARY = "libespeak-ng.so.1"


class Order(Struct, frozen=True):
    """One line in."""

    text: str
    voice: str
    rate: int
    volume: float
    file: str


class Answer(Struct, frozen=True, omit_defaults=True):
    """One line out."""

    ready: bool = False
    done: str | None = None
    failed: str | None = None
    kind: str = ""


def make_library_available(*, bundled: bool) -> None:
    """Load libespeak-ng for everybody in this process, so that pyttsx3 finds it by its name.

    The machine's own is taken where there is one; else, or when `bundled`, the espeakng-loader package's. OSError or
    ImportError where neither is there.
    """
    if not bundled:
        try:
            ctypes.CDLL(LIBRARY, mode=ctypes.RTLD_GLOBAL)
        except OSError:
            pass
        else:
            return
    import espeakng_loader  # noqa: PLC0415 - only where it is needed: it is as large as the machine's own library

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    library = Path(espeakng_loader.get_library_path())
    ctypes.CDLL(str(library.with_name(LIBRARY)), mode=ctypes.RTLD_GLOBAL)


class Engine:
    """pyttsx3's engine with its silent errors made loud."""

    def __init__(self) -> None:
        # Both look for the library while they are imported.
        import pyttsx3  # noqa: PLC0415
        from pyttsx3.drivers import _espeak  # noqa: PLC0415

        self._wait_until_idle: Any = _espeak.Synchronize
        self._errors: list[Exception] = []
        self._finished = threading.Event()
        self._engine: Any = pyttsx3.init("espeak")
        self._engine.connect("error", self._on_error)
        self._engine.connect("finished-utterance", self._on_finished)
        self._set: tuple[str, int, float] | None = None

    def _on_error(self, name: object, exception: Exception) -> None:
        del name
        self._errors.append(exception)

    def _on_finished(self, name: object, completed: object) -> None:
        del name, completed
        self._finished.set()

    def obey(self, order: Order) -> Answer:
        self._errors.clear()
        wanted = (order.voice, order.rate, order.volume)
        if wanted != self._set:
            self._set = None
            self._engine.setProperty("voice", order.voice)
            self._engine.setProperty("rate", order.rate)
            self._engine.setProperty("volume", order.volume)
            if self._errors:
                return Answer(failed=str(self._errors[0]), kind="voice")
            self._set = wanted
        # Settings travel through the engine's queue. While that is busy, runAndWait takes it for old speech and cancels
        # what comes next: one wave in four was empty when languages took turns. And the first runAndWait of a process
        # returns after 10 ms, finished or not.
        self._wait_until_idle()
        self._finished.clear()
        self._engine.save_to_file(order.text, order.file)
        self._engine.runAndWait()
        self._finished.wait()
        self._wait_until_idle()
        if self._errors:
            return Answer(failed=str(self._errors[0]), kind="engine")
        return Answer(done=order.file)


def say(answer: Answer, out: TextIO) -> None:
    out.write(msgspec.json.encode(answer).decode() + "\n")
    out.flush()


def read_orders(orders: "queue.Queue[Order]") -> None:
    """Lines in, until there are no more; then the process ends, whatever its engine is doing."""
    for line in sys.stdin:
        orders.put(msgspec.json.decode(line, type=Order))
    os._exit(0)


def main() -> None:
    # pyttsx3 prints a line per file to standard output, which belongs to our answers: its own go nowhere.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    orders: queue.Queue[Order] = queue.Queue(100)
    threading.Thread(target=read_orders, args=(orders,), name="orders", daemon=True).start()
    try:
        make_library_available(bundled="--bundled" in sys.argv)
        engine = Engine()
    except (OSError, ImportError, RuntimeError, AttributeError) as error:
        say(Answer(failed=f"{type(error).__name__}: {error}", kind="engine"), out)
        sys.exit(1)
    say(Answer(ready=True), out)
    while True:
        say(engine.obey(orders.get()), out)


if __name__ == "__main__":
    main()
