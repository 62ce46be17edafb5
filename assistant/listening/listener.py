"""From sound to meaning: utterances are cut, transcribed and read, with the sentences valid now as a guide."""

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import assert_never

from assistant.listening.background_speech import BACKGROUND_SAMPLES, BackgroundSpeech
from assistant.listening.barge_in import BargeInSuspected, DoubleTalkChanged, DoubleTalkTracker
from assistant.listening.decision import Decision, doubted_no
from assistant.listening.sounds import ListeningEvent, SpeechSound, Understood
from assistant.listening.speculation import SPECULATION_SAMPLES, SpeculativeReading
from assistant.operating_points import (
    BARGE_IN_ACTS_AT,
    BARGE_IN_SAMPLES,
    BARGE_IN_SUSPECTED_AT,
    BARGE_IN_WORDS,
    SCREENING_NO_AT,
    SPECULATE_AFTER,
)
from assistant.states import VALID, State
from audio.aec.interface import NO_ECHO, Echo
from audio.asr.early import EarlyCommand, EarlyCommandDetector
from audio.asr.engine import Recogniser, RecognitionStream, Transcript
from audio.asr.grammar import ClosedGrammar
from audio.asr.partials import PartialCue, PartialWatch
from audio.keywords.spotter import Keyword
from audio.keywords.watch import KeywordCue, KeywordWatch
from audio.samples import SAMPLE_RATE, Clip, faint_noise, peak_level_db
from audio.vad.endpoint import EndpointCandidate
from audio.vad.segmenter import Segmenter
from audio.vad.trim import trim_to_speech
from audio.vad.utterance import SpeechBegan, Utterance, speech_prominence_db
from intents.model import Intent, Reading
from intents.phrases.completeness import Completeness, completeness
from intents.phrases.mid_speech import mid_utterance_command
from intents.reader import IntentReader

URGENT_INTENTS = frozenset({Intent.STOP, Intent.PAUSE, Intent.THAT_HURTS})
"""What is acted on while the person may still speak."""
LEAD_INS = ("", "no ", "okay ", "oh ", "um ")
"""What people say in the same breath before it."""
WARM_UP_TEXT = "nothing that anybody says here"
"""What it warms up with."""
NO_TRANSCRIPT = Transcript("", 0.0, None, 0.0, 0.0)
"""What there is to hear in silence."""
REMEMBERED_UTTERANCES = 8
"""Utterances in which Limber's own voice may be."""
SCREENING_INTENTS = VALID[State.SCREENING]
WAKE_REQUEST_INTENTS = VALID[State.IDLE]
"""What may be asked in one breath with the wake phrase."""
PRE_ROLL = SAMPLE_RATE * 3 // 5
"""Samples from before it was sure that somebody speaks: the first consonant is among them."""
RECORDING_MARGIN = SAMPLE_RATE * 3 // 10
"""Samples kept on each side of the speech in a recording."""


