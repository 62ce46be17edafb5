"""The one mouth: one silence is answered once, and an answer that nobody awaits is ignored."""

from collections import deque
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coaching.plan import Beat, Gap, Plan, Say, as_score, lay_out, sounds
from assistant.dialogue.actions import Action, Prepare, Schedule, Silence
from assistant.dialogue.events import Played, Ready, Silenced
from assistant.dialogue.output import (
    Aside,
    Cut,
    Output,
    Playing,
    Preparing,
    Silencing,
    begin_plan,
    drop_prepared,
    fall_silent,
    is_current,
    on_output_ended,
    on_output_played,
    on_output_ready,
    on_output_silenced,
    say_aside,
    splice_plan,
)
from audio.frames import Frame
from audio.score import Sound, Speech, VoiceSettings

pytestmark = pytest.mark.unit

VOICE, SLOW = VoiceSettings(), VoiceSettings(words_per_minute=110)
ONE, TWO = (Say("one"), Gap(100)), (Say("two"),)
LENGTHS: dict[Sound, Frame] = {Speech(text, VOICE): 1_000 for text in ("one", "two", "aside")}
FREE = Output(last_id=4)
PREPARING = Output(Preparing(5, ONE, VOICE), None, 5)
LAYOUT = lay_out(ONE, VOICE, LENGTHS)
PLAYING = Output(Playing(5, LAYOUT, VOICE, {Speech("one", VOICE): 1_000}), None, 5)
ASIDE = Aside(6, "aside", (Speech("aside", VOICE),))
ASIDE_ASKED = replace(PLAYING, aside=ASIDE, last_id=6)
HUSHING = Output(Silencing(5, LAYOUT), None, 5)
STATES = {
    "free": FREE,
    "preparing": PREPARING,
    "playing": PLAYING,
    "aside asked": ASIDE_ASKED,
    "hushing": HUSHING,
}


# -- begin ----------------------------------------------------------------------------------------------


def test_a_plan_is_prepared_under_a_new_id() -> None:
    assert begin_plan(FREE, ONE, VOICE) == (PREPARING, (Prepare(5, (Speech("one", VOICE),)),))


def test_a_plan_begun_while_one_is_prepared_comes_after_it() -> None:
    both = ONE + TWO
    assert begin_plan(PREPARING, TWO, SLOW) == (
        Output(Preparing(6, both, SLOW), None, 6),
        (Prepare(6, sounds(both, SLOW)),),
    )


def test_what_was_set_aside_comes_first() -> None:
    ended = replace(ASIDE_ASKED, now=None)
    plan = (Say("aside"), *TWO)
    assert begin_plan(ended, TWO, VOICE) == (
        Output(Preparing(7, plan, VOICE), None, 7),
        (Prepare(7, sounds(plan, VOICE)),),
    )


@pytest.mark.parametrize("channel", [PLAYING, HUSHING])
def test_nothing_is_begun_over_what_plays(channel: Output) -> None:
    with pytest.raises(
        AssertionError, match=r"^a plan was begun while another one plays: fall silent or splice first$"
    ):
        begin_plan(channel, TWO, VOICE)


# -- beside ---------------------------------------------------------------------------------------------


def test_words_beside_what_plays_are_prepared_in_its_voice() -> None:
    also = (Beat(500, word="two"),)
    needed = (Speech("aside", VOICE), Speech("two", VOICE, fit=500))
    after, actions = say_aside(PLAYING, "aside", SLOW, also)
    assert after == replace(PLAYING, aside=Aside(6, "aside", needed), last_id=6)
    assert actions == (Prepare(6, needed),)


def test_words_beside_what_is_prepared_come_before_it() -> None:
    after, actions = say_aside(PREPARING, "aside", SLOW)
    plan = (Say("aside"), *ONE)
    assert after == Output(Preparing(6, plan, SLOW), None, 6)
    assert actions == (Prepare(6, sounds(plan, SLOW)),)


