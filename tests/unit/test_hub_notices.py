"""What is said to the whole hall: given at the hub's machine, on record, said to every device, over at its time."""

from datetime import timedelta
from pathlib import Path

import pytest

from assets.hall_entries import HallEntry
from assets.reading import read_toml
from command import notice as notice_command
from command.failing import CommandFailed
from command.hall import EXAMPLE
from contract.calls import Notice, NoticeText
from contract.names import NoticeId
from hub import wanted
from hub.domain.facts import NoticeChanged
from hub.wanted import NoticeWanted, Wish
from tests.unit.hub_hall import MORNING, World, both

CLOSING = NoticeText(NoticeId("n1"), both("Tutup pukul 14.00"), "urgent", ())


def give(world: World, notice: NoticeText | None) -> list[str]:
    """Somebody at the hub wants it; what was called once it was on record."""
    done: list[str] = []
    world.hub.handle((NoticeWanted(notice, lambda: done.append("done")),))
    world.run()
    return done


def test_a_notice_is_on_record_before_anybody_is_told_and_then_every_device_is() -> None:
    world = World()
    assert world.kiosk.last(Notice).notice is None
    assert give(world, CLOSING) == ["done"]
    assert [fact.notice for fact in world.journal.facts if isinstance(fact, NoticeChanged)] == [CLOSING]
    assert world.kiosk.last(Notice).notice == CLOSING
    assert world.display().last(Notice).notice == CLOSING


def test_where_it_cannot_be_written_down_nobody_is_told() -> None:
    world = World()
    world.journal.broken = True
    done: list[str] = []
    with pytest.raises(OSError, match="disk full"):
        world.hub.handle((NoticeWanted(CLOSING, lambda: done.append("done")),))
    world.broker.settle()
    assert done == []
    assert world.kiosk.last(Notice).notice is None


def test_the_same_wish_again_says_nothing_new_and_is_done_all_the_same() -> None:
    world = World()
    give(world, CLOSING)
    before = len(world.journal.facts)
    assert give(world, CLOSING) == ["done"]
    assert len(world.journal.facts) == before


def test_a_hub_that_is_started_anew_says_it_again() -> None:
    world = World()
    give(world, CLOSING)
    world.kill_hub()
    world.start_hub()
    world.run()
    assert world.display().last(Notice).notice == CLOSING


def test_it_goes_on_into_the_next_day_until_it_is_taken_back() -> None:
    world = World()
    give(world, CLOSING)
    for _ in range(24):
        world.run(seconds=3600)
    assert str(world.hub.state.day) == "2026-11-26"
    assert world.hub.state.notice == CLOSING
    assert world.journal.replay().notice == CLOSING
    give(world, None)
    assert world.kiosk.last(Notice).notice is None


def test_when_its_time_is_over_the_hall_is_told_without_anybodys_doing() -> None:
    world = World()
    give(world, NoticeText(NoticeId("n2"), both("Sebentar"), "info", (), world.now + timedelta(seconds=30)))
    world.run(seconds=29)
    assert world.kiosk.last(Notice).notice is not None
    world.run(seconds=2)
    assert world.kiosk.last(Notice).notice is None


def test_an_evacuation_is_said_although_the_clock_stands_behind() -> None:
    world = World()
    world.ask()
    world.now -= timedelta(hours=2)
    give(world, NoticeText(NoticeId("n3"), both("Keluar"), "evacuate", ()))
    assert world.kiosk.last(Notice).notice is not None


def test_a_wish_lies_in_the_data_folder_until_it_is_done(tmp_path: Path) -> None:
    path = wanted.put(tmp_path / "data", Wish(CLOSING))
    (found,) = wanted.look(tmp_path / "data")
    assert found.notice == CLOSING
    assert path.exists()
    found.done()
    assert not path.exists()
    assert wanted.look(tmp_path / "data") == ()


def test_wishes_are_taken_in_the_order_in_which_they_were_made(tmp_path: Path) -> None:
    for wish in (CLOSING, None):
        wanted.put(tmp_path, Wish(wish))
    assert [each.notice for each in wanted.look(tmp_path)] == [CLOSING, None]


@pytest.mark.parametrize("body", [b'{"notice": {"level": "loud"}}', b'{"notice": {"id": "\xff"}}', b"\x00"])
def test_a_file_that_is_no_wish_is_removed_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    (tmp_path / "notice-1.json").write_bytes(body)
    assert wanted.look(tmp_path) == ()
    assert "notice-unread" in caplog.text
    assert not list(tmp_path.iterdir())


HALL = read_toml(EXAMPLE / "hall.toml", HallEntry)


def meant(*words: str) -> NoticeText:
    return notice_command.notice_of(HALL, notice_command._parser().parse_args(["DIR", *words]), MORNING)


def test_the_words_of_the_command_are_a_notice_in_this_hall() -> None:
    notice = meant(
        "--level", "urgent", "--text", "Tutup", "--language", "en=Closing", "--until", "15:30", "--zones", "a"
    )
    assert notice.text == {"id": "Tutup", "en": "Closing"}
    assert (notice.level, notice.zones) == ("urgent", ("a",))
    assert notice.until is not None
    assert notice.until.isoformat() == "2026-11-25T15:30:00+08:00"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(CommandFailed) as failed:
        meant("--language", "fr=Fermé", "--zones", "q", "--until", "07:00")
    said = str(failed.value)
    for part in ("what is to be said", "fr=Fermé", "no zone 'q'", "that is past, it is 08:12"):
        assert part in said
