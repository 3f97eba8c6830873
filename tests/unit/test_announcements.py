"""The queue of calls to speak: order, freshness, one report at the end of each, nothing cut off."""

from contract.names import CallId, DeviceId
from display.turns import (
    Announcements,
    CallCame,
    Make,
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
from tests.announcing import ENGLISH, FRESH_S, INDONESIAN, ME, Loudspeaker, a_call, parts


def test_a_call_is_queued_and_started_at_once_and_its_chime_rings_while_the_speech_is_made():
    speaker = Loudspeaker()
    effects = speaker.come(a_call(1))
    assert speaker.reports == [("call-1", "queued"), ("call-1", "started")]
    assert [type(effect) for effect in effects] == [Report, Report, Ring, Make]


def test_speech_waits_for_the_end_of_the_chime():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    assert not speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN)))
    (play,) = speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    assert isinstance(play, Play)


def test_a_call_alone_is_spoken_in_each_of_its_languages_and_reported_spoken_at_the_end():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.speak("call-1", INDONESIAN, ENGLISH)
    assert speaker.played() == [("call-1", "id"), ("call-1", "en")]
    assert speaker.endings() == [("call-1", "spoken")]
    assert speaker.details["call-1"] == "id en"


def test_the_second_language_is_left_out_when_somebody_waits_by_then():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN, ENGLISH)))
    speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    speaker.come(a_call(2))
    speaker.happen(SoundEnded(CallId("call-1"), "speech"))
    assert speaker.played() == [("call-1", "id")]
    assert ("call-1", "spoken") in speaker.reports
    assert speaker.reports[-1] == ("call-2", "started")


def made(speaker: Loudspeaker) -> list[tuple[str, bool]]:
    return [(each.call.call, each.short) for each in speaker.effects if isinstance(each, Make)]


def test_courtesy_is_left_out_when_several_wait():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN)))
    speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    for count in range(2, 6):
        speaker.come(a_call(count))
    speaker.happen(SoundEnded(CallId("call-1"), "speech"))
    speaker.speak("call-2", INDONESIAN)
    speaker.speak("call-3", INDONESIAN)
    assert made(speaker) == [("call-1", False), ("call-2", True), ("call-3", False), ("call-4", False)]


def test_a_call_whose_first_word_was_not_heard_yet_loses_its_courtesy_when_others_come():
    speaker = Loudspeaker()
    for count in range(1, 5):
        speaker.come(a_call(count))
    assert made(speaker) == [("call-1", False), ("call-1", True)]
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN), short=False))
    speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    assert speaker.played() == []
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN), short=True))
    assert speaker.played() == [("call-1", "id")]


def test_courtesy_is_left_out_where_it_would_make_another_call_too_old():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN)))
    speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    speaker.come(a_call(2))
    speaker.come(a_call(3))
    speaker.now_s += 6
    speaker.happen(TimePassed())
    speaker.now_s += 18
    speaker.happen(SoundEnded(CallId("call-1"), "speech"))
    assert made(speaker)[-1] == ("call-2", True)


def test_first_the_second_language_then_the_repeat_is_left_out():
    for waiting, said in ((0, ["id", "en", "id", "en"]), (1, ["id", "id"]), (2, ["id"])):
        speaker = Loudspeaker(Manner(me=ME, say_times=2))
        speaker.come(a_call(1))
        speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN, ENGLISH)))
        speaker.happen(SoundEnded(CallId("call-1"), "chime"))
        for count in range(waiting):
            speaker.come(a_call(2 + count))
        for _ in range(4):
            speaker.happen(SoundEnded(CallId("call-1"), "speech"))
        assert [language for call, language in speaker.played() if call == "call-1"] == said
        assert speaker.endings() == [("call-1", "spoken")]


def test_with_the_chime_alone_a_call_rings_and_is_reported_silent():
    speaker = Loudspeaker(Manner(me=ME, speech=False))
    effects = speaker.come(a_call(1))
    assert [type(effect) for effect in effects] == [Report, Report, Ring]
    speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    assert speaker.endings() == [("call-1", "silent")]


def test_with_no_sound_at_all_every_call_is_reported_silent_at_once():
    speaker = Loudspeaker(Manner(me=ME, speech=False, chime=False))
    speaker.come(a_call(1))
    speaker.come(a_call(2))
    assert speaker.endings() == [("call-1", "silent"), ("call-2", "silent")]
    assert not any(isinstance(effect, Ring | Make) for effect in speaker.effects)


def test_without_a_chime_the_speech_comes_as_soon_as_it_is_made():
    speaker = Loudspeaker(Manner(me=ME, chime=False))
    effects = speaker.come(a_call(1))
    assert [type(effect) for effect in effects] == [Report, Report, Make]
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN)))
    assert speaker.played() == [("call-1", "id")]


