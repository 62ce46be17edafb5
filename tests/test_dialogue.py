"""Every state with every event: handled, or ignored on purpose; and the rules that keep a person safe."""

from dataclasses import replace
from itertools import pairwise

import pytest

from assistant import entries, guidance, script
from assistant.conversation import Asleep, Conversation, Screening, state_of
from assistant.dialogue import MISSES_ANSWERED, step
from assistant.events import DeviceBack, DeviceLost, Ended, Event, Heard, Note, Played, Ready, Silence, Silenced
from assistant.profile import Profile
from assistant.stage import Stage
from assistant.validity import VALID, State
from audio.silent import SilentVoice, blank
from audio.timeline import Frame, frames
from intents.model import Intent, Reading
from tests.link import said

pytestmark = pytest.mark.unit

GUIDANCE = guidance.load()
BLOCK = blank(frames(0.1))
SLOTS = {
    Intent.RED_FLAG: {"flag": "chest"},
    Intent.START_MOVEMENT: {"movement": "neck_tilt"},
    Intent.START_ROUTINE: {"routine": "gentle"},
    Intent.HOLD_FOR: {"seconds": "12"},
    Intent.MEASURE: {"measure": "heat"},
    Intent.CAUSE: {"cause": "stress"},
    Intent.STRATEGY: {"strategy": "ergonomics"},
    Intent.EMERGENCY_NUMBER: {"number": "112"},
}


class Talk(Stage):
    """A stage that a test talks to."""

    def __init__(self, conversation: Conversation | None = None, profile: Profile | None = None) -> None:
        super().__init__(conversation or Conversation(), GUIDANCE, SilentVoice(), profile=profile)
        self.start()

    def say(self, intent: str, **slots: str) -> "Talk":
        """Somebody says this now."""
        self.take(said(intent, self.mixer.frame, **slots))
        return self

    def mumble(self, text: str = "wibble wobble") -> "Talk":
        """Somebody says what means nothing."""
        self.take(Heard(Reading(text, None), self.mixer.frame, self.mixer.frame))
        return self

    def wait(self, seconds: float) -> "Talk":
        """Time passes."""
        until = self.mixer.frame + frames(seconds)
        while self.mixer.frame < until:
            self.render(BLOCK)
        return self

    def until(self, state: State) -> "Talk":
        """Time passes until a state is reached."""
        while state_of(self.conversation) is not state:
            self.wait(0.1)
            assert self.mixer.frame < frames(300), f"never gets to {state}: {self.conversation.mode}"
        return self

    def settle(self) -> "Talk":
        """Time passes until everything is said."""
        while not self.quiet:
            self.wait(0.1)
            assert self.mixer.frame < frames(900), "never falls quiet"
        return self.wait(0.1)

    @property
    def spoken(self) -> list[str]:
        """Every line so far."""
        return [entry.text for _, entry in self.timeline.lines if isinstance(entry, entries.Said)]

    def noted(self, kind: type[entries.Entry]) -> list[tuple[Frame, entries.Entry]]:
        """The lines of one kind of the timeline."""
        return [line for line in self.timeline.lines if isinstance(line[1], kind)]


def in_state(state: State) -> Talk:
    """A conversation that has really got into a state."""
    match state:
        case State.IDLE:
            return Talk()
        case State.TOPIC:
            return Talk().say("Causes").wait(1)
        case State.SCREENING:
            return Talk().say("StartRoutine").wait(1)
        case State.INSTRUCTING | State.HOLDING | State.RESTING:
            return Talk().say("StartMovement", movement="neck_rotation").settle().say("No").until(state).wait(0.3)
        case State.PAUSED:
            return in_state(State.HOLDING).wait(2).say("Pause").wait(1)
        case State.CONFIRMING:
            return Talk().say("WhatHelps").settle().say("No").wait(1)
        case State.EMERGENCY:
            return Talk().say("RedFlag", flag="chest").wait(1)
        case State.ASLEEP:
            return Talk(Conversation(mode=Asleep()))
        case State.MUTED:
            return Talk().say("Mute").wait(1)


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_reached(state: State) -> None:
    assert state_of(in_state(state).conversation) is state


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("intent", Intent)
def test_every_intent_in_every_state_is_answered_or_ignored(state: State, intent: Intent) -> None:
    talk = in_state(state)
    before, heard = talk.conversation, len(talk.noted(entries.Heard))
    lines = len(talk.timeline.lines)
    talk.say(intent, **SLOTS.get(intent, {}))
    if intent in VALID[state]:
        assert len(talk.noted(entries.Heard)) == heard + 1, "a valid intent was not taken"
        talk.wait(20)
        assert len(talk.timeline.lines) > lines + 1, "a valid intent had no effect that could be heard"
    else:
        after = replace(talk.conversation, channel=before.channel)
        assert after == before, "an intent that is not valid changed something"
        assert talk.conversation.channel.now == before.channel.now, "an intent that is not valid changed what plays"
        assert len(talk.noted(entries.NotUnderstood)) == 1


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    "event", [Ready(999, (1, 2)), Ended(999, 5), Silenced(999, 5, 7), Played(999, 0, None, 5)], ids=type
)
def test_answers_nobody_awaits_are_ignored(state: State, event: Event) -> None:
    conversation = in_state(state).conversation
    after, actions = step(conversation, event, frames(100), GUIDANCE)
    assert (after, actions) == (conversation, ())


