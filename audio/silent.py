"""The voice of text mode: clips as long as the words would take, and nothing in them."""

from collections.abc import Sequence
from typing import assert_never

import numpy as np

from audio.clip import Clip
from audio.earcons import earcon
from audio.timeline import Earcon, Frame, Sound, Speech, frames

SECONDS_A_LETTER = 0.065
"""At 150 words a minute, as the spoken voice takes them on average."""
SHORTEST = 0.3
"""Seconds."""


def blank(length: Frame) -> Clip:
    """Silence, writable."""
    return np.zeros(length, np.float32)


class SilentVoice:
    """Gives every line its time."""

    def prepare(self, sounds: Sequence[Sound]) -> tuple[Frame, ...]:
        """The length of each sound, in frames."""
        return tuple(len(self.clip(sound)) for sound in sounds)

    def clip(self, sound: Sound) -> Clip:
        """Silence as long as the sound."""
        match sound:
            case Earcon(name=name):
                return blank(len(earcon(name)))
            case Speech(text=text, voice=voice, fit=fit):
                spoken = frames(max(SHORTEST, len(text) * SECONDS_A_LETTER) * 150 / voice.words_per_minute)
                return blank(spoken if fit is None else min(spoken, fit))
            case _:
                assert_never(sound)