def test_what_was_begun_before_the_quiet_hours_is_said_to_its_end():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.manner = Manner(me=ME, speech=False, chime=False)
    speaker.speak("call-1", INDONESIAN)
    assert speaker.endings() == [("call-1", "spoken")]


def test_a_call_can_be_said_twice_when_nobody_waits():
    speaker = Loudspeaker(Manner(me=ME, say_times=2))
    speaker.come(a_call(1))
    speaker.speak("call-1", INDONESIAN, ENGLISH)
    assert speaker.played() == [("call-1", "id"), ("call-1", "en"), ("call-1", "id"), ("call-1", "en")]


def test_a_new_call_never_cuts_off_the_one_being_spoken():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN)))
    speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    effects = speaker.come(a_call(2))
    assert [type(effect) for effect in effects] == [Report]
    assert speaker.reports[-1] == ("call-2", "queued")


def test_a_call_for_another_announcer_is_not_spoken():
    speaker = Loudspeaker()
    assert speaker.come(a_call(1, announcers=(DeviceId("display-2"),))) == ()
    assert speaker.state == Announcements()


def test_a_call_given_to_this_display_later_is_spoken():
    speaker = Loudspeaker()
    speaker.come(a_call(1, announcers=(DeviceId("display-2"),)))
    speaker.come(a_call(1))
    assert speaker.reports == [("call-1", "queued"), ("call-1", "started")]


def test_the_same_call_heard_again_is_not_spoken_again_and_its_fate_is_told_again():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.speak("call-1", INDONESIAN)
    effects = speaker.come(a_call(1))
    assert [effect.became.outcome for effect in effects if isinstance(effect, Report)] == ["spoken"]
    assert speaker.played() == [("call-1", "id")]


def test_a_call_that_grew_too_old_while_it_waited_is_dropped():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.come(a_call(2))
    speaker.now_s += FRESH_S
    speaker.happen(TimePassed())
    assert ("call-2", "dropped") in speaker.reports


def test_a_call_that_is_too_old_when_it_comes_is_queued_and_dropped_at_once():
    speaker = Loudspeaker()
    speaker.happen(CallCame(a_call(1), speaker.now_s - 1))
    assert speaker.reports == [("call-1", "queued"), ("call-1", "dropped")]
    assert not any(isinstance(effect, Ring) for effect in speaker.effects)


def test_a_call_whose_turn_has_come_is_spoken_to_its_end_however_long_that_takes():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN)))
    speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    speaker.now_s += 6.9
    speaker.happen(TimePassed())
    assert speaker.endings() == []


def test_a_chime_that_cannot_be_played_does_not_silence_the_call():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.happen(SoundLost(CallId("call-1"), "chime", "no such file"))
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN)))
    assert speaker.played() == [("call-1", "id")]


def test_speech_that_cannot_be_made_fails_this_call_and_not_the_next():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.come(a_call(2))
    speaker.happen(SpeechLost(CallId("call-1"), "the engine hung"))
    assert speaker.reports[-2:] == [("call-1", "failed"), ("call-2", "started")]
    assert speaker.details["call-1"] == "the engine hung"


def test_a_loudspeaker_that_never_says_that_it_ended_does_not_stop_the_queue():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.come(a_call(2))
    speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN)))
    speaker.now_s += 5.5  # the chime never ended
    speaker.happen(TimePassed())
    assert speaker.played() == [("call-1", "id")]
    speaker.now_s += 7.5  # nor did the speech
    speaker.happen(TimePassed())
    assert speaker.reports[-2:] == [("call-1", "failed"), ("call-2", "started")]


def test_an_engine_that_never_answers_does_not_stop_the_queue():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    speaker.now_s += 12.1
    speaker.happen(TimePassed())
    assert speaker.endings() == [("call-1", "failed")]


def test_what_comes_too_late_changes_nothing():
    speaker = Loudspeaker()
    speaker.come(a_call(1))
    speaker.happen(SpeechLost(CallId("call-1"), "the engine hung"))
    before = speaker.state
    assert not speaker.happen(SpeechMade(CallId("call-1"), parts(INDONESIAN)))
    assert not speaker.happen(SoundEnded(CallId("call-1"), "chime"))
    assert speaker.state == before


def test_beyond_the_limit_the_oldest_waiting_call_is_dropped_and_said_to_be():
    speaker = Loudspeaker(Manner(me=ME, waiting_limit=2))
    for count in range(1, 5):
        speaker.come(a_call(count))
    assert speaker.endings() == [("call-2", "dropped")]
