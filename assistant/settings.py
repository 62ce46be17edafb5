"""The settings that a person can change by voice or in settings.yaml, and their bounds."""

from dataclasses import dataclass, replace

from audio.score import VoiceSettings
from intents.phrases.wake import wake_phrase

SLOWEST_WPM, FASTEST_WPM, WPM_STEP = 90, 230, 20
"""Bounds and step of the speaking rate, in words a minute."""
DEEPEST_PITCH, HIGHEST_PITCH, PITCH_STEP = 10, 90, 20
"""Bounds and step of the pitch of the voice, on the synthesiser's own scale."""
QUIETEST_DB, LOUDEST_DB, VOLUME_STEP_DB = -24.0, 12.0, 6.0
"""Bounds and step of the output volume, in dB relative to the clips as the synthesiser renders them."""
FEWEST_DIGITS, MOST_DIGITS = 2, 6
"""Bounds of the length of an emergency number, in digits."""
MOST_CRISIS_DIGITS = 15
"""Longest number of a crisis line, in digits."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one person, with their defaults."""

    words_per_minute: int = 150
    """Speaking rate, in words a minute."""
    pitch: int = 50
    """Pitch of the voice, DEEPEST_PITCH to HIGHEST_PITCH."""
    volume: float = 0.0
    """Output volume in dB, from QUIETEST_DB to LOUDEST_DB; 0: the clips as they are rendered."""
    count_aloud: bool = True
    """Whether Limber speaks the counts of a hold."""
    emergency_number: str | None = None
    """The number to call in an emergency, FEWEST_DIGITS to MOST_DIGITS digits; None until the person has named one."""
    ask_emergency_number: bool = True
    """Whether Limber asks for a missing emergency number when a live session starts. False once that was skipped."""

    welcomed: bool = True
    """Whether Limber has welcomed the person. False at the first start of a profile."""
    crisis_line: str | None = None
    """Number of a crisis line, named after words of self-harm; digits. None: none is named."""
    conditions: tuple[str, ...] = ()
    """Keys of the conditions that the person wants to be remembered, as the guidance names them."""
    quiet_hours: str = "22:00-07:00"
    """When nobody wants to be reminded while Limber sleeps; equal times: never."""
    wake_phrase: str = wake_phrase().text
    """The wake phrase, in two to six words."""

    @property
    def number_wanted(self) -> bool:
        """Whether the emergency number is unknown and Limber may still ask for it."""
        return self.emergency_number is None and self.ask_emergency_number

    @property
    def voice(self) -> VoiceSettings:
        """The voice of ordinary lines, at the speaking rate and pitch that are set."""
        return VoiceSettings(words_per_minute=self.words_per_minute, pitch=self.pitch)

    @property
    def slow_voice(self) -> VoiceSettings:
        """The voice of a line that is repeated slowly: two steps slower, SLOWEST_WPM at the least."""
        return replace(self.voice, words_per_minute=max(SLOWEST_WPM, self.words_per_minute - 2 * WPM_STEP))

    def paced(self, steps: int) -> "Settings":
        """The settings with a speaking rate so many steps faster (negative: slower), within the bounds."""
        rate = max(SLOWEST_WPM, min(FASTEST_WPM, self.words_per_minute + steps * WPM_STEP))
        return replace(self, words_per_minute=rate)

    def pitched(self, steps: int) -> "Settings":
        """The settings with a voice so many steps higher (negative: deeper), within the bounds."""
        return replace(self, pitch=max(DEEPEST_PITCH, min(HIGHEST_PITCH, self.pitch + steps * PITCH_STEP)))

    def louder(self, steps: int) -> "Settings":
        """The settings with a volume so many steps louder (negative: quieter), within the bounds."""
        return replace(self, volume=max(QUIETEST_DB, min(LOUDEST_DB, self.volume + steps * VOLUME_STEP_DB)))
