"""What begins, answers, interrupts and ends: each in every scene where it is valid."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.coaching.session import SessionPlace
from assistant.dialogue.parts.modes import Asleep, Coaching, Idle, Muted, Paused
from assistant.dialogue.state import Conversation
from assistant.script import safety_lines, stretching
from assistant.script.stretching import hold_for
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline.entries import (
    EarconPlayed,
    Entry,
    FellAsleep,
    HoldStarted,
    MovementBegun,
    RedFlagRaised,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SessionStopped,
    WokeUp,
)
from intents.model import REQUEST, Intent
from tests.assistant.dialogue.replies.effects import (
    ALL_AWAKE,
    ANEW,
    AWAKE,
    CHOICES,
    FIRST,
    GIVEN_UP,
    NECK,
    NUMBER,
    OFFER,
    OUTSIDE,
    PAUSES,
    QUICK_PLAN,
    SCENES,
    SESSION,
    TURN,
    Effect,
    Row,
    aside,
    holding,
    observed,
    rows,
    state_in,
)
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

QUESTION = Effect((GUIDANCE.screening.question,), State.SCREENING)
HELPS = GUIDANCE.topics["what_helps"].bites[0].say
OFFERED, HELP_ASKED = Effect((HELPS, OFFER), State.CONFIRMING), Effect((HELPS, QUESTION.said[0]), State.SCREENING)
MORE_OF_CAUSES = Effect((GUIDANCE.topics["causes"].bites[1].say, script.MORE), State.TOPIC)
QUICK_OFFERED = Effect(
    (GUIDANCE.careful, *ANEW[1:]),
    State.INSTRUCTING,
    (SessionStarted("quick"), TURN, HoldStarted(15)),
    SessionPlace(),
    (15, 2),
)
"""The offer has told how long it takes."""
QUICK = Effect(FIRST, State.INSTRUCTING, (SessionStarted("quick"), TURN, HoldStarted(15)), SessionPlace(), (15, 2))
GENTLER = Effect((NECK.gentler, *ANEW[:-1], "Hold for seven."), State.INSTRUCTING, (TURN, HoldStarted(7)))
SOFTER = None, (7, 2)
NOT_BETTER = Effect((stretching.FELT_SAME, GUIDANCE.professional_once), State.IDLE)
DROPPED = Effect((script.ALL_RIGHT,), State.IDLE)
GLAD = Effect((safety_lines.GLAD,), State.IDLE)
NO_FIRST = Effect((safety_lines.NEED_A_NO, GUIDANCE.screening.short), State.SCREENING)
YES_OR_NO_FIRST = Effect((safety_lines.YES_OR_NO_FIRST, GUIDANCE.screening.chest), State.SCREENING)
ASKED = ("screening", "screening for help")
"""Scenes in which the screening question is open."""
DENIED = Effect((safety_lines.NO_SIGN, script.choices(State.IDLE)), State.IDLE)
NO_NUMBER = Effect((script.NO_NUMBER,), State.IDLE, (), None, None, Settings(ask_emergency_number=False))
ASK_DIGITS = Effect((script.SAY_NUMBER,), State.CONFIRMING)
ENDED = Effect((script.SESSION_OVER,), State.IDLE, (SessionStopped("voice"), SessionEnded(False)))
TOPIC_GOES_ON = Effect(
    (script.GOING_ON, GUIDANCE.topics["causes"].bites[0].say, script.MORE), State.TOPIC, (SessionResumed("voice"),)
)
HOLD_GOES_ON = Effect((NECK.parts[0].again, NECK.hold_word), State.INSTRUCTING, (SessionResumed("voice"),))


def filled(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Without a number of its own."""
    return tuple(line.replace("{emergency}", script.YOUR_EMERGENCY_NUMBER) for line in lines)


def advice(flag: str, sign: str = "") -> tuple[str, ...]:
    """What is said of a warning sign."""
    return filled(GUIDANCE.advice_on(flag, sign))


