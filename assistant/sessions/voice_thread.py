"""The synthesis thread: renders the clips that the stage asks for, and while idle those it will probably need next."""

from collections.abc import Callable
from queue import SimpleQueue

from assistant.dialogue.actions import Prepare
from assistant.dialogue.events import Ready
from assistant.sessions.clip_store import ClipStore
from audio.score import Sound


class VoiceThread:
    """The thread's queue of orders, filled by the stage's thread, and its loop, `run`."""

    def __init__(self, clips: ClipStore, ready: Callable[[Ready], None]) -> None:
        """`ready`: called in the synthesis thread with each answer."""
        self._clips, self._ready = clips, ready
        self._orders: SimpleQueue[Prepare | tuple[Sound, ...] | None] = SimpleQueue()

    def request(self, prepare: Prepare) -> None:
        """Order the sounds of an action; they come before all predicted sounds."""
        self._orders.put(prepare)

    def foresee(self, sounds: tuple[Sound, ...]) -> None:
        """Order predicted sounds, rendered in this order while nothing else is ordered."""
        self._orders.put(sounds)

    def close(self) -> None:
        """Make `run` return."""
        self._orders.put(None)

    def run(self) -> None:
        """Carry out orders until closed. Raises AudioError where a line cannot be spoken."""
        while (order := self._orders.get()) is not None:
            if isinstance(order, Prepare):
                self._ready(Ready(order.id, self._clips.prepare(order.sounds)))
                continue
            for sound in order:
                if not self._orders.empty():
                    break
                self._clips.clip(sound)
