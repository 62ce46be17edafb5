"""Typed conversations: the format they are written in, and a conversation held.

A file holds conversations. Each begins with a line `# title`; then come, a line each:

    kind: WORD               what it is counted under
    start: ISO TIME          the civil time at which it begins
    > words                  typed when Limber has nothing left to say
    >@12 words               typed 12 s after the line before it, whatever is being said
    wait 60                  60 s pass
    expect CHECK             CHECK holds between this line of typing and the next
    never CHECK              CHECK does not hold there

CHECK is one of these, or has one of these after `within SECONDS` or `after SECONDS`, counted from the line of typing:

    said /REGEX/             one of the spoken lines, or all of them together, match
    first said /REGEX/       the first of the spoken lines matches
    EVENT [FIELD=VALUE]...   the timeline has such an entry; FIELD may be a slot
"""

import io
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.dialogue.state import Conversation
from assistant.guidance.schema import Guidance
from assistant.sessions.stage import Stage
from assistant.sessions.typed import FastClock, converse
from assistant.timeline.entries import as_json
from audio.tts.silent import SilentVoice
from benchmarks.rig.places import ROOT
from intents.reader import IntentReader

CONVERSATIONS = ROOT / "tests" / "conversations"
"""The conversations that belong to the project."""
ORDINARY_START = "2026-01-12T09:30+00:00"
"""ISO time at which a conversation begins that names none."""
TAKEN = {"heard", "not_understood", "red_flag"}
"""The events that tell when a typed line was taken."""
EARLY = 1e-6
"""Tolerance of times, in seconds: the timeline rounds them."""

Event = Mapping[str, Any]
"""A line of the timeline."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One check."""

    line: str
    """The check as it was written."""
    wanted: bool
    """Whether it must hold; False: it must not."""
    since: float
    """Seconds after the typing from which it is looked for."""
    until: float
    """Seconds after the typing up to which it is looked for."""
    pattern: re.Pattern[str] | None
    """What a spoken line matches; None: the check is about an event."""
    first: bool
    """Whether only the first spoken line counts."""
    event: str
    """Name of the event; empty: the check is about spoken lines."""
    fields: Mapping[str, str]
    """Values that the event has, by field or slot."""

    def there(self, events: Sequence[Event], begin: float, end: float) -> bool:
        """Whether this is found among the events from `begin` to `end`, both in seconds of the session."""
        since, until = begin + self.since, min(end, begin + self.until)
        inside = [event for event in events if since - EARLY <= event["at"] < until]
        if self.pattern is None:
            return any(event["event"] == self.event and self._agrees(event) for event in inside)
        said = [event["text"] for event in inside if event["event"] == "said"]
        texts = said[:1] if self.first else [*said, " ".join(said)]
        return any(self.pattern.search(text) for text in texts)

    def _agrees(self, event: Event) -> bool:
        slots = event.get("slots") or {}
        return all(str(event.get(name, slots.get(name))) == value for name, value in self.fields.items())


@dataclass(slots=True)
class TypedTurn:
    """A line of typing or a wait, with its checks."""

    words: str
    """What is typed; empty: time passes."""
    after: float | None
    """Seconds after the line before it (of a wait: its length); None: when Limber has nothing left to say."""
    checks: list[Wanted] = field(default_factory=list)
    """What is looked for from here to the next turn."""

    @property
    def typed(self) -> str:
        """The line for the typed session."""
        if not self.words:
            return f"@wait {self.after:g}"
        return self.words if self.after is None else f"@{self.after:g} {self.words}"


@dataclass(slots=True)
class TypedTalk:
    """A conversation."""

    title: str
    """What it is about."""
    kind: str
    """What it is counted under."""
    where: str
    """File and line."""
    start: str = ""
    """ISO time at which it begins; empty: ORDINARY_START."""
    turns: list[TypedTurn] = field(default_factory=list)
    """Its lines, in order."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A check that failed."""

    words: str
    """The line of typing that it follows; empty: a wait."""
    check: str
    """The check as it was written."""
    said: tuple[str, ...]
    """What was said between this line and the next."""

    def __str__(self) -> str:
        return f"after {self.words or 'the wait'!r}: {self.check}; said {list(self.said[:4])}"


