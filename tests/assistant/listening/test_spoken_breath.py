"""What is said in one breath, in two pieces, and in answer to the screening question, by synthetic voices."""

from itertools import cycle

import numpy as np
import pytest

from assistant.dialogue.screening import answers_screening
from assistant.dialogue.state import Conversation
from assistant.sessions.rehearsal import rehearse
from assistant.sessions.stage import Stage
from assistant.states import SIGN_ASKED, VALID, State
from assistant.timeline import entries
from audio.frames import frames
from audio.samples import SAMPLE_RATE, silence
from audio.tts.voice import Voice
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.people import Person, PersonLine, Tape, spoken
from intents.model import Intent, Reading
from tests import loaded

pytestmark = pytest.mark.engine

HOLDING = VALID[State.HOLDING]


def heard(*pieces: str | float, voice: str, valid: frozenset[Intent]) -> list[Reading]:
    """What is understood of these words, with pauses of so many seconds between."""
    hearing = Hearing(loaded.moonshine(), loaded.coach())
    parts = [silence(round(each * SAMPLE_RATE)) if isinstance(each, float) else spoken(each, voice) for each in pieces]
    sound = np.concatenate([silence(SAMPLE_RATE), *parts, silence(2 * SAMPLE_RATE)])
    blocks = (sound[at : at + 320] for at in range(0, len(sound), 320))
    sounds = (each for block in blocks for each in hearing.listen(block, valid))
    return [found.reading for each in sounds if (found := hearing.hear(each, valid)) is not None]


@pytest.mark.parametrize(
    ("words", "intents", "voice"),
    [
        ("next and slower", ["Next", "SpeakSlower"], "en-us+f3"),
        ("louder and go on", ["Louder", "Resume"], "flite:rms"),
    ],
)
def test_two_requests_in_one_breath(words: str, intents: list[str], voice: str) -> None:
    (reading,) = heard(words, voice=voice, valid=HOLDING)
    assert [reading.intent, *(each.intent for each in reading.also)] == intents


@pytest.mark.parametrize("voice", ["flite:slt", "flite:rms", "en-us+f3"])
def test_stop_with_a_question_after_it_stops_however_the_question_is_heard(voice: str) -> None:
    first, *_ = heard("stop and tell me about heat", voice=voice, valid=HOLDING)
    assert first.intent == Intent.STOP


@pytest.mark.parametrize(
    ("words", "intents", "voice"),
    [
        ("louder and go on", ["Louder", "Resume"], "flite:slt"),
        ("pause and speak louder", ["Pause", "Louder"], "flite:rms"),
        ("repeat that and speak up", ["Repeat", "Louder"], "en-us+f3"),
    ],
)
def test_two_requests_in_one_breath_act_in_order(words: str, intents: list[str], voice: str) -> None:
    lines = [PersonLine("start neck rotations"), PersonLine("no"), PersonLine(words, after=16)]
    with Voice() as limber:
        stage = Stage(Conversation(), loaded.guidance(), limber)
        person = Person(stage, [*lines, PersonLine("stop", after=8)], voice)
        rehearse(stage, person, Tape(), loaded.moonshine(), loaded.coach(), limit=frames(70))
    taken = [entry.intent for _, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)]
    assert taken == ["StartMovement", "No", *intents, "Stop"]


@pytest.mark.parametrize("pause", [0.7, 1.3])
@pytest.mark.parametrize("voice", ["flite:slt", "flite:rms", "en-us+f3"])
def test_a_sign_cut_in_two_by_a_pause_lets_nothing_go_on(voice: str, pause: float) -> None:
    found = heard("my arm is", pause, "going numb", voice=voice, valid=SIGN_ASKED)
    assert Intent.RED_FLAG in [each.intent for each in found]
    assert {each.intent for each in found}.isdisjoint({Intent.RESUME, Intent.READY, Intent.NO, Intent.YES})


@pytest.mark.parametrize("words", ["chest pain", "i can't breathe", "my arm is numb", "call an ambulance", "i'm dizzy"])
@pytest.mark.parametrize("state", [State.HOLDING, State.ASLEEP])
def test_danger_told_in_a_word_or_two(words: str, state: State) -> None:
    alarms = {Intent.RED_FLAG, Intent.CALL_FOR_HELP}
    found = [heard(words, voice=voice, valid=VALID[state]) for voice in ("flite:slt", "en-us+f3")]
    assert all(each and each[-1].intent in alarms for each in found)


VOICES = ("flite:awb", "en-us+f3")
CLEAR = [
    *("no", "nope", "none of those", "no, nothing like that", "no, go ahead", "no, none of them", "no to all of that"),
    "none of these",
]
UNCLEAR = [
    *("not really", "i don't think so", "maybe", "oh no", "just start", "what do you mean", "no fever", "yes a little"),
    *("no chest pain, but i fell down yesterday", "no, only a weak arm", "no wait, my chest feels tight"),
    *("well, my hand is tingling", "no pain in my legs", "i have had a fever"),
]


def test_the_screening_question_is_passed_by_a_clear_no_alone() -> None:
    def passes(words: str, voice: str) -> bool:
        found = heard(words, voice=voice, valid=VALID[State.SCREENING])
        return any(each.intent == Intent.NO and answers_screening(each) for each in found)

    # The voices take turns: each answer is spoken once.
    assert [words for words, voice in zip(UNCLEAR, cycle(VOICES), strict=False) if passes(words, voice)] == []
    assert sum(passes(words, voice) for words, voice in zip(CLEAR, cycle(VOICES), strict=False)) >= 0.6 * len(CLEAR)
