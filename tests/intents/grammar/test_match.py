"""Which texts are sentences of a graph, and what is kept of it."""

from pathlib import Path

import pytest

from intents.grammar.compile import compile_graph
from intents.grammar.graph import listed_graph
from intents.grammar.match import match
from intents.grammar.templates import read_templates

pytestmark = pytest.mark.unit

GOING = [("Go", ["go", "home"])]


@pytest.mark.parametrize(
    ("text", "matches"), [("go home", True), ("go go home", True), ("go postman", False), ("go", False), ("", False)]
)
def test_every_word_is_accounted_for(text: str, matches: bool) -> None:
    assert (match(listed_graph(GOING), text.split()) is not None) is matches


def test_what_was_found_in_one_graph_is_not_taken_for_another() -> None:
    first, second = listed_graph(GOING), listed_graph([("Walk", ["go", "home"])])
    assert first != second
    assert hash(first) != hash(second)
    assert [found.intent for graph in (first, second, first) if (found := match(graph, ["go", "home"]))] == [
        "Go",
        "Walk",
        "Go",
    ]


def test_the_valid_intents_do_not_change_what_is_kept() -> None:
    graph = listed_graph(GOING)
    assert match(graph, ["go", "home"], {"Walk"}) is None
    assert match(graph, ["go", "home"], {"Go"}) is not None


def test_a_wildcard_takes_words_that_no_sentence_has(tmp_path: Path) -> None:
    path = tmp_path / "parcels.yaml"
    path.write_text(
        "language: en\nintents: {Send: {data: [{sentences: ['send {what}']}]}}\nlists: {what: {wildcard: true}}\n",
        encoding="utf-8",
    )
    found = match(compile_graph(read_templates([path])), "send the postman".split())
    assert found is not None
    assert found.slots == {"what": "the postman"}
