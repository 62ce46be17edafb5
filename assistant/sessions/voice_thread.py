"""The voice's thread: it makes ready what the stage asks for, and in between what is likely asked for next."""

from collections.abc import Callable
from queue import SimpleQueue

from assistant.dialogue.actions import Prepare
from assistant.dialogue.events import Ready
from assistant.sessions.clip_store import ClipStore
from audio.score import Sound


class VoiceThread:
    """Orders come through a queue from the stage's thread; `run` is this thread's own."""

    def __init__(self, clips: ClipStore, ready: Callable[[Ready], None]) -> None:
        """`ready` is told each answer, in this thread."""
        self._clips, self._ready = clips, ready
        self._orders: SimpleQueue[Prepare | tuple[Sound, ...] | None] = SimpleQueue()

    def request(self, prepare: Prepare) -> None:
        """Make the sounds of an action ready, before anything foreseen."""
        self._orders.put(prepare)

    def foresee(self, sounds: tuple[Sound, ...]) -> None:
        """Make sounds ready while nothing is asked for, in this order."""
        self._orders.put(sounds)

    def close(self) -> None:
        """Let `run` return."""
        self._orders.put(None)

    def run(self) -> None:
        """Obey until closed. Raises AudioError where a line cannot be spoken."""
        while (order := self._orders.get()) is not None:
            if isinstance(order, Prepare):
                self._ready(Ready(order.id, self._clips.prepare(order.sounds)))
                continue
            for sound in order:
                if not self._orders.empty():
                    break
                self._clips.clip(sound)
