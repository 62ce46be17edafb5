"""`main.py history`: the stretch sessions on record, as a table, as JSON or CSV, or drawn."""

from pathlib import Path

import click
from platformdirs import user_data_path

from assistant.commands.explained import explained
from assistant.guidance.loader import load_guidance
from assistant.history import report
from assistant.history.history_file import HISTORY_FILE_NAME, HistoryFile
from assistant.history.picture.chart import chart
from assistant.history.picture.png import as_png
from assistant.history.picture.svg import as_svg
from assistant.history.stretch_record import Past
from assistant.whole_file import not_written


@click.command()
@click.option("--profile", type=click.Path(path_type=Path, file_okay=False), help="Where the history is kept.")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), help="Draw it to FILE.svg or FILE.png.")
@click.option("--export", type=click.Choice(["csv", "json"]), help="Print all of it in this form.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def history(profile: Path | None, plot: Path | None, export: str | None, as_json: bool) -> None:
    """Tell what was done, when, and how it felt; nothing is changed."""
    if plot is not None and plot.suffix.lower() not in {".svg", ".png"}:
        raise click.UsageError(f"--plot {plot}: name a file that ends with .svg or .png.")
    if export is not None and as_json:
        raise click.UsageError("--export and --json exclude each other: choose one.")
    with explained():
        past = _read((profile or user_data_path("limber")) / HISTORY_FILE_NAME)
        told = None if plot is None else _draw(past, plot)
        if export is not None:
            click.echo(report.as_csv(past) if export == "csv" else report.as_json(past))
        elif as_json:
            for line in report.json_lines(past):
                click.echo(line)
        elif told is not None:
            click.echo(f"{plot}: drawn. {told}")
        else:
            guidance = load_guidance()
            titles = {key: movement.title for key, movement in guidance.movements.items()}
            titles |= {key: routine.title for key, routine in guidance.routines.items()}
            for line in report.table(past, titles):
                click.echo(line)


def _read(file: Path) -> Past:
    """The sessions on record; none where there is no file yet, which is not made here."""
    return HistoryFile(file).read() if file.exists() else ()


def _draw(past: Past, file: Path) -> str:
    """Draw the history, and give the same in words. Raises LimberError where the file cannot be written."""
    picture = chart(past)
    try:
        if file.suffix.lower() == ".svg":
            file.write_text(as_svg(picture), encoding="utf-8")
        else:
            file.write_bytes(as_png(picture))
    except OSError as error:
        raise not_written(file, error) from error
    return picture.told
