"""Lines in a sitting without exercise: what they would offer gives way to what holds instead.

Pure: a line in, a line out. Every line passes here on its way to the voice, so that no reply can contradict the advice.
"""

import re
from typing import assert_never

from assistant.dialogue.parts.sitting import NoExercise
from assistant.script import safety_lines

OFFER = "start stretching"
"""The words with which a sentence offers exercise."""
MORE_OFFERED, MORE_ALONE = "Say more, or start stretching.", "Say more."
"""What can be said within a topic, and that without the offer."""
_SENTENCE_END = re.compile(r"(?<=[.?!]) ")


def unoffered(line: str, refused: NoExercise | None) -> str:
    """The line, with each sentence that offers exercise replaced by what holds where exercise is `refused`."""
    if refused is None or OFFER not in line:
        return line
    kept: list[str] = []
    for sentence in _SENTENCE_END.split(line):
        told = _instead(sentence, refused)
        if told not in kept:
            kept.append(told)
    return " ".join(kept)


def _instead(sentence: str, refused: NoExercise) -> str:
    if OFFER not in sentence:
        return sentence
    return MORE_ALONE if sentence == MORE_OFFERED else what_holds(refused)


def what_holds(refused: NoExercise) -> str:
    """What can be said for certain in a sitting in which exercise is refused."""
    match refused:
        case NoExercise.URGENT:
            return safety_lines.DOCTOR_TODAY
        case NoExercise.HELP_COMING:
            return safety_lines.REST_UNTIL_HELP
        case NoExercise.SELF_HARM:
            return safety_lines.NOT_ALONE
        case _:
            assert_never(refused)
