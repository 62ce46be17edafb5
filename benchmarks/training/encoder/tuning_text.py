"""The texts that the sentence encoder is tuned with: each as word pieces, with its label and what it counts."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.training.meaning.fit import weight_of
from benchmarks.training.meaning.taught import lessons
from benchmarks.training.red_flag_model import (
    brief_alarms,
    denied_signs,
    few_variants,
    labelled_phrases,
    ordinary_phrases,
)
from intents.encoder.sentence_encoder import MOST_PIECES_READ
from intents.encoder.wordpiece import WordPiece
from intents.text.normalize import words_of

BATCH_TEXTS = 64
"""Texts of one step."""
_REQUESTS_SHARE = 0.4
"""Of the requests to other assistants, which are many and easily told, so many are gone through in a round."""
_HARMLESS_SHARE = 0.3
"""Of the texts that are no alarm, so many are gone through in a round."""
_SORTED_BATCHES = 40
"""Of so many batches at a time the texts are sorted by length, so that a batch's texts are about equally long."""


@dataclass(frozen=True, slots=True)
class TuningText:
    """A text of a task."""

    task: int
    """0: what is meant; 1: which alarm, if any."""
    label: str
    """The label of meaning; the flag or call, empty for none."""
    pieces: tuple[int, ...]
    """The numbers of its word pieces, with those of begin and end."""
    weight: float
    """What it counts."""


def tuning_texts(requests: Path) -> list[TuningText]:
    """All texts of both tasks. `requests`: those to other assistants, as JSON lines."""
    pieces = WordPiece.load()
    found = [
        TuningText(0, lesson.label, tuple(pieces.numbers(lesson.words, MOST_PIECES_READ)), weight_of(lesson))
        for lesson in lessons(requests)
    ]
    labelled = [*labelled_phrases(), *denied_signs()]
    labelled += brief_alarms(labelled)
    chance = random.Random(1)  # noqa: S311  the same variants every time
    said = [(flag, each) for flag, phrase in labelled for each in few_variants(phrase, chance)]
    said += ordinary_phrases(labelled, made_up=0)
    return found + [
        TuningText(1, flag, tuple(pieces.numbers(words_of(text), MOST_PIECES_READ)), 1.0) for flag, text in said
    ]


def batches(texts: list[TuningText], chance: random.Random) -> Iterator[list[TuningText]]:
    """The batches of one round over the texts, each of one task."""
    found: list[list[TuningText]] = []
    for task in (0, 1):
        round_of = [each for each in texts if each.task == task and chance.random() < _share(each)]
        chance.shuffle(round_of)
        for at in range(0, len(round_of), BATCH_TEXTS * _SORTED_BATCHES):
            part = sorted(round_of[at : at + BATCH_TEXTS * _SORTED_BATCHES], key=lambda each: len(each.pieces))
            found += [part[begin : begin + BATCH_TEXTS] for begin in range(0, len(part), BATCH_TEXTS)]
    chance.shuffle(found)
    yield from found


def _share(text: TuningText) -> float:
    """How likely a text is gone through in a round, 0 to 1."""
    if text.task == 1 and not text.label:
        return _HARMLESS_SHARE
    return 1.0 if text.weight >= 1 else _REQUESTS_SHARE
