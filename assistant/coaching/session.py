"""One stretch session: its doses, where it stands, and the plan of each piece of work. Pure data in, plans out.

A session walks through places: the steps of a routine; in each the repetitions; in each of those the
parts (right, left). One place is one plan: opening words, the hold as a row of beats, release, rest.
"""

from dataclasses import dataclass, replace

from assistant.coaching.plan import Plan
from assistant.guidance.schema import Guidance, Movement, Part
from assistant.states import State

HOLD_STEP_SECONDS = 5
"""What "longer" and "shorter" add and take, in seconds."""


@dataclass(frozen=True, slots=True)
class Dose:
    """One step of a session: a movement, and how much of it."""

    movement: Movement
    seconds: int
    repetitions: int
    rest: int
    """Seconds between two holds."""
    seated: bool


@dataclass(frozen=True, slots=True)
class SessionPlace:
    """Where in a session."""

    step: int = 0
    repetition: int = 1
    part: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch session; what plays of it is in the channel."""

    routine: str | None
    """None: a single movement was asked for."""
    doses: tuple[Dose, ...]
    place: SessionPlace = SessionPlace()
    phase: State = State.INSTRUCTING
    remainder: Plan | None = None
    """What is left of the present plan while it is interrupted."""

    @property
    def dose(self) -> Dose:
        """The step it is in."""
        return self.doses[self.place.step]

    @property
    def part(self) -> Part:
        """The part (side, direction) it is in."""
        return self.dose.movement.parts[self.place.part]

    @property
    def seconds(self) -> int:
        """How long a hold of this place is."""
        return self.part.seconds or self.dose.seconds


def routine_session(guidance: Guidance, key: str) -> Session:
    """A session of a whole routine."""
    doses = []
    for step in guidance.routines[key].steps:
        movement = guidance.movements[step.movement]
        doses.append(
            Dose(
                movement,
                step.seconds or movement.seconds,
                step.repetitions or movement.repetitions,
                movement.rest if step.rest is None else step.rest,
                step.seated,
            )
        )
    return Session(key, tuple(doses))


def movement_session(guidance: Guidance, key: str) -> Session:
    """A session of one movement in its usual dose."""
    found = guidance.movements[key]
    return Session(None, (Dose(found, found.seconds, found.repetitions, found.rest, False),))


def session_at(session: Session, place: SessionPlace) -> Session:
    """The session about to begin a place."""
    return replace(session, place=place, phase=State.INSTRUCTING, remainder=None)


def next_place(session: Session) -> SessionPlace | None:
    """What comes after the present place; None when it was the last."""
    place, dose = session.place, session.dose
    if place.part + 1 < len(dose.movement.parts):
        return SessionPlace(place.step, place.repetition if dose.movement.kind == "hold" else 1, place.part + 1)
    if dose.movement.kind == "hold" and place.repetition < dose.repetitions:
        return SessionPlace(place.step, place.repetition + 1, 0)
    return next_movement_place(session)


def next_movement_place(session: Session) -> SessionPlace | None:
    """The beginning of the next step; None in the last."""
    step = session.place.step + 1
    return SessionPlace(step) if step < len(session.doses) else None


def previous_movement_place(session: Session) -> SessionPlace:
    """The beginning of this step, or of the one before when this one has just begun."""
    place = session.place
    fresh = place.repetition == 1 and place.part == 0
    return SessionPlace(max(0, place.step - 1) if fresh else place.step)


def with_dose(session: Session, *, seconds: int | None = None, repetitions: int | None = None) -> Session:
    """The session with another dose of the present movement, kept within what the movement allows."""
    dose, allowed = session.dose, session.dose.movement
    if seconds is not None:
        dose = replace(dose, seconds=max(allowed.shortest, min(allowed.longest, seconds)))
    if repetitions is not None:
        dose = replace(dose, repetitions=max(session.place.repetition, min(allowed.most, repetitions)))
    doses = (*session.doses[: session.place.step], dose, *session.doses[session.place.step + 1 :])
    return replace(session, doses=doses)


DEFAULT_ROUTINE = "quick"
