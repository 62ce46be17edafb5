"""The settings that a person can change by voice or in settings.yaml, and their bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from audio.score import VoiceSettings
from intents.phrases.wake import wake_phrase

Verbosity = Literal["usual", "full", "brief", "counts only"]
"""How much Limber says in a session: "usual" tells a movement in full until the person knows that movement; "full"
always; "brief" one line a movement; "counts only" where to be, and the counts."""
Counting = Literal["words", "beeps", "last three", "silence"]
"""What sounds on the counts of a hold: each number, a beep, the last three numbers, or nothing."""
VoiceName = Literal["american man", "american woman", "british man", "british woman", "scottish man", "scottish woman"]
"""Who speaks: where from, and who."""
ScreeningRule = Literal["once a sitting", "every session"]
"""How often the screening question is asked: again only after an hour or a reported sign, or before each session."""

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
MOST_AWAKE_MINUTES = 720
"""Longest time, in minutes, that Limber can be told to stay awake unused; without an end it is 0."""
USUALLY_AWAKE_MINUTES = 10
"""Time, in minutes, after which Limber falls asleep unused where it hears a room, unless told otherwise."""
VOICES: Mapping[VoiceName, str] = MappingProxyType(
    {
        "american man": "gmw/en-us",
        "american woman": "gmw/en-us+f3",
        "british man": "gmw/en-gb-x-rp",
        "british woman": "gmw/en-gb-x-rp+f3",
        "scottish man": "gmw/en-gb-scotland",
        "scottish woman": "gmw/en-gb-scotland+f3",
    }
)
"""To each voice its name at espeak-ng."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one person, with their defaults."""

    words_per_minute: int = 150
    """Speaking rate, in words a minute."""
    pitch: int = 50
    """Pitch of the voice, DEEPEST_PITCH to HIGHEST_PITCH."""
    volume: float = 0.0
    """Output volume in dB, from QUIETEST_DB to LOUDEST_DB; 0: the clips as they are rendered."""
    voice: VoiceName = "american man"
    """Who speaks."""
    verbosity: Verbosity = "usual"
    """How much Limber says in a session."""
    counting: Counting = "words"
    """What sounds on the counts of a hold."""
    screening: ScreeningRule = "once a sitting"
    """How often the screening question is asked."""
    rating: bool = False
    """Whether Limber asks, before and after a session, how the back is as a number from nought to ten."""
    awake_minutes: int | None = None
    """Time, in minutes, after which Limber falls asleep unused; 0: never. None: USUALLY_AWAKE_MINUTES where it hears a
    room, never where it is typed to."""
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
    def usual_voice(self) -> VoiceSettings:
        """The voice of ordinary lines, at the speaking rate and pitch that are set."""
        return VoiceSettings(VOICES[self.voice], self.words_per_minute, self.pitch)

    @property
    def slow_voice(self) -> VoiceSettings:
        """The voice of a line that is repeated slowly: two steps slower, SLOWEST_WPM at the least."""
        return replace(self.usual_voice, words_per_minute=max(SLOWEST_WPM, self.words_per_minute - 2 * WPM_STEP))

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
