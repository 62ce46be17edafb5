"""The lesson: Limber counts, with nothing to stretch, and the person says "pause", "go on", "how long?" and "stop"."""

from assistant import script
from assistant.coaching.practice import counted_so_far, counts_left, lesson_counts
from assistant.dialogue.events import Heard
from assistant.dialogue.output import Playing
from assistant.dialogue.parts.announced import ThenResume, ThenSay, ThenStop
from assistant.dialogue.parts.modes import AskingSign, Idle, Mode, Paused, Practising, Screening
from assistant.dialogue.replies.starting_out.welcome import begin_welcome
from assistant.dialogue.replies.topics import reminder
from assistant.dialogue.state import in_session, left_to_play
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import starting_lines as lines
from assistant.script.starting_lines import LessonStep
from intents.model import Intent

_FOLLOWING: dict[LessonStep, LessonStep | None] = {"pause": "how long", "how long": "stop", "stop": None}
"""The step after each; None: the lesson is over."""
_ASKS = frozenset({Intent.HOW_LONG, Intent.TIME_LEFT, Intent.WHERE_AM_I, Intent.HOW_MANY})
"""Intents that ask about the counts."""
_TO_BE_TOLD = frozenset({Intent.HELP, Intent.WHAT_CAN_I_SAY})
_CARRY_ON = frozenset({Intent.YES, Intent.READY, Intent.RESUME})


def tutorial(builder: StepBuilder, heard: Heard) -> None:
    """Begin the lesson; while a session goes on, or a question for warning signs is open, tell that it waits."""
    if not _waits(builder):
        _try(builder, "pause", lines.IN_YOUR_LAP)


def welcome_again(builder: StepBuilder, heard: Heard) -> None:
    """Begin the welcome once more, unless it must wait."""
    if not _waits(builder):
        begin_welcome(builder)


def _waits(builder: StepBuilder) -> bool:
    conversation = builder.conversation
    if in_session(conversation):
        builder.aside(lines.AFTER_THE_SESSION)
        return True
    if _asks_of_signs(conversation.mode):
        builder.say(*filter(None, (lines.AFTER_THE_SESSION, reminder(builder))))
        return True
    return False


def _asks_of_signs(mode: Mode) -> bool:
    match mode:
        case Screening() | AskingSign() | Paused(back=Screening() | AskingSign()):
            return True
        case _:
            return False


def _try(builder: StepBuilder, step: LessonStep, *before: str) -> None:
    """Ask for a step, after the lines `before`, and count anew."""
    said = (*before, lines.LESSON_TRIES[step])
    builder.interrupt(ThenSay(said, Practising(step), then=lesson_counts(step)))


def learned_in(builder: StepBuilder, intent: Intent, heard: Heard) -> bool:
    """Answer in the lesson what is meant for it; whether it was."""
    match builder.conversation.mode:
        case Practising(step=step):
            return _while_counting(builder, intent, heard, step)
        case Paused(back=Practising(step=step)) as paused:
            return _while_paused(builder, intent, heard, paused)
        case _:
            return False


def _while_counting(builder: StepBuilder, intent: Intent, heard: Heard, step: LessonStep) -> bool:
    counting = isinstance(builder.conversation.output.now, Playing)
    following: LessonStep
    match intent:
        case _ if intent in _ASKS and not counting:
            following = "stop" if step == "how long" else step
            builder.say(lines.COUNT_OVER, lines.LESSON_TRIES[following], mode=Practising(following))
        case _ if intent in _ASKS:
            asked = step == "how long"
            following = "stop" if asked else step
            answer = _of_the_counts(builder, intent)
            builder.change(mode=Practising(following))
            builder.aside(f"{answer} {lines.LESSON_TRIES['stop']}" if asked else answer)
        case Intent.SKIP | Intent.NEXT:
            _skip(builder, step)
        case Intent.COUNT_SILENTLY:
            builder.interrupt(ThenStop(heard.cause))  # "stop counting", where nothing but the count goes on
        case Intent.NEVER_MIND | Intent.NO:
            builder.say(script.ALL_RIGHT, mode=Idle())
        case _ if intent in _TO_BE_TOLD:
            builder.aside(lines.LESSON_HELP[step])
        case Intent.REPEAT | Intent.REPEAT_SLOWER:
            builder.aside(lines.LESSON_TRIES[step])
        case _ if intent in _CARRY_ON:
            builder.aside(lines.LESSON_HINTS[step])
        case _:
            return False
    return True


def _of_the_counts(builder: StepBuilder, intent: Intent) -> str:
    rest = left_to_play(builder.conversation, builder.now)
    if intent in (Intent.WHERE_AM_I, Intent.HOW_MANY):
        return lines.counted_to(counted_so_far(rest))
    return script.time_left(counts_left(rest))


def _skip(builder: StepBuilder, step: LessonStep) -> None:
    following = _FOLLOWING[step]
    if following is None:
        builder.say(lines.LESSON_DONE, mode=Idle())
    else:
        _try(builder, following)


def _while_paused(builder: StepBuilder, intent: Intent, heard: Heard, paused: Paused) -> bool:
    match intent:
        case Intent.SKIP | Intent.NEXT | Intent.YES:
            builder.interrupt(ThenResume(heard.cause))
        case Intent.NEVER_MIND | Intent.NO:
            builder.say(script.ALL_RIGHT, mode=Idle())
        case _ if intent in _TO_BE_TOLD:
            builder.aside(lines.GO_ON_HELP)
        case _ if intent in _ASKS:
            builder.aside(lines.STANDS_STILL)
        case Intent.START_OVER:
            _try(builder, "pause")
        case Intent.REPEAT | Intent.REPEAT_SLOWER | Intent.BACK:
            builder.aside(lines.SAY_GO_ON)
        case _:
            return False
    return True
