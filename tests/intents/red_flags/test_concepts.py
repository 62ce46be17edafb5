"""Concepts in free text: how their entries are matched."""

import pytest

from intents.red_flags.concepts import Lexicon, Span, concept_words

pytestmark = pytest.mark.unit


def test_an_entry_skips_light_words_and_leaves_room_where_it_says_so() -> None:
    lexicon = Lexicon(frozenset({"my", "is"}), {"part": "left arm; leg*", "odd": "<part> ~ numb|dead; ?so weak"})
    assert lexicon.find(concept_words("left my arm"))["part"] == [Span(0, 3)]
    assert lexicon.find(concept_words("My legs, both of them, are NUMB"))["odd"] == [Span(1, 7)]
    assert lexicon.find(concept_words("so weak"))["odd"] == [Span(0, 2), Span(1, 2)]
    assert "odd" not in lexicon.find(concept_words("my leg is long and by the way the dog is dead"))


def test_an_entry_that_names_an_unknown_concept_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown concept <arm>"):
        Lexicon(frozenset(), {"odd": "<arm> numb"})


def test_contractions_are_one_word_however_they_are_written() -> None:
    assert concept_words("I can not, cannot, can't — and can’t!") == ["i", "cant", "cant", "cant", "and", "cant"]
