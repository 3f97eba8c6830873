"""The desk's side of the door: put a question into the hub's inbox, and wait for its answer, but not for ever.

Runs in the web server's own thread and event loop; the answer comes from the hub's thread and crosses over safely.
Knows nothing of pages.
"""

import asyncio
import logging
from typing import Protocol

from msgspec import Struct

from hub.desk.door import DeskAnswer, DeskAsked, DeskQuestion

ANSWER_WITHIN_S = 2.0
logger = logging.getLogger(__name__)


class Letterbox(Protocol):
    """What the desk needs of the hub's inbox."""

    def put(self, event: DeskAsked, /) -> bool:
        """False if the inbox was full and the question dropped."""
        ...


class HubSilent(Struct, frozen=True):
    """No answer came in time. Whether the question was, or will be, acted on is not known."""


class HubTooBusy(Struct, frozen=True):
    """The inbox was full: the question never reached the hub, nothing has changed."""


Asked = DeskAnswer | HubSilent | HubTooBusy


class Asker:
    """Asks the hub. Every question is answered, refused by a full inbox, or given up after `within_s` seconds."""

    def __init__(self, letterbox: Letterbox, within_s: float = ANSWER_WITHIN_S) -> None:
        self._letterbox = letterbox
        self._within_s = within_s

    async def ask(self, question: DeskQuestion) -> Asked:
        """The hub's answer to `question`."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[DeskAnswer] = loop.create_future()

        def settle(answer: DeskAnswer) -> None:
            if not waiting.done():
                waiting.set_result(answer)

        def answered(answer: DeskAnswer) -> None:
            try:
                loop.call_soon_threadsafe(settle, answer)
            except RuntimeError:  # the desk was closed while the hub still had its question: nobody listens any more
                logger.info("desk-answer-too-late question=%s", type(question).__name__)

        if not self._letterbox.put(DeskAsked(question, answered)):
            logger.warning("desk-inbox-full question=%s", type(question).__name__)
            return HubTooBusy()
        try:
            async with asyncio.timeout(self._within_s):
                return await waiting
        except TimeoutError:
            logger.warning("desk-hub-silent question=%s seconds=%s", type(question).__name__, self._within_s)
            return HubSilent()
