"""What takes long to load, and is not changed by use: loaded once for all tests."""

from functools import cache

from assistant.guidance.loader import load_guidance
from assistant.guidance.schema import Guidance
from audio.asr.moonshine.engine import MoonshineRecogniser
from intents.reader import IntentReader


@cache
def coach() -> IntentReader:
    """The reader of the built-in sentences."""
    return IntentReader.coach()


@cache
def moonshine() -> MoonshineRecogniser:
    """The recogniser that comes with Limber."""
    return MoonshineRecogniser()


@cache
def guidance() -> Guidance:
    """The built-in guidance."""
    return load_guidance()
