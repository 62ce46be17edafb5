"""The stored graph is that of the built-in templates, and loses nothing of them."""

import gzip

import pytest

from intents.grammar.graph_cache import GRAPH_FILE, coach_graph, stored_form
from intents.grammar.templates import COACH_TEMPLATES, read_templates
from intents.model import Intent

pytestmark = pytest.mark.quality


def test_the_stored_graph_is_that_of_the_templates() -> None:
    stored = gzip.decompress(GRAPH_FILE.read_bytes())
    assert stored == stored_form(), "the templates or the compiler have changed: run script/train-intents"


def test_no_builtin_sentence_uses_what_the_stored_graph_leaves_out() -> None:
    for intent in read_templates([COACH_TEMPLATES]).intents.values():
        for block in intent.data:
            assert not block.requires_context
            assert not block.excludes_context


def test_the_templates_have_every_intent() -> None:
    assert coach_graph().intents() == set(Intent) - {
        Intent.RED_FLAG,
        Intent.SELF_HARM,
        Intent.WAKE,
        Intent.SCREENING_OPEN,
    }
