"""From what a voice wrote to what is played: trimmed, brought to one loudness, at 48 kHz."""

import wave
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND
from audio.samples import Clip, active_rms, raised_cosine

VOICE_RATE = 22_050
"""What pyttsx3 writes, in Hz."""
SPEECH_FLOOR = 2.0**-10
"""Where silence begins, as an amplitude: espeak-ng's silence is nearly all zeros, a soft final s is ten times this."""
LEAD_SECONDS = 0.005
TAIL_SECONDS = 0.010
"""Silence kept before and after the speech."""
FADE_IN_SECONDS = 0.002
FADE_OUT_SECONDS = 0.005
LOUDNESS = 0.1
"""The RMS of the speech while it sounds: -20 dBFS."""
PEAK_LIMIT = 0.8
"""No sample is larger, whatever the loudness then becomes."""
SHORTEST_LETTER_SECONDS = 0.015
LONGEST_CHARACTER_SECONDS = 3.0
"""What speech at 150 words a minute stays between; an emoji's name takes a second and a half."""


def read_speech(path: Path, text: str, words_per_minute: int) -> NDArray[np.float32]:
    """The samples that a voice wrote for `text`, at 22,050 Hz.

    Raises AudioError for a file that is not one, or is too short or too long for its text.
    """
    try:
        with wave.open(str(path)) as file:
            form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            pcm = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    except (OSError, EOFError, ValueError, wave.Error) as error:
        raise AudioError(f"the voice left no sound ({error}): reinstall espeak-ng") from error
    if form != (1, 2, VOICE_RATE):
        raise AudioError(f"the voice wrote {form} (channels, bytes, rate): reinstall espeak-ng")
    slowness = 150 / words_per_minute
    letters = sum(character.isascii() and character.isalpha() for character in text)
    shortest = SHORTEST_LETTER_SECONDS * letters * slowness
    longest = 2.0 + LONGEST_CHARACTER_SECONDS * len(text) * slowness
    spoken = len(pcm) / VOICE_RATE
    if len(pcm) == 0 or not shortest <= spoken <= longest:
        raise AudioError(f"the voice took {spoken:.2f} s over {len(text)} characters: say it in other words")
    return pcm.astype(np.float32) / np.float32(32_768)


def is_silent(speech: NDArray[np.float32]) -> bool:
    """Whether nothing would be heard."""
    return not bool((np.abs(speech) > SPEECH_FLOOR).any())


def finished_clip(speech: NDArray[np.float32]) -> Clip:
    """A clip of `speech` (22,050 Hz, not silent): it begins within milliseconds and is as loud as every other."""
    sounding = np.flatnonzero(np.abs(speech) > SPEECH_FLOOR)
    lead, tail = round(LEAD_SECONDS * VOICE_RATE), round(TAIL_SECONDS * VOICE_RATE)
    trimmed = speech[max(0, sounding[0] - lead) : sounding[-1] + 1 + tail]
    clip: Clip = soxr.resample(trimmed, VOICE_RATE, FRAMES_PER_SECOND, quality="HQ")
    _fade(clip, FADE_IN_SECONDS)
    _fade(clip[::-1], FADE_OUT_SECONDS)
    clip *= min(LOUDNESS / active_rms(clip), PEAK_LIMIT / float(np.abs(clip).max()))
    clip.flags.writeable = False
    return clip


def _fade(clip: NDArray[np.float32], seconds: float) -> None:
    length = min(round(seconds * FRAMES_PER_SECOND), len(clip))
    clip[:length] *= raised_cosine(length)
