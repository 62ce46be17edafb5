"""The states of the dialogue, and the intents that are valid in each: what the recogniser's closed grammar holds."""

from collections.abc import Collection
from enum import StrEnum

from intents.model import ROUTINE_ANSWERS, Intent


class State(StrEnum):
    """A state of the dialogue. The values stand in the timeline, in `--state` and in the benchmarks' data."""

    IDLE = "Idle"
    """Awake, and nothing goes on."""
    TOPIC = "Topic"
    """Telling a topic of the guidance."""
    SCREENING = "Screening"
    """A screening question for red flags is open."""
    INSTRUCTING = "Instructing"
    """In a stretch session, before a hold."""
    HOLDING = "Holding"
    """In a stretch session, during a hold."""
    RESTING = "Resting"
    """In a stretch session, after a hold."""
    PAUSED = "Paused"
    """Paused, to be resumed."""
    CONFIRMING = "Confirming"
    """Any other question is open: an offer, how to go on after pain, the emergency number."""
    EMERGENCY = "Emergency"
    """A red flag was named; no stretching until the person says that it was a mistake."""
    ASLEEP = "Asleep"
    """Waiting for the wake phrase."""
    MUTED = "Muted"
    """Told to stop listening; some safety intents stay valid."""


ALWAYS = frozenset(
    {
        Intent.STOP,
        Intent.PAUSE,
        Intent.THAT_HURTS,
        Intent.RED_FLAG,
        Intent.HELP,
        Intent.WHAT_CAN_I_SAY,
        Intent.REPEAT,
        Intent.REPEAT_SLOWER,
        Intent.WHERE_AM_I,
        Intent.HOW_LONG,
        Intent.SPEAK_FASTER,
        Intent.SPEAK_SLOWER,
        Intent.LOUDER,
        Intent.QUIETER,
        Intent.MUTE,
        Intent.UNDO,
        Intent.GOODBYE,
        Intent.NEVER_MIND,
        Intent.ASK_EMERGENCY_NUMBER,
        Intent.CALL_FOR_HELP,
        Intent.SELF_HARM,
        Intent.HELLO,
        Intent.WHY_ASK,
        Intent.WAIT,
    }
)
"""Intents that are valid in every state but Asleep and Muted.

They alone count even when the words began before the question or the movement that now stands, and they alone may
act while Limber's own voice is in the microphone's sound.
"""

