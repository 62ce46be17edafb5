"""The tokenizer that comes with Moonshine."""

import importlib.util
from pathlib import Path

import pytest

from audio.asr.moonshine.tokenizer import Tokenizer


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    spec = importlib.util.find_spec("moonshine_voice")
    assert spec is not None
    assert spec.submodule_search_locations
    return Tokenizer(Path(spec.submodule_search_locations[0]) / "assets" / "tiny-en" / "tokenizer.bin")
