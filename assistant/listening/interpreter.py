"""The interpreter of listening: turns sounds into readings. The recogniser's thread owns it, or a rehearsal's loop.

The interpreter does not know the dialogue; with each sound the session's loop passes the intents that are valid.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import assert_never

from assistant.listening.background_speech import BACKGROUND_SAMPLES, BackgroundSpeech
from assistant.listening.decision import Decision, cap_background_no
from assistant.listening.sounds import (
    BargeInSuspected,
    DoubleTalkChanged,
    EndpointHint,
    HeardSound,
    Interpretation,
    Overheard,
    Understood,
)
from assistant.listening.transcription import transcribe
from assistant.listening.unfinished.broken_off import BrokenOff
from assistant.listening.unfinished.rest import rest_of
from assistant.listening.unfinished.speculation import SPECULATION_SAMPLES, SpeculativeReading
from assistant.listening.urgent import URGENT_INTENTS, barge_in, urgent_sentences
from assistant.operating_points import SAFETY_INTENTS, SPECULATE_AFTER
from assistant.states import VALID, State
from audio.asr.early import EarlyCommand, EarlyCommandDetector
from audio.asr.partials import PartialCue
from audio.asr.recogniser import Recogniser, Transcript
from audio.keywords.watch import KeywordCue
from audio.samples import SAMPLE_RATE, Samples, faint_noise, peak_level_db
from audio.vad.endpoint import EndpointCandidate
from audio.vad.utterance import SpeechBegan, Utterance
from intents.model import ALARM_INTENTS, Intent, Reading
from intents.phrases.completeness import Completeness, completeness
from intents.phrases.mid_speech import mid_utterance_command
from intents.reader import IntentReader

WARM_UP_TEXT = "nothing that anybody says here"
"""A text that no template has, read once at start so that every model is loaded before the first utterance."""
NO_TRANSCRIPT = Transcript("", 0.0, None, 0.0, 0.0)
"""A transcript without words, as of silence."""
SCREENING_INTENTS = VALID[State.SCREENING]
"""The valid intents while the screening question is open."""


class Interpreter:
    """Recognises sounds, decides their readings, and remembers background speech. An utterance acts at most once."""

    def __init__(self, recogniser: Recogniser, reader: IntentReader, threshold: float | None = None) -> None:
        """`threshold`: least confidence of an accepted reading, 0 to 1; None: the calibrated operating points."""
        self._recogniser, self._reader = recogniser, reader
        self._decision = Decision(reader, threshold)
        self._early = EarlyCommandDetector(recogniser)
        self._background = BackgroundSpeech()
        self._speculation: SpeculativeReading | None = None
        self._acted: tuple[int, str] | None = None
        """The utterance, by its first sample, of which a part has acted, and the intent of that part."""
        self._broken_off: BrokenOff | None = None
        """The last utterance, if it broke off."""
        self._speculated_gap: int | None = None
        """The gap, by its first sample, before which the utterance was last read speculatively."""

    def warm_up(self, valid: Collection[str] | None) -> None:
        """Load and cache what the first utterance would wait for, with these intents valid (None: all)."""
        # A transcript is passed so that a streaming recogniser is not called: another thread may be streaming to it.
        transcribe(self._recogniser, self._reader, faint_noise(SAMPLE_RATE), valid, NO_TRANSCRIPT)
        self._reader.read(WARM_UP_TEXT, valid)

    def hear(self, sound: HeardSound, valid: Collection[str] | None, acted: str | None = None) -> list[Interpretation]:
        """Interpret a sound among the valid intents (None: all): readings, background speech, endpoint hints.

        Sounds come in order; parts of an utterance may be skipped. `acted`: the intent on which a part of the utterance
        has acted; then only what else was said in the whole utterance counts.
        """
        content = sound.content
        if acted is None and self._acted is not None and self._acted[0] == sound.utterance:
            acted = self._acted[1]
        match content:
            case SpeechBegan() | BargeInSuspected() | DoubleTalkChanged():
                return []
            case Utterance():
                if acted is not None:
                    return self._hear_rest(sound, content, valid, acted)
                return self._hear_utterance(sound, content, valid)
            case _ if acted is not None:
                return []
            case EndpointCandidate():
                return self._hear_candidate(sound, content, valid)
            case PartialCue():
                urgent = urgent_sentences(self._reader, valid)
                return self._act(sound, self._early.confirm(content, urgent), valid)
            case KeywordCue():
                return self._hear_keyword(sound, content, valid)
            case _:
                assert_never(content)

    def _hear_utterance(
        self, sound: HeardSound, utterance: Utterance, valid: Collection[str] | None
    ) -> list[Interpretation]:
        speech = (utterance.until - utterance.began) / SAMPLE_RATE
        reading = self._understand(sound, utterance, valid)
        reading = cap_background_no(reading, speech, self._background.prominence_db(utterance))
        if reading.intent is None or reading.needs_confirmation:
            level = utterance.peak_db
            reading = barge_in(sound, utterance, level, valid, self._reader, self._background) or reading
        found: list[Interpretation] = [self._understood(sound, reading, utterance.began, utterance.until)]
        for_another = reading.intent is None or (reading.intent != Intent.NO and valid == SCREENING_INTENTS)
        if for_another and not sound.echo_possible:
            self._background.add(utterance)
            found.append(Overheard(utterance))
        return found

    def _hear_rest(
        self, sound: HeardSound, utterance: Utterance, valid: Collection[str] | None, acted: str
    ) -> list[Interpretation]:
        """What else an utterance says of which a part has acted: an alarm, a correction, or a further request."""
        among = None if valid is None else frozenset(valid) | URGENT_INTENTS
        reading = self._understand(sound, utterance, among)
        rest = rest_of(reading, acted)
        if rest is None:
            return []
        understood = self._understood(sound, rest, utterance.began, utterance.until)
        return [replace(understood, after_acting=True, further=rest is not reading)]

    def _understand(self, sound: HeardSound, utterance: Utterance, valid: Collection[str] | None) -> Reading:
        amid = self._background.is_amid(utterance.began, utterance.peak_db)
        if self._speculation is not None and self._speculation.is_of(utterance, valid):
            transcript = self._speculation.transcript
        else:
            transcript = self._transcribe(utterance.samples, valid, sound.streamed)
        before, self._broken_off = self._broken_off, None
        goes_on = before is not None and before.goes_on_with(utterance)
        reading = self._decision.reading(transcript, valid, amid=amid, goes_on=goes_on, echo=sound.echo_possible)
        if before is not None and goes_on and not amid and reading.intent not in SAFETY_INTENTS:
            reading = self._joined(before, utterance, valid) or reading
        elif reading.intent is None or reading.needs_confirmation or reading.intent in ALARM_INTENTS:
            self._broken_off = BrokenOff.of(transcript.text, utterance)
        return reading

    def _joined(self, before: BrokenOff, utterance: Utterance, valid: Collection[str] | None) -> Reading | None:
        """The alarm that this utterance and the one that broke off before it tell together: "my arm is", "numb"."""
        sound = before.with_next(utterance)
        if sound is None:
            return None
        reading = self._decision.reading(self._transcribe(sound, valid), valid)
        return reading if reading.intent in ALARM_INTENTS else None

    def _hear_candidate(
        self, sound: HeardSound, candidate: EndpointCandidate, valid: Collection[str] | None
    ) -> list[Interpretation]:
        hints: list[Interpretation] = []
        # Over Limber's voice urgent sentences come first; while Limber is silent, a quick answer does.
        if not sound.echo.output_playing and self._may_speculate(candidate):
            hints = self._speculate(sound, candidate, valid)
            if not sound.streaming:
                return hints
        ruled_out = self._speculation is not None and self._speculation.rules_out(URGENT_INTENTS, candidate)
        urgent = [] if ruled_out else urgent_sentences(self._reader, valid)
        acts = self._act(sound, self._early.look(candidate, urgent), valid) if urgent else []
        if not acts and candidate.decided - candidate.until >= SPECULATE_AFTER and self._may_speculate(candidate):
            hints += self._speculate(sound, candidate, valid)
        return [*hints, *acts]

    def _may_speculate(self, candidate: EndpointCandidate) -> bool:
        return candidate.until != self._speculated_gap and len(candidate.whole) <= SPECULATION_SAMPLES

    def _speculate(
        self, sound: HeardSound, candidate: EndpointCandidate, valid: Collection[str] | None
    ) -> list[Interpretation]:
        """Read the utterance up to a gap that may be its end; the hint for the endpoint, if the words give one."""
        self._speculated_gap = candidate.until
        if sound.streaming:  # the streaming recogniser's transcript comes only with the endpoint
            sentences = self._reader.speech_grammar.sentences(valid)
            partial = self._recogniser.recognise_partial(candidate.samples, sentences) if candidate.brief else None
            complete = Completeness.UNKNOWN if partial is None else completeness(partial.text, valid)
        else:
            transcript = self._transcribe(candidate.whole, valid)
            reading = self._decision.reading(transcript, valid)
            self._speculation = speculation = SpeculativeReading(candidate, valid, transcript, reading)
            if speculation.sure_intent in URGENT_INTENTS:
                self._early.expect(candidate, speculation.reading.text)
            complete = speculation.complete
        return [] if complete is Completeness.UNKNOWN else [EndpointHint(candidate, complete is Completeness.COMPLETE)]

    def _hear_keyword(self, sound: HeardSound, cue: KeywordCue, valid: Collection[str] | None) -> list[Interpretation]:
        phrase = cue.phrase
        # In long speech, or amid background speech, a keyword is seldom meant for Limber: its endpoint decides.
        long = phrase.decided - phrase.utterance >= BACKGROUND_SAMPLES
        if long or self._background.is_amid(phrase.utterance, peak_level_db(phrase.samples)):
            return []
        urgent = urgent_sentences(self._reader, valid)
        early = self._early.spotted(cue, lambda text: mid_utterance_command(text, cue.words, urgent))
        return self._act(sound, early, valid)

    def _act(
        self, sound: HeardSound, early: EarlyCommand | None, valid: Collection[str] | None
    ) -> list[Interpretation]:
        if early is None:
            return []
        reading = self._reader.read(early.sentence, valid)
        if reading.intent not in URGENT_INTENTS:
            return []
        self._acted = sound.utterance, reading.intent or ""
        return [self._understood(sound, replace(reading, confidence=early.confidence), early.began, early.until)]

    def _understood(self, sound: HeardSound, reading: Reading, began: int, until: int) -> Understood:
        return Understood(reading, began, until, sound.utterance, sound.echo_possible)

    def _transcribe(
        self, samples: Samples, valid: Collection[str] | None, streamed: Transcript | None = None
    ) -> Transcript:
        return transcribe(self._recogniser, self._reader, samples, valid, streamed)
