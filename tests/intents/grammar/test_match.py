"""Which texts are sentences of a graph, and what is kept of it."""

import pytest

from intents.grammar.graph import listed_graph
from intents.grammar.match import match

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
