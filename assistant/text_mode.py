"""The text shell: typed lines in, spoken lines out as text, on the same clock as everything else.

A plain line is taken when Limber has nothing left to say. `@12.5 pause` is taken 12.5 s after the line
before it, whatever is being said; `@wait 60` lets 60 s pass. A person at a terminal is never made to
wait: there, each line is taken when it is typed.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol, TextIO

from assistant.conversation import valid_now
from assistant.errors import LimberError
from assistant.events import Heard
from assistant.stage import Stage
from audio.silent import blank
from audio.timeline import BLOCK_FRAMES, Frame, frames, seconds
from intents.recognize import Recognizer

_TIMED = re.compile(r"@(?P<wait>wait\s+)?(?P<seconds>\d+(?:\.\d+)?)\s*(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input."""

    text: str
    """Empty: nothing is said, only time passes."""
    after: Frame | None = None
    """Taken so long after the line before; None: when Limber has nothing left to say."""


def parse(raw: str) -> Line:
    """A line as typed. Raises LimberError for an `@` line that is neither a time nor a wait."""
    raw = raw.strip()
    if not raw.startswith("@"):
        return Line(raw)
    match = _TIMED.fullmatch(raw)
    if match is None or (match["wait"] and match["text"]):
        raise LimberError(f"input line {raw!r}: write '@SECONDS WORDS' or '@wait SECONDS'")
    return Line(match["text"], frames(float(match["seconds"])))


class Clock(Protocol):
    """How session time passes."""

    def lines(self, source: TextIO) -> "Lines":
        """The lines of a source, as this clock reads them."""
        ...

    def reach(self, frame: Frame) -> None:
        """Return when a frame of session time has come."""
        ...


class Lines(Protocol):
    """Typed lines, in order."""

    def peek(self) -> Line | None:
        """The next line without taking it; None when there is none, at least not yet."""
        ...

    def take(self) -> None:
        """The line last seen is dealt with."""
        ...

    @property
    def over(self) -> bool:
        """No line is left and none will come."""
        ...


class _Read:
    """Lines read when they are needed: time stands still meanwhile."""

    def __init__(self, source: TextIO) -> None:
        self._source: Iterator[str] = iter(source)
        self._next: Line | None = None
        self.over = False

    def peek(self) -> Line | None:
        while self._next is None and not self.over:
            raw = next(self._source, None)
            if raw is None:
                self.over = True
            elif raw.strip():
                self._next = parse(raw)
        return self._next

    def take(self) -> None:
        self._next = None


class _Typed:
    """Lines read by a thread while time goes on."""

    def __init__(self, source: TextIO) -> None:
        self._inbox: SimpleQueue[str | None] = SimpleQueue()
        self._next: Line | None = None
        self.over = False
        Thread(target=self._pump, args=(source,), daemon=True).start()

    def _pump(self, source: TextIO) -> None:
        for raw in source:
            self._inbox.put(raw)
        self._inbox.put(None)

    def peek(self) -> Line | None:
        while self._next is None and not self.over:
            try:
                raw = self._inbox.get_nowait()
            except Empty:
                return None
            if raw is None:
                self.over = True
            elif raw.strip():
                self._next = parse(raw)
        return self._next

    def take(self) -> None:
        self._next = None


class FastClock:
    """Time passes without waiting."""

    def lines(self, source: TextIO) -> Lines:
        """Read when needed."""
        return _Read(source)

    def reach(self, frame: Frame) -> None:
        """At once."""


class WallClock:
    """Time passes as on the wall."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def lines(self, source: TextIO) -> Lines:
        """Read as they are typed."""
        return _Typed(source)

    def reach(self, frame: Frame) -> None:
        """Sleep until then."""
        time.sleep(max(0.0, self._began + seconds(frame) - time.monotonic()))


def converse(stage: Stage, recognizer: Recognizer, source: TextIO, clock: Clock) -> None:
    """Take lines until there are no more, finish what is being said, and return."""
    lines, at_once = clock.lines(source), source.isatty()
    block = blank(BLOCK_FRAMES)
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
                reading = recognizer.read(line.text, valid_now(stage.conversation))
                stage.take(Heard(reading, now, now, "key"))
            continue
        clock.reach(now)
        stage.render(block)