CHEST = advice("chest")
SPREADING = Effect(advice("chest", "spreading_pain"), State.EMERGENCY, (RedFlagRaised("chest", "Radiates"),))
WAKE = script.GOODBYE.replace(script.WAKE, "hey limber")


def given_up(scene: str) -> tuple[Entry, ...]:
    """The hold of a scene, as it is noted when it is given up."""
    return (GIVEN_UP,) if scene in ("holding", "paused", "muted session") else ()


def in_session(scene: str) -> bool:
    """Whether a session goes on or waits."""
    return scene in (*SESSION, "paused", "hurt", "muted session")


PLANS = {
    "quick": QUICK_PLAN,
    "gentle": "Gentle routine: five movements, about six minutes.",
    "neck_tilt": "Neck tilts: two each side, about two minutes.",
}


def session(routine: str | None, key: str, before: bool, scene: str) -> Effect:
    """A session begins with a movement, at once: the screening question has been answered."""
    movement = GUIDANCE.movements[key]
    gentler = scene == "hurt" and key == NECK.key
    seconds = 7 if gentler else movement.seconds
    dose = (seconds, movement.repetitions)
    held = (hold_for(movement.hold_word, seconds),) if movement.hold_word else ()
    title = (f"{movement.title}.",) if routine else ()
    intro = (movement.seated or "") if routine == "gentle" else movement.intro
    words = (
        PLANS[routine or key].replace("four", "three") if gentler else PLANS[routine or key],
        GUIDANCE.careful,
        *title,
        intro,
        movement.parts[0].begin,
        *held,
    )
    ended = (*given_up(scene), SessionEnded(False)) if before else ()
    resumed = (SessionResumed("voice"),) if scene == "paused" else ()
    same = before or scene == "left"
    first = MovementBegun(key, movement.parts[0].side, 1, movement.repetitions)
    return Effect(
        tuple(word for word in words if word),
        State.INSTRUCTING,
        (*ended, SessionStarted(routine), *resumed, first, HoldStarted(seconds)),
        None if same else SessionPlace(),
        None if same and dose == ((7, 2) if scene == "hurt" else (15, 2)) else dose,
    )


def gone_to_tilts(scene: str) -> Effect:
    """In a session it goes to a movement by name, and the session stays the same."""
    tilt = GUIDANCE.movements["neck_tilt"]
    words = ("Neck tilts, two each side.", tilt.intro, tilt.parts[0].begin, hold_for(tilt.hold_word, 15))
    resumed = (SessionResumed("voice"),) if scene == "paused" else ()
    first = MovementBegun("neck_tilt", "right", 1, 2)
    noted = (*given_up(scene), *resumed, first, HoldStarted(15))
    return Effect(words, State.INSTRUCTING, noted, None, (15, 2) if scene == "hurt" else None)


UNSCREENED = (
    *(scene for scene in OUTSIDE if scene not in ("screening the chest", "offering", "left", "ended")),
    "paused topic",
)


def started(intent: Intent, led: str | None, key: str, **slots: str) -> list[Row]:
    """A session that is asked for: the question first, unless it has been answered."""
    return [
        *rows(intent, UNSCREENED, QUESTION, **slots),
        *rows(intent, ("screening the chest",), YES_OR_NO_FIRST, **slots),
        *rows(intent, ("offering", "left", "ended"), lambda scene: session(led, key, False, scene), **slots),
        *rows(intent, (*SESSION, "paused", "hurt"), lambda scene: session(led, key, True, scene), **slots),
    ]


def stopped(scene: str) -> Effect:
    """Stop."""
    if scene in ("muted", "emergency"):
        return Effect((), state_in(scene), (SessionStopped("voice"),))
    if in_session(scene):
        return Effect(
            (script.SESSION_OVER,), State.IDLE, (*given_up(scene), SessionStopped("voice"), SessionEnded(False))
        )
    return Effect((script.QUIET,), State.IDLE, (SessionStopped("voice"),))


