"""Fits the weights of the confidence of a transcript, and writes `audio/asr/confidence.toml`.

    .venv/bin/python -m benchmarks.training.calibrate DATA [--sample 60] [--programmes 40] [--results FILE]

Listens to the tuning half of what `benchmarks/hearing.py` measures, and to television that it does not show. Orders,
commands and one-word commands are meant; other talk, near misses and television are not. Half of each kind of evidence
counts as meant, however much there is of it. Prints how often confidences come true when a fifth of the material at a
time is left out of the fit. With --results it can be stopped and resumed, with --clips FOLDER it keeps
the synthetic speech. Needs scikit-learn, flite and espeak-ng.
"""

import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.operating_points import SHORT_WORDS
from assistant.states import VALID, State
from audio.asr.confidence import CONFIDENCE_FILE
from audio.asr.engines import open_recogniser
from audio.asr.recogniser import Transcript
from audio.vad.utterance import Utterance
from benchmarks.listening import parts
from benchmarks.listening.trials import HearingUnderTest, Notebook, digest_of, is_right
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.places import ROOT
from benchmarks.rig.voices import SyntheticSpeech
from benchmarks.television.programme import Programme, Television, blocks
from intents.model import Reading
from intents.reader import IntentReader

CALIBRATED_FILE = ROOT / "audio" / "asr" / CONFIDENCE_FILE
"""The file that is written."""
CALIBRATION_SEED = 7
"""Seed of the television, another than the one that is measured."""
CALIBRATION_CONDITIONS = ("clean", "kitchen 12", "kitchen 6", "babble 12")
"""The conditions of the orders that are listened to."""
CALIBRATION_FOLDS = 5
"""Number of parts in cross-validation."""
DATA_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
"""The type of the argument that names the data."""


@dataclass(frozen=True)
class Sample:
    """A text that was recognised, the evidence for it, and whether it is what was said."""

    kind: str
    """The kind of evidence: "brief", "long" or "led"."""
    said: str
    """The name of what was said, whoever said it."""
    signs: dict[str, float]
    """The evidence, by name."""
    right: bool
    """The text means what was said."""


@click.command(help=__doc__)
@click.argument("data", type=DATA_FOLDER)
@click.option("--sample", type=click.IntRange(1), default=60, help="At most so many items of each group.")
@click.option("--programmes", type=click.IntRange(0), default=40, help="Of television, two minutes each.")
@click.option("--results", type=click.Path(path_type=Path), help="Where samples are kept, as JSON lines.")
@click.option("--clips", type=click.Path(path_type=Path), help="A folder that keeps synthetic speech for the next run.")
def main(data: Path, sample: int, programmes: int, results: Path | None, clips: Path | None) -> None:
    """Listen, fit and write."""
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words.yaml"
        parts.write_short_commands(words, sorted(path.name for path in (data.parent / "wake").glob("*")))
        material = parts.HearingData(
            data, data.parent, ROOT.parent / "shared" / "phrases", data.parent / "noise-kitchen.flac", words,
            SyntheticSpeech(clips or Path(folder) / "clips"), sample, "tuning",
        )  # fmt: skip
        notebook = Notebook(results, digest_of("moonshine", [], without=[CALIBRATED_FILE]))
        hearing = HearingUnderTest(open_recogniser("moonshine"))
        lines = [*_heard(material, hearing, notebook), *_overheard(material, programmes, hearing, notebook)]
    samples = [Sample(**each) for line in lines for each in line["samples"]]
    weights = {kind: fit([each for each in samples if each.kind == kind]) for kind in ("brief", "long", "led")}
    CALIBRATED_FILE.write_text("\n".join(_section(kind, found) for kind, found in weights.items()), encoding="utf-8")


def _heard(data: parts.HearingData, hearing: HearingUnderTest, notebook: Notebook) -> Iterator[dict[str, Any]]:
    """The notebook's lines of all trials, listened to where they are missing."""
    trials = [trial for trial in parts.orders(data) if trial.condition in CALIBRATION_CONDITIONS]
    trials += [*parts.others(data), *parts.short(data), *parts.spoken(data)]
    with click.progressbar(trials, label="speech      ", show_pos=True) as bar:
        for trial in bar:
            if trial.key not in notebook.lines:
                hearing.hear(trial)
                heard = hearing.recogniser.last
                said, reader = trial.item.rpartition(": ")[2], hearing.reader(trial.grammar)
                found = _samples(heard, reader, trial.valid, said, partial(is_right, trial=trial)) if heard else []
                notebook.add(trial.key, samples=found)
            yield notebook.lines[trial.key]