_GUIDANCE = frozenset(
    {
        Intent.START_ROUTINE,
        Intent.START_MOVEMENT,
        Intent.OVERVIEW,
        Intent.WHAT_HELPS,
        Intent.MEASURE,
        Intent.CAUSES,
        Intent.CAUSE,
        Intent.PREVENTION,
        Intent.STRATEGY,
        Intent.SEE_PROFESSIONAL,
        Intent.PAINKILLERS,
        Intent.RADIATES,
        Intent.QUESTION,
        Intent.ROUTINE_LENGTH,
        Intent.LIST_ROUTINES,
        Intent.LIST_MOVEMENTS,
        Intent.HAVE_TIME,
        Intent.CONDITION,
        Intent.AGREED,
        Intent.SITUATION,
    }
)
"""Intents that begin a session or ask for guidance."""
_OWN_ROUTINES = frozenset(
    {
        Intent.MAKE_ROUTINE,
        Intent.ADD_TO_ROUTINE,
        Intent.REMOVE_FROM_ROUTINE,
        Intent.RENAME_ROUTINE,
        Intent.DELETE_ROUTINE,
        Intent.ROUTINE_CONTENTS,
    }
)
"""Intents about the routines that the person has made."""
_STARTING_OUT = frozenset({Intent.WELCOME_AGAIN, Intent.TUTORIAL})
"""Intents of somebody who is new to Limber."""
_COMPANY = frozenset({Intent.THANKS, Intent.WHO_ARE_YOU, Intent.SMALL_TALK, Intent.TIME, Intent.HOW_DID_I_DO})
"""Intents of somebody who just talks."""
_HISTORY = frozenset({Intent.LAST_TIME, Intent.HOW_MUCH, Intent.AM_I_BETTER, Intent.MEMORY, Intent.FORGET})
"""Intents about what was done before, and what is remembered."""
_REMINDING = frozenset({Intent.REMIND, Intent.REMINDERS, Intent.STOP_REMINDING, Intent.SNOOZE, Intent.NOT_TODAY})
"""Intents about reminders."""
_SETTINGS = frozenset(
    {Intent.COUNT_ALOUD, Intent.COUNT_SILENTLY, Intent.EMERGENCY_NUMBER, Intent.QUIET_HOURS, Intent.SETTINGS}
    | {Intent.HIGHER_VOICE, Intent.DEEPER_VOICE, Intent.CHANGE_SETTING}
)
"""Intents that change or tell a setting and are not in ALWAYS."""
_SESSION = frozenset(
    {
        Intent.NEXT,
        Intent.BACK,
        Intent.SKIP,
        Intent.START_OVER,
        Intent.HOW_MANY,
        Intent.WHAT_NEXT,
        Intent.LONGER,
        Intent.SHORTER,
        Intent.HOLD_FOR,
        Intent.MORE_REPETITIONS,
        Intent.FEWER_REPETITIONS,
        Intent.TOO_EASY,
        Intent.GENTLER,
        Intent.HOW_FAR,
        Intent.WHERE_TO_FEEL,
        Intent.CAN_I_SIT,
        Intent.OTHER_SIDE,
        Intent.ONLY_SIDE,
        Intent.COUNT_ONLY,
        Intent.TIME_LEFT,
        Intent.MOVEMENTS_LEFT,
        Intent.WHY_THIS,
        Intent.FEELS_GOOD,
        Intent.STILL_BAD,
        Intent.PASSED,
    }
)
"""Intents that move about in a stretch session, change a dose, or ask about the movement."""
ANSWERS = frozenset({Intent.YES, Intent.NO})
"""Intents that answer a yes-or-no question."""
_CHOICES = frozenset({Intent.READY, Intent.RESUME, Intent.SKIP, Intent.NEXT, Intent.GENTLER, Intent.MORE})
"""Intents that answer other open questions than those that ask for yes or no."""
FEELINGS = frozenset(
    {Intent.FEELS_GOOD, Intent.STILL_BAD, Intent.PASSED, Intent.BETTER, Intent.SAME, Intent.WORSE, Intent.RESUME}
)
"""Intents that answer a question about a sign, or about how the person is."""
COMPLAINTS = frozenset({Intent.STILL_BAD, Intent.SAME, Intent.WORSE})
"""Intents that complain of a pain that has not gone."""
EXERCISE = frozenset(
    {Intent.START_ROUTINE, Intent.START_MOVEMENT, Intent.WHAT_HELPS, Intent.READY, Intent.NEXT, Intent.AGAIN}
)
"""Intents that ask for exercise; in an emergency they are refused in words."""
_AWAKE = (ALWAYS | _GUIDANCE | _OWN_ROUTINES | _SETTINGS | _COMPANY | _HISTORY | _REMINDING | _STARTING_OUT) | {
    Intent.FALSE_ALARM,
    Intent.HELP_COMING,
    Intent.RATING,
}
"""Intents that are valid in every waking state but Emergency."""
_STRETCHING = (_AWAKE | _SESSION | {Intent.RESUME}) - {Intent.WHAT_HELPS}
"""Valid in a stretch session. Not WhatHelps: "my back hurts", said there, complains of the stretch."""

VALID: dict[State, frozenset[Intent]] = {
    State.IDLE: _AWAKE | FEELINGS | {Intent.AGAIN, Intent.TIME_LEFT, Intent.CAN_I_SIT},
    State.TOPIC: _AWAKE | ANSWERS | COMPLAINTS | {Intent.PASSED, Intent.MORE, Intent.RESUME, Intent.NEXT},
    State.SCREENING: _AWAKE
    | ANSWERS
    | {Intent.READY, Intent.RESUME, Intent.SKIP, Intent.ONLY_SIDE, Intent.SCREENING_OPEN},
    State.INSTRUCTING: _STRETCHING | {Intent.READY, Intent.SKIP_INSTRUCTIONS},
    State.HOLDING: _STRETCHING,
    State.RESTING: _STRETCHING | {Intent.READY, Intent.SKIP_INSTRUCTIONS},
    State.PAUSED: _STRETCHING | {Intent.READY},
    State.CONFIRMING: _AWAKE | ANSWERS | _CHOICES | {Intent.ONLY_SIDE},
    State.EMERGENCY: ALWAYS
    | ANSWERS
    | EXERCISE
    | {Intent.RESUME, Intent.FALSE_ALARM, Intent.HELP_COMING, Intent.EMERGENCY_NUMBER, Intent.DIGITS},
    State.ASLEEP: frozenset({Intent.WAKE, Intent.RED_FLAG, Intent.CALL_FOR_HELP, Intent.SELF_HARM}),
    State.MUTED: frozenset(
        {Intent.UNMUTE, Intent.WAKE, Intent.MUTE, Intent.STOP, Intent.PAUSE, Intent.HELP, Intent.RED_FLAG, Intent.HELLO}
        | {Intent.RESUME, Intent.CALL_FOR_HELP, Intent.SELF_HARM}
    ),
}
"""The valid intents of each state; every state has its entry."""

