"""Calls for help, self-harm, false alarms, signs that stay or pass, and what an emergency answers, in every scene."""

import pytest

from assistant import script
from assistant.guidance.checks import CALL_NOW
from assistant.script import safety_lines
from assistant.settings import Settings
from assistant.states import EXERCISE, State
from assistant.timeline.entries import Entry, RedFlagRaised, SessionEnded
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    ALL_AWAKE,
    AWAKE,
    NUMBER,
    OUTSIDE,
    PAUSES,
    SESSION,
    Effect,
    Row,
    aside,
    rows,
    state_in,
)
from tests.assistant.dialogue.replies.test_flow import DENIED, filled, given_up, in_session
from tests.assistant.dialogue.talk import GUIDANCE

pytestmark = pytest.mark.unit

CHEST_QUESTION = GUIDANCE.signs["spreading_pain"].question or ""
ASLEEP = ("asleep", "muted", "muted session")
NUMBER_TOLD = Effect(
    ("One, one, two. Call it now.",), State.EMERGENCY, (), None, None, Settings(emergency_number="112")
)


def emergency(*lines: str) -> Effect:
    """Lines in an emergency, which stays."""
    return Effect(filled(lines), State.EMERGENCY)


REFUSED = emergency(safety_lines.NOT_NOW, CALL_NOW)


def called(scene: str) -> Effect:
    """A call for help: the number first."""
    noted = (RedFlagRaised("call_for_help", "CallForHelp"), *given_up(scene))
    return Effect(filled(GUIDANCE.call_for_help), State.EMERGENCY, noted)


def harmed(scene: str) -> Effect:
    """Words of self-harm: the session is over; in an emergency that stays."""
    ended = (SessionEnded(False),) if in_session(scene) else ()
    noted = (RedFlagRaised("self_harm", "SelfHarm"), *given_up(scene), *ended)
    state = State.EMERGENCY if scene == "emergency" else State.IDLE
    return Effect(filled(GUIDANCE.self_harm), state, noted)


def radiates(scene: str) -> Effect:
    """Pain that spreads: one question; in a session it lets go first."""
    if scene == "screening the chest":
        return Effect(advice_on_spreading(), State.EMERGENCY, (RedFlagRaised("chest", "Radiates"),))
    if in_session(scene):
        return Effect((script.LET_GO_NOW, CHEST_QUESTION), State.SCREENING, given_up(scene))
    return Effect((CHEST_QUESTION,), State.SCREENING)


def advice_on_spreading() -> tuple[str, ...]:
    """The advice on pain that spreads, with pressure in the chest."""
    return filled(GUIDANCE.advice_on("chest", "spreading_pain"))


def complaint(scene: str) -> Effect:
    """A complaint where nothing was reported: whom to ask, and what can be done here."""
    state = state_in(scene)
    return Effect((safety_lines.STILL_BAD, script.choices(state)), state)


def let_go(scene: str) -> Effect:
    """It lets go, and asks how to go on."""
    return Effect((script.HURT,), State.CONFIRMING, given_up(scene))


def still_bad_after(noted: tuple[Entry, ...], sign: str) -> Effect:
    """The session is over, and a doctor is to be seen."""
    lines = tuple(line.replace("{sign}", sign) for line in GUIDANCE.still_there)
    return Effect(filled(lines), State.IDLE, noted)


ROWS = [
    *rows(Intent.CALL_FOR_HELP, (*ALL_AWAKE, *ASLEEP), called),
    *rows(Intent.SELF_HARM, (*ALL_AWAKE, *ASLEEP), harmed),
    *rows(Intent.RADIATES, AWAKE, radiates),
    # It was nothing, or help is on its way; outside an emergency.
    *rows(Intent.FALSE_ALARM, SESSION, aside(script.CARRYING_ON)),
    *rows(Intent.FALSE_ALARM, ("hurt",), Effect((safety_lines.GOOD_CHOICES,), State.CONFIRMING)),
    *rows(Intent.FALSE_ALARM, ("screening the chest",), DENIED),
    *rows(Intent.FALSE_ALARM, ("asked",), aside(script.SAY_NUMBER)),
    *rows(
        Intent.FALSE_ALARM,
        (*(s for s in OUTSIDE if s not in ("asked", "screening the chest")), *PAUSES),
        aside(script.choices),
    ),
    *rows(Intent.HELP_COMING, AWAKE, aside(safety_lines.GLAD)),
    # A sign that came with a stretch, and stays or has gone.
    *rows(Intent.STILL_BAD, (*SESSION, "paused"), let_go),
    *rows(Intent.STILL_BAD, ("hurt",), still_bad_after((SessionEnded(False),), safety_lines.PAIN_THAT_STAYS)),
    *rows(
        Intent.STILL_BAD,
        ("screening the chest",),
        Effect(advice_on_spreading(), State.EMERGENCY, (RedFlagRaised("chest", "Radiates"),)),
    ),
    *rows(Intent.STILL_BAD, ("idle", "left", "topic", *NUMBER, "paused topic"), complaint),
    *rows(Intent.PASSED, (*SESSION, *PAUSES, "idle", "left", "topic", *NUMBER), aside(safety_lines.GOOD)),
    *rows(Intent.PASSED, ("hurt",), Effect((safety_lines.GOOD_CHOICES,), State.CONFIRMING)),
    *rows(Intent.PASSED, ("screening the chest",), DENIED),
    # In an emergency.
    *rows((Intent.HELP, Intent.WHAT_CAN_I_SAY), ("emergency",), emergency(CALL_NOW, script.help_in(State.EMERGENCY))),
    *rows((Intent.WHERE_AM_I, Intent.WHY_ASK), ("emergency",), emergency(script.where_in(State.EMERGENCY), CALL_NOW)),
    *rows(Intent.HOW_LONG, ("emergency",), emergency(CALL_NOW)),
    *rows(Intent.ASK_EMERGENCY_NUMBER, ("emergency",), emergency(safety_lines.CALL_ABROAD)),
    Row("emergency", Intent.EMERGENCY_NUMBER, NUMBER_TOLD, {"number": "112"}),
    Row("emergency", Intent.DIGITS, NUMBER_TOLD, {"number": "112"}),
    *rows((Intent.EMERGENCY_NUMBER, Intent.DIGITS), ("emergency",), emergency(safety_lines.SAY_DIGITS)),
    *rows((*EXERCISE, Intent.RESUME), ("emergency",), REFUSED),
    *rows(Intent.YES, ("emergency",), emergency(CALL_NOW, safety_lines.TELL_ME_COMING)),
    *rows(Intent.NO, ("emergency",), emergency(CALL_NOW, safety_lines.WRONG_ALARM)),
    *rows(Intent.NEVER_MIND, ("emergency",), emergency(safety_lines.MISTAKE_ASKED)),
    *rows(Intent.THAT_HURTS, ("emergency",), emergency(CALL_NOW, safety_lines.REST_UNTIL_HELP)),
    *rows(Intent.FALSE_ALARM, ("emergency",), Effect((safety_lines.FINE_ASKED,), State.EMERGENCY)),
    *rows(Intent.HELP_COMING, ("emergency",), Effect((safety_lines.COMING_ASKED,), State.EMERGENCY)),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_said_of_danger(row: Row) -> None:
    assert row.seen == row.effect