@pytest.mark.parametrize("state", set(State) - {State.ASLEEP})
def test_stop_silences_every_state(state: State) -> None:
    talk = in_state(state)
    _, actions = step(talk.conversation, said("Stop", talk.mixer.frame), talk.mixer.frame, GUIDANCE)
    assert any(isinstance(action, Silence) for action in actions)
    talk.say("Stop").wait(0.1)
    assert len(talk.noted(entries.Stopped)) == 1
    talk.settle()
    assert not talk.noted(entries.HoldStarted) or len(talk.noted(entries.HoldEnded)) == 1
    if talk.noted(entries.SessionStarted):
        assert [entry.completed for _, entry in talk.noted(entries.SessionEnded)] == [False]  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("flag", sorted(GUIDANCE.red_flags))
def test_a_red_flag_interrupts_every_state_with_its_own_advice(state: State, flag: str) -> None:
    talk = in_state(state)
    before = len(talk.spoken)
    talk.say("RedFlag", flag=flag).settle()
    assert [entry.flag for _, entry in talk.noted(entries.RedFlag)][-1] == flag  # type: ignore[attr-defined]
    advice = talk.spoken[before:]
    expected = [line.replace("{emergency}", script.YOUR_EMERGENCY_NUMBER) for line in GUIDANCE.red_flags[flag].lines]
    assert [line for line in advice if line in expected][-len(expected) :] == expected
    assert state_of(talk.conversation) in (State.EMERGENCY, State.CONFIRMING)


@pytest.mark.parametrize("state", State)
def test_a_lost_microphone_is_survived_in_every_state(state: State) -> None:
    talk = in_state(state)
    playing = not talk.quiet
    talk.take(DeviceLost("microphone", talk.mixer.frame))
    talk.wait(6)
    if state in (State.INSTRUCTING, State.HOLDING, State.RESTING):
        assert state_of(talk.conversation) is State.PAUSED
        assert script.CANNOT_HEAR in talk.spoken
    talk.take(DeviceBack("microphone", talk.mixer.frame))
    talk.wait(1)
    if state is not State.PAUSED:
        assert state_of(talk.conversation) is not State.PAUSED, "it is not resumed"
    assert talk.noted(entries.DeviceLost)
    assert talk.noted(entries.DeviceBack)
    assert playing or not talk.noted(entries.Resumed)


def test_a_device_back_does_not_resume_what_a_person_paused() -> None:
    talk = in_state(State.PAUSED)
    talk.take(DeviceLost("speaker", talk.mixer.frame))
    talk.wait(1)
    talk.take(DeviceBack("speaker", talk.mixer.frame))
    talk.wait(1)
    assert state_of(talk.conversation) is State.PAUSED


# -- screening ------------------------------------------------------------------------------------------


def test_silence_is_never_consent() -> None:
    talk = Talk().say("StartRoutine").settle().wait(120)
    assert state_of(talk.conversation) is State.SCREENING
    assert not talk.noted(entries.SessionStarted)


@pytest.mark.parametrize("intent", ["Resume", "Ready", "More", "Next"])
def test_nothing_but_a_clear_no_begins_a_stretch(intent: str) -> None:
    talk = Talk().say("StartRoutine").settle().say(intent).settle()
    assert not talk.noted(entries.SessionStarted)


def test_an_unclear_answer_is_asked_again() -> None:
    talk = Talk().say("StartRoutine").settle().mumble("mno").settle()
    assert talk.spoken[-1] == GUIDANCE.screening.again
    assert state_of(talk.conversation) is State.SCREENING


def test_an_unsure_no_is_asked_again() -> None:
    talk = Talk().say("StartRoutine").settle()
    talk.take(replace(said("No", talk.mixer.frame), reading=Reading("no", "No", {}, 0.55)))
    talk.settle()
    assert talk.spoken[-1] == GUIDANCE.screening.again
    assert isinstance(talk.conversation.mode, Screening)


