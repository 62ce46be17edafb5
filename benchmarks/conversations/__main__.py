"""Holds typed conversations and prints how many hold, by kind.

    .venv/bin/python -m benchmarks.conversations [FILE_OR_FOLDER]... [-k WORD] [-v]

Reads tests/conversations where no file is named. Exit 1 when a conversation does not hold.
"""

import sys
from collections import Counter
from pathlib import Path

import click

from assistant.guidance.loader import load_guidance
from benchmarks.conversations.talks import CONVERSATIONS, hold_talk, read_talks
from intents.reader import IntentReader


@click.command()
@click.argument("places", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("-k", "--word", default="", help="Only those with this in their title, kind or place.")
@click.option("-v", "--verbose", is_flag=True, help="Print every check that fails, not the first of each.")
def main(places: tuple[Path, ...], word: str, verbose: bool) -> None:
    """Hold the conversations of these files or folders, and print how many hold, by kind."""
    talks = [talk for place in places or (CONVERSATIONS,) for talk in read_talks(place)]
    chosen = [talk for talk in talks if word in talk.title or word in talk.kind or word in talk.where]
    reader, guidance = IntentReader.coach(), load_guidance()
    held, total = Counter[str](), Counter[str]()
    for talk in chosen:
        misses = hold_talk(talk, reader, guidance)
        total[talk.kind] += 1
        held[talk.kind] += not misses
        if misses:
            print(f"{talk.where} [{talk.kind}] {talk.title}")
            for miss in misses if verbose else misses[:1]:
                print(f"    {miss}")
    for kind in sorted(total):
        print(f"{kind:16} {held[kind]} of {total[kind]}")
    print(f"held: {held.total()} of {total.total()}")
    sys.exit(0 if held == total else 1)


if __name__ == "__main__":
    main()
