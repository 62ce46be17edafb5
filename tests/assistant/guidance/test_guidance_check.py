"""What is wrong with a guidance file is told: file, line, field and what was expected."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guidance.document import Problem
from assistant.guidance.loader import BUILT_IN, check_guidance, load_guidance
from assistant.guidance.schema import GuidanceError

pytestmark = pytest.mark.quality

GOOD = """\
movements:
  wrist_circles:
    title: Wrist circles
    intro: Sit tall.
    kind: paced
    parts:
      - begin: Circle your wrists.
        again: Wrists again.
    seconds: 4
    repetitions: 5
    shortest: 3
    longest: 6
    most: 10
    rest: 0
    how_far: As far as is easy.
    where: In the forearms.
    sit: Sit or stand.
    gentler: Make them smaller.
    seated: Sit tall.
routines:
  hands:
    title: Hands
    about: For the wrists.
    minutes: 1
    steps:
      - movement: wrist_circles
        seconds: 5
      - movement: neck_rotation
"""


def problems(tmp_path: Path, text: str) -> list[Problem]:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    found = check_guidance(file)
    assert all(problem.file == file for problem in found)
    return found


def test_good_file_and_built_in_are_clean(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []
    assert check_guidance(BUILT_IN) == []
    for file in BUILT_IN.rglob("*.yaml"):
        assert check_guidance(file) == []


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        (
            ("    seconds: 4", "    seconds: four"),
            (9, "movements.wrist_circles.seconds"),
            "a valid integer, not 'four'",
        ),
        (("    seconds: 4", "    seconds: 4.5"), (9, "movements.wrist_circles.seconds"), "a valid integer, not 4.5"),
        (("    seconds: 4", "    seconds: 0"), (9, "movements.wrist_circles.seconds"), "greater than 0, not 0"),
        (
            ("    seconds: 4", "    seconds: 9"),
            (9, "movements.wrist_circles.seconds"),
            "shortest (3) to longest (6) seconds",
        ),
        (("    seconds: 4\n", ""), (2, "movements.wrist_circles.seconds"), "this field, which is missing"),
        (("kind: paced", "kind: fast"), (5, "movements.wrist_circles.kind"), "'hold' or 'paced', not 'fast'"),
        (
            ("again: Wrists", "agian: Wrists"),
            (8, "movements.wrist_circles.parts.0.agian"),
            "one of side, begin, again, release",
        ),
        (
            ("intro: Sit tall.", "intro: Sit {how}."),
            (4, "movements.wrist_circles.intro"),
            "a line with no braces but {emergency}",
        ),
        (("intro: Sit tall.", "intro: ''"), (4, "movements.wrist_circles.intro"), "at least 1 character"),
        (
            ("    steps:", "    hints: x\n    steps:"),
            (25, "routines.hands.hints"),
            "one of title, about, minutes, steps",
        ),
        (
            ("title: Wrist", "key: knees\n    title: Wrist"),
            (3, "movements.wrist_circles.key"),
            "'wrist_circles', or no such field",
        ),
        (
            ("    seated: Sit tall.\n", "    seated: Sit tall.\n    instead: handstand\n"),
            (20, "movements.wrist_circles.instead"),
            "not 'handstand'",
        ),
        (
            ("    seated: Sit tall.\n", "    seated: Sit tall.\n    instead: wrist_circles\n"),
            (20, "movements.wrist_circles.instead"),
            "not 'wrist_circles'",
        ),
        (
            ("- movement: neck_rotation", "- movement: handstand"),
            (28, "routines.hands.steps.1.movement"),
            "not 'handstand'",
        ),
        (
            ("- movement: neck_rotation", "- neck_rotation"),
            (28, "routines.hands.steps.1"),
            "a mapping of keys to values",
        ),
        (("seconds: 5", "seconds: 7"), (27, "routines.hands.steps.0.seconds"), "3 to 6, as the movement allows"),
        (("seconds: 5", "repetitions: 11"), (27, "routines.hands.steps.0.repetitions"), "at most 10"),
        (("routines:\n", "routine:\n"), (20, "routine"), "one of topics, movements, routines"),
        (("routines:\n", "routines: []\nrest:\n"), (20, "routines"), "a mapping of keys to values"),
    ],
)
def test_broken_file_is_explained(
    tmp_path: Path, change: tuple[str, str], place: tuple[int, str], expected: str
) -> None:
    old, new = change
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    told = {(problem.line, problem.field): problem.expected for problem in found}
    assert expected in told.get(place, "nothing"), list(map(str, found))
    line, field = place
    assert f"{tmp_path}/mine.yaml, line {line}, {field}: expected {told[place]}" in map(str, found)


@pytest.mark.parametrize(
    ("text", "line", "field", "expected"),
    [
        ("", 1, "the file", "at least one of the sections topics"),
        ("# nothing yet\n", 1, "the file", "at least one of the sections topics"),
        ("careful\n", 1, "the file", "a mapping of keys to values, not 'careful'"),
        ("careful: Slowly.\n\nroutines: [1\ntopics: {}\n", 4, "the file", "valid YAML"),
        ("careful: Slowly.\ncareful: Gently.\n", 2, "the file", 'duplicate key "careful"'),
        ("careful: Slowly.\nscreening: !!python/name:os.system x\n", 2, "the file", "valid YAML"),
        ("routines: &a [*a]\n", 1, "routines", "a mapping"),
        ("careful: &a [*a]\n", 1, "careful", "a valid string"),
        ("? [a]\n: b\n", 1, "('a',)", "Keys should be strings"),
        ("topics:\n  1: x\n", 2, "topics.1.[key]", "a valid string, not 1"),
        ("careful: " + "[" * 400, 1, "the file", "valid YAML"),
        ("careful: 2026-99-99\n", 1, "the file", "valid YAML"),
        ("careful: Slowly.\n\n# \x07\n", 3, "the file", "control characters"),
        ("careful: Slowly.\nprofessional_once: yes please {x}\n", 2, "professional_once", "no braces"),
        ("topics:\n  knees:\n    title: Knees\n    bites: [say: Bend.]\n", 2, "topics.knees", "one of overview"),
        ("topics:\n  causes:\n    title: A\n    bites: B\n", 4, "topics.causes.bites", "a list, not 'B'"),
        ("topics:\n  causes:\n    title: A\n    bites: []\n", 4, "topics.causes.bites", "at least one entry"),
        ("facts:\n  a: (\n", 2, "facts.a", "regular expression"),
    ],
)
def test_other_broken_files_are_explained(tmp_path: Path, text: str, line: int, field: str, expected: str) -> None:
    found = problems(tmp_path, text)
    assert (found[0].line, found[0].field) == (line, field), list(map(str, found))
    assert expected in found[0].expected


def test_unknown_and_unspoken_facts_are_found(tmp_path: Path) -> None:
    topic = (
        "topics:\n  causes:\n    title: A\n    bites:\n      - say: Bad light.\n        facts: [moonlight, whiplash]\n"
    )
    unknown, unspoken = problems(tmp_path, topic)
    assert (unknown.line, unknown.field, unspoken.line) == (6, "topics.causes.bites.0.facts.0", 6)
    assert "not 'moonlight'" in unknown.expected
    assert "does not say 'whiplash'" in unspoken.expected


FLAG = (
    "red_flags:\n  chest:\n    urgency: emergency\n    sign: With chest pain, you need help.\n"
    "    question: Is it there?\n"
)


def test_emergency_must_act_first(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, FLAG + "    lines:\n      - Sit down.\n")
    assert (problem.line, problem.field) == (7, "red_flags.chest.lines.0")
    assert problem.expected.startswith("'Call {emergency} now.'")


def test_doorway_cannot_be_done_seated(tmp_path: Path) -> None:
    text = GOOD.replace("- movement: neck_rotation", "- movement: doorway_chest\n        seated: true")
    [problem] = problems(tmp_path, text)
    assert (problem.line, problem.field) == (29, "routines.hands.steps.1.seated")


def test_every_problem_of_a_file_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, GOOD.replace("seconds: 4", "seconds: x").replace("minutes: 1", "minutes: y"))
    assert [problem.line for problem in found] == [9, 24]


def test_unreadable_files(tmp_path: Path) -> None:
    [missing] = check_guidance(tmp_path / "none.yaml")
    assert "No such file" in missing.expected
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"careful: Slowly.\n# caf\xe9\n")
    assert [(problem.line, problem.expected) for problem in check_guidance(latin)] == [(2, "text in UTF-8")]


def copied(folder: Path) -> Path:
    for file in BUILT_IN.rglob("*.yaml"):
        copy = folder / file.relative_to(BUILT_IN)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(file.read_bytes())
    return folder


def test_folder_must_be_complete(tmp_path: Path) -> None:
    assert {problem.field for problem in check_guidance(tmp_path)} >= {"topics", "movements", "screening", "careful"}
    folder = copied(tmp_path)
    assert check_guidance(folder) == []
    (folder / "causes.yaml").unlink()
    missing = {problem.field for problem in check_guidance(folder)}
    assert {"topics.causes", "topics.cause.stress", "facts.whiplash"} <= missing
    assert "topics.prevention" not in missing


def test_the_answers_must_be_complete_and_true(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    comfort = folder / "answers" / "comfort.yaml"
    answers = comfort.read_text()
    comfort.write_text(answers.replace("facts: [no_aspirin]", "facts: [food_or_milk, no_tea]"))
    found = {(problem.field, problem.expected) for problem in check_guidance(folder)}
    assert found == {
        ("answers.painkiller_aspirin.facts.0", "a fact that the line says, but it does not say 'with food or milk'"),
        ("answers.painkiller_aspirin.facts.1", "the id of one of the facts, not 'no_tea'"),
    }
    comfort.write_text(answers.replace("  dose:", "  dosage:"))
    assert {problem.field for problem in check_guidance(folder)} == {"answers.dose"}
    comfort.write_text(answers.replace("about: heat", "about: ice"))
    assert {problem.field for problem in check_guidance(folder)} == {"answers.heat_allowed.about"}


def test_nothing_is_said_twice_in_a_folder(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "z.yaml").write_text(f"{GOOD}\ncareful: Gently.\n".replace("wrist_circles", "neck_tilt"))
    found = {(problem.field, problem.expected) for problem in check_guidance(folder) if problem.file.name == "z.yaml"}
    assert ("movements.neck_tilt", "what movements.yaml has not said already") in found
    assert ("careful", "what safety.yaml has not said already") in found


def test_broken_folder_does_not_load(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    routines = folder / "routines.yaml"
    routines.write_text(routines.read_text().replace("movement: neck_tilt", "movement: neck_spin"))
    with pytest.raises(
        GuidanceError, match=r"line \d+, routines\.full\.steps\.5\.movement: .*guidance check"
    ) as raised:
        load_guidance(folder)
    assert "\n" not in str(raised.value)


YAML_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.sampled_from(["hold", "Sit.", "{x}", "neck_tilt", "''", "*a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["key", "say", "steps"]), inner),
    max_leaves=6,
)


@settings(deadline=None)
@given(line=st.integers(0, GOOD.count("\n") - 1), value=YAML_VALUES)
def test_any_value_anywhere_is_taken_or_explained(
    tmp_path_factory: pytest.TempPathFactory, line: int, value: object
) -> None:
    lines = GOOD.splitlines()
    lines[line] = f"{lines[line].partition(':')[0]}: {value!r}"
    file = tmp_path_factory.mktemp("any") / "any.yaml"
    file.write_text("\n".join(lines))
    for problem in check_guidance(file):
        assert problem.expected
        assert 1 <= problem.line <= len(lines) + 1


@settings(deadline=None)
@given(st.text())
def test_any_text_is_taken_or_explained(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("any") / "any.yaml"
    file.write_bytes(text.encode(errors="surrogatepass"))
    assert check_guidance(file), "no text found by chance is guidance"