def paused(scene: str) -> Effect:
    """Pause."""
    if scene in SESSION:
        return Effect((script.LET_GO,), State.PAUSED, (SessionPaused("voice"),))
    if scene == "emergency":
        return stopped(scene)
    if scene in PAUSES:
        return Effect((), state_in(scene))
    line = script.SAY_NUMBER if scene == "asked" else CHOICES.get(scene) or script.choices(state_in(scene))
    return Effect((line,), state_in(scene))


def flagged(scene: str) -> Effect:
    """A sign of danger: the chest."""
    return Effect(CHEST, State.EMERGENCY, (RedFlagRaised("chest", "RedFlag"), *given_up(scene)))


def muted(scene: str) -> Effect:
    """Mute; a session waits."""
    waits = (SessionPaused("voice"),) if scene in (*SESSION, "hurt") else ()
    sound = (EarconPlayed("muted"),)
    noted = (*waits, *sound) if scene not in ("instructing", "resting") else (*sound, *waits)
    let_go = f"{script.LET_GO_NOW} " if scene == "holding" else ""
    return Effect((f"{let_go}{script.MICROPHONE_CLOSED}",), State.MUTED, noted)


def asleep(scene: str) -> Effect:
    """Goodbye; a session is over."""
    ended = (SessionEnded(False),) if in_session(scene) else ()
    return Effect((WAKE,), State.ASLEEP, (*given_up(scene), *ended, FellAsleep("voice")))


LISTENS = (WokeUp("voice"), EarconPlayed("listening"))
WOKEN = {
    "asleep": Effect((script.LISTENING,), State.IDLE, LISTENS),
    "muted": Effect((script.LISTENING,), State.IDLE, LISTENS),
    "muted session": Effect((script.LISTENING, script.choices(State.PAUSED)), State.PAUSED, LISTENS),
}

