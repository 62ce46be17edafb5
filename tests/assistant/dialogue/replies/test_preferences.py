"""How Limber speaks and counts: changed within limits, confirmed in a few words, and undone."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.dialogue.actions import Save, SetVolume
from assistant.dialogue.machine import step
from assistant.dialogue.state import Changeable, Conversation
from assistant.settings import (
    DEEPEST_PITCH,
    FASTEST_WPM,
    HIGHEST_PITCH,
    LOUDEST_DB,
    QUIETEST_DB,
    SLOWEST_WPM,
    Settings,
)
from assistant.states import State
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    ALL_AWAKE,
    AWAKE,
    SCENES,
    Row,
    aside,
    holding,
    observed,
    rows,
    standing,
)
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

LAST = Settings(counting="last three")
ROWS = [
    *rows(Intent.SPEAK_FASTER, ALL_AWAKE, aside(script.FASTER, settings=Settings(words_per_minute=170))),
    *rows(Intent.SPEAK_SLOWER, ALL_AWAKE, aside(script.SLOWER, settings=Settings(words_per_minute=130))),
    *rows(Intent.LOUDER, ALL_AWAKE, aside(script.LOUDER, settings=Settings(volume=6.0))),
    *rows(Intent.QUIETER, ALL_AWAKE, aside(script.QUIETER, settings=Settings(volume=-6.0))),
    *rows(Intent.HIGHER_VOICE, AWAKE, aside(script.HIGHER, settings=Settings(pitch=70))),
    *rows(Intent.DEEPER_VOICE, AWAKE, aside(script.DEEPER, settings=Settings(pitch=30))),
    *rows(Intent.SETTINGS, AWAKE, aside("I speak as usual, and count aloud. You have named no emergency number.")),
    *rows(Intent.COUNT_ALOUD, AWAKE, aside(script.COUNTING_ALOUD)),
    *rows(Intent.COUNT_SILENTLY, AWAKE, aside(script.COUNTING_SILENTLY, settings=Settings(counting="silence"))),
    *rows(Intent.CHANGE_SETTING, AWAKE, aside("I say the last three counts.", settings=LAST), to="last_three"),
    *rows(Intent.UNDO, ALL_AWAKE, aside(script.NOTHING_TO_UNDO)),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_how_it_speaks(row: Row) -> None:
    assert row.seen == row.effect


@pytest.mark.parametrize(
    ("intent", "settings", "words"),
    [
        (Intent.SPEAK_FASTER, Settings(words_per_minute=FASTEST_WPM), script.AS_FAST),
        (Intent.SPEAK_SLOWER, Settings(words_per_minute=SLOWEST_WPM), script.AS_SLOW),
        (Intent.HIGHER_VOICE, Settings(pitch=HIGHEST_PITCH), script.AS_HIGH),
        (Intent.DEEPER_VOICE, Settings(pitch=DEEPEST_PITCH), script.AS_DEEP),
        (Intent.LOUDER, Settings(volume=LOUDEST_DB), script.AS_LOUD),
        (Intent.QUIETER, Settings(volume=QUIETEST_DB), script.AS_QUIET),
        (Intent.COUNT_SILENTLY, Settings(counting="silence"), script.COUNTING_SILENTLY),
    ],
)
def test_at_its_limit_it_says_so_and_changes_nothing(intent: Intent, settings: Settings, words: str) -> None:
    conversation = Conversation(settings=settings)
    after, actions = step(conversation, said(intent), 0, GUIDANCE)
    assert after.settings == settings
    assert after.undoable is None
    assert not [action for action in actions if isinstance(action, SetVolume | Save)]
    assert Talk(conversation).say(intent).settle().spoken == [words]


def test_a_deeper_voice_speaks_from_then_on_in_the_slow_voice_too() -> None:
    settings = Settings(words_per_minute=170).pitched(-1)
    assert (settings.usual_voice.pitch, settings.usual_voice.words_per_minute) == (30, 170)
    assert (settings.slow_voice.pitch, settings.slow_voice.words_per_minute) == (30, 130)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(), "I speak as usual, and count aloud. You have named no emergency number."),
        (
            Settings(130, pitch=70, volume=6.0, counting="silence", emergency_number="112"),
            "I speak slower, louder and higher than usual, and count silently. Your emergency number is one, one, two.",
        ),
        (
            Settings(170, emergency_number="999"),
            "I speak faster than usual, and count aloud. Your emergency number is nine, nine, nine.",
        ),
    ],
)
def test_the_settings_are_told(settings: Settings, told: str) -> None:
    assert Talk(Conversation(settings=settings)).say(Intent.SETTINGS).settle().spoken == [told]


def test_counting_aloud_is_brought_back_by_its_own_words() -> None:
    talk = Talk(Conversation(settings=Settings(counting="silence"))).say(Intent.COUNT_ALOUD).settle()
    assert talk.conversation.settings == Settings()
    assert talk.spoken == [script.COUNTING_ALOUD]


@pytest.mark.parametrize(
    ("intent", "volume"),
    [(Intent.LOUDER, 6.0), (Intent.QUIETER, -6.0), (Intent.SPEAK_FASTER, 0.0), (Intent.COUNT_SILENTLY, 0.0)],
)
def test_the_mixer_is_told_and_the_change_is_kept(intent: Intent, volume: float) -> None:
    after, actions = step(Conversation(), said(intent), 0, GUIDANCE)
    assert [action for action in actions if isinstance(action, SetVolume)] == [SetVolume(volume)]
    assert [action.kept.settings for action in actions if isinstance(action, Save)] == [after.settings]
    assert after.undoable == Changeable(Settings(), None)


def test_in_a_session_an_undo_knows_the_session_too() -> None:
    conversation, now = standing("holding")
    after, _ = step(conversation, said(Intent.LOUDER, now), now, GUIDANCE)
    assert after.undoable == Changeable(Settings(), conversation.session)


def test_undo_brings_back_the_last_change_alone_and_once() -> None:
    talk = Talk().say(Intent.LOUDER).settle().say(Intent.SPEAK_FASTER).settle()
    effect = observed(talk, lambda talk: talk.say(Intent.UNDO))
    assert effect.said == (script.CHANGED_BACK,)
    assert effect.settings == Settings(volume=6.0)
    assert observed(talk, lambda talk: talk.say(Intent.UNDO)).said == (script.NOTHING_TO_UNDO,)
    assert talk.conversation.settings == Settings(volume=6.0)


def test_undo_makes_it_as_loud_as_before_at_once() -> None:
    louder, _ = step(Conversation(), said(Intent.LOUDER), 0, GUIDANCE)
    _, actions = step(louder, said(Intent.UNDO), 0, GUIDANCE)
    assert SetVolume(0.0) in actions


def test_undo_brings_back_the_dose_and_keeps_the_place() -> None:
    talk = holding().say(Intent.LONGER).until(State.RESTING).wait(0.3)
    talk.until(State.INSTRUCTING).wait(0.2)
    place = talk.conversation.session and talk.conversation.session.place
    effect = observed(talk, lambda talk: talk.say(Intent.UNDO))
    assert effect.said[0] == script.CHANGED_BACK
    assert effect.dose == (15, 2)
    assert effect.place is None
    assert place is not None
    assert place.part == 1


@pytest.mark.parametrize(("other", "doses"), [("quick", (15, 2)), ("gentle", (4, 5))])
def test_undo_leaves_the_doses_of_another_session_alone(other: str, doses: tuple[int, int]) -> None:
    talk = holding().say(Intent.LONGER).wait(3)
    before = talk.conversation.undoable
    talk.say(Intent.STOP).settle().say(Intent.START_ROUTINE, routine=other).wait(0.5)
    assert talk.conversation.undoable == before
    talk.say(Intent.UNDO).wait(0.5)
    session = talk.conversation.session
    assert session is not None
    assert (session.dose.seconds, session.dose.repetitions) == doses
    assert session.routine == other


def test_nothing_that_was_set_is_forgotten_with_what_came_later() -> None:
    quiet = Settings(volume=-12.0, words_per_minute=110)
    talk = Talk(Conversation(settings=quiet)).say(Intent.COUNT_SILENTLY).settle()
    assert talk.conversation.settings == replace(quiet, counting="silence")


def test_what_was_refused_is_no_change_to_take_back() -> None:
    talk = holding()
    for _ in range(3):
        talk.say(Intent.HOLD_FOR, seconds="500").wait(0.5)
    most = talk.conversation.undoable
    assert most is not None
    assert most.session is not None
    assert most.session.dose.seconds == 15, "the last change that was one"
    talk = SCENES["last"]().say(Intent.LONGER).wait(3)
    assert talk.conversation.undoable is None, "its breaths are as long as they can be"
    said = len(talk.spoken)
    talk.say(Intent.UNDO).wait(4)
    assert script.NOTHING_TO_UNDO in talk.spoken[said:]


def test_an_undo_that_would_change_nothing_says_so() -> None:
    talk = Talk().say(Intent.LOUDER).settle().say(Intent.QUIETER).settle()
    talk.say(Intent.UNDO).settle()
    assert talk.spoken[-1] == script.CHANGED_BACK
    talk = holding().say(Intent.LONGER).wait(2).say(Intent.NEXT).wait(1).say(Intent.STOP).settle()
    talk.say(Intent.START_MOVEMENT, movement="slow_breathing").wait(3).say(Intent.UNDO).wait(4)
    assert script.CHANGED_BACK not in talk.spoken
