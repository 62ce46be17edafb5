"""A simulated room for rehearsals: a speaker that distorts, walls, a delay, two clocks, noise, and a microphone."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

from audio.errors import AudioError
from audio.files import read_recording
from audio.filters import LowPass
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND
from audio.samples import FRAMES_PER_SAMPLE, SAMPLE_RATE, Clip, Samples, active_rms

ROOMS = Path(__file__).parent / "rooms"
"""Folder of the rooms' impulse responses, as FLAC files."""
ROOM_NAMES = ("none", *sorted(path.stem for path in ROOMS.glob("*.flac")))
"""Names of the rooms that come with Limber; `python -m benchmarks.training.rooms` makes them. none: no walls."""
SPEAKER_DRIVE = 1.0
"""Gain in front of the speaker's tanh distortion, taken back behind it: an amplitude of 0.5 becomes 0.46."""
USUAL_DELAY = 0.04
"""Delay of the devices, playing and recording together, in seconds."""
VOICE_HEADROOM = 1.5
"""Peak of Limber's loudest line, as a multiple of the peak of the reference line that the level is set by."""
ABSENT_PERSON_LEVEL = 10 ** (-26 / 20)
"""RMS of speech, as an amplitude (-26 dBFS), that levels relate to where no person speaks."""
MICROPHONE_LIMIT = 0.99
"""Largest amplitude that the microphone takes; it is turned down beforehand where sound would exceed that."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The acoustic conditions of a rehearsal."""

    room: str = "none"
    """One of ROOM_NAMES, or the path of an impulse response; "none": the speaker is heard without walls."""
    echo_level: float = 0.0
    """Level of Limber's voice over the person's, in dB, at the microphone and while they sound."""
    echo_delay: float = USUAL_DELAY
    """Delay from the speaker to the microphone, in seconds, besides what sound takes in the room."""
    drift: float = 0.0
    """How much faster the microphone's clock is than the speaker's, in parts per million."""
    noise: Path | None = None
    """A recording of noise, repeated without end. None: a silent room."""
    snr: float = 12.0
    """Level of the person over the noise, in dB."""
    echo: bool = False
    """Whether the microphone hears the speaker at all."""


class Room:
    """A microphone in a room that hears a person, noise and the echo of a speaker."""

    def __init__(self, around: Surroundings, person: Samples, voice: Clip | None = None) -> None:
        """`person`: what the microphone hears of the person; `voice`: a line of Limber's, by which its level is set.

        Without a voice the speaker is not heard. Raises AudioError where a file can't be read.
        """
        level = active_rms(person, SAMPLE_RATE) if person.any() else ABSENT_PERSON_LEVEL
        turned_down, self._echo = 1.0, None
        if voice is not None:
            alone = _Echo(_response(around.room), 0, 1.0).hear(voice[: len(voice) // BLOCK_FRAMES * BLOCK_FRAMES])
            gain = level * 10 ** (around.echo_level / 20) / active_rms(alone, SAMPLE_RATE)
            loudest = np.abs(alone).max() * gain * VOICE_HEADROOM + np.abs(person).max(initial=0.0)
            turned_down = min(1.0, MICROPHONE_LIMIT / loudest)
            level *= turned_down
            self._echo = _Echo(_response(around.room), round(around.echo_delay * SAMPLE_RATE), gain * turned_down)
        self._turned_down = np.float32(turned_down)
        self._person = person * self._turned_down
        self._noise = None if around.noise is None else read_recording(around.noise).at(SAMPLE_RATE)
        if self._noise is not None:
            self._noise = self._noise * (level * 10 ** (-around.snr / 20) / np.sqrt(np.mean(self._noise**2)))
        self._at = 0
        self.frames_per_sample = FRAMES_PER_SAMPLE / (1 + around.drift * 1e-6)
        """Frames of the speaker's clock to one sample of the microphone's clock."""
        own = FRAMES_PER_SECOND / self.frames_per_sample
        self._clock = soxr.ResampleStream(SAMPLE_RATE, own, 1, "float32") if around.drift else None

    @property
    def exhausted(self) -> bool:
        """Whether the person says nothing more."""
        return self._at >= len(self._person)

    def mute_person(self) -> None:
        """Silence the person, whose level has been set by what they were going to say."""
        self._person = self._person[:0]

    def say(self, words: Samples) -> None:
        """Have the person say these words from now on, over what else they say, at the level of it."""
        until = self._at + len(words)
        self._person = np.pad(self._person, (0, max(0, until - len(self._person))))
        self._person[self._at : until] += words * self._turned_down

    def hear(self, far_end: Clip) -> Samples:
        """Record while the speaker plays a block: a third as many samples, but for the drift of the clocks."""
        count = len(far_end) // FRAMES_PER_SAMPLE
        sound = self._said(count)
        if self._echo is not None:
            sound = sound + self._echo.hear(far_end)
        if self._noise is not None:
            sound = sound + np.take(self._noise, np.arange(self._at, self._at + count), mode="wrap")
        self._at += count
        sound = np.clip(sound, -MICROPHONE_LIMIT, MICROPHONE_LIMIT)
        return sound if self._clock is None else self._clock.resample_chunk(sound)

    def _said(self, count: int) -> Samples:
        """What the person says in the next samples, and silence after its end."""
        piece = self._person[self._at : self._at + count]
        return np.pad(piece, (0, count - len(piece)))


class _Echo:
    """The path from the speaker to the microphone: distortion, resampling, the room's impulse response, a delay."""

    def __init__(self, response: Samples, late: int, gain: float) -> None:
        """`response`: of the room; `late`: delay of the devices, in samples; `gain`: a factor."""
        self._response, self._gain = response, np.float32(gain)
        self._low_pass = LowPass()
        self._arriving = np.zeros(late + len(response) - 1, np.float32)
        self._late = late

    def hear(self, far_end: Clip) -> Samples:
        """The echo while the speaker plays a block: a third as many samples."""
        distorted = (np.tanh(SPEAKER_DRIVE * far_end) / SPEAKER_DRIVE).astype(np.float32)
        sound = self._low_pass.decimate(distorted)
        size = 1 << (len(sound) + len(self._response)).bit_length()
        spread = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(self._response, size), size)
        arriving = np.pad(self._arriving, (0, len(sound)))
        arriving[self._late :] += spread[: len(arriving) - self._late].astype(np.float32) * self._gain
        self._arriving = arriving[len(sound) :]
        return arriving[: len(sound)]


def _response(room: str) -> Samples:
    """Read the impulse response of a room: shape (n,), n at least 1. Raises AudioError where there is none."""
    if room == "none":
        return np.ones(1, np.float32)
    path = ROOMS / f"{room}.flac" if room in ROOM_NAMES else Path(room)
    if room not in ROOM_NAMES and not path.suffix:
        raise AudioError(f"--room {room}: there is no such room. Choose {', '.join(ROOM_NAMES)}, or name a WAV file.")
    return read_recording(path).at(SAMPLE_RATE)
