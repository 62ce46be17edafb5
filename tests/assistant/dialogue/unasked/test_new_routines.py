"""Routines that come by file while a session runs: known at once, told once, softly, and only at rest."""

from dataclasses import replace

import pytest

from assistant.coaching.session import routine_session
from assistant.dialogue.events import DeviceBack, DeviceLost, RoutinesRead
from assistant.dialogue.parts.modes import Asleep, Idle
from assistant.dialogue.state import Conversation
from assistant.guidance.own.own_routines import OwnRoutines
from assistant.guidance.schema import Routine, RoutineStep
from assistant.states import State
from assistant.timeline import entries
from tests.assistant.dialogue.talk import GUIDANCE, Talk, in_state

pytestmark = pytest.mark.unit

NEW = "There is a new routine: back class."
BAD = "One routine file cannot be used: left knee. The doctor tells why."


def routine(key: str, *movements: str) -> Routine:
    """A routine of a file."""
    steps = tuple(RoutineStep(movement=movement) for movement in movements or ("neck_tilt",))
    return Routine(key=key, title=key[0].upper() + key[1:], about="Own.", steps=steps)


CLASS = routine("back class", "neck_tilt", "shoulder_rolls")


def files(*written: Routine, unusable: tuple[str, ...] = ()) -> RoutinesRead:
    """Files were read that hold these."""
    return RoutinesRead(OwnRoutines(written=written, unusable=unusable), ())


def told(talk: Talk) -> list[str]:
    """What was said of files."""
    return [line for line in talk.settle().spoken if "routine" in line and ("new" in line or "file" in line)]


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (files(CLASS), [NEW]),
        (files(CLASS, routine("dawn")), ["There are new routines: back class and dawn."]),
        (files(CLASS, *map(routine, ("dawn", "dusk"))), ["There are new routines: back class, dawn and dusk."]),
        (files(*map(routine, ("a", "b", "c", "d"))), ["There are four new routines."]),
        (files(unusable=("left_knee.yaml",)), [BAD]),
        (files(unusable=("a.yaml", "b.yaml")), ["Some routine files cannot be used. The doctor tells why."]),
        (files(CLASS, unusable=("left-knee.yaml",)), [f"{NEW} {BAD}"]),
        (files(), []),
    ],
)
def test_at_rest_it_is_told_at_once(read: RoutinesRead, said: list[str]) -> None:
    talk = Talk()
    talk.take(read)
    assert talk.settle().spoken == said
    assert talk.conversation.own.written == read.own.written


@pytest.mark.parametrize("state", State)
def test_in_every_state_it_interrupts_nothing_and_is_known_at_once(state: State) -> None:
    talk, whole = in_state(state), in_state(state)
    talk.take(files(CLASS, unusable=("left_knee.yaml",)))
    assert talk.conversation.own.names == ("back class",)
    talk.settle()
    whole.settle()
    assert [line for line in talk.spoken if line != f"{NEW} {BAD}"] == whole.spoken
    assert not [entry for _, entry in talk.noted(entries.Said) if entry.cut]
    assert talk.conversation.mode == whole.conversation.mode
    assert (told(talk) == [f"{NEW} {BAD}"]) == isinstance(whole.conversation.mode, Idle)


def test_in_a_session_it_is_told_afterwards() -> None:
    talk = in_state(State.HOLDING)
    talk.take(files(CLASS))
    assert told(talk.say("Stop")) == [NEW]
    assert told(talk.wait(60)) == [NEW]


@pytest.mark.parametrize(("rest", "back"), [(State.ASLEEP, "Wake"), (State.MUTED, "Unmute")])
def test_asleep_and_muted_it_waits(rest: State, back: str) -> None:
    talk = in_state(rest)
    talk.take(files(CLASS))
    assert told(talk.wait(30)) == []
    assert told(talk.say(back)) == [NEW]


