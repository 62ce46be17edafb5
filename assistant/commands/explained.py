"""How a command ends whose error is explained: one line on stderr, and exit status 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from assistant import script
from assistant.errors import LimberError
from audio.errors import AudioError
from intents.errors import IntentsError


@contextmanager
def explained() -> Iterator[None]:
    """Turn an explained error into one line on stderr and exit status 1."""
    try:
        yield
    except (LimberError, AudioError, IntentsError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error


@contextmanager
def until_interrupted() -> Iterator[None]:
    """Say goodbye where Ctrl-C ends a session, whatever goes on: that is no failure."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(script.FAREWELL)
