"""Whole sessions in a room, in which Limber is louder at the microphone than the person who interrupts it."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.listening.front_end import FrontEnd
from assistant.listening.self_speech import may_act
from assistant.listening.sounds import BargeInSuspected
from assistant.timeline import entries
from audio.aec import speex
from audio.aec.status import SILENT_OUTPUT
from audio.frames import FRAMES_PER_SECOND
from audio.samples import SAMPLE_RATE
from audio.simulation.room import Surroundings
from audio.tts.voice import Voice
from benchmarks.rig.people import spoken
from benchmarks.rig.scene import Plot, Scene, as_loud
from intents.model import Intent, Reading
from tests import loaded

pytestmark = pytest.mark.engine

needs_speex = pytest.mark.skipif(speex.library() is None, reason="no libspeexdsp: run script/setup")


@needs_speex
@pytest.mark.parametrize(("word", "voice"), [("stop", "flite:awb"), ("pause", "en-us+f3")])
@pytest.mark.parametrize(("room", "level"), [("living", 6.0), ("tiled", 12.0)])
def test_a_word_over_its_counting_ends_it(word: str, voice: str, room: str, level: float) -> None:
    words, said = as_loud(spoken(word, voice)), list[int]()

    def plot(scene: Scene) -> Plot:
        scene.ask(Intent.START_MOVEMENT, movement="neck_rotation")
        yield from scene.until(lambda: bool(scene.said) and scene.said[-1].text == "4")
        yield from scene.wait(0.3)
        said.append(scene.now)
        scene.say(words)
        yield from scene.wait(3)

    with Voice() as limber:
        scene = Scene(Surroundings(room, level, echo=True), plot, limber, words)
        scene.run(loaded.moonshine(), loaded.coach())
    (at,) = scene.noted((entries.SessionStopped, entries.SessionPaused))[:1]
    assert scene.intents() == [word.capitalize()], "it heard something else, or itself"
    assert at - said[0] < len(words) * 3 + 0.9 * FRAMES_PER_SECOND
    assert scene.noted(entries.Ducked)
    assert not scene.inexact()


def test_without_a_canceller_a_voice_makes_it_softer_for_less_than_a_second_more() -> None:
    words, said = as_loud(spoken("the weather is nice today", "flite:awb")), list[int]()

    def plot(scene: Scene) -> Plot:
        scene.ask(Intent.START_MOVEMENT, movement="neck_rotation")
        yield from scene.until(lambda: bool(scene.said) and scene.said[-1].text == "5")
        said.append(scene.now)
        scene.say(words)
        yield from scene.wait(5)

    with Voice() as limber:
        scene = Scene(Surroundings("living", 0.0, echo=True), plot, limber, words)
        scene.run(loaded.moonshine(), loaded.coach(), "off")
    end = said[0] + len(words) * 3
    (softer,) = scene.noted(entries.Ducked, said[0])[:1]
    (again,) = scene.noted(entries.Unducked, softer)[:1]
    assert softer < end
    assert again < end + FRAMES_PER_SECOND
    assert not scene.noted(entries.Ducked)[:-1], "it took itself for somebody"
    assert scene.intents() == []
    assert not scene.inexact()


@pytest.mark.parametrize(("words", "hushes"), [("hello", True), ("tell me about the weather of tomorrow", False)])
def test_the_end_of_what_was_brief_hushes_it_until_it_is_known_what_it_was(words: str, hushes: bool) -> None:
    speaking = replace(SILENT_OUTPUT, output_playing=True)
    front_end = FrontEnd(loaded.moonshine(), loaded.coach())
    sound = np.pad(spoken(words, "flite:rms"), (SAMPLE_RATE, SAMPLE_RATE))
    blocks = np.array_split(sound, len(sound) // 320)
    sounds = [sound for block in blocks for sound in front_end.feed(block, None, speaking)]
    alarms = [sound for sound in sounds if isinstance(sound.content, BargeInSuspected)]
    assert len(alarms) == hushes


@needs_speex
@pytest.mark.parametrize("interrupts", [False, True])
def test_a_word_that_it_says_itself_is_heard_from_the_person_alone(interrupts: bool) -> None:
    words = as_loud(spoken("stop", "flite:slt"))

    def plot(scene: Scene) -> Plot:
        scene.ask(Intent.START_MOVEMENT, movement="neck_rotation")
        yield from scene.until(lambda: bool(scene.said) and scene.said[-1].text == "5")
        scene.ask(Intent.PAUSE)
        yield from scene.wait(4)
        scene.ask(Intent.HELP)  # "say go on to continue, next to move on, or stop to end"
        yield from scene.wait(3.2)
        if interrupts:
            scene.say(words)
        yield from scene.wait(4)

    with Voice() as limber:
        scene = Scene(Surroundings("living", 6.0, echo=True), plot, limber, words)
        scene.run(loaded.moonshine(), loaded.coach())
    assert scene.intents() == (["Stop"] if interrupts else [])


@pytest.mark.parametrize("mode", ["auto", "off"])
def test_nobody_is_there(mode: str) -> None:
    def plot(scene: Scene) -> Plot:
        for intent in (Intent.OVERVIEW, Intent.HELP):
            scene.ask(intent)
            yield from scene.wait(5)
        scene.ask(Intent.START_MOVEMENT, movement="neck_rotation")
        yield from scene.until(lambda: bool(scene.said) and scene.said[-1].text == "3")

    with Voice() as limber:
        scene = Scene(Surroundings("living", 6.0, echo=True), plot, limber, np.zeros(SAMPLE_RATE, np.float32))
        scene.run(loaded.moonshine(), loaded.coach(), "off" if mode == "off" else "auto")
    assert scene.intents() == []
    replies = [line.text for line in scene.said if line.text.startswith(("I heard", "I did not get", "Did you say"))]
    assert replies == []


@pytest.mark.parametrize(
    ("text", "intent", "lines", "acts"),
    [
        ("stop", Intent.STOP, ["Turn your head to the right."], True),
        ("stop", Intent.STOP, ["Say pause, how long, or that hurts. Say stop to end."], False),
        ("next", Intent.NEXT, ["Turn your head to the right."], False),
        ("help", Intent.HELP, ["Tell me what hurts, or say start stretching."], True),
        ("hold on", Intent.PAUSE, ["Hold.", "1"], False),
        ("hold", Intent.PAUSE, ["Hold.", "1"], False),
        ("next", Intent.NEXT, [], True),
        ("and he chest pain breathless", Intent.RED_FLAG, ["Any chest pain, breathlessness or fever?"], False),
        ("my jaw hurts", Intent.RED_FLAG, ["Slowly back to the middle."], True),
        ("", None, ["4"], False),
        ("pause", Intent.PAUSE, [""], True),
    ],
)
def test_what_may_be_its_own_words_does_not_act(text: str, intent: str | None, lines: list[str], acts: bool) -> None:
    assert may_act(Reading(text, intent, {}, 0.9), lines) is acts
