"""The lines about settings: what is confirmed in a few words, refused with the range, or told."""

from assistant.script import capital
from assistant.script.history_lines import joined
from assistant.settings import (
    FASTEST_WPM,
    MOST_AWAKE_MINUTES,
    SLOWEST_WPM,
    USUALLY_AWAKE_MINUTES,
    Counting,
    ScreeningRule,
    Settings,
    Verbosity,
    VoiceName,
)
from intents.phrases.wake import LIKE_A_COMMAND, PHRASE_COMMON, PHRASE_LONG, PHRASE_SHORT
from intents.text.numerals import in_words

OUT_OF_RANGE_SPEED = f"I speak {in_words(SLOWEST_WPM)} to {in_words(FASTEST_WPM)} words a minute."
OUT_OF_RANGE_AWAKE = f"I can stay awake for one to {in_words(MOST_AWAKE_MINUTES)} minutes, or without end."
HOW_LONG_AWAKE = "For how long? Say stay awake for ten minutes, or do not fall asleep."
WHICH_PHRASE = "Say change your wake phrase to, and then two to six words."
WHICH_CRISIS_LINE = "Which number is the crisis line?"
NO_CRISIS_LINE = "There is no crisis line. Say the crisis line is, and its digits."
CRISIS_LINE_GONE = "No crisis line any more."
SAY_CRISIS_LINE = "Say the crisis line is, and its digits."
OFFERED_VOICES = "American, British or Scottish, a man or a woman. Say, for one, a British woman's voice."
SLEEPS_UNUSED = "I am going to sleep. Say {wake} to wake me."
_VERBOSITIES: dict[Verbosity, str] = {
    "usual": "Full instructions until you know a movement.",
    "full": "Full instructions from now on.",
    "brief": "One line for each movement.",
    "counts only": "Only counts from now on.",
}
_COUNTINGS: dict[Counting, str] = {
    "words": "I count every number.",
    "beeps": "A beep on each count.",
    "last three": "I say the last three counts.",
    "silence": "I count silently.",
}
_UNFIT = {
    LIKE_A_COMMAND: "That means something else to me.",
    PHRASE_COMMON: "People say that by the way.",
    PHRASE_LONG: "That is too long. Two to six words.",
    PHRASE_SHORT: "That is too short. Two to six words.",
}
"""To each reason against a wake phrase, how it is told."""
_RULES: dict[ScreeningRule, str] = {
    "once a sitting": "I ask about warning signs once a sitting.",
    "every session": "I ask about warning signs before every session.",
}


def says_this_much(verbosity: Verbosity) -> str:
    """How much is said in a session."""
    return _VERBOSITIES[verbosity]


def counts_so(counting: Counting) -> str:
    """What sounds on the counts."""
    return _COUNTINGS[counting]


def asks_so_often(rule: ScreeningRule) -> str:
    """How often the screening question is asked."""
    return _RULES[rule]


def this_voice(voice: VoiceName) -> str:
    """Said in the new voice: "This is the British woman."."""
    return f"This is the {capital(voice)}."


def speed_is(words_per_minute: int) -> str:
    """Confirm a speaking rate, in words a minute."""
    return f"{in_words(words_per_minute).capitalize()} words a minute."


def awake_for(minutes: int | None) -> str:
    """How long Limber stays awake unused, in minutes; 0: without end. None: as usual."""
    if minutes == 0:
        return "I stay awake until you send me to sleep."
    if minutes is None:
        return f"I fall asleep after {in_words(USUALLY_AWAKE_MINUTES)} minutes where I hear a room."
    return f"I stay awake for {in_words(minutes)} {'minute' if minutes == 1 else 'minutes'}."


def say_to_wake(phrase: str) -> str:
    """Tell the wake phrase."""
    return f"Say {phrase} to wake me."


def unfit(reason: str, phrase: str) -> str:
    """Refuse a wake phrase, with the reason and the range. The phrase so far stays."""
    return f"{_UNFIT[reason]} It stays {phrase}."


def how_i_speak(settings: Settings) -> str:
    """Tell speed, volume, pitch and counting: "I speak faster and louder than usual, and count aloud."."""
    usual = Settings()
    changed = [
        _than_usual(settings.words_per_minute, usual.words_per_minute, "faster", "slower"),
        _than_usual(settings.volume, usual.volume, "louder", "quieter"),
        _than_usual(settings.pitch, usual.pitch, "higher", "deeper"),
    ]
    words = [word for word in changed if word]
    speaks = f"I speak {joined(words)} than usual" if words else "I speak as usual"
    counts = {"words": "count aloud", "beeps": "count with beeps", "last three": "count the last three"}
    told = f"{speaks}, and {counts.get(settings.counting, 'count silently')}."
    return told if settings.verbosity == usual.verbosity else f"{told} {says_this_much(settings.verbosity)}"


def _than_usual(value: float, usual: float, more: str, less: str) -> str:
    """How a setting differs from its usual value; empty: it does not."""
    return "" if value == usual else more if value > usual else less
