"""Replies that begin a stretch session, or go to a movement by name, and those about how long each takes."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.coaching.body import fit_dose, fitted
from assistant.coaching.duration import seconds_ahead
from assistant.coaching.outline import title_of
from assistant.coaching.route import gone_to, nothing_after
from assistant.coaching.session import (
    DEFAULT_ROUTINE,
    Session,
    begun_anew,
    first_place,
    movement_session,
    routine_session,
    usual_dose,
    with_dose,
)
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenCoach
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingFelt,
    AskingNumber,
    AskingRating,
    AskingSign,
    Idle,
    Offering,
    Screening,
    Topic,
    WantsSession,
)
from assistant.dialogue.replies.in_place import LAST_OF_ALL
from assistant.dialogue.replies.navigation import FIRST, side_named
from assistant.dialogue.replies.topics import reminder
from assistant.dialogue.screening import after_screening
from assistant.dialogue.state import body_now, present_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.schema import Movement
from assistant.history.stretch_record import StretchRecord, worth_counting
from assistant.script import SECONDS_PER_MINUTE, bodies, routine_lines
from assistant.script import stretching as lines
from assistant.script.rating_lines import from_to
from audio.frames import FRAMES_PER_SECOND
from intents.text.hold_wish import HOLD, HOLD_ALONE

RELIEF = ("quick", "gentle", "full")
"""Keys of the routines that ease a tight back, for a person who names none."""
LISTED_WHOLE = 3
"""Most own routines that are named to somebody who asks for one that is not there."""
SHORT_MOVEMENT = "slow_breathing"
"""Key of the movement that is offered where no routine fits into the time there is."""


def start_routine(builder: StepBuilder, heard: Heard) -> None:
    """Begin a routine, the one that is named or DEFAULT_ROUTINE, after the screening question."""
    mode, key = builder.conversation.mode, heard.reading.slots.get("routine", DEFAULT_ROUTINE)
    if isinstance(mode, AskingRating) and "routine" not in heard.reading.slots:
        after_screening(builder, mode.wish)  # what is to begin was said, and no number has to be
        return
    if key not in builder.guidance.routines:
        tell_none_called(builder, key)
        return
    _wish(builder, heard, routine_session(builder.guidance, key))


def tell_none_called(builder: StepBuilder, name: str) -> None:
    """Tell that no routine has this name, and which there are: first the person's own."""
    own, known = builder.conversation.own.names, builder.guidance.routines
    titles = [known[key].title for key in own[:LISTED_WHOLE]]
    titles += [routine.title for key, routine in known.items() if key not in own]
    words = routine_lines.none_called(name), routine_lines.there_are(titles)
    if reminder(builder) or present_session(builder.conversation) is not None:
        beside(builder, " ".join(words))
    else:
        builder.say(*words, mode=Idle())


def start_movement(builder: StepBuilder, heard: Heard) -> None:
    """Begin a session of one movement after the screening question; in a session, go to that movement.

    Where none is named, begin a routine. Of two that need what is named ("the one with the chair"), ask which.
    """
    named = heard.reading.slots.get("movement")
    if named is None:
        start_routine(builder, heard)
        return
    found = _meant(builder, named)
    if found is None:
        builder.aside(lines.WHICH_OF_TWO)
        return
    side = side_named(heard)
    if FIRST in heard.reading.slots:
        builder.change(body=replace(builder.conversation.body, first_side=side))
        side = None
    if isinstance(builder.conversation.mode, AskingSign):
        after_screening(builder, WantsSession(movement_session(builder.guidance, found.key, side)))
        return
    session = _going(builder)
    alone = movement_session(builder.guidance, found.key, side)
    asked = alone if session is None else _held(builder, heard, alone)
    dose = fit_dose(asked.dose, body_now(builder.conversation))
    if dose is None:
        _offer_instead(builder, found, going=session is not None)
    elif session is not None:
        there = gone_to(session, dose)
        builder.interrupt(
            ThenCoach(nothing_after(there) if LAST_OF_ALL in heard.reading.slots else there, cause=heard.cause)
        )
    else:
        _wish(builder, heard, alone)


