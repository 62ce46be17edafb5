"""Pairs of words: texts that nobody wrote down are walked, and nothing else."""

from collections.abc import Sequence

import pytest

from assistant.listening.decision import Decision
from assistant.listening.listener import Listener
from assistant.states import VALID, State
from audio.asr.confidence import Evidence
from audio.asr.engine import Transcript
from audio.asr.grammar import Candidate
from audio.asr.moonshine.recogniser import MoonshineRecogniser
from benchmarks.rig.people import spoken
from intents.grammar.bigrams import Bigrams, built_in_bigrams
from intents.model import Intent
from intents.reader import IntentReader

COACH = IntentReader.coach()


def walks(pairs: Bigrams, words: Sequence[str]) -> bool:
    """Whether the words are a text of the pairs."""
    place = pairs.start
    for word in words:
        following, _ = pairs.after(place)
        if word not in following:
            return False
        place = following[word][1]
    return bool(pairs.after(place)[1])


def test_two_texts_make_a_third_where_they_share_a_word() -> None:
    pairs = Bigrams.of(["my arm has gone numb", "my leg has gone cold"])
    assert walks(pairs, "my leg has gone numb".split())
    assert not walks(pairs, "my leg has gone".split()), "no text ended there"
    assert not walks(pairs, "leg has gone numb".split()), "no text began there"


def test_pairs_are_read_as_they_are_written() -> None:
    pairs = Bigrams.of(["I can't breathe.", "help, please!"])
    assert str(Bigrams.read(str(pairs))) == str(pairs)
    assert walks(Bigrams.read(str(pairs)), ["i", "can't", "breathe"])


@pytest.mark.parametrize(
    "text", ["stop", "my chest hurts", "can i have a longer hold", "i feel dizzy and my arm is numb"]
)
def test_what_people_say_here_is_among_the_pairs(text: str) -> None:
    assert walks(built_in_bigrams(), text.split())


def heard(text: str, wider: str, confidence_signs: tuple[float, float]) -> Transcript:
    """Free text of no meaning, no sure sentence, and a wider text with its log-probability and that of free text."""
    sound, free = confidence_signs
    tokens = len(wider.split()) + 3
    evidence = Evidence("fallback", Candidate(wider, sound, -40.0, tokens, 2.0), 5.0, free, tokens, 1.8)
    return Transcript(text, 0.6, "k", 0.01, 0.0, (Candidate("k", -20.0, -9.0, 2, 9.0),), None, evidence)


def test_a_wider_text_is_read_where_nothing_else_is_sure() -> None:
    valid = VALID[State.HOLDING]
    likely = Decision(COACH).reading(heard("Short are holds please.", "shorter holds please", (-2.0, -3.0)), valid)
    assert likely.intent == Intent.SHORTER
    unlikely = Decision(COACH).reading(heard("Short are holds please.", "shorter holds please", (-40.0, -3.0)), valid)
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
    recogniser = MoonshineRecogniser()
    freely = recogniser.recognise(samples).text
    assert COACH.read(freely).intent != Intent.RED_FLAG, f"free text finds it by itself: {freely}"
    assert Listener(recogniser, COACH).understand_whole(samples, VALID[State.HOLDING]).intent == Intent.RED_FLAG
