"""What the whole hall is told is spoken at the kiosk: urgent once, an evacuation until it is over."""

import pytest

from contract.calls import Notice, NoticeText
from contract.names import NoticeId, ZoneId
from kiosk.happenings import HubSaid, Say
from tests.unit.guided_visit import EN, Guided
from tests.unit.kiosk_visit import ID, text


@pytest.fixture
def visit() -> Guided:
    return Guided()


def notice(level: str, words: str = "Gedung ini harus dikosongkan", seq: int = 1) -> HubSaid:
    told = NoticeText(NoticeId("n-1"), text(words), level, (ZoneId("a"),))  # type: ignore[arg-type]
    return HubSaid(Notice(1, seq, told))


def test_an_urgent_notice_is_spoken_once_to_everybody_as_loud_as_it_goes(visit):
    visit.happen(notice("urgent", "Layanan tutup pukul 14.00"))
    (say,) = visit.did(Say)
    assert say.loud
    assert "Layanan tutup pukul empat belas" in say.text
    visit.wait(60.0)
    assert len(visit.did(Say)) == 1
    visit.happen(notice("urgent", "Layanan tutup pukul 13.00", seq=2))
    assert len(visit.did(Say)) == 2


def test_an_evacuation_is_spoken_again_and_again_in_each_language_in_turn_until_it_is_over(visit):
    visit.happen(notice("evacuate"))
    visit.wait(65.0)
    assert [say.language for say in visit.did(Say)] == [ID, EN, ID, EN]
    visit.happen(HubSaid(Notice(1, 2, None)))
    visit.wait(60.0)
    assert len(visit.did(Say)) == 4


def test_information_is_not_spoken(visit):
    visit.happen(notice("info"))
    assert visit.did(Say) == []
