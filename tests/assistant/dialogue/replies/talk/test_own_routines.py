"""The person's own routines: made, changed, named, deleted, told and begun; what is missing is asked for first."""

import pytest

from assistant.dialogue.parts.modes import AskingRoutine, Idle, Screening, Topic
from assistant.dialogue.replies.making_routines import as_written
from assistant.guidance.own.own_routines import MOST_ROUTINES, MOST_STEPS
from assistant.script import routine_lines as lines
from assistant.script import safety_lines
from assistant.states import State
from assistant.timeline.entries import MovementBegun, SessionStarted
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    AWAKE,
    PAUSES,
    SCREENINGS,
    SESSION,
    Effect,
    Row,
    holding,
    observed,
    rows,
)
from tests.assistant.dialogue.replies.stretching.test_lengths import told
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

BUSY = (*SESSION, *PAUSES, *SCREENINGS, "hurt")
"""Scenes in which nothing is asked about a routine."""
FREE = tuple(scene for scene in AWAKE if scene not in BUSY)

ROWS = [
    *rows(Intent.MAKE_ROUTINE, FREE, Effect((lines.WHICH_MOVEMENTS,), State.CONFIRMING)),
    *rows(Intent.MAKE_ROUTINE, BUSY, lambda scene: told(lines.AFTER_THIS, scene)),
    *rows(
        (
            *(Intent.ADD_TO_ROUTINE, Intent.REMOVE_FROM_ROUTINE, Intent.RENAME_ROUTINE, Intent.DELETE_ROUTINE),
            Intent.ROUTINE_CONTENTS,
        ),
        AWAKE,
        lambda scene: told(lines.WHICH_ROUTINE, scene),
    ),
]
STRENGTH = [step.movement for step in GUIDANCE.routines["strength"].steps]
UNROWED = frozenset({("naming", Intent.NAME_ROUTINE), ("naming", Intent.ROUTINE_MOVEMENTS)})
"""Valid only while a routine is being made; the tests below hold what they do."""


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_request_about_an_own_routine(row: Row) -> None:
    assert row.seen == row.effect


def made(movements: str = "neck_rotation, shoulder_rolls", name: str = "morning") -> Talk:
    """A routine was made, and its confirmation said."""
    return Talk().say("MakeRoutine", movements=movements, name=name).settle()


def naming() -> Talk:
    """It has been asked what a routine of one movement is to be called."""
    return Talk().say("MakeRoutine", movements="neck_tilt").settle()


def said(talk: Talk, intent: str, **slots: str) -> tuple[str, ...]:
    """What is said to this, without counts."""
    first = len(talk.begun)
    talk.say(intent, **slots).settle()
    return tuple(line.text for line in talk.begun[first:] if not line.text.isdigit())


def movements_of(talk: Talk, name: str = "morning") -> list[str]:
    """Keys of the movements of a routine made by voice."""
    routine = talk.conversation.own.spoken_one(name)
    return [] if routine is None else [step.movement for step in routine.steps]


def test_one_breath_makes_a_routine_and_tells_it() -> None:
    talk = made()
    assert talk.begun[-1].text == "Morning: neck rotations and shoulder rolls, about three minutes."
    assert movements_of(talk) == ["neck_rotation", "shoulder_rolls"]
    assert talk.conversation.mode == Idle()


def test_it_begins_by_its_name_after_the_screening_question() -> None:
    talk = made().say("StartRoutine", routine="morning")
    assert isinstance(talk.conversation.mode, Screening)
    talk.say("No").until(State.HOLDING)
    assert [entry.routine for _, entry in talk.noted(SessionStarted)] == ["morning"]
    assert talk.noted(MovementBegun)[0][1].name == "neck_rotation"
    assert "Morning: two movements, about three minutes." in [line.text for line in talk.begun]


@pytest.mark.parametrize(
    ("said_movements", "repetitions"),
    [("5 shoulder_rolls", 5), ("3 slow_breathing", 3), ("30 neck_rotation", 5), ("neck_tilt", None)],
)
def test_repetitions_that_are_said_hold_up_to_the_most(said_movements: str, repetitions: int | None) -> None:
    routine = made(said_movements).conversation.own.spoken_one("morning")
    assert routine is not None
    assert routine.steps[0].repetitions == repetitions


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("rolls", "shoulder_rolls"),
        ("shoulder roll", "shoulder_rolls"),
        ("the squeezing", "shoulder_blade_squeeze"),
        ("elbow pull", "elbow_pull"),
        ("hip hinges", "hip_hinge"),
    ],
)
def test_a_movement_is_found_by_the_words_of_its_title(name: str, key: str) -> None:
    assert movements_of(made(name)) == [key]


