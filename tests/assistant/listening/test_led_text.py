"""What led free text means: alarms by the share of the texts that tell of one, requests by what most texts mean."""

import pytest

from assistant.listening.decision import Decision
from assistant.listening.led_text import led_meaning
from audio.asr.confidence import Evidence
from audio.asr.grammar import Candidate
from audio.asr.recogniser import Hypothesis, Transcript
from intents.model import Intent, Reading
from intents.red_flags.alarm import find_alarm
from intents.red_flags.detect import SUSPECTED
from tests import loaded

pytestmark = pytest.mark.unit


def transcript(
    text: str, *led: tuple[str, float], confidence: float = 0.8, expected: str = "they", sure: float = 0.0
) -> Transcript:
    """A transcript whose free text is `text`, with led texts and their shares, and an expected sentence."""
    candidate = Candidate(expected, -8.0, -20.0, 2, 6.0)
    evidence = Evidence("led", Candidate(led[0][0].lower(), -2.0, -40.0, 10, 1.0), 3.0, -4.0, 10, 3.0)
    hypotheses = tuple(Hypothesis(each, share, -at) for at, (each, share) in enumerate(led))
    return Transcript(text, confidence, expected, sure, 0.5, (candidate,), led_evidence=evidence, led=hypotheses)


def read(heard: Transcript) -> Reading:
    return Decision(loaded.coach()).reading(heard, None)


SEPSIS = "They had me in hospital with sepsis last month."
SEXIST = "They had me in hospital with sexist last month."


@pytest.mark.parametrize(
    ("share", "grade"), [(0.9, {"emergency", "urgent"}), (0.75, {"emergency", "urgent"}), (0.4, {"unsure"})]
)
def test_an_alarm_in_a_share_of_the_texts_counts_and_is_asked_about_where_it_is_small(
    share: float, grade: set[str]
) -> None:
    texts = sorted([(SEPSIS, share), (SEXIST, 1 - share)], key=lambda each: -each[1])
    reading = read(transcript(SEXIST, *texts))
    assert reading.intent == Intent.RED_FLAG
    assert reading.slots["grade"] in grade


def test_an_alarm_in_a_few_texts_alone_is_none() -> None:
    assert read(transcript(SEXIST, (SEXIST, 0.9), (SEPSIS, 0.1))).intent is None


def test_texts_that_mean_the_same_count_together() -> None:
    texts = [("The parcels went home.", 0.4), ("My arm's gone numb.", 0.3), ("My arm has gone numb.", 0.3)]
    meaning = led_meaning(transcript("The parcels went home.", *texts), loaded.coach().read, None)
    assert meaning.alarm is not None
    alone = led_meaning(transcript("The parcels went home.", *texts[1:2]), loaded.coach().read, None).alarm
    assert alone is not None
    assert meaning.alarm.confidence == pytest.approx(0.6 * alone.confidence)


def test_a_sign_with_a_word_misheard_in_every_text_is_asked_about() -> None:
    texts = [("My arm's gone none.", 0.5), ("There's a tide in my chess.", 0.5)]
    assert all(loaded.coach().read(text).intent is None for text, _ in texts)
    reading = read(transcript("My arms gone, none.", *texts))
    assert reading.intent == Intent.RED_FLAG
    assert reading.slots["grade"] == "unsure"
    hardly = transcript("My arms gone, none.", (texts[0][0], 0.3), ("The parcels went home.", 0.9))
    assert read(hardly).intent is None


def test_a_sign_that_texts_only_suggest_yields_to_a_sentence_that_is_accepted() -> None:
    texts = [("My arm's gone none.", 0.5), ("There's a tide in my chess.", 0.5)]
    surely, hardly = (transcript("My arms gone, none.", *texts, expected="one more please", sure=x) for x in (0.7, 0.2))
    assert read(surely).intent == Intent.MORE_REPETITIONS
    assert read(hardly).intent == Intent.RED_FLAG


@pytest.mark.parametrize(
    ("free", "sure", "expected", "echo", "intent"),
    [
        ("Bye!", 0.57, "hi", False, Intent.HELLO),
        ("Bye!", 0.57, "hi", True, None),
        ("Hi!", 0.46, "hi", True, None),
        ("Hi!", 0.8, "hi", True, Intent.HELLO),
        ("Top.", 0.4, "stop", True, Intent.STOP),
        ("False.", 0.5, "pause", True, Intent.PAUSE),
    ],
)
def test_over_limbers_voice_a_lone_word_needs_sure_free_text_unless_it_is_urgent(
    free: str, sure: float, expected: str, echo: bool, intent: Intent | None
) -> None:
    heard = Transcript(free, sure, expected, 0.96, 0.5, (Candidate(expected, -1.0, -9.0, 2, 0.5),))
    assert Decision(loaded.coach()).reading(heard, None, echo=echo).intent == intent


def test_what_is_a_whole_sentence_is_suspected_of_nothing() -> None:
    painful = "Um, I'm sorry, but this is quite painful."
    assert loaded.coach().read(painful).confidence == 1
    assert find_alarm(painful, SUSPECTED) is not None
    assert led_meaning(transcript(painful, (painful, 1.0)), loaded.coach().read, None).alarm is None


def test_nothing_is_suspected_where_signs_are_not_listened_for() -> None:
    heard = transcript("My arms gone, none.", ("My arm's gone none.", 1.0))
    assert led_meaning(heard, loaded.coach().read, frozenset({Intent.STOP})).alarm is None


def test_a_short_led_text_is_no_alarm() -> None:
    """A digit in noise, "seven", is written "fell" now and then."""
    assert led_meaning(transcript("So?", ("Fell.", 0.9), ("So.", 0.1)), loaded.coach().read, None).alarm is None


def test_where_the_closed_grammar_is_sure_of_another_sentence_few_alarming_texts_do_not_count() -> None:
    heard = transcript(
        "Short of hold.", ("Short of breath.", 0.5), ("Shorter hold.", 0.5), expected="shorter hold", sure=0.88
    )
    assert read(heard).intent == Intent.SHORTER


def test_a_request_is_what_most_texts_mean() -> None:
    texts = [("You turn yourself please.", 0.4), ("Mute yourself please.", 0.35), ("Mute yourself, please, now.", 0.25)]
    meaning = led_meaning(transcript("New to yourself, please.", *texts), loaded.coach().read, None)
    assert meaning.request.intent == Intent.MUTE
    assert meaning.alarm is None


def test_a_pause_in_a_few_texts_is_none() -> None:
    texts = [("Thank you for choosing our airline.", 0.65), ("Pause it, I'll be right back.", 0.35)]
    assert read(transcript("Thank you for choosing our online.", *texts)).intent is None
