"""Endpointing: where utterances begin and end, measured in samples of the sound itself and never by a clock.

Three stages, each costlier than the one before: an energy gate, a voice activity detector that runs only on what is
louder than the room, and rules of length. The sound is cut into chunks (32 ms) counted from its first sample, so the
outcome does not depend on the length of the blocks it arrives in.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from audio.samples import SAMPLE_RATE, SILENCE_DBFS, Samples, level_db
from audio.vad.activity import EnergyGate, LoudOnset, VoiceActivity
from audio.vad.endpoint import LONGEST_PHRASE_CHUNKS, PHRASE_GAP_CHUNKS, EndpointCandidate, GapTracker
from audio.vad.utterance import CHUNK, Segment, SpeechBegan, Utterance


def _chunks(seconds: float) -> int:
    """Convert seconds to chunks, rounded to the nearest."""
    return round(seconds * SAMPLE_RATE / CHUNK)


LEAD_CHUNKS = _chunks(0.3)
"""Pre-roll: chunks kept before speech, since soft first consonants stay below the threshold (0.3 s)."""
ONSET_CHUNKS = 2
"""Chunks of speech, among the last ONSET_CHUNKS + 1, that make an onset: a short "ow" has hardly more."""
ENDPOINT_CHUNKS = _chunks(0.55)
"""Endpoint: chunks without speech that end an utterance, while nothing is known of its words (0.55 s)."""
ENDPOINT_INCOMPLETE_CHUNKS = _chunks(1.0)
"""Endpoint where what was said is known to lack the end of a sentence: chunks without speech (1 s)."""
ENDPOINT_COMPLETE_CHUNKS = _chunks(0.3)
"""Endpoint where what was said is known to be a whole sentence: chunks of the gap, by its level (0.3 s)."""
TRAIL_CHUNKS = _chunks(0.3)
"""Chunks kept after speech (0.3 s)."""
LONGEST_UTTERANCE_CHUNKS = _chunks(15)
"""Longest utterance, in chunks (15 s): then it is cut in two at the quietest of the last CUT_WITHIN_CHUNKS."""
CUT_WITHIN_CHUNKS = _chunks(3)
"""Chunks at the end of the longest utterance among which the cut is placed (3 s)."""
WARM_UP_CHUNKS = 8
"""Chunks that the detector is given before and after those that open the gate: it judges by context (0.26 s)."""
SPEECH_BEGINS_AT, SPEECH_GOES_ON_AT = 0.5, 0.35
"""Probability of speech, 0 to 1, from which a chunk counts as speech: before and inside an utterance."""
SURELY_NOISE_BELOW = 0.1
"""Probability of speech, 0 to 1, under which the assumed level of the room follows a loud chunk."""


class Segmenter:
    """Finds utterances in a stream: `feed` takes blocks of any length, `flush` ends the stream.

    Threads: all of a segmenter belongs to the thread that feeds it.
    """

    def __init__(self) -> None:
        """Begin at sample 0 of a stream."""
        self._gate = EnergyGate()
        self._voice = VoiceActivity()
        self._rest = np.zeros(0, np.float32)
        self._index = 0
        self._recent: deque[Samples] = deque(maxlen=LEAD_CHUNKS + ONSET_CHUNKS + 1)
        self._loud_onset = LoudOnset()
        self._onset: deque[bool] = deque(maxlen=ONSET_CHUNKS + 1)
        self._open: _OpenUtterance | None = None
        self._attentive = 0
        """Chunks for which the detector goes on without the gate being open."""
        self._floor = SILENCE_DBFS
        self._distorted = False
        """Whether the detector was last given sound with residual echo in it."""

    def feed(self, samples: Samples, floor: float = SILENCE_DBFS) -> list[Segment]:
        """Take the next samples, any number; what they decide. Values that are not finite count as 0.

        `floor`: level in dBFS under which no speech begins, as `Echo.residual_floor` gives it.
        """
        self._floor = floor
        sound = np.concatenate((self._rest, np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)))
        whole = len(sound) - len(sound) % CHUNK
        self._rest = sound[whole:]
        return [segment for chunk in sound[:whole].reshape(-1, CHUNK) for segment in self._take(chunk)]

    def expect_end(self, candidate: EndpointCandidate, *, complete: bool) -> None:
        """Set the endpoint of the current utterance: what was said before a gap is a whole sentence, or lacks its end.

        Nothing is changed where the voice has gone on since the candidate was reported.
        """
        open_ = self._open
        if open_ is not None and open_.gaps.quiet and open_.gaps.gap_began * CHUNK == candidate.until:
            open_.endpoint = ENDPOINT_COMPLETE_CHUNKS if complete else ENDPOINT_INCOMPLETE_CHUNKS

    @property
    def phrase(self) -> EndpointCandidate | None:
        """What is being said, as if the voice fell silent now.

        None between utterances, and from LONGEST_PHRASE_CHUNKS on.
        """
        open_ = self._open
        if open_ is None or self._index - open_.gaps.phrase >= LONGEST_PHRASE_CHUNKS:
            return None
        return self.so_far

    @property
    def so_far(self) -> EndpointCandidate | None:
        """The last LONGEST_PHRASE_CHUNKS of what is being said, as if the voice fell silent now.

        None between utterances.
        """
        open_ = self._open
        if open_ is None:
            return None
        candidate = replace(self._candidate(open_), until=self._index * CHUNK, certain=False)
        samples = candidate.samples[-LONGEST_PHRASE_CHUNKS * CHUNK :]
        return replace(candidate, samples=samples, began=max(candidate.began, candidate.decided - len(samples)))

    def flush(self) -> list[Segment]:
        """End the stream, and with it the current utterance. Positions may exceed what was fed by less than a chunk."""
        segments = self.feed(np.zeros(-len(self._rest) % CHUNK, np.float32))
        if self._open is not None:
            segments.append(self._complete(self._open))
        return segments

    def _take(self, chunk: Samples) -> Iterator[Segment]:
        """Take the next chunk, of shape (CHUNK,)."""
        level = level_db(chunk)
        probability = self._probability(chunk, level)
        onset_chunks = self._loud_onset.lasts(level, self._gate.room)
        self._index += 1
        if self._open is None:
            self._recent.append(chunk)
            self._onset.append(probability >= SPEECH_BEGINS_AT and level >= self._floor)
            if onset_chunks or sum(self._onset) >= ONSET_CHUNKS:
                began = self._index - (onset_chunks or len(self._onset) - self._onset.index(True))
                yield self._begin(list(self._recent), began, self._index)
            return
        self._open.chunks.append(chunk)
        speech = bool(onset_chunks) or probability >= SPEECH_GOES_ON_AT
        if speech:
            self._open.until = self._index
        candidate = self._open.gaps.observe(self._index - 1, level, self._gate.room, speech=speech)
        if not self._open.gaps.quiet:
            self._open.endpoint = ENDPOINT_CHUNKS
        if candidate:
            yield self._candidate(self._open)
        if self._open.ended(self._index):
            yield self._complete(self._open)
        elif len(self._open.chunks) >= LONGEST_UTTERANCE_CHUNKS:
            yield from self._cut(self._open)

    def _probability(self, chunk: Samples, level: float) -> float:
        """The probability of speech in a chunk: 0 without the detector while nothing is louder than the room."""
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
        if loud and probability < SURELY_NOISE_BELOW:
            self._gate.follow(level)
        return probability

    def _begin(self, chunks: list[Samples], began: int, until: int) -> SpeechBegan:
        """Open an utterance of these chunks, in which speech goes from `began` to `until`."""
        first = self._index - len(chunks)
        self._open = _OpenUtterance(chunks, first, began, until, GapTracker(first))
        for index, chunk in enumerate(chunks, first):
            self._open.gaps.observe(index, level_db(chunk), self._gate.room, speech=index >= began)
        self._onset.clear()
        return SpeechBegan(began * CHUNK, self._index * CHUNK)

    def _candidate(self, open_: "_OpenUtterance") -> EndpointCandidate:
        """The current phrase, as if its gap were an endpoint."""
        gaps, whole = open_.gaps, np.concatenate(open_.chunks)
        return EndpointCandidate(
            whole[(gaps.phrase - open_.first) * CHUNK :],
            whole,
            open_.began * CHUNK,
            max(gaps.phrase, open_.began) * CHUNK,
            gaps.gap_began * CHUNK,
            self._index * CHUNK,
            certain=gaps.quiet >= PHRASE_GAP_CHUNKS,
            brief=self._index - gaps.phrase <= LONGEST_PHRASE_CHUNKS,
        )

    def _complete(self, done: "_OpenUtterance") -> Utterance:
        """End the current utterance."""
        self._open = None
        self._recent.extend(done.chunks)
        return self._utterance(done, done.until + TRAIL_CHUNKS, done.until, done.gaps.gap_began)

    def _cut(self, done: "_OpenUtterance") -> Iterator[Segment]:
        """End the current utterance at its quietest place of late, and open another there."""
        first = self._index - CUT_WITHIN_CHUNKS
        candidates = done.chunks[first - done.first : done.until - done.first]
        cut = first + int(np.argmin([level_db(chunk) for chunk in candidates]))
        yield self._utterance(done, cut, cut, cut)
        yield self._begin(done.chunks[cut - done.first :], cut, done.until)

    def _utterance(self, done: "_OpenUtterance", kept: int, until: int, silent: int) -> Utterance:
        """Build an utterance whose samples go up to the chunk `kept`."""
        samples = np.concatenate(done.chunks[: kept - done.first])
        places = (done.first, done.began, until, silent, self._index)
        return Utterance(samples, *(place * CHUNK for place in places))


@dataclass(slots=True)
class _OpenUtterance:
    """An utterance that has not ended. Positions are chunks since the start."""

    chunks: list[Samples]
    """Its sound so far."""
    first: int
    """Where `chunks` begin: a little before the speech."""
    began: int
    """Where speech began."""
    until: int
    """Where the last speech so far ended."""
    gaps: GapTracker
    """The gaps in it."""
    endpoint: int = ENDPOINT_CHUNKS
    """Chunks without speech that end the utterance, as far as is known now."""

    def ended(self, index: int) -> bool:
        """Whether, at a chunk, there has been no speech for long enough."""
        quiet = self.gaps.quiet if self.endpoint == ENDPOINT_COMPLETE_CHUNKS else 0
        return max(quiet, index - self.until) >= self.endpoint
