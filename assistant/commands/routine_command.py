"""`main.py routine check`: says what is wrong with files of the person's own routines, and where."""

import json
from pathlib import Path

import click

from assistant.commands.explained import explained
from assistant.guidance.loader import load_guidance
from assistant.guidance.own.routine_check import check_routine
from intents.reader import IntentReader


@click.group()
def routine() -> None:
    """The person's own routines, as files."""


@routine.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Say what is wrong with files of own routines, and where; nothing is kept."""
    with explained():
        guidance, clash = load_guidance(), IntentReader.coach().clash
        bad = False
        for file in files:
            found, problems = check_routine(file, guidance, clash)
            bad = bad or bool(problems)
            for problem in problems:
                click.echo(json.dumps(problem.told()) if as_json else str(problem), err=not as_json)
            if found is not None:
                told = {"file": str(file), "name": found.name, "steps": len(found.steps)}
                click.echo(json.dumps(told) if as_json else f"{file}: good; say: start {found.name}")
    if bad:
        raise SystemExit(1)
