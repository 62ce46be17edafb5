"""What is said in open wording, and what only sounds as if it were said to Limber."""

import pytest

from assistant.states import FELT_ASKED, VALID, State
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.quality

SAID: dict[tuple[Intent, State], tuple[str, ...]] = {
    (Intent.WAIT, State.INSTRUCTING): (
        "haud on a minute",
        "gie me a wee minute",
        "hold your horses a sec",
        "gonnae wait a wee minute",
    ),
    (Intent.START_ROUTINE, State.IDLE): ("Quick relief please.", "quick relief", "do the quick relief one"),
    (Intent.NEXT, State.RESTING): (
        "Right, what are we waiting for? On to the next one.",
        "What's the hold-up, on we go",
        "right that's enough dawdling next one",
    ),
    (Intent.CAN_I_SIT, State.IDLE): (
        "do i have to stand or can i sit",
        "do i need a chair or can i stand",
        "Can I do them sitting down?",
    ),
    (Intent.LOUDER, State.HOLDING): (
        "i can't hear you over the kettle speak louder",
        "Can't hear a thing over this telly, louder",
        "the fan's too loud i can't make you out",
        "i'm a bit deaf you'll need to shout",
    ),
    (Intent.SKIP, State.INSTRUCTING): (
        "not this one skip past it",
        "give this one a miss today",
        "i don't fancy that one go past it",
    ),
    (Intent.COUNT_ALOUD, State.HOLDING): (
        "i need the numbers said out loud",
        "i'd like to hear you count",
        "say the numbers so i can hear them",
    ),
    (Intent.COUNT_ONLY, State.HOLDING): (
        "hush just count for me",
        "quit chatting and just do the numbers",
        "no more chit chat only the counting please",
    ),
    (Intent.HELLO, State.IDLE): ("evening limber", "morning, coach", "afternoon limber"),
    (Intent.AGREED, State.IDLE): (
        "my doctor said gentle exercises are all right for me",
        "the physio gave me the green light",
        "my doctor's given it the thumbs up",
        "the consultant's happy for me to do them",
    ),
    (Intent.WHY_ASK, State.SCREENING): (
        "what has my chest to do with it",
        "why are you asking about fevers",
        "what's numbness got to do with my back",
        "what does breathing matter here",
    ),
    (Intent.STOP, State.HOLDING): (
        "I'm done with this one and all the others",
        "I'm finished with this and with the rest of them",
        "that's me done for the day",
    ),
    (Intent.THAT_HURTS, State.HOLDING): (
        "that's too much for my old neck",
        "way too much for these old shoulders",
        "that's a bit sharp there",
        "ooh that's sharp",
    ),
    (Intent.RESUME, State.PAUSED): ("I'm with you again, carry on", "right i'm back where were we"),
}
"""To an intent in a state, ways of saying it."""

ANSWERED: dict[Intent, tuple[str, ...]] = {
    Intent.BETTER: (
        "much improved",
        "yes that's loosened it",
        "loads better thanks",
        "that's eased it nicely",
        "a touch looser than it was",
        "a little easier thanks",
    ),
    Intent.SAME: (
        "exactly as it was",
        "no different to how i began",
        "just the way it was before",
        "can't say it's changed",
    ),
    Intent.WORSE: (
        "it's got worse i'm afraid",
        "more painful than before",
        "worse than when i started",
        "if anything it's sorer",
        "it's gone and got worse",
        "hurts more than it did",
    ),
}
"""Answers to how it feels after a session."""

