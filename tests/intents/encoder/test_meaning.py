"""What a text means by the classifier: labels that exist, and nothing for what is meant for nobody."""

from functools import cache

import pytest
import threadpoolctl

from assistant.states import VALID, State
from intents.encoder.meaning import CLOSED_SLOTS, REJECTED, REQUEST_ELSEWHERE, TALK, MeaningModel
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.unit


@cache
def meaning() -> MeaningModel:
    return MeaningModel.load()


def test_every_label_names_an_intent_or_none() -> None:
    intents = {label.partition("/")[0] for label in meaning().labels}
    assert {TALK, REQUEST_ELSEWHERE} <= set(meaning().labels)
    assert intents - {REJECTED} <= set(Intent)
    assert meaning().intents == intents - {REJECTED}


def test_only_intents_with_a_closed_slot_have_values() -> None:
    with_values = {label.partition("/")[0] for label in meaning().labels if "/" in label}
    assert with_values - {REJECTED} <= set(CLOSED_SLOTS)


@pytest.mark.parametrize(
    ("text", "state", "intent", "slots"),
    [
        ("i would be glad of a short break", State.HOLDING, Intent.PAUSE, {}),
        ("let us do the quick set of stretches", State.IDLE, Intent.START_ROUTINE, {"routine": "quick"}),
        (
            "for how long may the hot pad stay on",
            State.IDLE,
            Intent.MEASURE,
            {"measure": "heat", "about": "heat_minutes"},
        ),
        ("would you talk a little louder", State.TOPIC, Intent.LOUDER, {}),
        ("are you a doctor by any chance", State.IDLE, Intent.SMALL_TALK, {"topic": "doctor"}),
    ],
)
def test_what_is_meant_is_known_whatever_the_words(text: str, state: State, intent: str, slots: dict[str, str]) -> None:
    guess = meaning().guess(text, VALID[state])
    assert (guess.intent, dict(guess.slots)) == (intent, slots)
    assert guess.probability > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "what is the exchange rate of the yen",
        "order two large pizzas with olives",
        "colourless green ideas sleep furiously",
        "the minister resigned after the vote last night",
        "qwrt plk mnbv zzz",
        "your grandson passed his driving test then",
    ],
)
@pytest.mark.parametrize("state", [State.IDLE, State.HOLDING, State.CONFIRMING])
def test_what_is_not_meant_for_limber_means_nothing(text: str, state: State) -> None:
    assert meaning().guess(text, VALID[state]).intent is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("book a table for two at seven", True),
        ("what is the capital of peru", True),
        ("we went to the market yesterday", False),
        ("and the crowd goes wild", False),
    ],
)
def test_what_asks_somebody_is_told_from_talk(text: str, asks: bool) -> None:
    assert meaning().guess(text).asks is asks


def test_only_valid_intents_are_guessed() -> None:
    assert meaning().guess("pause please", {Intent.YES, Intent.NO}).intent not in set(Intent) - {Intent.YES, Intent.NO}
    assert meaning().guess("pause please", ()).intent is None


def test_probabilities_of_all_labels_sum_to_one() -> None:
    ranked = meaning().ranked("could you say that once more")
    assert {label for label, _ in ranked} == set(meaning().labels)
    assert sum(chance for _, chance in ranked) == pytest.approx(1, abs=1e-4)
    assert [chance for _, chance in ranked] == sorted((chance for _, chance in ranked), reverse=True)
    assert ranked[0][0] == Intent.REPEAT


def test_every_cause_measure_and_strategy_that_may_be_guessed_is_told_of() -> None:
    """A value without a topic, "posture" among the causes, once ended the program."""
    told = loaded.guidance()
    for label in meaning().labels:
        intent, _, value = label.partition("/")
        if value and intent in {"Cause", "Measure", "Strategy"}:
            assert f"{CLOSED_SLOTS[intent]}.{value}" in told.topics
        if value and intent == "StartMovement":
            assert value in told.movements
        if value and intent in {"StartRoutine", "RoutineLength"}:
            assert value in told.routines


def test_the_networks_multiply_on_one_thread() -> None:
    loaded.coach().read("what on earth is that noise")
    info = threadpoolctl.threadpool_info()
    assert {pool["num_threads"] for pool in info if pool["user_api"] == "blas"} == {1}
