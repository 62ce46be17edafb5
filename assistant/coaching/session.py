"""A stretch session: its doses, and the place at which the session stands. Pure functions over frozen data.

A session visits places in order: the steps of a routine, in each step the repetitions, in each repetition the parts
(right, left). One place is one plan (`assistant.coaching.holds`): opening words, the hold, release, rest.
"""

from dataclasses import dataclass, replace

from assistant.coaching.plan import Plan
from assistant.guidance.schema import Guidance, Movement, Part, Position, RoutineStep, Side
from assistant.states import State
from audio.frames import Frame

DEFAULT_ROUTINE = "quick"
"""Key of the routine that Limber begins where the person names none."""
HOLD_STEP_SECONDS = 5
"""Change of a hold by "longer" or "shorter", in seconds."""


@dataclass(frozen=True, slots=True)
class Dose:
    """One step of a session: a movement, and how much of that movement."""

    movement: Movement
    """The movement."""
    seconds: int
    """Length of a hold or of one paced repetition, in seconds."""
    repetitions: int
    """Number of repetitions of each part."""
    rest: int
    """Rest between two holds, in seconds."""
    position: Position | None = None
    """How the person is; None: in any position that suits."""
    side: Side | None = None
    """The only side that is done; None: all parts are."""
    first: Side | None = None
    """The side that is done first; None: the one that the movement begins with."""

    @property
    def parts(self) -> tuple[int, ...]:
        """Indices of the movement's parts that are done, in the order in which they are."""
        parts = self.movement.parts
        done = [i for i, part in enumerate(parts) if self.side is None or part.side in (None, self.side)]
        return tuple(sorted(done, key=lambda i: self.first is not None and parts[i].side != self.first))

    @property
    def intro(self) -> str:
        """How to sit, stand or lie."""
        return self.movement.intro_in(self.position) or self.movement.intro