def test_a_no_begun_before_the_question_is_no_answer() -> None:
    talk = Talk().wait(5).say("StartRoutine").wait(0.5)
    talk.take(said("No", frames(4.9)))
    talk.settle()
    assert isinstance(talk.conversation.mode, Screening)


def test_yes_to_the_screening_question_begins_nothing() -> None:
    talk = Talk().say("StartRoutine").settle().say("Yes").settle()
    assert state_of(talk.conversation) is State.EMERGENCY
    assert not talk.noted(entries.SessionStarted)
    assert any("emergency number" in line for line in talk.spoken)


def test_it_is_asked_once_a_session_and_anew_for_the_next() -> None:
    talk = Talk().say("StartMovement", movement="shoulder_blade_squeeze").settle().say("No").settle()
    assert talk.spoken.count(GUIDANCE.screening.question) == 1
    assert len(talk.noted(entries.SessionEnded)) == 1
    talk.say("StartMovement", movement="neck_tilt").settle()
    assert talk.spoken.count(GUIDANCE.screening.question) == 2


# -- in a session ---------------------------------------------------------------------------------------


def test_from_the_complaint_to_the_first_count_in_three_turns_and_25_seconds() -> None:
    talk = Talk().say("WhatHelps").settle().wait(2).say("No").settle().wait(2).say("Yes").until(State.HOLDING)
    at, count = talk.noted(entries.Count)[0]
    assert count == entries.Count(1, 15, silent=False)
    assert at <= frames(25), f"the first count comes after {at / 48_000:.1f} s"


def test_pause_lets_go_and_resume_says_the_position_before_it_counts() -> None:
    talk = in_state(State.HOLDING).wait(4.4).say("Pause").settle()
    assert talk.spoken[-1] == script.LET_GO
    paused = len(talk.noted(entries.Count))
    talk.say("Resume").wait(1.6)
    assert talk.spoken[-1] == "Head to the right again."
    assert len(talk.noted(entries.Count)) == paused
    talk.until(State.RESTING)
    numbers = [entry.n for _, entry in talk.noted(entries.Count)]  # type: ignore[attr-defined]
    assert numbers == list(range(1, 16)), "a count was lost or said twice"


def test_resume_heard_while_falling_silent_resumes() -> None:
    talk = in_state(State.HOLDING).wait(2).say("Pause").say("Resume").wait(0.1)
    assert state_of(talk.conversation) is not State.PAUSED
    talk.until(State.RESTING)
    assert len(talk.noted(entries.Paused)) == len(talk.noted(entries.Resumed)) == 1


def test_a_question_in_a_hold_moves_no_count() -> None:
    talk = in_state(State.HOLDING).wait(3).say("HowLong").until(State.RESTING)
    frames_of = [at for at, _ in talk.noted(entries.Count)]
    assert {b - a for a, b in pairwise(frames_of)} == {48_000}
    assert any(line.endswith("seconds left.") for line in talk.spoken)
    assert any(entry.silent for _, entry in talk.noted(entries.Count))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("asked", "held"), [("20", 20), ("8", 8), ("2", 5), ("99", 60)])
def test_hold_for_changes_the_hold_that_is_on_within_what_the_movement_allows(asked: str, held: int) -> None:
    talk = in_state(State.HOLDING).wait(2).say("HoldFor", seconds=asked).until(State.RESTING)
    (_, ended), *_ = talk.noted(entries.HoldEnded)
    assert ended == entries.HoldEnded(held, held * 48_000)


def test_that_hurts_ends_the_hold_and_offers_a_choice() -> None:
    talk = in_state(State.HOLDING).wait(3.2).say("ThatHurts").settle()
    assert talk.spoken[-1] == script.HURT
    (_, ended), *_ = talk.noted(entries.HoldEnded)
    assert isinstance(ended, entries.HoldEnded)
    assert ended.held < ended.seconds * 48_000
    assert state_of(talk.conversation) is State.CONFIRMING
    talk.say("Gentler").until(State.HOLDING)
    assert GUIDANCE.movements["neck_rotation"].gentler in talk.spoken
    assert talk.conversation.session is not None
    assert talk.conversation.session.seconds == 7


