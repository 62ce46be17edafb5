"""Trains the two classifiers of alarms: words (`weights.npz`) and meaning (`network.npz`) in `intents/en/red_flags/`.

    .venv/bin/python -m benchmarks.training.red_flag_model [OTHER_REQUESTS]

To be run after any change to the lexicons, the training phrases or the sentence encoder. What the coach is ordinarily
told, and what it overhears, is learnt as no alarm beside those phrases; so are the texts of OTHER_REQUESTS, a JSON
lines file of requests to other assistants (CLINC150: Larson and others 2019, CC BY 3.0; default
../shared/phrases/other_requests.jsonl), but for each `HELD_BACK`th, which `benchmarks.red_flags` measures with.
Needs scikit-learn, a development dependency, and PyTorch (dependency group `training`); what it writes needs numpy and
the encoder alone.
"""

import json
import random
import sys
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from benchmarks.rig.places import PHRASES, ROOT, TRAINING_PHRASES, meaning_phrase_files
from benchmarks.training.ordinary import misheard, sentences
from benchmarks.training.pooled.taught_texts import Size, TaughtTexts
from benchmarks.training.pooled.vectors import vectors_of
from intents.model import ALARM_INTENTS, UNASKED_INTENTS
from intents.phrases.short import short_sentences_by_intent
from intents.reader import IntentReader
from intents.red_flags.alarm_network import AlarmNetwork, clues, marks
from intents.red_flags.calls import calls_in
from intents.red_flags.concepts import concept_words
from intents.red_flags.detect import signs_in
from intents.red_flags.red_flag_classifier import RedFlagClassifier, feature_rows, feature_value
from intents.text.normalize import words_of

RED_FLAG_PHRASES = (TRAINING_PHRASES / "red_flags.txt", *sorted((TRAINING_PHRASES / "alarms").rglob("*.txt")))
"""Phrases by flag or call."""
RED_FLAG_WEIGHTS = ROOT / "intents" / "en" / "red_flags" / "weights.npz"
"""The classifier of words."""
RED_FLAG_NETWORK = ROOT / "intents" / "en" / "red_flags" / "network.npz"
"""The network over meaning."""
OTHER_REQUESTS = PHRASES / "other_requests.jsonl"
"""Requests to other assistants."""
HELD_BACK = 5
"""Of the other requests each one with a number divisible by this is not learnt."""

ALARMING = frozenset({"CallForHelp", "SelfHarm", "StillBad", "ThatHurts", "Condition", "RedFlag", "Radiates"})
"""The intents whose training phrases may tell of danger; those of all others are learnt as no alarm."""

COMMANDS = UNASKED_INTENTS - ALARM_INTENTS
"""The intents whose brief sentences are learnt as no alarm."""

DENIED_SIGNS = TRAINING_PHRASES / "denied.txt"
"""Signs as nouns, one a line."""
DENIALS = (
    "no {}|no {} at all|not any {}|i have no {}|i don't have any {}|i haven't got any {}|there isn't any {}|"
    "there's no {}|i've not had any {}|no {} or anything|never any {}|i've had no {}|without any {}|"
    "she has no {}|he hasn't got any {}|no {} today|no more {}"
).split("|")
"""Denials of a sign, which is said where the braces are."""
DENIALS_EACH = 6
"""How many of them are learnt with each sign."""

NETWORK_SIZE = Size(networks=2, pools=8, pool_width=24, hidden_units=192, rounds=6)
"""Two networks, each begun otherwise, are averaged: a single one misses more by chance."""
RAREST_CLUE = 5
"""How often a concept must have been seen to be an input of the network."""

AVERAGED_FITS = ((10.0, 0), (10.0, 1), (1.0, 1))
"""The fits that are averaged: the inverse of the L2 penalty, and the power to which a feature's rarity is taken."""

OPENERS = (
    "um|oh|oh dear|hang on|wait|sorry|well|listen|hello|limber|i think|i'm afraid|you know|look|right|erm|so|and|"
    "actually|oh no|excuse me|yes|since this morning|my husband says|the thing is"
).split("|")
"""What is said before a phrase without changing what it is."""
CLOSERS = (
    "i think|today|now|love|please|you know|again|at the moment|since yesterday|if that helps|and all|so there".split(
        "|"
    )
)
"""What is said after a phrase without changing what it is; said around both classes, it is learnt to weigh nothing."""


