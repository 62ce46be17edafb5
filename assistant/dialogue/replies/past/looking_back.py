"""Replies about what was done before: when last, how much, how it went, whether it gets better. None starts anything.

An open question stays open: the answer comes first, then the question again.
"""

from collections.abc import Iterable

from assistant.dialogue.events import Heard
from assistant.dialogue.parts.keeping import known_at, record_of
from assistant.dialogue.replies.stretching import starting
from assistant.dialogue.state import in_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.history.periods import Period, Total, total, within
from assistant.history.stretch_record import Past, StretchRecord, worth_counting
from assistant.history.trend import outlook
from assistant.script import history_lines as lines
from assistant.script.rating_lines import typically
from assistant.script.stretching import lower, movements
from intents.text.normalize import words_of
from intents.text.period_words import asks_when, period_in

NAMED_AT_ONCE = 3
"""Most movements that are told by name; of more their number is told, or their routine."""
_FEELING = frozenset("feel feels feeling felt say said told better worse was go went how".split())
"""Words that ask how the person felt, or what they said of it."""
_TO_ITS_END = frozenset("finish finished finishing complete completed".split())
"""Words that ask for what was done to its end alone."""


def known_sessions(builder: StepBuilder) -> Past:
    """The sessions that are remembered, and the one that goes on as it stands; those in which something was done."""
    conversation = builder.conversation
    past, session = conversation.history, conversation.session
    if session is not None and in_session(conversation):
        going = record_of(session, conversation.civil_start, conversation.session_began, builder.now, completed=False)
        past = (*past, going)
    return worth_counting(past)


def how_did_i_do(builder: StepBuilder, heard: Heard) -> None:
    """Tell what was done in the period asked about, and how it felt; without one, of the present or last session."""
    period = _period(heard)
    words = words_of(heard.reading.text)
    felt = "felt" in words or "feel" in words
    if (heard.reading.confidence < 1 and asks_when(heard.reading.text)) or (felt and period is None):
        last_time(builder, heard)  # a guess: the words tell more
    elif period is not None:
        _tell_period(builder, period, heard)
    elif builder.conversation.past is None and not in_session(builder.conversation) and known_sessions(builder):
        last_time(builder, heard)  # the last session was in another run
    else:
        starting.how_did_i_do(builder, heard)


def how_much(builder: StepBuilder, heard: Heard) -> None:
    """Tell how many sessions, how long or how much there was; without a period: today, or else in all."""
    period = _period(heard)
    if period is None and heard.reading.slots.get("measure") != "sessions" and in_session(builder.conversation):
        starting.how_did_i_do(builder, heard)  # "how many minutes have I done": of what goes on
        return
    if period is None:
        now = known_at(builder.conversation.civil_start, builder.now)
        today = within(known_sessions(builder), Period.TODAY, now)
        period = Period.TODAY if today else Period.ALL
    _tell_period(builder, period, heard)


def _tell_period(builder: StepBuilder, period: Period, heard: Heard) -> None:
    past, now = known_sessions(builder), known_at(builder.conversation.civil_start, builder.now)
    if not past:
        starting.beside(builder, lines.NEVER)
        return
    if now is None and period is not Period.ALL:
        starting.beside(builder, lines.DAY_UNKNOWN)
        return
    done = total(within(past, period, now))
    if not done.sessions:
        starting.beside(builder, lines.nothing_in(period))
        return
    match heard.reading.slots.get("measure"):
        case "sessions":
            told = lines.how_many(period, done.sessions)
        case "time" if done.length is not None:
            told = lines.how_long(period, done.sessions, done.length, done.held)
        case _ if not _TO_ITS_END.isdisjoint(words_of(heard.reading.text)):
            told = lines.finished(
                period, _named(builder, done.movements), _unfinished(builder, within(past, period, now))
            )
        case _:
            felt = lines.felt_after(done.felt, done.sessions)
            what = _what(builder, done, within(past, period, now))
            rated = starting.told_numbers(within(past, period, now))
            told = " ".join(filter(None, (lines.how_much(period, what, done.sessions, done.length), felt, *rated)))
    starting.beside(builder, told)


