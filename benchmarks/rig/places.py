"""Where the project, its test data and the material shared beside it lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's root."""
SHARED = ROOT.parent / "shared"
"""Recordings and phrases, beside the project; absent in a plain checkout."""
RECORDINGS = SHARED / "speech"
PHRASES = SHARED / "phrases"
DATA = Path(__file__).parent / "data"
"""Data that the tests and benchmarks ship."""
