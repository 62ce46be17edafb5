"""Collects what Limber says in its own conversations: heard again, or read aloud, it asks for nothing.

    .venv/bin/python -m benchmarks.training.own_voice

Holds the conversations of tests/conversations in typed mode and writes each sentence that was said, once, to
`benchmarks/training/phrases/own_voice.txt`, which the classifier of meaning is taught as talk. To be run after larger
changes of the wording; takes two minutes. Sentences that quote what a person typed are left out.
"""

import re

from assistant.guidance.loader import load_guidance
from benchmarks.conversations.talks import CONVERSATIONS, TypedTalk, events_of_talk, read_talks
from benchmarks.rig.places import OWN_VOICE
from benchmarks.training.meaning.taught import SHORTEST_OWN
from intents.reader import IntentReader
from intents.text.normalize import words_of

_QUOTED = 3
"""How many words in a row that a person typed make a sentence a quotation."""


def main() -> None:
    """Hold all conversations, and write what was said."""
    reader, guidance = IntentReader.coach(), load_guidance()
    said: set[str] = set()
    for talk in read_talks(CONVERSATIONS):
        typed = _runs(talk)
        for event in events_of_talk(talk, reader, guidance):
            for sentence in re.split(r"(?<=[.?!]) ", event["text"]) if event["event"] == "said" else ():
                words = words_of(sentence)
                if len(words) >= SHORTEST_OWN and typed.isdisjoint(_in_a_row(words)):
                    said.add(" ".join(words))
    OWN_VOICE.write_text("".join(f"{sentence}\n" for sentence in sorted(said)), encoding="utf-8")
    print(f"{len(said)} sentences")


def _runs(talk: TypedTalk) -> set[tuple[str, ...]]:
    """The words in a row that a person typed in a conversation."""
    return {run for turn in talk.turns for run in _in_a_row(words_of(turn.typed))}


def _in_a_row(words: list[str]) -> list[tuple[str, ...]]:
    """Each run of `_QUOTED` words."""
    return [tuple(words[at : at + _QUOTED]) for at in range(len(words) - _QUOTED + 1)]


if __name__ == "__main__":
    main()
