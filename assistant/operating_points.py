"""Operating points: the confidences, scores and lengths by which the assistant decides what was meant."""

from collections.abc import Mapping
from types import MappingProxyType

from audio.keywords.spotter import Keyword
from audio.samples import SAMPLE_RATE
from intents.model import Intent

SAFETY_INTENTS = frozenset({Intent.STOP, Intent.PAUSE, Intent.THAT_HURTS, Intent.RED_FLAG})
"""Intents of which to miss one is worse than to act on one that was not meant; no second engine makes them doubtful."""
DISPUTE_WEIGHT = 0.5
"""The share of the first engine's confidence that the second takes away when it is certain of another meaning."""
SPECULATE_AFTER = SAMPLE_RATE // 4
"""Samples of silence after which it is asked whether all was said."""
BARGE_IN_WORDS: tuple[Keyword, ...] = ("stop", "pause")
"""What is said over Limber's own voice more than anything else."""
BARGE_IN_SUSPECTED_AT, BARGE_IN_ACTS_AT = 0.5, 0.8
"""Probabilities, by its sound alone, from which such a word hushes Limber, and acts where nothing follows it."""
BARGE_IN_SAMPLES = SAMPLE_RATE
"""Samples that such a word takes at most."""
SCREENING_NO_AT = 0.7
"""A "no" that would let a stretch begin must be heard at least this surely; else it is asked again."""
ACCEPT_AT = 0.5
"""From this confidence on, a sentence that was expected is taken for what was said."""
ACCEPT_AT_FOR: Mapping[str, float] = MappingProxyType(
    {**{str(intent): 0.2 for intent in SAFETY_INTENTS}, Intent.RED_FLAG: 0.35, Intent.NO: 0.6, Intent.RESUME: 0.6}
)
"""Other operating points: to miss a "stop" is the worst; "no" and "go on" lean towards asking again."""
ACCEPT_AMID_AT, ACCEPT_SAFETY_AMID_AT = 0.9, 0.6
"""The same in the midst of other talk, where little of what is said is meant, and nothing is asked about.

Symptoms are spoken of on television, too: there they must be heard as clearly as any other request.
"""
CONFIRM_AT = 0.4
"""From this confidence on it is worth asking whether a sentence was said."""
NEVER_CONFIRMED = frozenset({Intent.YES, Intent.NO, Intent.WAKE, Intent.RED_FLAG})
"""Questions about these lead nowhere."""
UNSHARED_NO = 0.6
"""The most confidence in a "no" that free hearing does not share: enough to decline an offer, not to be screened."""
EXACT_TEXT_AT = 0.95
"""The confidence of a text that is a sentence of the templates, word for word."""
UNSHARED_GUESS = 0.65
"""Factor on the confidence in a guess at free text that the likeliest sentence does not share."""
SHORT_WORDS = 2
"""Words."""
CONTINUED_WORDS = 2
"""Words after a sentence that make another one of it, where they mean nothing together."""
GARBLED_BELOW, GARBLED_WORDS = 0.5, 12
"""Free text under this confidence and of so many words is what is left of several who speak at once."""
NO_PROMINENCE_DB = 12.0
"""dB by which a "no" must stand out from what surrounds it: one in the midst of other talk is somebody else's."""
NO_SECONDS, NO_SECONDS_A_WORD = 0.6, 0.45
"""Seconds that a "no" takes at most, besides those of each of its words."""
GUESSABLE = frozenset(Intent)
"""Intents that are also recognised in text that no template has; a file of templates has no others than its own."""
