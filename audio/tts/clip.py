"""Finishing of synthesised speech: checked, trimmed, faded, brought to one loudness, resampled to 48 kHz."""

import wave
from pathlib import Path

import numpy as np
import soxr

from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND
from audio.samples import PCM_FULL_SCALE, Block, Clip, Waveform, active_rms, raised_cosine

VOICE_RATE = 22_050
"""Sample rate of what pyttsx3 writes, in Hz."""
SPEECH_FLOOR = 2.0**-10
"""Amplitude up to which speech counts as silence: espeak-ng's silence is nearly all zeros, a soft final s is ten times
this."""
LEAD_SECONDS, TAIL_SECONDS = 0.005, 0.010
"""Silence kept before and after the speech, in seconds."""
FADE_IN_SECONDS, FADE_OUT_SECONDS = 0.002, 0.005
"""Length of the fades at the beginning and at the end of a clip, in seconds."""
LOUDNESS = 0.1
"""Loudness of every clip: RMS of its speech while it sounds, as an amplitude (-20 dBFS)."""
PEAK_LIMIT = 0.8
"""Largest amplitude in a clip; where the loudness would exceed it, the clip is softer."""
USUAL_WPM = 150
"""Speaking rate that the lengths below are for, in words a minute."""
SHORTEST_LETTER_SECONDS = 0.015
"""Least length of speech for each letter, in seconds; shorter speech was broken off."""
LONGEST_CHARACTER_SECONDS = 3.0
"""Most length of speech for each character, in seconds: an emoji's name takes a second and a half."""
LONGEST_EXTRA_SECONDS = 2.0
"""Length of speech allowed besides, in seconds."""


def read_speech(path: Path, text: str, words_per_minute: int) -> Waveform:
    """Read what a voice wrote for `text`, at VOICE_RATE.

    Raises AudioError for a file that is no such recording, or is too short or too long for its text.
    """
    try:
        with wave.open(str(path)) as file:
            form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            pcm = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    except (OSError, EOFError, ValueError, wave.Error) as error:
        raise AudioError(f"the voice left no sound ({error}): reinstall espeak-ng") from error
    if form != (1, 2, VOICE_RATE):
        raise AudioError(f"the voice wrote {form} (channels, bytes, rate): reinstall espeak-ng")
    slowness = USUAL_WPM / words_per_minute
    letters = sum(character.isascii() and character.isalpha() for character in text)
    shortest = SHORTEST_LETTER_SECONDS * letters * slowness
    longest = LONGEST_EXTRA_SECONDS + LONGEST_CHARACTER_SECONDS * len(text) * slowness
    spoken = len(pcm) / VOICE_RATE
    if len(pcm) == 0 or not shortest <= spoken <= longest:
        raise AudioError(f"the voice took {spoken:.2f} s over {len(text)} characters: say it in other words")
    return pcm.astype(np.float32) / np.float32(PCM_FULL_SCALE)


def is_silent(speech: Waveform) -> bool:
    """Whether nothing in the speech is louder than silence."""
    return not bool((np.abs(speech) > SPEECH_FLOOR).any())


def finished_clip(speech: Waveform) -> Clip:
    """Make a clip of speech at VOICE_RATE that is not silent: it begins within 5 ms and is as loud as every other."""
    sounding = np.flatnonzero(np.abs(speech) > SPEECH_FLOOR)
    lead, tail = round(LEAD_SECONDS * VOICE_RATE), round(TAIL_SECONDS * VOICE_RATE)
    trimmed = speech[max(0, sounding[0] - lead) : sounding[-1] + 1 + tail]
    clip: Block = soxr.resample(trimmed, VOICE_RATE, FRAMES_PER_SECOND, quality="HQ")
    _fade(clip, FADE_IN_SECONDS)
    _fade(clip[::-1], FADE_OUT_SECONDS)
    clip *= min(LOUDNESS / active_rms(clip), PEAK_LIMIT / float(np.abs(clip).max()))
    clip.flags.writeable = False
    return clip


def _fade(clip: Block, seconds: float) -> None:
    """Fade the beginning of a clip in, over so many seconds."""
    length = min(round(seconds * FRAMES_PER_SECOND), len(clip))
    clip[:length] *= raised_cosine(length)