def _overheard(
    data: parts.HearingData, programmes: int, hearing: HearingUnderTest, notebook: Notebook
) -> Iterator[dict[str, Any]]:
    """The notebook's lines of television programmes, listened to where they are missing."""
    television = Television(CALIBRATION_SEED, parts.not_commands(replace(data, sample=None)))
    with click.progressbar(range(programmes), label="television  ", show_pos=True) as bar:
        for number in bar:
            key = ("television", television.name, "in a session", f"programme {number}")
            if key not in notebook.lines:
                notebook.add(key, samples=_samples_of(television.programme(number), hearing))
            yield notebook.lines[key]


def _samples_of(shown: Programme, hearing: HearingUnderTest) -> list[dict[str, Any]]:
    """The samples of a programme, none of which is right."""
    valid = frozenset(VALID[State.HOLDING])
    reader = hearing.reader(parts.COACH_GRAMMAR)
    listening = Hearing(hearing.recogniser, reader)
    found = []
    for block in blocks(shown.sound):
        for sound in listening.listen(block, valid):
            if not isinstance(sound.content, Utterance):
                continue
            said = shown.said(sound.content.began, sound.content.until)
            listening.understand(sound, valid)
            heard = hearing.recogniser.last
            if heard and not any(reader.read(words, valid).intent for words in said):
                found += _samples(heard, reader, valid, " ".join(said), lambda _: False)
    return found


def _samples(
    heard: Transcript,
    reader: IntentReader,
    valid: Collection[str] | None,
    said: str,
    right: Callable[[Reading], bool],
) -> list[dict[str, Any]]:
    """The samples of one transcript, of each kind of evidence whose text means something."""
    found = []
    for evidence in (heard.evidence, heard.led_evidence):
        if evidence is None:
            continue
        text = evidence.text.text
        reading = reader.read(text, valid)
        lone = evidence.kind == "led" and len(text.split()) <= SHORT_WORDS
        if reading.intent and not lone and not reader.speech_grammar.only_sounds_like(text, reading):
            found.append({"kind": evidence.kind, "said": said, "signs": evidence.signs(), "right": right(reading)})
    return found


def fit(samples: Sequence[Sample]) -> dict[str, float]:
    """The weight of each kind of evidence, and the bias; prints how often the confidence comes true."""
    names = list(samples[0].signs)
    signs = np.array([[each.signs[name] for name in names] for each in samples])
    right = np.array([each.right for each in samples])
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    said = [crc32(each.said.encode()) for each in samples]
    if any(len({each.said for each in samples if each.right is kind}) < CALIBRATION_FOLDS for kind in (True, False)):
        raise click.ClickException(f"{samples[0].kind}: too little to fit; use a larger --sample and --programmes")
    chances = cross_val_predict(
        model, signs, right, groups=said, cv=GroupKFold(CALIBRATION_FOLDS), method="predict_proba"
    )
    click.echo(f"\n{samples[0].kind}: {len(samples)} samples, {right.sum()} right")
    _tell(chances[:, 1], right)
    model.fit(signs, right)
    scaler, learnt = model[0], model[1]
    weights = learnt.coef_[0] / scaler.scale_
    bias = float(learnt.intercept_[0] - weights @ scaler.mean_)
    return {"bias": bias, **dict(zip(names, weights.tolist(), strict=True))}


def _tell(chances: NDArray[np.float64], right: NDArray[np.bool_]) -> None:
    """Print how often each tenth of the confidence comes true, both classes weighted alike."""
    weights = np.where(right, 1 / right.sum(), 1 / (~right).sum())
    for low in np.arange(0, 1, 0.1):
        inside = (chances >= low) & (chances < low + 0.1)
        if inside.any():
            true = 100 * (weights * right)[inside].sum() / weights[inside].sum()
            click.echo(f"  {low:.1f} to {low + 0.1:.1f}: {true:3.0f} % right of {inside.sum()}")


def _section(kind: str, weights: dict[str, float]) -> str:
    """A kind's weights as TOML."""
    return f"[{kind}]\n" + "".join(f"{name} = {weight:.3f}\n" for name, weight in weights.items())


if __name__ == "__main__":
    main()
