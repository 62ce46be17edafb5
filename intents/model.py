"""What an utterance can mean, and what one was read as."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Intent(StrEnum):
    """Every intent of the coach. A caller's own templates may bring others, named by any string."""

    START_ROUTINE = "StartRoutine"
    START_MOVEMENT = "StartMovement"
    YES = "Yes"
    NO = "No"
    READY = "Ready"
    WAIT = "Wait"
    PAUSE = "Pause"
    RESUME = "Resume"
    REPEAT = "Repeat"
    REPEAT_SLOWER = "RepeatSlower"
    NEXT = "Next"
    BACK = "Back"
    SKIP = "Skip"
    STOP = "Stop"
    START_OVER = "StartOver"
    NEVER_MIND = "NeverMind"
    HOW_LONG = "HowLong"
    HOW_MANY = "HowMany"
    WHERE_AM_I = "WhereAmI"
    WHAT_NEXT = "WhatNext"
    LONGER = "Longer"
    SHORTER = "Shorter"
    HOLD_FOR = "HoldFor"
    MORE_REPETITIONS = "MoreRepetitions"
    FEWER_REPETITIONS = "FewerRepetitions"
    COUNT_ALOUD = "CountAloud"
    COUNT_SILENTLY = "CountSilently"
    THAT_HURTS = "ThatHurts"
    TOO_EASY = "TooEasy"
    GENTLER = "Gentler"
    HOW_FAR = "HowFar"
    WHERE_TO_FEEL = "WhereToFeel"
    CAN_I_SIT = "CanISit"
    SKIP_INSTRUCTIONS = "SkipInstructions"
    OVERVIEW = "Overview"
    WHAT_HELPS = "WhatHelps"
    MEASURE = "Measure"
    CAUSES = "Causes"
    CAUSE = "Cause"
    PREVENTION = "Prevention"
    STRATEGY = "Strategy"
    SEE_PROFESSIONAL = "SeeProfessional"
    PAINKILLERS = "Painkillers"
    MORE = "More"
    RED_FLAG = "RedFlag"
    RADIATES = "Radiates"
    HELP = "Help"
    WHAT_CAN_I_SAY = "WhatCanISay"
    SPEAK_FASTER = "SpeakFaster"
    SPEAK_SLOWER = "SpeakSlower"
    HIGHER_VOICE = "HigherVoice"
    DEEPER_VOICE = "DeeperVoice"
    LOUDER = "Louder"
    QUIETER = "Quieter"
    SETTINGS = "Settings"
    CHANGE_SETTING = "ChangeSetting"
    MUTE = "Mute"
    UNMUTE = "Unmute"
    WAKE = "Wake"
    UNDO = "Undo"
    EMERGENCY_NUMBER = "EmergencyNumber"
    ASK_EMERGENCY_NUMBER = "AskEmergencyNumber"
    DIGITS = "Digits"
    GOODBYE = "Goodbye"

    # Safety.
    CALL_FOR_HELP = "CallForHelp"
    SELF_HARM = "SelfHarm"
    FALSE_ALARM = "FalseAlarm"
    HELP_COMING = "HelpComing"
    SCREENING_OPEN = "ScreeningOpen"
    """Never read: valid while a question for warning signs is open, so that only a clear no to all of it is a No."""

    # Company.
    HELLO = "Hello"
    THANKS = "Thanks"
    WHO_ARE_YOU = "WhoAreYou"
    SMALL_TALK = "SmallTalk"
    TIME = "Time"

    # Starting out.
    WELCOME_AGAIN = "Welcome"
    TUTORIAL = "Tutorial"

    # Questions with an answer of their own.
    QUESTION = "Question"
    ROUTINE_LENGTH = "RoutineLength"
    TIME_LEFT = "TimeLeft"
    MOVEMENTS_LEFT = "MovementsLeft"
    WHY_THIS = "WhyThis"
    WHY_ASK = "WhyAsk"
    LIST_ROUTINES = "ListRoutines"
    LIST_MOVEMENTS = "ListMovements"
    HOW_DID_I_DO = "HowDidIDo"

    # What was done before, and what is remembered.
    LAST_TIME = "LastTime"
    HOW_MUCH = "HowMuch"
    AM_I_BETTER = "AmIBetter"
    MEMORY = "Memory"
    FORGET = "Forget"

    # The person's own routines: their names are open words.
    MAKE_ROUTINE = "MakeRoutine"
    ADD_TO_ROUTINE = "AddToRoutine"
    REMOVE_FROM_ROUTINE = "RemoveFromRoutine"
    RENAME_ROUTINE = "RenameRoutine"
    DELETE_ROUTINE = "DeleteRoutine"
    ROUTINE_CONTENTS = "RoutineContents"
    NAME_ROUTINE = "NameRoutine"
    """Any few words, while a name for a routine is asked for."""
    ROUTINE_MOVEMENTS = "RoutineMovements"
    """The names of movements, while Limber asks what a routine is to be made of."""

    # Reminders.
    REMIND = "Remind"
    REMINDERS = "Reminders"
    STOP_REMINDING = "StopReminding"
    SNOOZE = "Snooze"
    NOT_TODAY = "NotToday"
    QUIET_HOURS = "QuietHours"
    WHEN = "When"
    """Valid only while Limber asks when: a time alone means something only as an answer."""

    # The person, the body, the room.
    CONDITION = "Condition"
    AGREED = "Agreed"
    SITUATION = "Situation"

    # In a stretch session.
    OTHER_SIDE = "OtherSide"
    ONLY_SIDE = "OnlySide"
    COUNT_ONLY = "CountOnly"
    HAVE_TIME = "HaveTime"
    FEELS_GOOD = "FeelsGood"
    STILL_BAD = "StillBad"
    PASSED = "Passed"

    # After a stretch session.
    BETTER = "Better"
    SAME = "Same"
    WORSE = "Worse"
    AGAIN = "Again"

    # How the back is, as a number: 0 is no pain, 10 the worst.
    RATING = "Rating"
    RATING_ALONE = "RatingAlone"
    """Never read: valid while such a number is asked for, so that a number alone is a Rating."""


