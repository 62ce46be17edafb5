"""The machines of listening in one loop, as a rehearsal runs them, without a stage: what is understood is returned."""

from collections.abc import Collection

from assistant.listening.front_end import FrontEnd
from assistant.listening.interpreter import Interpreter
from assistant.listening.sounds import EndpointHint, HeardSound, Overheard, Understood
from assistant.sessions.voice_events import VoiceEvents, is_early
from audio.aec.status import SILENT_OUTPUT, EchoStatus
from audio.asr.recogniser import Recogniser
from audio.samples import Clip
from intents.model import Reading
from intents.reader import IntentReader


class Hearing:
    """Front end, interpreter and what the loop knows of them."""

    def __init__(self, recogniser: Recogniser, reader: IntentReader) -> None:
        self.front_end, self.interpreter = FrontEnd(recogniser, reader), Interpreter(recogniser, reader)
        self._voices = VoiceEvents(reader)

    def listen(
        self, samples: Clip, valid: Collection[str] | None = None, echo: EchoStatus = SILENT_OUTPUT
    ) -> list[HeardSound]:
        """Feed the front end: mono, 16 kHz."""
        return self.front_end.feed(samples, valid, echo)

    def hear(self, sound: HeardSound, valid: Collection[str]) -> Understood | None:
        """What a sound means, if it acts; hints go to the front end."""
        intents = frozenset(valid)
        understood = self._voices.urgent(sound, intents)
        if understood is not None or not self._voices.can_act(sound):
            return understood
        for found in self.interpreter.hear(sound, intents, self._voices.acted(sound.utterance)):
            match found:
                case EndpointHint():
                    self.front_end.hint(found)
                case Overheard():
                    self._voices.overheard(found)
                case Understood():
                    if self._voices.admits(found, early=is_early(sound)):
                        understood = found
        return understood

    def understand(self, sound: HeardSound, valid: Collection[str]) -> Reading:
        """The reading of an utterance's sound, whatever came before it."""
        found = [each for each in self.interpreter.hear(sound, frozenset(valid)) if isinstance(each, Understood)]
        return found[0].reading