OTHER_PERSONS = {
    "he": {"i": "he", "i'm": "he's", "i've": "he's", "my": "his", "me": "him", "myself": "himself"},
    "she": {"i": "she", "i'm": "she's", "i've": "she's", "my": "her", "me": "her", "myself": "herself"},
}
"""The words by which somebody tells of another person what a phrase tells of oneself."""

MISHEARD_VARIANTS = 3
"""How often each longer phrase is learnt as a recogniser may mishear it."""

RAREST_SIGN = 2
"""How often a feature must have been seen to be kept."""

ORDINARY_SENTENCES = 20_000
"""Ordinary sentences that name a symptom or the like and are learnt as no red flag; others raise none anyway."""
ORDINARY_FOR_NETWORK = 4_000
"""How many of them the network is taught: fewer, because it judges sentences of this kind by meaning already."""
ORDINARY_SEED = 7
"""The seed of the ordinary sentences."""

SHORT_COMMAND_WEIGHT = 3
"""How often the coach's short commands are counted: they are said most, and must never be taken for a red flag."""


def labelled_phrases(*paths: Path) -> list[tuple[str, str]]:
    """(flag or call, phrase) in file order, of all training phrases by default; empty for the section `[none]`."""
    labelled, flag = [], ""
    for path in paths or RED_FLAG_PHRASES:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                flag = line.strip("[] ").replace("none", "")
            elif line.strip() and not line.startswith("#"):
                labelled.append((flag, line.strip()))
    return labelled


