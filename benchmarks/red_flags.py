"""Measures how many red flags are found, by flag, and how much else is taken for one; writes docs/red_flags.md.

    .venv/bin/python -m benchmarks.red_flags [FOLDER]

FOLDER holds red_flags.jsonl, not_red_flags.jsonl, commands.jsonl and not_commands.jsonl (default ../shared/phrases).
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.rig.places import ROOT
from benchmarks.training.red_flag_model import labelled_phrases, train_words
from intents.red_flags.alarm import find_red_flag
from intents.red_flags.detect import judged, signs_in

RED_FLAGS_PAGE = ROOT / "docs" / "red_flags.md"
"""The page that is written."""
RED_FLAGS_UNSEEN = ROOT / "benchmarks" / "red_flags_unseen.txt"
"""Phrases kept back from lexicons and training, by flag."""
LEFT_OUT_PARTS = 2
"""Number of parts in cross-validation: each is judged by a classifier trained on the others."""

RED_FLAGS_HEAD = """# Red flags: what is found

`python -m benchmarks.red_flags` measures these figures and writes this page. A red flag is found in two stages: rules
over concepts (`intents/red_flags/detect.py`, `intents/en/red_flags/`), and a classifier
(`intents/red_flags/red_flag_classifier.py`) that `python -m benchmarks.training.red_flag_model` trains.

In the tables, "found" counts a phrase that raises any red flag, and "as this flag" a phrase that raises its own.

"""
"""The head of the page."""


def main() -> None:
    """Judge every phrase, write the page and print it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "phrases"
    page = RED_FLAGS_HEAD + "\n".join([*unseen_phrases(), *shared_phrases(folder), *left_out_phrases()]) + "\n"
    RED_FLAGS_PAGE.write_text(page, encoding="utf-8")
    print(page)


def unseen_phrases() -> Iterator[str]:
    """The section on phrases kept back from all else, of many ways of speaking: the figure to trust."""
    labelled = labelled_phrases(RED_FLAGS_UNSEEN)
    others = [text for flag, text in labelled if not flag]
    wrong = sum(find_red_flag(text) is not None for text in others)
    yield "## Phrases kept back from the lexicons and from training: `benchmarks/red_flags_unseen.txt`\n"
    yield "These phrases were written together with the newest training phrases, and the thresholds were chosen with"
    yield "the figures of this table in view. So expect the phrases of strangers to be found somewhat less often.\n"
    yield from table([each for each in labelled if each[0]], find_red_flag)
    yield f"\nFalse accepts: {wrong} of {len(others)} phrases that are no red flag ({wrong / len(others):.1%}).\n"


def shared_phrases(folder: Path) -> Iterator[str]:
    """The section on phrases that nobody who wrote the lexicons wrote."""
    wanted = [(line["flag"], line["text"]) for line in read(folder / "red_flags.jsonl")]
    yield "## Phrases written without sight of the lexicons\n"
    yield from table(wanted, find_red_flag)
    yield "\n| no red flag | phrases | false accepts |\n| --- | ---: | ---: |"
    for name in ("not_red_flags", "commands", "not_commands"):
        texts = [line["text"] for line in read(folder / f"{name}.jsonl")]
        wrong = sum(find_red_flag(text) is not None for text in texts)
        yield f"| {name.replace('_', ' ')} | {len(texts)} | {wrong} ({wrong / len(texts):.1%}) |"
    began = time.process_time()
    for _, text in wanted:
        find_red_flag(text)
    each = (time.process_time() - began) / len(wanted)
    yield f"\nThe rules alone find {share(wanted, ruled)} of the red flags, both stages {share(wanted, find_red_flag)}."
    yield f"One phrase takes {each * 1000:.1f} ms of processor time on the machine that wrote this page.\n"


def left_out_phrases() -> Iterator[str]:
    """The section on the training phrases, each judged by a classifier that was trained without it."""
    labelled = labelled_phrases()
    random.Random(0).shuffle(labelled)  # noqa: S311 - the same folds every time
    found: dict[str, str | None] = {}
    for fold in range(LEFT_OUT_PARTS):
        classifier = train_words([each for at, each in enumerate(labelled) if at % LEFT_OUT_PARTS != fold], [])
        for _, text in labelled[fold::LEFT_OUT_PARTS]:
            found[text] = judged(signs_in(text), classifier)
    yield f"## Training phrases, by {LEFT_OUT_PARTS}-fold cross-validation\n"
    yield "Each phrase is judged by a classifier that was trained without it.\n"
    yield from table([each for each in labelled if each[0]], found.__getitem__)
    others = [text for flag, text in labelled if not flag]
    wrong = sum(found[text] is not None for text in others)
    yield f"\nFalse accepts: {wrong} of {len(others)} phrases that are no red flag ({wrong / len(others):.1%})."


def ruled(text: str) -> str | None:
    """The flag that the rules alone find; None where they find none."""
    return next(iter(signs_in(text).ruled), None)


def table(wanted: Sequence[tuple[str, str]], judge: Callable[[str], str | None]) -> Iterator[str]:
    """The rows of a table: of each flag, how many phrases were found at all, and found as that flag."""
    count, found, right = Counter[str](), Counter[str](), Counter[str]()
    for flag, text in wanted:
        read_as = judge(text)
        for row in (flag, "all"):
            count[row] += 1
            found[row] += read_as is not None
            right[row] += read_as == flag
    yield "| flag | phrases | found | as this flag |\n| --- | ---: | ---: | ---: |"
    for flag in sorted(count, key=lambda flag: (flag == "all", flag)):
        of = count[flag]
        yield f"| {flag} | {of} | {found[flag]} ({found[flag] / of:.1%}) | {right[flag]} ({right[flag] / of:.1%}) |"


def share(wanted: Sequence[tuple[str, str]], judge: Callable[[str], str | None]) -> str:
    """The share of `wanted` that is found at all, in percent."""
    return f"{sum(judge(text) is not None for _, text in wanted) / len(wanted):.1%}"


def read(path: Path) -> list[dict[str, str]]:
    """The objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
