"""Where the data of a language lies: templates, short sentences, word lists and fitted models."""

from pathlib import Path

EN = Path(__file__).parent / "en"
"""The folder of English, the one language there is."""
