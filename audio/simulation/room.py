"""A room for rehearsals: a speaker that distorts, walls, a delay and two clocks, noise; and a microphone in it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

from audio.errors import AudioError
from audio.files import read_recording
from audio.filters import LowPass
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND
from audio.samples import FRAMES_PER_SAMPLE, SAMPLE_RATE, Clip, active_rms

ROOMS = Path(__file__).parent / "rooms"
ROOM_NAMES = ("none", *sorted(path.stem for path in ROOMS.glob("*.flac")))
"""Rooms that come with Limber; `benchmarks/rooms.py` makes them."""
SPEAKER_DRIVE = 1.0
"""How far the speaker is driven into distortion: at an amplitude of 0.5 it gives 0.46."""
USUAL_DELAY = 0.04
"""Seconds that devices take to play and to record."""
VOICE_HEADROOM = 1.5
"""How much louder than a line of Limber's another may be at its loudest."""
ABSENT_PERSON_LEVEL = 10 ** (-26 / 20)
"""The level, as an amplitude, of a person who is not there."""
MICROPHONE_LIMIT = 0.99
"""What a microphone can take: it is turned down where that would be exceeded."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a rehearsal takes place in."""

    room: str = "none"
    """One of NAMES, or the path of an impulse response. None: the speaker is heard directly."""
    echo_level: float = 0.0
    """dB of Limber's voice over the person's, both at the microphone and while they speak."""
    echo_delay: float = USUAL_DELAY
    """Seconds from the speaker to the microphone, besides those that sound takes in the room."""
    drift: float = 0.0
    """By how many parts in a million the microphone's clock is faster than the speaker's."""
    noise: Path | None = None
    snr: float = 12.0
    """dB of the person over the noise."""
    echo: bool = False
    """Whether the speaker is heard at all."""


class Room:
    """Hears a person and a speaker."""

    def __init__(self, around: Surroundings, person: Clip, voice: Clip | None = None) -> None:
        """`person`: what the microphone would hear without the speaker, at 16 kHz; `voice`: how Limber speaks, 48 kHz.

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
        """Of the microphone's samples, by its own clock."""
        own = FRAMES_PER_SECOND / self.frames_per_sample
        self._clock = soxr.ResampleStream(SAMPLE_RATE, own, 1, "float32") if around.drift else None

    @property
    def exhausted(self) -> bool:
        """The person says nothing more."""
        return self._at >= len(self._person)

    def hush(self) -> None:
        """The person says nothing after all; how loud they are is known."""
        self._person = self._person[:0]

    def say(self, words: Clip) -> None:
        """The person says this too, from now on: at 16 kHz, as loud as what they were said to say."""
        until = self._at + len(words)
        self._person = np.pad(self._person, (0, max(0, until - len(self._person))))
        self._person[self._at : until] += words * self._turned_down

    def hear(self, played: Clip) -> Clip:
        """What the microphone brings at 16 kHz while the speaker is given so many frames at 48 kHz."""
        count = len(played) // FRAMES_PER_SAMPLE
        sound = self._said(count)
        if self._echo is not None:
            sound = sound + self._echo.hear(played)
        if self._noise is not None:
            sound = sound + np.take(self._noise, np.arange(self._at, self._at + count), mode="wrap")
        self._at += count
        sound = np.clip(sound, -MICROPHONE_LIMIT, MICROPHONE_LIMIT)
        return sound if self._clock is None else self._clock.resample_chunk(sound)

    def _said(self, count: int) -> Clip:
        piece = self._person[self._at : self._at + count]
        return np.pad(piece, (0, count - len(piece)))


class _Echo:
    """The speaker's sound as it arrives at the microphone."""

    def __init__(self, response: Clip, late: int, gain: float) -> None:
        """`late`: samples by which it arrives later than sound takes."""
        self._response, self._gain = response, np.float32(gain)
        self._low_pass = LowPass(FRAMES_PER_SAMPLE)
        self._arriving = np.zeros(late + len(response) - 1, np.float32)
        self._late = late

    def hear(self, played: Clip) -> Clip:
        """The next samples at 16 kHz, of the next frames at 48 kHz: a third as many."""
        sound = self._low_pass.take((np.tanh(SPEAKER_DRIVE * played) / SPEAKER_DRIVE).astype(np.float32))
        size = 1 << (len(sound) + len(self._response)).bit_length()
        spread = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(self._response, size), size)
        arriving = np.pad(self._arriving, (0, len(sound)))
        arriving[self._late :] += spread[: len(arriving) - self._late].astype(np.float32) * self._gain
        self._arriving = arriving[len(sound) :]
        return arriving[: len(sound)]


def _response(room: str) -> Clip:
    """Of a room: at 16 kHz, shape (n,), n at least 1."""
    if room == "none":
        return np.ones(1, np.float32)
    path = ROOMS / f"{room}.flac" if room in ROOM_NAMES else Path(room)
    if room not in ROOM_NAMES and not path.suffix:
        raise AudioError(f"--room {room}: there is no such room. Choose {', '.join(ROOM_NAMES)}, or name a WAV file.")
    return read_recording(path).at(SAMPLE_RATE)
