"""Replies about what is remembered of the person, and about forgetting it: one question, one clear yes, told what went.

What goes is named in the question. Nothing else deletes: no silence, no hedge, no "go on". Nothing brings it back.
"""

from dataclasses import replace

from assistant.coaching.body import Body
from assistant.dialogue.actions import Forget
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.keeping import TellsNumber, known_at
from assistant.dialogue.parts.modes import (
    AskingFelt,
    AskingForget,
    AskingNumber,
    AskingRating,
    AskingRoutine,
    AskingWhen,
    Idle,
    Offering,
    Topic,
)
from assistant.dialogue.parts.person import KnownPerson, conditions_of
from assistant.dialogue.replies.stretching.starting import beside
from assistant.dialogue.step_builder import StepBuilder
from assistant.history.stretch_record import without_day
from assistant.reminders.book import ReminderBook
from assistant.script import history_lines as lines
from assistant.script.rating_lines import NUMBER_TOLD
from intents.clauses.doubt import begins_with_yes, doubts
from intents.text.normalize import words_of
from intents.text.period_words import period_in

TODAY = "today"
"""The slot value of `Forget` that only the sessions of today go."""
_NOTHING_GOES_ON = (
    *(Idle, Topic, Offering, AskingFelt, AskingRating, AskingNumber, AskingRoutine, AskingWhen, AskingForget),
)
"""The modes in which nothing of a session would be lost; an open question of another subject is let go."""


def memory(builder: StepBuilder, heard: Heard) -> None:
    """Tell truly what is remembered of the person, where it is, and that no sound is."""
    known = (*_forgettable(builder, today=False), *_settings(builder))
    if not known:
        beside(builder, lines.KNOW_NOTHING)
    else:
        beside(builder, " ".join(lines.know(known, kept=builder.conversation.keeps)))


def forget(builder: StepBuilder, heard: Heard) -> None:
    """Ask whether to delete what is remembered, of today or all; while something else goes on it has to wait."""
    if not isinstance(builder.conversation.mode, _NOTHING_GOES_ON):
        beside(builder, lines.NOT_IN_SESSION)
        return
    what = heard.reading.slots.get("what") or period_in(heard.reading.text)
    today = what == TODAY
    asking = builder.conversation.mode
    if isinstance(asking, AskingForget) and asking.today == today and begins_with_yes(heard.reading.text):
        accept_forgetting(builder, asking, heard)  # "yes, forget it all"
        return
    parts = _forgettable(builder, today=today)
    if not parts:
        builder.say(lines.NOTHING_TODAY if today else lines.NOTHING_TO_FORGET, mode=Idle())
        return
    question = lines.shall_i_forget(parts)
    builder.change(mode=Idle())  # a second question is as much a new one as the first
    builder.say(question, mode=AskingForget(question, today))


def accept_forgetting(builder: StepBuilder, asking: AskingForget, heard: Heard) -> None:
    """Delete, after a clear yes; a yes that doubts, or that comes with more, is none."""
    reading = heard.reading
    if reading.also or reading.unread or doubts(reading.text):
        forget_unclear(builder, asking)
        return
    parts = _forgettable(builder, today=asking.today)
    conversation = builder.conversation
    day = None
    if asking.today:
        now = known_at(conversation.civil_start, builder.now)
        day = None if now is None else now.date()
        history = conversation.history if day is None else without_day(conversation.history, day)
        builder.change(history=history, past=None, number=TellsNumber())
        staying = ""
    else:
        settings = replace(conversation.settings, conditions=())
        builder.change(
            history=(),
            past=None,
            session=None,
            person=KnownPerson(),
            body=Body(),
            number=TellsNumber(),
            own=replace(conversation.own, spoken=(), last=None, gone=()),
            reminders=ReminderBook(last_id=conversation.reminders.last_id),
            just_reminded=False,
            settings=settings,
        )
        staying = lines.SETTINGS_STAY
    builder.change(undoable=None)
    builder.actions.append(Forget(day))
    builder.say(*filter(None, (lines.forgotten(parts), staying)), mode=Idle())


def forget_unclear(builder: StepBuilder, asking: AskingForget) -> None:
    """Ask once more for a clear yes; after a second unclear answer all is kept."""
    if asking.again:
        keep_all(builder)
    else:
        builder.say(lines.CLEAR_YES, mode=replace(asking, again=True))


def never_mind_forgetting(builder: StepBuilder, asking: AskingForget, heard: Heard) -> None:
    """Keep everything; but "delete it", which elsewhere takes back what was said, is a yes to this question."""
    if words_of(heard.reading.text)[:1] in (["delete"], ["erase"], ["wipe"]):
        accept_forgetting(builder, asking, heard)
    else:
        keep_all(builder)


def keep_all(builder: StepBuilder) -> None:
    """Keep everything, and say so."""
    builder.say(lines.KEPT_ALL, mode=Idle())


def _forgettable(builder: StepBuilder, *, today: bool) -> tuple[str, ...]:
    """What is remembered and can be forgotten, in words. `today`: only what was done today."""
    conversation = builder.conversation
    past = conversation.history
    number = (NUMBER_TOLD,) if conversation.number.before is not None else ()
    if today:
        now = known_at(conversation.civil_start, builder.now)
        n = 0 if now is None else len(past) - len(without_day(past, now.date()))
        return (*((lines.todays(n),) if n else ()), *number)
    parts = [lines.past_sessions(len(past)), *number] if past else [*number]
    if conversation.session is not None:
        parts.append(lines.WHERE_WE_STOPPED)
    keys = dict.fromkeys((*conversation.settings.conditions, *conversation.person.conditions))
    parts += [f"that {known.you}" for known in conditions_of(builder.guidance, keys)]
    if replace(conversation.body, eased=frozenset()) != Body():
        parts.append(lines.BODY_AND_ROOM)
    if conversation.body.eased:
        parts.append(lines.MADE_GENTLER)
    if conversation.own.spoken:
        parts.append(lines.own_routines(len(conversation.own.spoken)))
    if conversation.reminders.kept:
        parts.append(lines.reminders(len(conversation.reminders.kept)))
    return tuple(parts)


def _settings(builder: StepBuilder) -> tuple[str, ...]:
    """What the settings tell of the person, in words."""
    settings = builder.conversation.settings
    return (lines.EMERGENCY_NUMBER,) if settings.emergency_number is not None else ()
