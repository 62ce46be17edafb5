"""Replies to requests for a setting: who speaks, how much, what sounds on the counts, when Limber asks and sleeps."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, get_args

from assistant import script
from assistant.coaching.wording import worded
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import AfterHurt, AskingNumber, Coaching, Paused
from assistant.dialogue.replies.preferences import set_to
from assistant.dialogue.replies.topics import say_beside
from assistant.dialogue.state import present_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.dialogue.transitions import hush
from assistant.script import settings_lines as lines
from assistant.script.rating_lines import RATINGS_OFF, RATINGS_ON
from assistant.settings import (
    FASTEST_WPM,
    FEWEST_DIGITS,
    MOST_AWAKE_MINUTES,
    MOST_CRISIS_DIGITS,
    SLOWEST_WPM,
    Counting,
    ScreeningRule,
    Verbosity,
    VoiceName,
)
from intents.phrases.told_settings import (
    ASKED_ABOUT,
    AWAKE,
    CRISIS_LINE,
    MINUTES,
    NUMBER,
    PHRASE,
    RATE,
    SPEED,
    TO,
    WAKE_PHRASE,
)
from intents.phrases.wake import UNFIT

_ASKED_FOR = Callable[[StepBuilder, Mapping[str, str]], None]
"""What a setting that is asked for changes, given the slots."""
_NAMES: tuple[VoiceName, ...] = get_args(VoiceName)
"""All voices, in the order in which "another voice" goes through them."""


def change_setting(builder: StepBuilder, heard: Heard) -> None:
    """Change the setting that is asked for, and confirm it in a few words; a value out of range is refused with it."""
    slots = heard.reading.slots
    change = _CHANGES.get(slots.get(TO, ""))
    if change is None:
        builder.aside(builder.hint(script.choices))
    else:
        change(builder, slots)


def tell_settings(builder: StepBuilder, heard: Heard) -> None:
    """Tell how Limber speaks and counts, and the emergency number; or the one setting that is asked about."""
    settings = builder.conversation.settings
    crisis = settings.crisis_line
    match heard.reading.slots.get(ASKED_ABOUT):
        case "crisis_line":
            told = lines.NO_CRISIS_LINE if crisis is None else script.number_is(crisis)
        case "wake_phrase":
            told = lines.say_to_wake(settings.wake_phrase)
        case "awake":
            told = lines.awake_for(settings.awake_minutes)
        case "voice":
            told = lines.OFFERED_VOICES
        case "counting":
            told = lines.counts_so(settings.counting)
        case _:
            told = f"{lines.how_i_speak(settings)} {script.number_is_set(settings.emergency_number)}"
    say_beside(builder, told)


def say_this_much(builder: StepBuilder, verbosity: Verbosity) -> None:
    """Say as much as that in sessions from now on, the present one too."""
    _confirm(builder, lines.says_this_much(verbosity), verbosity=verbosity)
    session = present_session(builder.conversation)
    if session is not None:
        builder.change(session=worded(session, verbosity, builder.conversation.history))
        if verbosity == "counts only":
            hush(builder)


def keep_crisis_line(builder: StepBuilder, number: str | None) -> None:
    """Keep the number of a crisis line, None: none; "undo" brings the one before back."""
    _confirm(builder, lines.CRISIS_LINE_GONE if number is None else script.number_kept(number), crisis_line=number)


def _confirm(builder: StepBuilder, line: str, **changed: Any) -> None:  # noqa: ANN401 - as in replace()
    """Change fields of the settings, and say a line, which also answers a wish for what is set already."""
    set_to(builder, replace(builder.conversation.settings, **changed), line, line)


def _verbosity(verbosity: Verbosity) -> _ASKED_FOR:
    return lambda builder, _: say_this_much(builder, verbosity)


def _counting(counting: Counting) -> _ASKED_FOR:
    return lambda builder, _: _confirm(builder, lines.counts_so(counting), counting=counting)


def _screening(rule: ScreeningRule) -> _ASKED_FOR:
    return lambda builder, _: _confirm(builder, lines.asks_so_often(rule), screening=rule)


def _rating(*, asks: bool) -> _ASKED_FOR:
    return lambda builder, _: _confirm(builder, RATINGS_ON if asks else RATINGS_OFF, rating=asks)


def _voice(choose: Callable[[VoiceName], str]) -> _ASKED_FOR:
    """A change of the voice to the one that `choose` gives for the present one."""

    def change(builder: StepBuilder, _: Mapping[str, str]) -> None:
        chosen = next(name for name in _NAMES if name == choose(builder.conversation.settings.voice))
        _confirm(builder, lines.this_voice(chosen), voice=chosen)

    return change


def _with_accent(accent: str) -> _ASKED_FOR:
    return _voice(lambda before: f"{accent} {before.split()[1]}")


def _as_a(who: str) -> _ASKED_FOR:
    return _voice(lambda before: f"{before.split()[0]} {who}")


def _named(name: VoiceName) -> _ASKED_FOR:
    return _voice(lambda _: name)


def _another(before: VoiceName) -> str:
    return _NAMES[(_NAMES.index(before) + 1) % len(_NAMES)]


def _awake(builder: StepBuilder, slots: Mapping[str, str]) -> None:
    minutes = int(slots[MINUTES]) if MINUTES in slots else None
    if minutes is None:
        say_beside(builder, lines.HOW_LONG_AWAKE)
    elif minutes > MOST_AWAKE_MINUTES:
        say_beside(builder, lines.OUT_OF_RANGE_AWAKE)
    else:
        _confirm(builder, lines.awake_for(minutes), awake_minutes=minutes)


def _speed(builder: StepBuilder, slots: Mapping[str, str]) -> None:
    rate = int(slots.get(RATE, 0))
    if SLOWEST_WPM <= rate <= FASTEST_WPM:
        _confirm(builder, lines.speed_is(rate), words_per_minute=rate)
    else:
        say_beside(builder, lines.OUT_OF_RANGE_SPEED)


def _wake_phrase(builder: StepBuilder, slots: Mapping[str, str]) -> None:
    if PHRASE not in slots:
        say_beside(builder, lines.WHICH_PHRASE)
    elif UNFIT in slots:
        say_beside(builder, lines.unfit(slots[UNFIT], builder.conversation.settings.wake_phrase))
    else:
        _confirm(builder, lines.say_to_wake(slots[PHRASE]), wake_phrase=slots[PHRASE])


def _crisis_line(builder: StepBuilder, slots: Mapping[str, str]) -> None:
    number = slots.get(NUMBER)
    in_session = isinstance(builder.conversation.mode, Coaching | Paused | AfterHurt)
    fits = FEWEST_DIGITS <= len(number or "") <= MOST_CRISIS_DIGITS
    if number == "":
        keep_crisis_line(builder, None)
    elif in_session and fits:
        keep_crisis_line(builder, number)
    elif in_session:
        builder.aside(lines.SAY_CRISIS_LINE)
    elif fits and number:
        builder.say(script.is_it_right(number), mode=AskingNumber(number, crisis=True))
    else:
        builder.say(lines.WHICH_CRISIS_LINE, mode=AskingNumber(crisis=True))


_CHANGES: Mapping[str, _ASKED_FOR] = MappingProxyType(
    {
        "woman": _as_a("woman"),
        "man": _as_a("man"),
        "british": _with_accent("british"),
        "american": _with_accent("american"),
        "scottish": _with_accent("scottish"),
        "another_voice": _voice(_another),
        **{name.replace(" ", "_"): _named(name) for name in _NAMES},
        "brief": _verbosity("brief"),
        "full": _verbosity("full"),
        "counts": _verbosity("counts only"),
        "words": _counting("words"),
        "beeps": _counting("beeps"),
        "last_three": _counting("last three"),
        "every_session": _screening("every session"),
        "once": _screening("once a sitting"),
        "rating_on": _rating(asks=True),
        "rating_off": _rating(asks=False),
        AWAKE: _awake,
        SPEED: _speed,
        WAKE_PHRASE: _wake_phrase,
        CRISIS_LINE: _crisis_line,
    }
)
"""To each value of the slot, what it changes."""
