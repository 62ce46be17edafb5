"""The front end of listening: turns the microphone's samples into sounds. One thread owns a front end.

A front end cuts utterances, feeds them to a streaming recogniser, and spots keywords in running speech. Each sound
carries what was true when the sound was cut, so that no other thread needs to ask the front end. No call blocks.
"""

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import assert_never

from assistant.listening.barge_in import DoubleTalkTracker
from assistant.listening.sounds import (
    NO_SCORES,
    BargeInSuspected,
    Content,
    EndpointHint,
    HeardSound,
)
from assistant.listening.urgent import urgent_sentences
from assistant.operating_points import BARGE_IN_SAMPLES, BARGE_IN_SUSPECTED_AT, BARGE_IN_WORDS
from audio.aec.status import SILENT_OUTPUT, EchoStatus
from audio.asr.partials import PartialCue, PartialWatch
from audio.asr.recogniser import Recogniser, RecognitionStream, Transcript
from audio.keywords.watch import KeywordCue, KeywordWatch
from audio.samples import SAMPLE_RATE, Samples
from audio.vad.endpoint import EndpointCandidate
from audio.vad.segmenter import Segmenter
from audio.vad.utterance import Segment, SpeechBegan, Utterance
from intents.reader import IntentReader

PRE_ROLL = SAMPLE_RATE * 3 // 5
"""Sound from before the VAD onset that a streaming recogniser is given, in samples at 16 kHz (0.6 s).

The detector reports speech late; without the pre-roll the first consonant is lost.
"""
NO_UTTERANCE = -1
"""Stands for the utterance of a sound while none has begun."""


@dataclass(slots=True)
class _CurrentUtterance:
    """What the front end knows of the utterance that goes on, or else of the last one."""

    began: int = NO_UTTERANCE
    """First sample, in samples at 16 kHz since the first that was fed."""
    over_output: bool = False
    """Whether the utterance began over Limber's voice."""
    echo_possible: bool = False
    """Whether residual echo may have been audible in any block of the utterance."""
    suspected: bool = False
    """Whether a barge-in has been reported for the utterance; once is enough."""
    urgent: bool = False
    """Whether urgent sentences were valid at the onset: only then do keywords matter."""


class FrontEnd:
    """Segmenter, streaming recogniser and keyword spotter over one signal, 16 kHz mono.

    `speaking` is true from the onset of an utterance to its endpoint.
    """

    def __init__(self, recogniser: Recogniser, reader: IntentReader) -> None:
        self._recogniser, self._reader = recogniser, reader
        self._segmenter = Segmenter()
        self._double_talk = DoubleTalkTracker()
        self._watch = KeywordWatch()
        self._recent: deque[Samples] = deque()
        self._stream: RecognitionStream | None = None
        self._streaming = False
        self._partials = PartialWatch((), ())
        self._current = _CurrentUtterance()
        self.speaking = False

    @property
    def partial(self) -> str:
        """The partial transcript of the utterance that goes on; empty where no recogniser streams."""
        return self._stream.partial if self._stream is not None else ""

    def hint(self, hint: EndpointHint) -> None:
        """Adjust how long the segmenter waits for the endpoint of the utterance that goes on.

        A hint about another gap than the present one came too late and is ignored.
        """
        self._segmenter.expect_end(hint.candidate, complete=hint.complete)

    def feed(
        self, samples: Samples, valid: Collection[str] | None = None, echo: EchoStatus = SILENT_OUTPUT
    ) -> list[HeardSound]:
        """Take the next samples (mono, 16 kHz, shape (n,), any n), and return the sounds that were cut, in order.

        `valid`: the valid intents (None: all); an utterance that begins in these samples is streamed with their
        sentences as its grammar. `echo`: the canceller's status after these samples.
        """
        self._recent.append(samples)
        while sum(map(len, self._recent)) - len(self._recent[0]) > PRE_ROLL:
            self._recent.popleft()
        if self._stream is not None:
            self._stream.feed(samples)
        sounds = [self._cut(segment, valid, echo) for segment in self._segmenter.feed(samples, echo.residual_floor)]
        if self.speaking and echo.echo_audible:
            self._current.echo_possible = True
        found = [sound.content for sound in sounds]
        more: list[Content] = [*self._partial_cues(), *self._keyword_cues(samples), *self._suspicion(found)]
        more += self._double_talk.advance(len(samples), echo)
        return [*sounds, *(self._sound(content, echo) for content in more)]

    def _cut(self, segment: Segment, valid: Collection[str] | None, echo: EchoStatus) -> HeardSound:
        match segment:
            case SpeechBegan():
                self.speaking = True
                self._current = _CurrentUtterance(segment.at, echo.output_playing, echo.echo_audible)
                self._begin_stream(valid)
                return self._sound(segment, echo)
            case EndpointCandidate():
                return self._sound(segment, echo)
            case Utterance():
                self.speaking = False
                return self._sound(segment, echo, self._end_stream())
            case _:
                assert_never(segment)

    def _sound(self, content: Content, echo: EchoStatus, streamed: Transcript | None = None) -> HeardSound:
        current = self._current
        return HeardSound(
            content,
            current.began,
            echo,
            echo.echo_audible or current.echo_possible,
            dict(self._watch.best_scores) if current.over_output else NO_SCORES,
            self._streaming,
            streamed,
        )

    def _begin_stream(self, valid: Collection[str] | None) -> None:
        urgent = urgent_sentences(self._reader, valid)
        self._current.urgent = bool(urgent)
        expected = self._reader.speech_grammar.sentences(valid)
        self._stream = self._recogniser.stream(expected)
        self._streaming = self._stream is not None
        if self._stream is not None:
            self._partials = PartialWatch(urgent, expected)
            for samples in self._recent:
                self._stream.feed(samples)

    def _end_stream(self) -> Transcript | None:
        stream, self._stream = self._stream, None
        return stream.finish() if stream is not None else None

    def _partial_cues(self) -> list[PartialCue]:
        phrase = self._segmenter.phrase if self._stream is not None else None
        if phrase is None or phrase.began != phrase.utterance or not self._partials.due(self.partial, phrase.decided):
            return []
        return [PartialCue(phrase, self.partial)]

    def _keyword_cues(self, samples: Samples) -> list[KeywordCue]:
        words = self._watch.due(samples, speaking=self.speaking and self._current.urgent)
        phrase = self._segmenter.so_far if words else None
        return [KeywordCue(phrase, words)] if phrase is not None else []

    def _suspicion(self, found: Sequence[Content]) -> list[BargeInSuspected]:
        """The suspected barge-in of an utterance over Limber's voice, once: a keyword scored, or a brief word ended."""
        current = self._current
        if not self.speaking or not current.over_output or current.suspected:
            return []
        scored = max(self._watch.best_scores.get(word, 0.0) for word in BARGE_IN_WORDS) >= BARGE_IN_SUSPECTED_AT
        candidates = (each for each in found if isinstance(each, EndpointCandidate))
        if not scored and not any(each.until - each.utterance <= BARGE_IN_SAMPLES for each in candidates):
            return []
        phrase = self._segmenter.so_far
        if phrase is None:
            return []
        current.suspected = True
        return [BargeInSuspected(current.began, phrase.decided)]
