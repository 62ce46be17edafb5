"""Early commands on real sound: what acts before the utterance has ended, what waits, and that nothing acts twice."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.dialogue.state import Conversation
from assistant.listening.sounds import Understood
from assistant.sessions.rehearsal import rehearse
from assistant.sessions.stage import Stage
from assistant.states import VALID, State
from assistant.timeline import entries
from audio.asr.early import EarlyCommandDetector
from audio.asr.grammar import ClosedGrammar
from audio.asr.moonshine.engine import MoonshineRecogniser
from audio.asr.recogniser import Transcript
from audio.files import read_recording
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND
from audio.samples import SAMPLE_RATE
from audio.tts.voice import Voice
from audio.vad.endpoint import EndpointCandidate
from audio.vad.segmenter import Segmenter
from audio.vad.utterance import CHUNK, Utterance
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.people import Person, PersonLine, Tape, spoken
from benchmarks.rig.places import SHARED
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.engine

Sound = NDArray[np.float32]
HOLDING = VALID[State.HOLDING]
SOON = 0.35
"""Seconds from the end of a word to its event."""


def silence(seconds: float) -> Sound:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def said(words: str, voice: str = "flite:slt") -> Sound:
    """The words alone, without the silence around them."""
    sound = spoken(words, voice)
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return sound[loud[0] : loud[-1]]


def heard(sound: Sound, valid: Collection[str] = HOLDING, block: int = 320) -> Iterator[tuple[Understood, float]]:
    """What is acted on, and when, in seconds of a sound that comes in blocks."""
    listening = Hearing(loaded.moonshine(), loaded.coach())
    for at in range(0, len(sound), block):
        for piece in listening.listen(sound[at : at + block], valid):
            understood = listening.hear(piece, valid)
            if understood is not None:
                yield understood, min(at + block, len(sound)) / SAMPLE_RATE


def intents(sound: Sound) -> list[str | None]:
    return [understood.reading.intent for understood, _ in heard(sound)]


@pytest.mark.parametrize(
    ("words", "voice", "intent"),
    [
        ("stop", "flite:slt", Intent.STOP),
        ("stop it", "flite:slt", Intent.STOP),
        ("i said stop", "flite:slt", Intent.STOP),
        ("please stop", "flite:rms", Intent.STOP),
        ("take a break", "flite:rms", Intent.PAUSE),
        ("that hurts", "flite:rms", Intent.THAT_HURTS),
    ],
)
def test_it_acts_before_the_utterance_has_ended_and_once(words: str, voice: str, intent: Intent) -> None:
    before = np.concatenate([silence(1), said(words, voice)])
    events = list(heard(np.concatenate([before, silence(1.5)])))
    assert [understood.reading.intent for understood, _ in events] == [intent], events
    ((understood, at),) = events
    assert 0 < at - len(before) / SAMPLE_RATE < SOON, (
        f"{at - len(before) / SAMPLE_RATE:.3f} s after the end of the words"
    )
    assert understood.began < understood.until <= at * SAMPLE_RATE


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("stop counting out loud", "flite:slt"),
        ("stop counting out loud", "flite:rms"),
        ("stop talking so much", "flite:rms"),
        ("stop the music", "flite:slt"),
        ("don't stop", "flite:slt"),
        ("the bus stop is over there", "flite:rms"),
        ("hold on to the handle", "flite:rms"),
        ("shop", "flite:slt"),
        ("positive", "flite:rms"),
    ],
)
def test_what_only_begins_or_sounds_alike_waits_for_the_end(words: str, voice: str) -> None:
    sound = np.concatenate([silence(1), said(words, voice), silence(1)])
    segmenter, early = Segmenter(), EarlyCommandDetector(loaded.moonshine())
    expected = loaded.coach().speech_grammar.sentences({Intent.STOP, Intent.PAUSE, Intent.THAT_HURTS})
    gaps = [segment for segment in segmenter.feed(sound) if isinstance(segment, EndpointCandidate)]
    assert gaps, "no endpoint candidate came"
    assert [found for candidate in gaps if (found := early.look(candidate, expected))] == []


def test_in_running_speech_the_last_phrase_counts() -> None:
    before = np.concatenate([silence(1), said("my sister went to the market"), silence(0.3), said("stop it")])
    ((understood, at), *_) = heard(np.concatenate([before, silence(1)]))
    assert understood.reading.intent == Intent.STOP
    assert at - len(before) / SAMPLE_RATE < SOON


def test_the_same_breath_goes_on_and_nothing_acts_twice() -> None:
    breath = np.concatenate([silence(1), said("stop it"), silence(0.4), said("please stop"), silence(1.5)])
    assert intents(breath) == [Intent.STOP]


def test_a_red_flag_after_it_is_still_heard() -> None:
    breath = np.concatenate(
        [silence(1), said("stop it"), silence(0.4), said("i can not breathe and my chest hurts"), silence(1.5)]
    )
    assert intents(breath) == [Intent.STOP, Intent.RED_FLAG]


def test_the_next_utterance_acts_again() -> None:
    sound = np.concatenate([silence(1), said("stop it"), silence(1.5), said("please stop"), silence(1.5)])
    assert intents(sound) == [Intent.STOP, Intent.STOP]


def test_the_blocks_it_comes_in_change_nothing() -> None:
    sound = np.concatenate([silence(1), said("stop it"), silence(1.5)])
    (small,), (large,) = heard(sound, block=160), heard(sound, block=5_000)
    assert small[0] == large[0]


def test_asleep_nothing_acts_early() -> None:
    sound = np.concatenate([silence(1), said("stop it"), silence(0.4)])
    assert list(heard(sound, VALID[State.ASLEEP])) == []


def test_a_pass_may_be_left_out() -> None:
    sound = np.concatenate([silence(1), said("stop it"), silence(0.5)])
    gaps = [segment for segment in Segmenter().feed(sound) if isinstance(segment, EndpointCandidate)]
    last = [candidate for candidate in gaps if candidate.until == gaps[-1].until]
    early = EarlyCommandDetector(loaded.moonshine())
    assert early.look(last[1], ["stop it"]) is None, "one pass is not enough"
    assert early.look(last[-1], ["stop it"]) is not None, "those between are not needed"


def test_a_pass_over_another_gap_does_not_agree() -> None:
    sound = np.concatenate([silence(1), said("stop it"), silence(0.5)])
    gaps = [segment for segment in Segmenter().feed(sound) if isinstance(segment, EndpointCandidate)]
    early = EarlyCommandDetector(loaded.moonshine())
    early.look(replace(gaps[-2], until=gaps[-2].until - CHUNK), ["stop it"])
    assert early.look(gaps[-1], ["stop it"]) is None


def test_a_long_phrase_is_none_of_the_sentences_that_act_early() -> None:
    sound = np.concatenate([silence(1), said("stop it"), silence(0.5)])
    gaps = [segment for segment in Segmenter().feed(sound) if isinstance(segment, EndpointCandidate)]
    early = EarlyCommandDetector(loaded.moonshine())
    assert not any(early.look(replace(candidate, brief=False), ["stop it"]) for candidate in gaps)
    long = np.concatenate([silence(1), *[said("stretching for the upper back")] * 2, silence(0.5)])
    assert not [candidate for candidate in Segmenter().feed(long) if isinstance(candidate, EndpointCandidate)][-1].brief


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is absent")
def test_real_people_who_order_coffee_stop_nothing() -> None:
    expected = loaded.coach().speech_grammar.sentences({Intent.STOP, Intent.PAUSE, Intent.THAT_HURTS})
    orders = sorted((SHARED / "speech" / "coffee").glob("*.flac"))[::60]
    for path in orders:
        early, sound = (
            EarlyCommandDetector(loaded.moonshine()),
            np.concatenate([silence(0.5), read_recording(path).at(SAMPLE_RATE), silence(0.5)]),
        )
        gaps = [segment for segment in Segmenter().feed(sound) if isinstance(segment, EndpointCandidate)]
        assert not any(early.look(candidate, expected) for candidate in gaps), path.name


def seconds_to_stop(latency: int) -> float:
    """From the end of what ends a hold to its event, in a rehearsal whose hearing takes so many frames."""
    with Voice() as limber:
        stage = Stage(Conversation(), loaded.guidance(), limber)
        person = Person(
            stage, [PersonLine("start the quick routine"), PersonLine("no"), PersonLine("stop it", after=12)]
        )
        rehearse(
            stage, person, Tape(), loaded.moonshine(), loaded.coach(), latency=latency, limit=60 * FRAMES_PER_SECOND
        )
    at, stopped = [(at, entry) for at, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)][-1]
    assert stopped.intent == Intent.STOP, stopped
    return at / FRAMES_PER_SECOND - stopped.until


def test_a_rehearsal_acts_at_the_frame_of_the_last_sample_it_needed() -> None:
    at_once, later = seconds_to_stop(0), seconds_to_stop(FRAMES_PER_SECOND // 10)
    assert at_once < SOON
    assert later - at_once == pytest.approx(0.1, abs=BLOCK_FRAMES / FRAMES_PER_SECOND)


def ends(sound: Sound) -> list[float]:
    """When each utterance is known to have ended, in seconds."""
    listening = Hearing(loaded.moonshine(), loaded.coach())
    found = []
    for at in range(0, len(sound), 320):
        for piece in listening.listen(sound[at : at + 320], HOLDING):
            listening.hear(piece, HOLDING)
            if isinstance(piece.content, Utterance):
                found.append(piece.decided / SAMPLE_RATE)
    return found


def test_after_a_whole_sentence_the_end_comes_sooner() -> None:
    before = np.concatenate([silence(1), said("how long is left", "flite:rms")])
    (end,) = ends(np.concatenate([before, silence(1.5)]))
    assert 0.2 < end - len(before) / SAMPLE_RATE < 0.4


def test_what_was_heard_before_the_end_is_not_heard_again_after_it() -> None:
    class Counting(MoonshineRecogniser):
        heard = 0

        def recognise(
            self,
            samples: Sound,
            expected: Sequence[str] = (),
            streamed: Transcript | None = None,
            closed: ClosedGrammar | None = None,
        ) -> Transcript:
            self.heard += 1
            return super().recognise(samples, expected, streamed, closed)

    recogniser, understood = Counting(), []
    listening = Hearing(recogniser, loaded.coach())
    sound = np.concatenate([silence(1), said("how long is left", "flite:rms"), silence(1.5)])
    for piece in listening.listen(sound, HOLDING):
        before = recogniser.heard
        if (heard := listening.hear(piece, HOLDING)) is not None:
            understood.append((heard.reading.intent, recogniser.heard - before))
    assert understood == [(Intent.HOW_LONG, 0)]
    assert recogniser.heard == 1


def test_half_a_sentence_is_waited_for() -> None:
    first, second = said("tell me about", "flite:rms"), said("dehydration", "flite:rms")
    assert len(ends(np.concatenate([silence(1), first, silence(0.75), second, silence(1.5)]))) == 1
    assert len(ends(np.concatenate([silence(1), first, silence(1.5), second, silence(1.5)]))) == 2
