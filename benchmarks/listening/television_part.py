"""Television in the room: how often it becomes a command, in a session and asleep."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import click

from assistant.states import VALID, State
from audio.samples import SAMPLE_RATE
from benchmarks.listening.trials import HearingUnderTest, Notebook
from benchmarks.rig.hearing import Hearing
from benchmarks.television.programme import PROGRAMME_SECONDS, Television, blocks
from benchmarks.television.programme import Programme as Shown

STATES = {"in a session": State.HOLDING, "asleep": State.ASLEEP}
"""The states in which it is heard."""


@dataclass(frozen=True)
class Hours:
    """What television did in one state."""

    condition: str
    """The name of the state."""
    hours: float
    """Hours of television."""
    commands: tuple[dict[str, Any], ...]
    """Each false command: where, when, what, and what was being said."""


def watch(television: Television, numbers: Iterable[int], hearing: HearingUnderTest, notebook: Notebook) -> list[Hours]:
    """Listen to programmes in every state, each from its beginning with nothing heard before."""
    wanted = list(numbers)
    missing = [number for number in wanted if _key(television, number, next(iter(STATES))) not in notebook.lines]
    if missing:
        with click.progressbar(missing, label="television  ", show_pos=True) as bar:
            for number in bar:
                shown = television.programme(number)
                for condition in reversed(STATES):
                    commands = _commands(shown, STATES[condition], hearing)
                    notebook.add(_key(television, number, condition), genre=shown.genre, commands=commands)
    return [
        Hours(
            condition,
            len(wanted) * PROGRAMME_SECONDS / 3600,
            tuple(
                {"programme": number, **command}
                for number in wanted
                for command in notebook.lines[_key(television, number, condition)]["commands"]
            ),
        )
        for condition in STATES
    ]


def _key(television: Television, number: int, condition: str) -> tuple[str, str, str, str]:
    """The key of a programme in the notebook."""
    return ("television", television.name, condition, f"programme {number}")


def _commands(shown: Shown, state: State, hearing: HearingUnderTest) -> list[dict[str, Any]]:
    """The commands that a session would take from a programme."""
    valid = frozenset(VALID[state])
    listening = Hearing(hearing.recogniser, hearing.reader(("coach",)))
    found = []
    for block in blocks(shown.sound):
        for sound in listening.listen(block, valid):
            understood = listening.hear(sound, valid)
            if understood is not None and understood.reading.intent is not None:
                reading = understood.reading
                said = shown.said(understood.began, understood.until)
                found.append(
                    {
                        "at": round(understood.began / SAMPLE_RATE, 1),
                        "intent": reading.intent,
                        "confidence": round(reading.confidence, 3),
                        "text": reading.text,
                        "said": said,
                    }
                )
    return found
