"""Utterance boundaries, measured in samples of the sound itself and never by a clock.

Three sieves, each dearer than the one before: an energy gate, a voice activity detector that runs only
on what is louder than the room, and rules of length. The sound is taken in chunks counted from its
first sample, so the outcome does not depend on the length of the blocks it arrives in.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from audio.samples import SAMPLE_RATE, SILENCE_DBFS, level_db
from audio.vad.activity import EnergyGate, LoudOnset, VoiceActivity
from audio.vad.endpoint import LONGEST_PHRASE, PHRASE_GAP, EndpointCandidate, GapTracker
from audio.vad.utterance import CHUNK, Segment, SpeechBegan, Utterance


def _chunks(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE / CHUNK)


LEAD_CHUNKS = _chunks(0.3)
"""Chunks kept before speech: soft first consonants are quieter than the threshold."""
ONSET_CHUNKS = 2
"""Chunks of speech, among the last ONSET + 1, that begin an utterance: a short "ow" has hardly more."""
ENDPOINT_CHUNKS = _chunks(0.55)
"""Chunks without speech that end an utterance."""
ENDPOINT_INCOMPLETE = _chunks(1.0)
"""The same, when it is known that what was said can't be a whole sentence yet."""
ENDPOINT_COMPLETE = _chunks(0.3)
"""The same, when it is known to be one: of a lull, which is known sooner than the end of speech."""
TRAIL_CHUNKS = _chunks(0.3)
"""Chunks kept after speech."""
LONGEST_UTTERANCE_CHUNKS = _chunks(15)
"""Chunks after which an utterance is cut, at the quietest of the last CUT_WITHIN."""
CUT_WITHIN = _chunks(3)
WARM_UP_CHUNKS = 8
"""Chunks the detector hears before and after those the gate lets through: it judges by context."""
SPEECH_BEGINS = 0.5
SPEECH_GOES_ON = 0.35
"""Probabilities of speech from which a chunk counts, before and inside an utterance."""
SURELY_NOISE = 0.1
"""Probability of speech under which the room's level follows."""


