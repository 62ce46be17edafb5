"""Measures how much of what people type is understood, and writes docs/intents.md.

    .venv/bin/python -m benchmarks.intents

Reads the phrases of ../shared/phrases, those of benchmarks/phrases_unseen.jsonl, whose misses nobody has looked at, and
the requests to other assistants that training keeps back.
"""

import json
import resource
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from assistant.states import VALID, State
from benchmarks.rig.places import PHRASES, PHRASES_UNSEEN, ROOT
from benchmarks.training.meaning.taught import requests_to_others
from intents.guesses import ALIGNED_AT, LEARNED_AT, NEAREST_AT, SURE_AT
from intents.model import Intent
from intents.reader import IntentReader

INTENTS_PAGE = ROOT / "docs" / "intents.md"
"""The page that is written."""
_REQUESTED_IN = (State.IDLE, State.HOLDING, State.CONFIRMING)
"""The states in which requests to other assistants are read."""
EXACT_THRESHOLD = 1.0
"""The threshold that only whole sentences of the templates reach."""


def main() -> None:
    """Measure, write the page and print it."""
    started = time.perf_counter()
    reader = IntentReader.coach()
    load = time.perf_counter() - started
    commands, others = _phrases(PHRASES / "commands.jsonl"), _phrases(PHRASES / "not_commands.jsonl")
    recall: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    seconds = []
    for phrase in commands:
        valid = VALID[State(phrase["state"])]
        wanted = (phrase["intent"], phrase["slots"])
        exact = reader.read(phrase["text"], valid, EXACT_THRESHOLD)
        began = time.perf_counter()
        reading = reader.read(phrase["text"], valid)
        seconds.append(time.perf_counter() - began)
        recall[phrase["intent"]].append(
            ((exact.intent, dict(exact.slots)) == wanted, (reading.intent, dict(reading.slots)) == wanted)
        )
    taken = [
        sum(reader.read(phrase["text"], VALID[State(phrase["state"])], at).intent is not None for phrase in others)
        for at in (EXACT_THRESHOLD, None)
    ]
    requests = requests_to_others(PHRASES / "other_requests.jsonl", kept_back=True)
    asked = [reader.read(text, VALID[state]).intent for state in _REQUESTED_IN for text in requests]
    unseen = _phrases(PHRASES_UNSEEN)
    unseen_commands = [phrase for phrase in unseen if phrase["intent"]]
    unseen_others = [phrase for phrase in unseen if not phrase["intent"]]
    unseen_read = [reader.read(phrase["text"], VALID[State(phrase["state"])]) for phrase in unseen_commands]
    unseen_taken = [reader.read(phrase["text"], VALID[State(phrase["state"])]).intent for phrase in unseen_others]
    understood = sum(
        (reading.intent, dict(reading.slots)) == (phrase["intent"], phrase["slots"])
        for reading, phrase in zip(unseen_read, unseen_commands, strict=True)
    )
    seconds.sort()
    pairs = [pair for each in recall.values() for pair in each]
    rows = "\n".join(
        f"| {intent} | {len(each)} | {sum(a for a, _ in each)} | {sum(b for _, b in each)} |"
        for intent, each in sorted(recall.items())
    )
    INTENTS_PAGE.write_text(
        _INTENTS_TEXT.format(
            commands=len(pairs),
            exact=sum(a for a, _ in pairs) / len(pairs),
            all=sum(b for _, b in pairs) / len(pairs),
            others=len(others),
            taken_exact=taken[0],
            taken_all=taken[1],
            unseen_commands=len(unseen_commands),
            understood=understood / len(unseen_commands),
            flagged=sum(reading.intent == Intent.RED_FLAG for reading in unseen_read),
            unseen_others=len(unseen_others),
            unseen_taken=sum(intent not in (None, Intent.RED_FLAG) for intent in unseen_taken),
            unseen_flagged=unseen_taken.count(Intent.RED_FLAG),
            requests=len(requests),
            requests_taken=sum(intent not in (None, Intent.RED_FLAG) for intent in asked) / len(asked),
            requests_flagged=asked.count(Intent.RED_FLAG) / len(asked),
            rows=rows,
            load=load,
            median=1000 * seconds[len(seconds) // 2],
            slow=1000 * seconds[int(0.99 * len(seconds))],
            memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            nearest=NEAREST_AT,
            learned=LEARNED_AT,
            sure=SURE_AT,
            aligned=ALIGNED_AT,
        ),
        encoding="utf-8",
    )
    print(INTENTS_PAGE.read_text(encoding="utf-8"))


def _phrases(path: Path) -> list[dict[str, Any]]:
    """The phrases of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


_INTENTS_TEXT = """# Intents: what is understood from text

`python -m benchmarks.intents` measures these figures and writes this page. Each phrase is read with the intents that
are valid in its dialogue state. A phrase counts as understood when the intent and every slot are right.

| | templates alone | templates and all further steps (below) |
| --- | --- | --- |
| commands understood, of {commands} | {exact:.1%} | {all:.1%} |
| false accepts: other talk taken for a command, of {others} | {taken_exact} | {taken_all} |

The phrases of this table were written without sight of the templates, but are no longer held out: their errors were
used to generalise the templates and the training data. While half of the phrases were still held out, 91.0 % of that
half were understood. Expect new phrases to fare like that half, or like the following set.

`benchmarks/phrases_unseen.jsonl` is held out: nobody has looked at its errors, and training avoids its phrases and near
copies of them. It is hard on purpose: idioms, reasons, non-native grammar, and words of commands in other talk.

| `benchmarks/phrases_unseen.jsonl` | |
| --- | --- |
| commands understood, of {unseen_commands} | {understood:.1%} |
| commands taken for a red flag | {flagged} |
| other phrases taken for a command, of {unseen_others} | {unseen_taken} |
| other phrases taken for a red flag | {unseen_flagged} |

Of {requests} requests that people made to other assistants (CLINC150, the third that training keeps back), read as if
said at rest, in a hold and at an open question, {requests_taken:.2%} were taken for a command or question of Limber's,
and {requests_flagged:.2%} for a red flag.

Loading the reader takes {load:.2f} s, and reading one phrase {median:.1f} ms (median; 99th percentile {slow:.1f} ms).
The process takes {memory} MB of resident memory.

## How a text is read

A red flag takes precedence, then a whole sentence of the templates. Of the further steps the most confident reading
counts.

1. Red flags are looked for first, anywhere in the text ([red_flags.md](red_flags.md)).
2. A whole sentence of the templates (`intents/en/templates/`), matched in a word graph (`intents/grammar/`). Every word
   of the text must be matched, or belong to a filler phrase that may stand anywhere. The confidence is 1.
3. Several whole sentences in a row ("that's lovely, next one please"), and clauses of which each is read by itself
   (`intents/clauses/`).
4. For texts of up to three words, the nearest sentence of one or two words, compared by letters and by sound
   (`intents/phrases/nearest.py`), from a similarity of {nearest} on. A word that exists (`intents/text/english.py`) is
   only taken for one that sounds the same: "paws" may be "pause", "chase" is never "chest".
5. The meaning of the text (`intents/encoder/`, [meaning.md](meaning.md)): a sentence encoder, and a classifier over its
   vectors, among all valid intents, talk and requests to others, from a probability of {learned} on. A slot is filled
   by the word lists of the templates, or else, where it has a closed list of values, by the meaning. From a probability
   of {sure} on the meaning also overrules a template without slots, except for stop, pause, goodbye and "that hurts".
6. For template files other than Limber's own, the nearest sentence by letters (`intents/grammar/align.py`), from a
   similarity of {aligned} on.

`script/train-intents` writes the stored word graph and trains the classifier; run it after every change of the
templates or of the training phrases.

## Recall by intent

| intent | phrases | templates alone | all steps |
| --- | --- | --- | --- |
{rows}
"""
"""The page, with fields for its figures."""


if __name__ == "__main__":
    main()
