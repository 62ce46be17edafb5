"""What is said in tests is stored: a list of phrases, a file for each, and no other."""

import pytest

from benchmarks.rig.people import STORED, stored

pytestmark = pytest.mark.unit
MOST = 3_000_000
"""Bytes of all files."""


def test_every_phrase_of_the_list_is_stored_and_nothing_else() -> None:
    lines = (STORED / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    files = {stored(words, voice) for voice, words in (line.split("\t") for line in lines)}
    assert len(files) == len(lines), "two phrases share a file"
    assert set(STORED.glob("*.flac")) == files, "run python -m benchmarks.rig.store_speech"
    assert sum(file.stat().st_size for file in files) < MOST
