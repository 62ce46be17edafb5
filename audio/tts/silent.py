"""The voice of text mode: clips as long as the words would take, and nothing in them."""

from collections.abc import Sequence
from typing import assert_never

from audio.frames import Frame, frames
from audio.playback.earcons import earcon
from audio.samples import Clip, silence
from audio.score import Earcon, Sound, Speech

SECONDS_A_LETTER = 0.065
"""At 150 words a minute, as the spoken voice takes them on average."""
SHORTEST_LINE_SECONDS = 0.3
"""Seconds."""


class SilentVoice:
    """Gives every line its time."""

    def prepare(self, sounds: Sequence[Sound]) -> tuple[Frame, ...]:
        """The length of each sound, in frames."""
        return tuple(len(self.clip(sound)) for sound in sounds)

    def clip(self, sound: Sound) -> Clip:
        """Silence as long as the sound."""
        match sound:
            case Earcon(name=name):
                return silence(len(earcon(name)))
            case Speech(text=text, voice=voice, fit=fit):
                spoken = frames(max(SHORTEST_LINE_SECONDS, len(text) * SECONDS_A_LETTER) * 150 / voice.words_per_minute)
                return silence(spoken if fit is None else min(spoken, fit))
            case _:
                assert_never(sound)
