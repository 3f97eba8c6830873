"""The queue of calls under whatever may happen: nothing lost, nothing twice, the order kept."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from contract.names import CallId
from display.turns import (
    CallCame,
    Happening,
    Manner,
    Play,
    Report,
    Ring,
    SoundEnded,
    SoundLost,
    SpeechLost,
    SpeechMade,
    TimePassed,
)
from tests.announcing import ENDINGS, ENGLISH, FRESH_S, INDONESIAN, ME, Loudspeaker, TimedLoudspeaker, a_call, parts


class Move(Struct, frozen=True):
    """One thing that a day brings: a new call, an old one again, time, or something of the call being spoken."""

    kind: str
    seconds: float = 0.0
    which: int = 0


MOVES = st.lists(
    st.one_of(
        st.just(Move("new")),
        st.just(Move("new")),
        st.builds(Move, st.just("again"), st.just(0.0), st.integers(0, 30)),
        st.builds(Move, st.just("time"), st.floats(0.0, 40.0)),
        st.sampled_from([Move(kind) for kind in ("made", "chime", "speech", "lost", "chime-lost", "speech-lost")]),
    ),
    max_size=60,
)


def happening_of(move: Move, speaker: Loudspeaker, came: int) -> Happening:
    now = speaker.state.speaking
    call = now.call.call if now else CallId("call-0")
    happenings: dict[str, Happening] = {
        "new": CallCame(a_call(came), speaker.now_s + FRESH_S),
        "again": CallCame(a_call(1 + move.which % max(1, came)), speaker.now_s + FRESH_S),
        "made": SpeechMade(call, parts(INDONESIAN, ENGLISH)),
        "chime": SoundEnded(call, "chime"),
        "speech": SoundEnded(call, "speech"),
        "lost": SpeechLost(call, "lost"),
        "chime-lost": SoundLost(call, "chime", "lost"),
        "speech-lost": SoundLost(call, "speech", "lost"),
        "time": TimePassed(),
    }
    return happenings[move.kind]


@given(MOVES)
def test_whatever_happens_every_call_ends_once_and_calls_start_in_their_order(moves):
    speaker = Loudspeaker()
    taken: set[str] = set()
    came = 0
    for move in moves:
        came += move.kind == "new"
        speaker.now_s += move.seconds
        happening = happening_of(move, speaker, came)
        if isinstance(happening, CallCame):
            taken.add(happening.call.call)
        speaker.happen(happening)
    for _ in range(3 * came + 3):  # and then nothing more is heard of engine and loudspeaker
        speaker.now_s += 40
        speaker.happen(TimePassed())
    first_reports = list(dict.fromkeys(speaker.reports))
    endings = [call for call, outcome in first_reports if outcome in ENDINGS]
    assert sorted(endings) == sorted(taken)
    assert {call for call, outcome in first_reports if outcome == "queued"} == taken
    queued = [call for call, outcome in first_reports if outcome == "queued"]
    started = [call for call, outcome in first_reports if outcome == "started"]
    assert started == [call for call in queued if call in set(started)]
    assert speaker.state.speaking is None
    assert speaker.state.waiting == ()


@given(MOVES)
def test_whatever_happens_one_call_sounds_at_a_time_and_each_at_most_once(moves):
    speaker = Loudspeaker()
    came = 0
    sounding: str | None = None
    for move in moves:
        came += move.kind == "new"
        speaker.now_s += move.seconds
        for effect in speaker.happen(happening_of(move, speaker, came)):
            if isinstance(effect, Ring):
                assert sounding is None
                sounding = effect.call
            elif isinstance(effect, Play):
                assert effect.call == sounding
            elif isinstance(effect, Report) and effect.became.call == sounding and effect.became.outcome in ENDINGS:
                sounding = None
    rung = [effect.call for effect in speaker.effects if isinstance(effect, Ring)]
    assert len(rung) == len(set(rung))


ARRIVALS = st.lists(st.tuples(st.floats(0.0, 12.0), st.integers(1, 2)), min_size=1, max_size=40)


@given(ARRIVALS, st.integers(1, 2))
def test_however_calls_arrive_each_is_spoken_or_older_than_thirty_seconds(arrivals, say_times):
    speaker = TimedLoudspeaker(Manner(me=ME, say_times=say_times))
    came_s: dict[str, float] = {}
    for count, (after_s, languages) in enumerate(arrivals, start=1):
        speaker.pass_until(speaker.now_s + after_s)
        call = a_call(count, languages=(INDONESIAN, ENGLISH)[:languages])
        came_s[call.call] = speaker.now_s
        speaker.come(call)
    speaker.pass_until(speaker.now_s + 200)
    outcomes = dict(speaker.endings())
    assert len(speaker.endings()) == len(came_s)
    assert set(outcomes) == set(came_s)
    assert set(outcomes.values()) <= {"spoken", "dropped"}
    assert {call for call, outcome in outcomes.items() if outcome == "spoken"} == set(speaker.began_s)
    assert all(began_s - came_s[call] < FRESH_S for call, began_s in speaker.began_s.items())
    assert list(speaker.began_s) == sorted(speaker.began_s, key=lambda call: came_s[call])
