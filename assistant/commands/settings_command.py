"""`main.py settings`: tells the settings of a profile, or one of them, or changes one."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from platformdirs import user_data_path

from assistant.commands.explained import explained
from assistant.sessions.profile import Profile, settings_in
from assistant.settings import Settings

NAMES = tuple(asdict(Settings()))
"""The names of all settings, in order."""


@click.command(context_settings={"ignore_unknown_options": True})  # "-6" is a volume
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option(
    "--profile", type=click.Path(path_type=Path, file_okay=False), help="The folder whose settings are meant."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def settings(name: str | None, value: str | None, profile: Path | None, as_json: bool) -> None:
    """Tell all settings, or the one called NAME; with VALUE, change it.

    "none" as a VALUE takes the setting away. A Limber that is running learns of a change at its next start.
    """
    if name is not None and name not in NAMES:
        raise click.UsageError(f"There is no setting {name!r}. The settings are {', '.join(NAMES)}.")
    folder = profile or user_data_path("limber")
    with explained():
        if name is not None and value is not None:
            Profile(folder).settings_file.change(name, value)
        found = settings_in(folder)
    for each, told in asdict(found.settings).items():
        if name in {None, each}:
            click.echo(json.dumps({"name": each, "value": told}) if as_json else f"{each}: {_written(told)}")
    if found.problems:
        click.echo(f"{'; '.join(found.problems)}; correct it, or set it here", err=True)
        raise SystemExit(1)


def _written(value: object) -> str:
    """A value as it is typed."""
    match value:
        case None | ():
            return "none"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