def read_check(line: str) -> Wanted:
    """Parse a line `expect ...` or `never ...`. Raises ValueError for a line that is no check."""
    verb, _, words = line.partition(" ")
    since, until = 0.0, float("inf")
    if limited := re.match(r"(within|after) ([\d.]+) (.+)", words):
        if limited[1] == "within":
            until = float(limited[2])
        else:
            since = float(limited[2])
        words = limited[3]
    if said := re.fullmatch(r"(first )?said /(.*)/", words):
        return Wanted(line, verb == "expect", since, until, re.compile(said[2], re.IGNORECASE), bool(said[1]), "", {})
    event, *fields = shlex.split(words)
    if not re.fullmatch(r"[a-z_]+", event) or not all("=" in each for each in fields):
        raise ValueError(f"not a check: {line}")
    wanted = dict(each.split("=", 1) for each in fields)
    return Wanted(line, verb == "expect", since, until, None, False, event, wanted)


def read_talks(path: Path) -> list[TypedTalk]:
    """Parse a file, or each text file of a folder. Raises ValueError, with file and line, for a line that is none."""
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    return [talk for file in files for talk in _talks_of(file)]


def _talks_of(file: Path) -> list[TypedTalk]:
    talks: list[TypedTalk] = []
    for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line:
            continue
        try:
            if line.startswith("# "):
                talks.append(TypedTalk(line[2:], file.stem, f"{file.name}:{number}"))
            else:
                _add(talks[-1], line)
        except (ValueError, IndexError, re.error) as wrong:
            raise ValueError(f"{file.name}:{number}: not a line of a conversation: {line}") from wrong
    return talks


def _add(talk: TypedTalk, line: str) -> None:
    """Add a line to the conversation that it stands in."""
    if line.startswith("kind:"):
        talk.kind = line.removeprefix("kind:").strip()
    elif line.startswith("start:"):
        talk.start = line.removeprefix("start:").strip()
    elif typed := re.fullmatch(r">(?:@([\d.]+))?\s*(.+)", line):
        talk.turns.append(TypedTurn(typed[2], float(typed[1]) if typed[1] else None))
    elif line.startswith("wait "):
        talk.turns.append(TypedTurn("", float(line.removeprefix("wait "))))
    elif line.startswith(("expect ", "never ")):
        talk.turns[-1].checks.append(read_check(line))
    else:
        raise ValueError(line)


def hold_talk(talk: TypedTalk, reader: IntentReader, guidance: Guidance) -> list[Miss]:
    """Hold a conversation in an empty profile; the checks that fail."""
    return list(_misses(talk, events_of_talk(talk, reader, guidance)))


def events_of_talk(talk: TypedTalk, reader: IntentReader, guidance: Guidance) -> list[Event]:
    """Hold a conversation in an empty profile; its timeline."""
    civil = datetime.fromisoformat(talk.start or ORDINARY_START)
    stage = Stage(Conversation(civil_start=civil), guidance, SilentVoice())
    typed = "".join(f"{turn.typed}\n" for turn in talk.turns)
    converse(stage, reader, io.StringIO(typed), FastClock())
    return [as_json(at, entry) for at, entry in stage.timeline.lines]


def _misses(talk: TypedTalk, events: Sequence[Event]) -> Iterator[Miss]:
    begins = list(_begins(talk, events))
    for turn, begin, end in zip(talk.turns, begins, [*begins[1:], float("inf")], strict=True):
        for check in turn.checks:
            if check.there(events, begin, end) != check.wanted:
                spoken = (e["text"] for e in events if e["event"] == "said" and begin - EARLY <= e["at"] < end)
                yield Miss(turn.words, check.line, tuple(spoken))


def _begins(talk: TypedTalk, events: Sequence[Event]) -> Iterator[float]:
    """When each turn takes effect, in seconds; a wait begins with the line before it."""
    now = 0.0
    for turn in talk.turns:
        if not turn.words:
            yield now
            now += turn.after or 0.0
            continue
        taken = (
            event["at"]
            for event in events
            if event["event"] in TAKEN and event["at"] >= now - EARLY and _same(event["text"] or "", turn.words)
        )
        now = next(taken, now + (turn.after or 0.0))
        yield now


def _same(heard: str, typed: str) -> bool:
    """Whether two texts have the same words."""
    return re.findall(r"[a-z0-9]+", heard.lower()) == re.findall(r"[a-z0-9]+", typed.lower())
