from link import hearing
from link.hearing import Echoes


def test_kept_state_that_was_just_heard_is_an_echo():
    echoes = Echoes()
    assert [echoes.is_echo("a", b"1", True) for _ in range(2)] == [False, True]
    assert not echoes.is_echo("b", b"1", True)


def test_kept_state_that_came_fresh_in_between_is_an_echo_and_another_is_none():
    echoes = Echoes()
    echoes.is_echo("a", b"1", True)
    assert not echoes.is_echo("a", b"2", False)
    assert echoes.is_echo("a", b"2", True)
    assert not echoes.is_echo("a", b"3", True)


def test_what_is_said_twice_and_not_kept_is_heard_twice():
    echoes = Echoes()
    assert [echoes.is_echo("a", b"1", False) for _ in range(3)] == [False] * 3


def test_state_that_is_asked_for_anew_is_news():
    echoes = Echoes()
    echoes.is_echo("a", b"1", True)
    echoes.forget()
    assert not echoes.is_echo("a", b"1", True)


def test_what_comes_late_of_a_topic_that_was_given_up_is_not_heard_until_it_is_asked_for_again():
    echoes = Echoes()
    echoes.forget(["a"], ["b"])
    assert [echoes.is_echo("a", b"1", retained) for retained in (True, False)] == [True, True]
    assert not echoes.is_echo("b", b"1", True)
    echoes.forget([], ["a", "b"])
    assert not echoes.is_echo("a", b"1", True)


def test_the_memory_has_a_limit_at_which_echoes_are_heard(monkeypatch):
    monkeypatch.setattr(hearing, "_TOPICS_REMEMBERED", 2)
    echoes = Echoes()
    for topic in ("a", "b", "c"):
        echoes.is_echo(topic, b"1", True)
    assert [echoes.is_echo(topic, b"1", True) for topic in ("a", "b", "c")] == [True, True, False]
    assert len(echoes._bodies) == 2
