"""Ways through a session other than onwards: to a movement by name, to the other side, to one side alone.

Pure functions. None of them loses the rest: what was not done comes after.
"""

from dataclasses import replace

from assistant.coaching.session import (
    Dose,
    Session,
    SessionPlace,
    begun_anew,
    first_place,
    is_first,
    session_at,
)
from assistant.guidance.schema import Side
from assistant.states import State

OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left"}
"""The other side of each."""


def sides_of(dose: Dose) -> frozenset[Side]:
    """The sides that a movement has."""
    return frozenset(part.side for part in dose.movement.parts if part.side is not None)


def gone_to(session: Session, dose: Dose) -> Session:
    """The session at the beginning of a movement by name; what was not done by then comes after it.

    The movement is the session's own dose where it is still to come, else `dose` is put in.
    """
    step = session.place.step
    key = dose.movement.key
    ahead = next((i for i, d in enumerate(session.doses[step:], step) if d.movement.key == key), None)
    if ahead == step and dose.side is None:
        return session_at(session, first_place(session.doses, step))
    wanted = dose if ahead is None else replace(session.doses[ahead], side=dose.side)
    left = [d for i, d in enumerate(session.doses[step:], step) if i != ahead]
    if ahead != step:
        left[0] = _unfinished(session)
    doses = (*session.doses[:step], wanted, *left)
    return session_at(replace(session, doses=doses), first_place(doses, step))


def nothing_after(session: Session) -> Session:
    """The session with nothing after the current movement; what is left out was not done."""
    return replace(session, doses=session.doses[: session.place.step + 1], skipped=True)


def _unfinished(session: Session) -> Dose:
    """What is left of the current movement: the repetition that is on, and those after it."""
    return replace(session.dose, repetitions=max(1, session.dose.repetitions - session.place.repetition + 1))


def on_other_side(session: Session) -> Session | None:
    """The session on the other side, in the same repetition; None: the movement has no sides."""
    side = session.part.side
    if side is None or sides_of(session.dose) != {"left", "right"}:
        return None
    other = OTHER_SIDE[side]
    dose = session.dose if session.dose.side is None else replace(session.dose, side=other)
    return session_at(_with(session, dose), _place_of(session, other))


def on_one_side(session: Session, side: Side) -> Session | None:
    """The session with every movement that has sides on one side alone, at the present place if that is its side.

    None: the current movement has no sides.
    """
    if side not in sides_of(session.dose):
        return None
    doses = tuple(replace(dose, side=side) if side in sides_of(dose) else dose for dose in session.doses)
    narrowed = replace(session, doses=doses)
    return narrowed if session.part.side == side else session_at(narrowed, _place_of(session, side))


def one_sided(session: Session, side: Side) -> Session | None:
    """A session that has not begun, with every movement that has sides on one side alone; None: none of them has."""
    if not any(side in sides_of(dose) for dose in session.doses):
        return None
    doses = tuple(replace(dose, side=side) if side in sides_of(dose) else dose for dose in session.doses)
    return begun_anew(replace(session, doses=doses))


def begun_on(session: Session, side: Side) -> Session:
    """The session with a side done first from the next movement on; in the present one too, if that has only begun."""
    begins = session.phase is State.INSTRUCTING and is_first(session)
    step = session.place.step + (0 if begins else 1)
    doses = (*session.doses[:step], *(replace(dose, first=side) for dose in session.doses[step:]))
    changed = replace(session, doses=doses)
    both = sides_of(session.dose) == {"left", "right"} and session.dose.side is None
    if not begins or not both or session.part.side == side:
        return changed
    return session_at(changed, _place_of(session, side))


def _place_of(session: Session, side: Side) -> SessionPlace:
    part = next(i for i, part in enumerate(session.dose.movement.parts) if part.side == side)
    return replace(session.place, part=part)


def _with(session: Session, dose: Dose) -> Session:
    step = session.place.step
    return replace(session, doses=(*session.doses[:step], dose, *session.doses[step + 1 :]))
