"""What led free text means: the meanings of its n-best list, each with the share of the texts that mean it.

One text alone may have a word misheard that matters; texts that sound alike and mean one thing together are a witness.
So does a text in which a sign is only likely, since one of its words was misheard: it counts by how likely the sign is.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from assistant.operating_points import LED_SURE_ALARM_AT, READ_SHARE, READ_TEXTS, SHORT_WORDS
from audio.asr.recogniser import Transcript
from intents.model import ALARM_INTENTS, Intent, Reading
from intents.red_flags.alarm import find_alarm
from intents.red_flags.detect import SUSPECTED
from intents.red_flags.signs import Grade


@dataclass(frozen=True, slots=True)
class LedMeaning:
    """The meanings of an n-best list."""

    request: Reading
    """The likeliest meaning that is no alarm, with its confidence; without intent where there is none."""
    alarm: Reading | None
    """The alarm of the likeliest text that tells of one, with the confidence of all such texts together."""
    told: bool = True
    """Whether a text does tell of that alarm; False where the texts only suggest it."""


def led_meaning(transcript: Transcript, read: Callable[[str], Reading], valid: Collection[str] | None) -> LedMeaning:
    """The meanings of a transcript's led free text. `read`: gives the reading of a text among the `valid` intents.

    A short text counts for nothing: the letters of a word or two prove little.
    """
    heard = [each for each in transcript.led[:READ_TEXTS] if each.share >= READ_SHARE]
    together = sum(each.share for each in heard)
    readings = [(each.share / together, read(each.text)) for each in heard if len(each.text.split()) > SHORT_WORDS]
    suspected = ((share, _suspected(reading, valid)) for share, reading in readings)
    alarming = [(share * alarm.confidence, alarm) for share, alarm in suspected if alarm]
    sure = transcript.led_evidence.confidence if transcript.led_evidence else 0.0
    # An alarm that a text does tell of goes before one that is only likely.
    likeliest = max(alarming, key=lambda each: (each[1].confidence == 1, each[0]))[1] if alarming else None
    alarm = replace(likeliest, confidence=sure * sum(share for share, _ in alarming)) if likeliest else None
    return LedMeaning(_request(transcript.text, readings, sure), alarm, bool(likeliest and likeliest.confidence == 1))


def _suspected(reading: Reading, valid: Collection[str] | None) -> Reading | None:
    """The alarm in a text that may be misheard, with its probability as confidence; None for none at all.

    `reading`: that of the text. What is no whole sentence of anything else counts by the likeliest red flag in it,
    which is always asked about.
    """
    if reading.intent in ALARM_INTENTS:
        return reading
    whole = reading.intent is not None and reading.confidence == 1
    if whole or (valid is not None and Intent.RED_FLAG not in valid):
        return None
    alarm = find_alarm(reading.text, SUSPECTED)
    if alarm is None or alarm.intent != Intent.RED_FLAG:
        return None
    slots = {**alarm.slots, "grade": Grade.UNSURE.value}
    return Reading(reading.text, alarm.intent, slots, alarm.probability, why=alarm.why)


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
