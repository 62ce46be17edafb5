"""Measures how much is understood of sentences that nobody has looked at, and writes benchmarks/sealed/figures.md.

    .venv/bin/python -m benchmarks.sealed

Prints figures and never a sentence: whoever sees what fails would mend that, and the sets would measure nothing more.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.commands.after_waking import once_awake
from assistant.guidance.loader import load_guidance
from assistant.guidance.schema import Guidance
from assistant.states import VALID, State
from benchmarks.conversations.talks import hold_talk, read_talks
from benchmarks.rig.places import ROOT, TRAINING_PHRASES
from intents.model import Intent, Meant, Reading
from intents.reader import IntentReader
from intents.told_names import told

SEALED = Path(__file__).parent
"""The folder of the sealed sets."""
SEALED_PAGE = SEALED / "figures.md"
"""The page that is written."""
ALARMS = {Intent.RED_FLAG, Intent.CALL_FOR_HELP, Intent.SELF_HARM}
"""What a person in danger may be read as."""

SEALED_HEAD = """# Sealed: figures on sentences that nobody has looked at

`python -m benchmarks.sealed` writes this page. Its sets are in `benchmarks/sealed/`; they were written before the code
that they measure. Phrases that the training text has come to hold word by word are left out of the counts.

Measured at commit {commit}.

| set | counted | of | share |
| --- | ---: | ---: | ---: |
"""
"""The head of the page, with a field for the commit."""

SealedRow = tuple[str, int, int]
"""A row of the table: what is counted, how many, of how many."""


def main() -> None:
    """Measure every set, write the page and print it."""
    reader, guidance = IntentReader.coach(), load_guidance()
    known = training_text()
    rows: list[SealedRow] = []
    for measured in (
        commands(reader, unseen("commands", known)),
        talk(reader, unseen("talk", known)),
        red_flags(reader, unseen("red_flags", known)),
        not_red_flags(reader, unseen("not_red_flags", known)),
        conversations(reader, guidance),
    ):
        rows += measured
    table = "\n".join(f"| {what} | {count} | {of} | {count / max(1, of):.1%} |" for what, count, of in rows)
    SEALED_PAGE.write_text(SEALED_HEAD.format(commit=present_commit()) + table + "\n", encoding="utf-8")
    print(table)


def commands(reader: IntentReader, phrases: Sequence[Mapping[str, Any]]) -> Iterator[SealedRow]:
    """Commands whose intent is right, and those whose every named slot is right too."""
    readings = [(phrase, in_state(reader, phrase)) for phrase in phrases]
    yield "commands: intent and slots right", sum(agrees(p, r) for p, r in readings), len(readings)
    yield (
        "commands taken for a red flag",
        sum(alarm(r) and p["intent"] not in ALARMS for p, r in readings),
        len(readings),
    )


def talk(reader: IntentReader, phrases: Sequence[Mapping[str, Any]]) -> Iterator[SealedRow]:
    """Other talk that is taken for a command, and that raises an alarm."""
    readings = [in_state(reader, phrase) for phrase in phrases]
    yield "talk taken for a command", sum(r.intent is not None for r in readings), len(readings)
    yield "talk taken for a red flag", sum(map(alarm, readings)), len(readings)


def red_flags(reader: IntentReader, phrases: Sequence[Mapping[str, Any]]) -> Iterator[SealedRow]:
    """Red flags found, by how they are written."""
    for style, of in by_kind((phrase["style"], alarm(reader.read(phrase["text"]))) for phrase in phrases):
        yield f"red flags found, {style}", sum(of), len(of)


def not_red_flags(reader: IntentReader, phrases: Sequence[Mapping[str, Any]]) -> Iterator[SealedRow]:
    """False alarms, by what the phrases are."""
    readings = [(phrase["kind"], reader.read(phrase["text"])) for phrase in phrases]
    for kind, of in by_kind((kind, alarm(reading)) for kind, reading in readings):
        yield f"false alarms: {kind}", sum(of), len(of)
    yield "false alarms: all", sum(alarm(reading) for _, reading in readings), len(readings)
    asked = sum(reading.slots.get("grade") == "unsure" for _, reading in readings if alarm(reading))
    yield "false alarms: of all, only asked about", asked, len(readings)


def conversations(reader: IntentReader, guidance: Guidance) -> Iterator[SealedRow]:
    """Conversations that hold, by kind."""
    talks = read_talks(SEALED / "conversations.txt")
    judged = [(each.kind, not hold_talk(each, reader, guidance)) for each in talks]
    for kind, of in by_kind(judged):
        yield f"conversations: {kind}", sum(of), len(of)
    yield "conversations: all", sum(fine for _, fine in judged), len(judged)


def in_state(reader: IntentReader, phrase: Mapping[str, Any]) -> Reading:
    """A phrase, read in its state."""
    return once_awake(reader.read(phrase["text"], VALID[State(phrase["state"])]), reader)


def agrees(phrase: Mapping[str, Any], reading: Reading) -> bool:
    """Whether the intent is the one that a phrase names, as it is told outside, and each slot that it names too.

    Of somebody in danger any alarm is right: which one, the sets do not tell.
    """
    if phrase["intent"] in ALARMS:
        return alarm(reading)
    meant = told(Meant(reading.intent, reading.slots)) if reading.intent else Meant("")
    slots = phrase.get("slots", {})
    return meant.intent == phrase["intent"] and all(meant.slots.get(name) == value for name, value in slots.items())


def alarm(reading: Reading) -> bool:
    """Whether a reading is of somebody in danger, in any grade."""
    return reading.intent in ALARMS or any(meant.intent in ALARMS for meant in reading.also)


def by_kind(judged: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, list[bool]]]:
    """Verdicts gathered by kind, in the order of the alphabet."""
    found: dict[str, list[bool]] = {}
    for kind, verdict in judged:
        found.setdefault(kind, []).append(verdict)
    yield from sorted(found.items())


def read(name: str) -> list[dict[str, Any]]:
    """The objects of a sealed set."""
    return [json.loads(line) for line in (SEALED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def unseen(name: str, known: set[str]) -> list[dict[str, Any]]:
    """The objects of a sealed set whose text is not among the known."""
    return [each for each in read(name) if plain(each["text"]) not in known]


def training_text() -> set[str]:
    """Every line that is written by hand for training, plain."""
    files = [file for file in TRAINING_PHRASES.rglob("*") if file.is_file()]
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return {plain(line.strip().removeprefix("- ")) for line in lines}


def plain(text: str) -> str:
    """A text without capitals and punctuation."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def present_commit() -> str:
    """The commit that is measured, shortened; `unknown` where git does not know."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    told = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    return told.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
