"""The lines of the welcome at the first start, and of the lesson in which somebody tries what can be said.

Each has at most two short sentences. Only what is to be tried, and the help with it, contains "stop" or "pause".
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from intents.text.numerals import in_words

WelcomeStep = Literal["hearing", "speed", "stop"]
"""A question of the welcome; that for the emergency number stands between the last two."""
LessonStep = Literal["pause", "how long", "stop"]
"""What is tried in the lesson while Limber counts."""

NICE_TO_MEET = "Hello, I am Limber. I lead you through stretches for your back."
WELCOME_QUESTIONS: Mapping[WelcomeStep, str] = MappingProxyType(
    {
        "hearing": "Do you hear me well?",
        "speed": "Shall I speak slower, faster, or stay like this?",
        "stop": "Last thing. Say stop, to try it.",
    }
)
"""Each question of the welcome, as it is asked first."""
WELCOME_SHORTER: Mapping[WelcomeStep, str] = MappingProxyType(
    {"hearing": "Do you hear me?", "speed": "Slower, faster, or like this?", "stop": "Just say stop."}
)
"""Each question, asked again."""
# After a change of the volume, and of the speed.
HEARD_BETTER, LIKE_THIS = "Is this better?", "Like this?"
# Where the volume has been changed often enough, or no speed was right.
VOLUME_ANY_TIME, SPEED_ANY_TIME = "Say louder at any time.", "Say slower or faster at any time."
STOP_WORKS = "That always works. Say help whenever you need me."
# Ends the welcome where nothing was tried.
HELP_ANY_TIME = "All right. Say help whenever you need me."
WELCOME_HELP: Mapping[WelcomeStep, str] = MappingProxyType(
    {
        "hearing": "Say yes, louder or quieter. Say skip all of it to leave my questions out.",
        "speed": "Say slower, faster, or like this. Say skip all of it to leave my questions out.",
        "stop": "Stop ends whatever I do. Say stop, or skip.",
    }
)
"""Answers to "help"."""
WELCOME_WHERE: Mapping[WelcomeStep, str] = MappingProxyType(
    {
        "hearing": "At my first question. Do you hear me well?",
        "speed": "At my second question. Slower, faster, or like this?",
        "stop": "At my last question. Just say stop.",
    }
)
"""Answers to "where am I?"."""
WELCOME_LENGTH: Mapping[WelcomeStep, str] = MappingProxyType(
    {
        "hearing": "Half a minute. Do you hear me well?",
        "speed": "A few questions. Slower, faster, or like this?",
        "stop": "A few seconds. Just say stop.",
    }
)
"""Answers to "how long?"."""
WHERE_NUMBER = "At the emergency number. Say it digit by digit, or say skip."
LENGTH_WITH_NUMBER = "One more question after this. Say the number, or say skip."

IN_YOUR_LAP = "Hands in your lap, nothing to stretch."
LESSON_TRIES: Mapping[LessonStep, str] = MappingProxyType(
    {"pause": "Say pause while I count.", "how long": "Now ask me: how long?", "stop": "Now say stop."}
)
"""What Limber asks to be told, while it counts."""
LESSON_HINTS: Mapping[LessonStep, str] = MappingProxyType(
    {"pause": "Just say pause.", "how long": "Just ask: how long?", "stop": "Just say stop."}
)
"""The same, said again over the counts; each fits into two of them."""
LESSON_HELP: Mapping[LessonStep, str] = MappingProxyType(
    {
        "pause": "Say pause, and I wait. Say skip for the next thing.",
        "how long": "Ask how long, or where am I. Say skip for the next thing.",
        "stop": "Say stop, and I end this. It works everywhere.",
    }
)
"""Answers to "help" in the lesson."""
# Answers the pause that was tried.
WAITS_FOR_YOU = "That holds me. Now say go on."
SAY_GO_ON = "Just say go on."
GO_ON_HELP = "Say go on, and I count further. Say never mind to end this."
COUNT_OVER = "My count is over."
STANDS_STILL = "I hold my count. Say go on."
LESSON_DONE = "That is all you need. Say start stretching, or ask what helps."
LESSON_RESTS = "We leave it there. Say teach me to try again."
# Answers a request for either while a session goes on, or a question that must be answered first.
AFTER_THE_SESSION = "That waits until we are done here."


def counted_to(n: int) -> str:
    """Answer "where am I?" in the lesson: the last number that was counted; 0: none was."""
    return f"At {in_words(n)}. I only count, nothing to stretch." if n else "I am about to count, nothing to stretch."
