"""A terminal for a typed session: a prompt when it is the person's turn, and typed lines that no output breaks.

While a line is being typed, what Limber says is held back until the line is sent or emptied; so a screen reader reads
either the one or the other. Where standard input or standard error is no terminal, lines pass through as they are.
"""

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TextIO

from assistant.sessions.keyboard import one_by_one

PROMPT = "You: "
"""Printed on standard error when it is the person's turn."""
ENTER, ERASE, ERASE_LINE, END = "\r\n", "\x7f\b", "\x15", "\x04"
"""Characters that send a line, erase the last character, erase the line, and end the input where the line is empty."""
ESCAPE = "\x1b"
"""Begins the sequence of an arrow or function key, which means nothing here."""


class TypingTerminal:
    """The person's terminal: what is said is shown between typed lines, never inside one.

    `interactive`: whether somebody types at it, and reads what it shows.
    """

    def __init__(self, show: Callable[[str], None], source: TextIO | None = None, notes: TextIO | None = None) -> None:
        """`show`: prints a line that is said. `source`, `notes`: standard input and standard error, or their like."""
        self._show = show
        self._source, self._notes = source or sys.stdin, notes or sys.stderr
        self.interactive = self._source.isatty() and self._notes.isatty()
        self._lock = Lock()
        self._typed = ""
        """The line as typed so far."""
        self._held: list[str] = []
        """What was said meanwhile."""
        self._prompted = False
        self._turn = False
        """Whether it is the person's turn, and they have sent nothing yet."""

    @contextmanager
    def opened(self, *, editing: bool) -> Iterator[Iterable[str]]:
        """The typed lines. `editing`: the terminal's own line editing gives way to one that holds output back.

        Afterwards what is shown begins on a line of its own.
        """
        try:
            if self.interactive and editing:
                with one_by_one(self._source.fileno()):
                    yield self._edited_lines()
            else:
                yield self._whole_lines()
        finally:
            if self._prompted or self._typed:
                self._write("\n")

    def show(self, line: str) -> None:
        """Show a line that is said: at once, or after the line that is being typed."""
        with self._lock:
            self._turn = False
            if self._typed:
                self._held.append(line)
            else:
                self._end_prompt()
                self._show(line)

    def prompt(self) -> None:
        """Show, once, that it is the person's turn; where they type already, once that line is sent or emptied."""
        with self._lock:
            self._turn = True
            self._prompt_if_due()

    def _whole_lines(self) -> Iterator[str]:
        """The lines as the source gives them."""
        for line in self._source:
            with self._lock:
                self._sent(blank=not line.strip("\r\n"))
            yield line

    def _edited_lines(self) -> Iterator[str]:
        """The lines as they are typed, each with its line end."""
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        skipping = False
        while part := os.read(self._source.fileno(), 1):
            for character in decoder.decode(part):
                if skipping or character == ESCAPE:
                    skipping = not (character.isalpha() or character == "~")
                    continue
                if character == END and not self._typed:
                    return
                line = self._take(character)
                if line is not None:
                    yield f"{line}\n"

    def _take(self, character: str) -> str | None:
        """Take one typed character; the line, if that sent it."""
        with self._lock:
            line = None
            if character in ENTER:
                line, self._typed = self._typed, ""
                self._write("\n")
                self._sent(blank=not line)
            elif character in ERASE:
                if self._typed:
                    self._typed = self._typed[:-1]
                    self._write("\b \b")
            elif character == ERASE_LINE:
                self._write("\b \b" * len(self._typed))
                self._typed = ""
            elif character.isprintable():
                self._typed += character
                self._write(character)
            if not self._typed and self._held:
                self._end_prompt()
                for said in self._held:
                    self._show(said)
                self._held.clear()
            self._prompt_if_due()
            return line

    def _sent(self, *, blank: bool) -> None:
        """A line was sent; a blank one asks nothing, so that it stays the person's turn."""
        self._prompted = False
        self._turn = self._turn and blank

    def _prompt_if_due(self) -> None:
        if self.interactive and self._turn and not self._prompted and not self._typed:
            self._prompted = True
            self._write(PROMPT)

    def _end_prompt(self) -> None:
        if self._prompted:
            self._prompted = False
            self._write("\n")

    def _write(self, text: str) -> None:
        self._notes.write(text)
        self._notes.flush()