class Segmenter:
    """Speech in a stream of sound. `feed` it blocks of any length, then `flush` it when the stream ends."""

    def __init__(self) -> None:
        self._gate = EnergyGate()
        self._voice = VoiceActivity()
        self._rest = np.zeros(0, np.float32)
        self._index = 0
        self._recent: deque[NDArray[np.float32]] = deque(maxlen=LEAD_CHUNKS + ONSET_CHUNKS + 1)
        self._outburst = LoudOnset()
        self._onset: deque[bool] = deque(maxlen=ONSET_CHUNKS + 1)
        self._open: _OpenUtterance | None = None
        self._attentive = 0
        self._floor = SILENCE_DBFS
        self._distorted = False

    def feed(self, samples: NDArray[np.float32], floor: float = SILENCE_DBFS) -> list[Segment]:
        """What was decided within these samples: mono, 16 kHz, shape (n,), any n. Values not finite count as 0.

        `floor`: dBFS under which no voice begins.
        """
        self._floor = floor
        sound = np.concatenate((self._rest, np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)))
        whole = len(sound) - len(sound) % CHUNK
        self._rest = sound[whole:]
        return [segment for chunk in sound[:whole].reshape(-1, CHUNK) for segment in self._take(chunk)]

    def expect_end(self, candidate: EndpointCandidate, *, complete: bool) -> None:
        """What was said before this lull is a whole sentence, or lacks its end: the endpoint follows.

        Known too late, when the voice has gone on, it changes nothing. May be called from another thread.
        """
        open_ = self._open
        if open_ is not None and open_.gaps.quiet and open_.gaps.since * CHUNK == candidate.until:
            open_.endpoint = ENDPOINT_COMPLETE if complete else ENDPOINT_INCOMPLETE

    @property
    def phrase(self) -> EndpointCandidate | None:
        """What is being said, as if the voice fell silent now; None between utterances, and where it is too long."""
        open_ = self._open
        if open_ is None or self._index - open_.gaps.phrase >= LONGEST_PHRASE:
            return None
        return self.so_far

    @property
    def so_far(self) -> EndpointCandidate | None:
        """The last that is being said, at most as long as a phrase; None between utterances."""
        open_ = self._open
        if open_ is None:
            return None
        candidate = replace(self._candidate(open_), until=self._index * CHUNK, certain=False)
        samples = candidate.samples[-LONGEST_PHRASE * CHUNK :]
        return replace(candidate, samples=samples, began=max(candidate.began, candidate.decided - len(samples)))

    def flush(self) -> list[Segment]:
        """The stream has ended: what is open is complete. Positions may exceed what was fed by less than a chunk."""
        segments = self.feed(np.zeros(-len(self._rest) % CHUNK, np.float32))
        if self._open is not None:
            segments.append(self._complete(self._open))
        return segments

    def _take(self, chunk: NDArray[np.float32]) -> Iterator[Segment]:
        level = level_db(chunk)
        probability = self._probability(chunk, level)
        burst = self._outburst.lasts(level, self._gate.room)
        self._index += 1
        if self._open is None:
            self._recent.append(chunk)
            self._onset.append(probability >= SPEECH_BEGINS and level >= self._floor)
            if burst or sum(self._onset) >= ONSET_CHUNKS:
                began = self._index - (burst or len(self._onset) - self._onset.index(True))
                yield self._begin(list(self._recent), began, self._index)
            return
        self._open.chunks.append(chunk)
        speech = bool(burst) or probability >= SPEECH_GOES_ON
        if speech:
            self._open.until = self._index
        look = self._open.gaps.take(self._index - 1, level, self._gate.room, speech=speech)
        if not self._open.gaps.quiet:
            self._open.endpoint = ENDPOINT_CHUNKS
        if look:
            yield self._candidate(self._open)
        if self._open.ended(self._index):
            yield self._complete(self._open)
        elif len(self._open.chunks) >= LONGEST_UTTERANCE_CHUNKS:
            yield from self._cut(self._open)

    def _probability(self, chunk: NDArray[np.float32], level: float) -> float:
        """Of speech in the chunk; 0 without asking the detector while nothing stands out from the room."""
        loud = self._gate.opens(level) and level >= self._floor
        if loud:
            if not self._attentive and self._open is None:
                self._voice.catch_up(list(self._recent)[-WARM_UP_CHUNKS:], level, anew=self._distorted)
                self._distorted = False
            self._attentive = WARM_UP_CHUNKS
        elif self._attentive:
            self._attentive -= 1
        if not self._attentive and self._open is None:
            return 0.0
        self._distorted = self._distorted or self._floor > SILENCE_DBFS
        probability = self._voice.probability(chunk, level)
        if loud and probability < SURELY_NOISE:
            self._gate.follow(level)
        return probability

    def _begin(self, chunks: list[NDArray[np.float32]], began: int, until: int) -> SpeechBegan:
        first = self._index - len(chunks)
        self._open = _OpenUtterance(chunks, first, began, until, GapTracker(first))
        for index, chunk in enumerate(chunks, first):
            self._open.gaps.take(index, level_db(chunk), self._gate.room, speech=index >= began)
        self._onset.clear()
        return SpeechBegan(began * CHUNK, self._index * CHUNK)

    def _candidate(self, open_: "_OpenUtterance") -> EndpointCandidate:
        gaps, whole = open_.gaps, np.concatenate(open_.chunks)
        return EndpointCandidate(
            whole[(gaps.phrase - open_.first) * CHUNK :],
            whole,
            open_.began * CHUNK,
            max(gaps.phrase, open_.began) * CHUNK,
            gaps.since * CHUNK,
            self._index * CHUNK,
            certain=gaps.quiet >= PHRASE_GAP,
            brief=self._index - gaps.phrase <= LONGEST_PHRASE,
        )

    def _complete(self, done: "_OpenUtterance") -> Utterance:
        self._open = None
        self._recent.extend(done.chunks)
        return self._utterance(done, done.until + TRAIL_CHUNKS, done.until, done.gaps.since)

    def _cut(self, done: "_OpenUtterance") -> Iterator[Segment]:
        first = self._index - CUT_WITHIN
        candidates = done.chunks[first - done.first : done.until - done.first]
        cut = first + int(np.argmin([level_db(chunk) for chunk in candidates]))
        yield self._utterance(done, cut, cut, cut)
        yield self._begin(done.chunks[cut - done.first :], cut, done.until)

    def _utterance(self, done: "_OpenUtterance", kept: int, until: int, silent: int) -> Utterance:
        samples = np.concatenate(done.chunks[: kept - done.first])
        places = (done.first, done.began, until, silent, self._index)
        return Utterance(samples, *(place * CHUNK for place in places))


@dataclass(slots=True)
class _OpenUtterance:
    """An utterance that has not ended. Positions are chunks from the first ever fed."""

    chunks: list[NDArray[np.float32]]
    first: int
    """Where `chunks` begin: a little before the speech."""
    began: int
    until: int
    """Where the last speech heard so far ended."""
    gaps: GapTracker
    endpoint: int = ENDPOINT_CHUNKS
    """Chunks without speech that end it, as far as is known now."""

    def ended(self, index: int) -> bool:
        """Whether there was no speech for long enough, at a chunk."""
        quiet = self.gaps.quiet if self.endpoint == ENDPOINT_COMPLETE else 0
        return max(quiet, index - self.until) >= self.endpoint
