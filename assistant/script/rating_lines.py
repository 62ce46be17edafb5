"""The lines about how the back is as a number, nought to ten: asked for, said back, kept, and what it comes to."""

from assistant.script import capital
from intents.text.numerals import in_words

HOW_IS_IT = "How is it, nought to ten? Or skip."
AND_NOW = "And now, nought to ten?"
SAY_RATING = "Say a number, nought to ten, or skip."
OUT_OF_RANGE_RATING = "Nought is no pain, ten is the worst. Say a number from nought to ten."
RATINGS_ON = "I ask before and after, nought to ten."
RATINGS_OFF = "I ask for no number any more."
# What is forgotten.
NUMBER_TOLD = "the number you told me"


def rated(number: int) -> str:
    """A number as it is said: "nought", "six"."""
    return in_words(number) if number else "nought"


def said_back(number: int) -> str:
    """Say a number back."""
    return f"{capital(rated(number))}."


def kept(number: int) -> str:
    """Tell that a number is kept."""
    return f"{said_back(number)} Kept."


def in_midst(number: int) -> str:
    """Answer a number that is told in the midst of a session, where it does not hurt."""
    return f"{said_back(number)} Say gentler any time."


def from_to(before: int, after: int) -> str:
    """Tell how the back was before a session and after it: "From six to four."."""
    return f"{capital(rated(before))}, as before." if before == after else f"From {rated(before)} to {rated(after)}."


def typically(sessions: int, change: float) -> str:
    """Tell the median of what some sessions changed; below 0 the numbers fell, which is less pain."""
    in_these = f"In the {in_words(sessions)} sessions with your numbers, it"
    if not change:
        return f"{in_these} typically stayed the same."
    whole, half = divmod(abs(change), 1)
    by = " and ".join(filter(None, (in_words(int(whole)) if whole else "", "a half" if half else "")))
    return f"{in_these} typically {'eased' if change < 0 else 'got worse'} by {by}."
