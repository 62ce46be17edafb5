"""Voice events: translates sounds and interpretations into events of the dialogue, for live and rehearsed sessions.

The session's loop owns this state: which utterances have acted, and what background speech there was.
"""

from collections import deque
from collections.abc import Callable
from typing import TypeAlias

from assistant.dialogue.events import Heard, VoiceBegan, VoiceEnded
from assistant.listening import urgent
from assistant.listening.background_speech import BackgroundSpeech
from assistant.listening.sounds import (
    BargeInSuspected,
    DoubleTalkChanged,
    HeardSound,
    Overheard,
    PartOfUtterance,
    Understood,
)
from audio.frames import Frame
from audio.vad.utterance import SpeechBegan, Utterance
from intents.reader import IntentReader

FrameOf: TypeAlias = Callable[[int], Frame]
"""Gives the speaker frame (48 kHz) at which a sample of the microphone (16 kHz) was in the air."""

REMEMBERED_UTTERANCES = 8
"""Number of utterances, those that acted last, whose late results are ignored; results come within seconds."""


class VoiceEvents:
    """Lets every utterance act at most once, and keeps the loop's record of background speech."""

    def __init__(self, reader: IntentReader) -> None:
        self._reader = reader
        self._acted: deque[tuple[int, str]] = deque(maxlen=REMEMBERED_UTTERANCES)
        """The utterances of which a part has acted, each with the intent of that part."""
        self._background = BackgroundSpeech()

    def urgent(self, sound: HeardSound, valid: frozenset[str]) -> Understood | None:
        """The command that a sound gives without the recogniser, which may be busy; None: none.

        That is a lone "stop" or "pause" over Limber's voice.
        """
        if self.acted(sound.utterance) is not None:
            return None
        understood = urgent.decide(sound, valid, self._reader, self._background)
        if understood is not None:
            self._acted.append((sound.utterance, understood.reading.intent or ""))
        return understood

    def acted(self, utterance: int) -> str | None:
        """The intent on which a part of an utterance, named by its first sample, has acted; None: none has."""
        return next((intent for each, intent in self._acted if each == utterance), None)

    def can_act(self, sound: HeardSound) -> bool:
        """Whether a sound can still act: a part of an utterance that has acted cannot, the whole of it can."""
        return self.acted(sound.utterance) is None or isinstance(sound.content, Utterance)

    def admits(self, understood: Understood, *, early: bool) -> bool:
        """Whether a reading becomes an event: an utterance acts once, apart from what its rest adds.

        `early`: the reading is of a part of the utterance; the utterance counts as having acted from then on.
        """
        acted = self.acted(understood.utterance) is not None
        if early and not acted:
            self._acted.append((understood.utterance, understood.reading.intent or ""))
        return not acted or understood.after_acting

    def overheard(self, overheard: Overheard) -> None:
        """Add an utterance that was not meant for Limber to the background speech."""
        self._background.add(overheard.utterance)


def is_early(sound: HeardSound) -> bool:
    """Whether a sound is a part of an utterance that had not ended."""
    return isinstance(sound.content, PartOfUtterance)


def voice_event(sound: HeardSound, frame: FrameOf) -> VoiceBegan | VoiceEnded | None:
    """The event for an onset, a suspected barge-in or a change of double-talk; None: the sound is none of these.

    While residual echo may be audible, an onset may be Limber's own voice, and gives no event.
    """
    match sound.content:
        case SpeechBegan(at=at):
            return None if sound.echo.echo_audible else VoiceBegan(frame(at))
        case BargeInSuspected(at=at):
            return None if sound.echo.echo_audible else VoiceBegan(frame(at), suspected=True)
        case DoubleTalkChanged(began=began, decided=decided):
            return VoiceBegan(frame(decided)) if began else VoiceEnded(frame(decided))
        case _:
            return None


def heard_event(understood: Understood, frame: FrameOf) -> Heard:
    """The event for a reading."""
    began, until = frame(understood.began), frame(understood.until)
    return Heard(understood.reading, began, until, follows=understood.further)
