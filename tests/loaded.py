"""What takes long to load, and is not changed by use: loaded once for all tests."""

from functools import cache

from audio.hearing.moonshine import MoonshineEar
from intents.recognize import Recognizer


@cache
def coach() -> Recognizer:
    """The reader of the built-in sentences."""
    return Recognizer.coach()


@cache
def moonshine() -> MoonshineEar:
    """The recogniser that comes with Limber."""
    return MoonshineEar()
