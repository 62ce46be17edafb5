"""The stored graph is that of the built-in templates, and loses nothing of them."""

import gzip

import pytest
from ruamel.yaml import YAML

from intents.grammar.graph_cache import COACH_GRAPH, OPEN_GRAPH, StoredGraph, coach_graph, open_graph
from intents.grammar.templates import COACH_TEMPLATES, read_templates
from intents.model import OPEN_INTENTS, Intent

pytestmark = pytest.mark.quality


STORED = pytest.mark.parametrize("graph", [COACH_GRAPH, OPEN_GRAPH], ids=["coach", "open"])


@STORED
def test_the_stored_graph_is_that_of_the_templates(graph: StoredGraph) -> None:
    stored = gzip.decompress(graph.file.read_bytes())
    assert stored == graph.stored_form(), "the templates or the compiler have changed: run script/train-intents"


@STORED
def test_no_builtin_sentence_uses_what_the_stored_graph_leaves_out(graph: StoredGraph) -> None:
    for intent in read_templates(graph.templates).intents.values():
        for block in intent.data:
            assert not block.requires_context
            assert not block.excludes_context


def test_the_templates_have_every_intent() -> None:
    assert coach_graph().intents() == set(Intent) - {
        Intent.RED_FLAG,
        Intent.SELF_HARM,
        Intent.WAKE,
        Intent.SCREENING_OPEN,
        *OPEN_INTENTS,
    }
    assert OPEN_INTENTS - open_graph().intents() == {Intent.ROUTINE_MOVEMENTS}


def test_no_rule_or_list_of_the_templates_is_defined_in_two_files() -> None:
    homes: dict[str, list[str]] = {}
    for path in sorted(COACH_TEMPLATES.glob("*.yaml")):
        content = YAML(typ="safe").load(path)
        for kind in ("expansion_rules", "lists"):
            for name in content.get(kind) or ():
                homes.setdefault(f"{kind}: {name}", []).append(path.name)
    assert not {name: files for name, files in homes.items() if len(files) > 1}
