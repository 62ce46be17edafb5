"""What is asked about a session, and how much of it there is: the answer, and that nothing changes but the dose."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.coaching.holds import count_beats
from assistant.coaching.plan import Beat, Plan, Say
from assistant.dialogue.machine import step
from assistant.dialogue.output import Output, Preparing
from assistant.script import answering, stretching
from assistant.states import State
from assistant.timeline.entries import Count, HoldEnded, HoldStarted, Said
from audio.frames import FRAMES_PER_SECOND
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    ANEW,
    AWAKE,
    BREATHING,
    NECK,
    NUMBER,
    OFFER,
    SESSION,
    TURN,
    Effect,
    Row,
    aside,
    holding,
    observed,
    rows,
    standing,
    state_in,
)
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

IN_SESSION = (*SESSION, "paused")
AT_REST = ("idle", "left", "topic")
ELSEWHERE = tuple(scene for scene in AWAKE if scene not in (*IN_SESSION, "asked"))
BEFORE_IT = ("screening", "offering")
QUICK_TAKES = "Quick relief: about four minutes."
SITS_BEFORE = ("idle", "left", "paused topic", "asked", "ended", "said back")
ONE_BREATH = (HoldEnded(4, 4 * FRAMES_PER_SECOND),)
WAKE = "hey limber"


def dosed(intent: Intent, words: str, dose: tuple[int, int], **slots: str) -> list[Row]:
    """A change of the dose, where a session goes on or waits."""
    return [
        *rows(intent, IN_SESSION, aside(words, dose), **slots),
        *rows(intent, ("paused topic",), aside(script.NOTHING_RUNNING), **slots),
    ]


def answered(intent: Intent, words: str, at_last: str | None = None) -> list[Row]:
    """A line about the session; about an interrupted topic there is none."""
    told = [*rows(intent, IN_SESSION, aside(words)), *rows(intent, ("paused topic",), aside(script.NOTHING_RUNNING))]
    return told if at_last is None else [*told, Row("last", intent, Effect((at_last,), State.HOLDING, ONE_BREATH))]


def repeated(intent: Intent) -> list[Row]:
    """The last line, or the position, or the instructions from the start."""
    lines = {
        "idle": (script.help_in(State.IDLE),),
        "left": (script.SESSION_OVER,),
        "topic": (GUIDANCE.topics["causes"].bites[0].say, script.MORE),
        "screening": (GUIDANCE.screening.question,),
        "screening for help": (GUIDANCE.topics["what_helps"].bites[0].say, GUIDANCE.screening.question),
        "screening the chest": (GUIDANCE.screening.chest,),
        "offering": (OFFER,),
        "asked": (script.HELLO, script.WHICH_NUMBER),
        "said back": ("One, one, two. Is that right?",),
        "ended": (stretching.NOT_ALL_DONE, stretching.BETTER_SAME_WORSE),
        "paused": (script.LET_GO,),
        "paused topic": (GUIDANCE.topics["causes"].bites[0].say,),
        "hurt": (script.HURT,),
        "emergency": tuple(
            line.replace("{emergency}", script.YOUR_EMERGENCY_NUMBER) for line in GUIDANCE.advice_on("chest", "")
        ),
    }
    return [
        *(Row(scene, intent, Effect(said, state_in(scene))) for scene, said in lines.items()),
        Row("instructing", intent, Effect(ANEW, State.INSTRUCTING, (TURN, HoldStarted(15)))),
        *rows(intent, ("holding", "resting"), aside(NECK.parts[0].again)),
    ]


ROWS = [
    # How long, how many, where, what next.
    Row("instructing", Intent.HOW_LONG, aside("15 seconds each.")("instructing")),
    Row("holding", Intent.HOW_LONG, aside("13 seconds left.")("holding")),
    Row("resting", Intent.HOW_LONG, aside("15 seconds each.")("resting")),
    Row("paused", Intent.HOW_LONG, aside("13 seconds left.")("paused")),
    *rows(Intent.HOW_LONG, (scene for scene in ELSEWHERE if scene not in BEFORE_IT), aside(script.where_in)),
    Row("screening", Intent.HOW_LONG, Effect((QUICK_TAKES, answering.SCREENING_IS_OPEN), State.SCREENING)),
    Row("offering", Intent.HOW_LONG, Effect((QUICK_TAKES, stretching.BEGIN), State.CONFIRMING)),
    *rows(Intent.HOW_LONG, ("asked",), aside(script.SAY_NUMBER)),
    *answered(Intent.HOW_MANY, "2 left, with this one.", "4 left, with this one."),
    *rows(Intent.WHERE_AM_I, IN_SESSION, aside("Neck rotations, right side, 1 of 2. Movement 1 of 3.")),
    Row("last", Intent.WHERE_AM_I, Effect(("Slow breathing, 1 of 4. Movement 3 of 3.",), State.HOLDING, ONE_BREATH)),
    *rows(Intent.WHERE_AM_I, ELSEWHERE, aside(script.where_in)),
    *rows(Intent.WHERE_AM_I, ("asked",), aside(script.SAY_NUMBER)),
    *answered(Intent.WHAT_NEXT, "Next, shoulder rolls.", script.what_next(None)),
    # How it is done.
    *answered(Intent.HOW_FAR, NECK.how_far),
    *answered(Intent.WHERE_TO_FEEL, NECK.where),
    *rows(Intent.CAN_I_SIT, IN_SESSION, aside(NECK.sit)),
    Row("last", Intent.CAN_I_SIT, Effect((BREATHING.sit,), State.HOLDING, ONE_BREATH)),
    *rows(Intent.CAN_I_SIT, SITS_BEFORE, aside(script.SIT_FOR_MOST)),
    # The dose.
    *dosed(Intent.LONGER, "20 seconds.", (20, 2)),
    *dosed(Intent.TOO_EASY, "20 seconds.", (20, 2)),
    *dosed(Intent.SHORTER, "10 seconds.", (10, 2)),
    *dosed(Intent.HOLD_FOR, "12 seconds.", (12, 2), seconds="12"),
    *dosed(Intent.HOLD_FOR, "Sixty seconds is the most here.", (60, 2), seconds="99"),
    *dosed(Intent.MORE_REPETITIONS, "3 in all.", (15, 3)),
    *dosed(Intent.MORE_REPETITIONS, "4 in all.", (15, 4), count="2"),
    *dosed(Intent.FEWER_REPETITIONS, "Just this one.", (15, 1)),
    *rows(Intent.HOLD_FOR, IN_SESSION, aside("15 seconds.")),
    Row("last", Intent.LONGER, Effect(("Four seconds is the most here.",), State.HOLDING, ONE_BREATH)),
    # Again.
    *repeated(Intent.REPEAT),
    *repeated(Intent.REPEAT_SLOWER),
    # Help.
    *rows(Intent.HELP, (s for s in AWAKE if s not in NUMBER), aside(script.help_in)),
    Row("asked", Intent.HELP, Effect((script.SAY_NUMBER, script.help_in(State.IDLE)), State.CONFIRMING)),
    Row(
        "said back",
        Intent.HELP,
        Effect((script.choices(State.CONFIRMING), script.help_in(State.IDLE)), State.CONFIRMING),
    ),
    *rows(Intent.HELP, ("muted", "muted session"), aside(script.help_in(State.MUTED).replace(script.WAKE, WAKE))),
    *rows(Intent.WHAT_CAN_I_SAY, (s for s in AWAKE if s not in ("asked", *AT_REST)), aside(script.what_can_i_say)),
    *rows(Intent.WHAT_CAN_I_SAY, AT_REST, Effect((script.ABILITIES[0], script.MORE), State.TOPIC)),
    *rows(Intent.WHAT_CAN_I_SAY, ("asked",), aside(script.SAY_NUMBER)),
]


def test_what_it_can_do_is_told_bite_by_bite() -> None:
    talk = Talk()
    for line in script.ABILITIES[:-1]:
        assert talk.answer("what can you do" if line is script.ABILITIES[0] else "more") == [line, script.MORE]
    assert talk.answer("more") == [script.ABILITIES[-1]]
    assert talk.answer("more") == [script.NO_MORE]
    assert all(len(line.split()) <= 20 for line in script.ABILITIES)
    assert {"stop", "pause"}.isdisjoint(" ".join(script.ABILITIES).lower().split())


def test_where_exercise_is_refused_what_it_can_do_offers_none() -> None:
    talk = Talk().hears("I have a fever", "it started last night", "what can you do")
    assert "start stretching" not in talk.spoken[-1]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_asked_about_a_session(row: Row) -> None:
    assert row.seen == row.effect


@pytest.mark.parametrize(
    ("phase", "rest", "words"),
    [
        (State.HOLDING, count_beats(13, 15, "words"), "3 seconds left."),
        (State.HOLDING, (Beat(1), *count_beats(16, 15, "words")), "One second left."),
        (State.HOLDING, (), "15 seconds each."),
        (State.INSTRUCTING, count_beats(13, 15, "words"), "15 seconds each."),
    ],
)
def test_how_long_is_told_of_a_hold_that_is_on(phase: State, rest: Plan, words: str) -> None:
    conversation, _ = standing("paused")
    assert conversation.session is not None
    session = replace(conversation.session, phase=phase, remainder=rest)
    talk = Talk(replace(conversation, output=Output(), session=session))
    assert observed(talk, lambda talk: talk.say(Intent.HOW_LONG)).said == (words,)


def test_how_long_is_told_before_anything_of_the_session_sounds() -> None:
    conversation, now = standing("offering")
    begun, _ = step(conversation, said(Intent.YES, now), now, GUIDANCE)
    assert isinstance(begun.output.now, Preparing)
    after, _ = step(begun, said(Intent.HOW_LONG, now), now, GUIDANCE)
    assert isinstance(after.output.now, Preparing)
    assert after.output.now.plan[0] == Say("15 seconds each.")


@pytest.mark.parametrize(("intent", "rate"), [(Intent.REPEAT, 150), (Intent.REPEAT_SLOWER, 110)])
@pytest.mark.parametrize("scene", ["said", "instructing"])
def test_slower_is_slower(intent: Intent, rate: int, scene: str) -> None:
    talk = Talk().say("Causes").settle() if scene == "said" else Talk().say("StartRoutine").say("No").wait(0.3)
    line = talk.conversation.last_lines[0] if scene == "said" else ANEW[1]
    began = talk.say(intent).wait(0.1).mixer.frame
    talk.wait(8)
    said_again = [(at, entry.until) for at, entry in talk.noted(Said) if entry.text == line]
    at, until = next((at, until) for at, until in said_again if at >= began - FRAMES_PER_SECOND // 5)
    length = len(line) * 0.065 * 150 / rate
    assert until - at / FRAMES_PER_SECOND == pytest.approx(length, abs=0.001)


@pytest.mark.parametrize("count", ["1", "2"])
def test_a_hold_that_is_on_keeps_its_count_when_it_is_made_longer(count: str) -> None:
    talk = holding()
    effect = observed(talk, lambda talk: talk.say(Intent.LONGER).say(Intent.MORE_REPETITIONS, count=count))
    assert effect.dose == (20, 2 + int(count))
    assert HoldEnded(20, 20 * FRAMES_PER_SECOND) in effect.noted


@pytest.mark.parametrize("aloud", [True, False])
def test_a_hold_made_longer_in_a_pause_is_counted_on_to_its_new_end(aloud: bool) -> None:
    talk = holding().say(Intent.COUNT_ALOUD if aloud else Intent.COUNT_SILENTLY).wait(3).say(Intent.PAUSE).settle()
    counted = len(talk.counts)
    talk.say(Intent.LONGER).settle().say(Intent.RESUME).until(State.HOLDING).until(State.RESTING)
    assert talk.counts == list(range(1, 21))
    assert {entry.silent for _, entry in talk.noted(Count)[counted:]} == {not aloud}
    assert [entry for _, entry in talk.noted(HoldEnded)] == [HoldEnded(20, 20 * FRAMES_PER_SECOND)]
