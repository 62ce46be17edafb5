"""The voice of typed sessions: silent clips, as long as the spoken words would take."""

from collections.abc import Sequence
from typing import assert_never

from audio.frames import Frame, frames
from audio.playback.earcons import earcon
from audio.samples import Clip, silence
from audio.score import Earcon, Sound, Speech
from audio.tts.clip import USUAL_WPM

SECONDS_A_LETTER = 0.065
"""Length of a line for each character at USUAL_WPM, in seconds: the spoken voice's average."""
SHORTEST_LINE_SECONDS = 0.3
"""Least length of a line at USUAL_WPM, in seconds."""


class SilentVoice:
    """A voice that gives every line its time and no sound."""

    def prepare(self, sounds: Sequence[Sound]) -> tuple[Frame, ...]:
        """The length of each sound, in frames."""
        return tuple(self._length(sound) for sound in sounds)

    def clip(self, sound: Sound) -> Clip:
        """Silence as long as the sound would be."""
        clip = silence(self._length(sound))
        clip.flags.writeable = False
        return clip

    @staticmethod
    def _length(sound: Sound) -> Frame:
        """How long a sound would be, in frames."""
        match sound:
            case Earcon(name=name):
                return len(earcon(name))
            case Speech(text=text, voice=voice, fit=fit):
                spoken = frames(
                    max(SHORTEST_LINE_SECONDS, len(text) * SECONDS_A_LETTER) * USUAL_WPM / voice.words_per_minute
                )
                return spoken if fit is None else min(spoken, fit)
            case _:
                assert_never(sound)
