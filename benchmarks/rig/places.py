"""Where the project lies, what ships with its tests and benchmarks, and the shared material beside it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's root."""
SHARED = ROOT.parent / "shared"
"""Recordings and phrases beside the project; absent in a plain checkout."""
RECORDINGS = SHARED / "speech"
"""The shared recordings of speech."""
PHRASES = SHARED / "phrases"
"""The shared phrases, as JSON lines."""
PHRASES_UNSEEN = ROOT / "benchmarks" / "phrases_unseen.jsonl"
"""Phrases of commands and other talk whose misses nobody has looked at, so that they stay unseen."""
TRAINING_PHRASES = ROOT / "benchmarks" / "training" / "phrases"
"""What is written by hand for training: commands by intent, other talk, red flags, rules of ordinary speech."""
OWN_VOICE = TRAINING_PHRASES / "own_voice.txt"
"""What Limber says in its own conversations, a sentence a line: `python -m benchmarks.training.own_voice`."""
DATA = Path(__file__).parent / "data"
"""Data that the rig ships: the tiny Vosk model."""


def meaning_phrase_files() -> list[Path]:
    """The files of TRAINING_PHRASES with phrases by label, in order."""
    return sorted((TRAINING_PHRASES / "meaning").rglob("*.yaml"))
