"""Names and sizes: no two things of one name, nothing named vaguely, nothing that has outgrown its place."""

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.rig.places import ROOT
from tests.test_rooms import tree_of

pytestmark = pytest.mark.unit

SOURCE = ("assistant", "audio", "intents")
LONGEST_FILE = 400
MOST_METHODS = 15
MOST_FILES = 12
VAGUE_NAMES = {"common", "helpers", "manager", "misc", "utils"}
SHARED_STEMS = {"__init__", "__main__", "errors"}
"""File names that every package may have: each has one family of errors."""


def kept_files() -> list[Path]:
    """The files that are or would be committed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout, so what is committed can't be told")
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def parsed(*places: str) -> Iterator[tuple[str, ast.Module]]:
    """The Python files under these places, as paths from the root, with their syntax trees."""
    for place in places:
        for path in sorted((ROOT / place).rglob("*.py")):
            yield str(path.relative_to(ROOT)), tree_of(path)


def several(places: dict[str, set[str]]) -> dict[str, list[str]]:
    """The names that stand in several places."""
    return {name: sorted(found) for name, found in places.items() if len(found) > 1}


def constants(tree: ast.Module) -> Iterator[str]:
    """The public constants of a module, in capitals."""
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            for name in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(name, ast.Name) and name.id.isupper() and not name.id.startswith("_"):
                    yield name.id


def test_no_two_classes_have_one_name() -> None:
    places: defaultdict[str, set[str]] = defaultdict(set)
    for file, tree in parsed(*SOURCE, "benchmarks"):
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].add(file)
    assert not several(places), f"classes of one name: {several(places)}"


def test_no_two_files_have_one_name() -> None:
    places: defaultdict[str, set[str]] = defaultdict(set)
    for file, _ in parsed(*SOURCE):
        if Path(file).stem not in SHARED_STEMS:
            places[Path(file).stem].add(file)
    assert not several(places), f"files of one name: {several(places)}"


def test_no_constant_has_two_meanings() -> None:
    places: defaultdict[str, set[str]] = defaultdict(set)
    for file, tree in parsed(*SOURCE):
        for name in constants(tree):
            places[name].add(file)
    assert not several(places), f"constants of one name: {several(places)}"


def test_classes_are_small() -> None:
    large = {
        f"{file}: {node.name}": count
        for file, tree in parsed(*SOURCE, "benchmarks", "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        if (count := sum(isinstance(each, ast.FunctionDef) for each in node.body)) > MOST_METHODS
    }
    assert not large, f"over {MOST_METHODS} methods, so it wants a second class: {large}"


def test_files_are_short() -> None:
    files = [path for path in kept_files() if path.suffix == ".py" or path.parent.name == "script"]
    long = {str(p.relative_to(ROOT)): n for p in files if (n := len(p.read_text().splitlines())) > LONGEST_FILE}
    assert not long, f"over {LONGEST_FILE} lines, so it wants a second file: {long}"


def test_files_are_named_for_what_they_hold() -> None:
    # Sentence templates keep the names of Home Assistant's format, which has a _common.yaml.
    code = [path for path in kept_files() if path.suffix != ".yaml"]
    vague = [str(p.relative_to(ROOT)) for p in code if VAGUE_NAMES & set(re.split(r"[_\W]", p.stem))]
    assert not vague, f"a name that could hold anything: {vague}"


def test_folders_hold_few_files() -> None:
    held: defaultdict[str, int] = defaultdict(int)
    for path in kept_files():
        if path.suffix == ".flac":
            continue  # recordings are one thing in many files
        held[str(path.parent.relative_to(ROOT))] += 1
    full = {folder: count for folder, count in held.items() if count > MOST_FILES and folder != "."}
    assert not full, f"over {MOST_FILES} files, so it wants another room: {full}"


def test_committed_files_name_no_registry_and_no_machine() -> None:
    # Put together here, so that this file does not find itself.
    hosts = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("piwheels", "org"))]
    homes = [f"/{name}/" for name in ("root", "home/[a-z]+", "Users/[A-Za-z]+")]
    here = [re.escape(str(place)) for place in (ROOT, Path.home()) if len(place.parts) > 2]
    index = ["-".join(("--index", "url")), "-".join(("--extra-index", "url"))]
    forbidden = re.compile("|".join([*map(re.escape, hosts), *homes, *here, *index]).encode())
    found = {
        str(p.relative_to(ROOT)): m.group().decode() for p in kept_files() if (m := forbidden.search(p.read_bytes()))
    }
    assert not found, f"committed files may not name package hosts or one machine's paths: {found}"


def test_every_path_that_a_page_names_is_there() -> None:
    path = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.\w+)?|[\w]+\.py)`")
    roots = [ROOT, *(ROOT / name for name in (*SOURCE, "benchmarks", "tests"))]
    everywhere = {file.name for file in kept_files()}
    gone = [
        f"{page.relative_to(ROOT)}: {named}"
        for page in kept_files()
        if page.suffix == ".md" and page.name != "CHANGELOG.md"
        for named in path.findall(page.read_text(encoding="utf-8"))
        if not any((root / named).exists() for root in roots) and named not in everywhere
    ]
    assert not gone, f"pages name files that are not there: {gone}"
