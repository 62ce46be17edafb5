"""What no template has is heard in free text or in led text, and read where nothing is surer."""

import numpy as np
import pytest

from assistant.listening.decision import Decision
from assistant.listening.recording import understand_recording
from assistant.states import VALID, State
from audio.asr.confidence import Evidence
from audio.asr.grammar import Candidate
from audio.asr.recogniser import Hypothesis, Transcript
from audio.samples import Samples
from benchmarks.rig.people import spoken
from intents.model import ALARM_INTENTS, Intent
from tests import loaded

pytestmark = pytest.mark.engine

COACH = loaded.coach()


def heard(text: str, led: str, confidence_signs: tuple[float, float]) -> Transcript:
    """Free text of no meaning, no sure sentence, and a led text with its log-probability and that of free text."""
    sound, free = confidence_signs
    tokens = len(led.split()) + 3
    evidence = Evidence("led", Candidate(led, sound, -40.0, tokens, 2.0), 5.0, free, tokens, 1.8)
    candidates = (Candidate("k", -20.0, -9.0, 2, 9.0),)
    return Transcript(text, 0.6, "k", 0.01, 0.0, candidates, led_evidence=evidence, led=(Hypothesis(led, 1.0, 0.0),))


def test_a_led_text_is_read_where_nothing_else_is_sure() -> None:
    valid = VALID[State.HOLDING]
    likely = Decision(COACH).reading(heard("Short are holds please.", "shorter holds please", (-2.0, -3.0)), valid)
    assert likely.intent == Intent.SHORTER
    unlikely = Decision(COACH).reading(heard("Short are holds please.", "shorter holds please", (-40.0, -30.0)), valid)
    assert unlikely.intent is None


def test_a_word_that_was_hardly_heard_does_not_silence_what_was_read_freely() -> None:
    """The sentences expected always have a likeliest, however unlikely; it may be a mere sound-alike."""
    transcript = Transcript("Can you talk a little slower?", 0.9, "k", 0.01, 0.0, (Candidate("k", -20, -9, 2, 9.0),))
    assert Decision(COACH).reading(transcript, VALID[State.TOPIC]).intent == Intent.SPEAK_SLOWER


@pytest.mark.parametrize(
    ("text", "expected", "intent"),
    [
        ("Carry on luggage only.", "carry on", None),
        ("Carry on.", "carry on", Intent.RESUME),
        ("Very on luggage only.", "carry on", Intent.RESUME),
        ("Stop and shop only.", "stop", Intent.STOP),
    ],
)
def test_a_sentence_that_goes_on_to_nothing_known_is_another_one(
    text: str, expected: str, intent: Intent | None
) -> None:
    transcript = Transcript(text, 0.7, expected, 0.9, 0.0, (Candidate(expected, -1, -9, 3, 0.0),))
    assert Decision(COACH).reading(transcript, VALID[State.PAUSED]).intent == intent


def test_a_garble_of_many_words_is_no_symptom() -> None:
    garble = "It's come on the eagle and my chest pain went to the wash back to Robinson on the way"
    transcript = Transcript(garble, 0.9, None, 0.0, 0.0)
    assert Decision(COACH).reading(transcript, None).intent == Intent.RED_FLAG, "else this shows nothing"
    unsure = Transcript(garble, 0.4, None, 0.0, 0.0)
    assert Decision(COACH).reading(unsure, None).intent is None


def test_a_symptom_is_heard_that_free_text_loses() -> None:
    samples = spoken("ow my chest hurts", "flite:kal16")
    recogniser = loaded.moonshine()
    freely = recogniser.recognise(samples).text
    assert COACH.read(freely).slots.get("flag") != "chest", f"free text finds it by itself: {freely}"
    found = understand_recording(recogniser, COACH, samples, VALID[State.HOLDING])
    assert (found.intent, found.slots["flag"]) == (Intent.RED_FLAG, "chest")


@pytest.mark.parametrize(
    ("words", "voice", "intent"),
    [
        ("they treated me for sepsis in the spring", "flite:awb", Intent.RED_FLAG),
        ("they treated me for sepsis in the spring", "flite:kal16", Intent.RED_FLAG),
        ("my tongue is swelling up", "flite:awb", Intent.RED_FLAG),
        ("mute yourself for now please", "en-gb+m5", Intent.MUTE),
    ],
)
def test_in_noise_words_are_heard_that_free_text_loses(words: str, voice: str, intent: Intent) -> None:
    samples, recogniser = in_noise(spoken(words, voice)), loaded.moonshine()
    freely = recogniser.recognise(samples).text
    assert COACH.read(freely).intent != intent, f"free text finds it by itself: {freely}"
    assert understand_recording(recogniser, COACH, samples, VALID[State.HOLDING]).intent == intent


@pytest.mark.parametrize("voice", ["flite:awb", "flite:kal16", "en-gb+m5", "en-us+f3"])
@pytest.mark.parametrize(
    "words",
    ["we had chicken and chips for tea", "the postman left a parcel by the door", "my muscles ache from the gardening"],
)
def test_in_noise_ordinary_talk_is_not_bent_into_a_sign(words: str, voice: str) -> None:
    heard = understand_recording(loaded.moonshine(), COACH, in_noise(spoken(words, voice)), VALID[State.HOLDING])
    assert heard.intent not in ALARM_INTENTS, heard.text


def in_noise(samples: Samples) -> Samples:
    """A sound in noise whose low frequencies are strong, as in a kitchen, 12 dB below it."""
    white = np.random.default_rng(1).standard_normal(len(samples))
    low = np.cumsum(white)
    noise = low - np.convolve(low, np.ones(400) / 400, "same")
    ratio = np.sqrt(np.mean(samples**2) / np.mean(noise**2)) * 10 ** (-12 / 20)
    return np.asarray(samples + ratio * noise, np.float32)
