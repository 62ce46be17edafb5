"""The typed session: lines of text instead of speech in both directions, on the frame clock of every session.

A plain line is taken when Limber has nothing left to say. `@12.5 pause` is taken 12.5 s after the line before it,
whatever is being said; `@wait 60` lets 60 s pass. At a terminal each line is taken as soon as it is typed. A line that
holds nothing but a key of a live session, the space too, means what that key means.
"""

import re
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from assistant.dialogue.events import Heard
from assistant.dialogue.state import state_of, valid_now
from assistant.errors import LimberError
from assistant.script import KEYS_KEY
from assistant.sessions import keyboard
from assistant.sessions.own.routine_watch import RoutineWatch
from assistant.sessions.stage import Stage, look_at_routines
from audio.frames import BLOCK_FRAMES, Frame, frames, seconds
from audio.samples import silence
from intents.model import Reading
from intents.reader import IntentReader

_TIMED = re.compile(r"@(?P<wait>wait\s+)?(?P<seconds>\d+(?:\.\d+)?)\s*(?P<text>.*)")
"""A line with a time: `@SECONDS WORDS` or `@wait SECONDS`."""


LEAP_BLOCKS = 500
"""Most blocks (10 s) that are rendered at once where nothing happens in them."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of input."""

    text: str
    """The words; empty: nothing is said, only time passes."""
    after: Frame | None = None
    """Time after the line before it, in frames; None: the line is taken when Limber has nothing left to say."""


def parse_line(raw: str) -> TypedLine:
    """Parse a line as typed; spaces alone are the space key.

    Raises LimberError for an `@` line that is neither a time nor a wait.
    """
    raw = raw.strip() or raw.strip("\r\n")[:1]
    if not raw.startswith("@"):
        return TypedLine(raw)
    match = _TIMED.fullmatch(raw)
    if match is None or (match["wait"] and match["text"]):
        raise LimberError(f"input line {raw!r}: write '@SECONDS WORDS' or '@wait SECONDS'")
    return TypedLine(match["text"], frames(float(match["seconds"])))


class TypedLines:
    """A queue of typed lines. `over`: no line is left, and none will come."""

    def __init__(self, fetch: Callable[[], str | None]) -> None:
        """`fetch` gives the next line as typed, None at the end, and raises Empty while no line is there."""
        self._fetch = fetch
        self._next: TypedLine | None = None
        self.over = False

    @property
    def ahead(self) -> bool:
        """Whether `peek` need not fetch a line."""
        return self._next is not None or self.over

    def peek(self) -> TypedLine | None:
        """The next line, which stays in the queue; None: there is none, or not yet.

        Raises LimberError, once, for a line that is not understood; that line is gone.
        """
        while self._next is None and not self.over:
            try:
                raw = self._fetch()
            except Empty:
                return None
            if raw is None:
                self.over = True
            elif raw.strip("\r\n"):
                self._next = parse_line(raw)
        return self._next

    def take(self) -> None:
        """Remove the line that `peek` gave."""
        self._next = None


class Clock(Protocol):
    """How session time passes in a typed session."""

    leaps: bool
    """Whether time in which nothing happens passes in long steps."""

    def lines(self, source: Iterable[str]) -> TypedLines:
        """Read the lines of a source, blocking or not as suits the clock."""
        ...

    def reach(self, frame: Frame) -> None:
        """Return when session time has reached a frame."""
        ...


class FastClock:
    """Session time that passes without waiting, and stands still while a line is read."""

    leaps = True

    def lines(self, source: Iterable[str]) -> TypedLines:
        """Read each line when it is asked for, blocking."""
        typed = iter(source)
        return TypedLines(lambda: next(typed, None))

    def reach(self, frame: Frame) -> None:
        """Return at once."""


class WallClock:
    """Session time that passes as real time does."""

    leaps = False

    def __init__(self) -> None:
        self._began = time.monotonic()

    def lines(self, source: Iterable[str]) -> TypedLines:
        """Read lines in a thread as they are typed, without blocking the session."""
        inbox: SimpleQueue[str | None] = SimpleQueue()

        def pump() -> None:
            for raw in source:
                inbox.put(raw)
            inbox.put(None)

        Thread(target=pump, daemon=True).start()
        return TypedLines(inbox.get_nowait)

    def reach(self, frame: Frame) -> None:
        """Sleep until session time has reached a frame."""
        time.sleep(max(0.0, self._began + seconds(frame) - time.monotonic()))


def converse(
    stage: Stage,
    reader: IntentReader,
    source: Iterable[str],
    clock: Clock,
    turn: Callable[[], None] = lambda: None,
    watch: RoutineWatch | None = None,
    *,
    at_once: bool = False,
) -> None:
    """Run a typed session: take lines until there are no more, finish what is being said, and return.

    `at_once`: whether a plain line is taken whatever is being said, as at a terminal.
    `turn`: called each time that Limber has nothing left to say, so that it is the person's turn. A line that cannot be
    parsed is refused on standard error, and the session goes on. `watch`: looks for routine files; None: nobody does.
    """
    lines = clock.lines(source)
    out = silence((LEAP_BLOCKS if clock.leaps else 1) * BLOCK_FRAMES)
    taken: Frame = 0
    asked = False
    stage.start()
    while True:
        if stage.quiet and not asked:
            turn()
        asked = stage.quiet
        if clock.leaps and not lines.ahead:
            stage.write()  # time stands still until the line is there
        try:
            line = lines.peek()
        except LimberError as refusal:
            print(refusal, file=sys.stderr, flush=True)
            asked = False
            continue
        look_at_routines(stage, watch)
        if line is None and lines.over and stage.quiet:
            return
        now = stage.mixer.frame
        due = line is not None and (now >= taken + line.after if line.after is not None else stage.quiet or at_once)
        if line is not None and due:
            lines.take()
            taken, asked = now, False
            if line.text == keyboard.END_KEY:
                return
            if line.text:
                stage.hear(Heard(_reading(stage, reader, line.text), now, now, "key"), reader.read)
            continue
        clock.reach(now)
        comes = None if line is None or line.after is None else taken + line.after
        blocks = _eventless_blocks(now, comes, stage.due, stage.mixer.eventless_until) if clock.leaps else 1
        stage.render(out[: blocks * BLOCK_FRAMES])


def _eventless_blocks(now: Frame, *events: Frame | None) -> int:
    """How many blocks from `now` on are over before the first of these events, as one step of time; at least one."""
    first = min((event for event in events if event is not None), default=now)
    return min(max(1, (first - now) // BLOCK_FRAMES), LEAP_BLOCKS)


def _reading(stage: Stage, reader: IntentReader, text: str) -> Reading:
    """What a line means: a key, or words."""
    if text == KEYS_KEY:
        print(keyboard.HELP, file=sys.stderr, flush=True)
    reader.learn(stage.conversation.own.known, stage.conversation.settings.wake_phrase)
    key = None if text in keyboard.DIGITS else keyboard.meaning_of_key(text, state_of(stage.conversation))
    return key or reader.read(text, valid_now(stage.conversation))
