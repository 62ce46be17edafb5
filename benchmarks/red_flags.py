"""Measures how many alarms are found, by flag, and how much else is taken for one; writes docs/red_flags.md.

    .venv/bin/python -m benchmarks.red_flags [FOLDER]

FOLDER holds the phrases that stand beside the project (default ../shared/phrases).
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.rig.places import ROOT
from benchmarks.training.red_flag_model import labelled_phrases, other_requests
from intents.red_flags.alarm import find_alarm, find_red_flag
from intents.red_flags.calls import CALLS, calls_in
from intents.red_flags.detect import signs_in

RED_FLAGS_PAGE = ROOT / "docs" / "red_flags.md"
"""The page that is written."""
RED_FLAGS_UNSEEN = ROOT / "benchmarks" / "red_flags_unseen.txt"
"""Phrases kept back from lexicons and training, by flag."""

RED_FLAGS_HEAD = """# Alarms: what is found, and how it is decided

`python -m benchmarks.red_flags` measures these figures and writes this page.

An alarm is a red flag in one of three grades (*emergency*, *urgent*, *unsure*), a call for help, or words of
self-harm. It is looked for in the whole free text, in every state, by three stages that judge together:

1. **Rules over concepts** (`intents/red_flags/detect.py`, `calls.py`; lexicons in `intents/en/red_flags/`). A concept
   is a body part, a symptom, an event. It counts where it is not denied, not past and over, not asked about, no figure
   of speech. Sentences and clauses are told apart, so that "no chest pain, my legs are numb" denies the one and says
   the other, and a clause about last year takes nothing from one about today. An illness of a relative who is not to
   stretch is none.
2. **A classifier of words** (`red_flag_classifier.py`): what no rule reaches in words that are known.
3. **A network over meaning** (`alarm_network.py`): the word pieces of the sentence encoder, pooled by
   attention, and what the rules found. It knows wordings that no lexicon has.

The logarithms of the last two probabilities are averaged. The alarm is raised where the probability of any is high
enough: `SPOKEN_WITH` and `OVERHEARD` in `detect.py`, each lower where a rule fires. Of several that are likely the
gravest counts. Which sign was named, and its grade, is told by the rules in `signs.toml`: a numb arm is *unsure*, with
a weak arm, a changed face or speech it is an *emergency*. `main.py understand --why TEXT` prints what decided.
Where nothing is found, a word that does not exist is read as a word of danger a letter away (`slips.py`): "sweling".

`python -m benchmarks.training.red_flag_model` trains both classifiers on the phrases in
`benchmarks/training/phrases/red_flags.txt`, `benchmarks/training/phrases/denied.txt` and
`benchmarks/training/phrases/alarms/`, on commands and other talk, and on four in five of 13,880 requests to other
assistants (CLINC150, Larson and others 2019, CC BY 3.0), which teach only what is no alarm.

In the tables, "found" counts a phrase that raises any alarm, and "as this" one that raises its own.

"""
"""The head of the page."""


def main() -> None:
    """Judge every phrase, write the page and print it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "phrases"
    page = RED_FLAGS_HEAD + "\n".join([*unseen_phrases(), *shared_phrases(folder)]) + "\n"
    RED_FLAGS_PAGE.write_text(page, encoding="utf-8")
    print(page)


def unseen_phrases() -> Iterator[str]:
    """The section on phrases kept back from all else, of many ways of speaking."""
    labelled = labelled_phrases(RED_FLAGS_UNSEEN)
    others = [text for flag, text in labelled if not flag]
    wrong = sum(find_alarm(text) is not None for text in others)
    yield "## Phrases kept back from the lexicons and from training: `benchmarks/red_flags_unseen.txt`\n"
    yield "The thresholds were chosen with the figures of this table in view. So expect the phrases of strangers to be"
    yield "found somewhat less often.\n"
    yield from table([each for each in labelled if each[0]], find_red_flag)
    yield f"\nFalse alarms: {wrong} of {len(others)} phrases that are none ({wrong / len(others):.1%}).\n"


def shared_phrases(folder: Path) -> Iterator[str]:
    """The section on phrases that nobody who wrote the lexicons wrote."""
    wanted = [(line["flag"], line["text"]) for line in read(folder / "red_flags.jsonl")]
    typed = read(folder / "flags_typed.jsonl")
    typed_flags = [line["text"] for line in typed if line["flag"]]
    yield "## Phrases written without sight of the lexicons\n"
    yield "They are no training material, but their misses were looked at, so these figures flatter, too.\n"
    yield from table(wanted, find_red_flag)
    missed = sum(find_alarm(text) is None for text in typed_flags)
    found = len(typed_flags) - missed
    yield f"\nAs typed, with punctuation: {found} of {len(typed_flags)} found ({found / len(typed_flags):.1%}).\n"
    yield "| no alarm | phrases | false alarms |\n| --- | ---: | ---: |"
    for name, texts in (
        *((name, [line["text"] for line in read(folder / f"{name}.jsonl")]) for name in ("not_red_flags", "commands")),
        ("not_commands", [line["text"] for line in read(folder / "not_commands.jsonl")]),
        ("typed look-alikes and ordinary complaints", [line["text"] for line in typed if not line["flag"]]),
        (
            "requests to other assistants, those not learnt",
            other_requests(folder / "other_requests.jsonl", held_back=True),
        ),
    ):
        wrong = sum(find_alarm(text) is not None for text in texts)
        yield f"| {name.replace('_', ' ')} | {len(texts)} | {wrong} ({wrong / max(len(texts), 1):.2%}) |"
    find_alarm.cache_clear()
    began = time.process_time()
    for _, text in wanted:
        find_alarm(text)
    each = (time.process_time() - began) / len(wanted)
    yield f"\nThe rules alone find {share(wanted, ruled)} of the red flags, all stages {share(wanted, find_red_flag)}."
    yield f"One phrase takes {each * 1000:.1f} ms of processor time on the machine that wrote this page."


def ruled(text: str) -> str | None:
    """The flag or call that the rules alone find; None where they find none."""
    calls = calls_in(text).raised
    return next((call for call in CALLS if call in calls), None) or next(iter(signs_in(text).ruled), None)


def table(wanted: Sequence[tuple[str, str]], judge: Callable[[str], str | None]) -> Iterator[str]:
    """The rows of a table: of each flag, how many phrases were found at all, and found as that flag."""
    count, found, right = Counter[str](), Counter[str](), Counter[str]()
    for flag, text in wanted:
        read_as = judge(text)
        for row in (flag, "all"):
            count[row] += 1
            found[row] += read_as is not None
            right[row] += read_as == flag
    yield "| flag | phrases | found | as this |\n| --- | ---: | ---: | ---: |"
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