def test_a_request_in_one_breath_with_the_wake_phrase_comes_first() -> None:
    talk = Talk(Conversation(mode=Asleep()))
    talk.take(files(CLASS))
    assert talk.say("Wake").conversation.new_untold == ("back class",)
    talk.say("StartRoutine", routine="back class").settle().say("No").wait(1)
    assert talk.conversation.session is not None
    assert talk.conversation.session.routine == "back class"


def test_in_an_emergency_and_after_a_warning_sign_it_waits() -> None:
    talk = in_state(State.EMERGENCY)
    talk.take(files(CLASS))
    assert told(talk.wait(60)) == []
    talk.say("FalseAlarm").settle()
    assert told(talk) == ([NEW] if isinstance(talk.conversation.mode, Idle) else [])


def test_without_a_speaker_it_waits() -> None:
    talk = Talk()
    talk.take(DeviceLost("speaker", 0))
    talk.take(files(CLASS))
    assert told(talk) == []
    talk.take(DeviceBack("speaker", 0))
    assert told(talk) == [NEW]


def test_a_bad_file_is_told_once_and_a_file_put_right_is_new() -> None:
    talk = Talk(replace(Conversation(), own=OwnRoutines(unusable=("old.yaml",))))
    for _ in range(3):
        talk.take(files(unusable=("old.yaml", "left_knee.yaml")))
        talk.settle()
    assert told(talk) == [BAD]
    talk.take(files(CLASS, unusable=("old.yaml",)))
    assert told(talk) == [BAD, NEW]


def test_what_is_gone_or_right_again_by_then_is_not_told() -> None:
    talk = in_state(State.ASLEEP)
    talk.take(files(CLASS, routine("dawn"), unusable=("left_knee.yaml",)))
    talk.take(files(CLASS))
    assert told(talk.say("Wake")) == [NEW]


def test_a_mere_change_and_a_removal_say_nothing() -> None:
    talk = Talk(replace(Conversation(), own=OwnRoutines(written=(CLASS,))))
    talk.take(files(routine("back class", "slow_breathing")))
    assert talk.settle().spoken == []
    changed = routine_session(talk.conversation.own.added_to(GUIDANCE), "back class")
    assert [dose.movement.key for dose in changed.doses] == ["slow_breathing"]
    talk.take(files())
    assert talk.settle().spoken == []
    talk.say("StartRoutine", routine="back class").settle()
    assert talk.spoken[0] == "There is no routine called back class."


@pytest.mark.parametrize("read", [files(), files(routine("back class", "slow_breathing"))])
def test_a_session_goes_on_as_it_is_though_its_file_is_gone_or_changed(read: RoutinesRead) -> None:
    def session(*, reads: bool) -> list[str]:
        talk = Talk(replace(Conversation(), own=OwnRoutines(written=(CLASS,))))
        talk.say("StartRoutine", routine="back class").settle().say("No").wait(20)
        if reads:
            talk.take(read)
        for intent in ("HowLong", "HowMany", "Pause", "Resume", "Next", "WhatNext", "Again"):
            talk.say(intent).wait(15)
        return talk.settle().spoken

    assert session(reads=True) == session(reads=False)


def test_what_was_made_by_voice_stays() -> None:
    talk = Talk().say("MakeRoutine", movements="neck_tilt", name="dawn").settle()
    talk.take(files(CLASS))
    assert set(talk.conversation.own.names) == {"dawn", "back class"}
    talk.say("Undo").settle()
    assert talk.conversation.own.names == ("back class",)


def test_undo_does_not_delete_what_came_by_file() -> None:
    talk = Talk().say("MakeRoutine", movements="neck_tilt", name="dawn").settle()
    talk.take(RoutinesRead(OwnRoutines(spoken=(*talk.conversation.own.spoken, CLASS)), talk.conversation.own.spoken))
    talk.settle().say("Undo").settle()
    assert talk.conversation.own.names == ("dawn", "back class")


def test_it_is_said_softly_and_what_follows_is_not() -> None:
    talk = Talk()
    talk.take(files(CLASS))
    assert talk.conversation.softly
    assert not talk.settle().conversation.softly
