"""The text shell: typed lines in, spoken lines out as text, on the same clock as everything else.

A plain line is taken when Limber has nothing left to say. `@12.5 pause` is taken 12.5 s after the line
before it, whatever is being said; `@wait 60` lets 60 s pass. A person at a terminal is never made to
wait: there, each line is taken when it is typed.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol, TextIO

from assistant.dialogue.events import Heard
from assistant.dialogue.state import valid_now
from assistant.errors import LimberError
from assistant.sessions.stage import Stage
from audio.frames import BLOCK_FRAMES, Frame, frames, seconds
from audio.samples import silence
from intents.reader import IntentReader

_TIMED = re.compile(r"@(?P<wait>wait\s+)?(?P<seconds>\d+(?:\.\d+)?)\s*(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of input."""

    text: str
    """Empty: nothing is said, only time passes."""
    after: Frame | None = None
    """Taken so long after the line before; None: when Limber has nothing left to say."""


def parse_line(raw: str) -> TypedLine:
    """A line as typed. Raises LimberError for an `@` line that is neither a time nor a wait."""
    raw = raw.strip()
    if not raw.startswith("@"):
        return TypedLine(raw)
    match = _TIMED.fullmatch(raw)
    if match is None or (match["wait"] and match["text"]):
        raise LimberError(f"input line {raw!r}: write '@SECONDS WORDS' or '@wait SECONDS'")
    return TypedLine(match["text"], frames(float(match["seconds"])))


class TypedLines:
    """Typed lines, in order."""

    def __init__(self, fetch: Callable[[], str | None]) -> None:
        """`fetch` gives the next line as typed; None: there are no more. It raises Empty when none is there yet."""
        self._fetch = fetch
        self._next: TypedLine | None = None
        self.over = False
        """No line is left and none will come."""

    def peek(self) -> TypedLine | None:
        """The next line without taking it; None when there is none, at least not yet."""
        while self._next is None and not self.over:
            try:
                raw = self._fetch()
            except Empty:
                return None
            if raw is None:
                self.over = True
            elif raw.strip():
                self._next = parse_line(raw)
        return self._next

    def take(self) -> None:
        """The line last seen is dealt with."""
        self._next = None


class Clock(Protocol):
    """How session time passes."""

    def lines(self, source: TextIO) -> TypedLines:
        """The lines of a source, as this clock reads them."""
        ...

    def reach(self, frame: Frame) -> None:
        """Return when a frame of session time has come."""
        ...


class FastClock:
    """Time passes without waiting, and stands still while a line is read."""

    def lines(self, source: TextIO) -> TypedLines:
        """Read when needed."""
        typed = iter(source)
        return TypedLines(lambda: next(typed, None))

    def reach(self, frame: Frame) -> None:
        """At once."""


class WallClock:
    """Time passes as on the wall."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def lines(self, source: TextIO) -> TypedLines:
        """Read by a thread as they are typed."""
        inbox: SimpleQueue[str | None] = SimpleQueue()

        def pump() -> None:
            for raw in source:
                inbox.put(raw)
            inbox.put(None)

        Thread(target=pump, daemon=True).start()
        return TypedLines(inbox.get_nowait)

    def reach(self, frame: Frame) -> None:
        """Sleep until then."""
        time.sleep(max(0.0, self._began + seconds(frame) - time.monotonic()))


def converse(stage: Stage, reader: IntentReader, source: TextIO, clock: Clock) -> None:
    """Take lines until there are no more, finish what is being said, and return."""
    lines, at_once = clock.lines(source), source.isatty()
    block = silence(BLOCK_FRAMES)
    taken: Frame = 0
    stage.start()
    while True:
        line = lines.peek()
        if line is None and lines.over and stage.quiet:
            return
        now = stage.mixer.frame
        due = line is not None and (now >= taken + line.after if line.after is not None else stage.quiet or at_once)
        if line is not None and due:
            lines.take()
            taken = now
            if line.text:
                reading = reader.read(line.text, valid_now(stage.conversation))
                stage.hear(Heard(reading, now, now, "key"), reader.read)
            continue
        clock.reach(now)
        stage.render(block)
