"""The timeline: everything that happened in a session, each at its frame, as JSON lines."""

import json
from pathlib import Path

from assistant.errors import LimberError
from assistant.timeline.entries import Entry, as_json
from audio.frames import Frame


class Timeline:
    """Collects entries in whatever order they become known, and writes them in order of frame."""

    def __init__(self) -> None:
        self._lines: list[tuple[Frame, Entry]] = []

    def add(self, at: Frame, entry: Entry) -> None:
        """Record an entry at a frame."""
        self._lines.append((at, entry))

    @property
    def lines(self) -> list[tuple[Frame, Entry]]:
        """All entries by frame; those of one frame in the order in which they became known."""
        return sorted(self._lines, key=lambda line: line[0])

    def write(self, path: Path) -> None:
        """Write the JSON lines. Raises LimberError when the file cannot be written."""
        text = "".join(json.dumps(as_json(at, entry), ensure_ascii=False) + "\n" for at, entry in self.lines)
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise LimberError(
                f"{path}: the timeline cannot be written ({error.strerror}); name another file"
            ) from error
