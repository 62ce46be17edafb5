"""The plans of a session's work: opening words, the hold as a row of beats, release, rest; what is left of a hold."""

from dataclasses import replace

from assistant import script
from assistant.coaching.marks import CountMark, HoldEndMark, HoldStartMark, PhaseMark, RepetitionMark
from assistant.coaching.plan import Beat, Gap, Item, Marker, Plan, Say, beats_ahead
from assistant.coaching.session import (
    Session,
    next_place,
)
from assistant.states import State
from audio.frames import FRAMES_PER_SECOND, Frame, frames
from audio.score import Mark

BREATHE_EVERY = 6
"""In a hold of at least ten seconds, "breathe" is said after every sixth count."""
LONG_HOLD = 10
"""Seconds."""
SETTLE = frames(0.5)
"""Time to move into the position before "hold"."""


def count_beats(first: int, of: int, aloud: bool) -> Plan:
    """The beats of a hold from one count on, one second each, and the end of the hold."""
    beats = [
        Beat(
            FRAMES_PER_SECOND,
            word=str(n) if aloud else None,
            second=script.BREATHE if of >= LONG_HOLD and n % BREATHE_EVERY == 0 and n < of else None,
            mark=CountMark(n, of, silent=not aloud),
        )
        for n in range(first, of + 1)
    ]
    held = FRAMES_PER_SECOND * max(of, first - 1)
    return (*beats, Marker(HoldEndMark(of, held)))


def _hold(session: Session, aloud: bool) -> Plan:
    started = (Marker(PhaseMark(State.HOLDING)), Marker(HoldStartMark(session.seconds)))
    return (*started, *count_beats(1, session.seconds, aloud))


def _paced(session: Session) -> Plan:
    dose, part = session.dose, session.part
    name = dose.movement.key
    beats = (
        Beat(
            frames(session.seconds),
            word=str(n),
            mark=RepetitionMark(name, part.side, n, dose.repetitions),
        )
        for n in range(1, dose.repetitions + 1)
    )
    return (Marker(PhaseMark(State.HOLDING)), *beats)


def _opening(session: Session, careful: str | None) -> Plan:
    """The words before a piece of work: at a new movement its name and how to sit or stand."""
    dose, place, part = session.dose, session.place, session.part
    words: list[Item] = []
    if dose.movement.kind == "hold":
        words.append(Marker(RepetitionMark(dose.movement.key, part.side, place.repetition, dose.repetitions)))
    if place.repetition == 1 and place.part == 0:
        last = 0 < place.step == len(session.doses) - 1
        words.append(Say(script.announce(dose.movement.title, first=place.step == 0, last=last)))
        intro = dose.movement.seated if dose.seated and dose.movement.seated else dose.movement.intro
        # At most two short sentences before a movement: the first one of a session is told to go gently.
        if careful is None or dose.movement.get_ready:
            words.append(Say(intro))
        elif careful:
            words.append(Say(careful))
        if dose.movement.get_ready:
            words += [Say(script.TAKE_YOUR_PLACE), Gap(frames(dose.movement.get_ready))]
    elif place.part == 0 and place.repetition == dose.repetitions:
        words.append(Say(script.LAST_ONE))
    familiar = place.repetition > 1 and bool(dose.movement.hold_word)
    words.append(Say(part.again if familiar else part.begin))
    return tuple(words)


def place_plan(session: Session, aloud: bool, careful: str | None = None) -> Plan:
    """The whole plan of the present place.

    `careful` is what is said once, before the first movement of a session.
    """
    return (*_opening(session, careful), *hold_plan(session, aloud))


def hold_plan(session: Session, aloud: bool) -> Plan:
    """The plan of the present place without its instructions: "hold", the beats, release and rest."""
    dose, part = session.dose, session.part
    items: list[Item] = []
    if dose.movement.kind == "paced":
        items += _paced(session)
    else:
        if dose.movement.hold_word:
            items += [Gap(SETTLE), Say(dose.movement.hold_word)]
        items += _hold(session, aloud)
    items.append(Marker(PhaseMark(State.RESTING)))
    if part.release:
        items.append(Say(part.release))
    after = next_place(session)
    if dose.rest and after is not None:
        items += [Say(script.REST), Gap(frames(dose.rest))]
    return tuple(items)


def resumed_plan(session: Session, opening: str | None, mark: Mark | None = None) -> Plan:
    """What is said and counted when an interrupted session goes on: in a hold the position first, then what was left.

    `opening` is said before that; `mark` comes with the first words.
    """
    rest = session.remainder or ()
    first: Plan = (Say(opening, mark=mark),) if opening else ()
    if session.phase is not State.HOLDING:
        return (*first, Marker(PhaseMark(session.phase)), *rest)
    words: list[Item] = [*first, Say(session.part.again, mark=None if first else mark)]
    if session.dose.movement.hold_word:
        words += [Gap(SETTLE), Say(session.dose.movement.hold_word)]
    return (*words, Marker(PhaseMark(State.HOLDING)), *rest)


def recounted(rest: Plan, session: Session, aloud: bool) -> Plan:
    """What is left of a hold, counted again to what the session now asks for."""
    row = beats_ahead(rest)
    numbered = [beat.mark.n for beat in row if isinstance(beat.mark, CountMark)]
    ended = rest[len(row)] if len(row) < len(rest) else None
    if not (isinstance(ended, Marker) and isinstance(ended.mark, HoldEndMark)):
        return rest
    upcoming = numbered[0] if numbered else ended.mark.held // FRAMES_PER_SECOND + 1
    begun = tuple(beat for beat in row if not isinstance(beat.mark, CountMark))
    return (*begun, *count_beats(upcoming, session.seconds, aloud), *rest[len(row) + 1 :])


def spoken_over(rest: Plan, words: str, length: Frame) -> Plan:
    """Words laid over what is left of a hold without moving a beat; counts give way while they last.

    Words longer than the hold wait for its release. `length` is that of the words, in frames.
    """
    row = beats_ahead(rest)
    if sum(beat.length for beat in row) < length:
        after = next((i + 1 for i, item in enumerate(rest) if isinstance(item, Say)), len(rest))
        return (*rest[:after], Say(words), *rest[after:])
    quiet: list[Item] = []
    covered = 0
    for beat in row:
        if covered >= length:
            quiet.append(beat)
        else:
            mark = replace(beat.mark, silent=True) if isinstance(beat.mark, CountMark) else beat.mark
            quiet.append(Beat(beat.length, over=words if covered == 0 else None, mark=mark))
        covered += beat.length
    return (*quiet, *rest[len(row) :])


def given_up_hold(rest: Plan) -> HoldEndMark | None:
    """The end of the hold that is given up with this rest of its plan; None when no hold had begun."""
    for i, item in enumerate(rest):
        match item:
            case Marker(mark=HoldStartMark()):
                return None
            case Marker(mark=HoldEndMark() as ended):
                left = sum(beat.length for beat in rest[:i] if isinstance(beat, Beat))
                return replace(ended, held=ended.held - left)
            case _:
                pass
    return None


def hold_left(rest: Plan) -> Frame:
    """How long the beats at the head of what is left will take, in frames."""
    return sum(beat.length for beat in beats_ahead(rest))
