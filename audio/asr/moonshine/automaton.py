"""A closed grammar as an automaton over tokens: every spelling of every sentence, built while it is walked."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from audio.asr.grammar import Grammar
from audio.asr.moonshine.tokenizer import Tokenizer

COMMA, HYPHEN = ",", "-"
"""Punctuation that may stand between words."""
SENTENCE_STOPS = (".", "?", "!")
"""Punctuation that may stand at the end of a sentence."""
CACHED_WORDS = 10_000
"""Most next words that are cached, of all places together; beyond that, all but the first place's are dropped."""
CACHED_SPELLINGS = 20_000
"""Most words whose spellings are cached."""


class _WordSpelling(NamedTuple):
    """One spelling of a next word."""

    tokens: tuple[int, ...]
    """The spelling in tokens."""
    spoken: str
    """The word as it is spoken."""
    after: Hashable
    """The place in the grammar after the word."""
    intent_mask: int
    """The intents that the word leads to, as bits."""


class _Written(NamedTuple):
    """A spelling that is partly written."""

    word: _WordSpelling
    """The spelling."""
    tokens: int
    """How many of its tokens are written."""


@dataclass(slots=True)
class _Choice:
    """What a next token makes possible."""

    intent_mask: int = 0
    """The intents that the token leads to, as bits."""
    words: list[_Written] = field(default_factory=list)
    """The spellings that the token is part of, written up to it."""
    opens: list[tuple[Hashable, bool]] = field(default_factory=list)
    """Places whose next words begin after the token; True: without a space."""
    closes: int = 0
    """The intents of the sentences that are complete with the token and can't go on, as bits."""

    def add(self, other: "_Choice") -> None:
        """Make possible what another choice of the token does, too."""
        self.intent_mask |= other.intent_mask
        self.words += other.words
        self.opens += other.opens
        self.closes |= other.closes


_Choices: TypeAlias = dict[int, _Choice]
"""What each next token makes possible."""


@dataclass(slots=True, eq=False)
class TokenState:
    """A state of the automaton: all that the tokens written so far may be."""

    choices: _Choices
    """The next tokens and what they make possible."""
    complete: int = 0
    """The intents of the sentences that are complete here, as bits."""
    following: dict[int, "TokenState"] = field(default_factory=dict)
    """The states after each next token, as far as they were asked for."""
    allowed: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    """The next tokens, by the intent mask that is expected, as far as they were asked for."""


