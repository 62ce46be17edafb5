"""What is denied is not carried out, and what only sounds denied still is."""

import pytest

from assistant.states import VALID, State
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.quality

DENIED: tuple[tuple[str, tuple[Intent, ...]], ...] = (
    ("don't pause it now", (Intent.PAUSE,)),
    ("no need to pause", (Intent.PAUSE,)),
    ("I never asked you to pause", (Intent.PAUSE,)),
    ("please don't wait for me", (Intent.WAIT, Intent.PAUSE)),
    ("there's no need to stop", (Intent.STOP,)),
    ("I don't want to stop", (Intent.STOP,)),
    ("do not end the session", (Intent.STOP, Intent.GOODBYE)),
    ("we're not finished", (Intent.STOP, Intent.GOODBYE)),
    ("i am not done", (Intent.STOP,)),
    ("never skip the neck ones", (Intent.SKIP,)),
    ("please don't leave this one out", (Intent.SKIP,)),
    ("I'd rather not skip this", (Intent.SKIP,)),
    ("you mustn't skip it", (Intent.SKIP,)),
    ("don't you dare skip that one", (Intent.SKIP,)),
    ("not the next one yet", (Intent.NEXT,)),
    ("not the gentle one", (Intent.START_ROUTINE,)),
    ("no not the shoulder rolls", (Intent.START_MOVEMENT,)),
    ("I don't want the next one", (Intent.NEXT,)),
    ("we aren't ready to move on", (Intent.NEXT, Intent.READY)),
    ("don't move on", (Intent.NEXT,)),
    ("do not go back to the last one", (Intent.BACK,)),
    ("no need to repeat it", (Intent.REPEAT,)),
    ("you needn't say it again", (Intent.REPEAT,)),
    ("don't start again", (Intent.START_OVER,)),
    ("don't restart it", (Intent.START_OVER,)),
    ("I don't want it any longer", (Intent.LONGER,)),
    ("please do not hold it longer", (Intent.LONGER,)),
    ("do not make it shorter", (Intent.SHORTER,)),
    ("don't make it thirty seconds", (Intent.HOLD_FOR,)),
    ("not fifteen seconds", (Intent.HOLD_FOR,)),
    ("no don't hold for a minute", (Intent.HOLD_FOR,)),
    ("don't talk any faster", (Intent.SPEAK_FASTER,)),
    ("please don't go slower", (Intent.SPEAK_SLOWER,)),
    ("you don't need to speak louder", (Intent.LOUDER,)),
    ("it isn't too loud", (Intent.QUIETER,)),
    ("don't turn it down", (Intent.QUIETER,)),
    ("don't mute yourself", (Intent.MUTE,)),
    ("please don't fall asleep", (Intent.MUTE,)),
    ("never stop counting", (Intent.COUNT_SILENTLY, Intent.STOP)),
    ("don't stop the counting", (Intent.COUNT_SILENTLY, Intent.STOP)),
    ("don't make it easier", (Intent.GENTLER,)),
    ("it's not too difficult", (Intent.GENTLER, Intent.TOO_EASY)),
    ("this isn't too easy at all", (Intent.TOO_EASY,)),
    ("that isn't too hard for me", (Intent.GENTLER, Intent.TOO_EASY, Intent.THAT_HURTS)),
    ("it isn't painful", (Intent.THAT_HURTS,)),
    ("no it doesn't hurt", (Intent.THAT_HURTS,)),
    ("that didn't hurt a bit", (Intent.THAT_HURTS,)),
    ("it never hurts", (Intent.THAT_HURTS,)),
    ("nothing hurts", (Intent.THAT_HURTS,)),
    ("it isn't that it hurts", (Intent.THAT_HURTS,)),
    ("it's not too short", (Intent.LONGER,)),
    ("not too long", (Intent.SHORTER,)),
    ("it wasn't too long", (Intent.SHORTER,)),
    ("I don't want two more", (Intent.MORE_REPETITIONS,)),
    ("not another one", (Intent.MORE_REPETITIONS,)),
    ("don't undo that", (Intent.UNDO,)),
    ("don't switch sides", (Intent.OTHER_SIDE,)),
    ("not only the left", (Intent.ONLY_SIDE,)),
    ("that doesn't feel good", (Intent.FEELS_GOOD,)),
    ("i do not feel a stretch", (Intent.FEELS_GOOD,)),
    ("it is not gone", (Intent.PASSED,)),
    ("I'm not ready", (Intent.READY,)),
    ("I'm not back yet", (Intent.RESUME,)),
    ("no, don't stop", (Intent.STOP,)),
    ("don't stop", (Intent.STOP,)),
    ("do not stop now", (Intent.STOP,)),
    ("I can't help it", (Intent.HELP, Intent.CALL_FOR_HELP)),
)

STILL_MEANT: tuple[tuple[State, str, Intent], ...] = (
    (State.HOLDING, "no, stop", Intent.STOP),
    (State.HOLDING, "I don't want to go on", Intent.STOP),
    (State.HOLDING, "I can't go on", Intent.STOP),
    (State.HOLDING, "don't go on", Intent.STOP),
    (State.HOLDING, "I can't hear you", Intent.LOUDER),
    (State.HOLDING, "don't shout", Intent.QUIETER),
    (State.HOLDING, "not so loud", Intent.QUIETER),
    (State.HOLDING, "not so fast", Intent.SPEAK_SLOWER),
    (State.HOLDING, "not so long", Intent.SHORTER),
    (State.HOLDING, "I can't hold it that long", Intent.SHORTER),
    (State.HOLDING, "don't count out loud", Intent.COUNT_SILENTLY),
    (State.HOLDING, "don't talk", Intent.COUNT_ONLY),
    (State.HOLDING, "don't listen", Intent.MUTE),
    (State.HOLDING, "that doesn't feel right", Intent.THAT_HURTS),
    (State.HOLDING, "I can't go that far", Intent.GENTLER),
    (State.HOLDING, "I don't want to do this one", Intent.SKIP),
    (State.HOLDING, "not this one", Intent.SKIP),
    (State.HOLDING, "it doesn't hurt any more", Intent.FEELS_GOOD),
    (State.HOLDING, "it hasn't gone away", Intent.STILL_BAD),
    (State.INSTRUCTING, "I'm not ready", Intent.WAIT),
    (State.INSTRUCTING, "not yet", Intent.WAIT),
    (State.INSTRUCTING, "no need to explain", Intent.SKIP_INSTRUCTIONS),
    (State.CONFIRMING, "I don't think so", Intent.NO),
    (State.CONFIRMING, "I'd rather not", Intent.NO),
    (State.IDLE, "it's not better", Intent.SAME),
)


@pytest.mark.parametrize(("text", "never"), DENIED)
def test_the_opposite_is_not_carried_out(text: str, never: tuple[Intent, ...]) -> None:
    for state in (State.HOLDING, State.RESTING, State.INSTRUCTING):
        read = loaded.coach().read(text, VALID[state])
        assert not {read.intent, *(each.intent for each in read.also)} & set(never), (state, read)


@pytest.mark.parametrize(("state", "text", "intent"), STILL_MEANT)
def test_what_only_sounds_denied_is_meant(state: State, text: str, intent: Intent) -> None:
    assert loaded.coach().read(text, VALID[state]).intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "I'm not well",
        "maybe no",
        "I'm not sure, no",
        "I think no",
        "no idea",
        "no, just a bit",
        "I guess no",
    ],
)
def test_a_hedge_is_no_clear_no(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.SCREENING]).intent != Intent.NO
