"""What a person's body and room allow, and a session fitted to them: movements replaced, left out, or done otherwise.

Pure functions over frozen data. `fitted` never changes what is behind the session's place.
"""

from dataclasses import dataclass, replace

from assistant.coaching.session import Dose, Session, first_place, is_first, session_at, usual_dose
from assistant.guidance.schema import Guidance, Movement, Need, Position, Side
from assistant.states import State

POSITIONS: tuple[Position, ...] = ("sitting", "standing", "lying")
"""All positions, the first that suits is taken."""
LAST_RESORT = "slow_breathing"
"""Key of the movement that takes the place of a whole session of which nothing can be done."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a person has said of body and room, kept for the sitting."""

    missing: frozenset[Need] = frozenset()
    """What is not there, or cannot be used."""
    positions: tuple[Position, ...] = POSITIONS
    """Positions in which the person can be."""
    stiff_sides: frozenset[Side] = frozenset()
    """Sides to which the neck cannot be moved; both sides stand in `missing` as the neck."""
    first_side: Side | None = None
    """The side with which the person wants to begin; None: any."""
    avoided: frozenset[str] = frozenset()
    """Keys of movements that cannot be done for another reason."""
    eased: frozenset[str] = frozenset()
    """Keys of movements that hurt, or were wanted gentler: half as long, or as many, from the next time on."""

    def easing(self, movement: Movement) -> "Body":
        """The body for which a movement is gentler the next time."""
        return replace(self, eased=self.eased | {movement.key})


@dataclass(frozen=True, slots=True)
class Fitted:
    """A session fitted to a body, and what became of its movements."""

    session: Session
    """The session, at the beginning of a place where its current movement changed."""
    replaced: tuple[tuple[Movement, Movement], ...] = ()
    """Movements that cannot be done, each with the one in its place."""
    left_out: tuple[Movement, ...] = ()
    """Movements that cannot be done, with none in their place."""


def can_do(movement: Movement, body: Body) -> bool:
    """Whether a person can do a movement, at least on one side and in one position."""
    lacks = set(movement.needs) & body.missing
    return not lacks and movement.key not in body.avoided and bool(_positions(movement, body))


def fit_dose(dose: Dose, body: Body) -> Dose | None:
    """A dose in a position and on the sides that the body allows, in words that fit; None: it cannot be done."""
    if not can_do(dose.movement, body):
        return None
    movement, side = dose.movement, dose.side
    if "neck" in movement.needs and body.stiff_sides:
        free = {part.side for part in movement.parts} - body.stiff_sides
        if side not in (None, *free):
            return None
        side = next(iter(free))
    if "both_arms" in body.missing and movement.one_arm is not None:
        words = movement.one_arm
        intros = {field: words.intro for field in ("intro", "seated", "standing", "lying") if getattr(movement, field)}
        movement = movement.model_copy(update={**intros, "parts": words.parts or movement.parts, "one_arm": None})
    first = body.first_side or dose.first
    fitting = replace(dose, movement=movement, position=_position(dose, body), side=side, first=first)
    return _eased(fitting) if movement.key in body.eased else fitting


def _eased(dose: Dose) -> Dose:
    """A dose of half the hold, or half the repetitions of a paced movement, at the most."""
    movement = dose.movement
    if movement.kind == "paced":
        return replace(dose, repetitions=min(dose.repetitions, (movement.repetitions + 1) // 2))
    return replace(dose, seconds=min(dose.seconds, max(movement.shortest, movement.seconds // 2)))


def fitted(session: Session, guidance: Guidance, body: Body) -> Fitted:
    """A session fitted to a body from its current movement on."""
    step = session.place.step
    doses: list[Dose] = list(session.doses[:step])
    replaced: list[tuple[Movement, Movement]] = []
    left_out: list[Movement] = []
    current: Dose | None = None
    has_begun = session.phase is not State.INSTRUCTING or not is_first(session)
    for index, dose in enumerate(session.doses[step:]):
        # The order of the sides stays in a movement that has begun, so that no side of it is lost; so does its dose.
        begun = has_begun and index == 0
        found = fit_dose(dose, replace(body, first_side=dose.first, eased=frozenset()) if begun else body)
        if found is None:
            present = {other.movement.key for other in (*doses, *session.doses[step + index :])}
            found = _instead(dose.movement, guidance, body, present)
            if found is None:
                left_out.append(dose.movement)
            else:
                replaced.append((dose.movement, found.movement))
        if found is not None:
            current = found if index == 0 else current
            doses.append(found)
    if len(doses) == step:
        breathing = guidance.movements[LAST_RESORT]
        doses.append(fit_dose(usual_dose(breathing), replace(body, avoided=frozenset())) or usual_dose(breathing))
    changed = replace(session, doses=tuple(doses))
    kept = (
        current is not None
        and current.movement.key == session.dose.movement.key
        and current.first == session.dose.first
        and current.side
        in (
            None,
            session.part.side,
        )
    )
    if not kept:
        changed = session_at(changed, first_place(changed.doses, step))
    return Fitted(changed, tuple(replaced), tuple(left_out))


def _positions(movement: Movement, body: Body) -> list[Position]:
    return [position for position in body.positions if movement.intro_in(position)]


def _position(dose: Dose, body: Body) -> Position | None:
    """The dose's own position where the body allows it, or allows all; else one that body and movement allow."""
    if dose.position in body.positions or body.positions == POSITIONS:
        return dose.position
    return _positions(dose.movement, body)[0]


def _instead(movement: Movement, guidance: Guidance, body: Body, present: set[str]) -> Dose | None:
    """The movement in place of one that cannot be done, unless that is in the session anyway."""
    if movement.instead is None or movement.instead in present:
        return None
    return fit_dose(usual_dose(guidance.movements[movement.instead]), body)
