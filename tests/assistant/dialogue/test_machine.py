"""One step: what happens outside, and the answers of the mixer, each in every state, or ignored on purpose."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.coaching.holds import hold_left
from assistant.coaching.marks import CountMark, PhaseMark, RepetitionMark
from assistant.coaching.session import SessionPlace, session_at
from assistant.dialogue.actions import Note, Record, Save, SetVolume, Signal, Silence
from assistant.dialogue.ducking import DUCK_DB, SUSPECTED_DUCK_DB
from assistant.dialogue.events import (
    DeviceBack,
    DeviceLost,
    Ended,
    Event,
    Played,
    Ready,
    Silenced,
    VoiceBegan,
    VoiceEnded,
)
from assistant.dialogue.machine import start, step
from assistant.dialogue.output import Output, Playing, Silencing
from assistant.dialogue.parts.modes import AfterHurt, AskingFelt, Asleep, Coaching, Idle, Paused, Topic
from assistant.dialogue.parts.sitting import CLEARED
from assistant.dialogue.state import Conversation, state_of
from assistant.script import stretching
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline import entries
from audio.frames import Frame
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    BREATHING,
    FIRST,
    GIVEN_UP,
    HELD,
    NECK,
    ROLLS,
    SCENES,
    SESSION,
    Effect,
    begun,
    holding,
    observed,
    standing,
    state_in,
)
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

QUIET_SCENES = tuple(scene for scene in SCENES if scene not in (*SESSION, "last"))


# -- the start ------------------------------------------------------------------------------------------


def test_awake_it_tells_with_a_sound_that_it_listens() -> None:
    after, actions = start(Conversation(), 480, GUIDANCE)
    assert actions == (Note(480, entries.StateEntered("Idle")), Signal(1, "listening"))
    assert after == Conversation(output=Output(last_id=1))


def test_asleep_it_makes_no_sound() -> None:
    conversation = Conversation(mode=Asleep(), asks_number=True)
    after, actions = start(conversation, 0, GUIDANCE)
    assert actions == (Note(0, entries.StateEntered("Asleep")), Note(0, entries.FellAsleep("key")))
    assert after == conversation


def test_the_volume_that_was_kept_holds_from_the_start() -> None:
    _, actions = start(Conversation(settings=Settings(volume=-6.0)), 0, GUIDANCE)
    assert actions[1] == SetVolume(-6.0)


def test_the_states_enter_the_timeline_in_order() -> None:
    talk = begun().until(State.RESTING)
    names = [entry.name for _, entry in talk.noted(entries.StateEntered)]
    assert names == ["Idle", "Screening", "Instructing", "Holding", "Resting"]


# -- answers nobody awaits ------------------------------------------------------------------------------


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize(
    "event", [Ready(999, (1, 2)), Ended(999, 5), Silenced(999, 5, 7), Played(999, 0, None, 5)], ids=type
)
def test_an_answer_nobody_awaits_is_ignored(scene: str, event: Event) -> None:
    conversation, now = standing(scene)
    assert step(conversation, event, now, GUIDANCE) == (conversation, ())


def test_what_is_no_longer_current_was_played_all_the_same() -> None:
    conversation, now = standing("holding")
    played = Played(999, 0, CountMark(9, 15, silent=False), now - 5)
    noted = Note(now - 5, entries.Count(9, 15, silent=False))
    assert step(conversation, played, now, GUIDANCE) == (conversation, (noted,))
    assert step(conversation, Played(999, 0, PhaseMark(State.RESTING), now), now, GUIDANCE) == (conversation, ())


# -- what the mixer reached -----------------------------------------------------------------------------


def playing(scene: str) -> tuple[Conversation, Frame, Playing]:
    """A scene in which something plays."""
    conversation, now = standing(scene)
    mouth = conversation.output.now
    assert isinstance(mouth, Playing)
    return conversation, now, mouth


def test_a_phase_moves_the_session_and_is_noted_at_its_frame() -> None:
    conversation, now, mouth = playing("instructing")
    after, actions = step(conversation, Played(mouth.id, 0, PhaseMark(State.HOLDING), now - 77), now, GUIDANCE)
    assert state_of(after) is State.HOLDING
    assert actions == (Note(now - 77, entries.StateEntered("Holding")),)


def test_a_repetition_moves_the_place_and_is_kept() -> None:
    conversation, now, mouth = playing("holding")
    mark, entry = RepetitionMark("neck_rotation", "right", 2, 2), entries.MovementBegun("neck_rotation", "right", 2, 2)
    after, actions = step(conversation, Played(mouth.id, 0, mark, now), now, GUIDANCE)
    assert after.session is not None
    assert after.session.place == SessionPlace(0, 2, 0)
    kept = session_at(after.session, after.session.place)
    assert [action for action in actions if not isinstance(action, Save)] == [Note(now, entry)]
    assert [action.kept.session for action in actions if isinstance(action, Save)] == [kept]
    assert after.question_began == conversation.question_began, "a repetition opens no new question"


def test_without_a_session_its_marks_move_nothing() -> None:
    conversation, now, mouth = playing("holding")
    alone = replace(conversation, session=None, mode=Idle())
    mark, entry = RepetitionMark("neck_rotation", "right", 2, 2), entries.MovementBegun("neck_rotation", "right", 2, 2)
    after, actions = step(alone, Played(mouth.id, 0, mark, now), now, GUIDANCE)
    assert after.session is None
    assert actions == (Note(now, entry),)
    assert step(alone, Played(mouth.id, 0, PhaseMark(State.RESTING), now), now, GUIDANCE)[0].session is None


# -- the walk through a session -------------------------------------------------------------------------


def test_a_session_walks_through_its_places_to_the_end() -> None:
    talk = begun().settle()
    moves = [entry for _, entry in talk.noted(entries.MovementBegun)]
    turns = [entries.MovementBegun(NECK.key, side, n, 2) for n in (1, 2) for side in ("right", "left")]
    rolls = [entries.MovementBegun(ROLLS.key, None, n, 5) for _ in ROLLS.parts for n in range(1, 6)]
    breaths = [entries.MovementBegun(BREATHING.key, None, n, 4) for n in range(1, 5) for _ in BREATHING.parts]
    assert moves == [*turns, *rolls, *breaths]
    assert [entry for _, entry in talk.noted(entries.SessionEnded)] == [entries.SessionEnded(True)]
    assert talk.spoken[-2:] == [stretching.SESSION_DONE, stretching.BETTER_SAME_WORSE]
    assert talk.conversation.session is None
    assert talk.conversation.mode == AskingFelt()
    assert talk.conversation.sitting.cleared(talk.now), "the next session of the hour is not screened anew"
    held = [entry for _, entry in talk.noted(entries.HoldEnded)]
    assert held == [entries.HoldEnded(s, s * 48_000) for s in (15, 15, 15, 15, *(4, 6) * 4)]


def test_its_end_is_recorded() -> None:
    conversation, now = standing("holding")
    falling, _ = step(conversation, said(Intent.STOP, now), now, GUIDANCE)
    mouth = falling.output.now
    assert isinstance(mouth, Silencing)
    after, actions = step(falling, Silenced(mouth.id, now + 10, 96_000), now + 900, GUIDANCE)
    (record,) = [action.record for action in actions if isinstance(action, Record)]
    assert (record.routine, record.completed, record.movements) == ("quick", False, ())
    assert Note(now + 10, entries.SessionStopped("voice")) in actions
    assert Note(now + 10, entries.SessionEnded(False)) in actions
    assert Note(now + 10, entries.StateEntered("Idle")) in actions
    assert [action.kept.interrupted for action in actions if isinstance(action, Save)] == [False]
    assert after.session is not None
    assert after.session.remainder is None


def test_only_what_is_kept_is_saved() -> None:
    conversation, now = standing("offering")
    falling, actions = step(conversation, said(Intent.YES, now), now, GUIDANCE)
    assert [action.kept.session is not None for action in actions if isinstance(action, Save)] == [True]
    _, actions = step(falling, said(Intent.HELP, now), now, GUIDANCE)
    assert not [action for action in actions if isinstance(action, Save)]


def test_a_session_that_goes_elsewhere_is_noted_and_recorded() -> None:
    talk = begun()
    effect = observed(talk, lambda talk: talk.say(Intent.START_ROUTINE, routine="full"))
    assert effect.noted[:2] == (entries.SessionEnded(False), entries.SessionStarted("full"))
    assert GUIDANCE.careful in effect.said, "a new session is told to go gently"
    assert talk.conversation.sitting.cleared(talk.now)


# -- a voice over it ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("alarmed", "decibels"), [(False, DUCK_DB), (True, SUSPECTED_DUCK_DB)])
@pytest.mark.parametrize("volume", [0.0, 6.0])
def test_a_voice_over_it_makes_it_softer_and_its_end_as_before(alarmed: bool, decibels: float, volume: float) -> None:
    conversation, now = standing("holding")
    conversation = replace(conversation, settings=Settings(volume=volume))
    softer, actions = step(conversation, VoiceBegan(now, alarmed), now, GUIDANCE)
    assert actions == (Note(now, entries.Ducked()), SetVolume(volume + decibels))
    assert step(softer, VoiceBegan(now), now, GUIDANCE) == (softer, ())
    after, actions = step(softer, VoiceEnded(now + 5), now + 5, GUIDANCE)
    assert actions == (Note(now + 5, entries.Unducked()), SetVolume(volume))
    assert after == conversation


def test_an_alarm_hushes_what_is_softer_already() -> None:
    conversation, now = standing("holding")
    softer, _ = step(conversation, VoiceBegan(now), now, GUIDANCE)
    hushed, actions = step(softer, VoiceBegan(now, True), now, GUIDANCE)
    assert actions == (SetVolume(SUSPECTED_DUCK_DB),)
    assert step(hushed, VoiceBegan(now), now, GUIDANCE) == (hushed, ())


def test_an_answer_is_as_loud_as_ever() -> None:
    conversation, now = standing("holding")
    softer, _ = step(conversation, VoiceBegan(now), now, GUIDANCE)
    after, actions = step(softer, said(Intent.HELP, now), now, GUIDANCE)
    assert after.duck_db == 0
    assert SetVolume(0.0) in actions


@pytest.mark.parametrize("scene", QUIET_SCENES)
def test_a_voice_while_it_is_silent_changes_nothing(scene: str) -> None:
    conversation, now = standing(scene)
    for event in (VoiceBegan(now, True), VoiceBegan(now), VoiceEnded(now)):
        after, actions = step(conversation, event, now, GUIDANCE)
        assert (replace(after, wait=conversation.wait), actions) == (conversation, ())


def test_a_voice_while_it_falls_silent_hushes_what_comes_then() -> None:
    conversation, now = standing("idle")
    falling, _ = step(conversation, said(Intent.STOP, now), now, GUIDANCE)
    _, actions = step(falling, VoiceBegan(now), now, GUIDANCE)
    assert SetVolume(DUCK_DB) in actions


# -- devices --------------------------------------------------------------------------------------------

GONE = {"microphone": (script.CANNOT_HEAR,), "speaker": ()}


@pytest.mark.parametrize("device", ["microphone", "speaker"])
@pytest.mark.parametrize("scene", SCENES)
def test_a_lost_device_interrupts_what_goes_on(scene: str, device: entries.Device) -> None:
    seen = observed(SCENES[scene](), lambda talk: talk.take(DeviceLost(device, talk.now)))
    lost = entries.DeviceDropped(device)
    if state_in(scene) in (State.INSTRUCTING, State.HOLDING, State.RESTING):
        assert seen == Effect(GONE[device], State.PAUSED, (lost, entries.SessionPaused("device")))
    elif state_in(scene) in (State.PAUSED, State.EMERGENCY, State.ASLEEP, State.MUTED):
        assert seen == Effect((), state_in(scene), (lost,))
    else:
        assert seen == Effect(GONE[device], state_in(scene), (lost,))


@pytest.mark.parametrize("device", ["microphone", "speaker"])
def test_a_device_that_is_back_resumes_what_its_loss_interrupted(device: entries.Device) -> None:
    talk = holding()
    talk.take(DeviceLost(device, talk.now))
    talk.wait(5)
    seen = observed(talk, lambda talk: talk.take(DeviceBack(device, talk.now)))
    noted = (entries.DeviceReturned(device), entries.SessionResumed("device"))
    assert seen == Effect((NECK.parts[0].again, NECK.hold_word), State.INSTRUCTING, noted)
    assert talk.conversation.lost_devices == frozenset()
    assert talk.until(State.RESTING).counts == list(range(1, 16))


def test_it_is_resumed_when_all_are_back() -> None:
    talk = holding()
    talk.take(DeviceLost("microphone", talk.now))
    talk.wait(5)
    talk.take(DeviceLost("speaker", talk.now))
    talk.wait(1)
    talk.take(DeviceBack("microphone", talk.now))
    assert talk.wait(1).state is State.PAUSED
    talk.take(DeviceBack("speaker", talk.now))
    assert talk.wait(1).state is State.INSTRUCTING
    assert [entry.device for _, entry in talk.noted(entries.DeviceReturned)] == ["microphone", "speaker"]


@pytest.mark.parametrize("scene", ["paused", "paused topic", "idle"])
def test_a_device_that_is_back_resumes_nothing_else(scene: str) -> None:
    talk = SCENES[scene]()
    before = talk.conversation.mode
    talk.take(DeviceLost("speaker", talk.now))
    talk.wait(1)
    seen = observed(talk, lambda talk: talk.take(DeviceBack("speaker", talk.now)))
    assert seen == Effect((), state_in(scene), (entries.DeviceReturned("speaker"),))
    assert talk.conversation.mode == before


def test_a_loss_while_it_falls_silent_is_noted_alone() -> None:
    conversation, now = standing("holding")
    falling, _ = step(conversation, said(Intent.STOP, now), now, GUIDANCE)
    after, actions = step(falling, DeviceLost("speaker", now), now, GUIDANCE)
    assert actions == (Note(now, entries.DeviceDropped("speaker")),)
    assert after == replace(falling, lost_devices=frozenset({"speaker"}))


def test_what_was_being_told_is_told_again_when_the_device_is_back() -> None:
    talk = Talk().say(Intent.CAUSES).wait(1)
    seen = observed(talk, lambda talk: talk.take(DeviceLost("microphone", talk.now)))
    noted = (entries.DeviceDropped("microphone"), entries.SessionPaused("device"))
    assert seen == Effect((script.CANNOT_HEAR,), State.PAUSED, noted)
    assert isinstance(talk.conversation.mode, Paused)
    assert talk.conversation.mode.back == Topic("causes", 1)
    seen = observed(talk, lambda talk: talk.take(DeviceBack("microphone", talk.now)))
    told = (script.GOING_ON, GUIDANCE.topics["causes"].bites[0].say, script.MORE)
    assert seen == Effect(told, State.TOPIC, (entries.DeviceReturned("microphone"), entries.SessionResumed("device")))


# -- beside what is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize("scene", ["idle", "left"])
def test_words_beside_a_topic_come_before_the_rest_of_it(scene: str) -> None:
    talk = SCENES[scene]().say(Intent.CAUSES).wait(1)
    told = (GUIDANCE.topics["causes"].bites[0].say, script.MORE)
    seen = observed(talk, lambda talk: talk.say(Intent.WHERE_AM_I))
    assert seen == Effect((script.where_in(State.TOPIC), *told), State.TOPIC)


def test_an_answer_that_a_question_cut_off_is_not_begun_again() -> None:
    for question in (Intent.ROUTINE_LENGTH, Intent.TIME, Intent.ASK_EMERGENCY_NUMBER, Intent.HELP):
        talk = Talk().say(Intent.CAUSES).wait(1)
        talk.say(question).settle()
        begun = [begun.text for begun in talk.begun]
        assert begun.count(GUIDANCE.topics["causes"].bites[0].say) == 1, question
        assert isinstance(talk.conversation.mode, Topic), "what more there is can still be asked for"


def test_the_screening_question_for_another_wish_is_a_new_state() -> None:
    talk = Talk().say(Intent.WHAT_HELPS).settle()
    seen = observed(talk, lambda talk: talk.say(Intent.START_MOVEMENT, movement="shoulder_rolls"))
    assert seen.said == (GUIDANCE.screening.question,)
    states = [entry.name for _, entry in talk.noted(entries.StateEntered)]
    assert states[-2:] == [State.SCREENING, State.SCREENING]


# -- paused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("begins", [Intent.START_ROUTINE, Intent.CAUSES])
def test_a_pause_is_noted_at_the_first_silent_frame(begins: Intent) -> None:
    talk = Talk(Conversation(sitting=CLEARED)).say(begins).wait(1)
    falling, actions = step(talk.conversation, said(Intent.PAUSE, talk.now), talk.now, GUIDANCE)
    (silence,) = [action.id for action in actions if isinstance(action, Silence)]
    _, actions = step(falling, Silenced(silence, talk.now + 10, 48_000), talk.now + 900, GUIDANCE)
    assert Note(talk.now + 10, entries.SessionPaused("voice")) in actions
    assert Note(talk.now + 10, entries.StateEntered("Paused")) in actions


def test_a_paused_session_keeps_its_own_remainder() -> None:
    conversation, _ = standing("paused")
    assert isinstance(conversation.mode, Paused)
    assert conversation.mode == Paused(Coaching(), (), "voice", conversation.mode.since)
    assert conversation.session is not None
    assert hold_left(conversation.session.remainder or ()) == 15 * 48_000 - HELD


def test_a_lost_speaker_says_nothing_of_it_in_a_topic() -> None:
    talk = Talk().say(Intent.CAUSES).wait(1)
    seen = observed(talk, lambda talk: talk.take(DeviceLost("speaker", talk.now)))
    assert seen == Effect((), State.PAUSED, (entries.DeviceDropped("speaker"), entries.SessionPaused("device")))


# -- interrupted at other times -------------------------------------------------------------------------


def test_paused_while_the_instructions_are_given_they_are_said_again() -> None:
    talk = begun().say(Intent.PAUSE).settle()
    seen = observed(talk, lambda talk: talk.say(Intent.RESUME))
    again = (entries.SessionResumed("voice"), entries.HoldStarted(15))
    assert seen == Effect((script.GOING_ON, *FIRST), State.INSTRUCTING, again)


def test_paused_in_the_choice_after_a_hurt_the_choice_is_what_goes_on() -> None:
    talk = holding().say(Intent.THAT_HURTS).wait(0.5).say(Intent.PAUSE).settle()
    assert isinstance(talk.conversation.mode, Paused)
    assert talk.conversation.mode.back == AfterHurt()
    assert talk.spoken[-1] == script.HELD_UP
    seen = observed(talk, lambda talk: talk.say(Intent.RESUME))
    assert seen == Effect((script.GOING_ON, script.HURT), State.CONFIRMING, (entries.SessionResumed("voice"),))


def test_a_hold_that_was_given_up_is_noted_with_what_was_held() -> None:
    assert observed(holding(), lambda talk: talk.say(Intent.STOP)).noted[0] == GIVEN_UP
    talk = holding().wait(3).say(Intent.PAUSE).settle().say(Intent.RESUME).until(State.HOLDING).wait(2)
    seen = observed(talk, lambda talk: talk.say(Intent.STOP))
    held = seen.noted[0]
    assert isinstance(held, entries.HoldEnded)
    counted = talk.counts[-1]
    assert (counted - 1) * 48_000 <= held.held <= counted * 48_000
    assert isinstance(SCENES["last"]().conversation.mode, Coaching)