def _wish(builder: StepBuilder, heard: Heard, session: Session) -> None:
    """Begin a session after the screening question; one that is on offer stays so, with other holds."""
    held = _held(builder, heard, session)
    if HOLD_ALONE in heard.reading.slots and isinstance(builder.conversation.mode, Offering):
        builder.say(lines.BEGIN, mode=Offering(held))
    else:
        after_screening(builder, WantsSession(held))


def _held(builder: StepBuilder, heard: Heard, session: Session) -> Session:
    """The session with holds as long as was said with the wish for it, within their bounds; that is confirmed first."""
    if HOLD not in heard.reading.slots:
        return session
    wanted = int(heard.reading.slots[HOLD])
    for step, dose in enumerate(session.doses):
        if dose.movement.hold_word:
            there = with_dose(replace(session, place=first_place(session.doses, step)), seconds=wanted)
            session = replace(session, doses=there.doses)
    held = [dose.seconds for dose in session.doses if dose.movement.hold_word]
    if held:
        builder.change(carried=(*builder.conversation.carried, lines.hold_changed(wanted, max(held))))
        builder.follows = True
    return session


def _meant(builder: StepBuilder, named: str) -> Movement | None:
    """The movement that is named by its key, or by what it needs; None: several need that."""
    if named in builder.guidance.movements:
        return builder.guidance.movements[named]
    session = builder.conversation.session
    present = [dose.movement for dose in session.doses] if session is not None else []
    for movements in (present, list(builder.guidance.movements.values())):
        needing = [movement for movement in movements if named in movement.needs]
        if len(needing) == 1:
            return needing[0]
    return None


def _going(builder: StepBuilder) -> Session | None:
    """The session that goes on, is paused, or waits for an answer after pain."""
    if isinstance(builder.conversation.mode, AfterHurt):
        return builder.conversation.session
    return present_session(builder.conversation)


def _offer_instead(builder: StepBuilder, movement: Movement, *, going: bool) -> None:
    """Tell that a movement cannot be done as the person is; outside a session offer the one in its place."""
    body = body_now(builder.conversation)
    lacking = next((bodies.LACKING[need] for need in movement.needs if need in body.missing), bodies.AS_YOU_ARE)
    instead = builder.guidance.movements.get(movement.instead or "")
    offered = fit_dose(usual_dose(instead), body) if instead is not None else None
    if going or offered is None:
        builder.aside(lines.not_now(movement.title, lacking))
        return
    session = begun_anew(Session(None, (offered,)))
    words = lines.offer_instead(movement.title, offered.movement.title, lacking)
    builder.say(words, mode=Offering(session, plan_told=False))


def again(builder: StepBuilder, heard: Heard) -> None:
    """Begin the session that ended last once more; it is screened only if that is due."""
    past = builder.conversation.past
    if past is None:
        builder.say(lines.NOTHING_AGAIN)
        return
    routine = past.session.routine
    # One of the person's own may be gone by now.
    there = routine is not None and routine in builder.guidance.routines
    before = replace(past.session, eased=frozenset(), lengthened=frozenset())
    session = routine_session(builder.guidance, routine or "") if there else begun_anew(before)
    after_screening(builder, WantsSession(session))


def session_in_question(builder: StepBuilder) -> Session | None:
    """The session that goes on, is on offer, or is to begin; None: none of these."""
    match builder.conversation.mode:
        case Screening(wish=WantsSession(session=session)) | Offering(session=session):
            return session
        case _:
            return _going(builder)


def routine_length(builder: StepBuilder, heard: Heard) -> None:
    """Tell how long a routine takes: the one that is named or in question, else the shortest and the longest."""
    key = heard.reading.slots.get("routine")
    session = session_in_question(builder)
    if key is not None and key not in builder.guidance.routines:
        tell_none_called(builder, key)
        return
    if key is not None:
        told = [routine_session(builder.guidance, key)]
    elif session is not None:
        told = [begun_anew(session)]
    else:
        lengths = _routines(builder)
        told = [lengths[0][1], lengths[-1][1]]
    beside(builder, " ".join(length_line(builder, session) for session in told))


