"""The lines of somebody to talk to: one short line each, and true."""

from datetime import datetime

from intents.text.numerals import in_words

HERE = "Yes, I'm here."
HELLO_AGAIN = "Hello. I'm here, and I'm listening."
HERE_IN_EMERGENCY = "I'm here. Call {emergency} now, if you have not."
WELCOME = "You're welcome."
I_AM = "I'm Limber, a voice coach for cramps in the upper back. I'm a program, not a person."
# Answer fear: before a question that is open, and in a session.
WITH_YOU = "I'm here with you."
LET_GO_ANY_TIME = "You can let go at any time. Breathe out slowly."
TIME_UNKNOWN = "I don't know what time it is."

SMALL_TALK = {
    "how_are_you": "I'm well, thank you. How is your back?",
    "doctor": "No, I'm not a doctor. I'm a coach, and I can't diagnose.",
    "person": "I'm a program, not a person. My name is Limber.",
    "privacy": "No sound is kept, and nothing leaves this machine. Your profile holds settings and past sessions.",
    "privacy_here": "No sound is kept, and nothing leaves this machine. At the end I forget everything.",
    "good_night": "Good night. Sleep well.",
    "sorry": "That's all right.",
    "compliment": "Thank you. I'm glad if it helps.",
    "insult": "I'm sorry that I'm no help yet. Say help to hear what I can do.",
    "age": "I'm a program, so I have no age.",
    "joke": "I know no jokes, only stretches.",
    "weather_feel": "I can't feel the weather from in here. How is your back?",
    "fear": "I'm here with you. Breathe out slowly, and tell me what you feel.",
    "other": "I know little but backs. Ask me what helps.",
}
"""The line to each topic of small talk; `privacy_here` answers about privacy where no profile is kept."""

# "Why do you ask?"

WHY_SCREENING = "To keep you safe. With one of those signs, a doctor comes before any stretch."
WHY_AGREEMENT = "Because exercises could do harm with what you told me about. A doctor knows."
WHY_NUMBER = "So that I can tell you the number at once in an emergency."
WHY_HURT = "Because a stretch should not hurt, and you choose how we go on."
WHY_ELSE = "I ask only what I need to lead you well."


def it_is(now: datetime) -> str:
    """Answer "what time is it?", to the minute."""
    return f"It is {clock(now)}."


def clock(now: datetime) -> str:
    """What a clock shows, to the minute, and the part of the day."""
    hour = in_words(now.hour % 12 or 12)
    if now.minute == 0 and now.hour in (0, 12):
        return "midnight" if now.hour == 0 else "noon"
    part = _part_of_day(now.hour)
    if now.minute == 0:
        return f"{hour} o'clock {part}"
    minutes = in_words(now.minute)
    return f"{hour} {'oh ' if now.minute < 10 else ''}{minutes} {part}"


def _part_of_day(hour: int) -> str:
    for until, part in ((6, "at night"), (12, "in the morning"), (18, "in the afternoon"), (22, "in the evening")):
        if hour < until:
            return part
    return "at night"
