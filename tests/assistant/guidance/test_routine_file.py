"""Files with routines: what is good is read as written; of what is not, one line tells where, and what to write."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from assistant.coaching.session import first_place, routine_session, session_at, with_dose
from assistant.guidance.own.own_routines import OwnRoutines
from assistant.guidance.own.routine_check import DEEPEST, MOST_BYTES, check_routine
from assistant.guidance.own.routine_file import json_schema
from assistant.guidance.own.routine_folder import MOST_READ_FILES, RoutineFolder
from assistant.guidance.schema import Routine, RoutineStep
from assistant.script import capital
from benchmarks.rig.places import ROOT
from intents.text.normalize import words_of
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()
EXAMPLE = ROOT / "docs" / "routines" / "example.yaml"
GOOD = "name: Dawn\nsteps:\n- movement: neck_tilt\n"
OWN = """
name: Dawn
steps:
- movement: hinge
movements:
  hinge:
    title: Door hinge
    start: Sit tall.
    seconds: 5
    parts:
    - do: Open your arm like a door.
"""


def no_clash(name: str) -> str | None:
    """No name is a command but "stop"."""
    return "Stop" if name.lower() == "stop" else None


def faults(folder: Path, text: str | bytes) -> list[str]:
    """What is wrong with a file of this content, without its path."""
    file = folder / "a.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    found, problems = check_routine(file, GUIDANCE, no_clash)
    assert (found is None) == bool(problems)
    assert all(str(problem).startswith(f"{file}, line ") and "\n" not in str(problem) for problem in problems)
    return [str(problem).removeprefix(f"{file}, ") for problem in problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1, the file: expected at least one of the sections"),
        ("name: Dawn\n", "line 1, steps: expected this field, which is missing"),
        ("steps:\n- movement: neck_tilt\n", "line 1, name: expected this field, which is missing"),
        ("name: Dawn\nsteps: []\n", "line 2, steps: expected"),
        (GOOD + "colour: red\n", "line 4, colour: expected one of name, about, made_by, steps, movements"),
        (GOOD + "  second: 5\n", "line 4, steps.0.second: expected one of movement, seconds, repetitions"),
        (GOOD + "  seconds: five\n", "line 4, steps.0.seconds: expected a valid integer, not 'five'"),
        (GOOD + "  seconds: 0\n", "line 4, steps.0.seconds: expected greater than or equal to 1, not 0"),
        (GOOD + "  seconds: 500\n", "line 4, steps.0.seconds: expected less than or equal to 120, not 500"),
        (GOOD + "  repetitions: 31\n", "line 4, steps.0.repetitions: expected less than or equal to 30, not 31"),
        (GOOD + "  side: up\n", "line 4, steps.0.side: expected 'left' or 'right', not 'up'"),
        (GOOD + "  position: lying\n", None),
        (
            GOOD.replace("neck_tilt", "doorway_chest") + "  position: lying\n",
            "line 4, steps.0.position: expected another",
        ),
        (GOOD.replace("neck_tilt", "shoulder_rolls") + "  side: left\n", "line 4, steps.0.side: expected no side"),
        (GOOD.replace("neck_tilt", "jumping"), "line 3, steps.0.movement: expected one of neck_rotation"),
        (GOOD.replace("neck_tilt", "Neck tilt"), "line 3, steps.0.movement: expected small letters, digits and"),
        (GOOD.replace("Dawn", "stop"), "line 1, name: expected another name: 'stop' said alone already means Stop"),
        (
            GOOD.replace("Dawn", "Quick"),
            "line 1, name: expected another name: there is already a routine called 'quick'",
        ),
        (GOOD.replace("Dawn", "a b c d e"), "line 1, name: expected one to four words, not 'a b c d e'"),
        (GOOD.replace("Dawn", "'...'"), "line 1, name: expected one to four words, not '...'"),
        (GOOD.replace("Dawn", "[a]"), "line 1, name: expected a valid string"),
        (GOOD.replace("Dawn", "2020-13-45"), "line 1, the file: expected valid YAML, but"),
        ("name: Dawn\nname: Dusk\n", "line 2, the file: expected valid YAML, but"),
        ("name: [\n", "line 2, the file: expected valid YAML, but"),
        ("- a\n- b\n", "line 1, the file: expected a mapping of keys to values"),
        (b"name: \xff\n", "line 1, the file: expected text in UTF-8"),
        (
            "name: &a Dawn\nabout: *a\n",
            "line 2, the file: expected the value written out, not a reference (*name) to it",
        ),
        ("a: " + "[" * 50 + "]" * 50, f"line 1, the file: expected at most {DEEPEST} lists and mappings within"),
        ("a: " + "[" * 9000, f"line 1, the file: expected at most {DEEPEST} lists and mappings within"),
        ("#" * (MOST_BYTES + 1), f"line 1, the file: expected at most {MOST_BYTES} bytes, not {MOST_BYTES + 1}"),
        (OWN, None),
        (OWN.replace("  hinge:", "  neck_tilt:"), "line 6, movements.neck_tilt: expected another key"),
        (OWN.replace("  hinge:", "  Hinge:"), "line 6, movements.Hinge: expected small letters, digits and"),
        (OWN.replace("seconds: 5", "seconds: 999"), "line 9, movements.hinge.seconds: expected less than or equal"),
        (OWN.replace("do:", "to:"), "line 11, movements.hinge.parts.0.do: expected this field, which is missing"),
        (OWN.replace("Sit tall.", "Sit {x}."), "line 8, movements.hinge.start: expected a line without braces"),
        (OWN.replace("Sit tall.", "x" * 201), "line 8, movements.hinge.start: expected at most 200 characters"),
        (
            OWN + "    - do: Other arm.\n      side: left\n",
            "line 10, movements.hinge.parts: expected a side for each part",
        ),
    ],
)
def test_the_first_fault_of_a_file(tmp_path: Path, text: str | bytes, problem: str | None) -> None:
    told = faults(tmp_path, text)
    assert (told == []) if problem is None else told[0].startswith(problem)


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        found, problems = check_routine(path, GUIDANCE, no_clash)
        assert found is None
        assert "expected one that can be read" in str(problems[0])


def test_the_example_is_good_and_the_schema_is_that_of_the_model() -> None:
    found, problems = check_routine(EXAMPLE, GUIDANCE, no_clash)
    assert problems == []
    assert found is not None
    assert found.key == "knee to wall"
    assert EXAMPLE.with_name("schema.json").read_text(encoding="utf-8") == json_schema(), (
        "run: python -m assistant.guidance.own.routine_file > docs/routines/schema.json"
    )


def test_what_is_written_is_the_most_there_may_be() -> None:
    found, _ = check_routine(EXAMPLE, GUIDANCE, no_clash)
    assert found is not None
    own = OwnRoutines().with_file(found.routine(), found.own_movements(), by_voice=False)
    session = routine_session(own.added_to(GUIDANCE), "knee to wall")
    tilt, hinge = session.doses[1:]
    assert (tilt.seconds, tilt.repetitions, tilt.side, tilt.position) == (10, 1, "right", "sitting")
    for step, dose, longest, most in ((1, tilt, 10, 1), (2, hinge, 5, 4)):
        at = session_at(session, first_place(session.doses, step))
        assert with_dose(at, seconds=60, repetitions=10).dose.seconds == longest
        assert with_dose(at, seconds=60, repetitions=10).dose.repetitions == most
        assert with_dose(at, seconds=3).dose.seconds == max(3, dose.movement.shortest)
    assert with_dose(session, seconds=60).dose.seconds == GUIDANCE.movements["shoulder_rolls"].longest


STEPS = st.builds(
    RoutineStep,
    movement=st.sampled_from(sorted(GUIDANCE.movements)),
    seconds=st.none() | st.integers(1, 120),
    repetitions=st.none() | st.integers(1, 30),
    rest=st.none() | st.integers(0, 120),
)
NAMES = st.from_regex(r"\A[a-zA-Zäöéß']{1,9}( [a-zA-Z0-9]{1,8}){0,3}\Z")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["name", "about", "steps", "movement", "movements", "parts", "do", "seconds", "hinge", "side"]
            )
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(content=JSON)
@SLOW
def test_any_content_is_read_or_told(tmp_path: Path, content: object) -> None:
    file = tmp_path / "any.yaml"
    with file.open("w", encoding="utf-8") as opened:
        YAML(typ="safe", pure=True).dump(content, opened)
    found, problems = check_routine(file, GUIDANCE, no_clash)
    assert (found is None) == bool(problems)


@given(data=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@SLOW
def test_any_bytes_are_read_or_told(tmp_path: Path, data: bytes) -> None:
    faults(tmp_path, data)


@given(at=st.integers(0, EXAMPLE.stat().st_size - 1), byte=st.binary(min_size=0, max_size=2), cut=st.booleans())
@SLOW
def test_a_damaged_example_is_read_or_told(tmp_path: Path, at: int, byte: bytes, *, cut: bool) -> None:
    whole = EXAMPLE.read_bytes()
    faults(tmp_path, whole[:at] if cut else whole[:at] + byte + whole[at + 1 :])


@given(name=NAMES, steps=st.lists(STEPS, min_size=1, max_size=12))
@SLOW
def test_what_was_made_by_voice_is_kept_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, name: str, steps: list[RoutineStep]
) -> None:
    key = " ".join(words_of(name))
    if not 0 < len(key.split()) <= 4 or key in GUIDANCE.routines or len(key) > 40:
        return
    routine = Routine(key=key, title=capital(key), about="Own.", steps=tuple(steps))
    folder = tmp_path_factory.mktemp("kept")
    RoutineFolder(folder).save((routine,))
    again = RoutineFolder(folder)
    own, problems = again.load(GUIDANCE, no_clash)
    assert problems == []
    assert own.spoken == (routine,)
    again.save(())
    assert list(folder.iterdir()) == []


def test_too_many_files_are_told(tmp_path: Path) -> None:
    for number in range(MOST_READ_FILES + 2):
        (tmp_path / f"{number:03}.yaml").write_text(GOOD.replace("Dawn", f"Dawn {number}"))
    own, problems = RoutineFolder(tmp_path).load(GUIDANCE, no_clash)
    assert len(own.names) == MOST_READ_FILES
    assert len(problems) == 2