class Automaton:
    """A grammar in the tokens of one recogniser.

    Each word may be spelled as the grammar has it, in lower case or capitalised; between words there may be a comma or
    a hyphen, and at the end a stop.

    Threads: states are built and cached while they are walked, so all of it belongs to one thread at a time.
    """

    def __init__(self, grammar: Grammar[Any], tokenizer: Tokenizer) -> None:
        """Build the first state alone."""
        self._grammar = grammar
        self._tokenizer = tokenizer
        self._comma, self._hyphen = tokenizer.mark(COMMA), tokenizer.mark(HYPHEN)
        self.marks = np.array([self._comma, self._hyphen])
        """The tokens of the punctuation between words, which may be left out: shape (2,)."""
        self._stops = [tokenizer.mark(stop) for stop in SENTENCE_STOPS]
        self._forget()
        self._start = TokenState(self._next_words(self._grammar.start))
        self._kept = 0

    def _forget(self) -> None:
        """Drop the cached words and states."""
        self._words: dict[tuple[Hashable, bool], _Choices] = {}
        self._kept = 0
        self._complete: dict[Hashable, int] = {}
        self._places: dict[Hashable, Hashable] = {}
        """Each place that a word leads to, by itself: many words lead to one place, and a place may be large."""
        self._ended: dict[Hashable, TokenState] = {}

    def begin(self) -> TokenState:
        """The state before a sentence. States of earlier sentences are no longer valid: the cache may be dropped."""
        if self._kept > CACHED_WORDS:
            kept, complete = self._start.choices, self._complete[self._grammar.start]
            self._forget()
            self._start = TokenState(kept)
            self._words[self._grammar.start, False], self._complete[self._grammar.start] = kept, complete
        return self._start

    def tokens(self, state: TokenState, intent_mask: int) -> NDArray[np.int64]:
        """The next tokens of sentences with one of these intents: shape (n,), without END."""
        if intent_mask not in state.allowed:
            tokens = [token for token, choice in state.choices.items() if choice.intent_mask & intent_mask]
            state.allowed[intent_mask] = np.array(tokens, np.int64)
        return state.allowed[intent_mask]

    def after(self, state: TokenState, token: int) -> TokenState:
        """The state after one of the next tokens of a state."""
        if token not in state.following:
            state.following[token] = self._state(state.choices[token])
        return state.following[token]

    def complete(self, state: TokenState, intent_mask: int) -> int:
        """The intents, of those given, of which a sentence is complete in a state: bits of a mask."""
        return state.complete & intent_mask

    def sentence(self, tokens: tuple[int, ...], intent_mask: int) -> str:
        """The spoken words of a whole sentence with one of these intents, by its tokens.

        Raises ValueError for tokens that are no sentence of the grammar.
        """
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
                if closes & intent_mask:
                    return " ".join(spoken)
                ways.append((end, after.choices, spoken))
                ways += [(end + 1, self._next_words(*opened), spoken) for opened in (mark.opens if mark else ())]
        raise ValueError(f"no sentence of the grammar: {self._tokenizer.text(tokens)!r}")

    def written(self, tokens: tuple[int, ...]) -> str:
        """The text of some tokens, as it is spelled."""
        return self._tokenizer.text(tokens)

    def _state(self, choice: _Choice) -> TokenState:
        """Build the state after a token."""
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
        """The state after a whole word: next words, punctuation before them, and stops where a sentence is complete."""
        if place not in self._ended:
            begun = self._next_words(place)
            complete = self._complete[place]
            choices = dict(begun)
            if begun:
                intent_mask = 0
                for choice in begun.values():
                    intent_mask |= choice.intent_mask
                choices[self._comma] = _Choice(intent_mask, opens=[(place, False)])
                choices[self._hyphen] = _Choice(intent_mask, opens=[(place, True)])
            if complete:
                choices |= {stop: _Choice(complete, closes=complete) for stop in self._stops}
            self._ended[place] = TokenState(choices, complete)
        return self._ended[place]

    def _next_words(self, place: Hashable, joined: bool = False) -> _Choices:
        """The first tokens of the next words after a place; `joined`: as after a hyphen, without a space."""
        parts = self._grammar.parts(place) if (place, joined) not in self._words else ()
        if len(parts) > 1:
            self._words[place, joined] = _together([self._next_words(part, joined) for part in parts])
            self._complete[place] = 0
            for part in parts:
                self._complete[place] |= self._complete[part]
        elif parts:
            begun: _Choices = {}
            words, self._complete[place] = self._grammar.after(place)
            self._kept += len(words)
            for written, (spoken, led_to, intent_mask) in words.items():
                after = self._places.setdefault(led_to, led_to)
                for spelling in _spellings(written):
                    tokens = self._tokenizer.word(spelling, joined)
                    _add(begun, _Written(_WordSpelling(tokens, spoken, after, intent_mask), 0))
            self._words[place, joined] = begun
        return self._words[place, joined]


def _together(parts: Sequence[_Choices]) -> _Choices:
    """The choices of all parts; those of one part alone are shared with it."""
    found = dict(parts[0])
    for part in parts[1:]:
        for token, choice in part.items():
            if token in found:
                both = _Choice()
                both.add(found[token])
                both.add(choice)
                found[token] = both
            else:
                found[token] = choice
    return found


def _add(choices: _Choices, each: _Written) -> None:
    """Add the next token of a partly written spelling to the choices."""
    word, written = each
    choice = choices.setdefault(word.tokens[written], _Choice())
    choice.intent_mask |= word.intent_mask
    choice.words.append(_Written(word, written + 1))


@lru_cache(maxsize=CACHED_SPELLINGS)
def _spellings(word: str) -> tuple[str, ...]:
    """The spellings of a word: capitalised, in lower case, and as given; "I" is always capitalised."""
    lower = word.lower()
    capital = lower[:1].upper() + lower[1:]
    always = lower == "i" or lower.startswith("i'")
    return tuple(dict.fromkeys([capital, *([] if always else [lower]), word if not always else capital]))
