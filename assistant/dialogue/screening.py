"""Whether an answer to the screening question is a clear no."""

from assistant.operating_points import SCREENING_NO_AT
from intents.model import Reading
from intents.text.normalize import words_of

HEDGE_WORDS = frozenset({"idea", "think", "guess", "suppose", "maybe", "probably", "hope", "believe", "really", "sure"})


HEDGE_PHRASE = "not know"
"""Words that make a "no" unclear: "I don't think so" is asked again too, and so is "I don't know"."""


OUTCRY_WORDS, ANSWERING_NOES = frozenset({"no", "oh", "ah"}), 2
"""What is cried has no other words than these; and of "no" alone, so many are an answer still."""


def answers_screening(no: Reading) -> bool:
    """Whether a "no" is clear enough to let a stretch begin."""
    words = words_of(no.text)
    # "Oh no" and "no no no" are cried at somebody else.
    cried = OUTCRY_WORDS.issuperset(words) and (len(words) > ANSWERING_NOES or words[:1] != ["no"])
    return (
        no.confidence >= SCREENING_NO_AT
        and not cried
        and HEDGE_WORDS.isdisjoint(words)
        and HEDGE_PHRASE not in " ".join(words)
    )
