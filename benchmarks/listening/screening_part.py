"""A "no" on television while Limber asks about symptoms, which must not let a stretch begin."""

from collections.abc import Iterable
from typing import Any

import click

from assistant.dialogue.screening import answers_screening
from assistant.states import VALID, State
from benchmarks.listening.figures import Share
from benchmarks.listening.trials import HearingUnderTest, Notebook
from benchmarks.rig.hearing import Hearing
from benchmarks.television.programme import Television, blocks
from intents.model import Intent

WORDS = ("no", "no no", "no thanks", "nope", "oh no", "no i do not", "none of those", "no nothing like that")
"""Ways of saying it."""


def screen(television: Television, scenes: Iterable[int], hearing: HearingUnderTest, notebook: Notebook) -> Share:
    """The share of scenes in which such a "no" would be taken for the person's answer."""
    wanted = list(scenes)
    with click.progressbar(wanted, label="screening   ", show_pos=True) as bar:
        for number in bar:
            key = _key(television, number)
            if key not in notebook.lines:
                notebook.add(key, taken=_taken(television, number, hearing))
    taken = [bool(notebook.lines[_key(television, number)]["taken"]) for number in wanted]
    return Share(sum(taken), len(taken))


def _key(television: Television, number: int) -> tuple[str, str, str, str]:
    """The key of a scene in the notebook."""
    return ("screening", television.name, "a no", f"scene {number}")


def _taken(television: Television, number: int, hearing: HearingUnderTest) -> list[dict[str, Any]]:
    """Each "no" of a scene that is taken for an answer."""
    shown, valid = television.scene(number, WORDS), frozenset(VALID[State.SCREENING])
    listening = Hearing(hearing.recogniser, hearing.reader(("coach",)))
    found = []
    for block in blocks(shown.sound):
        for sound in listening.listen(block, valid):
            understood = listening.hear(sound, valid)
            reading = understood.reading if understood else None
            if understood and reading and reading.intent == Intent.NO and answers_screening(reading):
                said = shown.said(understood.began, understood.until)
                found.append({"text": reading.text, "confidence": round(reading.confidence, 3), "said": said})
    return found
