"""What is done with what was heard before a reply is: late, unsure, doubted, deferred, or not understood at all."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.dialogue.actions import Note, Signal
from assistant.dialogue.events import Heard
from assistant.dialogue.machine import step
from assistant.dialogue.misses import MISSES_ANSWERED
from assistant.dialogue.parts.announced import ThenPause
from assistant.dialogue.parts.modes import Asleep, Idle, Screening
from assistant.dialogue.screening import answers_screening
from assistant.dialogue.state import Conversation, valid_now
from assistant.dialogue.what_was_heard import NEVER_DEFERRED
from assistant.operating_points import SCREENING_NO_AT
from assistant.script import answering, safety_lines
from assistant.states import ALWAYS, VALID, State
from assistant.timeline import entries
from audio.frames import Frame
from intents.grammar.graph_cache import coach_graph
from intents.guesses import Guesser
from intents.model import OFFERED_INTENTS, Intent, Reading
from intents.offers import likely_sentences
from tests import loaded
from tests.assistant.dialogue.replies.effects import ALL_AWAKE, SCENES, begun, holding, standing
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

QUESTION, AGAIN = GUIDANCE.screening.question, GUIDANCE.screening.again


def missed(talk: Talk) -> list[str]:
    """Why what was heard was not taken."""
    return [entry.reason for _, entry in talk.noted(entries.NotUnderstood)]


def taken(talk: Talk) -> list[str]:
    """The intents that took effect."""
    return [entry.intent for _, entry in talk.noted(entries.IntentTaken)]


def hear(
    talk: Talk, intent: Intent | None, text: str, confidence: float = 1.0, needs_confirmation: bool = False
) -> Talk:
    """Somebody says this now, more or less clearly."""
    talk.take(Heard(Reading(text, intent, {}, confidence, needs_confirmation), talk.now, talk.now))
    return talk


def test_what_took_effect_is_noted_as_it_was_said() -> None:
    reading = Reading("make it twelve", Intent.HOLD_FOR, {"seconds": "12"}, 0.98765)
    conversation, now = standing("holding")
    _, actions = step(conversation, Heard(reading, now - 24_000, now - 4_800), now, GUIDANCE)
    began, until = (now - 24_000) / 48_000, (now - 4_800) / 48_000
    heard = entries.IntentTaken("make it twelve", "HoldFor", {"seconds": "12"}, 0.988, began, until)
    assert actions[0] == Note(now, heard)


# -- late -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("early", [0, 1])
def test_an_answer_begun_before_its_question_is_none(early: Frame) -> None:
    talk = Talk().wait(5).say(Intent.START_ROUTINE)
    asked = talk.now
    talk.wait(0.5)
    talk.take(replace(said(Intent.NO, talk.now), began=asked - early))
    assert missed(talk) == ["late"] * early
    assert isinstance(talk.wait(0.1).conversation.mode, Screening) is bool(early)


def test_a_next_begun_in_the_movement_before_is_late() -> None:
    talk = begun().until(State.HOLDING)
    began = talk.now
    talk.say(Intent.NEXT).wait(0.1).until(State.HOLDING)
    talk.take(said(Intent.NEXT, began))
    assert missed(talk) == ["late"]
    assert [entry.name for _, entry in talk.wait(0.1).noted(entries.EarconPlayed)][-1] == "not_understood"


@pytest.mark.parametrize("intent", sorted(ALWAYS - {Intent.RED_FLAG}))
def test_what_is_always_heard_outlives_the_state_it_was_begun_in(intent: Intent) -> None:
    conversation, now = standing("holding")
    _, actions = step(conversation, replace(said(intent, now), began=0), now, GUIDANCE)
    assert isinstance(actions[0], Note)
    assert isinstance(actions[0].entry, entries.IntentTaken)


def test_a_question_within_a_movement_is_no_new_one() -> None:
    talk = begun()
    since = talk.conversation.question_began
    talk.until(State.HOLDING).until(State.RESTING).wait(8).until(State.HOLDING)
    assert talk.conversation.question_began == since
    assert talk.say(Intent.NEXT).wait(0.1).conversation.question_began > since


# -- a no that lets a stretch begin ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "confidence", "clear"),
    [
        ("no", 1.0, True),
        ("no", SCREENING_NO_AT, True),
        ("no", SCREENING_NO_AT - 0.01, False),
        ("none of those", 1.0, True),
        ("no no", 1.0, True),
        ("no no no", 1.0, False),
        ("oh no", 1.0, False),
        ("ah no", 1.0, False),
        ("no oh", 1.0, True),
        ("oh no none of those", 1.0, True),
        ("not that I know of", 1.0, False),
        ("I do not know", 1.0, False),
        ("no idea", 1.0, False),
        *((f"no {hedge}", 1.0, False) for hedge in ("think", "guess", "suppose", "maybe", "probably", "hope")),
        *((f"no {hedge}", 1.0, False) for hedge in ("believe", "really", "sure")),
    ],
)
def test_a_no_to_the_screening_is_clear_or_asked_again(text: str, confidence: float, clear: bool) -> None:
    assert answers_screening(Reading(text, Intent.NO, {}, confidence)) is clear
    talk = hear(SCENES["screening"](), Intent.NO, text, confidence)
    assert missed(talk) == ([] if clear else ["unsure"])
    assert [entry.name for _, entry in talk.wait(0.2).noted(entries.EarconPlayed)][1:] == (
        [] if clear else ["not_understood"]
    )
    assert (talk.settle().spoken[-1] == AGAIN) is not clear
    assert bool(talk.noted(entries.SessionStarted)) is clear
    assert (talk.conversation.mode == standing("screening")[0].mode) is not clear


def test_elsewhere_a_no_need_not_be_so_clear() -> None:
    assert hear(SCENES["offering"](), Intent.NO, "no i guess", 0.3).settle().spoken[-1] == script.ALL_RIGHT


@pytest.mark.parametrize("intent", [Intent.RESUME, Intent.READY, Intent.MORE, Intent.NEXT, Intent.SKIP])
def test_nothing_but_a_no_begins_a_stretch(intent: Intent) -> None:
    assert not SCENES["screening"]().say(intent).settle().noted(entries.SessionStarted)


# -- not understood -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scene", "answer"),
    [
        ("idle", f"I heard wibble wobble. {answering.CANNOT} {script.choices(State.IDLE)}"),
        ("topic", f"I heard wibble wobble. {answering.CANNOT} {script.choices(State.TOPIC)}"),
        ("screening", AGAIN),
        ("screening the chest", safety_lines.YES_OR_NO_FIRST),
        ("offering", f"I heard wibble wobble. {answering.CANNOT} {script.choices(State.CONFIRMING)}"),
        ("instructing", None),
        ("holding", None),
        ("resting", None),
        ("paused", f"I heard wibble wobble. {answering.CANNOT} {script.choices(State.PAUSED)}"),
        ("asked", f"I heard wibble wobble. {answering.CANNOT} {script.SAY_NUMBER}"),
        ("emergency", "Call your emergency number now."),
        ("asleep", None),
        ("muted", None),
    ],
)
def test_what_means_nothing_is_answered_by_where_it_stands(scene: str, answer: str | None) -> None:
    talk = SCENES[scene]()
    before, lines = talk.state, len(talk.spoken)
    assert missed(talk.mumble()) == ["no intent"]
    assert before not in (State.IDLE, State.TOPIC, State.SCREENING) or talk.wait(8).state is before
    talk.wait(8)
    told = [line for line in talk.spoken[lines:] if not line.isdigit()]
    assert answer is None or told[:1] == [answer]
    assert not any("wibble" in line or answering.CANNOT in line for line in told[answer is not None :])


@pytest.mark.parametrize("text", ["", "  "])
def test_a_cough_is_noted_and_no_more(text: str) -> None:
    conversation, now = standing("topic")
    after, actions = step(conversation, Heard(Reading(text, None), now, now), now, GUIDANCE)
    assert after == conversation
    assert actions == (Note(now, entries.NotUnderstood(text, now / 48_000, now / 48_000, "no words")),)


def test_after_three_misses_it_is_silent_until_something_is_understood() -> None:
    talk = SCENES["paused"]()

    def answers() -> int:
        return len([line for line in talk.spoken if line.startswith("I heard")])

    for n in range(MISSES_ANSWERED + 2):
        talk.mumble().settle()
        assert answers() == min(n + 1, MISSES_ANSWERED - 1)
        assert talk.spoken.count(answering.I_AM_HERE) == (n + 1 >= MISSES_ANSWERED)
    talk.say(Intent.HELP).settle().mumble().settle()
    assert answers() == MISSES_ANSWERED


@pytest.mark.parametrize("scene", ["instructing", "holding", "resting"])
def test_in_a_stretch_what_means_nothing_gets_the_soft_sound(scene: str) -> None:
    talk = SCENES[scene]()
    begun_before = len(talk.begun)
    talk.mumble().wait(0.2)
    assert [entry.name for _, entry in talk.noted(entries.EarconPlayed)][-1] == "not_understood"
    assert not [each for each in talk.begun[begun_before:] if "wobble" in each.text]


def test_a_request_that_it_cannot_carry_out_gets_one_line_over_the_counts() -> None:
    talk = holding()
    counted = len(talk.counts)
    talk.take(Heard(Reading("put the lights on", None, asks=True), talk.now, talk.now))
    talk.until(State.RESTING)
    assert talk.spoken.count(answering.CANNOT_NOW) == 1
    assert len(talk.counts) == 15
    assert counted < 15


@pytest.mark.parametrize("remark", ["get down Rex, get down, good boy", "leave it alone, love", "put that down"])
def test_an_order_to_others_in_the_room_gets_the_soft_sound(remark: str) -> None:
    talk = holding()
    talk.take(Heard(Reading(remark, None, asks=True), talk.now, talk.now))
    talk.until(State.RESTING)
    assert answering.CANNOT_NOW not in talk.spoken


@pytest.mark.parametrize("awaiting", [True, False])
def test_what_means_nothing_while_it_falls_silent_is_not_answered(awaiting: bool) -> None:
    conversation, now = standing("idle")
    if awaiting:
        conversation, _ = step(conversation, said(Intent.STOP, now), now, GUIDANCE)
    after, _ = step(conversation, Heard(Reading("wibble", None), now, now), now, GUIDANCE)
    assert after.not_understood_in_a_row == (0 if awaiting else 1)


# -- doubted --------------------------------------------------------------------------------------------

ASKED = "Did you say next?"


def half(talk: Talk, intent: Intent = Intent.NEXT, text: str = "next") -> Talk:
    """Somebody says what may be this."""
    return hear(talk, intent, text, 0.4, needs_confirmation=True)


@pytest.mark.parametrize("scene", ["holding", "resting", "paused"])
def test_what_it_is_not_sure_of_it_asks_about_and_does_after_a_yes(scene: str) -> None:
    talk = half(SCENES[scene]())
    assert missed(talk) == ["unsure"]
    assert taken(talk)[-1] != "Next"
    assert ASKED in talk.wait(4).spoken
    talk.say(Intent.YES)
    assert taken(talk)[-1] == "Next"
    assert talk.conversation.to_confirm is None
    assert talk.settle().noted(entries.MovementBegun)[-1][1].name != "neck_rotation"


def test_a_no_drops_it_with_a_sound() -> None:
    talk = half(holding()).wait(2.5)
    earcons = len(talk.noted(entries.EarconPlayed))
    before = taken(talk)
    talk.say(Intent.NO).wait(0.2)
    assert [entry.name for _, entry in talk.noted(entries.EarconPlayed)][earcons:] == ["understood"]
    assert taken(talk.say(Intent.YES)) == before
    assert talk.state is State.HOLDING


def test_another_request_takes_its_place() -> None:
    talk = half(holding()).wait(2.5).say(Intent.PAUSE).wait(2)
    assert taken(talk)[-1] == "Pause"
    assert talk.say(Intent.YES).state is State.PAUSED


def test_a_cough_does_not_take_its_place() -> None:
    talk = half(holding()).wait(2.5).mumble("")
    assert taken(talk.say(Intent.YES))[-1] == "Next"


def test_while_it_is_asked_yes_and_no_are_listened_for() -> None:
    talk = half(holding())
    assert {Intent.YES, Intent.NO} <= valid_now(talk.conversation)
    assert not {Intent.YES, Intent.NO} & valid_now(holding().conversation)


def test_a_no_to_it_does_not_answer_the_screening_question() -> None:
    talk = half(SCENES["screening"](), Intent.HELP, "help").wait(2).say(Intent.NO).wait(2)
    assert talk.state is State.SCREENING
    assert not talk.noted(entries.SessionStarted)


def test_a_doubted_intent_that_is_not_valid_is_not_understood() -> None:
    talk = half(SCENES["idle"]()).settle()
    assert talk.spoken == [script.NOTHING_RUNNING]
    assert talk.conversation.to_confirm is None


def test_it_asks_no_more_than_three_times_in_a_row() -> None:
    talk = holding()
    for _ in range(MISSES_ANSWERED + 2):
        half(talk).wait(3.5)
    assert talk.settle().spoken.count(ASKED) == MISSES_ANSWERED


@pytest.mark.parametrize("mode", [Asleep(), Idle()])
def test_asleep_it_asks_nothing(mode: Asleep | Idle) -> None:
    talk = half(Talk(Conversation(mode=mode)), Intent.HELP, "help").settle()
    assert talk.spoken == ([] if isinstance(mode, Asleep) else ["Did you say help?"])


# -- while it falls silent ------------------------------------------------------------------------------


@pytest.mark.parametrize("intent", sorted(valid_now(standing("paused")[0])))
def test_while_it_falls_silent_only_what_is_urgent_does_not_wait(intent: Intent) -> None:
    conversation, now = standing("holding")
    falling, _ = step(conversation, said(Intent.PAUSE, now), now, GUIDANCE)
    assert falling.awaiting == ThenPause("voice", script.LET_GO)
    heard = said(intent, now, **({"flag": "chest"} if intent is Intent.RED_FLAG else {}))
    after, actions = step(falling, heard, now, GUIDANCE)
    assert after.deferred == (() if intent in NEVER_DEFERRED else (heard,))
    assert bool(actions) is (intent in NEVER_DEFERRED)


def test_a_go_on_said_while_it_falls_silent_resumes() -> None:
    talk = holding().say(Intent.PAUSE).say(Intent.RESUME).wait(0.3)
    assert talk.state is not State.PAUSED
    assert talk.conversation.deferred == ()
    assert talk.until(State.RESTING).counts == list(range(1, 16))
    assert len(talk.noted(entries.SessionPaused)) == len(talk.noted(entries.SessionResumed)) == 1


def test_what_is_said_while_it_falls_silent_answers_what_was_asked_before() -> None:
    talk = holding().say(Intent.PAUSE)
    falling = talk.now
    talk.say(Intent.RESUME).say(Intent.LOUDER).wait(0.4)
    assert missed(talk) == []
    assert taken(talk)[-3:] == ["Pause", "Resume", "Louder"]
    assert talk.conversation.question_began >= falling


@pytest.mark.parametrize("scene", ALL_AWAKE)
def test_a_stop_asks_for_silence_at_once_and_is_noted_once(scene: str) -> None:
    conversation, now = standing(scene)
    after, actions = step(conversation, said(Intent.STOP, now), now, GUIDANCE)
    assert after.awaiting is not None
    assert not [action for action in actions if isinstance(action, Signal) and action.name != "understood"]
    talk = SCENES[scene]()
    before = len(talk.noted(entries.SessionStopped))
    assert len(talk.say(Intent.STOP).say(Intent.STOP).settle().noted(entries.SessionStopped)) == before + 1


def test_a_second_urgent_word_takes_the_place_of_the_first() -> None:
    talk = holding().say(Intent.PAUSE).say(Intent.STOP).settle()
    assert talk.state is State.IDLE
    assert not talk.noted(entries.SessionPaused)
    assert len(talk.noted(entries.SessionStopped)) == 1


def test_misheard_twice_the_two_likeliest_are_offered_and_are_understood() -> None:
    talk = Talk()
    words = "something with the blades of shoulders or so plonk".split()
    likely = likely_sentences(coach_graph(), Guesser(coach_graph(), None), words, VALID[State.IDLE])
    for answer in (
        "I heard wibble. I can't help with that. Say what helps, or start stretching.",
        f"I heard wibble. I can't help with that. Say {likely[0]}, or {likely[1]}.",
    ):
        talk.take(Heard(Reading("wibble", None, likely=likely), talk.mixer.frame, talk.mixer.frame))
        assert talk.settle().spoken[-1] == answer
    assert "shoulder blade squeeze" in likely
    for sentence in likely:
        assert loaded.coach().read(sentence, VALID[State.IDLE]).confidence == 1


@pytest.mark.parametrize(
    "text", ["I would stop all this chesty business or what", "help the dying plant", "yes and no"]
)
def test_what_is_offered_ends_nothing_and_raises_no_alarm(text: str) -> None:
    likely = likely_sentences(coach_graph(), Guesser(coach_graph(), None), text.lower().split(), VALID[State.IDLE])
    assert {loaded.coach().read(each).intent for each in likely} <= OFFERED_INTENTS