def last_time(builder: StepBuilder, heard: Heard) -> None:
    """Tell when the last session was, or the last with the movement that is named, and how the person felt after it."""
    named = heard.reading.slots.get("movement")
    asked = not _FEELING.isdisjoint(words_of(heard.reading.text))
    # How it was can be told of what is over alone.
    past = worth_counting(builder.conversation.history) if asked else known_sessions(builder)
    done = [record for record in past if named is None or named in record.movements]
    now = known_at(builder.conversation.civil_start, builder.now)
    if not done:
        starting.beside(builder, lines.NEVER if not past else lines.NEVER_THIS_ONE)
    elif now is None or (ended := done[-1].ended) is None:
        starting.beside(builder, lines.WHEN_UNKNOWN)
    else:
        movement = builder.guidance.movements.get(named or "")
        title = _title(builder, done[-1]) if movement is None else lower(movement.title)
        whole = done[-1].completed or movement is not None
        when = lines.when(ended, now)
        told = lines.last_stretched(when, title, done[-1].felt, whole=whole, asked=asked)
        starting.beside(builder, " ".join((told, *starting.told_numbers(done[-1:]))))


def am_i_better(builder: StepBuilder, heard: Heard) -> None:
    """Tell what the answers after the sessions come to: counts, or that they are too few; worse leads to advice."""
    past = known_sessions(builder)
    found = outlook(past)
    rated = "" if found.eased is None else typically(found.rated, found.eased)
    if rated and not found.enough:
        told = rated
    elif not found.answers:
        told = lines.NO_ANSWERS
    elif found.enough:
        told = " ".join(filter(None, (lines.only_counts(found.felt, found.answers, found.change), rated)))
    else:
        told = lines.too_early(found.felt, found.answers)
    starting.beside(builder, f"{told} {lines.SEE_SOMEBODY}" if found.worsening else told)


def _period(heard: Heard) -> Period | None:
    """The period that is asked about; of a guess the words may name it. None: none."""
    named = heard.reading.slots.get("period") or period_in(heard.reading.text)
    return Period(named) if named in set(Period) else None


def _title(builder: StepBuilder, record: StretchRecord) -> str:
    """The title of what was done: that of the routine, else of the movements."""
    if record.routine is not None and record.routine in builder.guidance.routines:
        return lower(builder.guidance.routines[record.routine].title)
    keys = record.movements or ((record.partly,) if record.partly is not None else ())
    return _named(builder, keys) or lines.SOME_STRETCHING


def _titles(builder: StepBuilder, keys: Iterable[str]) -> list[str]:
    """The titles of movements, each once; of those that the guidance still knows."""
    known = builder.guidance.movements
    return [lower(known[key].title) for key in dict.fromkeys(keys) if key in known]


def _named(builder: StepBuilder, keys: Iterable[str]) -> str:
    """Movements by name, or, if they are many, their number; empty: none."""
    titles = _titles(builder, keys)
    if len(titles) > NAMED_AT_ONCE:
        return movements(len(titles))
    return lines.joined(titles) if titles else ""


def _partly(builder: StepBuilder, done: Total) -> str:
    """What was done in part alone, by name; empty: nothing."""
    titles = [lines.done_in_part(title) for title in _titles(builder, done.partly)]
    return lines.joined(titles[-NAMED_AT_ONCE:]) if titles else ""


def _unfinished(builder: StepBuilder, records: Iterable[StretchRecord]) -> str:
    """What was begun and not done to its end, by name: routines, else movements; empty: nothing that is known of."""
    counted = worth_counting(tuple(records))
    ended = {record.routine for record in counted if record.completed}
    whole = {key for record in counted for key in record.movements}
    left = [record for record in counted if not record.completed and (record.routine or record.partly) is not None]
    titles = [
        _title(builder, record)
        for record in left
        if (record.routine not in ended if record.routine is not None else record.partly not in whole)
    ]
    parts = [lines.done_in_part(title) for title in dict.fromkeys(titles)][-NAMED_AT_ONCE:]
    return lines.joined(parts) if parts else ""


def _what(builder: StepBuilder, done: Total, records: Iterable[StretchRecord]) -> str:
    """What was done, by name: up to NAMED_AT_ONCE movements, else the one routine, else their number."""
    whole, part = _titles(builder, done.movements), _titles(builder, done.partly)
    if whole and len(whole) + len(part) <= NAMED_AT_ONCE:
        return lines.joined([*whole, *map(lines.done_in_part, part)])
    if not whole:
        return _partly(builder, done)
    counted = worth_counting(tuple(records))
    routines = {record.routine for record in counted}
    if len(routines) == 1 and None not in routines and all(record.completed for record in counted):
        return _title(builder, counted[0])
    return movements(len(whole))