@pytest.mark.parametrize("name", ["push ups", "neck", "shoulder", "the"])
def test_a_movement_that_is_not_known_or_not_the_only_one_is_asked_for(name: str) -> None:
    talk = made(f"neck_tilt, {name}")
    assert [line.text for line in talk.begun[-2:]] == [lines.not_known([name]), lines.WHICH_MOVEMENTS]
    assert talk.conversation.own.spoken == ()
    assert said(talk, "RoutineMovements", movements="neck_tilt")[-1].startswith("Morning: neck tilts, about")


@pytest.mark.parametrize(
    ("name", "clash", "why"),
    [
        ("stop", "Stop", lines.a_command("stop")),
        ("paws", "Pause", lines.a_command("paws")),
        ("shoulder rolls", "StartMovement", lines.a_movement("shoulder rolls")),
        ("quick", "StartRoutine", lines.taken("quick")),
        ("gentle", "", lines.taken("gentle")),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_why_and_asked_for_anew(name: str, clash: str, why: str) -> None:
    slots = {"name": name} | ({"clash": clash} if clash else {})
    for talk in (Talk().say("MakeRoutine", movements="neck_tilt", **slots).settle(), naming()):
        if not isinstance(talk.conversation.mode, AskingRoutine) or talk.begun[-2:][0].text != why:
            assert said(talk, "NameRoutine", **slots) == (why, lines.CALL_IT)
        assert talk.conversation.own.spoken == ()
        assert said(talk, "NameRoutine", name="dawn")[0].startswith("Dawn: neck tilts, about")


def test_a_name_of_ones_own_is_taken_too() -> None:
    talk = made()
    assert said(talk, "MakeRoutine", movements="neck_tilt", name="morning") == (lines.taken("morning"), lines.CALL_IT)
    assert movements_of(talk) == ["neck_rotation", "shoulder_rolls"]


@pytest.mark.parametrize(
    ("intent", "slots", "words", "mode"),
    [
        ("No", {}, (lines.NOT_MADE,), Idle),
        ("NeverMind", {}, (lines.NOT_MADE,), Idle),
        ("Yes", {}, (lines.CALL_IT,), AskingRoutine),
        (
            "RoutineMovements",
            {"movements": "shoulder_rolls"},
            ("Shoulder rolls is already a movement.",),
            AskingRoutine,
        ),
        ("ListRoutines", {}, ("Quick relief, full routine, and gentle routine.", lines.CALL_IT), AskingRoutine),
        ("Causes", {}, (GUIDANCE.topics["causes"].bites[0].say, lines.CALL_IT), AskingRoutine),
        ("Stop", {}, ("All right, that is over.",), Idle),
    ],
)
def test_while_a_name_is_asked_for(
    intent: str, slots: dict[str, str], words: tuple[str, ...], mode: type[object]
) -> None:
    talk = naming()
    assert said(talk, intent, **slots)[: len(words)] == words
    assert isinstance(talk.conversation.mode, mode)
    assert talk.conversation.own.spoken == ()


def test_a_name_that_nobody_gives_is_asked_for_again_and_then_dropped() -> None:
    talk = naming().wait(40)
    assert [line.text for line in talk.begun[-2:]] == [lines.CALL_IT, lines.MAKE_ANY_TIME]
    assert talk.conversation.mode == Idle()


def test_adding_goes_to_the_end_and_is_undone() -> None:
    talk = made()
    assert said(talk, "AddToRoutine", movements="slow_breathing", routine="morning") == (
        "Slow breathing now comes last in morning.",
    )
    assert movements_of(talk) == ["neck_rotation", "shoulder_rolls", "slow_breathing"]
    said(talk, "Undo")
    assert movements_of(talk) == ["neck_rotation", "shoulder_rolls"]


def test_a_routine_that_was_made_is_undone() -> None:
    talk = made()
    said(talk, "Undo")
    assert talk.conversation.own.names == ()
    assert said(talk, "StartRoutine", routine="morning")[0] == lines.none_called("morning")


@pytest.mark.parametrize(
    ("movements", "left", "words"),
    [
        ("rolls", ["neck_rotation"], ("Shoulder rolls are out of morning.",)),
        ("neck_rotation", ["shoulder_rolls"], ("Neck rotations are out of morning.",)),
        ("neck_tilt", None, ("There is no neck tilts in morning.",)),
        ("neck_rotation, shoulder_rolls", None, (lines.nothing_left("Morning"),)),
    ],
)
def test_taking_out(movements: str, left: list[str] | None, words: tuple[str, ...]) -> None:
    talk = made()
    assert said(talk, "RemoveFromRoutine", movements=movements, routine="morning") == words
    assert movements_of(talk) == (left or ["neck_rotation", "shoulder_rolls"])


@pytest.mark.parametrize(("answer", "kept"), [("Yes", False), ("No", True), ("NeverMind", True), ("Undo", True)])
def test_only_a_clear_yes_deletes(answer: str, *, kept: bool) -> None:
    talk = made()
    assert said(talk, "DeleteRoutine", routine="morning") == ("Delete morning, two movements?",)
    said(talk, answer)
    assert (talk.conversation.own.spoken_one("morning") is not None) == kept or answer == "Undo"
    if answer == "No":
        assert talk.begun[-1].text == "Morning stays."


def test_what_is_no_answer_deletes_nothing() -> None:
    talk = made()
    said(talk, "DeleteRoutine", routine="morning")
    talk.mumble("hmm maybe").settle().wait(40)
    assert movements_of(talk)
    assert talk.conversation.mode == Idle()
    assert talk.begun[-1].text == safety_lines.START_ANY_TIME


def test_another_name() -> None:
    talk = made()
    assert said(talk, "RenameRoutine", routine="morning", name="dawn") == (lines.renamed("Dawn"),)
    assert talk.conversation.own.names == ("dawn",)
    assert said(talk, "RenameRoutine", routine="dawn", name="stop", clash="Stop") == (lines.a_command("stop"),)
    assert said(talk, "RenameRoutine", routine="dawn", name="quick") == (lines.taken("quick"),)


@pytest.mark.parametrize("intent", ["AddToRoutine", "RemoveFromRoutine", "RenameRoutine", "DeleteRoutine"])
def test_a_built_in_routine_stays_as_it_is(intent: str) -> None:
    assert said(made(), intent, movements="neck_tilt", routine="quick", name="dawn") == (
        lines.stays_as_it_is("Quick relief"),
    )


@pytest.mark.parametrize(
    "intent",
    ["StartRoutine", "RoutineLength", "RoutineContents", "AddToRoutine", "RemoveFromRoutine", "DeleteRoutine"],
)
def test_a_name_that_is_not_there_is_answered_with_what_there_is(intent: str) -> None:
    talk = made()
    words = said(talk, intent, movements="neck_tilt", routine="bedtime")
    assert " ".join(words) == (
        "There is no routine called bedtime. "
        "There is morning, quick relief, full routine, gentle routine and strength routine."
    )
    assert talk.noted(SessionStarted) == []


@pytest.mark.parametrize(
    ("routine", "words"),
    [
        ("morning", "Morning: neck rotations and shoulder rolls."),
        ("quick", "Quick relief: neck rotations, shoulder rolls and slow breathing."),
        (
            "strength",
            " ".join(lines.contents("Strength routine", [GUIDANCE.movements[key].title for key in STRENGTH])),
        ),
    ],
)
def test_what_is_in_a_routine(routine: str, words: str) -> None:
    assert said(made(), "RoutineContents", routine=routine) == (words,)


def test_how_long_a_routine_of_ones_own_takes() -> None:
    assert said(made(), "RoutineLength", routine="morning") == ("Morning: about three minutes.",)


def test_the_list_begins_with_ones_own() -> None:
    talk = made()
    assert said(talk, "ListRoutines")[0] == "Morning, quick relief, and full routine."
    assert isinstance(talk.conversation.mode, Topic)


def test_in_a_hold_what_is_said_whole_is_done_and_the_hold_goes_on() -> None:
    effect = observed(holding(), lambda talk: talk.say("MakeRoutine", movements="neck_tilt", name="dawn"))
    assert effect.said == ("Dawn: neck tilts, about two minutes.",)
    assert effect.state is State.HOLDING


def test_there_is_an_end_to_how_many_and_how_long() -> None:
    talk = made(", ".join(["neck_tilt"] * MOST_STEPS))
    assert said(talk, "AddToRoutine", movements="neck_tilt", routine="morning") == (lines.TOO_LONG,)
    assert said(talk, "MakeRoutine", movements=", ".join(["neck_tilt"] * (MOST_STEPS + 1)), name="x") == (
        lines.TOO_LONG,
    )
    for number in range(MOST_ROUTINES - 1):
        talk.say("MakeRoutine", movements="neck_tilt", name=f"number {number}")
    talk.settle()
    assert said(talk, "MakeRoutine", movements="neck_tilt", name="one more") == (lines.NO_MORE_ROUTINES,)
    assert len(talk.conversation.own.spoken) == MOST_ROUTINES


@pytest.mark.parametrize(
    ("text", "name", "written"),
    [
        ("call it Anna's break, please", "annas break", "Anna's break"),
        ("call it 5 minute reset.", "five minute reset", "5 minute reset"),
        ('"Tea with Bob"', "tea with bob", "Tea with Bob"),
        ("call it te{a", "te a", "te a"),
        ("something else", "dawn", "dawn"),
        ("", None, None),
    ],
)
def test_a_name_keeps_its_spelling_where_that_can_be_spoken(text: str, name: str | None, written: str | None) -> None:
    assert as_written(text, name) == written


def test_what_is_no_name_is_told_what_is() -> None:
    talk = naming()
    talk.mumble("well I am not so sure about that").settle()
    assert talk.begun[-1].text == lines.SAY_A_NAME
    assert isinstance(talk.conversation.mode, AskingRoutine)