class Listener:
    """The segmenter, the ear and the recogniser, one after the other."""

    def __init__(
        self,
        recogniser: Recogniser,
        reader: IntentReader,
        threshold: float | None = None,
        valid: Callable[[], Collection[str] | None] = lambda: None,
        echo: Echo = NO_ECHO,
    ) -> None:
        """`threshold`: the confidence from which a reading counts; None: the calibrated operating points.

        `valid` tells the intents that are valid now, when somebody begins to speak; `echo` how much of Limber's own
        voice is left in what there is to listen to.
        """
        self._echo = echo
        self._by_level = DoubleTalkTracker(echo)
        self._segmenter = Segmenter()
        self._recogniser = recogniser
        self._reader = reader
        self._decision = Decision(reader, threshold)
        self._threshold = threshold
        self._valid = valid
        self._recent: deque[Clip] = deque()
        self._following: RecognitionStream | None = None
        self._follows = False
        self._cues = PartialWatch((), ())
        self._watch, self._watching = KeywordWatch(), False
        self._interrupting: int | None = None
        self._guarded: deque[int] = deque(maxlen=REMEMBERED_UTTERANCES)
        self._began = self._alarmed = -1
        self._spotted: dict[int, Mapping[Keyword, float]] = {}
        self._followed: dict[int, Transcript] = {}
        self._early = EarlyCommandDetector(recogniser)
        self._company = BackgroundSpeech()
        self._ahead: SpeculativeReading | None = None
        self._acted: int | None = None
        self._asked: int | None = None
        self.speaking = False
        """An utterance has begun and not ended."""

    @property
    def partial(self) -> str:
        """What is heard so far of what is being said, where the ear follows."""
        return self._following.partial if self._following is not None else ""

    def warm_up(self, valid: Collection[str] | None) -> None:
        """Compute now what the first utterance would wait for, where these intents are valid."""
        # As if it had been followed: an ear that follows may be about to, for another thread.
        self._transcribed(faint_noise(SAMPLE_RATE), valid, NO_TRANSCRIPT)
        self._reader.read(WARM_UP_TEXT, valid)

    def listen(self, samples: Clip) -> list[ListeningEvent]:
        """Take the next samples at 16 kHz; what there is to hear by now, for `hear` to be given in this order."""
        self._recent.append(samples)
        while sum(map(len, self._recent)) - len(self._recent[0]) > PRE_ROLL:
            self._recent.popleft()
        if self._following is not None:
            self._following.feed(samples)
        found: list[ListeningEvent] = []
        for segment in self._segmenter.feed(samples, self._echo.residual_floor):
            match segment:
                case SpeechBegan():
                    self.speaking = True
                    self._began = segment.at
                    self._interrupting = segment.at if self._echo.output_playing else None
                    self._follow()
                    found.append(segment)
                case EndpointCandidate():
                    self._note_spotted(segment.utterance)
                    found.append(segment)
                case Utterance():
                    self.speaking = False
                    self._note_spotted(segment.began)
                    self._followed_to_end(segment)
                    found.append(segment)
                case _:
                    assert_never(segment)
        if self.speaking and self._echo.echo_audible and self._began not in self._guarded:
            self._guarded.append(self._began)
        by_level = self._by_level.advance(len(samples))
        return [*found, *self._in_running_speech(), *self._in_passing(samples), *self._alarm(found), *by_level]

    def hear(self, sound: ListeningEvent, valid: Collection[str] | None) -> Understood | None:
        """What there is to act on, of the intents that are valid now; None: nothing yet, or nothing more.

        A lull or running speech may be left out when there is no time for it. Its utterance acts once: what else is in
        it is heard for red flags alone.
        """
        if isinstance(sound, SpeechBegan | BargeInSuspected | DoubleTalkChanged):
            return None
        understood = self._understood(sound, valid)
        if isinstance(sound, Utterance):
            self._spotted.pop(sound.began, None)
        if understood is None:
            return None
        return replace(understood, echo_possible=self._owns(sound))

    def _owns(self, sound: SpeechSound) -> bool:
        """Whether Limber's own voice may be in it: it was not taken away all the time."""
        match sound:
            case EndpointCandidate():
                began = sound.utterance
            case PartialCue() | KeywordCue():
                began = sound.phrase.utterance
            case Utterance():
                began = sound.began
            case _:
                assert_never(sound)
        return self._echo.echo_audible or began in self._guarded

    def _understood(self, sound: SpeechSound, valid: Collection[str] | None) -> Understood | None:
        match sound:
            case EndpointCandidate():
                return self.interrupted(sound, valid) or self._hear_candidate(sound, valid)
            case PartialCue():
                return self._hear_running(sound, valid)
            case KeywordCue():
                return self._hear_in_passing(sound, valid)
            case Utterance() if sound.began != self._acted:
                speech = (sound.until - sound.began) / SAMPLE_RATE
                reading = doubted_no(self.understand(sound, valid), speech, self._company.prominence_db(sound))
                if reading.intent is None or reading.needs_confirmation:
                    reading = self._interruption(sound, sound.began, sound.peak_db, valid) or reading
                for_another = reading.intent is None or (reading.intent != Intent.NO and valid == SCREENING_INTENTS)
                if for_another and not self._owns(sound):
                    self._company.add(sound)
                return Understood(reading, sound.began, sound.until)
            case Utterance():
                reading = self.understand(sound, {Intent.RED_FLAG})
                return Understood(reading, sound.began, sound.until) if reading.intent else None
            case _:
                assert_never(sound)

    def _hear_candidate(self, candidate: EndpointCandidate, valid: Collection[str] | None) -> Understood | None:
        # Over its own voice nothing is as urgent as "stop"; where it is silent, an answer is.
        if not self._echo.output_playing and self._hear_ahead(candidate, valid):
            return None
        known = self._ahead is not None and self._ahead.rules_out(URGENT_INTENTS, candidate)
        early = None if known else self._hear_early(candidate, valid)
        if early is None and candidate.decided - candidate.until >= SPECULATE_AFTER:
            self._hear_ahead(candidate, valid)
        return early

    def _hear_early(self, candidate: EndpointCandidate, valid: Collection[str] | None) -> Understood | None:
        expected = self._at_once(valid)
        if not expected or candidate.utterance == self._acted:
            return None
        return self._act(candidate, self._early.look(candidate, expected), valid)

    def interrupted(self, candidate: EndpointCandidate, valid: Collection[str] | None) -> Understood | None:
        """A lone word said over Limber's own voice, known by its sound alone and so at once; from whatever thread."""
        alone = candidate.began == candidate.utterance != self._acted
        reading = (
            self._interruption(candidate, candidate.utterance, peak_level_db(candidate.samples), valid)
            if alone
            else None
        )
        if reading is None:
            return None
        self._acted = candidate.utterance
        return Understood(reading, candidate.began, candidate.until, self._owns(candidate))

    def _interruption(
        self, said: EndpointCandidate | Utterance, began: int, level: float, valid: Collection[str] | None
    ) -> Reading | None:
        """What a lone word said over Limber's own voice is by its sound alone: hardly anything else is said so."""
        spotted = self._spotted.get(began, {})
        word, sure = max(((word, spotted.get(word, 0.0)) for word in BARGE_IN_WORDS), key=itemgetter(1))
        if sure < BARGE_IN_ACTS_AT or said.until - began > BARGE_IN_SAMPLES or self._company.is_amid(began, level):
            return None
        reading = self._reader.read(word, valid)
        return replace(reading, confidence=sure) if reading.intent in URGENT_INTENTS else None

    def _note_spotted(self, utterance: int) -> None:
        if utterance == self._interrupting:
            self._spotted[utterance] = dict(self._watch.best_scores)

    def _hear_running(self, running: PartialCue, valid: Collection[str] | None) -> Understood | None:
        if running.phrase.utterance == self._acted:
            return None
        return self._act(running.phrase, self._early.confirm(running, self._at_once(valid)), valid)

    def _hear_in_passing(self, passing: KeywordCue, valid: Collection[str] | None) -> Understood | None:
        phrase = passing.phrase
        # Whoever has talked for long, or is talked to, seldom means Limber: then it waits for a lull or the end.
        long = phrase.decided - phrase.utterance >= BACKGROUND_SAMPLES
        if (
            phrase.utterance == self._acted
            or long
            or self._company.is_amid(phrase.utterance, peak_level_db(phrase.samples))
        ):
            return None
        sentences = self._at_once(valid)
        early = self._early.spotted(passing, lambda text: mid_utterance_command(text, passing.words, sentences))
        return self._act(phrase, early, valid)

    def _act(
        self, phrase: EndpointCandidate, early: EarlyCommand | None, valid: Collection[str] | None
    ) -> Understood | None:
        if early is None or phrase.utterance == self._acted:  # another thread may have been faster
            return None
        reading = self._reader.read(early.sentence, valid)
        if reading.intent not in URGENT_INTENTS:
            return None
        self._acted = phrase.utterance
        return Understood(replace(reading, confidence=early.confidence), early.began, early.until)

    def _at_once(self, valid: Collection[str] | None) -> list[str]:
        """The sentences that act early, of the intents that are valid now."""
        expected = self._reader.speech_grammar.sentences(
            URGENT_INTENTS if valid is None else URGENT_INTENTS.intersection(valid)
        )
        return [lead_in + text for lead_in in LEAD_INS for text in expected]

    def _hear_ahead(self, candidate: EndpointCandidate, valid: Collection[str] | None) -> bool:
        """Hear what may be all before it is sure to be; wait shorter after a whole sentence, longer after half of one.

        Whether all of it was heard: an ear that follows has not done yet.
        """
        if (
            candidate.until == self._asked
            or candidate.utterance == self._acted
            or len(candidate.whole) > SPECULATION_SAMPLES
        ):
            return False
        self._asked = candidate.until
        if self._follows:
            glanced = (
                self._recogniser.recognise_partial(candidate.samples, self._reader.speech_grammar.sentences(valid))
                if candidate.brief
                else None
            )
            complete = Completeness.UNKNOWN if glanced is None else completeness(glanced.text, valid)
        else:
            heard = self._transcribed(candidate.whole, valid)
            self._ahead = SpeculativeReading(candidate, valid, heard, self._decision.reading(heard, valid))
            if self._ahead.surely in URGENT_INTENTS:
                self._early.expect(candidate, self._ahead.meant.text)
            complete = self._ahead.complete
        if complete is not Completeness.UNKNOWN:
            self._segmenter.expect_end(candidate, complete=complete is Completeness.COMPLETE)
        return not self._follows

    def _in_running_speech(self) -> list[ListeningEvent]:
        phrase = self._segmenter.phrase if self._following is not None else None
        if phrase is None or phrase.began != phrase.utterance or not self._cues.due(self.partial, phrase.decided):
            return []
        return [PartialCue(phrase, self.partial)]

    def _in_passing(self, samples: Clip) -> list[ListeningEvent]:
        words = self._watch.due(samples, speaking=self.speaking and self._watching)
        phrase = self._segmenter.so_far if words else None
        return [KeywordCue(phrase, words)] if phrase is not None else []

    def _alarm(self, found: Sequence[ListeningEvent]) -> list[ListeningEvent]:
        """Over its own voice: what may be "stop", or was as brief and may be all."""
        if not self.speaking or self._interrupting is None or self._alarmed == self._began:
            return []
        suspected = max(self._watch.best_scores.get(word, 0.0) for word in BARGE_IN_WORDS) >= BARGE_IN_SUSPECTED_AT
        gaps = (each for each in found if isinstance(each, EndpointCandidate))
        if not suspected and not any(candidate.until - candidate.utterance <= BARGE_IN_SAMPLES for candidate in gaps):
            return []
        phrase = self._segmenter.so_far
        if phrase is None:
            return []
        self._alarmed = self._began
        return [BargeInSuspected(self._began, phrase.decided)]

    def _follow(self) -> None:
        valid = self._valid()
        at_once = self._at_once(valid)
        self._watching = bool(at_once)
        expected = self._reader.speech_grammar.sentences(valid)
        self._following = self._recogniser.stream(expected)
        self._follows = self._following is not None
        if self._following is not None:
            self._cues = PartialWatch(at_once, expected)
            for samples in self._recent:
                self._following.feed(samples)

    def _followed_to_end(self, utterance: Utterance) -> None:
        if self._following is not None:
            self._followed[utterance.began] = self._following.finish()
            self._following = None

    def understand_whole(self, samples: Clip, valid: Collection[str] | None) -> Reading:
        """What a whole recording at 16 kHz means: its speech, without the silence around it."""
        segments = [*self._segmenter.feed(samples), *self._segmenter.flush()]
        utterances = [segment for segment in segments if isinstance(segment, Utterance)]
        if not utterances:
            return self._sure(self._heard(samples, valid), valid)
        began, until = utterances[0].began, utterances[-1].until
        first = max(0, began - RECORDING_MARGIN)
        samples = samples[first : until + RECORDING_MARGIN]
        beside = speech_prominence_db(samples, began - first, until - first)
        return self._sure(doubted_no(self._heard(samples, valid), (until - began) / SAMPLE_RATE, beside), valid)

    def _sure(self, reading: Reading, valid: Collection[str] | None) -> Reading:
        """The same, or none: where nobody can be asked what is doubted was not heard."""
        screened = valid is not None and valid == SCREENING_INTENTS and self._threshold is None
        unsure = screened and reading.intent == Intent.NO and reading.confidence < SCREENING_NO_AT
        return Reading(reading.text, None) if reading.needs_confirmation or unsure else reading

    def understand(self, utterance: Utterance, valid: Collection[str] | None) -> Reading:
        """What an utterance means, of the intents that are valid now."""
        followed, amid = (
            self._followed.pop(utterance.began, None),
            self._company.is_amid(utterance.began, utterance.peak_db),
        )
        if self._ahead is not None and self._ahead.is_of(utterance, valid):
            return self._decision.reading(self._ahead.heard, valid, amid=amid)
        return self._heard(utterance.samples, valid, followed, amid=amid)

    def _heard(
        self,
        samples: Clip,
        valid: Collection[str] | None,
        followed: Transcript | None = None,
        *,
        amid: bool = False,
    ) -> Reading:
        """`amid`: in the midst of other talk."""
        return self._decision.reading(self._transcribed(samples, valid, followed), valid, amid=amid)

    def _transcribed(
        self, samples: Clip, valid: Collection[str] | None, followed: Transcript | None = None
    ) -> Transcript:
        sentences, closed = self._reader.speech_grammar.sentences(valid), self._closed(valid)
        return self._recogniser.recognise(trim_to_speech(samples), sentences, followed, closed)

    def _closed(self, valid: Collection[str] | None) -> ClosedGrammar:
        if valid is not None and Intent.WAKE in valid and Intent.STOP not in valid:  # asleep: nothing but its name
            return ClosedGrammar(self._reader.speech_grammar.wake_grammar(WAKE_REQUEST_INTENTS))
        told = self._reader.speech_grammar
        return ClosedGrammar(told.walk, told.intent_mask(valid), told.common_phrases(valid), told.fallback_grammar)

    def read(self, text: str, valid: Collection[str] | None) -> Reading:
        """What words that were heard already mean, of the intents that are valid now."""
        return self._reader.read(text, valid, self._threshold)
