"""A terminal that somebody types at: a prompt on their turn, and a typed line that nothing breaks."""

import os
import pty
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import StringIO
from threading import Thread
from typing import IO

import pytest

from assistant.sessions.terminal import PROMPT, TypingTerminal

pytestmark = pytest.mark.unit


class Desk:
    """A terminal that a test types at, and what it shows: lines that are said, and what stands beside them."""

    def __init__(self) -> None:
        self.keys, other = pty.openpty()
        self.said: list[str] = []
        self.seen = StringIO()
        self.seen.isatty = lambda: True  # type: ignore[method-assign]
        self.source: IO[str] = os.fdopen(other, "r")
        self.terminal = TypingTerminal(self.said.append, self.source, self.seen)

    def type(self, text: str) -> None:
        """Somebody presses these keys."""
        os.write(self.keys, text.encode())

    def close(self) -> None:
        """Everything is over."""
        os.close(self.keys)
        self.source.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()


def lines_of(desk: Desk, text: str) -> list[str]:
    """The lines that the keys of a text, and then the end of the input, give."""
    with desk.terminal.opened(editing=True) as lines:
        desk.type(f"{text}\x04")
        return list(lines)


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ("pause\n", ["pause\n"]),
        ("pause\rgo on\r", ["pause\n", "go on\n"]),
        ("pauze\x7f\x7fse\n", ["pause\n"]),
        ("\x7fstop\n", ["stop\n"]),
        ("nonsense\x15next\n", ["next\n"]),
        ("ne\x1b[Dxt\x1b[3~\n", ["next\n"]),
        ("caf\u00e9\n", ["caf\u00e9\n"]),
        ("\n", ["\n"]),
    ],
)
def test_a_line_is_what_was_typed(desk: Desk, keys: str, lines: list[str]) -> None:
    assert lines_of(desk, keys) == lines


def test_what_is_typed_is_seen(desk: Desk) -> None:
    lines_of(desk, "go\n")
    assert desk.seen.getvalue() == "go\n"


def until(condition: Callable[[], bool]) -> None:
    """Let other threads run until a condition holds."""
    while not condition():
        os.sched_yield()


def test_what_is_said_waits_for_the_line_that_is_being_typed(desk: Desk) -> None:
    found: list[str] = []
    with desk.terminal.opened(editing=True) as lines:
        reading = Thread(target=lambda: found.extend(lines))
        reading.start()
        desk.terminal.show("one")
        desk.type("pau")
        until(lambda: desk.seen.getvalue().endswith("pau"))
        desk.terminal.show("two")
        desk.terminal.show("three")
        assert desk.said == ["one"]
        desk.type("se\n")
        until(lambda: bool(found))
        assert desk.said == ["one", "two", "three"]
        desk.terminal.show("four")
        desk.type("\x04")
        reading.join()
    assert found == ["pause\n"]
    assert desk.said == ["one", "two", "three", "four"]


def test_an_emptied_line_lets_through_what_was_said(desk: Desk) -> None:
    with desk.terminal.opened(editing=True) as lines:
        reading = Thread(target=lambda: list(lines))
        reading.start()
        desk.type("a")
        until(lambda: desk.seen.getvalue().endswith("a"))
        desk.terminal.show("one")
        desk.type("\x7f")
        until(lambda: desk.said == ["one"])
        desk.type("\x04")
        reading.join()


def test_the_prompt_stands_once_on_each_turn(desk: Desk) -> None:
    desk.terminal.prompt()
    desk.terminal.prompt()
    assert desk.seen.getvalue() == PROMPT
    desk.terminal.show("hello")
    assert desk.seen.getvalue() == f"{PROMPT}\n"
    desk.terminal.prompt()
    assert desk.seen.getvalue() == f"{PROMPT}\n{PROMPT}"
    lines_of(desk, "go on\n")
    assert desk.seen.getvalue() == f"{PROMPT}\n{PROMPT}go on\n", "not before the answer"
    desk.terminal.prompt()
    assert desk.seen.getvalue() == f"{PROMPT}\n{PROMPT}go on\n{PROMPT}"


def test_an_empty_line_or_an_erased_one_leaves_the_turn_where_it_is(desk: Desk) -> None:
    desk.terminal.prompt()
    lines_of(desk, "\n")
    assert desk.seen.getvalue().removesuffix("\n") == f"{PROMPT}\n{PROMPT}"


def test_a_turn_that_comes_while_they_type_is_shown_when_the_line_is_empty_again(desk: Desk) -> None:
    with desk.terminal.opened(editing=True) as lines:
        reading = Thread(target=lambda: list(lines))
        reading.start()
        desk.type("a")
        until(lambda: desk.seen.getvalue() == "a")
        desk.terminal.prompt()
        assert desk.seen.getvalue() == "a"
        desk.type("\x7f")
        until(lambda: desk.seen.getvalue() == f"a\b \b{PROMPT}")
        desk.type("\x04")
        reading.join()


@pytest.mark.parametrize(("keys", "seen"), [("", f"{PROMPT}\n"), ("pau", f"{PROMPT}pau\n")])
def test_what_comes_after_the_session_begins_on_a_line_of_its_own(desk: Desk, keys: str, seen: str) -> None:
    desk.terminal.prompt()
    with desk.terminal.opened(editing=True) as lines:

        def read() -> None:
            with suppress(OSError):  # the terminal is closed in the end
                list(lines)

        Thread(target=read, daemon=True).start()
        desk.type(keys)
        until(lambda: desk.seen.getvalue() == f"{PROMPT}{keys}")
    assert desk.seen.getvalue() == seen


def test_the_prompt_comes_again_after_a_line_that_the_terminal_itself_edited(desk: Desk) -> None:
    desk.terminal.prompt()
    with desk.terminal.opened(editing=False) as lines:
        desk.type("next\n")
        assert next(iter(lines)) == "next\n"
    desk.terminal.prompt()
    assert desk.seen.getvalue() == PROMPT * 2


def test_without_a_terminal_there_is_no_prompt() -> None:
    said: list[str] = []
    notes = StringIO()
    terminal = TypingTerminal(said.append, StringIO("pause\n"), notes)
    terminal.prompt()
    terminal.show("hello")
    with terminal.opened(editing=True) as lines:
        assert list(lines) == ["pause\n"]
    assert not terminal.interactive
    assert (notes.getvalue(), said) == ("", ["hello"])
