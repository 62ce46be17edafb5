"""Trains the intent classifier, which reads what no template has: writes `intents/en/classifier.npz`.

    .venv/bin/python -m benchmarks.training.intent_model

`script/train-intents` runs it after storing the word graph. Two minutes on one core; needs scikit-learn.
"""

import random
from collections.abc import Iterable

import numpy as np
import yaml
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from benchmarks.rig.places import TRAINING_PHRASES
from intents.grammar.compile import compile_graph
from intents.grammar.graph import Call, Graph
from intents.grammar.templates import COACH_TEMPLATES, read_templates
from intents.likeness.intent_classifier import CLASSIFIER_FILE, NO_INTENT, features_of
from intents.text.normalize import words_of
from intents.text.numerals import in_words

_INTENT_SEED = 20
"""The seed of all that is drawn."""
_FROM_TEMPLATES = 250
"""Sentences drawn from the templates for each intent."""
_COPIES = 6
"""Altered copies of each sentence written by hand."""
_RAREST_FEATURE = 4
"""How many sentences must have a feature for it to be kept."""
_MOST_FEATURES = 15000
"""How many features are kept, the most frequent first."""
_UNLEARNED = {"RedFlag", "Wake"}
"""Intents that are not learnt: red flags have a model of their own, and the wake phrase is exact."""


class _Sampler:
    """Draws sentences from the templates, short ones more often."""

    def __init__(self, graph: Graph, dice: random.Random) -> None:
        self._nodes = graph.nodes
        self._dice = dice
        self._graph = graph

    def draw(self, intent: str, alive: frozenset[int]) -> list[str]:
        """A sentence of an intent; `alive`: the nodes that lead to one."""
        return self._from(0, intent, alive)

    def _from(self, index: int, intent: str | None, alive: frozenset[int] | None) -> list[str]:
        """Words from a node to the end of a sentence of `intent`, or with None to the end of a part."""
        words: list[str] = []
        while True:
            node = self._nodes[index]
            over = bool(node.ends) if intent is None else any(m.intent == intent for m, _ in node.meanings)
            ways: list[tuple[list[str], int]] = [
                ([word], arc.target) for word, arcs in node.words.items() for arc in arcs
            ]
            ways += [([], -1 - at) for at in range(len(node.calls))]
            ways += [(in_words(self._dice.choice(arc.numbers)).split(), arc.target) for arc in node.numbers]
            if alive is not None:
                ways = [way for way in ways if self._target(node.calls, way[1]) in alive]
            if over and (not ways or self._dice.random() < 0.6):
                return words
            if not ways:
                return words
            said, target = self._dice.choice(ways)
            if target < 0:
                call = node.calls[-1 - target]
                words += self._from(call.entry, None, None)
                index = call.target
            else:
                words += said
                index = target

    @staticmethod
    def _target(calls: list[Call], target: int) -> int:
        """The node that a way leads to; a negative target stands for a call."""
        return calls[-1 - target].target if target < 0 else target


def _altered(words: list[str], skips: list[str], openings: list[list[str]], dice: random.Random) -> list[str]:
    """A sentence said otherwise: with a hesitation, without a word, with a reason before it."""
    words = list(words)
    if len(words) > 3 and dice.random() < 0.3:
        del words[dice.randrange(len(words))]
    if dice.random() < 0.35:
        at = dice.choice([0, len(words), dice.randrange(len(words) + 1)])
        words[at:at] = words_of(dice.choice(skips))
    if dice.random() < 0.15:
        opening = dice.choice(openings)
        words = [*opening, *words] if dice.random() < 0.6 else [*words, *opening]
    return words


def _strangers(others: list[list[str]], commands: list[list[str]], dice: random.Random) -> Iterable[list[str]]:
    """Other talk, whole and in pieces, and commands that go on as none does."""
    for words in others:
        yield from [words] * 6
        for _ in range(3):
            begin = dice.randrange(len(words))
            yield words[begin : begin + dice.randint(2, 7)]
        tail = dice.choice(others)
        yield [*words, *tail[: dice.randint(1, len(tail))]]
    for _ in range(4000):
        command, other = dice.choice(commands), dice.choice(others)
        kept = command[: dice.randint(1, min(3, len(command)))]
        yield [*kept, *other[-dice.randint(2, 5) :]]
        yield [*other[: dice.randint(2, 5)], *kept]


def main() -> None:
    """Draw, train, and write the model."""
    dice = random.Random(_INTENT_SEED)  # noqa: S311  it draws sentences, no secrets
    templates = read_templates([COACH_TEMPLATES])
    graph = compile_graph(templates)
    skips = [skip for skip in templates.skip_words if len(skip.split()) < 6]
    written = yaml.safe_load((TRAINING_PHRASES / "commands.yaml").read_text(encoding="utf-8"))
    others = [words_of(line) for line in (TRAINING_PHRASES / "others.txt").read_text(encoding="utf-8").splitlines()]
    openings = [words_of(line) for line in (TRAINING_PHRASES / "openings.txt").read_text(encoding="utf-8").splitlines()]
    sampler = _Sampler(graph, dice)
    sentences: list[list[str]] = []
    labels: list[str] = []

    def teach(intent: str, words: list[str], among: list[list[str]] = openings) -> None:
        sentences.append(_altered(words, skips, among, dice))
        labels.append(intent)

    commands = []
    for intent in sorted(graph.intents() - _UNLEARNED):
        alive = graph.leading_to({intent})
        for _ in range(_FROM_TEMPLATES):
            teach(intent, drawn := sampler.draw(intent, alive))
            commands.append(drawn)
        for line in written.get(intent, []):
            for _ in range(_COPIES):
                teach(intent, words_of(line))
    for words in _strangers(others, commands, dice):
        sentences.append(words)
        labels.append(NO_INTENT)

    found = [features_of(words) for words in sentences]
    counts: dict[str, int] = {}
    for features in found:
        for feature in features:
            counts[feature] = counts.get(feature, 0) + 1
    common = sorted((f for f in counts if counts[f] >= _RAREST_FEATURE), key=lambda f: (-counts[f], f))[:_MOST_FEATURES]
    columns = {feature: column for column, feature in enumerate(sorted(common))}
    rows = [sorted(columns[f] for f in features if f in columns) for features in found]
    values = np.concatenate(
        [np.full(len(row), 1 / np.sqrt(max(len(f), 1))) for row, f in zip(rows, found, strict=True)]
    )
    table = csr_matrix(
        (values.astype(np.float32), np.concatenate(rows).astype(np.int32), np.cumsum([0, *map(len, rows)])),
        (len(rows), len(columns)),
    )
    model = LogisticRegression(C=20.0, max_iter=70, tol=1e-3)
    model.fit(table, labels)
    scales = np.abs(model.coef_).max(axis=1) / 127
    weights = np.round(model.coef_ / scales[:, None]).astype(np.int8).T
    fresh = CLASSIFIER_FILE.with_suffix(".new.npz")
    np.savez_compressed(
        fresh,
        features=np.frombuffer("\n".join(columns).encode(), dtype=np.uint8),
        intents=np.frombuffer("\n".join(model.classes_).encode(), dtype=np.uint8),
        weights=weights,
        scales=scales.astype(np.float32),
        biases=model.intercept_.astype(np.float32),
    )
    fresh.replace(CLASSIFIER_FILE)
    right = float(np.mean(model.predict(table) == np.array(labels)))
    print(
        f"{len(sentences)} sentences, {len(columns)} features, {right:.1%} of them right, "
        f"{CLASSIFIER_FILE.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
