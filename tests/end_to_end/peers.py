"""Devices of a test's own at a real hall: they speak the contract over the real link, and wait for answers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from assets.device_file import read_device_file
from contract.catalogue import Message
from contract.desk import Action, DeskAction, DeskView
from contract.names import DeviceId, HallId, Language, RequestId, ServiceId
from contract.tickets import IssuedTicket, Refused, TicketIssued, TicketRequested
from link.inbox import Inbox
from link.link import Connected, Heard, LinkEvent
from link.paho_link import PahoLink
from link.settings import settings_of
from link.topics import topics_of
from tests.waiting import wait_for

Answer = TypeVar("Answer")


class Peer:
    """One device by its file. Everything it heard is in `heard`, in order."""

    def __init__(self, file: Path) -> None:
        read = read_device_file(file)
        assert read.device.role != "hub"
        self.device = DeviceId(read.device.id)
        self.heard: list[Message] = []
        self.connections = 0
        self._inbox: Inbox[LinkEvent] = Inbox()
        self.link = PahoLink(settings_of(file, read), self._inbox, None)
        self.link.subscribe(topics_of(read.device.role, HallId(read.hall), self.device))
        self.link.open()
        self._requests = 0
        wait_for(lambda: self.listen() and self.connections, f"{self.device} to be connected")

    def listen(self) -> bool:
        """Take in what has come."""
        for event in self._inbox.drain():
            match event:
                case Heard(message=message):
                    self.heard.append(message)
                case Connected():
                    self.connections += 1
                case _:
                    pass
        return True

    def wait(self, fits: Callable[[Message], bool], what: str, deadline_s: float = 10.0, since: int = 0) -> Message:
        """The first message heard after the first `since` that fits."""

        def look() -> Message | None:
            self.listen()
            return next((message for message in self.heard[since:] if fits(message)), None)

        found = wait_for(look, f"{what} at {self.device}", deadline_s)
        assert found is not None
        return found

    def ask_number(self, service: str, request: str, deadline_s: float = 10.0) -> IssuedTicket | Refused:
        """Ask for a number as a kiosk does, and say the same request again until there is an answer."""
        asked = TicketRequested(
            request=RequestId(request),
            service=ServiceId(service),
            visitor="regular",
            needs=(),
            language=Language("id"),
            expires_at=datetime.now(UTC) + timedelta(seconds=60),
        )

        def look() -> Message | None:
            self.link.say(asked)
            try:
                return self.wait(
                    lambda message: isinstance(message, TicketIssued | Refused) and message.request == request,
                    "an answer",
                    1.0,
                )
            except AssertionError:
                return None

        answer = wait_for(look, f"the answer to {request}", deadline_s)
        assert isinstance(answer, TicketIssued | Refused)
        return answer.ticket if isinstance(answer, TicketIssued) else answer

    def act(self, action: Action) -> DeskView | Refused:
        """Do something as a counter pad does."""
        self._requests += 1
        request = RequestId(f"{self.device}-{self._requests}")
        before = len(self.heard)
        assert self.link.say(DeskAction(request=request, action=action))
        answer = self.wait(
            lambda message: isinstance(message, DeskView | Refused) and message.request == request,
            f"an answer to {action}",
            since=before,
        )
        assert isinstance(answer, DeskView | Refused)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.link.close()