def test_words_beside_nothing_are_said() -> None:
    assert say_aside(FREE, "aside", SLOW) == begin_plan(FREE, (Say("aside"),), SLOW)


# -- silence --------------------------------------------------------------------------------------------


def test_what_plays_is_silenced_and_its_aside_forgotten() -> None:
    assert fall_silent(ASIDE_ASKED) == (replace(HUSHING, last_id=6), (Silence(5),))


def test_what_is_prepared_is_silenced_as_unheard() -> None:
    assert fall_silent(PREPARING) == (Output(Silencing(6, (), ONE), None, 6), (Silence(6),))


def test_silence_is_asked_for_when_there_is_nothing_too() -> None:
    assert fall_silent(FREE) == (Output(Silencing(5, ()), None, 5), (Silence(5),))


def test_one_silence_is_enough() -> None:
    assert fall_silent(HUSHING) == (HUSHING, ())


def test_what_is_prepared_can_be_dropped_with_what_was_set_aside() -> None:
    assert drop_prepared(replace(PREPARING, aside=ASIDE)) == (replace(PREPARING, now=None), ONE)


@pytest.mark.parametrize("channel", [FREE, PLAYING, HUSHING])
def test_nothing_else_is_dropped(channel: Output) -> None:
    assert drop_prepared(channel) == (channel, ())


@pytest.mark.parametrize(("played", "rest"), [(0, ONE), (500, (Say("one"), Gap(100))), (1_000 + 14_400, (Gap(100),))])
def test_the_silence_tells_what_was_left(played: Frame, rest: Plan) -> None:
    assert on_output_silenced(HUSHING, Silenced(5, 77, played)) == (replace(HUSHING, now=None), Cut(77, rest))


def test_what_was_never_begun_is_left_whole() -> None:
    hushed, _ = fall_silent(PREPARING)
    assert on_output_silenced(hushed, Silenced(6, 77, 0)) == (Output(last_id=6), Cut(77, ONE))


# -- answers --------------------------------------------------------------------------------------------


def test_ready_it_plays() -> None:
    after, actions = on_output_ready(PREPARING, Ready(5, (1_000,)))
    assert after == PLAYING
    assert actions == (Schedule(as_score(5, LAYOUT)),)


def test_the_first_report_tells_when_it_began() -> None:
    after = on_output_played(PLAYING, Played(5, 300, None, 1_300))
    assert isinstance(after.now, Playing)
    assert after.now.began == 1_000
    assert after.now.played(1_700) == 700
    assert isinstance(PLAYING.now, Playing)
    assert PLAYING.now.played(1_700) == 0, "until then nothing of it was played"


def test_at_its_end_it_is_free() -> None:
    assert on_output_ended(ASIDE_ASKED, 5) == (replace(ASIDE_ASKED, now=None), True)


def test_another_layout_takes_over_at_a_frame() -> None:
    after, actions = splice_plan(ASIDE_ASKED, TWO, LENGTHS, 9_000)
    layout = lay_out(TWO, VOICE, LENGTHS)
    assert after == Output(Playing(7, layout, VOICE, LENGTHS, began=9_000, takes_over=(5,)), None, 7)
    assert actions == (Schedule(as_score(7, layout), 9_000, replaces=5),)


