"""The one mouth: one silence is answered once, and an answer that nobody awaits is ignored."""

from collections import deque
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channel import (
    Aside,
    Channel,
    Cut,
    Hushing,
    Playing,
    Preparing,
    begin,
    drop,
    hush,
    on_ended,
    on_played,
    on_ready,
    on_silenced,
    weave,
    whisper,
)
from assistant.events import Action, Played, Prepare, Ready, Schedule, Silence, Silenced
from assistant.plan import Beat, Gap, Plan, Say, as_score, lay_out, sounds
from audio.timeline import Frame, Sound, Speech, VoiceSettings

pytestmark = pytest.mark.unit

VOICE, SLOW = VoiceSettings(), VoiceSettings(words_per_minute=110)
ONE, TWO = (Say("one"), Gap(100)), (Say("two"),)
LENGTHS: dict[Sound, Frame] = {Speech(text, VOICE): 1_000 for text in ("one", "two", "aside")}
FREE = Channel(last_id=4)
PREPARING = Channel(Preparing(5, ONE, VOICE), None, 5)
LAYOUT = lay_out(ONE, VOICE, LENGTHS)
PLAYING = Channel(Playing(5, LAYOUT, VOICE, {Speech("one", VOICE): 1_000}), None, 5)
ASIDE = Aside(6, "aside", (Speech("aside", VOICE),))
ASIDE_ASKED = replace(PLAYING, aside=ASIDE, last_id=6)
HUSHING = Channel(Hushing(5, LAYOUT), None, 5)
STATES = {
    "free": FREE,
    "preparing": PREPARING,
    "playing": PLAYING,
    "aside asked": ASIDE_ASKED,
    "hushing": HUSHING,
}


# -- begin ----------------------------------------------------------------------------------------------


def test_a_plan_is_prepared_under_a_new_id() -> None:
    assert begin(FREE, ONE, VOICE) == (PREPARING, (Prepare(5, (Speech("one", VOICE),)),))


def test_a_plan_begun_while_one_is_prepared_comes_after_it() -> None:
    both = ONE + TWO
    assert begin(PREPARING, TWO, SLOW) == (
        Channel(Preparing(6, both, SLOW), None, 6),
        (Prepare(6, sounds(both, SLOW)),),
    )


def test_what_was_set_aside_comes_first() -> None:
    ended = replace(ASIDE_ASKED, now=None)
    plan = (Say("aside"), *TWO)
    assert begin(ended, TWO, VOICE) == (Channel(Preparing(7, plan, VOICE), None, 7), (Prepare(7, sounds(plan, VOICE)),))


@pytest.mark.parametrize("channel", [PLAYING, HUSHING])
def test_nothing_is_begun_over_what_plays(channel: Channel) -> None:
    with pytest.raises(AssertionError, match=r"^a plan was begun while another one plays: hush or weave first$"):
        begin(channel, TWO, VOICE)


# -- beside ---------------------------------------------------------------------------------------------


def test_words_beside_what_plays_are_prepared_in_its_voice() -> None:
    also = (Beat(500, word="two"),)
    needed = (Speech("aside", VOICE), Speech("two", VOICE, fit=500))
    after, actions = whisper(PLAYING, "aside", SLOW, also)
    assert after == replace(PLAYING, aside=Aside(6, "aside", needed), last_id=6)
    assert actions == (Prepare(6, needed),)


def test_words_beside_what_is_prepared_come_before_it() -> None:
    after, actions = whisper(PREPARING, "aside", SLOW)
    plan = (Say("aside"), *ONE)
    assert after == Channel(Preparing(6, plan, SLOW), None, 6)
    assert actions == (Prepare(6, sounds(plan, SLOW)),)


def test_words_beside_nothing_are_said() -> None:
    assert whisper(FREE, "aside", SLOW) == begin(FREE, (Say("aside"),), SLOW)


# -- silence --------------------------------------------------------------------------------------------


def test_what_plays_is_silenced_and_its_aside_forgotten() -> None:
    assert hush(ASIDE_ASKED) == (replace(HUSHING, last_id=6), (Silence(5),))


def test_what_is_prepared_is_silenced_as_unheard() -> None:
    assert hush(PREPARING) == (Channel(Hushing(6, (), ONE), None, 6), (Silence(6),))


def test_silence_is_asked_for_when_there_is_nothing_too() -> None:
    assert hush(FREE) == (Channel(Hushing(5, ()), None, 5), (Silence(5),))


def test_one_silence_is_enough() -> None:
    assert hush(HUSHING) == (HUSHING, ())


def test_what_is_prepared_can_be_dropped_with_what_was_set_aside() -> None:
    assert drop(replace(PREPARING, aside=ASIDE)) == (replace(PREPARING, now=None), ONE)


@pytest.mark.parametrize("channel", [FREE, PLAYING, HUSHING])
def test_nothing_else_is_dropped(channel: Channel) -> None:
    assert drop(channel) == (channel, ())


