"""The plan of a hold: its words and counts; and what becomes of them when it is interrupted, changed or spoken over."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import script
from assistant.coaching.holds import (
    BREATHE_EVERY,
    LONG_HOLD,
    count_beats,
    given_up_hold,
    hold_left,
    hold_plan,
    place_plan,
    recounted,
    resumed_plan,
    spoken_over,
)
from assistant.coaching.introduction import SETTLE, Introduction
from assistant.coaching.marks import CountMark, HoldEndMark, HoldStartMark, PhaseMark, RepetitionMark
from assistant.coaching.plan import (
    COUNT_BEEP,
    Beat,
    Gap,
    Item,
    Marker,
    Plan,
    Say,
    as_score,
    beats_ahead,
    lay_out,
    rest_of,
    sounds,
)
from assistant.coaching.session import Session, SessionPlace, movement_session, routine_session, session_at, with_dose
from assistant.settings import Counting
from assistant.states import State
from audio.frames import FRAMES_PER_SECOND, Frame, frames
from audio.score import Mark, Sound, Speech, VoiceSettings
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()
QUICK = routine_session(GUIDANCE, "quick")
NECK = movement_session(GUIDANCE, "neck_rotation")
SECOND = FRAMES_PER_SECOND
VOICE = VoiceSettings()


def beat(n: int, of: int, *, aloud: bool = True, breathe: bool = False) -> Beat:
    """One count."""
    return Beat(
        SECOND, str(n) if aloud else None, script.BREATHE if breathe else None, mark=CountMark(n, of, not aloud)
    )


def texts(plan: Plan) -> list[str]:
    """The lines of a plan."""
    return [item.text for item in plan if isinstance(item, Say)]


# -- counts ---------------------------------------------------------------------------------------------


def test_a_hold_is_a_row_of_seconds_and_its_end() -> None:
    assert count_beats(1, 3, counting="words") == (
        beat(1, 3),
        beat(2, 3),
        beat(3, 3),
        Marker(HoldEndMark(3, 3 * SECOND)),
    )


def test_silently_the_seconds_are_the_same_without_a_word() -> None:
    assert count_beats(1, 2, counting="silence") == (
        beat(1, 2, aloud=False),
        beat(2, 2, aloud=False),
        Marker(HoldEndMark(2, 96_000)),
    )


def test_a_beep_sounds_in_place_of_each_number() -> None:
    first, second, _ = count_beats(1, 2, counting="beeps")
    assert (first, second) == tuple(Beat(SECOND, beeps=True, mark=CountMark(n, 2, silent=False)) for n in (1, 2))
    layout = lay_out((first, second), VOICE, Lengths())
    assert [cue.sound for placed in layout for cue in placed.cues] == [COUNT_BEEP, COUNT_BEEP]
    assert [cue.offset for cue in as_score(1, layout).cues] == [0, SECOND]
    assert sounds((first, second), VOICE) == (COUNT_BEEP,)


def test_only_the_last_three_numbers_are_said() -> None:
    row = beats_ahead(count_beats(1, 15, counting="last three"))
    assert [beat.word for beat in row] == [None] * 12 + ["13", "14", "15"]
    assert [beat.mark for beat in row] == [CountMark(n, 15, n < 13) for n in range(1, 16)]


def test_it_goes_on_from_a_count() -> None:
    assert count_beats(3, 4, counting="words") == (beat(3, 4), beat(4, 4), Marker(HoldEndMark(4, 4 * SECOND)))


@pytest.mark.parametrize(("first", "held"), [(5, 4), (4, 3), (9, 8)])
def test_what_was_held_beyond_its_end_counts(first: int, held: int) -> None:
    assert count_beats(first, 3, counting="words") == (Marker(HoldEndMark(3, held * SECOND)),)


@pytest.mark.parametrize(
    ("of", "at"), [(9, []), (10, [6]), (12, [6]), (13, [6, 12]), (30, [6, 12, 18, 24]), (6, []), (18, [6, 12])]
)
def test_in_a_long_hold_it_says_to_breathe(of: int, at: list[int]) -> None:
    assert (BREATHE_EVERY, LONG_HOLD) == (6, 10)
    row = beats_ahead(count_beats(1, of, counting="silence"))
    assert [n for n, item in enumerate(row, 1) if item.second is not None] == at
    assert {item.second for item in row} <= {None, script.BREATHE}


# -- the plan of a place --------------------------------------------------------------------------------


def test_the_plan_of_a_first_hold_in_full() -> None:
    part = NECK.part
    assert place_plan(with_dose(NECK, seconds=5), "words", Introduction("The plan.", "Gently.", begins=True)) == (
        Marker(RepetitionMark("neck_rotation", "right", 1, 2)),
        Say("The plan."),
        Say("Gently."),
        Say("Sit or stand tall."),
        Say(part.begin),
        Gap(SETTLE),
        Say("Hold for five."),
        Marker(PhaseMark(State.HOLDING)),
        Marker(HoldStartMark(5)),
        *count_beats(1, 5, "words"),
        Marker(PhaseMark(State.RESTING)),
        Say(part.release),
        Say(script.REST),
        Gap(frames(5)),
    )


def test_the_plan_of_a_paced_movement_in_full() -> None:
    rolls = session_at(QUICK, SessionPlace(1))
    part = rolls.part
    assert place_plan(rolls, "silence") == (
        Say("Next, shoulder rolls, five each way."),
        Say("Let your arms hang loose."),
        Say(part.begin),
        Marker(PhaseMark(State.HOLDING)),
        *(Beat(frames(4), str(n), mark=RepetitionMark("shoulder_rolls", None, n, 5)) for n in range(1, 6)),
        Marker(PhaseMark(State.RESTING)),
        Say(script.REST),
        Gap(frames(3)),
    )


def test_a_paced_movement_may_have_sides() -> None:
    rolls = movement_session(GUIDANCE, "shoulder_rolls")
    sided = rolls.part.model_copy(update={"side": "left"})
    moved = rolls.dose.movement.model_copy(update={"parts": (sided,)})
    plan = place_plan(replace(rolls, doses=(replace(rolls.dose, movement=moved),)), "words")
    moves = [item.mark for item in plan if isinstance(item, Beat)]
    assert moves == [RepetitionMark("shoulder_rolls", "left", n, 5) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("session", "place", "end"),
    [
        (QUICK, SessionPlace(0), ["Slowly back to the middle.", "And rest."]),
        (QUICK, SessionPlace(1), ["And rest."]),
        (QUICK, SessionPlace(1, 1, 1), ["Let your shoulders drop.", "And rest."]),
        (QUICK, SessionPlace(2), []),
        (QUICK, SessionPlace(2, 4, 1), ["Breathe as usual again."]),
        (NECK, SessionPlace(0, 2, 1), ["Slowly back to the middle."]),
    ],
)
def test_after_a_hold_it_is_let_go_and_rested_if_more_comes(
    session: Session, place: SessionPlace, end: list[str]
) -> None:
    plan = hold_plan(session_at(session, place), "words")
    after = plan[plan.index(Marker(PhaseMark(State.RESTING))) :]
    assert texts(after) == end
    assert isinstance(after[-1], Gap) is ("And rest." in end)


def test_what_is_not_held_is_not_told_to_be_held() -> None:
    assert not any(text.startswith("Hold") for text in texts(hold_plan(session_at(QUICK, SessionPlace(2)), "words")))
    assert hold_plan(session_at(QUICK, SessionPlace(2)), "words")[0] == Marker(PhaseMark(State.HOLDING))


# -- going on -------------------------------------------------------------------------------------------

LEFT: Plan = (*count_beats(3, 5, "words"), Marker(PhaseMark(State.RESTING)), Say("Back."))
MARK = Mark()


def interrupted(phase: State, rest: Plan | None = LEFT, session: Session = NECK) -> Session:
    """A session in the middle of a place."""
    return replace(session, phase=phase, remainder=rest)


def test_in_a_hold_the_position_comes_first_and_then_what_was_left() -> None:
    again = Say(NECK.part.again, mark=MARK)
    to_hold = (Gap(SETTLE), Say("Hold."), Marker(PhaseMark(State.HOLDING)), *LEFT)
    assert resumed_plan(interrupted(State.HOLDING), None, MARK) == (again, *to_hold)
    opened = resumed_plan(interrupted(State.HOLDING), "Going on.", MARK)
    assert opened == (Say("Going on.", mark=MARK, once=True), Say(NECK.part.again), *to_hold)


def test_what_is_not_held_goes_on_without_the_word() -> None:
    breathing = session_at(QUICK, SessionPlace(2))
    plan = resumed_plan(interrupted(State.HOLDING, LEFT, breathing), None)
    assert plan == (Say("Breathe in."), Marker(PhaseMark(State.HOLDING)), *LEFT)


@pytest.mark.parametrize("phase", [State.INSTRUCTING, State.RESTING])
def test_elsewhere_what_was_left_goes_on(phase: State) -> None:
    assert resumed_plan(interrupted(phase), "Going on.", MARK) == (
        Say("Going on.", mark=MARK, once=True),
        Marker(PhaseMark(phase)),
        *LEFT,
    )
    assert resumed_plan(interrupted(phase, None), None) == (Marker(PhaseMark(phase)),)


# -- counted again --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "rest"),
    [
        (5, (*count_beats(3, 5, "words"), Say("Back."))),
        (8, (*count_beats(3, 8, "words"), Say("Back."))),
        (3, (*count_beats(3, 3, "words"), Say("Back."))),
    ],
)
def test_what_is_left_is_counted_to_the_new_end(seconds: int, rest: Plan) -> None:
    session = replace(NECK, doses=(replace(NECK.dose, seconds=seconds),))
    assert recounted((*count_beats(3, 5, "words"), Say("Back.")), session, "words") == rest


def test_a_count_that_has_begun_keeps_what_is_left_of_it() -> None:
    rest = (Beat(700), *count_beats(3, 5, "words"))
    session = replace(NECK, doses=(replace(NECK.dose, seconds=6),))
    assert recounted(rest, session, "silence") == (Beat(700), *count_beats(3, 6, "silence"))
    last = (Beat(700), Marker(HoldEndMark(5, 5 * SECOND)), Say("Back."))
    assert recounted(last, session, "words") == (Beat(700), *count_beats(6, 6, "words"), Say("Back."))


@pytest.mark.parametrize(
    "rest", [(), (Beat(5),), (Beat(5), Say("a")), (Say("a"), Marker(HoldEndMark(5, 5))), (Beat(5), Marker(MARK))]
)
def test_what_is_no_hold_is_left_as_it_is(rest: Plan) -> None:
    assert recounted(rest, with_dose(NECK, seconds=30), "words") == rest


# -- spoken over ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "silent"), [(1, 1), (SECOND, 1), (SECOND + 1, 2), (2 * SECOND, 2), (3 * SECOND, 3)])
def test_counts_give_way_to_words_while_they_last(length: Frame, silent: int) -> None:
    rest = (*count_beats(1, 3, "words"), Say("Back."))
    over = spoken_over(rest, "words", length)
    row = beats_ahead(over)
    assert [item.over for item in row] == ["words", None, None]
    assert [item.word for item in row] == [None] * silent + [str(n) for n in range(silent + 1, 4)]
    assert [item.mark for item in row] == [CountMark(n, 3, silent=n <= silent) for n in (1, 2, 3)]
    assert over[3:] == rest[3:]


def test_the_mark_of_another_beat_stays() -> None:
    turn = RepetitionMark("shoulder_rolls", None, 1, 5)
    (over,) = spoken_over((Beat(100, "1", "breathe", mark=turn),), "words", 50)
    assert over == Beat(100, over="words", mark=turn)


@pytest.mark.parametrize(
    ("after", "place"),
    [((Say("Back."), Say("And rest.")), 1), ((Marker(MARK), Say("Back."), Gap(5)), 2), ((), 0), ((Marker(MARK),), 1)],
)
def test_words_longer_than_the_hold_wait_for_its_release(after: tuple[Item, ...], place: int) -> None:
    row = (Beat(100, "1"), Beat(100, "2"))
    assert spoken_over((*row, *after), "words", 201) == (*row, *after[:place], Say("words"), *after[place:])
    assert spoken_over((*row, *after), "words", 200)[0] == Beat(100, over="words")


# -- given up -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "ended"),
    [
        (count_beats(3, 5, "words"), HoldEndMark(5, 2 * SECOND)),
        ((Beat(700), *count_beats(3, 5, "words")), HoldEndMark(5, 2 * SECOND - 700)),
        ((Say("a"), *count_beats(3, 5, "words"), Beat(9)), HoldEndMark(5, 2 * SECOND)),
        ((Marker(MARK), Marker(HoldEndMark(5, 5 * SECOND))), HoldEndMark(5, 5 * SECOND)),
        ((Marker(HoldStartMark(5)), *count_beats(1, 5, "words")), None),
        ((Say("a"),), None),
        ((), None),
    ],
)
def test_a_hold_that_is_given_up_was_held_for_what_is_not_left(rest: Plan, ended: HoldEndMark | None) -> None:
    assert given_up_hold(rest) == ended


def test_what_is_left_of_a_hold() -> None:
    assert hold_left((Beat(700), *count_beats(4, 5, "words"), Beat(9))) == 700 + 2 * SECOND
    assert hold_left((Say("a"), Beat(9))) == 0


# -- at any frame ---------------------------------------------------------------------------------------


class Lengths(dict[Sound, Frame]):
    """A third of a second a word; in a beat no longer than the beat."""

    def __missing__(self, sound: Sound) -> Frame:
        length = SECOND // 3
        if not isinstance(sound, Speech):
            return length
        return length if sound.fit is None else min(length, sound.fit)


OF = st.integers(5, 60)


def held_in(plan: Plan) -> Frame:
    """Frames of all beats."""
    return sum(item.length for item in plan if isinstance(item, Beat))


@given(of=OF, at=st.integers(0, 61 * SECOND), asked=OF, counting=st.sampled_from(get_args(Counting)))
def test_counted_again_at_any_frame_the_hold_is_exactly_as_long_as_asked(
    of: int, at: Frame, asked: int, counting: Counting
) -> None:
    hold = count_beats(1, of, "words")
    at = min(at, of * SECOND)
    rest = recounted(
        rest_of(lay_out(hold, VOICE, Lengths()), at),
        replace(NECK, doses=(replace(NECK.dose, seconds=asked),)),
        counting,
    )
    (ended,) = [item.mark for item in rest if isinstance(item, Marker) and isinstance(item.mark, HoldEndMark)]
    counted = -(-at // SECOND)
    assert ended == HoldEndMark(asked, max(asked, counted) * SECOND)
    assert at + held_in(rest) == ended.held
    row = [item.mark for item in beats_ahead(rest) if isinstance(item.mark, CountMark)]
    silent = {"words": 0, "beeps": 0, "last three": asked - 3, "silence": asked}[counting]
    assert row == [CountMark(n, asked, n <= silent) for n in range(counted + 1, asked + 1)]


@given(of=OF, at=st.integers(0, 60 * SECOND), length=st.integers(1, 20 * SECOND))
def test_spoken_over_at_any_frame_no_beat_moves_and_no_count_is_lost(of: int, at: Frame, length: Frame) -> None:
    rest = rest_of(lay_out((*count_beats(1, of, "words"), Say("Back.")), VOICE, Lengths()), min(at, of * SECOND))
    over = spoken_over(rest, "words", length)
    assert [item.length for item in beats_ahead(over)] == [item.length for item in beats_ahead(rest)]
    numbers = [[item.mark.n for item in beats_ahead(p) if isinstance(item.mark, CountMark)] for p in (rest, over)]
    assert numbers[0] == numbers[1]
    said = [item for item in over if (isinstance(item, Beat) and item.over) or item == Say("words")]
    assert len(said) == 1
    row, covered = beats_ahead(over), 0
    for item in row:
        if said[0] in row and covered < length:
            assert item.word is None, "a count is spoken over the words"
        covered += item.length


@given(of=OF, at=st.integers(0, 60 * SECOND))
def test_given_up_at_any_frame_what_was_held_is_exact(of: int, at: Frame) -> None:
    at = min(at, of * SECOND)
    rest = rest_of(lay_out(count_beats(1, of, "words"), VOICE, Lengths()), at)
    assert given_up_hold(rest) == HoldEndMark(of, at)
    assert hold_left(rest) == of * SECOND - at
