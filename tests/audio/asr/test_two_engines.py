"""Two engines together, from the sound to what is acted on: the real Moonshine, and libvosk with the tiny model."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.listening.consensus import weakened
from assistant.listening.sounds import HeardSound, Understood
from assistant.states import VALID, State
from audio.asr.engines import CombinedRecogniser
from audio.asr.partials import PartialCue
from audio.asr.recogniser import Recogniser, Transcript
from audio.asr.vosk import VoskRecogniser
from audio.samples import SAMPLE_RATE
from audio.vad.endpoint import EndpointCandidate
from audio.vad.utterance import Utterance
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.people import spoken
from benchmarks.rig.tiny_vosk import VOICE, unpacked
from intents.model import Intent, Reading
from tests import loaded

pytestmark = pytest.mark.engine

Sound = NDArray[np.float32]
Event = tuple[Understood, int]
"""What was acted on, and how many samples had been heard."""
HOLDING = VALID[State.HOLDING]
MAN = "en-us+m3"
STRANGER = "flite:rms"
"""A voice that the tiny model was not trained with: it garbles what Moonshine understands."""
BREATH = SAMPLE_RATE
"""Samples of silence before somebody speaks."""


@pytest.fixture(scope="module")
def vosk(tmp_path_factory: pytest.TempPathFactory) -> VoskRecogniser:
    return VoskRecogniser(unpacked(tmp_path_factory.mktemp("vosk")))


@pytest.fixture(scope="module")
def both(vosk: VoskRecogniser) -> CombinedRecogniser:
    return CombinedRecogniser(loaded.moonshine(), vosk)


def said(words: str, voice: str = MAN) -> Sound:
    """The words, with silence around them."""
    return np.pad(spoken(words, voice), (BREATH, SAMPLE_RATE * 3 // 2))


def end_of(words: str, voice: str = MAN) -> int:
    """The sample at which the last of these words falls silent in `said`, others following or not."""
    return BREATH + int(np.flatnonzero(np.abs(spoken(words, voice)) > 0.01)[-1])


def heard(recogniser: Recogniser, sound: Sound, block: int = 320) -> tuple[list[Event], list[PartialCue]]:
    """What is acted on in a hold, and the cues on the way."""
    listening = Hearing(recogniser, loaded.coach())
    events, cues = [], []
    for at in range(0, len(sound), block):
        for piece in listening.listen(sound[at : at + block], HOLDING):
            if isinstance(piece.content, PartialCue):
                cues.append(piece.content)
            understood = listening.hear(piece, HOLDING)
            if understood is not None:
                events.append((understood, piece.decided))
    return events, cues


def reading(recogniser: Recogniser, sound: Sound) -> Reading:
    """What the only utterance means."""
    ((understood, _),) = heard(recogniser, sound)[0]
    return understood.reading


@pytest.mark.parametrize(
    ("words", "more", "intent"),
    [
        ("stop it hurts", "so much i can not go on", Intent.THAT_HURTS),
        ("please stop it hurts", "when i turn", Intent.THAT_HURTS),
        ("stop my back hurts", "on the left side", Intent.STOP),
    ],
)
def test_it_acts_in_running_speech(both: CombinedRecogniser, words: str, more: str, intent: Intent) -> None:
    events, _ = heard(both, said(f"{words} {more}"))
    (understood, at), *later = events
    assert all(each.after_acting for each, _ in later), "the end of the utterance adds to it, and does nothing twice"
    assert intent not in [each.reading.intent for each, _ in later]
    assert understood.reading.intent == intent
    after = (at - end_of(words)) / SAMPLE_RATE
    assert after < 0.25, f"{after:.2f} s after the last of {words!r}"


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("stop counting out loud", Intent.COUNT_SILENTLY),
        ("stop stop counting out loud", Intent.COUNT_SILENTLY),
        ("stop the music", None),
        ("hold on to the handle", None),
    ],
)
def test_what_follows_may_be_its_object(both: CombinedRecogniser, words: str, intent: Intent | None) -> None:
    events, cues = heard(both, said(words))
    assert not cues
    assert all(at > end_of(words) for _, at in events), "it acted while the person spoke"
    if intent == Intent.COUNT_SILENTLY and not words.startswith("stop stop"):
        assert [understood.reading.intent for understood, _ in events] == [intent]


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("stop it first and then go home", MAN),
        ("stop that her mother said", MAN),
        ("stop at hurst street and turn left", MAN),
        ("pours hold on to the rail", VOICE),
    ],
)
def test_a_television_that_vosk_takes_for_a_command_does_nothing_early(
    both: CombinedRecogniser, words: str, voice: str
) -> None:
    events, cues = heard(both, said(words, voice))
    assert cues, "Vosk has not been deceived: this shows nothing"
    assert all(at > end_of(words, voice) for _, at in events), events


@pytest.mark.parametrize("words", ["kelp", "black"])
def test_vosk_alone_makes_no_command(both: CombinedRecogniser, vosk: VoskRecogniser, words: str) -> None:
    sound = said(words)
    alone = vosk.recognise(sound, loaded.coach().speech_grammar.sentences(HOLDING))
    assert alone.expected, "Vosk has not been deceived: this shows nothing"
    assert alone.expected_confidence > 0.9
    assert reading(both, sound).intent == reading(loaded.moonshine(), sound).intent


@pytest.mark.parametrize(
    ("expected", "sure", "second", "other", "confidence"),
    [
        ("next", 0.9, "next one", 1.0, 0.9),
        ("next", 0.9, "go back", 1.0, 0.45),
        ("next", 0.9, "go back", 0.2, 0.81),
        ("next", 0.9, None, 0.0, 0.9),
        ("next", 0.9, "nothing that is known", 1.0, 0.9),
        ("stop", 0.9, "next", 1.0, 0.9),
        ("hold for ten seconds", 0.9, "hold for twenty seconds", 1.0, 0.45),
    ],
)
def test_the_second_takes_away_a_half_at_most(
    expected: str, sure: float, second: str | None, other: float, confidence: float
) -> None:
    beside = Transcript(second or "", other, second, other, 0.0)
    heard = Transcript(expected, sure, expected, sure, 0.0, second=beside)
    read = replace(loaded.coach().read(expected, HOLDING), confidence=sure)
    assert weakened(read, heard, lambda text: loaded.coach().read(text, HOLDING)).confidence == pytest.approx(
        confidence
    )


def test_a_garble_does_not_overrule_who_is_sure(both: CombinedRecogniser, vosk: VoskRecogniser) -> None:
    sound = said("count silently", STRANGER)
    garbled = vosk.recognise(sound, loaded.coach().speech_grammar.sentences(HOLDING))
    assert garbled.text, "Vosk has heard nothing: this shows nothing"
    assert garbled.text != "count silently", "Vosk is not mistaken: this shows nothing"
    understood = reading(both, sound)
    assert (understood.intent, understood.needs_confirmation) == (Intent.COUNT_SILENTLY, False)


@pytest.mark.parametrize(("words", "intent"), [("stop", Intent.STOP), ("pause it", Intent.PAUSE)])
def test_vosk_never_silences_what_keeps_a_person_safe(both: CombinedRecogniser, words: str, intent: Intent) -> None:
    sound = said(words, STRANGER)
    listening = Hearing(both, loaded.coach())
    (utterance,) = (piece for piece in listening.listen(sound, HOLDING) if isinstance(piece.content, Utterance))
    understood = listening.understand(utterance, HOLDING)
    assert (understood.intent, understood.needs_confirmation) == (intent, False)
    assert understood.confidence == pytest.approx(
        Hearing(loaded.moonshine(), loaded.coach()).understand(utterance, HOLDING).confidence
    )


def test_agreement_is_surer_in_other_words_too(both: CombinedRecogniser) -> None:
    sound = said("slower", VOICE)
    alone, together = reading(loaded.moonshine(), sound), reading(both, sound)
    assert (together.intent, together.needs_confirmation) == (Intent.SPEAK_SLOWER, False)
    assert together.text != "slower", "both have heard the same words: this shows nothing of others"
    assert together.confidence > (alone.confidence if alone.intent else 0)


def test_the_blocks_it_comes_in_hardly_matter(both: CombinedRecogniser) -> None:
    sound = said("stop it hurts so much i can not go on")
    decided = {heard(both, sound, block)[0][0][1] for block in (160, 320, 640)}
    assert max(decided) - min(decided) <= 1024


def test_asleep_it_looks_for_nothing(both: CombinedRecogniser) -> None:
    listening = Hearing(both, loaded.coach())
    asleep = VALID[State.ASLEEP]
    sound = said("stop it hurts so much i can not go on")
    found = [piece for at in range(0, len(sound), 320) for piece in listening.listen(sound[at : at + 320], asleep)]
    assert not [piece for piece in found if isinstance(piece.content, PartialCue)]


def test_streaming_is_not_disturbed_by_warming_up_or_by_a_late_pass(both: CombinedRecogniser) -> None:
    gaps: list[HeardSound] = []
    found: list[str | None] = []
    listening = Hearing(both, loaded.coach())
    sound = np.concatenate([said("how long is left", VOICE), said("how long is left", VOICE)])
    for at in range(0, len(sound), 320):
        for piece in listening.listen(sound[at : at + 320], HOLDING):
            if isinstance(piece.content, EndpointCandidate):
                gaps.append(piece)
            elif (understood := listening.hear(piece, HOLDING)) is not None:
                found.append(understood.reading.intent)
        if (
            listening.front_end.speaking and len(found) == 1 and gaps
        ):  # the recogniser was slow: its first pass comes only now
            listening.interpreter.warm_up(HOLDING)
            listening.hear(gaps.pop(0), HOLDING)
    assert found == [Intent.HOW_LONG, Intent.HOW_LONG]