def brief_alarms(labelled: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """The brief sentences of danger that are expected in every state, under the flag or call that a rule raises."""
    known = {phrase.lower() for _, phrase in labelled}
    brief = (text for intent in sorted(ALARM_INTENTS) for text in short_sentences_by_intent().get(intent, ()))
    raised = ((text, (*signs_in(text).ruled, *calls_in(text).raised)) for text in brief if text not in known)
    return [(kinds[0], text) for text, kinds in raised if kinds]


def denied_signs() -> list[tuple[str, str]]:
    """Signs that are denied, as `labelled_phrases` gives them."""
    chance = random.Random(2)  # noqa: S311 - the same phrases every time
    signs = [line for line in DENIED_SIGNS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [("", denial.format(sign)) for sign in signs for denial in chance.sample(DENIALS, DENIALS_EACH)]


def other_requests(path: Path = OTHER_REQUESTS, *, held_back: bool = False) -> list[str]:
    """The requests to other assistants that are learnt, or those held back; none where the file is missing."""
    if not path.is_file():
        return []
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return [text for at, text in enumerate(texts) if (at % HELD_BACK == 0) == held_back]


def ordinary_phrases(labelled: Collection[tuple[str, str]], made_up: int = ORDINARY_SENTENCES) -> list[tuple[str, str]]:
    """Commands to the coach and talk it overhears, as `labelled_phrases` gives them, without those in `labelled`.

    `made_up`: how many sentences made of ordinary ones are among them.
    """
    spoken: dict[str, list[str]] = YAML(typ="safe").load(TRAINING_PHRASES / "commands.yaml")
    phrases = [
        *IntentReader.coach().speech_grammar.sentences(COMMANDS, limit=5000) * SHORT_COMMAND_WEIGHT,
        *chain.from_iterable(spoken.values()),
        *free_talk(),
    ]
    for name in ("openings.txt", "others.txt"):
        phrases += (TRAINING_PHRASES / name).read_text(encoding="utf-8").splitlines()
    phrases += islice((each for each in sentences(ORDINARY_SEED) if signs_in(each).telling), made_up)
    known = {tuple(concept_words(phrase)) for _, phrase in labelled}
    return [("", phrase) for phrase in phrases if tuple(concept_words(phrase)) not in {*known, ()}]


def free_talk() -> Iterator[str]:
    """What people say to the coach and beside it in words of their own, without what may tell of danger."""
    for path in meaning_phrase_files():
        for label, texts in YAML(typ="safe").load(path).items():
            if label.partition("/")[0] not in ALARMING:
                yield from texts


def variants(phrase: str, chance: random.Random) -> Iterator[str]:
    """A phrase, and what it becomes when it is said otherwise or misheard."""
    yield phrase
    yield f"{chance.choice(OPENERS)} {phrase}"
    yield f"{phrase} {chance.choice(CLOSERS)}"
    words = phrase.split()
    others = OTHER_PERSONS[chance.choice(("he", "she"))]
    if words[0] in others:
        yield " ".join(others.get(word, word) for word in words)
    if len(words) > 3:
        for _ in range(MISHEARD_VARIANTS):
            yield " ".join(misheard(words, chance))
        del words[chance.randrange(len(words))]
        yield " ".join(words)


def train_words(labelled: list[tuple[str, str]], others: Sequence[str]) -> RedFlagClassifier:
    """The classifier of (flag or call, phrase) pairs and their variants. `others`: more texts that are no alarm."""
    chance = random.Random(0)  # noqa: S311 - the same weights every time
    said = [(flag, each) for flag, phrase in labelled for each in variants(phrase, chance)]
    said += [*ordinary_phrases(labelled), *(("", text) for text in others)]
    signs = [signs_in(phrase).features() for _, phrase in said]
    every, often = np.unique(np.concatenate(signs), return_counts=True)
    known = every[often >= RAREST_SIGN]
    features = matrix(signs, known)
    flags = [flag for flag, _ in said]
    rarity = np.log((1.0 + features.shape[0]) / (1.0 + np.bincount(features.indices, minlength=len(known))))
    learnt, bias = np.zeros((len(known), len(set(flags)))), np.zeros(len(set(flags)))
    for strength, power in AVERAGED_FITS:
        model = LogisticRegression(C=strength, max_iter=150, tol=1e-3)
        model.fit(features @ diags(rarity**power), flags)
        # Rarity only steers what is learnt: it is part of the weights, so that nobody need know it afterwards.
        learnt += model.coef_.T * (rarity**power)[:, np.newaxis] / len(AVERAGED_FITS)
        bias += model.intercept_ / len(AVERAGED_FITS)
    scale = float(np.abs(learnt).max()) / 127.0
    weights = np.round(learnt / scale).astype(np.int8)
    return RedFlagClassifier(tuple(sorted(set(flags))), known, weights, scale, bias.astype(np.float32))


def train_network(labelled: list[tuple[str, str]], others: Sequence[str]) -> AlarmNetwork:
    """The network of (flag or call, phrase) pairs and some of their variants. `others`: texts that are no alarm."""
    from benchmarks.training.pooled.fit import fitted  # PyTorch, which whoever reads the phrases alone does not have

    chance = random.Random(1)  # noqa: S311 - the same weights every time
    said = [(flag, each) for flag, phrase in labelled for each in few_variants(phrase, chance)]
    said += [*ordinary_phrases(labelled, made_up=ORDINARY_FOR_NETWORK), *(("", text) for text in others)]
    found = [clues(signs_in(text), calls_in(text)) for _, text in said]
    often: dict[str, int] = {}
    for name in chain.from_iterable(found):
        often[name] = often.get(name, 0) + 1
    names = tuple(sorted(name for name, times in often.items() if times >= RAREST_CLUE))
    texts = TaughtTexts(
        vectors_of((words_of(text) for _, text in said), "alarms"),
        np.array([marks(each, names) for each in found]),
        [flag for flag, _ in said],
        np.ones(len(said), np.float32),
    )
    classes, networks = fitted(texts, np.arange(len(said)), NETWORK_SIZE)
    return AlarmNetwork(classes, names, networks)


def few_variants(phrase: str, chance: random.Random) -> Iterator[str]:
    """A phrase, what it becomes when something is said around it, and when it is told of another person."""
    yield phrase
    words = phrase.split()
    if chance.random() < 0.5:
        yield f"{chance.choice(OPENERS)} {phrase}"
    others = OTHER_PERSONS[chance.choice(("he", "she"))]
    if words[0] in others:
        yield " ".join(others.get(word, word) for word in words)
    elif len(words) > 3 and chance.random() < 0.5:
        yield " ".join(misheard(words, chance))


def matrix(every: Sequence[NDArray[np.uint32]], known: NDArray[np.uint32]) -> csr_matrix:
    """The features of every text: one row a text, one column a known feature."""
    columns = [feature_rows(each, known) for each in every]
    rows = np.repeat(np.arange(len(every)), [len(each) for each in columns])
    values = np.repeat([feature_value(each) for each in every], [len(each) for each in columns]).astype(np.float32)
    return csr_matrix((values, (rows, np.concatenate(columns))), shape=(len(every), len(known)))


def main() -> None:
    """Train on every phrase and write both classifiers."""
    labelled = [*labelled_phrases(), *denied_signs()]
    labelled += brief_alarms(labelled)
    others = other_requests(*map(Path, sys.argv[1:2]))
    train_words(labelled, others).save(RED_FLAG_WEIGHTS)
    train_network(labelled, others).save(RED_FLAG_NETWORK)
    for path in (RED_FLAG_WEIGHTS, RED_FLAG_NETWORK):
        print(f"{len(labelled)} phrases → {path.relative_to(ROOT)}, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
