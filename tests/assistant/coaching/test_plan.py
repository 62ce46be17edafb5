"""A plan laid out in frames, and what is left of it at any frame: a plan again, in which no held frame is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coaching.plan import (
    LINE_GAP,
    WORD_GAP,
    Beat,
    Gap,
    Item,
    Layout,
    Marker,
    Plan,
    Say,
    as_score,
    beats_ahead,
    between_words,
    lay_out,
    rest_of,
    sounds,
)
from audio.frames import Frame
from audio.score import Cue, Mark, Score, Sound, Speech, VoiceSettings

pytestmark = pytest.mark.unit

VOICE = VoiceSettings()
MARK, OTHER = Mark(), Mark()
LENGTH = 48_000


def word(text: str) -> Speech:
    """A word that has to fit into a beat of a second."""
    return Speech(text, VOICE, fit=LENGTH)


def line(text: str) -> Speech:
    """A line as long as it is."""
    return Speech(text, VOICE)


def placed(*plan: Item, **lengths: Frame) -> Layout:
    """A layout; each text is so many frames long, in a beat too."""
    known: dict[Sound, Frame] = {}
    for text, length in lengths.items():
        known |= {line(text): length, word(text): length}
    return lay_out(plan, VOICE, known)


def cues(layout: Layout) -> list[tuple[Cue, ...]]:
    return [item.cues for item in layout]


def spans(layout: Layout) -> list[tuple[Frame, Frame, Frame]]:
    return [(item.start, item.spoken, item.end) for item in layout]


# -- the sounds -----------------------------------------------------------------------------------------


def test_every_sound_is_named_once_in_the_order_it_is_needed() -> None:
    plan = (Say("a"), Gap(5), Marker(MARK), Beat(LENGTH, "b", "c", over="d"), Say("a"), Beat(LENGTH, "b"))
    assert sounds(plan, VOICE) == (line("a"), word("b"), word("c"), line("d"))


def test_every_word_is_in_the_voice_that_is_asked_for() -> None:
    slow = VoiceSettings(words_per_minute=110)
    plan = (Say("a"), Beat(LENGTH, "b", "c", over="d"))
    words = (Speech("a", slow), Speech("b", slow, LENGTH), Speech("c", slow, LENGTH), Speech("d", slow))
    assert sounds(plan, slow) == words


def test_a_silent_beat_needs_none() -> None:
    assert sounds((Beat(LENGTH), Beat(LENGTH, word="", second="")), VOICE) == ()


# -- laid out -------------------------------------------------------------------------------------------


def test_items_follow_each_other() -> None:
    layout = placed(Say("a", MARK), Gap(70), Marker(OTHER), Say("b", after=11), Gap(1), a=100, b=200)
    t = 100 + LINE_GAP
    assert spans(layout) == [
        (0, 100, t),
        (t, t, t + 70),
        (t + 70, t + 70, t + 70),
        (t + 70, t + 270, t + 281),
        (t + 281, t + 281, t + 282),
    ]
    assert cues(layout) == [
        (Cue(0, line("a"), MARK),),
        (),
        (Cue(t + 70, None, OTHER),),
        (Cue(t + 70, line("b")),),
        (),
    ]


@pytest.mark.parametrize(("plan", "end"), [((Say("a"),), 100), ((Say("a"), Gap(0)), 100 + LINE_GAP), ((), 0)])
def test_after_the_last_line_there_is_no_silence(plan: Plan, end: Frame) -> None:
    layout = placed(*plan, a=100)
    assert as_score(7, layout) == Score(7, tuple(cue for item in layout for cue in item.cues), end)


@pytest.mark.parametrize(
    ("first", "second", "fits"),
    [
        (LENGTH, 1, (True, False)),
        (LENGTH + 1, 1, (False, True)),
        (100, LENGTH - 100 - WORD_GAP, (True, True)),
        (100, LENGTH - 99 - WORD_GAP, (True, False)),
    ],
)
def test_in_a_beat_there_is_what_there_is_room_for(first: Frame, second: Frame, fits: tuple[bool, bool]) -> None:
    (beat,) = placed(Beat(LENGTH, "a", "b", mark=MARK), a=first, b=second)
    assert (beat.start, beat.end) == (0, LENGTH)
    expected, at = list[Cue](), 0
    for text, length, fitting in (("a", first, fits[0]), ("b", second, fits[1])):
        if fitting:
            expected.append(Cue(at, word(text), None if expected else MARK))
            at += length + WORD_GAP
    assert beat.cues == tuple(expected)
    assert beat.spoken == at - WORD_GAP


def test_a_beat_with_nothing_in_it_has_its_mark() -> None:
    (silent,) = placed(Beat(LENGTH, mark=MARK))
    assert silent.cues == (Cue(0, None, MARK),)
    assert silent.spoken == 0
    (empty,) = placed(Beat(LENGTH))
    assert empty.cues == ()


def test_words_over_a_beat_begin_with_it_and_may_outlast_it() -> None:
    first, second = placed(Beat(LENGTH, over="a", mark=MARK), Beat(LENGTH, "b"), a=60_000, b=100)
    assert first.cues == (Cue(0, None, MARK), Cue(0, line("a")))
    assert (first.spoken, first.end) == (60_000, LENGTH)
    assert second.start == LENGTH
    (alone,) = placed(Beat(LENGTH, over="a"), a=60)
    assert alone.cues == (Cue(0, line("a")),)
    (three,) = placed(Beat(LENGTH, "b", "c", over="a"), a=60, b=100, c=100)
    assert [cue.sound for cue in three.cues] == [word("b"), word("c"), line("a")]
    (both,) = placed(Beat(LENGTH, "b", over="a", mark=MARK), a=60, b=100)
    assert both.cues == (Cue(0, word("b"), MARK), Cue(0, line("a")))
    assert both.spoken == 100


def test_a_score_ends_with_what_sounds_longest_and_its_cues_are_in_order() -> None:
    layout = placed(Beat(LENGTH, "b", over="a"), Beat(100, mark=MARK), a=90_000, b=40_000)
    score = as_score(3, layout)
    assert score.length == 90_000
    assert [cue.offset for cue in score.cues] == sorted(cue.offset for cue in score.cues)


# -- what is left ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("played", "rest"),
    [
        (-5, (Beat(5), Say("a", MARK), Gap(70), Marker(MARK), Beat(LENGTH, "b"))),
        (0, (Say("a", MARK), Gap(70), Marker(MARK), Beat(LENGTH, "b"))),
        (1, (Say("a"), Gap(70), Marker(MARK), Beat(LENGTH, "b"))),
        (99, (Say("a"), Gap(70), Marker(MARK), Beat(LENGTH, "b"))),
        (100, (Gap(LINE_GAP), Gap(70), Marker(MARK), Beat(LENGTH, "b"))),
        (100 + LINE_GAP, (Gap(70), Marker(MARK), Beat(LENGTH, "b"))),
        (101 + LINE_GAP, (Gap(69), Marker(MARK), Beat(LENGTH, "b"))),
        (170 + LINE_GAP, (Marker(MARK), Beat(LENGTH, "b"))),
        (171 + LINE_GAP, (Beat(LENGTH - 1),)),
        (169 + LINE_GAP + LENGTH, (Beat(1),)),
        (170 + LINE_GAP + LENGTH, ()),
    ],
)
def test_what_is_left_at_a_frame(played: Frame, rest: Plan) -> None:
    layout = placed(Say("a", MARK), Gap(70), Marker(MARK), Beat(LENGTH, "b"), a=100, b=100)
    assert rest_of(layout, played) == rest


def test_an_answer_that_was_cut_off_is_gone_and_an_instruction_is_left() -> None:
    answer, instruction = Say("a", once=True), Say("b")
    layout = placed(answer, instruction, a=100, b=100)
    assert rest_of(layout, 50) == (instruction,)
    assert rest_of(placed(instruction, b=100), 50) == (instruction,)


def test_the_row_of_beats_at_the_head() -> None:
    first, second = Beat(1), Beat(2)
    assert beats_ahead((first, second, Marker(MARK), Beat(3))) == (first, second)
    assert beats_ahead((Gap(1), first)) == ()
    assert beats_ahead(()) == ()


@pytest.mark.parametrize(
    ("earliest", "at"),
    [
        (0, 100),
        (99, 100),
        (100, 100),
        (LENGTH - 1, LENGTH - 1),
        (LENGTH, 2 * LENGTH + 100),
        (2 * LENGTH, 2 * LENGTH + 100),
    ],
)
def test_no_word_of_a_beat_is_cut_in_two(earliest: Frame, at: Frame) -> None:
    layout = placed(Beat(LENGTH, "a"), Beat(LENGTH, over="b"), Beat(LENGTH, "a"), Say("b"), a=100, b=LENGTH + 50)
    assert between_words(layout, earliest) == at


def test_a_line_may_be_cut() -> None:
    layout = placed(Say("a"), a=100)
    assert between_words(layout, 50) == 50


# -- at any frame ---------------------------------------------------------------------------------------

TEXTS = st.sampled_from(["a", "b", "c"])
ITEMS = st.one_of(
    st.builds(Say, TEXTS, st.none() | st.just(MARK), st.integers(0, 50)),
    st.builds(Gap, st.integers(0, 200)),
    st.just(Marker(MARK)),
    st.builds(
        Beat, st.integers(1, 200), st.none() | TEXTS, st.none() | TEXTS, st.none() | TEXTS, st.none() | st.just(MARK)
    ),
)
PLANS = st.lists(ITEMS, max_size=8).map(tuple)


class Lengths(dict[Sound, Frame]):
    """A text is as long as its letter says; in a beat no longer than the beat, as a voice makes it fit."""

    def __missing__(self, sound: Sound) -> Frame:
        assert isinstance(sound, Speech)
        length = {"a": 30, "b": 90, "c": 250}[sound.text]
        return length if sound.fit is None else min(length, sound.fit + 20)


def beats(plan: Plan) -> Frame:
    """Frames of all beats."""
    return sum(item.length for item in plan if isinstance(item, Beat))


@given(plan=PLANS, at=st.integers(0, 1_500))
def test_what_is_left_is_a_plan_and_no_frame_of_a_beat_is_lost(plan: Plan, at: Frame) -> None:
    layout = lay_out(plan, VOICE, Lengths())
    rest = rest_of(layout, at)
    passed = sum(max(0, min(p.end, at) - p.start) for p in layout if isinstance(p.item, Beat))
    assert passed + beats(rest) == beats(plan)
    again = lay_out(rest, VOICE, Lengths())
    assert rest_of(again, 0) == rest
    assert rest_of(layout, max((p.end for p in layout), default=0) + 1) == ()


@given(plan=PLANS, first=st.integers(0, 700), then=st.integers(0, 700))
def test_cut_twice_the_beats_are_as_if_cut_once(plan: Plan, first: Frame, then: Frame) -> None:
    row = tuple(Beat(item.length, item.word) for item in plan if isinstance(item, Beat))
    layout = lay_out(row, VOICE, Lengths())
    rest = rest_of(lay_out(rest_of(layout, first), VOICE, Lengths()), then)
    assert beats(rest) == beats(rest_of(layout, first + then))


@given(plan=PLANS, early=st.integers(1, 500))
def test_before_its_beginning_it_waits_as_long_as_it_is_early(plan: Plan, early: Frame) -> None:
    assert rest_of(lay_out(plan, VOICE, Lengths()), -early) == (Beat(early), *plan)


@given(PLANS)
def test_items_never_overlap_and_every_mark_has_one_cue(plan: Plan) -> None:
    layout = lay_out(plan, VOICE, Lengths())
    assert [p.item for p in layout] == list(plan)
    at = 0
    for item in layout:
        assert item.start == at
        at = item.end
        assert item.start <= item.spoken
        assert all(cue.offset >= item.start for cue in item.cues)
    marks = [cue.mark for p in layout for cue in p.cues if cue.mark is not None]
    assert len(marks) == len([item for item in plan if getattr(item, "mark", None) is not None])
    score = as_score(1, layout)
    assert score.length >= max((p.end for p in layout), default=0)
    assert len(score.cues) == sum(len(p.cues) for p in layout)


@given(plan=PLANS, earliest=st.integers(0, 1_500))
def test_between_words_is_never_in_one(plan: Plan, earliest: Frame) -> None:
    layout = lay_out(plan, VOICE, Lengths())
    at = between_words(layout, earliest)
    assert at >= earliest
    for p in layout:
        if isinstance(p.item, Beat):
            assert not p.start <= at < min(p.spoken, p.end)
