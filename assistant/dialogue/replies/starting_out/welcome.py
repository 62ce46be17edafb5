"""The welcome at the first start: whether Limber is heard well, how fast it speaks, the emergency number, and "stop".

Each question is left out by "skip". Anything else that is asked leaves the welcome at once (`starting_out.answer`), for
somebody in pain must not be held up by it.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from assistant import script
from assistant.coaching.plan import Say
from assistant.dialogue.ducking import apply_volume
from assistant.dialogue.events import Heard
from assistant.dialogue.output import drop_prepared
from assistant.dialogue.parts.modes import AskingNumber, Idle, Welcoming
from assistant.dialogue.replies import preferences
from assistant.dialogue.replies.topics import Reply, say_beside
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import starting_lines as lines
from assistant.settings import Settings
from intents.model import Intent

MOST_CHANGES = 2
"""Number of times that the volume is changed, and Limber asks again whether it is heard well."""
_GOES_ON = frozenset(
    {Intent.YES, Intent.READY, Intent.RESUME, Intent.NEXT, Intent.SKIP, Intent.FEELS_GOOD, Intent.BETTER}
    | {Intent.PASSED, Intent.SAME}
)
"""Intents that answer a question so that the next one comes."""
_TOO_QUIET = frozenset({Intent.NO, Intent.LOUDER, Intent.STILL_BAD, Intent.WORSE})
_AS_IT_WAS = frozenset({Intent.NO, Intent.STILL_BAD, Intent.WORSE})


def begin_welcome(builder: StepBuilder, *before: str) -> None:
    """Begin the welcome, after the lines `before`; from now on the person counts as welcomed."""
    builder.change(settings=replace(builder.conversation.settings, welcomed=True), asks_number=False)
    first = lines.WELCOME_QUESTIONS["hearing"]
    builder.say(lines.NICE_TO_MEET, *before, first, mode=Welcoming())


def last_thing(builder: StepBuilder, *before: str) -> None:
    """Ask for the last thing, to try "stop", after the lines `before`."""
    builder.say(*before, lines.WELCOME_QUESTIONS["stop"], mode=Welcoming("stop"))


def welcomed_in(builder: StepBuilder, intent: Intent, heard: Heard) -> bool:
    """Answer in the welcome what is meant for it; whether it was."""
    mode = builder.conversation.mode
    if isinstance(mode, AskingNumber) and mode.welcoming and intent in _OF_THE_NUMBER:
        builder.say(_OF_THE_NUMBER[intent])
        return True
    if not isinstance(mode, Welcoming):
        return False
    if intent in _TELLS:
        say_beside(builder, _TELLS[intent][mode.step])
        return True
    if intent == Intent.NEVER_MIND:
        builder.say(lines.HELP_ANY_TIME, mode=Idle())
        return True
    match mode.step:
        case "hearing":
            answered = _hearing(builder, intent, mode)
        case "speed":
            answered = _speed(builder, intent, heard, mode)
        case "stop":
            answered = _stop(builder, intent)
        case _:
            assert_never(mode.step)
    if not answered and intent in _CHANGES:
        _changed_beside(builder, intent, heard, mode)
        return True
    return answered


def _hearing(builder: StepBuilder, intent: Intent, mode: Welcoming) -> bool:
    if builder.follows and builder.conversation.question_began == builder.now and intent in _TOO_QUIET:
        return True  # "no, louder" is one step
    unheard = intent in _TOO_QUIET or (intent == Intent.SAME and mode.changed > 0)
    if unheard or intent == Intent.QUIETER:
        louder = builder.conversation.settings.louder(1 if unheard else -1)
        if mode.changed >= MOST_CHANGES or louder == builder.conversation.settings:
            _ask_speed(builder, lines.VOLUME_ANY_TIME)
            return True
        _set(builder, louder)
        builder.say(lines.HEARD_BETTER, mode=replace(mode, changed=mode.changed + 1))
        return True
    if intent in _GOES_ON:
        _ask_speed(builder)
        return True
    return False


def _speed(builder: StepBuilder, intent: Intent, heard: Heard, mode: Welcoming) -> bool:
    if preferences.PACE in heard.reading.slots:
        usual = replace(builder.conversation.settings, words_per_minute=Settings().words_per_minute)
        if usual != builder.conversation.settings:
            _set(builder, usual)
        _ask_number(builder)
        return True
    if intent in (Intent.SPEAK_SLOWER, Intent.SPEAK_FASTER):
        step = -1 if intent == Intent.SPEAK_SLOWER else 1
        changed = builder.conversation.settings.paced(step)
        limit = script.AS_SLOW if step < 0 else script.AS_FAST
        if changed == builder.conversation.settings:
            _ask_number(builder, limit)
            return True
        _set(builder, changed)
        if mode.changed:
            _ask_number(builder, script.SLOWER if step < 0 else script.FASTER)
            return True
        # What was asked in the breath before is answered by this.
        builder.change(output=drop_prepared(builder.conversation.output)[0])
        builder.say(lines.LIKE_THIS, mode=replace(mode, changed=1))
        return True
    if intent in _AS_IT_WAS and mode.changed:
        _ask_number(builder, lines.SPEED_ANY_TIME)
        return True
    if intent in _GOES_ON | _AS_IT_WAS:
        _ask_number(builder)
        return True
    return False


def _stop(builder: StepBuilder, intent: Intent) -> bool:
    if intent in (Intent.SKIP, Intent.NEXT, Intent.NO):
        builder.say(lines.HELP_ANY_TIME, mode=Idle())
        return True
    if intent in (Intent.YES, Intent.READY, Intent.RESUME):
        builder.say(lines.WELCOME_SHORTER["stop"])
        return True
    return False


def _ask_speed(builder: StepBuilder, *before: str) -> None:
    builder.say(*before, lines.WELCOME_QUESTIONS["speed"], mode=Welcoming("speed"))


def _ask_number(builder: StepBuilder, *before: str) -> None:
    if builder.conversation.settings.emergency_number is None:
        builder.say(*before, script.WHICH_NUMBER, mode=AskingNumber(welcoming=True))
    else:
        last_thing(builder, *before)


def _set(builder: StepBuilder, settings: Settings) -> None:
    preferences.keep_settings(builder, settings)
    apply_volume(builder)


def _changed_beside(builder: StepBuilder, intent: Intent, heard: Heard, mode: Welcoming) -> None:
    """Change something of the voice that the open question does not ask about, and ask that again."""
    quiet = builder.conversation.output.quiet
    _CHANGES[intent](builder, heard)
    if quiet:
        builder.begin((Say(lines.WELCOME_SHORTER[mode.step]),))


_CHANGES: Mapping[Intent, Reply] = MappingProxyType(
    {
        Intent.LOUDER: preferences.louder,
        Intent.QUIETER: preferences.quieter,
        Intent.SPEAK_FASTER: preferences.speak_faster,
        Intent.SPEAK_SLOWER: preferences.speak_slower,
        Intent.HIGHER_VOICE: preferences.higher_voice,
        Intent.DEEPER_VOICE: preferences.deeper_voice,
        Intent.UNDO: preferences.undo,
    }
)
_TELLS = MappingProxyType(
    {
        Intent.HELP: lines.WELCOME_HELP,
        Intent.WHAT_CAN_I_SAY: lines.WELCOME_HELP,
        Intent.WHERE_AM_I: lines.WELCOME_WHERE,
        Intent.HOW_LONG: lines.WELCOME_LENGTH,
        Intent.TIME_LEFT: lines.WELCOME_LENGTH,
    }
)
"""What is told of each question of the welcome."""
_OF_THE_NUMBER = MappingProxyType(
    {
        Intent.WHERE_AM_I: lines.WHERE_NUMBER,
        Intent.HOW_LONG: lines.LENGTH_WITH_NUMBER,
        Intent.TIME_LEFT: lines.LENGTH_WITH_NUMBER,
    }
)
"""What is told of the question for the emergency number, as one of them."""
