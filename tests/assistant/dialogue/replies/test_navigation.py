"""Moving about in a session: what is begun, with which words, and what became of the hold that was on."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.coaching.session import SessionPlace
from assistant.dialogue.actions import Note
from assistant.dialogue.events import Silenced
from assistant.dialogue.machine import step
from assistant.dialogue.output import Silencing
from assistant.dialogue.parts.announced import ThenCoach
from assistant.script import stretching
from assistant.states import State
from assistant.timeline.entries import (
    Cause,
    Count,
    Entry,
    HoldEnded,
    HoldStarted,
    MovementBegun,
    SessionEnded,
    SessionResumed,
    SessionStarted,
)
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    ANEW,
    BREATHING,
    FIRST,
    GIVEN_UP,
    HOLD,
    NECK,
    ROLLS,
    SESSION,
    TURN,
    Effect,
    Row,
    aside,
    begun,
    holding,
    observed,
    rows,
    standing,
)
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

BEFORE: dict[str, tuple[Entry, ...]] = {
    "instructing": (),
    "holding": (GIVEN_UP,),
    "resting": (),
    "paused": (GIVEN_UP, SessionResumed("voice")),
    "hurt": (),
    "last": (HoldEnded(4, 27_600),),
}
"""What is noted first, when a session goes elsewhere from a scene: the hold it gives up, the pause that is over."""
ON_THE_WAY = (*SESSION, "paused", "hurt")
MORE_OF_CAUSES = (GUIDANCE.topics["causes"].bites[1].say, script.MORE)
MORE_OF_HELP = (GUIDANCE.topics["what_helps"].bites[1].say, script.MORE)
SECOND = ("Next, shoulder rolls, five each way.", ROLLS.intro, ROLLS.parts[0].begin)
ROLLING = MovementBegun(ROLLS.key, None, 1, 5)
LEFT = MovementBegun(NECK.key, "left", 1, 2)
NOTHING_MORE = Effect((script.NO_MORE,), State.PAUSED)


def goes(
    said: tuple[str, ...], *noted: Entry, place: SessionPlace | None = None, dose: tuple[int, int] | None = None
) -> dict[str, Effect]:
    """The session begins another place: from each scene."""
    return {scene: Effect(said, State.INSTRUCTING, (*before, *noted), place, dose) for scene, before in BEFORE.items()}


def on(intent: Intent) -> list[Row]:
    """To the next movement; in the last one, to the end; of a topic, to the next bite."""
    second = goes(SECOND, ROLLING, place=SessionPlace(1), dose=(4, 5))
    done = (stretching.NOT_ALL_DONE, stretching.BETTER_SAME_WORSE)
    return [
        *rows(intent, ON_THE_WAY, second.__getitem__),
        Row("last", intent, Effect(done, State.CONFIRMING, (*BEFORE["last"], SessionEnded(False)))),
        Row("offering", intent, Effect(MORE_OF_HELP, State.TOPIC)),
        Row("paused topic", intent, NOTHING_MORE),
    ]


BREATHE = (f"{BREATHING.title}.", BREATHING.seated or "", BREATHING.parts[0].begin)
FROM_THE_TOP = goes(ANEW, TURN, HoldStarted(15))
SILENT_ABOUT_IT = Effect((), State.PAUSED)
"""There is no session in which to go back."""
STRAIGHT = Effect(("Neck rotations, right side: sit or stand tall.", HOLD), State.INSTRUCTING, (HoldStarted(15),))

ROWS = [
    *on(Intent.NEXT),
    *on(Intent.SKIP),
    Row("topic", Intent.NEXT, Effect(MORE_OF_CAUSES, State.TOPIC)),
    *rows(Intent.BACK, (*SESSION, "paused"), FROM_THE_TOP.__getitem__),
    Row("last", Intent.BACK, goes(SECOND, ROLLING, place=SessionPlace(1), dose=(4, 5))["last"]),
    *rows(Intent.START_OVER, (*SESSION, "paused"), FROM_THE_TOP.__getitem__),
    Row("last", Intent.START_OVER, goes(ANEW, TURN, HoldStarted(15), place=SessionPlace(), dose=(15, 2))["last"]),
    *rows(Intent.BACK, ("paused topic",), SILENT_ABOUT_IT),
    *rows(Intent.START_OVER, ("paused topic",), SILENT_ABOUT_IT),
    # Straight to the hold; in a rest, to the next position.
    *rows(Intent.SKIP_INSTRUCTIONS, ("instructing",), STRAIGHT),
    *rows(Intent.READY, ("instructing",), STRAIGHT),
    *(
        Row(
            "resting",
            intent,
            Effect((NECK.parts[1].begin, HOLD), State.INSTRUCTING, (LEFT, HoldStarted(15)), SessionPlace(0, 1, 1)),
        )
        for intent in (Intent.READY, Intent.SKIP_INSTRUCTIONS)
    ),
    # More gently.
    *rows(Intent.GENTLER, ("instructing", "resting", "paused"), aside(NECK.gentler, dose=(7, 2))),
    *rows(
        Intent.GENTLER,
        ("holding",),
        Effect(
            (f"{script.LET_GO_NOW} {NECK.gentler}", NECK.parts[0].again, "Hold for seven."),
            State.INSTRUCTING,
            (GIVEN_UP, TURN, HoldStarted(7)),
            None,
            (7, 2),
        ),
    ),
    Row("last", Intent.GENTLER, Effect((BREATHING.gentler,), State.HOLDING, (HoldEnded(4, 192_000),))),
    *rows(
        Intent.GENTLER,
        ("hurt",),
        Effect((NECK.gentler, *ANEW[:-1], "Hold for seven."), State.INSTRUCTING, (TURN, HoldStarted(7))),
    ),
    *rows(Intent.GENTLER, ("paused topic",), Effect((GUIDANCE.screening.question,), State.SCREENING)),
    *rows(
        Intent.GENTLER,
        ("offering",),
        Effect(
            ("Gentle routine: five movements, about six minutes.", GUIDANCE.careful, *BREATHE),
            State.INSTRUCTING,
            (SessionStarted("gentle"), MovementBegun(BREATHING.key, None, 1, 5), HoldStarted(4)),
            SessionPlace(),
            (4, 5),
        ),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_moving_about(row: Row) -> None:
    assert row.seen == row.effect


def test_next_back_and_start_over_walk_the_movements() -> None:
    talk = begun()

    def at(intent: Intent) -> tuple[str, SessionPlace]:
        talk.say(intent).wait(0.2).until(State.HOLDING).wait(0.2)
        session = talk.conversation.session
        assert session is not None
        return session.dose.movement.key, session.place

    assert at(Intent.NEXT) == (ROLLS.key, SessionPlace(1))
    assert at(Intent.BACK) == (NECK.key, SessionPlace(0))
    assert at(Intent.NEXT) == (ROLLS.key, SessionPlace(1))
    assert at(Intent.NEXT) == (BREATHING.key, SessionPlace(2))
    assert at(Intent.START_OVER) == (NECK.key, SessionPlace(0))


def test_back_in_the_middle_of_a_movement_is_its_beginning() -> None:
    talk = begun().say(Intent.NEXT).until(State.HOLDING).wait(26)
    assert talk.conversation.session is not None
    assert talk.conversation.session.place.part == 1
    effect = observed(talk, lambda talk: talk.say(Intent.BACK))
    assert effect.place == SessionPlace(1)
    assert effect.said == SECOND


def test_ready_after_the_last_hold_says_that_it_goes_on() -> None:
    talk = Talk().say(Intent.START_MOVEMENT, movement="shoulder_blade_squeeze").settle().say(Intent.NO)
    for _ in range(7):
        talk.until(State.HOLDING).until(State.RESTING).wait(3).until(State.INSTRUCTING)
    talk.until(State.HOLDING).until(State.RESTING)
    effect = observed(talk, lambda talk: talk.say(Intent.READY))
    assert effect.said[0] == script.ALREADY_GOING


@pytest.mark.parametrize("cause", ["voice", "key"])
def test_who_goes_on_from_a_pause_is_noted(cause: Cause) -> None:
    for intent in (Intent.NEXT, Intent.BACK, Intent.START_OVER, Intent.RESUME):
        talk = holding().say(Intent.PAUSE).settle()
        talk.take(replace(said(intent, talk.now), cause=cause))
        assert [entry.cause for _, entry in talk.wait(0.5).noted(SessionResumed)] == [cause]


@pytest.mark.parametrize("cause", ["voice", "key"])
@pytest.mark.parametrize(
    ("scene", "intent"),
    [
        ("instructing", Intent.SKIP_INSTRUCTIONS),
        ("instructing", Intent.REPEAT),
        ("instructing", Intent.NEXT),
        ("resting", Intent.READY),
        ("holding", Intent.BACK),
        ("holding", Intent.START_OVER),
    ],
)
def test_who_asked_is_known_once_it_is_silent(scene: str, intent: Intent, cause: Cause) -> None:
    conversation, now = standing(scene)
    after, _ = step(conversation, replace(said(intent, now), cause=cause), now, GUIDANCE)
    assert isinstance(after.awaiting, ThenCoach)
    assert after.awaiting.cause == cause


@pytest.mark.parametrize("aloud", [True, False])
def test_straight_to_the_hold_it_counts_as_it_is_set(aloud: bool) -> None:
    talk = begun().say(Intent.COUNT_ALOUD if aloud else Intent.COUNT_SILENTLY).say(Intent.SKIP_INSTRUCTIONS)
    talk.until(State.HOLDING).wait(3)
    assert {entry.silent for _, entry in talk.noted(Count)} == {not aloud}


def test_an_end_is_noted_at_the_first_silent_frame() -> None:
    conversation, now = standing("last")
    falling, _ = step(conversation, said(Intent.NEXT, now), now, GUIDANCE)
    mouth = falling.output.now
    assert isinstance(mouth, Silencing)
    _, actions = step(falling, Silenced(mouth.id, now + 10, 48_000), now + 900, GUIDANCE)
    assert Note(now + 10, SessionEnded(False)) in actions


def test_the_words_of_a_first_movement_are_said_once_a_session() -> None:
    talk = begun()
    assert observed(talk, lambda _: None).said == FIRST[1:]
    assert observed(begun(), lambda talk: talk.say(Intent.START_OVER)).said == ANEW
