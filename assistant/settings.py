"""What a person can change about how Limber speaks and counts."""

from dataclasses import dataclass, replace

from audio.score import VoiceSettings
from intents.phrases.wake import wake_phrase

SLOWEST_WPM, FASTEST_WPM, WPM_STEP = 90, 230, 20
"""Words a minute."""
QUIETEST_DB, LOUDEST_DB, VOLUME_STEP_DB = -24.0, 12.0, 6.0
"""Decibels against the voice as it is rendered."""
FEWEST_DIGITS, MOST_DIGITS = 2, 6
"""Of an emergency number."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of them, at their defaults."""

    words_per_minute: int = 150
    volume: float = 0.0
    """Decibels."""
    count_aloud: bool = True
    emergency_number: str | None = None
    """None until the person has named it: then it is "your emergency number"."""
    ask_emergency_number: bool = True
    """Whether to ask for it at a live start while there is none; not once the person has skipped the question."""

    wake_phrase: str = wake_phrase().text
    """What wakes it, in two words or more."""

    @property
    def number_wanted(self) -> bool:
        """Whether the emergency number is still to be asked for."""
        return self.emergency_number is None and self.ask_emergency_number

    @property
    def voice(self) -> VoiceSettings:
        """The voice as it now speaks."""
        return VoiceSettings(words_per_minute=self.words_per_minute)

    @property
    def slow_voice(self) -> VoiceSettings:
        """The voice for a line repeated slowly."""
        return VoiceSettings(words_per_minute=max(SLOWEST_WPM, self.words_per_minute - 2 * WPM_STEP))

    def paced(self, steps: int) -> "Settings":
        """Faster (positive) or slower by so many steps, within what can be understood."""
        rate = max(SLOWEST_WPM, min(FASTEST_WPM, self.words_per_minute + steps * WPM_STEP))
        return replace(self, words_per_minute=rate)

    def louder(self, steps: int) -> "Settings":
        """Louder (positive) or quieter by so many steps."""
        return replace(self, volume=max(QUIETEST_DB, min(LOUDEST_DB, self.volume + steps * VOLUME_STEP_DB)))
