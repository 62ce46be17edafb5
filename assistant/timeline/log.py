"""The timeline: a log of what happened in a session, each entry at its frame, written as JSON lines."""

import json
from pathlib import Path

from assistant.errors import LimberError
from assistant.timeline.entries import Entry, as_json
from audio.frames import Frame


class Timeline:
    """Collects entries in the order in which they become known, and writes them in the order of their frames."""

    def __init__(self) -> None:
        self._lines: list[tuple[Frame, Entry]] = []

    def add(self, at: Frame, entry: Entry) -> None:
        """Add an entry at a frame."""
        self._lines.append((at, entry))

    @property
    def lines(self) -> list[tuple[Frame, Entry]]:
        """All entries by frame; those of one frame in the order in which they were added."""
        return sorted(self._lines, key=lambda line: line[0])

    def write(self, path: Path) -> None:
        """Write the entries to a file, one JSON object a line. Raises LimberError when the file cannot be written."""
        text = "".join(json.dumps(as_json(at, entry), ensure_ascii=False) + "\n" for at, entry in self.lines)
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise LimberError(
                f"{path}: the timeline cannot be written ({error.strerror}); name another file"
            ) from error
