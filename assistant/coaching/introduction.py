"""The words before a hold: the plan, the first advice, the movement, how to be, what to do, and how long."""

from dataclasses import dataclass

from assistant import script
from assistant.coaching.marks import RepetitionMark
from assistant.coaching.plan import Gap, Item, Marker, Plan, Say
from assistant.coaching.session import Session, is_first
from assistant.script import stretching as lines
from audio.frames import frames
from audio.tts.silent import SECONDS_A_LETTER

SETTLE = frames(0.5)
"""Silence before "hold", in frames (0.5 s), in which the person moves into the position."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What is said once, before the first movement of a session or of its rest."""

    plan: str | None = None
    """The plan, said in place of a single movement's title; None: it is known."""
    careful: str | None = None
    """The first advice; None: it was given."""
    begins: bool = False
    """Whether a session begins or is taken up again, so that the movement is named wherever it stands."""
    again: bool = False
    """Whether the place was begun just before, so that only where to be again is said."""


def speech_seconds(line: str) -> float:
    """Estimated length of a line, in seconds at the usual speaking rate."""
    return len(line) * SECONDS_A_LETTER


def count_of(session: Session) -> str:
    """How many repetitions the current movement has, in words: "two each side"."""
    dose = session.dose
    return lines.count_of(dose.repetitions, "times" if dose.side else dose.movement.counted)


def introduction(session: Session, said: Introduction) -> Plan:
    """The words before the hold of the current place, and the mark of the repetition.

    At most two short sentences, how to be and what to do, beside the movement's name and, once, the session's plan and
    the first advice. `said`: what of those is said now.
    """
    dose, place, part = session.dose, session.place, session.part
    words: list[Item] = []
    if dose.movement.kind == "hold":
        words.append(Marker(RepetitionMark(dose.movement.key, part.side, place.repetition, dose.repetitions)))
    if session.counts_only and not said.begins:
        return (*words, *_fewest(session))
    if said.again:
        return (*words, Say(part.again))
    careful = said.careful
    if said.plan:
        words.append(Say(said.plan))
    if careful and not dose.movement.get_ready:
        words.append(Say(careful))
        careful = None
    if dose.movement.key in session.brief and (is_first(session) or said.begins):
        words += [Say(brief_line(session)), *_time_to_get_ready(dose.movement.get_ready, careful)]
        return (*words, *_action(session))
    if is_first(session) or said.begins:
        if not said.begins or (said.plan and session.routine is not None):
            words.append(Say(_name(session, said)))
        words.append(Say(dose.intro))
        words += _time_to_get_ready(dose.movement.get_ready, careful)
    elif place.part == dose.parts[0] and dose.movement.kind == "hold":
        words.append(Say(lines.which(place.repetition, dose.repetitions)))
    words.append(Say(part.again if place.repetition > 1 and not said.begins else part.begin))
    return tuple(words)


def _name(session: Session, said: Introduction) -> str:
    title, step = session.dose.movement.title, session.place.step
    if said.begins:
        return lines.title(title)
    return lines.announce(title, count_of(session), first=step == 0, last=0 < step == len(session.doses) - 1)


def _time_to_get_ready(seconds: int, careful: str | None) -> Plan:
    """Time to take a place, in seconds. `careful`: said meanwhile; None: nothing is."""
    if not seconds:
        return ()
    words = (Say(careful),) if careful else ()
    left = max(0.0, seconds - (speech_seconds(careful) if careful else 0.0))
    return (Say(script.TAKE_YOUR_PLACE), *words, Gap(frames(left)))


def _fewest(session: Session) -> Plan:
    """The words before a hold for a person who wants counts alone: where to be, and no more."""
    if is_first(session):
        movement = session.dose.movement
        return Say(brief_line(session)), *_time_to_get_ready(movement.get_ready, None), Say(session.part.begin)
    return (Say(session.part.again),)


def brief_line(session: Session) -> str:
    """The movement, its side, and how to be, in one line."""
    return lines.brief(session.dose.movement.title, session.part.side, session.dose.intro)


def skipped_introduction(session: Session) -> Plan:
    """What is left of the opening words when the instructions are skipped: one short line."""
    return (Say(brief_line(session)), *_action(session))


def _action(session: Session) -> Plan:
    """What to do on the counts where nothing is held, which no name tells; nothing for a hold."""
    return () if session.dose.movement.hold_word else (Say(session.part.begin),)