@pytest.mark.parametrize("channel", [FREE, PREPARING, HUSHING])
def test_there_is_nothing_to_weave_into_but_what_plays(channel: Output) -> None:
    with pytest.raises(AssertionError, match=r"^nothing plays that a plan could be spliced into$"):
        splice_plan(channel, TWO, LENGTHS, 0)


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("id", [0, 3, 4, 7, 99])
def test_an_unknown_id_is_ignored_in_every_state(name: str, id: int) -> None:
    channel = STATES[name]
    assert on_output_ready(channel, Ready(id, (1_000,))) == (channel, ())
    assert on_output_played(channel, Played(id, 0, None, 5)) == channel
    assert on_output_ended(channel, id) == (channel, False)
    assert on_output_silenced(channel, Silenced(id, 5, 0)) == (channel, None)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("free", ()),
        ("preparing", ("ready",)),
        ("playing", ("played", "ended")),
        ("aside asked", ("played", "ended")),
        ("hushing", ("silenced",)),
    ],
)
def test_the_right_id_is_awaited_in_its_own_state_alone(name: str, answers: tuple[str, ...]) -> None:
    channel = STATES[name]
    assert (on_output_ready(channel, Ready(5, (1_000,))) != (channel, ())) is ("ready" in answers)
    assert (on_output_played(channel, Played(5, 0, None, 5)) != channel) is ("played" in answers)
    assert on_output_ended(channel, 5)[1] is ("ended" in answers)
    assert (on_output_silenced(channel, Silenced(5, 5, 0))[1] is not None) is ("silenced" in answers)


def test_only_a_free_channel_is_quiet() -> None:
    assert [name for name, channel in STATES.items() if channel.quiet] == ["free"]


# -- whatever the order ---------------------------------------------------------------------------------

DOES = st.sampled_from(["begin_plan", "say_aside", "fall_silent", "drop_prepared", "answer", "end"])


@given(st.lists(DOES, max_size=30))
def test_every_silence_is_answered_once_and_it_is_free_in_the_end(does: list[str]) -> None:
    channel, answers, cuts, silences, ids = Output(), deque[Ready | Silenced](), 0, 0, list[int]()

    def perform(actions: tuple[Action, ...]) -> None:
        nonlocal silences
        for action in actions:
            match action:
                case Prepare(id=id, sounds=needed):
                    ids.append(id)
                    answers.append(Ready(id, (1_000,) * len(needed)))
                case Silence(id=id):
                    silences += 1
                    answers.append(Silenced(id, 0, 0))
                case _:
                    pass

    def take() -> None:
        nonlocal channel, cuts
        match answers.popleft():
            case Ready() as ready:
                channel, actions = on_output_ready(channel, ready)
                perform(actions)
            case Silenced() as silenced:
                channel, cut = on_output_silenced(channel, silenced)
                cuts += cut is not None
                assert on_output_silenced(channel, silenced) == (channel, None), "one silence was answered twice"

    for do in does:
        match do:
            case "begin_plan" if not isinstance(channel.now, Playing | Silencing):
                channel, actions = begin_plan(channel, TWO, VOICE)
                perform(actions)
            case "say_aside" if not isinstance(channel.now, Silencing):
                channel, actions = say_aside(channel, "aside", VOICE)
                perform(actions)
            case "fall_silent":
                channel, actions = fall_silent(channel)
                perform(actions)
            case "drop_prepared":
                channel, _ = drop_prepared(channel)
            case "answer" if answers:
                take()
            case "end" if isinstance(channel.now, Playing):
                channel, ended = on_output_ended(channel, channel.now.id)
                assert ended
                if channel.aside is not None:  # as the machine does: the words came too late to be woven in
                    channel, actions = begin_plan(channel, (), VOICE)
                    perform(actions)
            case _:
                pass
        assert len(ids) == len(set(ids)), "an id was given twice"
        assert channel.aside is None or isinstance(channel.now, Playing)
    while answers:
        take()
    assert cuts == silences
    assert not isinstance(channel.now, Preparing | Silencing), "it waits for an answer that came"


def test_what_plays_until_another_takes_over_is_current_too() -> None:
    once, _ = splice_plan(ASIDE_ASKED, TWO, LENGTHS, 9_000)
    twice, _ = splice_plan(once, ONE, LENGTHS, 19_000)
    silencing, _ = fall_silent(twice)
    for output in (twice, silencing):
        assert [id for id in range(10) if is_current(output, id)] == [5, 7, 8]
    assert not any(is_current(Output(), id) for id in range(10))
    assert not any(is_current(PREPARING, id) for id in range(10))
