"""Templates of any origin: hassil itself is the judge of what a sentence means."""

from pathlib import Path

import pytest
import yaml
from hassil import recognize_all
from hassil.sample import sample_intents

from intents.errors import IntentsError
from intents.grammar.templates import COACH_TEMPLATES, read_templates
from intents.reader import IntentReader

pytestmark = pytest.mark.quality

KITCHEN = """
language: en
intents:
  Brew:
    data:
      - sentences:
          - "<please> [<make>|<get> me] [a|an] ([{size}];[{roast}]) {drink}[s] [with (milk;sugar)]"
  Warm:
    data:
      - sentences:
          - "[re]heat (it|the {drink:what}) to {degrees}[%| degrees]"
          - "heat for {five:minutes} minute[s]"
        slots:
          mode: slow
        expansion_rules:
          unused: "x"
  Dim:
    data:
      - sentences: ["dim the {lamp}"]
        requires_context:
          domain: light
expansion_rules:
  make: "(make|mak(e|ing))"
  get: "[can you] get"
  please: "[please]"
lists:
  size: {values: [small, "twelve ounce"]}
  roast: {values: [{in: "dark [roast]", out: dark}]}
  drink: {values: [latte, "drip coffee", {in: "tea|cuppa", out: tea}]}
  degrees: {range: {from: 40, to: 60, step: 10}}
  five: {range: {from: 0, to: 30, step: 5}}
  lamp:
    values:
      - {in: "desk lamp", out: desk, context: {domain: light}}
      - {in: "kettle", out: kettle}
"""


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("templates") / "kitchen.yaml"
    path.write_text(KITCHEN, encoding="utf-8")
    return path


def _told(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def test_every_sentence_that_hassil_draws_means_what_hassil_reads(kitchen: Path) -> None:
    templates = read_templates([kitchen])
    reader = IntentReader.load([str(kitchen)])
    drawn = {text for _, text in sample_intents(templates, language="en")}
    assert len(drawn) > 500
    for text in sorted(drawn):
        meant = [
            (result.intent.name, {name: _told(entity.value) for name, entity in result.entities.items()})
            for result in recognize_all(text, templates)
        ]
        reading = reader.read(text)
        told = (reading.intent, dict(reading.slots))
        assert told in meant if meant else reading.confidence < 1, text


def test_misheard_text_finds_the_nearest_sentence(kitchen: Path) -> None:
    reader = IntentReader.load([str(kitchen)])
    reading = reader.read("Please make a dark rose lattay with sugar and.", threshold=0)
    assert (reading.intent, dict(reading.slots)) == ("Brew", {"roast": "dark", "drink": "latte"})
    assert reading.confidence < 1
    assert reader.read("the sun is shining on the hills").intent is None
    assert reader.read("the sun is shining on the hills", threshold=0).intent is not None


def test_coach_and_others_together(kitchen: Path) -> None:
    both = IntentReader.load(["coach", str(kitchen)])
    assert both.read("stop").intent == "Stop"
    assert both.read("make a small latte").intent == "Brew"
    assert IntentReader.load([str(kitchen.parent)]).read("stop").intent is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("intents: [", "not YAML"),
        ("- a", "expected fields"),
        ("intents: {A: {data: {}}}", "intents.A.data"),
        ("intents: {A: {data: [{sentences: [1]}]}}", "intents.A.data.sentences"),
        ("intents: {No: {data: []}}", "in quotes"),
        ("intents: {A: {data: [{sentences: ['(a']}]}}", "cannot be read"),
        ("intents: {A: {data: [{sentences: ['<b>']}]}}", "rule <b>"),
        ("intents: {A: {data: [{sentences: ['{b}']}]}}", "list {b}"),
        ("intents: {A: {data: [{sentences: ['<b>']}]}}\nexpansion_rules: {b: 'c <b>'}", "uses itself"),
        ("lists: []", "'lists' must be a mapping"),
    ],
)
def test_bad_templates_are_explained(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(IntentsError) as caught:
        IntentReader.load([str(path)])
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_are_explained(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match="cannot be opened"):
        IntentReader.load([str(tmp_path / "none.yaml")])
    with pytest.raises(IntentsError, match=r"no \.yaml"):
        IntentReader.load([str(tmp_path)])


def test_no_rule_or_list_of_the_coach_means_two_things() -> None:
    """Files of one grammar share their rules: one of another file's name would silently take its place."""
    defined: dict[str, object] = {}
    for path in sorted(COACH_TEMPLATES.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for field in ("expansion_rules", "lists"):
            for name, rule in content.get(field, {}).items():
                assert defined.setdefault(f"{field} {name}", rule) == rule, f"{path.name}: {name}"
