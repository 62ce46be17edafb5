"""Writes television programmes into a WAV file to listen to, and prints what is said.

.venv/bin/python -m benchmarks.television OUT.wav [--seed N] [--first N] [--minutes M] [--recordings FOLDER]
"""

from pathlib import Path

import click
import soundfile

from audio.samples import SAMPLE_RATE
from benchmarks.television.programme import PROGRAMME_SECONDS, Television


@click.command(help=__doc__)
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--seed", default=1)
@click.option("--first", default=0, help="The number of the first programme.")
@click.option("--minutes", default=10.0)
@click.option("--recordings", type=click.Path(path_type=Path, exists=True), help="Also play the FLAC files in here.")
def main(out: Path, seed: int, first: int, minutes: float, recordings: Path | None) -> None:
    """Write the programmes."""
    television = Television(seed, sorted(recordings.rglob("*.flac")) if recordings else ())
    with soundfile.SoundFile(out, "w", SAMPLE_RATE, 1, "PCM_16") as file:
        for number in range(first, first + round(minutes * 60 / PROGRAMME_SECONDS)):
            programme = television.programme(number)
            file.write(programme.sound)
            click.echo(f"{number}: {programme.genre}")
            for line in programme.lines:
                click.echo(f"  {line.at:6.1f} {line.words}")


if __name__ == "__main__":
    main()