ROWS = [
    # Begin.
    *started(Intent.START_ROUTINE, "quick", "neck_rotation"),
    *started(Intent.START_ROUTINE, "gentle", "slow_breathing", routine="gentle"),
    *rows(Intent.START_MOVEMENT, UNSCREENED, QUESTION, movement="neck_tilt"),
    *rows(Intent.START_MOVEMENT, ("screening the chest",), YES_OR_NO_FIRST, movement="neck_tilt"),
    *rows(
        Intent.START_MOVEMENT,
        ("offering", "left", "ended"),
        lambda scene: session(None, "neck_tilt", False, scene),
        movement="neck_tilt",
    ),
    *rows(Intent.START_MOVEMENT, (*SESSION, "paused", "hurt"), gone_to_tilts, movement="neck_tilt"),
    *started(Intent.START_MOVEMENT, "quick", "neck_rotation"),
    # Yes.
    *rows(Intent.YES, ("topic",), MORE_OF_CAUSES),
    *rows(Intent.YES, ASKED, Effect((safety_lines.WHICH_SIGN,), State.SCREENING)),
    *rows(Intent.YES, ("screening the chest",), SPREADING),
    *rows(Intent.YES, ("offering",), QUICK_OFFERED),
    *rows(Intent.YES, ("hurt",), GENTLER),
    *rows(Intent.YES, ("asked",), ASK_DIGITS),
    *rows(
        Intent.YES,
        ("said back",),
        Effect((script.REMEMBERED,), State.IDLE, (), None, None, Settings(emergency_number="112")),
    ),
    # No.
    *rows(Intent.NO, ("topic", "offering"), DROPPED),
    *rows(Intent.NO, ("screening",), QUICK),
    *rows(Intent.NO, ("screening for help",), Effect((OFFER,), State.CONFIRMING)),
    *rows(Intent.NO, ("screening the chest",), DENIED),
    *rows(Intent.NO, ("hurt",), ENDED),
    *rows(Intent.NO, ("asked",), NO_NUMBER),
    *rows(Intent.NO, ("said back",), ASK_DIGITS),
    # Ready; in a session, test_navigation.py.
    *rows(Intent.READY, ("offering",), QUICK_OFFERED),
    *rows(Intent.READY, ("hurt",), GENTLER),
    *rows(Intent.READY, ("paused",), HOLD_GOES_ON),
    *rows(Intent.READY, ("paused topic",), TOPIC_GOES_ON),
    *rows((Intent.READY, Intent.RESUME, Intent.SKIP), ASKED, NO_FIRST),
    *rows((Intent.READY, Intent.RESUME, Intent.SKIP), ("screening the chest",), YES_OR_NO_FIRST),
    # Wait.
    *rows(
        Intent.WAIT,
        ("instructing", "resting"),
        Effect((script.TAKE_YOUR_TIME,), State.PAUSED, (SessionPaused("voice"),)),
    ),
    *rows(Intent.WAIT, ("holding",), paused),
    *rows(Intent.WAIT, (*OUTSIDE, "hurt", "emergency"), paused),
    *rows(Intent.WAIT, PAUSES, aside(script.TAKE_YOUR_TIME)),
    # Resume.
    *rows(Intent.RESUME, ("paused",), HOLD_GOES_ON),
    *rows(Intent.RESUME, ("paused topic",), TOPIC_GOES_ON),
    *rows(Intent.RESUME, SESSION, aside(script.ALREADY_GOING)),
    *rows(Intent.RESUME, ("left",), lambda scene: session("quick", "neck_rotation", False, scene)),
    *rows(Intent.RESUME, ("idle", *NUMBER), lambda scene: Effect((script.NOTHING_TO_RESUME,), state_in(scene))),
    *rows(Intent.RESUME, ("topic",), MORE_OF_CAUSES),
    *rows(Intent.RESUME, ("offering",), QUICK_OFFERED),
    *rows(Intent.RESUME, ("hurt",), GENTLER),
    # Never mind.
    *rows(Intent.NEVER_MIND, SESSION, aside(script.CARRYING_ON)),
    *rows(Intent.NEVER_MIND, PAUSES, aside(script.choices)),
    *rows(Intent.NEVER_MIND, ("hurt",), ENDED),
    *rows(Intent.NEVER_MIND, ("screening the chest",), YES_OR_NO_FIRST),
    *rows(Intent.NEVER_MIND, ("topic",), Effect((script.DROPPED,), State.IDLE)),
    *rows(Intent.NEVER_MIND, NUMBER, NO_NUMBER),
    *rows(Intent.NEVER_MIND, (s for s in OUTSIDE if s not in (*NUMBER, "topic", "screening the chest")), DROPPED),
    # Skip; in a session, test_navigation.py.
    *rows(Intent.SKIP, NUMBER, NO_NUMBER),
    # Something hurts.
    *rows(
        Intent.THAT_HURTS,
        (*SESSION, "paused", "hurt"),
        lambda scene: Effect((script.HURT,), State.CONFIRMING, given_up(scene), None, SOFTER[scene != "hurt"]),
    ),
    *rows(Intent.THAT_HURTS, ("offering", "left"), OFFERED),
    *rows(Intent.THAT_HURTS, ("screening the chest",), YES_OR_NO_FIRST),
    *rows(Intent.THAT_HURTS, (s for s in UNSCREENED if s not in ASKED), HELP_ASKED),
    *rows(Intent.THAT_HURTS, ASKED, Effect((GUIDANCE.screening.short,), State.SCREENING)),
    *rows(Intent.THAT_HURTS, ("ended",), NOT_BETTER),
    # Whatever goes on is over, waits, or gives way.
    *rows(Intent.STOP, (*ALL_AWAKE, "muted", "muted session"), stopped),
    *rows(Intent.PAUSE, ALL_AWAKE, paused),
    *rows(Intent.RED_FLAG, (*ALL_AWAKE, "asleep", "muted", "muted session"), flagged, flag="chest"),
    *rows(Intent.MUTE, (*ALL_AWAKE, "muted", "muted session"), muted),
    *rows(Intent.GOODBYE, AWAKE, asleep),
    *rows(Intent.GOODBYE, ("emergency",), stopped),
    # Called back.
    *rows(Intent.WAKE, WOKEN, WOKEN.__getitem__),
    *rows(Intent.UNMUTE, ("muted", "muted session"), WOKEN.__getitem__),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_begins_and_ends(row: Row) -> None:
    assert row.seen == row.effect


# -- muted and asleep -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scene", "back"),
    [
        ("topic", "Topic"),
        ("holding", "Coaching"),
        ("paused", "Coaching"),
        ("emergency", "Emergency"),
        ("hurt", "AfterHurt"),
    ],
)
def test_muted_it_remembers_what_went_on(scene: str, back: str) -> None:
    talk = SCENES[scene]().say(Intent.MUTE).settle()
    mode = talk.conversation.mode
    assert isinstance(mode, Muted)
    assert type(mode.back).__name__ == back
    again = talk.say(Intent.MUTE).settle().conversation.mode
    assert again == mode, "muted twice it knows no more what went on"


