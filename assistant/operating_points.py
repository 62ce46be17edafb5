"""Operating points: the confidences, scores and lengths at which Limber accepts, confirms or rejects what it heard.

Confidences are those of a `Reading` or a `Transcript`, 0 to 1, calibrated by `python -m benchmarks.training.calibrate`.
`benchmarks/hearing.py` measures recognition at these points (docs/hearing.md), `python -m benchmarks.barge_in` what is
said over Limber's voice (docs/barge_in.md). The orderings that must hold between the constants are tested in
`tests/assistant/listening/test_operating_points.py`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from audio.keywords.spotter import Keyword
from audio.samples import SAMPLE_RATE
from intents.model import ALARM_INTENTS, Intent

# Acceptance: from which confidence on a reading is acted on. Measured by benchmarks/hearing.py (docs/hearing.md).

SAFETY_INTENTS = ALARM_INTENTS | {Intent.STOP, Intent.PAUSE, Intent.WAIT, Intent.THAT_HURTS}
"""Intents accepted at a lower confidence than all others, because a miss is worse than a false accept.

A second engine that disagrees never lowers their confidence.
"""
ACCEPT_AT = 0.5
"""Least confidence, 0 to 1, at which a reading is accepted, unless ACCEPT_AT_FOR names its intent.

At this point docs/hearing.md measures recall and false accepts ("at the operating point").
"""
ACCEPT_AT_FOR: Mapping[str, float] = MappingProxyType(
    {
        **{str(intent): 0.2 for intent in SAFETY_INTENTS},
        **{str(intent): 0.35 for intent in ALARM_INTENTS},
        Intent.NO: 0.6,
        Intent.RESUME: 0.6,
    }
)
"""Least confidence, 0 to 1, for single intents, in place of ACCEPT_AT.

Safety intents need less, because a missed "stop" is the worst error. "No" and "go on" need more, because a false accept
of either can begin a stretch that nobody asked for. docs/hearing.md measures recall and false accepts.
"""
EXACT_TEXT_AT = 0.95
"""Least confidence, 0 to 1, of a reading whose text is a sentence of the templates, word for word.

Free text of at most SHORT_WORDS words counts only from here on, for the letters of a word or two prove little.
"""
UNSHARED_GUESS = 0.65
"""Factor, 0 to 1, on the confidence of a reading of free text whose intent the likeliest sentence does not share.

Free text that is no sentence of the templates is a guess; without a second witness the guess counts for less.
"""
SHORT_WORDS = 2
"""Most words of a short text.

The meaning of a short free text counts only where the closed grammar found that intent too; a longer one may count
alone. A short led text never counts, and `python -m benchmarks.training.calibrate` leaves it out.
"""
CONTINUED_WORDS = 2
"""Least number of words after a sentence of the grammar that make another utterance of it ("carry on luggage only").

A sentence that free text continues by so many words, to no meaning, is not accepted, unless its intent is a safety one.
"""
GARBLED_BELOW, GARBLED_WORDS = 0.5, 12
"""Confidence in free text, 0 to 1, below which, and length in words from which on, no red flag is read in free text.

Long and unsure free text is what a recogniser makes of several voices at once. The television part of
docs/hearing.md counts the red flags that remain.
"""
GUESSABLE = frozenset(Intent)
"""Intents that are also read in longer free text that no template has.

These are the coach's own; the intents of another hassil file count only where one of its sentences was recognised.
"""

# Confirmation: when Limber asks "did you say ...?" instead of acting or rejecting.

CONFIRM_AT = 0.4
"""Least confidence, 0 to 1, at which Limber asks for confirmation of a reading that is not accepted."""
NEVER_CONFIRMED = ALARM_INTENTS | {Intent.YES, Intent.NO, Intent.WAKE}
"""Intents that Limber never asks about.

"Did you say yes?" is answered by another "yes"; nobody answers while Limber sleeps; an alarm is acted on or not.
"""

# Going on after a warning sign: what is said then must be a whole, sure sentence (`assistant.states.asked_of_danger`).

GOES_ON_INTENTS = frozenset(
    {
        *(Intent.NO, Intent.READY, Intent.RESUME, Intent.AGREED, Intent.START_ROUTINE, Intent.START_MOVEMENT),
        *(Intent.FALSE_ALARM, Intent.HELP_COMING, Intent.PASSED, Intent.BETTER, Intent.FEELS_GOOD),
    }
)
"""Intents that let exercise go on, or end an emergency."""
GOING_ON_AT = 0.7
"""Least confidence, 0 to 1, of such an intent after a warning sign, or after words that break off."""
BROKEN_OFF_SAMPLES = SAMPLE_RATE * 5 // 2
"""Longest pause, in samples at 16 kHz (2.5 s), after which an utterance may go on with the one that broke off."""
BROKEN_OFF_WORDS, JOINED_SAMPLES = 6, SAMPLE_RATE * 5
"""Most words of an utterance that breaks off, and most samples at 16 kHz (5 s) of it and the next one together.

More is other people's talk.
"""
EXPECTED_ALARM_AT = 0.75
"""Least confidence, 0 to 1, of an alarm that the closed grammar found, and free text did not.

