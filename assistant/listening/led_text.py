"""What led free text means: the meanings of its n-best list, each with the share of the texts that mean it.

One text alone may have a word misheard that matters; texts that sound alike and mean one thing together are a witness.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.operating_points import LED_SURE_ALARM_AT, READ_SHARE, READ_TEXTS, SHORT_WORDS
from audio.asr.recogniser import Transcript
from intents.model import ALARM_INTENTS, Intent, Reading
from intents.red_flags.signs import Grade


@dataclass(frozen=True, slots=True)
class LedMeaning:
    """The meanings of an n-best list."""

    request: Reading
    """The likeliest meaning that is no alarm, with its confidence; without intent where there is none."""
    alarm: Reading | None
    """The alarm of the likeliest text that tells of one, with the confidence of all such texts together."""


def led_meaning(transcript: Transcript, read: Callable[[str], Reading]) -> LedMeaning:
    """The meanings of a transcript's led free text. `read`: gives the reading of a text.

    A short text counts for nothing: the letters of a word or two prove little.
    """
    heard = [each for each in transcript.led[:READ_TEXTS] if each.share >= READ_SHARE]
    together = sum(each.share for each in heard)
    readings = [(each.share / together, read(each.text)) for each in heard if len(each.text.split()) > SHORT_WORDS]
    alarming = [(share, reading) for share, reading in readings if reading.intent in ALARM_INTENTS]
    sure = transcript.led_evidence.confidence if transcript.led_evidence else 0.0
    alarm = replace(alarming[0][1], confidence=sure * sum(share for share, _ in alarming)) if alarming else None
    return LedMeaning(_request(transcript.text, readings, sure), alarm)


def asked_about(alarm: Reading) -> Reading:
    """An alarm of led text as it is acted on: a sign that is not sure is asked about first."""
    if alarm.intent != Intent.RED_FLAG or alarm.confidence >= LED_SURE_ALARM_AT:
        return alarm
    return replace(alarm, slots={**alarm.slots, "grade": Grade.UNSURE.value})


def _request(text: str, readings: list[tuple[float, Reading]], sure: float) -> Reading:
    """The meaning, other than an alarm, that the most texts share. `sure`: confidence in the texts, 0 to 1."""
    shares: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
    first: dict[tuple[str, tuple[tuple[str, str], ...]], Reading] = {}
    for share, reading in readings:
        if reading.intent is not None and reading.intent not in ALARM_INTENTS:
            meaning = reading.intent, tuple(sorted(reading.slots.items()))
            shares[meaning] = shares.get(meaning, 0.0) + share * reading.confidence
            first.setdefault(meaning, reading)
    if not shares:
        return Reading(text, None)
    likeliest = max(shares, key=shares.__getitem__)
    return replace(first[likeliest], confidence=sure * shares[likeliest])
