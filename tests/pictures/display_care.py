"""More of the hall display's states: pictures beside the calls, notices, a shut hall, and a panel that is cared for."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace
from PIL import Image, ImageDraw

from contract.calls import Notice, NoticeText
from contract.halls import QueueOfService, Queues
from contract.names import AgencyId, NoticeId, ServiceId
from contract.reasons import WhyClosed
from display.board import HubHeard, Knowledge, learn
from display.care import CareManner, covering
from display.media import Picture
from display.views import View, view_of
from tests.pictures.display_gallery import AT, BREAK, EN, ID, LOOK, MANNER, NOW_S, WAITING, call, known

CARE = CareManner(shift_px=8, rest_after_s=1200.0)

URGENT = NoticeText(
    NoticeId("n1"),
    {
        ID: "Hari ini pelayanan tutup pukul 14.00 karena pemeliharaan listrik.",
        EN: "Today the hall closes at 14:00 because of work on the power lines.",
    },
    "urgent",
    (),
)
INFO = replace(
    URGENT, text={ID: "Parkir pindah ke sisi timur.", EN: "Parking has moved to the east side."}, level="info"
)


def drawn(width: int, height: int) -> Picture:
    """A poster with a frame along its very edge: what is cut off would be missed."""
    image = Image.new("RGB", (width, height), "#F6F4EE")
    draw = ImageDraw.Draw(image)
    edge = 14
    draw.rectangle((0, 0, width - 1, height - 1), outline="#A63D2F", width=edge)
    draw.ellipse((width * 0.2, height * 0.15, width * 0.8, height * 0.15 + width * 0.6), fill="#0B5D5B")
    draw.rectangle((width * 0.15, height * 0.8, width * 0.85, height * 0.87), fill="#F5A800")
    return Picture(f"{width}x{height}", width, height, image.tobytes())


def noticed(notice: NoticeText) -> Knowledge:
    return learn(known(*LOOK, counters=(BREAK,)), Notice(3, 1, notice), NOW_S, 8, retained=False)


def shut(why: WhyClosed, until: datetime) -> Knowledge:
    state = known(*LOOK, waiting=False)
    for name in WAITING:
        one = QueueOfService(ServiceId(name), open=False, waiting=0, why_closed=why, until=until)
        state = learn(state, Queues(3, 5, AT, (one,), AgencyId(name)), NOW_S, 8, retained=False)
    return state


def resting(state: Knowledge, now_s: float = NOW_S) -> View:
    view = covering(replace(state, began_s=NOW_S - 20_000), (), CARE, now_s, speaking=None, page_s=10.0)
    assert view is not None
    return view


def views() -> dict[str, View]:
    calm = known(call("K069", "loket-3", 1201.0), waiting=False)
    lost = replace(calm, hub=HubHeard(AT - timedelta(seconds=900), NOW_S - 900, 3))

    def shown(state: Knowledge, picture: Picture | None = None) -> View:
        return view_of(state, MANNER, None, NOW_S, picture)

    return {
        "with-a-picture": shown(known(*LOOK), drawn(1200, 800)),
        "with-an-upright-picture": shown(known(*LOOK), drawn(700, 1000)),
        "notice": shown(noticed(INFO)),
        "urgent-notice": shown(noticed(URGENT)),
        "not-begun": shown(shut(WhyClosed.BEFORE_HOURS, AT + timedelta(hours=1))),
        "days-end": shown(shut(WhyClosed.AFTER_HOURS, datetime(2026, 11, 26, 0, 0, tzinfo=UTC))),
        "resting": resting(calm),
        "resting-elsewhere": resting(
            replace(calm, hub=HubHeard(AT + timedelta(seconds=600), NOW_S + 600, 3)), NOW_S + 600
        ),
        "resting-while-the-hub-is-lost": resting(lost),
    }
