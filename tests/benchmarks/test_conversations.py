"""The typed conversations of the project hold, and so do the shared ones where they are there."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from benchmarks.conversations.talks import CONVERSATIONS, Miss, TypedTalk, hold_talk, read_check, read_talks
from benchmarks.rig.places import SHARED
from tests import loaded

SHARED_CONVERSATIONS = SHARED / "conversations"
"""Conversations that nobody in the project wrote."""
PROCESSES = 2
"""Number of processes that hold conversations at once, each with a reader of its own."""
FLOOR, LOWEST = 0.95, 0.9
"""The share of all conversations that hold at least, and of those of each kind."""


def written(text: str, folder: Path) -> TypedTalk:
    """The conversation that stands in this text."""
    file = folder / "talk.txt"
    file.write_text(text)
    (talk,) = read_talks(file)
    return talk


def held(text: str, folder: Path) -> list[Miss]:
    """The misses of the conversation that stands in this text."""
    return hold_talk(written(text, folder), loaded.coach(), loaded.guidance())


@pytest.mark.quality
@pytest.mark.parametrize("folder", [CONVERSATIONS, SHARED_CONVERSATIONS], ids=["own", "shared"])
def test_conversations_hold(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip("the shared conversations are not beside this checkout")
    talks = read_talks(folder)
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as processes:
        held_or_not = zip(talks, processes.map(hold, talks, chunksize=16), strict=True)
        misses = {f"{talk.where} {talk.title}": found for talk, found in held_or_not if found}
    total = Counter(talk.kind for talk in talks)
    wrong = Counter(talk.kind for talk in talks if f"{talk.where} {talk.title}" in misses)
    report = "\n".join(f"{title}\n    {found[0]}" for title, found in misses.items())
    low = {kind: f"{wrong[kind]} of {of} fail" for kind, of in total.items() if 1 - wrong[kind] / of < LOWEST}
    assert 1 - len(misses) / len(talks) >= FLOOR, f"{len(misses)} of {len(talks)} fail:\n{report}"
    assert not low, f"{low}\n{report}"


def hold(talk: TypedTalk) -> list[Miss]:
    """The misses of a conversation, held with the built-in sentences and guidance."""
    return hold_talk(talk, loaded.coach(), loaded.guidance())


@pytest.mark.unit
def test_every_rule_has_conversations_of_its_own_with_a_check_each() -> None:
    talks = read_talks(CONVERSATIONS)
    titles = Counter(talk.title for talk in talks)
    kinds = Counter(talk.kind for talk in talks)
    assert not [title for title, count in titles.items() if count > 1]
    assert all(any(turn.checks for turn in talk.turns) for talk in talks)
    assert min(kinds.values()) >= 3, f"too few of a kind: {kinds}"


@pytest.mark.unit
def test_own_conversations_repeat_no_line_of_the_shared_ones() -> None:
    if not SHARED_CONVERSATIONS.is_dir():
        pytest.skip("the shared conversations are not beside this checkout")

    def long_lines(folder: Path) -> set[str]:
        words = (turn.words.lower() for talk in read_talks(folder) for turn in talk.turns)
        return {each for each in words if len(each.split()) > 6}

    assert not long_lines(CONVERSATIONS) & long_lines(SHARED_CONVERSATIONS)


@pytest.mark.unit
def test_a_conversation_is_parsed(tmp_path: Path) -> None:
    talk = written(
        "# pause it\nkind: stop\nstart: 2026-01-01T09:00+00:00\n> begin\n>@12.5 pause\nexpect paused\nwait 60\n",
        tmp_path,
    )
    assert (talk.title, talk.kind, talk.start) == ("pause it", "stop", "2026-01-01T09:00+00:00")
    assert [turn.typed for turn in talk.turns] == ["begin", "@12.5 pause", "@wait 60"]
    assert [check.line for check in talk.turns[1].checks] == ["expect paused"]


@pytest.mark.unit
@pytest.mark.parametrize("line", ["expect", "expect Said /x/", "whatever", "expect said /(/", "> x\nnever a b"])
def test_a_line_that_is_none_is_named(line: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"talk\.txt:\d: not a line"):
        written(f"# a\n{line}\n", tmp_path)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("check", "holds"),
    [
        ("expect said /TEN MINUTES/", True),
        ("expect first said /minutes/", False),
        ("expect said /warm.*ten/", True),
        ("never after 3 said /ten/", True),
        ("expect within 3 said /ten/", False),
        ("expect movement side=left", True),
        ("expect heard seconds=20", True),
        ("never movement name=doorway_chest", True),
        ("never movement", False),
    ],
)
def test_a_check_is_looked_for_between_its_line_and_the_next(check: str, holds: bool) -> None:
    events = [
        {"event": "said", "at": 0.5, "text": "Before."},
        {"event": "said", "at": 1.0, "text": "Keep it warm."},
        {"event": "movement", "at": 2.0, "name": "neck_tilt", "side": "left"},
        {"event": "heard", "at": 2.0, "slots": {"seconds": "20"}},
        {"event": "said", "at": 4.0, "text": "For ten minutes."},
        {"event": "movement", "at": 9.0, "name": "doorway_chest", "side": None},
    ]
    wanted = read_check(check)
    if check == "never after 3 said /ten/":
        events = [event for event in events if event["at"] != 4.0]
    assert (wanted.there(events, 1.0, 9.0) == wanted.wanted) == holds


@pytest.mark.unit
def test_what_is_said_is_held_against_the_checks(tmp_path: Path) -> None:
    assert not held("# a\n> start the shoulder blade squeeze\nexpect state name=Screening\nnever count\n", tmp_path)
    (miss,) = held("# a\n> start the shoulder blade squeeze\nexpect count\n", tmp_path)
    assert "expect count" in str(miss)
    assert miss.said


@pytest.mark.unit
def test_a_wait_begins_with_the_line_before_it(tmp_path: Path) -> None:
    assert not held("# a\n> what is a spasm\nwait 40\nexpect within 2 said /./\nnever after 39 said /./\n", tmp_path)
