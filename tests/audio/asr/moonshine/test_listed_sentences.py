"""The token automaton over a list of sentences: every likely way to write each one, and no other."""

import pytest

from audio.asr.grammar import ANY_INTENT, ListedSentences
from audio.asr.moonshine.automaton import Automaton
from audio.asr.moonshine.automaton import TokenState as Written
from audio.asr.moonshine.tokenizer import Tokenizer

pytestmark = pytest.mark.engine


def written(tokenizer: Tokenizer, sentences: list[str]) -> dict[str, str]:
    """Every way the sentences may be written, with the sentence each means."""
    automaton = Automaton(ListedSentences(sentences), tokenizer)
    ways: dict[str, str] = {}
    open_: list[tuple[tuple[int, ...], Written]] = [((), automaton.begin())]
    while open_:
        tokens, state = open_.pop()
        if automaton.complete(state, ANY_INTENT):
            ways[tokenizer.text(tokens)] = automaton.sentence(tokens, ANY_INTENT)
        open_ += [
            ((*tokens, token), automaton.after(state, token)) for token in automaton.tokens(state, ANY_INTENT).tolist()
        ]
    return ways


def test_sentences_are_written_in_every_likely_way_and_no_other(tokenizer: Tokenizer) -> None:
    ways = written(tokenizer, ["no thanks", "no"])
    stems = {
        f"{no}{between}{thanks}": "no thanks"
        for no in ("no", "No")
        for between, endings in ((" ", ("thanks", "Thanks")), (", ", ("thanks", "Thanks")), ("-", ("thanks", "Thanks")))
        for thanks in endings
    }
    stems |= {"no": "no", "No": "no"}
    assert ways == {stem + stop: sentence for stem, sentence in stems.items() for stop in ("", ".", "?", "!")}


def test_i_is_always_a_capital_and_names_stay_as_given(tokenizer: Tokenizer) -> None:
    ways = written(tokenizer, ["can i", "call Anna", "i'm ready"])
    assert {"Can I?", "can I", "call Anna.", "I'm ready."} <= ways.keys()
    assert "Can i?" not in ways
