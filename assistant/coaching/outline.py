"""The plan of a stretch session in words: what comes, for how long, and what of it is not done."""

from assistant.coaching.body import Fitted
from assistant.coaching.duration import seconds_ahead
from assistant.coaching.introduction import count_of
from assistant.coaching.session import Session, is_first, movements_left
from assistant.guidance.schema import Guidance
from assistant.script import stretching as lines


def plan_line(fit: Fitted, guidance: Guidance) -> str:
    """The plan of a session from its place on, and what of it is not done."""
    session = fit.session
    seconds = seconds_ahead(session)
    if session.routine is None and len(session.doses) == 1:
        told = lines.movement_plan(session.dose.movement.title, session.dose.side, count_of(session), seconds)
    elif session.place.step == 0 and is_first(session):
        told = lines.routine_plan(title_of(session, guidance), movements_left(session), seconds)
    else:
        told = lines.rest_plan(movements_left(session), seconds)
    if fit.left_out or fit.replaced:
        instead = [(old.title, new.title) for old, new in fit.replaced]
        return f"{told} {lines.not_done([movement.title for movement in fit.left_out], instead)}"
    return told


def title_of(session: Session, guidance: Guidance) -> str:
    """The title of a session: that of its routine, or of its first movement where there is none, or none any more."""
    routine = guidance.routines.get(session.routine or "")
    return session.doses[0].movement.title if routine is None else routine.title


def offer_line(session: Session) -> str:
    """Offer a session in the fewest words: how long it takes, and the question."""
    return lines.shall_we_begin(seconds_ahead(session))