SLOTS = (
    ("put ten more seconds on it", Intent.LONGER, {"seconds": "10"}),
    ("another ten on top please", Intent.LONGER, {"seconds": "10"}),
    ("add another fifteen seconds", Intent.LONGER, {"seconds": "15"}),
    ("hold for forty seconds no more", Intent.HOLD_FOR, {"seconds": "40"}),
    ("hold for eight seconds, that's plenty for me", Intent.HOLD_FOR, {"seconds": "8"}),
    ("hold for twenty and not a second more", Intent.HOLD_FOR, {"seconds": "20"}),
    ("Fifty seconds, that'll do me", Intent.HOLD_FOR, {"seconds": "50"}),
    ("make it twelve seconds that's all i can manage", Intent.HOLD_FOR, {"seconds": "12"}),
    ("two more and then that's it", Intent.MORE_REPETITIONS, {"count": "2"}),
    ("the only chair i have rolls about", Intent.SITUATION, {"situation": "wheeled_chair"}),
    ("my chair's on castors", Intent.SITUATION, {"situation": "wheeled_chair"}),
    ("i haven't got out of bed yet", Intent.SITUATION, {"situation": "in_bed"}),
    ("there's a bulging disc in my spine", Intent.CONDITION, {"condition": "disc"}),
    ("they fused two of my vertebrae in 2020", Intent.CONDITION, {"condition": "surgery"}),
    ("they put metal rods in my spine in 2018", Intent.CONDITION, {"condition": "surgery"}),
    ("where does what i say go", Intent.SMALL_TALK, {"topic": "privacy"}),
    ("is mixing two anti inflammatories okay", Intent.PAINKILLERS, {"about": "painkiller_combination"}),
    ("is any of this being sent off somewhere", Intent.SMALL_TALK, {"topic": "privacy"}),
    ("pardon me for that", Intent.SMALL_TALK, {"topic": "sorry"}),
)
"""What is said in a hold, with what it means."""

NOT_MEANT = """
Idle: Hey Siri remind me to put the chicken in at five.
Holding: hey siri pause the podcast | Good boy, Rex, lie down | stop line at the traffic lights he said
Holding: good evening and here is the news | Hey Google, carry on with my audiobook | hold on to the rail
Topic: wait for the beep then leave your message | let me put you on hold for a moment
Topic: ok google next song | please hold while i transfer your call
Resting: wait till your father hears about it | just you wait until i get home | stop sign on the left there
Emergency: what a carry on
Idle: I'm on the train, I'll lose you in a tunnel
"""
"""What is said in the room, by state."""


@pytest.mark.parametrize(("intent", "state", "text"), [(*key, text) for key, texts in SAID.items() for text in texts])
def test_open_wording_is_understood(intent: Intent, state: State, text: str) -> None:
    assert loaded.coach().read(text, VALID[state]).intent == intent


@pytest.mark.parametrize(("intent", "text"), [(intent, text) for intent, texts in ANSWERED.items() for text in texts])
def test_how_it_feels_afterwards_is_understood(intent: Intent, text: str) -> None:
    assert loaded.coach().read(text, FELT_ASKED).intent == intent


@pytest.mark.parametrize(("text", "intent", "slots"), SLOTS)
def test_what_is_named_is_understood(text: str, intent: Intent, slots: dict[str, str]) -> None:
    read = loaded.coach().read(text, VALID[State.HOLDING])
    assert (read.intent, {name: read.slots.get(name) for name in slots}) == (intent, slots)


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (state, text)
        for state, _, texts in (line.partition(": ") for line in NOT_MEANT.strip().splitlines())
        for text in texts.split(" | ")
    ],
)
def test_what_is_said_in_the_room_means_nothing(state: str, text: str) -> None:
    assert loaded.coach().read(text, VALID[State(state)]).intent is None


@pytest.mark.parametrize("text", ["no skipping please", "no skipping", "no pausing now", "no stopping please"])
def test_no_before_a_doing_denies_it(text: str) -> None:
    read = loaded.coach().read(text, VALID[State.HOLDING])
    assert read.intent not in {Intent.SKIP, Intent.PAUSE, Intent.STOP, Intent.NO}


@pytest.mark.parametrize("text", ["alexa stop", "hey google stop please", "okay google pause"])
def test_a_lone_stop_is_obeyed_by_whatever_name(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.HOLDING]).intent in {Intent.STOP, Intent.PAUSE}


def test_a_call_for_help_is_heard_by_whatever_name() -> None:
    assert loaded.coach().read("alexa call an ambulance", VALID[State.HOLDING]).intent == Intent.CALL_FOR_HELP
