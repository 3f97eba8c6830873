"""A loudspeaker that a test plays: it carries out what the queue of calls decides, and keeps what was reported."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from contract.calls import Call
from contract.names import CallId, CounterId, DeviceId, Language, Number, ServiceId, TicketId, ZoneId
from display.announcements import step
from display.turns import (
    Announcements,
    CallCame,
    Effect,
    Happening,
    Make,
    Manner,
    Part,
    Play,
    Report,
    Ring,
    SoundEnded,
    SpeechMade,
    TimePassed,
)
from voice.speaker import Wave

ME = DeviceId("display-1")
AT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
FRESH_S = 30.0
INDONESIAN, ENGLISH = Language("id"), Language("en")
ENDINGS = {"spoken", "dropped", "failed", "silent"}


def a_call(count: int, announcers: tuple[DeviceId, ...] = (ME,), languages=(INDONESIAN, ENGLISH)) -> Call:
    return Call(
        boot=1,
        seq=count,
        call=CallId(f"call-{count}"),
        at=AT,
        expires_at=AT + timedelta(seconds=FRESH_S),
        ticket=TicketId(f"ticket-{count}"),
        number=Number(f"K{count:03}"),
        service=ServiceId("kartu-keluarga"),
        counter=CounterId("loket-3"),
        zone=ZoneId("a"),
        repeat=1,
        languages=languages,
        announcers=announcers,
    )


def parts(*languages: Language) -> tuple[Part, ...]:
    return tuple(Part(language, Wave(Path(f"{language}.wav"), 4.0)) for language in languages)


class Loudspeaker:
    """Carries the effects out as a display would, and keeps all that was reported and played."""

    def __init__(self, manner: Manner | None = None) -> None:
        self.manner = manner or Manner(me=ME)
        self.state = Announcements()
        self.now_s = 1000.0
        self.reports: list[tuple[str, str]] = []
        self.details: dict[str, str] = {}
        self.effects: list[Effect] = []

    def happen(self, happening: Happening) -> tuple[Effect, ...]:
        self.state, effects = step(self.state, happening, self.now_s, self.manner)
        self.effects += effects
        for effect in effects:
            if isinstance(effect, Report):
                self.reports.append((effect.became.call, effect.became.outcome))
                self.details[effect.became.call] = effect.became.detail
        return effects

    def come(self, call: Call) -> tuple[Effect, ...]:
        return self.happen(CallCame(call, self.now_s + FRESH_S))

    def speak(self, call: str, *languages: Language) -> None:
        """Everything of one call goes well."""
        assert self.state.speaking is not None
        self.happen(SpeechMade(CallId(call), parts(*languages), self.state.speaking.short))
        self.happen(SoundEnded(CallId(call), "chime"))
        for _ in range(2 * self.manner.say_times + 1):
            if self.state.speaking is not None and self.state.speaking.call.call == call:
                self.happen(SoundEnded(CallId(call), "speech"))

    def endings(self) -> list[tuple[str, str]]:
        return [report for report in self.reports if report[1] in ENDINGS]

    def played(self) -> list[tuple[str, str]]:
        return [(each.call, each.part.language) for each in self.effects if isinstance(each, Play)]


FULL_S, SHORT_S, CHIME_S, MADE_S = 6.3, 4.3, 1.15, 0.03
"""The longest that were measured on espeak-ng ("AB123" to counter 27), with courtesy and without; the chime; the making."""


class TimedLoudspeaker(Loudspeaker):
    """One on which everything goes well and takes its time. `began_s`: when the chime of each call rang."""

    def __init__(self, manner: Manner) -> None:
        super().__init__(manner)
        self.began_s: dict[str, float] = {}
        self._coming: list[tuple[float, Happening]] = []

    def happen(self, happening: Happening) -> tuple[Effect, ...]:
        effects = super().happen(happening)
        for effect in effects:
            self._sound(effect)
        return effects

    def pass_until(self, until_s: float) -> None:
        """Time passes; looks four times a second, and at every moment at which something ends."""
        while self.now_s < until_s:
            due = min(self._coming, key=lambda item: item[0], default=None)
            looks_s = min(self.now_s + 0.25, until_s)
            if due is not None and due[0] <= looks_s:
                self._coming.remove(due)
                self.now_s = due[0]
                self.happen(due[1])
            else:
                self.now_s = looks_s
                self.happen(TimePassed())

    def _sound(self, effect: Effect) -> None:
        match effect:
            case Ring(call=call):
                self.began_s[call] = self.now_s
                self._coming.append((self.now_s + CHIME_S, SoundEnded(call, "chime")))
            case Make(call=asked, short=short):
                wave = Wave(Path("speech.wav"), SHORT_S if short else FULL_S)
                made = tuple(Part(language, wave) for language in asked.languages)
                self._coming.append((self.now_s + MADE_S, SpeechMade(asked.call, made, short)))
            case Play(call=call, part=part):
                self._coming.append((self.now_s + part.wave.duration_s, SoundEnded(call, "speech")))
            case _:
                pass
