"""Every hold of every routine, in Limber's real voice: each count's clip lies in the rendered sound, to the sample."""

from itertools import pairwise

import numpy as np
import pytest

from assistant.dialogue.parts.sitting import CLEARED
from assistant.dialogue.state import Conversation
from assistant.sessions.stage import Stage
from assistant.timeline import entries
from audio.frames import FRAMES_PER_SECOND, frames
from audio.samples import silence
from audio.score import Speech
from audio.tts.voice import Voice
from tests import loaded
from tests.assistant.dialogue.slow_stage import said

pytestmark = pytest.mark.engine

GUIDANCE = loaded.guidance()
CLEAR = frames(0.3)
"""What of each clip is compared: "breathe" may follow."""


@pytest.mark.parametrize("routine", sorted(GUIDANCE.routines))
def test_consecutive_counts_start_exactly_48000_frames_apart(routine: str) -> None:
    blocks = []
    with Voice() as voice:
        stage = Stage(Conversation(sitting=CLEARED), GUIDANCE, voice)
        stage.start()
        stage.take(said("StartRoutine", routine=routine))
        while not stage.quiet:
            block = silence(9_600)
            stage.render(block)
            blocks.append(block)
            assert stage.mixer.frame < frames(900), "the routine never ends"
        sound = np.concatenate(blocks)
        counts = [(at, entry) for at, entry in stage.timeline.lines if isinstance(entry, entries.Count)]
        assert len(counts) > 30
        for at, count in counts:
            clip = voice.clip(Speech(str(count.n), fit=FRAMES_PER_SECOND))[:CLEAR]
            np.testing.assert_array_equal(sound[at : at + len(clip)], clip, f"count {count.n} is not where it is said")
    gaps = {b - a for (a, first), (b, second) in pairwise(counts) if second.n == first.n + 1}
    assert gaps == {FRAMES_PER_SECOND}
