"""What may be said next is rendered ahead: each state has its own lines, the likeliest first."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.coaching.holds import place_plan
from assistant.coaching.introduction import Introduction
from assistant.coaching.outline import offer_line
from assistant.coaching.plan import Plan, Say, sounds
from assistant.coaching.session import SessionPlace, routine_session, session_at
from assistant.dialogue.parts.modes import Coaching, Paused, Topic
from assistant.dialogue.prefetch import likely_sounds
from assistant.dialogue.state import Conversation
from assistant.script import safety_lines, stretching
from assistant.settings import Settings
from assistant.states import State
from audio.score import Sound, Speech
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import QUICK_PLAN, begun, standing, state_in
from tests.assistant.dialogue.talk import GUIDANCE

pytestmark = pytest.mark.unit

HELPS = GUIDANCE.topics["what_helps"].bites[0].say
OFFER = offer_line(routine_session(GUIDANCE, "quick"))
SCREENING = GUIDANCE.screening
QUICK = routine_session(GUIDANCE, "quick")


def lines(*texts: str) -> Plan:
    return tuple(Say(text) for text in texts)


def anywhere(state: State) -> Plan:
    """What can be said in a state whatever comes."""
    return tuple(Say(line) for line in (script.choices(state), script.help_in(state)) if "{" not in line)


STARTS = place_plan(QUICK, "words", Introduction(QUICK_PLAN, GUIDANCE.careful, begins=True))
OFFERED = place_plan(QUICK, "words", Introduction(None, GUIDANCE.careful, begins=True))
FROM_REST = place_plan(QUICK, "words")
HELD = session_at(QUICK, SessionPlace(0, 1, 1))


@pytest.mark.parametrize(
    ("scene", "plan"),
    [
        ("idle", (*lines(HELPS, SCREENING.question), *FROM_REST)),
        ("topic", lines(GUIDANCE.topics["causes"].bites[1].say, script.NO_MORE)),
        ("screening", (*STARTS, *lines(SCREENING.again, safety_lines.WHICH_SIGN))),
        ("screening for help", lines(OFFER, SCREENING.again, safety_lines.WHICH_SIGN)),
        ("offering", (*lines(SCREENING.question), *OFFERED)),
        (
            "holding",
            (*lines(script.LET_GO, script.SESSION_OVER, script.HURT), *place_plan(HELD, "words")),
        ),
        ("paused", lines(script.GOING_ON, "Head to the right again.", script.SESSION_OVER)),
        ("paused topic", (*lines(HELPS, SCREENING.question), *FROM_REST)),
        ("hurt", ()),
        ("ended", lines(stretching.FELT_BETTER, stretching.FELT_SAME, GUIDANCE.professional_once)),
        ("asked", ()),
        ("emergency", ()),
        ("asleep", ()),
        ("muted", ()),
    ],
)
def test_what_is_likely_said_next_is_prepared(scene: str, plan: Plan) -> None:
    conversation, _ = standing(scene)
    said = tuple(Say(line) for line in conversation.last_lines)
    voice = conversation.settings.usual_voice
    assert likely_sounds(conversation, GUIDANCE) == sounds((*plan, *anywhere(state_in(scene)), *said), voice)


def test_after_the_last_hold_the_end_is_likely() -> None:
    talk = begun().say(Intent.NEXT).wait(0.1).say(Intent.NEXT).wait(0.1)
    session = talk.conversation.session
    assert session is not None
    last = replace(session, place=SessionPlace(2, 4, 1))
    prepared = likely_sounds(replace(talk.conversation, session=last), GUIDANCE)
    assert [sound.text for sound in prepared[:4] if isinstance(sound, Speech)] == [
        script.LET_GO,
        script.SESSION_OVER,
        script.HURT,
        stretching.SESSION_DONE,
    ]


def test_the_last_bite_is_followed_by_no_other() -> None:
    at_end = Conversation(mode=Topic("causes", len(GUIDANCE.topics["causes"].bites)))
    first = likely_sounds(at_end, GUIDANCE)[0]
    assert first == speech(script.NO_MORE)


@pytest.mark.parametrize("mode", [Coaching(), Paused(Coaching(), ())])
def test_without_a_session_it_is_as_at_rest(mode: Coaching | Paused) -> None:
    prepared = likely_sounds(Conversation(mode=mode), GUIDANCE)
    assert prepared[:2] == (speech(HELPS), speech(SCREENING.question))


def test_it_is_prepared_as_it_will_be_said() -> None:
    settings = Settings(counting="silence", words_per_minute=110)
    prepared = likely_sounds(Conversation(settings=settings), GUIDANCE)
    assert prepared == sounds(
        (*lines(HELPS, SCREENING.question), *place_plan(QUICK, "silence"), *anywhere(State.IDLE)), settings.usual_voice
    )


def test_what_is_filled_in_later_is_not_prepared() -> None:
    conversation = Conversation(last_lines=("Call {emergency} now.", "", "Sit down."))
    prepared = likely_sounds(conversation, GUIDANCE)
    assert prepared[-1] == speech("Sit down.")
    assert all(isinstance(sound, Speech) and sound.text and "{" not in sound.text for sound in prepared)


def speech(text: str) -> Sound:
    return Speech(text, Settings().usual_voice)
