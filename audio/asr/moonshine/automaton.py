"""The sentences expected as a machine that takes tokens: built as it is walked, in every way they may be written."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from audio.asr.grammar import Grammar
from audio.asr.moonshine.tokenizer import Tokenizer

COMMA, HYPHEN = ",", "-"
SENTENCE_STOPS = (".", "?", "!")
CACHED_WORDS = 30_000
"""Next words that are kept, of all places together; then all but the first are forgotten, lest they fill the memory."""


class _WordSpelling(NamedTuple):
    """One way to write a next word."""

    tokens: tuple[int, ...]
    spoken: str
    after: Hashable
    """The place after it."""
    kinds: int
    """Of the sentences it leads to."""


class _Written(NamedTuple):
    """A word of which so many tokens are written."""

    word: _WordSpelling
    tokens: int


@dataclass(slots=True)
class _Choice:
    """What a token makes possible."""

    kinds: int = 0
    """Of the sentences it leads to."""
    words: list[_Written] = field(default_factory=list)
    """Those that it is in, or ends."""
    opens: list[tuple[Hashable, bool]] = field(default_factory=list)
    """Places whose next words begin after it; joined: without a space."""
    closes: int = 0
    """Kinds of the sentences that are complete with it, and can't go on."""

    def add(self, other: "_Choice") -> None:
        """Make all that possible, too."""
        self.kinds |= other.kinds
        self.words += other.words
        self.opens += other.opens
        self.closes |= other.closes


_Choices: TypeAlias = dict[int, _Choice]
"""By the next token."""


@dataclass(slots=True, eq=False)
class TokenState:
    """What the tokens written so far may be."""

    choices: _Choices
    complete: int = 0
    """Kinds of the sentences that are complete here."""
    following: dict[int, "TokenState"] = field(default_factory=dict)
    """The states that were asked for, by the next token."""
    allowed: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    """The next tokens, by the kinds that are expected."""


class Automaton:
    """A grammar in the tokens of one recogniser.

    Each word as the grammar has it, in lower case or capitalised; a comma or a hyphen between words; a stop at the end.
    """

    def __init__(self, grammar: Grammar[Any], tokenizer: Tokenizer) -> None:
        self._grammar = grammar
        self._tokenizer = tokenizer
        self._comma, self._hyphen = tokenizer.mark(COMMA), tokenizer.mark(HYPHEN)
        self.marks = np.array([self._comma, self._hyphen])
        """The tokens between words, which need not be there."""
        self._stops = [tokenizer.mark(stop) for stop in SENTENCE_STOPS]
        self._forget()
        self._start = TokenState(self._next_words(self._grammar.start))
        self._kept = 0

    def _forget(self) -> None:
        self._words: dict[tuple[Hashable, bool], _Choices] = {}
        self._kept = 0
        self._complete: dict[Hashable, int] = {}
        self._ended: dict[Hashable, TokenState] = {}

    def begin(self) -> TokenState:
        """The state in which a sentence begins; what came of earlier ones may be gone after it."""
        if self._kept > CACHED_WORDS:
            self._forget()
            self._start = TokenState(self._start.choices)
        return self._start

    def tokens(self, state: TokenState, kinds: int) -> NDArray[np.int64]:
        """The tokens that may come next in a sentence of one of these kinds, shape (n,); END is not among them."""
        if kinds not in state.allowed:
            tokens = [token for token, choice in state.choices.items() if choice.kinds & kinds]
            state.allowed[kinds] = np.array(tokens, np.int64)
        return state.allowed[kinds]

    def after(self, state: TokenState, token: int) -> TokenState:
        """The state after one of its tokens."""
        if token not in state.following:
            state.following[token] = self._state(state.choices[token])
        return state.following[token]

    def complete(self, state: TokenState, kinds: int) -> int:
        """Of these kinds those of which a sentence is complete."""
        return state.complete & kinds

    def sentence(self, tokens: tuple[int, ...], kinds: int) -> str:
        """The words that these tokens, a whole sentence of one of these kinds, stand for."""
        ways: list[tuple[int, _Choices, tuple[str, ...]]] = [(0, self._start.choices, ())]
        while ways:
            at, choices, said = ways.pop()
            for word, _ in choices[tokens[at]].words if at < len(tokens) and tokens[at] in choices else ():
                end, spoken = at + len(word.tokens), (*said, word.spoken)
                if word.tokens != tokens[at:end]:
                    continue
                after = self._after_word(word.after)
                mark = after.choices.get(tokens[end]) if end < len(tokens) else None
                closes = after.complete if end == len(tokens) else mark.closes if mark else 0
                if closes & kinds:
                    return " ".join(spoken)
                ways.append((end, after.choices, spoken))
                ways += [(end + 1, self._next_words(*opened), spoken) for opened in (mark.opens if mark else ())]
        raise ValueError(f"no sentence of the grammar: {self._tokenizer.text(tokens)!r}")

    def _state(self, choice: _Choice) -> TokenState:
        ended = [word for word, written in choice.words if written == len(word.tokens)]
        going = [each for each in choice.words if each.tokens < len(each.word.tokens)]
        parts = [self._after_word(word.after) for word in ended]
        parts += [TokenState(self._next_words(*opened)) for opened in choice.opens]
        if len(parts) == 1 and not going and not choice.closes:
            return parts[0]
        choices: _Choices = {}
        for each in going:
            _add(choices, each)
        for part in parts:
            for token, other in part.choices.items():
                choices.setdefault(token, _Choice()).add(other)
        complete = choice.closes
        for part in parts:
            complete |= part.complete
        return TokenState(choices, complete)

    def _after_word(self, place: Hashable) -> TokenState:
        if place not in self._ended:
            begun = self._next_words(place)
            complete = self._complete[place]
            choices = dict(begun)
            if begun:
                kinds = 0
                for choice in begun.values():
                    kinds |= choice.kinds
                choices[self._comma] = _Choice(kinds, opens=[(place, False)])
                choices[self._hyphen] = _Choice(kinds, opens=[(place, True)])
            if complete:
                choices |= {stop: _Choice(complete, closes=complete) for stop in self._stops}
            self._ended[place] = TokenState(choices, complete)
        return self._ended[place]

    def _next_words(self, place: Hashable, joined: bool = False) -> _Choices:
        """What the next words begin with, after a space or after a hyphen."""
        if (place, joined) not in self._words:
            begun: _Choices = {}
            words, self._complete[place] = self._grammar.after(place)
            self._kept += len(words)
            for written, (spoken, after, kinds) in words.items():
                for spelling in _spellings(written):
                    _add(
                        begun, _Written(_WordSpelling(self._tokenizer.word(spelling, joined), spoken, after, kinds), 0)
                    )
            self._words[place, joined] = begun
        return self._words[place, joined]


def _add(choices: _Choices, each: _Written) -> None:
    """Put the next token of a word among the choices."""
    word, written = each
    choice = choices.setdefault(word.tokens[written], _Choice())
    choice.kinds |= word.kinds
    choice.words.append(_Written(word, written + 1))


@lru_cache(maxsize=20_000)
def _spellings(word: str) -> tuple[str, ...]:
    """As given, in lower case, and capitalised; "I" always is."""
    lower = word.lower()
    capital = lower[:1].upper() + lower[1:]
    always = lower == "i" or lower.startswith("i'")
    return tuple(dict.fromkeys([capital, *([] if always else [lower]), word if not always else capital]))
