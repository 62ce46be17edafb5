"""A stage whose link to the mixer is slow: every command and every answer arrives late, by lengths a test chooses.

Two real machines, the conversation and the mixer, joined by a fake link.
"""

from collections import deque
from collections.abc import Iterable, Mapping

from assistant.dialogue.actions import Action, Note, Prepare, SetVolume
from assistant.dialogue.events import Event, Heard, Ready
from assistant.dialogue.state import Conversation
from assistant.guidance.schema import Guidance
from assistant.sessions.stage import Stage, events_of
from audio.frames import Frame
from audio.samples import silence
from audio.tts.silent import SilentVoice
from intents.model import NO_SLOTS, Intent, Reading


def said(intent: str, at: Frame = 0, /, **slots: str) -> Heard:
    """Somebody said, surely and just now, what means this intent."""
    return Heard(Reading(intent, intent, slots or NO_SLOTS, 1.0), at, at)


class SlowStage(Stage):
    """Commands reach the mixer, and answers come back, some blocks after they were sent, in order."""

    def __init__(self, conversation: Conversation, guidance: Guidance, delays: Iterable[int]) -> None:
        super().__init__(conversation, guidance, SilentVoice())
        self._delays = iter(delays)
        self._blocks = 0
        self._commands: deque[tuple[int, Action]] = deque()
        self._answers: deque[tuple[int, Event]] = deque()

    def _late(self) -> int:
        return self._blocks + next(self._delays, 0)

    def _perform(self, action: Action) -> None:
        match action:
            case Note():
                super()._perform(action)
            case Prepare(id=id, sounds=sounds):
                self._answers.append((self._late(), Ready(id, SilentVoice().prepare(sounds))))
            case SetVolume() | _:
                self._commands.append((self._late(), action))

    def advance(self, block: Frame) -> None:
        """Let one block pass: deliver what is due, render, collect the answers."""
        self._blocks += 1
        while self._commands and self._commands[0][0] <= self._blocks:
            super()._perform(self._commands.popleft()[1])
        for report in self.mixer.render(silence(block)):
            self._answers += [(self._late(), event) for event in events_of(report, self._playback)]
        while self._answers and self._answers[0][0] <= self._blocks:
            self.take(self._answers.popleft()[1])

    def goes_through(
        self, steps: Iterable[tuple[int, str]], slots: Mapping[Intent, Mapping[str, str]], rest: int
    ) -> None:
        """Somebody says each intent, with its `slots`, after so many blocks of 0.1 s; then `rest` more blocks pass."""
        for blocks, intent in steps:
            for _ in range(blocks):
                self.advance(4_800)
            self.take(said(intent, self.mixer.frame, **slots.get(Intent(intent), {})))
        for _ in range(rest):
            self.advance(4_800)

    @property
    def settled(self) -> bool:
        """Nothing is under way, neither in the conversation nor on the link."""
        return self.quiet and not self._commands and not self._answers