"Shorter hold" was once taken for "short of breath" at 0.72; docs/hearing.md measures red flags at this point.
"""
HEARD_TWICE_ALARM_AT = 0.6
"""Least confidence, 0 to 1, of that sentence where led text tells of an alarm as well."""
READ_TEXTS, READ_SHARE = 8, 0.02
"""Most texts of the n-best list of led text that are read, and the least share, 0 to 1, of one that is."""
LED_AT, LED_ALARM_AT, LED_SURE_ALARM_AT = 0.35, 0.15, 0.6
"""Least confidence, 0 to 1, of what led text means: of a request, of an alarm, and of an alarm that acts unasked.

Below the last, Limber asks about the sign, whatever its grade. A "pause" in a fifth of the texts is none; but of 160
pieces of other talk in noise two raise an alarm at 0.15, and of 160 look-alikes of red flags twelve (docs/hearing.md).
"""
OUTDOES_ALARM_AT, UNSURE_TEXT_BELOW = 0.85, 0.6
"""Least confidence, 0 to 1, of a sentence that is no alarm, and confidence of free text below which it outdoes one.

In free text as long as GARBLED_WORDS and as unsure no command is believed either.

"Microphone off", misheard as "my cat will not", was once a call for help.
"""
NAMED_SIGN_AT = 0.7
"""Least confidence, 0 to 1, at which the closed grammar tells which sign it is, where free text tells of another."""
ASLEEP_ALARM_AT = 0.8
"""Least confidence, 0 to 1, of an alarm recognised by the closed grammar while Limber is asleep."""

# "No" to the screening question: a "no" that is accepted there lets a stretch begin. Measured by
# `benchmarks/hearing.py DATA --only screening` (docs/hearing.md, "Screening").

SCREENING_NO_AT = 0.7
"""Least confidence, 0 to 1, of a "no" that answers the screening question; after any other Limber asks again."""
UNSHARED_NO = 0.6
"""Most confidence, 0 to 1, of a "no" that has no second witness or stands amid background speech.

No second witness: the closed grammar found a "no", and free text did not. Below SCREENING_NO_AT, so that such a "no"
never begins a stretch; at least ACCEPT_AT_FOR["No"], so that it still declines an offer.
"""
NO_PROMINENCE_DB = 12.0
"""Least level, in dB over the speech before and after it, of a "no" that stands alone.

A softer one is a piece of another conversation, and gets at most the confidence UNSHARED_NO.
"""
NO_SECONDS, NO_SECONDS_A_WORD = 0.6, 0.45
"""Longest speech that may be a lone "no", in seconds: the first, and the second for each of its words.

Longer speech has words that were not recognised; its "no" gets at most the confidence UNSHARED_NO.
"""

# Background speech: acceptance while a television or other people speak (assistant/listening/background_speech.py).
# Limber asks for no confirmation then. Measured by `benchmarks/hearing.py DATA --only television` (docs/hearing.md).

ACCEPT_AMID_AT = 0.9
"""Least confidence, 0 to 1, at which a reading is accepted amid background speech, where little is meant for Limber.

This threshold applies to alarms, too, although they are safety intents: symptoms are spoken of on television.
"""
ACCEPT_SAFETY_AMID_AT = 0.6
"""Least confidence, 0 to 1, at which stop, pause and "that hurts" are accepted amid background speech."""

# Two engines: how the second engine's transcript changes the confidence of the first's (docs/engines.md).

DISPUTE_WEIGHT = 0.5
"""Share, 0 to 1, of the first engine's confidence that is taken away when the second is certain of another meaning.

The second engine's grammar cannot reject, so it may at most turn a certain command into a question.
"""

# Barge-in: "stop" and "pause" over Limber's own voice, by the keyword spotter's score alone. Measured by
# `python -m benchmarks.barge_in --only stop,alike` (docs/barge_in.md).

BARGE_IN_WORDS: tuple[Keyword, ...] = ("stop", "pause")
"""Keywords whose scores can interrupt Limber: hardly anything else is said over Limber's voice."""
BARGE_IN_SUSPECTED_AT = 0.5
"""Least keyword score, 0 to 1, from which a barge-in is suspected and Limber ducks by SUSPECTED_DUCK_DB."""
BARGE_IN_ACTS_AT = 0.8
"""Least keyword score, 0 to 1, at which a lone keyword acts without the recogniser.

The price is in docs/barge_in.md: words that rhyme with "stop" or "pause" are accepted about half the time.
"""
BARGE_IN_SAMPLES = SAMPLE_RATE
"""Longest lone keyword, in samples at 16 kHz (1 s); any utterance as brief is a suspected barge-in."""

# Speculation: recognition of an utterance before its endpoint is certain (listening/unfinished/speculation.py).

SPECULATE_AFTER = SAMPLE_RATE // 4
"""Length of a gap, in samples at 16 kHz (0.25 s), after which an utterance over Limber's voice is read speculatively.

Before that, the gap is only searched for urgent sentences, which matter most there. While Limber is silent, the first
endpoint candidate of a gap (0.16 s) is read. The time that speculation saves is in the live table of
docs/barge_in.md: `python -m benchmarks.barge_in --only live`.
"""