def test_next_and_back_and_start_over_move_between_movements() -> None:
    talk = Talk(Conversation(cleared=True)).say("StartRoutine", routine="quick").until(State.HOLDING)

    def name() -> str:
        return [entry for _, entry in talk.noted(entries.Movement)][-1].name  # type: ignore[attr-defined,no-any-return]

    talk.say("Next").wait(0.1).until(State.HOLDING).wait(0.1)
    assert name() == "shoulder_rolls"
    talk.say("Back").wait(0.1).until(State.HOLDING)
    assert name() == "neck_rotation"
    talk.say("Next").wait(0.1).until(State.HOLDING).say("Next").wait(0.1).until(State.HOLDING)
    assert name() == "slow_breathing"
    talk.say("StartOver").wait(0.1).until(State.HOLDING)
    assert name() == "neck_rotation"


def test_next_in_the_last_movement_ends_the_session_without_a_stop() -> None:
    talk = in_state(State.HOLDING).say("Next").settle()
    assert script.SESSION_DONE in talk.spoken
    assert not talk.noted(entries.Stopped)
    assert [entry.completed for _, entry in talk.noted(entries.SessionEnded)] == [False]  # type: ignore[attr-defined]


def test_the_question_about_spreading_pain_does_not_clear_a_session() -> None:
    talk = Talk().say("Radiates").settle().say("No").settle().say("Yes").settle()
    assert talk.spoken[-1] == GUIDANCE.screening.question
    assert not talk.noted(entries.SessionStarted)


def test_a_next_begun_in_the_movement_before_is_late() -> None:
    talk = Talk(Conversation(cleared=True)).say("StartRoutine", routine="quick").until(State.HOLDING)
    began = talk.mixer.frame
    talk.say("Next").wait(0.1).until(State.HOLDING)
    talk.take(said("Next", began))
    talk.wait(3)
    assert [entry.reason for _, entry in talk.noted(entries.NotUnderstood)] == ["late"]  # type: ignore[attr-defined]


def test_settings_are_confirmed_briefly_and_can_be_undone() -> None:
    talk = Talk().say("Louder").settle().say("SpeakFaster").settle()
    assert talk.conversation.settings.words_per_minute == 170
    talk.say("Undo").settle()
    assert talk.conversation.settings.words_per_minute == 150
    assert talk.conversation.settings.volume > 0
    assert all(len(line.split()) <= 4 for line in talk.spoken), talk.spoken


def test_after_three_misses_it_falls_silent_and_stays_resumable() -> None:
    talk = in_state(State.PAUSED).settle()
    for _ in range(MISSES_ANSWERED + 3):
        talk.mumble().settle()
    answers = [line for line in talk.spoken if line.startswith("I heard wibble wobble.")]
    assert len(answers) == MISSES_ANSWERED
    talk.say("Resume").until(State.HOLDING)
    talk.mumble().wait(6)
    assert len([line for line in talk.spoken if line.startswith("I heard")]) == MISSES_ANSWERED + 1


def test_a_topic_is_told_bite_by_bite_to_its_end() -> None:
    for key, topic in GUIDANCE.topics.items():
        match key.split("."):
            case ["measure", value]:
                talk = Talk().say("Measure", measure=value)
            case ["cause", value]:
                talk = Talk().say("Cause", cause=value)
            case ["strategy", value]:
                talk = Talk().say("Strategy", strategy=value)
            case ["what_helps"]:
                talk = Talk().say("WhatHelps").settle().say("No")
            case [name]:
                talk = Talk().say("".join(word.title() for word in name.split("_")))
            case _:
                raise AssertionError(key)
        talk.settle()
        for _ in topic.bites[1:]:
            talk.say("More").settle()
        told = " ".join(talk.spoken)
        for bite in topic.bites:
            assert bite.say.replace("{emergency}", script.YOUR_EMERGENCY_NUMBER) in told, f"{key}: {bite.say}"


def test_the_lines_of_the_script_keep_clear_of_stop_and_pause() -> None:
    lines = [value for name, value in vars(script).items() if isinstance(value, str) and name.isupper()]
    lines += [f(state) for state in State for f in (script.choices, script.where_in)]
    assert lines
    for line in lines:
        assert not {"stop", "pause"} & set(line.lower().replace(".", " ").replace(",", " ").split()), line


def test_states_enter_the_timeline_in_order() -> None:
    talk = in_state(State.HOLDING)
    names = [entry.name for _, entry in talk.noted(entries.State)]  # type: ignore[attr-defined]
    assert names == ["Idle", "Screening", "Instructing", "Holding"]
    assert all(isinstance(at, int) for at, _ in talk.timeline.lines)
    _, actions = step(Conversation(), said("Louder"), 0, GUIDANCE)
    assert any(isinstance(action, Note) for action in actions)
