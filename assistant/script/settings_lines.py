"""The lines that tell the settings."""

from assistant.script.history_lines import joined
from assistant.settings import Settings


def how_i_speak(settings: Settings) -> str:
    """Tell speed, volume, pitch and counting: "I speak faster and louder than usual, and count aloud."."""
    usual = Settings()
    changed = [
        _than_usual(settings.words_per_minute, usual.words_per_minute, "faster", "slower"),
        _than_usual(settings.volume, usual.volume, "louder", "quieter"),
        _than_usual(settings.pitch, usual.pitch, "higher", "deeper"),
    ]
    words = [word for word in changed if word]
    speaks = f"I speak {joined(words)} than usual" if words else "I speak as usual"
    return f"{speaks}, and count {'aloud' if settings.count_aloud else 'silently'}."


def _than_usual(value: float, usual: float, more: str, less: str) -> str:
    """How a setting differs from its usual value; empty: it does not."""
    return "" if value == usual else more if value > usual else less
