"""The front end: from the microphone's samples to sounds. One thread owns it, and nothing in it ever waits.

It cuts utterances, lets a streaming recogniser follow them, and spots keywords in running speech. Each sound that it
gives carries what was true when it was cut, so that nobody has to ask the front end later.
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
from audio.samples import SAMPLE_RATE, Clip
from audio.vad.endpoint import EndpointCandidate
from audio.vad.segmenter import Segmenter
from audio.vad.utterance import Segment, SpeechBegan, Utterance
from intents.reader import IntentReader

PRE_ROLL = SAMPLE_RATE * 3 // 5
"""Samples from before the onset of speech that a streaming recogniser is given: the first consonant is among them."""
NO_UTTERANCE = -1
"""Names no utterance."""


@dataclass(slots=True)
class _CurrentUtterance:
    """The utterance that goes on, or the last one."""

    began: int = NO_UTTERANCE
    over_output: bool = False
    """It began while Limber spoke."""
    echo_possible: bool = False
    suspected: bool = False
    """A barge-in was reported."""
    urgent: bool = False
    """Some of the sentences that act early were valid when it began: keywords are worth watching for."""


class FrontEnd:
    """Segmenter, streaming recogniser and keyword spotter over one stream of samples at 16 kHz."""

    def __init__(self, recogniser: Recogniser, reader: IntentReader) -> None:
        self._recogniser, self._reader = recogniser, reader
        self._segmenter = Segmenter()
        self._double_talk = DoubleTalkTracker()
        self._watch = KeywordWatch()
        self._recent: deque[Clip] = deque()
        self._stream: RecognitionStream | None = None
        self._streaming = False
        self._partials = PartialWatch((), ())
        self._open = _CurrentUtterance()
        self.speaking = False
        """An utterance has begun and not ended."""

    @property
    def partial(self) -> str:
        """The partial transcript of what is being said; empty where no recogniser follows it."""
        return self._stream.partial if self._stream is not None else ""

    def hint(self, hint: EndpointHint) -> None:
        """Wait shorter, or longer, for the end of the utterance that goes on. A hint that comes too late is ignored."""
        self._segmenter.expect_end(hint.candidate, complete=hint.complete)

    def feed(
        self, samples: Clip, valid: Collection[str] | None = None, echo: EchoStatus = SILENT_OUTPUT
    ) -> list[HeardSound]:
        """Take the next samples: mono, 16 kHz, shape (n,), any n; the sounds that were cut, in order.

        `valid`: the intents that are valid now, which a streaming recogniser expects from the onset of speech on; None
        stands for all. `echo`: what the canceller tells of these samples.
        """
        self._recent.append(samples)
        while sum(map(len, self._recent)) - len(self._recent[0]) > PRE_ROLL:
            self._recent.popleft()
        if self._stream is not None:
            self._stream.feed(samples)
        sounds = [self._cut(segment, valid, echo) for segment in self._segmenter.feed(samples, echo.residual_floor)]
        if self.speaking and echo.echo_audible:
            self._open.echo_possible = True
        found = [sound.content for sound in sounds]
        more: list[Content] = [*self._partial_cues(), *self._keyword_cues(samples), *self._suspicion(found)]
        more += self._double_talk.advance(len(samples), echo)
        return [*sounds, *(self._sound(content, echo) for content in more)]

    def _cut(self, segment: Segment, valid: Collection[str] | None, echo: EchoStatus) -> HeardSound:
        match segment:
            case SpeechBegan():
                self.speaking = True
                self._open = _CurrentUtterance(segment.at, echo.output_playing, echo.echo_audible)
                self._follow(valid)
                return self._sound(segment, echo)
            case EndpointCandidate():
                return self._sound(segment, echo)
            case Utterance():
                self.speaking = False
                return self._sound(segment, echo, self._followed_to_end())
            case _:
                assert_never(segment)

    def _sound(self, content: Content, echo: EchoStatus, streamed: Transcript | None = None) -> HeardSound:
        open_ = self._open
        return HeardSound(
            content,
            open_.began,
            echo,
            echo.echo_audible or open_.echo_possible,
            dict(self._watch.best_scores) if open_.over_output else NO_SCORES,
            self._streaming,
            streamed,
        )

    def _follow(self, valid: Collection[str] | None) -> None:
        urgent = urgent_sentences(self._reader, valid)
        self._open.urgent = bool(urgent)
        expected = self._reader.speech_grammar.sentences(valid)
        self._stream = self._recogniser.stream(expected)
        self._streaming = self._stream is not None
        if self._stream is not None:
            self._partials = PartialWatch(urgent, expected)
            for samples in self._recent:
                self._stream.feed(samples)

    def _followed_to_end(self) -> Transcript | None:
        stream, self._stream = self._stream, None
        return stream.finish() if stream is not None else None

    def _partial_cues(self) -> list[PartialCue]:
        phrase = self._segmenter.phrase if self._stream is not None else None
        if phrase is None or phrase.began != phrase.utterance or not self._partials.due(self.partial, phrase.decided):
            return []
        return [PartialCue(phrase, self.partial)]

    def _keyword_cues(self, samples: Clip) -> list[KeywordCue]:
        words = self._watch.due(samples, speaking=self.speaking and self._open.urgent)
        phrase = self._segmenter.so_far if words else None
        return [KeywordCue(phrase, words)] if phrase is not None else []

    def _suspicion(self, found: Sequence[Content]) -> list[BargeInSuspected]:
        """Over Limber's own voice: what may be "stop", or was as brief and may be all."""
        open_ = self._open
        if not self.speaking or not open_.over_output or open_.suspected:
            return []
        scored = max(self._watch.best_scores.get(word, 0.0) for word in BARGE_IN_WORDS) >= BARGE_IN_SUSPECTED_AT
        candidates = (each for each in found if isinstance(each, EndpointCandidate))
        if not scored and not any(each.until - each.utterance <= BARGE_IN_SAMPLES for each in candidates):
            return []
        phrase = self._segmenter.so_far
        if phrase is None:
            return []
        open_.suspected = True
        return [BargeInSuspected(open_.began, phrase.decided)]