@pytest.mark.parametrize("scene", ["holding", "paused", "muted session"])
def test_a_session_that_was_muted_goes_on_with_the_counts_that_were_left(scene: str) -> None:
    talk = SCENES[scene]().say(Intent.MUTE).settle().say(Intent.WAKE).settle()
    assert isinstance(talk.conversation.mode, Paused)
    counted = len(talk.counts)
    effect = observed(talk, lambda talk: talk.say(Intent.RESUME))
    assert effect == HOLD_GOES_ON
    assert talk.until(State.RESTING).counts == list(range(1, 16))
    assert counted == 3


def test_woken_in_a_session_it_is_paused_with_nothing_to_be_said() -> None:
    mode = SCENES["muted session"]().say(Intent.WAKE).conversation.mode
    assert isinstance(mode, Paused)
    assert mode == Paused(Coaching(), (), since=mode.since)


def test_what_was_asked_with_the_waking_phrase_is_answered_instead_of_a_greeting() -> None:
    talk = Talk(Conversation(mode=Asleep())).wait(1)
    heard = said(Intent.WAKE, talk.now)
    began = talk.now - 4_800
    slots = {REQUEST: "what time is it"}
    talk.take(replace(heard, began=began, reading=replace(heard.reading, slots=slots)))
    assert talk.conversation.mode == Idle()
    assert talk.conversation.question_began == began, "the request was begun before it was awake"
    assert talk.settle().spoken == []
    assert [entry.name for _, entry in talk.noted(EarconPlayed)] == ["listening"]


def test_the_phrase_that_wakes_is_the_one_that_was_set() -> None:
    talk = Talk(Conversation(settings=Settings(wake_phrase="hello coach"))).say(Intent.GOODBYE).settle()
    assert talk.spoken == ["Goodbye. Say hello coach to wake me."]


# -- the end --------------------------------------------------------------------------------------------


def test_a_session_that_was_stopped_is_picked_up_where_it_stood() -> None:
    talk = SCENES["last"]().say(Intent.STOP).settle()
    assert talk.spoken[-1] == script.SESSION_OVER
    effect = observed(talk, lambda talk: talk.say(Intent.RESUME))
    assert effect.noted[:2] == (SessionStarted("quick"), MovementBegun("slow_breathing", None, 1, 4))


@pytest.mark.parametrize("cause", ["voice", "key"])
@pytest.mark.parametrize(
    ("intent", "kind"), [(Intent.STOP, SessionStopped), (Intent.PAUSE, SessionPaused), (Intent.GOODBYE, FellAsleep)]
)
def test_who_did_it_is_noted(cause: str, intent: Intent, kind: type[SessionStopped]) -> None:
    talk = holding()
    talk.take(replace(said(intent, talk.now), cause=cause))  # type: ignore[arg-type]
    assert [entry.cause for _, entry in talk.settle().noted(kind)] == [cause]