@pytest.mark.parametrize(("played", "rest"), [(0, ONE), (500, (Say("one"), Gap(100))), (1_000 + 14_400, (Gap(100),))])
def test_the_silence_tells_what_was_left(played: Frame, rest: Plan) -> None:
    assert on_silenced(HUSHING, Silenced(5, 77, played)) == (replace(HUSHING, now=None), Cut(77, rest))


def test_what_was_never_begun_is_left_whole() -> None:
    hushed, _ = hush(PREPARING)
    assert on_silenced(hushed, Silenced(6, 77, 0)) == (Channel(last_id=6), Cut(77, ONE))


# -- answers --------------------------------------------------------------------------------------------


def test_ready_it_plays() -> None:
    after, actions = on_ready(PREPARING, Ready(5, (1_000,)))
    assert after == PLAYING
    assert actions == (Schedule(as_score(5, LAYOUT)),)


def test_the_first_report_tells_when_it_began() -> None:
    after = on_played(PLAYING, Played(5, 300, None, 1_300))
    assert isinstance(after.now, Playing)
    assert after.now.began == 1_000
    assert after.now.played(1_700) == 700
    assert isinstance(PLAYING.now, Playing)
    assert PLAYING.now.played(1_700) == 0, "until then nothing of it was played"


def test_at_its_end_it_is_free() -> None:
    assert on_ended(ASIDE_ASKED, 5) == (replace(ASIDE_ASKED, now=None), True)


def test_another_layout_takes_over_at_a_frame() -> None:
    after, actions = weave(ASIDE_ASKED, TWO, LENGTHS, 9_000)
    layout = lay_out(TWO, VOICE, LENGTHS)
    assert after == Channel(Playing(7, layout, VOICE, LENGTHS, began=9_000), None, 7)
    assert actions == (Schedule(as_score(7, layout), 9_000, replaces=5),)


@pytest.mark.parametrize("channel", [FREE, PREPARING, HUSHING])
def test_there_is_nothing_to_weave_into_but_what_plays(channel: Channel) -> None:
    with pytest.raises(AssertionError, match=r"^there is nothing to weave into$"):
        weave(channel, TWO, LENGTHS, 0)


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("id", [0, 3, 4, 7, 99])
def test_an_unknown_id_is_ignored_in_every_state(name: str, id: int) -> None:
    channel = STATES[name]
    assert on_ready(channel, Ready(id, (1_000,))) == (channel, ())
    assert on_played(channel, Played(id, 0, None, 5)) == channel
    assert on_ended(channel, id) == (channel, False)
    assert on_silenced(channel, Silenced(id, 5, 0)) == (channel, None)


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
    assert (on_ready(channel, Ready(5, (1_000,))) != (channel, ())) is ("ready" in answers)
    assert (on_played(channel, Played(5, 0, None, 5)) != channel) is ("played" in answers)
    assert on_ended(channel, 5)[1] is ("ended" in answers)
    assert (on_silenced(channel, Silenced(5, 5, 0))[1] is not None) is ("silenced" in answers)


def test_only_a_free_channel_is_quiet() -> None:
    assert [name for name, channel in STATES.items() if channel.quiet] == ["free"]


# -- whatever the order ---------------------------------------------------------------------------------

DOES = st.sampled_from(["begin", "whisper", "hush", "drop", "answer", "end"])


@given(st.lists(DOES, max_size=30))
def test_every_silence_is_answered_once_and_it_is_free_in_the_end(does: list[str]) -> None:
    channel, answers, cuts, silences, ids = Channel(), deque[Ready | Silenced](), 0, 0, list[int]()

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
                channel, actions = on_ready(channel, ready)
                perform(actions)
            case Silenced() as silenced:
                channel, cut = on_silenced(channel, silenced)
                cuts += cut is not None
                assert on_silenced(channel, silenced) == (channel, None), "one silence was answered twice"

    for do in does:
        match do:
            case "begin" if not isinstance(channel.now, Playing | Hushing):
                channel, actions = begin(channel, TWO, VOICE)
                perform(actions)
            case "whisper" if not isinstance(channel.now, Hushing):
                channel, actions = whisper(channel, "aside", VOICE)
                perform(actions)
            case "hush":
                channel, actions = hush(channel)
                perform(actions)
            case "drop":
                channel, _ = drop(channel)
            case "answer" if answers:
                take()
            case "end" if isinstance(channel.now, Playing):
                channel, ended = on_ended(channel, channel.now.id)
                assert ended
                if channel.aside is not None:  # as the machine does: the words came too late to be woven in
                    channel, actions = begin(channel, (), VOICE)
                    perform(actions)
            case _:
                pass
        assert len(ids) == len(set(ids)), "an id was given twice"
        assert channel.aside is None or isinstance(channel.now, Playing)
    while answers:
        take()
    assert cuts == silences
    assert not isinstance(channel.now, Preparing | Hushing), "it waits for an answer that came"
