"""Words beside what plays: woven in at an exact frame, before the rest where nothing is counted, or after its end."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.coaching.holds import count_beats, place_plan, spoken_over
from assistant.coaching.plan import Beat, Say, as_score, beats_ahead, between_words, lay_out, rest_of, sounds
from assistant.coaching.session import SessionPlace
from assistant.dialogue.actions import Action, Prepare, Schedule, Silence
from assistant.dialogue.events import Ended, Ready
from assistant.dialogue.machine import step
from assistant.dialogue.output import Aside, Playing, Preparing, Silencing
from assistant.dialogue.parts.announced import ThenGoOn
from assistant.dialogue.state import Conversation
from assistant.dialogue.transitions import ASIDE_LEAD
from assistant.states import State
from audio.frames import FRAMES_PER_SECOND, Frame, frames
from audio.tts.silent import SilentVoice
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import SCENES, standing
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE

pytestmark = pytest.mark.unit

WORDS = "13 seconds left."


def asked(scene: str, intent: Intent, **slots: str) -> tuple[Conversation, Frame, Aside, Playing]:
    """Something was asked in a scene; the words of the answer are not prepared yet."""
    conversation, now = standing(scene)
    after, actions = step(conversation, said(intent, now, **slots), now, GUIDANCE)
    aside, playing = after.output.aside, after.output.now
    assert aside is not None
    assert isinstance(playing, Playing)
    assert Prepare(aside.id, aside.sounds) in actions
    return after, now, aside, playing


def ready(conversation: Conversation, aside: Aside, now: Frame) -> tuple[Conversation, tuple[Action, ...]]:
    """The words are prepared."""
    return step(conversation, Ready(aside.id, SilentVoice().prepare(aside.sounds)), now, GUIDANCE)


@pytest.mark.parametrize("later", [0, 4_800, FRAMES_PER_SECOND])
@pytest.mark.parametrize(
    ("intent", "words"),
    [(Intent.HOW_LONG, WORDS), (Intent.HOW_FAR, GUIDANCE.movements["neck_rotation"].how_far)],
)
def test_in_a_hold_they_take_over_between_two_words_and_move_no_count(later: Frame, intent: Intent, words: str) -> None:
    conversation, now, aside, playing = asked("holding", intent)
    assert aside.words == words
    now += later
    after, actions = ready(conversation, aside, now)
    assert playing.began is not None
    cut = between_words(playing.layout, now - playing.began + ASIDE_LEAD)
    assert cut >= now - playing.began + frames(0.25)
    woven = after.output.now
    assert isinstance(woven, Playing)
    assert actions == (Schedule(as_score(woven.id, woven.layout), playing.began + cut, replaces=playing.id),)
    assert woven.id == aside.id + 1
    assert woven.began == playing.began + cut
    assert after.output.aside is None
    plan = tuple(placed.item for placed in woven.layout)
    length = SilentVoice().prepare(aside.sounds)[0]
    assert plan == spoken_over(rest_of(playing.layout, cut), words, length)
    assert after.awaiting is None


def test_what_is_woven_is_counted_as_it_is_set_by_then() -> None:
    conversation, now, aside, _ = asked("holding", Intent.HOLD_FOR, seconds="20")
    after, _ = ready(conversation, aside, now)
    assert isinstance(after.output.now, Playing)
    row = beats_ahead([placed.item for placed in after.output.now.layout])
    assert [beat.word for beat in row][-3:] == ["18", "19", "20"]


def test_with_the_words_every_count_is_at_hand_in_a_hold_and_nothing_else_elsewhere() -> None:
    conversation, _, aside, playing = asked("holding", Intent.HOW_LONG)
    assert conversation.session is not None
    assert aside.sounds == sounds((Say(WORDS), *count_beats(1, 15, "words"), Beat(1, beeps=True)), playing.voice)
    _, _, aside, playing = asked("instructing", Intent.HOW_LONG)
    assert aside.sounds == sounds((Say("15 seconds each."),), playing.voice)


def test_between_exercises_they_are_said_before_the_rest() -> None:
    conversation, now, aside, playing = asked("instructing", Intent.HOW_LONG)
    after, actions = ready(conversation, aside, now)
    assert actions == (Silence(playing.id),)
    assert after.output == replace(after.output, now=Silencing(playing.id, playing.layout), aside=None)
    assert after.awaiting == ThenGoOn("15 seconds each.")


def test_over_the_repetitions_of_a_paced_movement_they_are_woven_in() -> None:
    talk = SCENES["instructing"]().say(Intent.NEXT).until(State.HOLDING).wait(1)
    after, _ = step(talk.conversation, said(Intent.LOUDER, talk.now), talk.now, GUIDANCE)
    assert after.output.aside is not None
    woven, actions = ready(after, after.output.aside, talk.now)
    assert isinstance(woven.output.now, Playing)
    assert [type(action) for action in actions] == [Schedule]
    row = beats_ahead([placed.item for placed in woven.output.now.layout])
    assert sum(beat.over == script.LOUDER for beat in row) == 1


def test_words_that_come_after_the_end_open_the_next_plan() -> None:
    conversation, now, aside, playing = asked("holding", Intent.HOW_LONG)
    after, actions = step(conversation, Ended(playing.id, now), now, GUIDANCE)
    mouth = after.output.now
    assert isinstance(mouth, Preparing)
    assert after.session is not None
    assert mouth.plan == (Say(WORDS), *place_plan(after.session, "words"))
    assert after.session.place == SessionPlace(0, 1, 1)
    assert [action.id for action in actions if isinstance(action, Prepare)][-1] == mouth.id
    assert ready(after, aside, now) == (after, ()), "the words that came late are not said again"


def test_words_that_come_after_the_end_of_a_topic_are_said_alone() -> None:
    talk = SCENES["idle"]().say(Intent.CAUSES).wait(1)
    conversation, _ = step(talk.conversation, said(Intent.LOUDER, talk.now), talk.now, GUIDANCE)
    playing = conversation.output.now
    assert isinstance(playing, Playing)
    after, _ = step(conversation, Ended(playing.id, talk.now), talk.now, GUIDANCE)
    assert isinstance(after.output.now, Preparing)
    assert after.output.now.plan == (Say(script.LOUDER),)
    assert after.output.now.voice == conversation.settings.usual_voice


def test_an_answer_is_not_woven_into_what_was_silenced_meanwhile() -> None:
    conversation, now, aside, _ = asked("holding", Intent.HOW_LONG)
    falling, _ = step(conversation, said(Intent.STOP, now), now, GUIDANCE)
    assert ready(falling, aside, now) == (falling, ())


def test_what_is_asked_before_a_plan_sounds_comes_before_it() -> None:
    conversation, now = standing("offering")
    begun, _ = step(conversation, said(Intent.YES, now), now, GUIDANCE)
    after, _ = step(begun, said(Intent.LOUDER, now), now, GUIDANCE)
    assert isinstance(begun.output.now, Preparing)
    assert isinstance(after.output.now, Preparing)
    assert after.output.now.plan == (Say(script.LOUDER), *begun.output.now.plan)
    needed = sounds(after.output.now.plan, after.output.now.voice)
    playing, _ = step(after, Ready(after.output.now.id, SilentVoice().prepare(needed)), now, GUIDANCE)
    assert isinstance(playing.output.now, Playing)
    assert playing.output.now.layout == lay_out(
        after.output.now.plan, after.settings.usual_voice, playing.output.now.lengths
    )
