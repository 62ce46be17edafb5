"""The plan of one place of a stretch session: opening words, the hold as a row of beats, release and rest.

Also what becomes of the rest of a hold that was interrupted, changed, or given up.
"""

from dataclasses import replace

from assistant import script
from assistant.coaching.marks import CountMark, HoldEndMark, HoldStartMark, PhaseMark, RepetitionMark
from assistant.coaching.plan import Beat, Gap, Item, Marker, Plan, Say, beats_ahead
from assistant.coaching.session import Session, next_place
from assistant.states import State
from audio.frames import FRAMES_PER_SECOND, Frame, frames
from audio.score import Mark

BREATHE_EVERY = 6
"""Number of counts after which "breathe" is spoken in a long hold."""
LONG_HOLD = 10
"""Length of a hold, in seconds, from which on "breathe" is spoken."""
SETTLE = frames(0.5)
"""Silence before "hold", in frames (0.5 s), in which the person moves into the position."""


def count_beats(first: int, of: int, aloud: bool) -> Plan:
    """The beats of a hold of `of` seconds from count `first` on, one second each, and the mark of the hold's end.

    `aloud`: whether the counts are spoken.
    """
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


def _opening(session: Session, first_advice: str | None) -> Plan:
    """The words before the hold: at a new movement its name and how to sit or stand, then what to do."""
    dose, place, part = session.dose, session.place, session.part
    words: list[Item] = []
    if dose.movement.kind == "hold":
        words.append(Marker(RepetitionMark(dose.movement.key, part.side, place.repetition, dose.repetitions)))
    if place.repetition == 1 and place.part == 0:
        last = 0 < place.step == len(session.doses) - 1
        words.append(Say(script.announce(dose.movement.title, first=place.step == 0, last=last)))
        intro = dose.movement.seated if dose.seated and dose.movement.seated else dose.movement.intro
        # At most two short sentences: before the first movement of a session the advice takes the place of the intro.
        if first_advice is None or dose.movement.get_ready:
            words.append(Say(intro))
        elif first_advice:
            words.append(Say(first_advice))
        if dose.movement.get_ready:
            words += [Say(script.TAKE_YOUR_PLACE), Gap(frames(dose.movement.get_ready))]
    elif place.part == 0 and place.repetition == dose.repetitions:
        words.append(Say(script.LAST_ONE))
    familiar = place.repetition > 1 and bool(dose.movement.hold_word)
    words.append(Say(part.again if familiar else part.begin))
    return tuple(words)


def place_plan(session: Session, aloud: bool, first_advice: str | None = None) -> Plan:
    """The whole plan of the current place. `aloud`: whether the counts are spoken.

    `first_advice`: the line said once, before the first movement of a session; None: already said.
    """
    return (*_opening(session, first_advice), *hold_plan(session, aloud))


def hold_plan(session: Session, aloud: bool) -> Plan:
    """The plan of the current place without the opening words: "hold", the beats, release and rest."""
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


def resumed_plan(session: Session, opening: str | None, mark: Mark | None = None, *, whole: bool = False) -> Plan:
    """The plan with which an interrupted session resumes: in a hold first the position, then what was left.

    `opening`: line said before that; None: none. `mark`: the mark of the first line. `whole`: tell the movement, the
    side and the position from their beginning, for a person who has been away.
    """
    rest = session.remainder or ()
    if whole:
        return _resumed_whole(session, rest, mark)
    first: Plan = (Say(opening, mark=mark),) if opening else ()
    if session.phase is not State.HOLDING:
        return (*first, Marker(PhaseMark(session.phase)), *rest)
    words: list[Item] = [*first, Say(session.part.again, mark=None if first else mark)]
    if session.dose.movement.hold_word:
        words += [Gap(SETTLE), Say(session.dose.movement.hold_word)]
    return (*words, Marker(PhaseMark(State.HOLDING)), *rest)


def _resumed_whole(session: Session, rest: Plan, mark: Mark | None) -> Plan:
    dose, place, part = session.dose, session.place, session.part
    title = script.where(
        dose.movement.title, part.side, place.repetition, dose.repetitions, place.step + 1, len(session.doses)
    )
    intro = dose.movement.seated if dose.seated and dose.movement.seated else dose.movement.intro
    first = Say(title, mark=mark)
    if session.phase is State.RESTING:
        return (first, Marker(PhaseMark(session.phase)), *rest)
    words: list[Item] = [first, Say(intro), Say(part.begin)]
    if dose.movement.hold_word:
        words += [Gap(SETTLE), Say(dose.movement.hold_word)]
    if session.phase is State.HOLDING:
        return (*words, Marker(PhaseMark(State.HOLDING)), *rest)
    # What was left of the instructions began in their midst; of it only the marks and what follows are kept.
    hold = next((i for i, item in enumerate(rest) if item == Marker(PhaseMark(State.HOLDING))), len(rest))
    return (*words, *(item for item in rest[:hold] if isinstance(item, Marker)), *rest[hold:])


def recounted(rest: Plan, session: Session, aloud: bool) -> Plan:
    """What is left of a hold, with the counts that lead up to the hold's present length in the session.

    A rest of a plan that does not begin in a hold is unchanged.
    """
    row = beats_ahead(rest)
    numbered = [beat.mark.n for beat in row if isinstance(beat.mark, CountMark)]
    ended = rest[len(row)] if len(row) < len(rest) else None
    if not (isinstance(ended, Marker) and isinstance(ended.mark, HoldEndMark)):
        return rest
    upcoming = numbered[0] if numbered else ended.mark.held // FRAMES_PER_SECOND + 1
    begun = tuple(beat for beat in row if not isinstance(beat.mark, CountMark))
    return (*begun, *count_beats(upcoming, session.seconds, aloud), *rest[len(row) + 1 :])


def spoken_over(rest: Plan, words: str, length: Frame) -> Plan:
    """What is left of a hold, with a line spoken over its beats; no beat moves, and counts under the line are silent.

    `length`: of the line, in frames. A line longer than the rest of the hold is spoken after the release instead.
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
    """The mark of the end of a hold that is given up with this rest of its plan; None: no hold had begun."""
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
    """Time left in a hold, in frames: the beats with which the rest of a plan begins."""
    return sum(beat.length for beat in beats_ahead(rest))