REMINDING_INTENTS = frozenset(
    {Intent.REMIND, Intent.REMINDERS, Intent.STOP_REMINDING, Intent.SNOOZE, Intent.NOT_TODAY, Intent.WHEN}
)
"""Intents about reminders, which `intents.reminding` reads."""
STARTING_INTENTS = frozenset({Intent.START_ROUTINE, Intent.START_MOVEMENT})
"""Intents that begin an exercise."""
ALARM_INTENTS = frozenset({Intent.RED_FLAG, Intent.CALL_FOR_HELP, Intent.SELF_HARM})
"""Intents that end all else: `intents.red_flags` finds them in any words."""
ROUTINE_ANSWERS = frozenset({Intent.NAME_ROUTINE, Intent.ROUTINE_MOVEMENTS})
"""Intents that answer what a routine is to be called, or to be made of."""
OPEN_INTENTS = ROUTINE_ANSWERS | {
    *(Intent.MAKE_ROUTINE, Intent.ADD_TO_ROUTINE, Intent.REMOVE_FROM_ROUTINE, Intent.RENAME_ROUTINE),
    *(Intent.DELETE_ROUTINE, Intent.ROUTINE_CONTENTS),
}
"""Intents whose sentences hold words that no template knows: names that a person gives (`intents/en/open`)."""
UNASKED_INTENTS = (
    frozenset(Intent) - {Intent.DIGITS, Intent.SCREENING_OPEN, Intent.WHEN, Intent.RATING_ALONE} - ROUTINE_ANSWERS
)
"""The coach's intents that None, for "all intents", stands for: digits or a time mean something only as an answer."""


def asked_intents(valid: Collection[str] | None) -> Collection[str]:
    """The valid intents of the built-in templates; None stands for all of UNASKED_INTENTS."""
    return UNASKED_INTENTS if valid is None else valid


OFFERED_INTENTS = frozenset(
    {
        *(Intent.START_ROUTINE, Intent.START_MOVEMENT, Intent.WHAT_HELPS, Intent.MEASURE, Intent.CAUSE, Intent.CAUSES),
        *(Intent.PREVENTION, Intent.STRATEGY, Intent.SEE_PROFESSIONAL, Intent.PAINKILLERS, Intent.OVERVIEW),
        *(Intent.LIST_ROUTINES, Intent.LIST_MOVEMENTS, Intent.LOUDER, Intent.QUIETER, Intent.SPEAK_SLOWER),
        *(Intent.SPEAK_FASTER, Intent.REPEAT, Intent.TIME, Intent.WHAT_CAN_I_SAY, Intent.HOW_DID_I_DO),
        *(Intent.EMERGENCY_NUMBER, Intent.MUTE, Intent.MORE, Intent.RESUME),
    }
)
"""Intents that may be offered to somebody who was not understood: none ends anything, answers, or raises an alarm."""

REQUEST = "request"
"""The slot of `Wake` with what was asked in the same breath."""

CLASH = "clash"
"""The slot of a name for a routine that is already something else: the intent that the name alone means."""

NO_SLOTS: Mapping[str, str] = MappingProxyType({})
"""The slots of a reading that has none."""


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that was meant: an intent with its slots."""

    intent: str
    """The name of the intent."""
    slots: Mapping[str, str] = field(default_factory=lambda: NO_SLOTS)
    """Slot name to value; numbers are decimal digits."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one utterance was read as."""

    text: str
    """The words as they were heard or typed."""
    intent: str | None
    """The name of the intent; None: nothing was meant for Limber."""
    slots: Mapping[str, str] = field(default_factory=lambda: NO_SLOTS)
    """Slot name to value; numbers are decimal digits."""
    confidence: float = 0.0
    """How surely the intent was meant, 0 to 1; 1: a whole sentence of the templates."""
    needs_confirmation: bool = False
    """The confidence is too low to act on, but high enough to ask whether it was meant."""
    also: tuple[Meant, ...] = ()
    """What else was meant in one breath, in the order said, after `intent`."""
    unread: str = ""
    """Words of a clause that asks for something Limber cannot do, beside what was understood ("call my wife")."""
    likely: tuple[str, ...] = ()
    """Of a text without intent: up to two short sentences of what it most likely meant, the likeliest first."""
    asks: bool = False
    """Whether a text without intent asks or orders something, so that it was perhaps said to Limber."""
    why: tuple[str, ...] = ()
    """What decided, a short phrase each, for `main.py understand --why`."""