def beside(builder: StepBuilder, words: str) -> None:
    """Say an answer beside what goes on; a question that is open stays open, and is said again in short.

    At rest the answer takes the place of what was being told: that is not begun again.
    """
    asks = reminder(builder)
    if asks or isinstance(builder.conversation.mode, Idle | Topic):
        builder.say(*filter(None, (words, asks)))
    else:
        builder.aside(words)


def length_line(builder: StepBuilder, session: Session) -> str:
    """How long a session takes from its beginning, fitted to the person."""
    fit = fitted(session, builder.guidance, body_now(builder.conversation)).session
    return lines.takes(title_of(session, builder.guidance), seconds_ahead(fit))


def _routines(builder: StepBuilder) -> Sequence[tuple[float, Session]]:
    """The routines of RELIEF fitted to the person, with their lengths in seconds, the shortest first."""
    sessions = (routine_session(builder.guidance, key) for key in RELIEF)
    fits = [fitted(session, builder.guidance, body_now(builder.conversation)).session for session in sessions]
    return sorted(((seconds_ahead(fit), fit) for fit in fits), key=lambda routine: routine[0])


def have_time(builder: StepBuilder, heard: Heard) -> None:
    """Offer what fits into the minutes there are; in a session, tell whether its rest fits.

    Where no number of minutes was said, or heard, nothing is said to fit: what the shortest takes is told.
    """
    named = heard.reading.slots.get("minutes")
    minutes = None if named is None else int(named)
    going = _going(builder)
    if going is not None:
        builder.aside(lines.whether_it_fits(seconds_ahead(going), minutes))
        return
    routines = _routines(builder)
    fitting = [] if minutes is None else [each for each in routines if each[0] <= minutes * SECONDS_PER_MINUTE]
    if minutes is None:
        seconds, session = routines[0]
        words = lines.takes(title_of(session, builder.guidance), seconds)
    elif fitting:
        seconds, session = fitting[-1]
        words = lines.fits(title_of(session, builder.guidance), seconds)
    else:
        shortest, routine = routines[0]
        session = movement_session(builder.guidance, SHORT_MOVEMENT)
        title = title_of(routine, builder.guidance)
        words = lines.fits_only(title_of(session, builder.guidance), seconds_ahead(session), title, shortest)
    match builder.conversation.mode:
        case Idle() | Topic() | Offering() | AskingFelt() | AskingRating() | AskingNumber():
            builder.say(words, lines.BEGIN_WITH_THAT, mode=Offering(session))
        case Screening(question=question) as mode:
            builder.say(words, reminder(builder), mode=Screening(WantsSession(session), question, mode.clears))
        case _:
            beside(builder, words)


def how_did_i_do(builder: StepBuilder, heard: Heard) -> None:
    """Tell what of the present or of the last session was done, and in what time."""
    conversation, going = builder.conversation, _going(builder)
    if going is not None:
        length, session, completed = builder.now - conversation.session_began, going, False
    elif conversation.past is not None:
        past = conversation.past
        length, session, completed = past.length, past.session, past.completed
    else:
        beside(builder, lines.NO_STRETCH_YET)
        return
    seconds, rated = length / FRAMES_PER_SECOND, () if going is not None else told_numbers(conversation.history[-1:])
    if session.routine is None and len(session.doses) == 1:
        dose = session.dose
        count = lines.count_of(dose.repetitions, dose.movement.counted)
        told = lines.you_did_one(dose.movement.title, count, seconds, completed=completed)
    else:
        done, of = len(set(session.done)), len({dose.movement.key for dose in session.doses})
        told = lines.you_did(done, of, seconds, over=going is None)
    beside(builder, " ".join((told, *rated)))


def told_numbers(records: Sequence[StretchRecord]) -> tuple[str, ...]:
    """The line that tells how the back was before and after the one session there is, in numbers; () if unknown."""
    counted = worth_counting(records)
    if len(counted) != 1 or counted[0].before is None or counted[0].after is None:
        return ()
    return (from_to(counted[0].before, counted[0].after),)
