"""What is said on television: sentences that grow from rules by genre, so that few are ever said twice."""

import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

GENRES = ("drama", "news", "cooking", "sport", "documentary", "quiz", "weather", "chat", "adverts", "shopping")
"""The genres, each a list of rules."""
EXCLAMATION_WORDS = 4
"""Length in words of an exclamation, to which nothing is added."""
_REFERENCE = re.compile(r"<(\w+)>")
"""A reference to a list of rules."""


class Screenplay:
    """The rules of `screenplay.txt`: a name in brackets heads its lines; <name> stands for any line of it."""

    def __init__(self) -> None:
        rules: dict[str, list[str]] = {}
        lines: list[str] = []
        for line in Path(__file__).with_name("screenplay.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                lines = rules.setdefault(line.strip("[]"), [])
            elif line and not line.startswith("#"):
                lines.extend(line.split(" | "))
        self.rules: Mapping[str, list[str]] = rules

    def sentences(self, genre: str, chance: random.Random) -> Iterator[str]:
        """Sentences of a genre without an end; no rule comes again before all have had their turn."""
        lines = list(self.rules[genre])
        while True:
            chance.shuffle(lines)
            for line in lines:
                said = self._filled(line, chance)
                short = len(said.split()) <= EXCLAMATION_WORDS
                yield said if short or chance.random() < 0.4 else f"{said}, {self._filled('<tail>', chance)}"

    def _filled(self, line: str, chance: random.Random) -> str:
        """A line with each reference replaced."""
        return _REFERENCE.sub(lambda found: self._filled(chance.choice(self.rules[found[1]]), chance), line)
