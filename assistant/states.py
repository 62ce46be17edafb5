"""Which intents are valid in which state: the closed set that is listened for, as data."""

from enum import StrEnum

from intents.model import Intent


class State(StrEnum):
    """Where the conversation stands; the names outside Limber go by these too."""

    IDLE = "Idle"
    TOPIC = "Topic"
    SCREENING = "Screening"
    INSTRUCTING = "Instructing"
    HOLDING = "Holding"
    RESTING = "Resting"
    PAUSED = "Paused"
    CONFIRMING = "Confirming"
    EMERGENCY = "Emergency"
    ASLEEP = "Asleep"
    MUTED = "Muted"


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
    }
)
"""Heard in every waking state, and the only ones that outlive the state in which they were begun."""

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
    }
)
_SETTINGS = frozenset({Intent.COUNT_ALOUD, Intent.COUNT_SILENTLY, Intent.EMERGENCY_NUMBER})
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
    }
)
ANSWERS = frozenset({Intent.YES, Intent.NO})
_CHOICES = frozenset({Intent.READY, Intent.RESUME, Intent.SKIP, Intent.NEXT, Intent.GENTLER, Intent.MORE})
_AWAKE = ALWAYS | _GUIDANCE | _SETTINGS
_STRETCHING = (_AWAKE | _SESSION | {Intent.RESUME, Intent.WAIT}) - {Intent.WHAT_HELPS}
"""In a session "my back hurts" is said of the stretch, and is no question."""

VALID: dict[State, frozenset[Intent]] = {
    State.IDLE: _AWAKE | {Intent.RESUME},
    State.TOPIC: _AWAKE | ANSWERS | {Intent.MORE, Intent.RESUME, Intent.NEXT},
    State.SCREENING: _AWAKE | ANSWERS,
    State.INSTRUCTING: _STRETCHING | {Intent.READY, Intent.SKIP_INSTRUCTIONS},
    State.HOLDING: _STRETCHING - {Intent.WAIT},
    State.RESTING: _STRETCHING | {Intent.READY},
    State.PAUSED: _STRETCHING | {Intent.READY},
    State.CONFIRMING: _AWAKE | ANSWERS | _CHOICES,
    State.EMERGENCY: ALWAYS | ANSWERS | {Intent.RESUME},
    State.ASLEEP: frozenset({Intent.WAKE, Intent.RED_FLAG}),
    State.MUTED: frozenset(
        {Intent.UNMUTE, Intent.WAKE, Intent.MUTE, Intent.STOP, Intent.PAUSE, Intent.HELP, Intent.RED_FLAG}
    ),
}
"""Every state has its own line; a missing one is an error, not an empty set."""

NUMBER_ASKED = VALID[State.IDLE] | ANSWERS | {Intent.SKIP, Intent.DIGITS}
"""While the emergency number is asked for, a kind of Confirming: nowhere else are digits alone listened for."""