@dataclass(frozen=True, slots=True)
class SessionPlace:
    """A position in a session."""

    step: int = 0
    """Index of the dose, from 0."""
    repetition: int = 1
    """Number of the repetition, from 1."""
    part: int = 0
    """Index of the movement's part, from 0."""


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch session and where it stands; what is being said of it is in `Conversation.output`."""

    routine: str | None
    """Key of the routine; None: the person asked for a single movement."""
    doses: tuple[Dose, ...]
    """The steps, in order; voice commands may change them."""
    place: SessionPlace = SessionPlace()
    """The current place."""
    phase: State = State.INSTRUCTING
    """Instructing, Holding or Resting."""
    remainder: Plan | None = None
    """What is left of the current plan while the session is interrupted; else None."""
    counts_only: bool = False
    """Whether Limber only counts: of the rest it says no more than where to be."""
    brief: frozenset[str] = frozenset()
    """Keys of the movements that one line introduces."""
    done: tuple[str, ...] = ()
    """Keys of the movements that were done to their end, in order."""
    held: Frame = 0
    """Time in holds since the session was begun, or last resumed after it was left, in frames."""
    done_before: int = 0
    """How many of `done` were done before it was last left, and are on record already."""
    skipped: bool = False
    """Whether some movement was left on request, so that the session is not all done at its end."""
    eased: frozenset[str] = frozenset()
    """Keys of the movements that were made gentler in it; each is only once."""
    lengthened: frozenset[str] = frozenset()
    """Keys of the movements whose holds were made longer in it; each is only once."""

    @property
    def dose(self) -> Dose:
        """The current step."""
        return self.doses[self.place.step]

    @property
    def part(self) -> Part:
        """The current part (side or direction) of the movement."""
        return self.dose.movement.parts[self.place.part]

    @property
    def seconds(self) -> int:
        """Length of a hold at the current place, in seconds."""
        return self.part.seconds or self.dose.seconds


def routine_session(guidance: Guidance, key: str) -> Session:
    """A new session of a routine, by its key."""
    doses = tuple(_dose(guidance.movements[step.movement], step) for step in guidance.routines[key].steps)
    return begun_anew(Session(key, doses))


def _dose(movement: Movement, step: RoutineStep) -> Dose:
    """The dose of a step of a routine; one that is prescribed bounds what may be asked for by voice."""
    seconds, repetitions = step.seconds or movement.seconds, step.repetitions or movement.repetitions
    if step.prescribed:
        longest, most = step.seconds or movement.longest, step.repetitions or movement.most
        bounds = {"shortest": min(movement.shortest, seconds), "longest": longest, "most": most}
        movement = movement.model_copy(update=bounds)
    usual = usual_dose(movement, step.side)
    rest = movement.rest if step.rest is None else step.rest
    position = "sitting" if step.seated else step.position
    return replace(usual, seconds=seconds, repetitions=repetitions, rest=rest, position=position)


def usual_dose(movement: Movement, side: Side | None = None) -> Dose:
    """A movement in its usual dose, on one side or (None) on both; a movement without sides has both."""
    sided = side if any(part.side == side for part in movement.parts) else None
    return Dose(movement, movement.seconds, movement.repetitions, movement.rest, None, sided)


def movement_session(guidance: Guidance, key: str, side: Side | None = None) -> Session:
    """A new session of one movement in its usual dose, by its key, on one side or (None) on both."""
    return begun_anew(Session(None, (usual_dose(guidance.movements[key], side),)))


def begun_anew(session: Session) -> Session:
    """The session at its beginning, with nothing of it done."""
    first = first_place(session.doses, 0)
    return replace(session_at(session, first), counts_only=False, done=(), done_before=0, held=0, skipped=False)


def session_at(session: Session, place: SessionPlace) -> Session:
    """The session at the beginning of a place."""
    return replace(session, place=place, phase=State.INSTRUCTING, remainder=None)


def first_place(doses: tuple[Dose, ...], step: int) -> SessionPlace:
    """The first place of a step."""
    return SessionPlace(step, 1, doses[step].parts[0])


def is_first(session: Session) -> bool:
    """Whether the session stands at the first place of its movement."""
    return session.place == first_place(session.doses, session.place.step)


def next_place(session: Session) -> SessionPlace | None:
    """The place after the current one; None after the last."""
    place, dose = session.place, session.dose
    parts = dose.parts
    # A part that is not done any more, as the other side of one side alone, is followed by those after it.
    later = parts[parts.index(place.part) + 1 :] if place.part in parts else [i for i in parts if i > place.part]
    if later:
        return SessionPlace(place.step, place.repetition if dose.movement.kind == "hold" else 1, later[0])
    if dose.movement.kind == "hold" and place.repetition < dose.repetitions:
        return SessionPlace(place.step, place.repetition + 1, dose.parts[0])
    return next_movement_place(session)


def next_movement_place(session: Session) -> SessionPlace | None:
    """The beginning of the next step; None in the last step."""
    step = session.place.step + 1
    return first_place(session.doses, step) if step < len(session.doses) else None


def previous_movement_place(session: Session) -> SessionPlace:
    """The beginning of the current step, or, at its first place, of the step before."""
    step = session.place.step
    return first_place(session.doses, max(0, step - 1) if is_first(session) else step)


def with_dose(session: Session, *, seconds: int | None = None, repetitions: int | None = None) -> Session:
    """The session with another dose of the current movement, within the movement's bounds; None: unchanged."""
    dose, allowed = session.dose, session.dose.movement
    if seconds is not None:
        dose = replace(dose, seconds=max(allowed.shortest, min(allowed.longest, seconds)))
    if repetitions is not None:
        dose = replace(dose, repetitions=max(session.place.repetition, min(allowed.most, repetitions)))
    doses = (*session.doses[: session.place.step], dose, *session.doses[session.place.step + 1 :])
    return replace(session, doses=doses)


def softened(session: Session) -> Session:
    """The session with the current movement a step gentler: half the hold, or half the repetitions of a paced one.

    Once in a session; after that it stays.
    """
    dose, key = session.dose, session.dose.movement.key
    if key in session.eased:
        return session
    if dose.movement.kind == "paced":
        changed = with_dose(session, repetitions=(dose.repetitions + 1) // 2)
    else:
        changed = with_dose(session, seconds=dose.seconds // 2)
    return replace(changed, eased=session.eased | {key}, lengthened=session.lengthened - {key})


def same_movements(one: Session, other: Session) -> bool:
    """Whether two sessions go through the same movements in the same order, whatever their doses."""
    return [dose.movement.key for dose in one.doses] == [dose.movement.key for dose in other.doses]


def movements_left(session: Session) -> int:
    """Number of movements from the current one on; one that comes twice counts once."""
    return len({dose.movement.key for dose in session.doses[session.place.step :]})