GOES_ON_UNMUTED = frozenset(
    {Intent.RESUME, Intent.READY, Intent.NEXT, Intent.BACK, Intent.SKIP, Intent.START_OVER, Intent.OTHER_SIDE}
    | {Intent.THAT_HURTS}
)
"""Intents that, typed while Limber is muted, open the microphone again: the session that waits goes on."""
MUTED_SESSION = VALID[State.MUTED] | (
    GOES_ON_UNMUTED
    | {Intent.LONGER, Intent.SHORTER, Intent.HOLD_FOR, Intent.GENTLER, Intent.MORE_REPETITIONS}
    | {Intent.FEWER_REPETITIONS, Intent.HOW_LONG, Intent.HOW_MANY, Intent.TIME_LEFT, Intent.MOVEMENTS_LEFT}
    | {Intent.WHERE_AM_I, Intent.WHAT_NEXT, Intent.UNDO}
)
"""The valid intents while Limber is muted and a session waits: its commands are typed. The rest stay mute."""
FELT_ASKED = VALID[State.IDLE] | ANSWERS | {Intent.FEELS_GOOD, Intent.STILL_BAD, Intent.PASSED}
"""The valid intents while Limber asks how the person feels after a session, in place of those of Confirming."""
FELT_RATED = FELT_ASKED | {Intent.RATING_ALONE, Intent.SKIP}
"""The same while it asks that as a number from nought to ten."""
RATING_ASKED = (
    (VALID[State.IDLE] - FEELINGS)
    | ANSWERS
    | {
        *(Intent.RATING_ALONE, Intent.SKIP, Intent.NEXT, Intent.READY, Intent.RESUME),
    }
)
"""The valid intents while Limber asks, before a session, how the back is as a number, in place of Confirming's."""
NUMBER_ASKED = VALID[State.IDLE] | ANSWERS | {Intent.SKIP, Intent.DIGITS}
"""The valid intents while Limber asks for the emergency number, in place of those of Confirming.

Elsewhere digits alone are valid only in an emergency.
"""
WELCOME_ASKED = VALID[State.IDLE] | ANSWERS | {Intent.READY, Intent.NEXT, Intent.SKIP}
"""The valid intents in the welcome, in place of those of Confirming."""
LESSON = WELCOME_ASKED | {Intent.HOW_MANY}
"""The valid intents in the lesson, in place of those of Confirming."""

ROUTINE_ASKED = VALID[State.IDLE] | ANSWERS | ROUTINE_ANSWERS | {Intent.SKIP}
"""The valid intents while Limber asks about a routine that is being made or deleted, in place of Confirming's.

Nowhere else are any few words a name.
"""

FORGET_ASKED = (VALID[State.IDLE] - FEELINGS) | ANSWERS | {Intent.READY, Intent.RESUME}
"""The valid intents while Limber asks whether to delete something, in place of those of Confirming."""
WHEN_ASKED = VALID[State.CONFIRMING] | {Intent.WHEN}
"""The valid intents while Limber asks when to remind, in place of those of Confirming: a time alone is an answer."""
REMINDED = VALID[State.IDLE] | {Intent.WHEN}
"""The valid intents right after a reminder: "in ten minutes" puts it off."""

SIGN_ASKED = (VALID[State.CONFIRMING] | FEELINGS) - {Intent.NEXT, Intent.GENTLER, Intent.MORE, Intent.ONLY_SIDE}
"""The valid intents while Limber asks about a warning sign, in place of those of Confirming."""
HURT_ASKED = (VALID[State.CONFIRMING] | FEELINGS) - {Intent.MORE, Intent.ONLY_SIDE}
"""The valid intents while Limber asks how to go on after pain: "go on" takes the session up, nothing more is told."""
_DANGEROUS = (VALID[State.SCREENING], VALID[State.EMERGENCY], SIGN_ASKED, HURT_ASKED)
"""The valid intents that `asked_of_danger` knows."""


def asked_of_danger(valid: Collection[str] | None) -> bool:
    """Whether intents are those of a question about signs, or of an emergency: what ends it must be said for sure."""
    return _are_those_of(valid, *_DANGEROUS)


def in_emergency(valid: Collection[str] | None) -> bool:
    """Whether intents are those of an emergency, where a "yes" can only agree that it is over."""
    return _are_those_of(valid, VALID[State.EMERGENCY])


def _are_those_of(valid: Collection[str] | None, *known: frozenset[Intent]) -> bool:
    """Whether intents are those of one of some sets, answers to a question of Limber's aside; None are of no set."""
    return valid is not None and any(frozenset(valid) - ANSWERS == each - ANSWERS for each in known)
