"""What else was said in an utterance of which a part has acted before it ended."""

from dataclasses import replace

from assistant.listening.unfinished.speculation import SPECULATION_AT
from intents.clauses.opening import opening
from intents.model import ALARM_INTENTS, Reading
from intents.text.normalize import words_of


def rest_of(whole: Reading, acted: str) -> Reading | None:
    """What is still to be done of a whole utterance, of which a part has acted on the intent `acted`; None: nothing.

    The very object `whole` where it is an alarm, or a correction that stands in place of what has acted ("pause, no, go
    on"); else what was meant besides ("stop, and tell me about heat").
    """
    if whole.intent in ALARM_INTENTS:
        return whole
    if whole.intent is None or whole.needs_confirmation:
        return None
    if whole.intent == acted:
        if whole.also:
            first, *others = whole.also
            return replace(whole, intent=first.intent, slots=first.slots, also=tuple(others))
        return replace(whole, text=whole.unread, intent=None, slots={}, asks=True, unread="") if whole.unread else None
    begins = opening(words_of(whole.text))
    corrected = begins is not None and begins.intent == acted and len(begins.rest) > 1
    return whole if corrected and whole.confidence >= SPECULATION_AT else None
