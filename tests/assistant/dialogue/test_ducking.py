"""While somebody else speaks Limber speaks more softly, and nothing is lost by it."""

import numpy as np
import pytest

from assistant.coaching.plan import Say, sounds
from assistant.dialogue.events import VoiceBegan, VoiceEnded
from assistant.dialogue.prefetch import likely_sounds
from assistant.states import State
from assistant.timeline import entries
from audio.frames import FRAMES_PER_SECOND
from audio.samples import silence
from audio.score import Speech
from intents.model import Intent
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit


class Loud:
    """Sound instead of silence, so that its level can be measured."""

    def __init__(self, talk: Talk) -> None:
        clip = talk.mixer._clips
        talk.mixer._clips = lambda sound: np.full(len(clip(sound)), 0.1, np.float32)
        self._talk = talk

    @property
    def level(self) -> float:
        """dB of what is said now against what it is by itself."""
        out = silence(4800)
        self._talk.render(out)
        return float(20 * np.log10(np.abs(out[-480:]).max() / 0.1))


def speaking() -> tuple[Talk, Loud]:
    talk = Talk()
    loud = Loud(talk)
    talk.say(Intent.OVERVIEW).wait(0.1)
    return talk, loud


@pytest.mark.parametrize("alarmed", [False, True])
def test_a_voice_over_it_makes_it_softer_at_once_and_its_end_as_before(alarmed: bool) -> None:
    talk, loud = speaking()
    assert loud.level == pytest.approx(0, abs=0.1)
    talk.take(VoiceBegan(talk.now, alarmed))
    assert loud.level == pytest.approx(-60 if alarmed else -12, abs=0.1)
    talk.take(VoiceEnded(talk.now))
    assert loud.level == pytest.approx(0, abs=0.1)
    assert len(talk.noted(entries.Ducked)) == len(talk.noted(entries.Unducked)) == 1


def test_an_alarm_while_it_is_softer_hushes_it_and_is_noted_once() -> None:
    talk, loud = speaking()
    for alarmed in (False, True, False):
        talk.take(VoiceBegan(talk.now, alarmed))
    assert loud.level == pytest.approx(-60, abs=0.1)
    assert len(talk.noted(entries.Ducked)) == 1


def test_the_volume_that_was_set_is_kept() -> None:
    talk, loud = speaking()
    talk.say(Intent.QUIETER).settle()
    talk.say(Intent.OVERVIEW).wait(0.1)
    talk.take(VoiceBegan(talk.now))
    assert loud.level == pytest.approx(-18, abs=0.1)
    talk.take(VoiceEnded(talk.now))
    assert loud.level == pytest.approx(-6, abs=0.1)


def test_an_answer_is_as_loud_as_ever() -> None:
    talk, loud = speaking()
    talk.take(VoiceBegan(talk.now))
    talk.say(Intent.CAUSES).wait(0.2)
    assert loud.level == pytest.approx(0, abs=0.1)


def test_a_voice_while_it_is_silent_changes_nothing() -> None:
    talk = Talk().settle()
    talk.take(VoiceBegan(talk.now))
    talk.take(VoiceEnded(talk.now))
    assert not talk.noted(entries.Ducked) + talk.noted(entries.Unducked)


def test_a_cough_in_a_hold_costs_no_count() -> None:
    talk = Talk().say(Intent.START_MOVEMENT, movement="neck_rotation").say(Intent.NO).until(State.HOLDING)
    for _ in range(4):
        talk.wait(1.3)
        talk.take(VoiceBegan(talk.now))
        talk.wait(0.4)
        talk.mumble("")
        talk.take(VoiceEnded(talk.now))
    talk.until(State.RESTING)
    counts = [at for at, entry in talk.timeline.lines if isinstance(entry, entries.Count)]
    assert np.diff(counts[:15]).tolist() == [FRAMES_PER_SECOND] * 14
    assert len(talk.noted(entries.Ducked)) == len(talk.noted(entries.Unducked)) == 4


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([], GUIDANCE.screening.question),
        ([Intent.START_ROUTINE], "Neck rotations."),
        ([Intent.START_ROUTINE, Intent.NO], "Let go, slowly. Say go on when you are ready."),
    ],
)
def test_what_is_likely_said_next_is_prepared(asked: list[Intent], expected: str) -> None:
    talk = Talk()
    for intent in asked:
        talk.say(intent).wait(0.5)
    prepared = likely_sounds(talk.conversation, GUIDANCE)
    assert sounds((Say(expected),), talk.conversation.settings.usual_voice)[0] in prepared
    assert all(isinstance(sound, Speech) and "{" not in sound.text for sound in prepared)
