"""The plan of one place of a stretch session: opening words, the hold as a row of beats, release and rest.

Also what becomes of the rest of a hold that was interrupted, changed, or given up.
"""

from dataclasses import replace

from assistant import script
from assistant.coaching.introduction import SETTLE, Introduction, introduction
from assistant.coaching.marks import CountMark, HoldEndMark, HoldStartMark, PhaseMark, RepetitionMark
from assistant.coaching.plan import Beat, Gap, Item, Marker, Plan, Say, beats_ahead
from assistant.coaching.session import Session, next_place
from assistant.script import stretching as lines
from assistant.settings import Counting
from assistant.states import State
from audio.frames import FRAMES_PER_SECOND, Frame, frames
from audio.score import Mark

BREATHE_EVERY = 6
"""Number of counts after which "breathe" is spoken in a long hold."""
LAST_COUNTS = 3
"""Number of counts at the end of a hold that are spoken where only the last are."""
LONG_HOLD = 10
"""Length of a hold, in seconds, from which on "breathe" is spoken."""


def count_beats(first: int, of: int, counting: Counting, breathe: bool = True) -> Plan:
    """The beats of a hold of `of` seconds from count `first` on, one second each, and the mark of the hold's end.

    `counting`: what sounds on them. `breathe`: whether "breathe" is spoken now and then in a long hold.
    """
    beats = []
    for n in range(first, of + 1):
        spoken = counting == "words" or (counting == "last three" and n > of - LAST_COUNTS)
        beeps = counting == "beeps"
        beat = Beat(
            FRAMES_PER_SECOND,
            word=str(n) if spoken else None,
            second=script.BREATHE if breathe and of >= LONG_HOLD and n % BREATHE_EVERY == 0 and n < of else None,
            beeps=beeps,
            mark=CountMark(n, of, silent=not (spoken or beeps)),
        )
        beats.append(beat)
    held = FRAMES_PER_SECOND * max(of, first - 1)
    return (*beats, Marker(HoldEndMark(of, held)))


def _hold(session: Session, counting: Counting) -> Plan:
    started = (Marker(PhaseMark(State.HOLDING)), Marker(HoldStartMark(session.seconds)))
    return (*started, *count_beats(1, session.seconds, counting, not session.counts_only))


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


def place_plan(session: Session, counting: Counting, said: Introduction | None = None) -> Plan:
    """The whole plan of the current place. `counting`: what sounds on the counts.

    `said`: what is said once in a session and comes now; None: nothing of that.
    """
    return (*introduction(session, said or Introduction()), *hold_plan(session, counting))


def hold_plan(session: Session, counting: Counting) -> Plan:
    """The plan of the current place without the opening words: "hold", the beats, release and rest."""
    dose, part = session.dose, session.part
    items: list[Item] = []
    if dose.movement.kind == "paced":
        items += _paced(session)
    else:
        items += _to_hold(session)
        items += _hold(session, counting)
    items.append(Marker(PhaseMark(State.RESTING)))
    after = next_place(session)
    ends = after is None or after.step != session.place.step
    release = dose.movement.exit or part.release if ends else part.release
    if release and not session.counts_only:
        items.append(Say(release))
    if dose.rest and after is not None:
        words = () if session.counts_only else (Say(script.REST),)
        items += [*words, Gap(frames(dose.rest))]
    return tuple(items)


def _to_hold(session: Session) -> Plan:
    """The word that begins a hold, with the hold's length; nothing where nothing is held."""
    word = session.dose.movement.hold_word
    if not word:
        return ()
    return (Gap(SETTLE),) if session.counts_only else (Gap(SETTLE), Say(lines.hold_for(word, session.seconds)))


def hushed(rest: Plan) -> Plan:
    """What is left of a plan, with nothing said but counts."""
    kept = (replace(item, second=None) if isinstance(item, Beat) else item for item in rest)
    return tuple(item for item in kept if not isinstance(item, Say))


def resumed_plan(session: Session, opening: str | None, mark: Mark | None = None, *, whole: bool = False) -> Plan:
    """The plan with which an interrupted session resumes: in a hold first the position, then what was left.

    `opening`: line said before that; None: none. `mark`: the mark of the first line. `whole`: tell the movement, the
    side and the position from their beginning, for a person who has been away.
    """
    rest = session.remainder or ()
    if whole:
        return _resumed_whole(session, rest, mark)
    first: Plan = (Say(opening, mark=mark, once=True),) if opening else ()
    if session.phase is State.HOLDING and not any(isinstance(item, Beat) for item in rest):
        return _after_release(rest, first or ((Marker(mark),) if mark is not None else ()))
    if session.phase is not State.HOLDING:
        return (*first, Marker(PhaseMark(session.phase)), *rest)
    words: list[Item] = [*first, Say(session.part.again, mark=None if first else mark)]
    if word := session.dose.movement.hold_word:
        words += [Gap(SETTLE), Say(word)]
    return (*words, Marker(PhaseMark(State.HOLDING)), *rest)


def _after_release(rest: Plan, words: Plan) -> Plan:
    """What is left of a plan whose hold is over to the last count: let go of first, then `words`."""
    release = next((at for at, item in enumerate(rest, 1) if isinstance(item, Say)), len(rest))
    return (*rest[:release], *words, *rest[release:])


def _resumed_whole(session: Session, rest: Plan, mark: Mark | None) -> Plan:
    dose, place, part = session.dose, session.place, session.part
    title = script.where(
        dose.movement.title, part.side, place.repetition, dose.repetitions, place.step + 1, len(session.doses)
    )
    first = Say(title, mark=mark)
    if session.phase is State.RESTING:
        return (first, Marker(PhaseMark(session.phase)), *rest)
    words: list[Item] = [first, Say(dose.intro), Say(part.begin)]
    if dose.movement.hold_word:
        words += [Gap(SETTLE), Say(dose.movement.hold_word)]
    if session.phase is State.HOLDING:
        return (*words, Marker(PhaseMark(State.HOLDING)), *rest)
    # What was left of the instructions began in their midst; of it only the marks and what follows are kept.
    hold = next((i for i, item in enumerate(rest) if item == Marker(PhaseMark(State.HOLDING))), len(rest))
    return (*words, *(item for item in rest[:hold] if isinstance(item, Marker)), *rest[hold:])


def held_anew(rest: Plan, session: Session, counting: Counting) -> Plan:
    """What is left of a plan before its hold, with the hold as the session's dose now stands.

    A rest without the beginning of a hold is unchanged.
    """
    begins = [i for i, item in enumerate(rest) if isinstance(item, Marker) and isinstance(item.mark, HoldStartMark)]
    if not begins:
        return rest
    words = rest[: begins[0] - 1]  # the mark of the phase stands before that of the hold
    if session.dose.movement.hold_word and words and isinstance(words[-1], Say):
        words = words[:-1]
        words = words[:-1] if words and isinstance(words[-1], Gap) else words
    return (*words, *hold_plan(session, counting))


def recounted(rest: Plan, session: Session, counting: Counting) -> Plan:
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
    return (*begun, *count_beats(upcoming, session.seconds, counting, not session.counts_only), *rest[len(row) + 1 :])


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
