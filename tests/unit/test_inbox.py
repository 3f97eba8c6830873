"""The inbox is bounded, counts what it drops, and keeps room for news of the link itself."""

from link.inbox import RESERVE, Inbox


def test_events_come_out_as_they_went_in():
    inbox: Inbox[int] = Inbox(10)
    assert all(inbox.put(event) for event in range(3))
    assert inbox.take(0) == 0
    assert list(inbox.drain()) == [1, 2]
    assert inbox.take(0) is None


def test_at_its_limit_it_drops_and_counts():
    inbox: Inbox[int] = Inbox(2)
    assert [inbox.put(event) for event in range(4)] == [True, True, False, False]
    assert inbox.dropped == 2
    assert list(inbox.drain()) == [0, 1]


def test_news_of_the_link_still_fits_when_it_is_full_but_not_without_end():
    inbox: Inbox[int] = Inbox(1)
    inbox.put(0)
    assert all(inbox.put(event, urgent=True) for event in range(RESERVE))
    assert not inbox.put(0, urgent=True)
    assert not inbox.put(0)


def test_draining_stops_at_the_most_that_was_asked_for():
    inbox: Inbox[int] = Inbox(10)
    for event in range(5):
        inbox.put(event)
    assert list(inbox.drain(2)) == [0, 1]


def test_what_was_lost_is_told_once():
    inbox: Inbox[int] = Inbox(1)
    assert inbox.lost() == 0
    inbox.put(0)
    inbox.put(1)
    inbox.put(2)
    assert (inbox.lost(), inbox.lost()) == (2, 0)


def test_who_waits_is_called_after_what_was_put_and_not_for_what_was_dropped() -> None:
    there: list[list[int]] = []
    inbox: Inbox[int] = Inbox(limit=2, came=lambda: there.append(list(inbox.drain())))
    inbox.put(1)
    inbox.put(2)
    assert there == [[1], [2]]
    asleep: list[None] = []
    full: Inbox[int] = Inbox(limit=1, came=lambda: asleep.append(None))
    assert full.put(1)
    assert not full.put(2)
    assert len(asleep) == 1
