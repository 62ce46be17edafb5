"""Measures how well Limber hears: every table of docs/hearing.md, on any folder of labelled recordings.

    .venv/bin/python benchmarks/hearing.py DATA [--sample 20] [--only coffee,short] [--results FILE]

DATA is labelled like ../shared/speech/coffee: recordings, labels.json and intents.yaml. The folder around it may hold
noise-kitchen.flac, phrases/, digits/ and wake/; what is absent is left out. With --results a run can be stopped and
resumed: results in the file are not measured again, unless the code that hears or a grammar has changed.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

if __name__ == "__main__":
    # Run by its path, Python would take benchmarks/intents.py for the package of that name.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import click

from audio.asr.engines import open_recogniser
from audio.asr.recogniser import Engine
from audio.errors import AudioError
from benchmarks.listening import parts, report
from benchmarks.listening.cost import cost
from benchmarks.listening.screening_part import screen
from benchmarks.listening.television_part import watch
from benchmarks.listening.trials import HearingUnderTest, Notebook, digest_of
from benchmarks.rig.places import ROOT
from benchmarks.rig.voices import SyntheticSpeech, missing_programs
from benchmarks.television.programme import PROGRAMME_SECONDS, Television
from intents.errors import IntentsError

HEARING_PARTS = ("coffee", "others", "short", "spoken", "confidence", "television", "screening", "cost")
"""The parts of the measurement, in the order in which they run."""
A_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
"""The type of an option that names a folder."""
A_FILE = click.Path(path_type=Path, dir_okay=False)
"""The type of an option that names a file."""


@click.command(help=__doc__)
@click.argument("data", type=A_FOLDER)
@click.option("--only", default=",".join(HEARING_PARTS), help=f"Parts, from: {', '.join(HEARING_PARTS)}.")
@click.option("--sample", type=click.IntRange(1), help="At most so many items of each group: a quick look.")
@click.option("--half", type=click.Choice(["tuning", "held-out"]), help="Only that half of the items, by their names.")
@click.option("--results", type=A_FILE, help="Where results are kept, as JSON lines.")
@click.option("--engine", type=click.Choice(["auto", "moonshine", "vosk", "both"]), default="moonshine")
@click.option("--noise", type=A_FILE, help="Another noise than noise-kitchen.flac beside DATA.")
@click.option("--phrases", type=A_FOLDER, help="Another folder of phrases than ../shared/phrases.")
@click.option("--clips", type=click.Path(path_type=Path), help="A folder that keeps synthetic speech for the next run.")
@click.option("--hours", type=click.FloatRange(0, min_open=True), default=10.0, help="Of television (10).")
@click.option("--scenes", type=click.IntRange(1), default=1000, help="Of television in which somebody says no (1000).")
@click.option("--seed", default=1, help="Of the television (1).")
@click.option("--page", type=A_FILE, help="A Markdown page whose marked figures are replaced; plots go beside it.")
def main(  # noqa: PLR0913, PLR0917 - click gives every option an argument
    data: Path,
    only: str,
    sample: int | None,
    half: str | None,
    results: Path | None,
    engine: Engine,
    noise: Path | None,
    phrases: Path | None,
    clips: Path | None,
    hours: float,
    scenes: int,
    seed: int,
    page: Path | None,
) -> None:
    """Measure the parts that are asked for and print their sections."""
    wanted = only.split(",")
    if strange := set(wanted) - set(HEARING_PARTS):
        raise click.UsageError(f"--only knows {', '.join(HEARING_PARTS)}, not {', '.join(sorted(strange))}")
    for part in (part for part in wanted if part not in {"coffee", "confidence"}):
        if missing := missing_programs():
            raise click.UsageError(f"{part} needs {' and '.join(missing)}: sudo apt install {' '.join(missing)}")
    noise = noise or data.parent / "noise-kitchen.flac"
    if not noise.exists():
        raise click.UsageError(f"{noise} is not there: name a recording of noise with --noise")
    with tempfile.TemporaryDirectory() as folder, _explained():
        words = Path(folder) / "words.yaml"
        parts.write_short_commands(words, sorted(path.name for path in (data.parent / "wake").glob("*")))
        material = parts.HearingData(
            data, data.parent, phrases or ROOT.parent / "shared" / "phrases", noise, words,
            SyntheticSpeech(clips or Path(folder) / "clips"), sample, half,
        )  # fmt: skip
        notebook = Notebook(results, digest_of(engine, [data / "intents.yaml", words]))
        hearing = HearingUnderTest(open_recogniser(engine))
        for part in (part for part in HEARING_PARTS if part in wanted):
            section = _measured(part, material, notebook, hearing, engine, Shown(hours, scenes, seed))
            click.echo(f"\n## {part}\n\n{section}\n")
            if page is not None:
                put(page, part, section)


@dataclass(frozen=True)
class Shown:
    """How much television is measured, and which."""

    hours: float
    """Hours of television programmes."""
    scenes: int
    """Number of scenes in which somebody says "no"."""
    seed: int
    """The seed of all programmes and scenes."""


def _measured(
    part: str, data: parts.HearingData, notebook: Notebook, hearing: HearingUnderTest, engine: Engine, shown: Shown
) -> report.Section:
    """The section of one part, measured where the notebook does not have it."""
    match part:
        case "coffee":
            return report.orders_section(notebook.measure(parts.orders(data), hearing))
        case "others":
            orders = [trial for trial in parts.orders(data) if trial.key in notebook.lines]
            return report.others_section(
                notebook.measure(parts.others(data), hearing), notebook.measure(orders, hearing)
            )
        case "short":
            return report.short_section(notebook.measure(parts.short(data), hearing))
        case "spoken":
            return report.spoken_section(notebook.measure(parts.spoken(data), hearing))
        case "confidence":
            return report.confidence_section(notebook.results())
        case "screening":
            television = Television(shown.seed, ())
            return report.screening_section(screen(television, range(shown.scenes), hearing, notebook))
        case "television":
            people = parts.not_commands(replace(data, sample=None, half=None))
            programmes = range(max(1, round(shown.hours * 3600 / PROGRAMME_SECONDS)))
            return report.television_section(watch(Television(shown.seed, people), programmes, hearing, notebook))
        case _:
            return report.cost_section(cost(hearing, data.voices, engine))


def put(page: Path, part: str, section: report.Section) -> None:
    """Replace a page's text between the marks of a part, and write the section's plots beside it."""
    marks = re.compile(rf"(<!-- figures: {part} -->\n).*?(<!-- end -->)", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    if not marks.search(text):
        raise click.UsageError(f"{page} has no place for {part}: a line <!-- figures: {part} -->, then <!-- end -->")
    page.write_text(marks.sub(lambda found: f"{found[1]}\n{section}\n\n{found[2]}", text), encoding="utf-8")
    for name, drawing in section.plots.items():
        (page.parent / report.PLOTS).mkdir(exist_ok=True)
        (page.parent / report.PLOTS / name).write_text(drawing, encoding="utf-8")


@contextmanager
def _explained() -> Iterator[None]:
    """End with the message of an error in the data instead of a traceback."""
    try:
        yield
    except (AudioError, IntentsError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
