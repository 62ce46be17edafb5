"""From what the front end and the interpreter find to the events of the dialogue: the one translation there is.

The loop that steps the dialogue owns this state: which utterances were acted on, and who else talks in the room.
"""

from collections import deque
from collections.abc import Callable
from typing import TypeAlias

from assistant.dialogue.events import Heard, VoiceBegan, VoiceEnded
from assistant.listening import urgent
from assistant.listening.background_speech import BackgroundSpeech
from assistant.listening.interpreter import AFTER_ACTING
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
from intents.model import Intent
from intents.reader import IntentReader

FrameOf: TypeAlias = Callable[[int], Frame]
"""The frame that left the speaker when a sample of the microphone was in the air."""

REMEMBERED_UTTERANCES = 8
"""Utterances acted on that are remembered: an utterance is interpreted within seconds of its end."""


class VoiceEvents:
    """What the loop knows of the voices that it hears."""

    def __init__(self, reader: IntentReader) -> None:
        self._reader = reader
        self._acted: deque[int] = deque(maxlen=REMEMBERED_UTTERANCES)
        self._background = BackgroundSpeech()

    def urgent(self, sound: HeardSound, valid: frozenset[str]) -> Understood | None:
        """What acts without the recogniser, which may be busy: a lone "stop" over Limber's own voice."""
        if sound.utterance in self._acted:
            return None
        understood = urgent.decide(sound, valid, self._reader, self._background)
        if understood is not None:
            self._acted.append(sound.utterance)
        return understood

    def to_interpret(self, sound: HeardSound, valid: frozenset[str]) -> frozenset[str] | None:
        """The intents among which a sound is to be interpreted; None: nothing in it can act any more."""
        if sound.utterance not in self._acted:
            return valid
        return AFTER_ACTING if isinstance(sound.content, Utterance) else None

    def admits(self, understood: Understood, *, early: bool) -> bool:
        """Whether an interpretation counts: an utterance acts once, but for the red flags in it.

        `early`: it is of a part of the utterance, which has acted with it.
        """
        acted = understood.utterance in self._acted
        if early and not acted:
            self._acted.append(understood.utterance)
        return not acted or understood.reading.intent == Intent.RED_FLAG

    def overheard(self, overheard: Overheard) -> None:
        """Remember an utterance that was not for Limber."""
        self._background.add(overheard.utterance)


def is_early(sound: HeardSound) -> bool:
    """Whether a sound is a part of an utterance that has not ended."""
    return isinstance(sound.content, PartOfUtterance)


def voice_event(sound: HeardSound, frame: FrameOf) -> VoiceBegan | VoiceEnded | None:
    """What a sound tells of somebody's voice before it is known what they say; None: nothing.

    An onset is nobody's for certain while the canceller leaves Limber's own voice in the sound.
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
    """The event of an interpretation."""
    return Heard(understood.reading, frame(understood.began), frame(understood.until))
