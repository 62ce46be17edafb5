"""What is done with what was heard: deferred, refused as late or unclear, answered part by part, or not understood."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from assistant import script
from assistant.dialogue.ducking import unduck
from assistant.dialogue.events import Heard, further_parts
from assistant.dialogue.misses import miss, not_understood
from assistant.dialogue.parts.modes import AskingFelt, AskingHow, AskingRating, AskingSign, Emergency, Muted, Screening
from assistant.dialogue.parts.precedence import weighed
from assistant.dialogue.replies.alarms import say_you_matter
from assistant.dialogue.replies.emergency import ALLOWED_IN_EMERGENCY, IN_EMERGENCY, answer_by_words, refuse
from assistant.dialogue.replies.flow import listen_again
from assistant.dialogue.replies.in_place import in_place
from assistant.dialogue.replies.starting_out.aside_from_it import answer
from assistant.dialogue.replies.stretching.feeling import felt_in_words, felt_unclear, same
from assistant.dialogue.replies.table import REPLIES
from assistant.dialogue.replies.talk.company import WELLBEING
from assistant.dialogue.safety.asked_sign import (
    answers_in_words,
    places_it,
    sign_counts,
    sign_denied,
    sign_unclear,
)
from assistant.dialogue.safety.which_sign import as_answer, which_unclear
from assistant.dialogue.screening import after_screening, answers_screening
from assistant.dialogue.state import state_of, valid_now
from assistant.dialogue.step_builder import StepBuilder
from assistant.dialogue.transitions import settle
from assistant.script import safety_lines
from assistant.states import ALWAYS, GOES_ON_UNMUTED, State
from assistant.timeline import entries
from audio.frames import Frame, seconds
from intents.clauses.agenda import SETTINGS
from intents.clauses.asking import perhaps_to_others
from intents.clauses.doubt import begins_with_yes, doubts, still_partly
from intents.model import Intent, Meant, Reading
from intents.text.normalize import words_of
from intents.told_names import told

CONSENTS = frozenset(
    {Intent.YES, Intent.NO, Intent.READY, Intent.PASSED, Intent.BETTER} | {Intent.FALSE_ALARM, Intent.HELP_COMING}
)
"""Intents that answer a question, and so mean nothing as a further part of the breath that has opened the question."""

TAKEN_FOR_DOUBT = frozenset(
    {Intent.WAIT, Intent.COUNT_SILENTLY, Intent.COUNT_ONLY, Intent.UNDO, Intent.NEVER_MIND, Intent.FEELS_GOOD}
    | {Intent.PASSED, Intent.BETTER, Intent.SMALL_TALK, Intent.SKIP}
)
"""Intents that a doubt may be read as; where a question is open that doubt answers, they do not count beside it."""
NOT_AGREED = frozenset(
    {Intent.RED_FLAG, Intent.CALL_FOR_HELP, Intent.SELF_HARM, Intent.STOP, Intent.PAUSE, Intent.MUTE, Intent.GOODBYE}
    | {Intent.YES, Intent.NO, Intent.PASSED, Intent.BETTER, Intent.FALSE_ALARM, Intent.HELP, Intent.REPEAT}
)
"""Intents that hold even where they begin with a yes: "yes, it has gone"."""
BRIEF_ANSWER = 8
"""Length in words up to which what means nothing else is an unclear answer to how the person feels."""

_LEADS_IN = frozenset(
    "what all i we really just only want wanted need needed mean meant is was to say ask thing".split()
)
"""Words that lead to a request and ask for nothing themselves: "what I wanted was"."""
NEVER_DEFERRED = frozenset(
    {Intent.RED_FLAG, Intent.STOP, Intent.THAT_HURTS, Intent.PAUSE, Intent.MUTE}
    | {Intent.CALL_FOR_HELP, Intent.SELF_HARM, Intent.WAIT}
)
"""Intents that are answered at once even while silence is awaited."""


def hear(builder: StepBuilder, heard: Heard, question_began: Frame) -> None:
    """Answer what was heard. `question_began`: frame of the open question; an answer that began before is ignored.

    What `follows` is a further part of a breath whose first part has acted before the breath ended.
    """
    meant = in_place(heard.reading, builder.conversation, builder.guidance)
    heard = replace(heard, reading=_weighed(builder, meant))
    if heard.follows:
        alone = replace(heard, reading=replace(heard.reading, also=(), unread=""))
        hear_in_turn(builder, (alone, *further_parts(heard)))
        return
    builder.follows = False
    unconfirmed = builder.conversation.to_confirm
    if unconfirmed is not None and heard.reading.text:
        builder.change(to_confirm=None)
        if heard.reading.intent == Intent.YES:
            confirmed = replace(unconfirmed.reading, needs_confirmation=False)
            hear(builder, replace(unconfirmed, reading=confirmed), question_began)
            return
        if heard.reading.intent == Intent.NO:
            builder.signal("understood")
            return
    heard = _possible(heard, valid_now(builder.conversation))
    if isinstance(builder.conversation.mode, Screening) and heard.began >= question_began:
        heard = replace(heard, reading=as_answer(heard.reading, builder.conversation.mode))
    conversation, reading = builder.conversation, heard.reading
    if heard.began >= question_began and _unclear_answer(builder, heard):
        return
    if reading.intent is None or reading.needs_confirmation:
        not_understood(builder, heard)
        return
    intent = Intent(reading.intent)
    if conversation.awaiting is not None and intent not in NEVER_DEFERRED:
        builder.change(deferred=(*conversation.deferred, heard))
        return
    parts = further_parts(heard)
    builder.more = bool(parts)
    late = heard.began < question_began and intent not in ALWAYS
    unclear_no = (
        isinstance(conversation.mode, Screening | AskingSign) and intent is Intent.NO and not answers_screening(reading)
    )
    if late or unclear_no or intent not in valid_now(conversation):
        reason = "late" if late else "unsure" if unclear_no else "not valid now"
        builder.note(miss(heard, reason))
        if state_of(conversation) not in (State.ASLEEP, State.MUTED):
            builder.signal("not_understood")
        if isinstance(conversation.mode, Emergency):
            refuse(builder)
        elif unclear_no:
            _ask_again(builder, reading.text)
        elif heard.cause == "key" and not late:
            builder.aside(builder.hint(script.choices))  # whoever types must not wait for a sound alone
        return
    builder.change(not_understood_in_a_row=0, last_used=builder.now)
    unduck(builder)
    builder.note(_taken(heard, intent))
    if builder.state is State.HOLDING:
        builder.signal("understood")  # the answer comes only after the next count
    _reply(builder, intent, heard)
    settle(builder)
    hear_in_turn(builder, parts)


def _unclear_answer(builder: StepBuilder, heard: Heard) -> bool:
    """Take a doubt ("hard to say") for the answer to a question about a sign, or about how the person feels.

    And an answer about a sign that begins with yes, whatever else it was read as ("yes, a sort of pressure"); and in an
    emergency what its words tell, whatever they were read as ("I mean my back").
    """
    reading, mode = heard.reading, builder.conversation.mode
    if builder.conversation.awaiting is not None:
        return False
    if isinstance(mode, Emergency):
        return _by_words(builder, heard, mode)
    yields = isinstance(mode, AskingSign) and reading.intent not in NOT_AGREED
    agrees = yields and begins_with_yes(reading.text)
    guessed = yields and reading.confidence < 1
    in_words = yields and isinstance(mode, AskingSign) and not reading.asks and answers_in_words(mode, reading.text)
    # "A bit low" is how they are, and no guess at a volume.
    low = isinstance(mode, AskingHow) and reading.confidence < 1 and reading.intent in SETTINGS
    if reading.intent not in (None, *TAKEN_FOR_DOUBT) and not agrees and not guessed and not in_words and not low:
        return False
    doubt = doubts(reading.text)
    brief = reading.intent is None and not reading.asks and 0 < len(reading.text.split()) <= BRIEF_ANSWER
    match mode:
        case AskingSign() if agrees:
            answer = partial(sign_counts, builder, mode, said=True)
        case AskingSign() if places_it(mode, reading.text):
            answer = partial(sign_counts, builder, mode, said=True)
        case AskingSign() if doubt or still_partly(reading.text):
            answer = partial(sign_counts, builder, mode, said=False)
        case AskingSign() if in_words:
            answer = partial(sign_denied, builder, mode)
        case AskingSign() if reading.slots.get("topic") == WELLBEING:
            answer = partial(sign_unclear, builder, mode, "")
        case AskingHow() if low:
            answer = partial(say_you_matter, builder)
        case AskingFelt() if reading.intent == Intent.UNDO and "undo" not in reading.text.lower():
            answer = partial(same, builder, heard)  # "just as it was" takes nothing back here
        case AskingFelt() if reading.intent is None and (told := felt_in_words(reading.text)) is not None:
            answer = partial(told, builder, heard)
        case AskingRating(wish=wish) if doubt:
            answer = partial(after_screening, builder, wish)  # who does not know has to tell no number
        case AskingFelt() if doubt or brief:
            answer = partial(felt_unclear, builder)
        case _:
            return False
    _unsure(builder, heard)
    answer()
    return True


def _by_words(builder: StepBuilder, heard: Heard, mode: Emergency) -> bool:
    answer = answer_by_words(heard, mode)
    if answer is None:
        return False
    _unsure(builder, heard)
    answer(builder)
    return True


def _unsure(builder: StepBuilder, heard: Heard) -> None:
    """Note an answer that is taken for what its words tell."""
    builder.note(miss(heard, "unsure"))
    builder.change(not_understood_in_a_row=0, last_used=builder.now)
    unduck(builder)


def hear_in_turn(builder: StepBuilder, parts: Sequence[Heard]) -> None:
    """Answer further parts of what was said in one breath, one after the other."""
    for at, part in enumerate(parts, 1):
        builder.more = at < len(parts)
        hear_further(builder, part)
        settle(builder)


def _weighed(builder: StepBuilder, reading: Reading) -> Reading:
    """What of a reading is to be carried out, as the conversation stands."""
    conversation = builder.conversation
    emergency = isinstance(conversation.mode, Emergency)
    return weighed(reading, emergency=emergency, refuses=conversation.sitting.no_exercise is not None)


def _possible(heard: Heard, valid: Collection[str]) -> Heard:
    """What was heard, without the parts of it, from the first on, that are not valid; if none is, as it was."""
    reading = heard.reading
    if reading.intent is None or reading.needs_confirmation or reading.intent in valid:
        return heard
    for i, meant in enumerate(reading.also):
        if meant.intent in valid:
            first = replace(reading, intent=meant.intent, slots=meant.slots, also=reading.also[i + 1 :])
            return replace(heard, reading=first)
    return heard


def _reply(builder: StepBuilder, intent: Intent, heard: Heard) -> None:
    if isinstance(builder.conversation.mode, Emergency) and intent not in ALLOWED_IN_EMERGENCY:
        own = IN_EMERGENCY.get(intent)
        if own is None:
            refuse(builder)
        else:
            own(builder, heard)
        return
    if isinstance(builder.conversation.mode, Muted) and intent in GOES_ON_UNMUTED:
        listen_again(builder, heard)
    answer(builder, intent, heard, REPLIES[intent])


def hear_further(builder: StepBuilder, heard: Heard) -> None:
    """Answer a further part of what was said in one breath, after the silence if that is awaited."""
    conversation, reading = builder.conversation, heard.reading
    if conversation.awaiting is not None:
        builder.change(deferred=(*conversation.deferred, heard))
        return
    words = words_of(reading.text)
    if reading.intent is None and (perhaps_to_others(words) or _LEADS_IN.issuperset(words)):
        return
    if reading.intent is None:
        builder.further(safety_lines.cannot(reading.text))
        return
    intent = Intent(reading.intent)
    # Nobody answers a question in the breath that has opened it.
    premature = intent in CONSENTS and conversation.question_began == builder.now
    if premature or intent not in valid_now(conversation):
        return
    builder.follows = True
    builder.note(_taken(heard, intent))
    _reply(builder, intent, heard)


def _taken(heard: Heard, intent: Intent) -> entries.IntentTaken:
    reading = heard.reading
    meant = told(Meant(intent, reading.slots))
    return entries.IntentTaken(
        reading.text,
        meant.intent,
        dict(meant.slots),
        round(reading.confidence, 3),
        seconds(heard.began),
        seconds(heard.until),
    )


def _ask_again(builder: StepBuilder, text: str) -> None:
    """Ask the open question about signs again, after an answer that is no clear one."""
    mode = builder.conversation.mode
    if isinstance(mode, AskingSign):
        sign_unclear(builder, mode, text)
    elif isinstance(mode, Screening) and mode.which:
        which_unclear(builder, mode, text)
    else:
        builder.say(builder.guidance.screening.again)
