"""The desk's side of the door: answered, refused by a full inbox, or given up."""

import asyncio
import threading

from hub.desk.asking import Asker, HubSilent, HubTooBusy
from hub.desk.door import DeskAsked, LookAtAll, UnknownCounter
from link.inbox import Inbox


def test_an_answer_from_another_thread_arrives():
    inbox: Inbox[DeskAsked] = Inbox()

    def hub() -> None:
        asked = inbox.take(5)
        assert asked is not None
        asked.answer(UnknownCounter())

    thread = threading.Thread(target=hub)
    thread.start()
    assert asyncio.run(Asker(inbox).ask(LookAtAll())) == UnknownCounter()
    thread.join()


def test_a_full_inbox_is_said_at_once():
    inbox: Inbox[DeskAsked] = Inbox(1)
    inbox.put(DeskAsked(LookAtAll(), lambda answer: None))
    assert asyncio.run(Asker(inbox).ask(LookAtAll())) == HubTooBusy()


def test_no_answer_in_time_is_not_taken_for_one_and_a_late_one_harms_nobody():
    inbox: Inbox[DeskAsked] = Inbox()

    async def both() -> None:
        assert await Asker(inbox, within_s=0.02).ask(LookAtAll()) == HubSilent()
        late = inbox.take(0)
        assert late is not None
        late.answer(UnknownCounter())

    asyncio.run(both())
    assert asyncio.run(Asker(inbox, within_s=0.02).ask(LookAtAll())) == HubSilent()
    left = inbox.take(0)
    assert left is not None
    left.answer(UnknownCounter())  # the event loop is closed
