"""What a person notices in a session: how soon it begins, that counts keep their second, that a change is exact."""

from itertools import pairwise

import pytest

from assistant import script
from assistant.script import starting_lines
from assistant.states import State
from assistant.timeline import entries
from audio.frames import FRAMES_PER_SECOND, frames
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import begun, holding
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit


def test_from_the_complaint_to_the_first_count_in_three_turns_and_25_seconds() -> None:
    talk = Talk().say(Intent.WHAT_HELPS).settle().wait(2).say(Intent.NO).settle().wait(2).say(Intent.YES)
    at, count = talk.until(State.HOLDING).noted(entries.Count)[0]
    assert count == entries.Count(1, 15, silent=False)
    assert at <= frames(25), f"the first count comes after {at / FRAMES_PER_SECOND:.1f} s"


def test_a_pause_lets_go_and_the_position_is_said_before_it_counts_on() -> None:
    talk = holding().say(Intent.PAUSE).settle()
    assert talk.spoken[-1] == script.LET_GO
    paused = len(talk.counts)
    talk.say(Intent.RESUME).wait(1.6)
    assert talk.spoken[-1] == "Head to the right again."
    assert len(talk.counts) == paused
    assert talk.until(State.RESTING).counts == list(range(1, 16)), "a count was lost or said twice"


@pytest.mark.parametrize("intent", [Intent.HOW_LONG, Intent.LOUDER, Intent.HELP, Intent.COUNT_SILENTLY])
def test_a_question_in_a_hold_moves_no_count(intent: Intent) -> None:
    talk = holding().say(intent).until(State.RESTING)
    assert {b - a for (a, _), (b, _) in pairwise(talk.noted(entries.Count))} == {FRAMES_PER_SECOND}
    assert talk.counts == list(range(1, 16))


def test_the_count_under_an_answer_is_kept_in_silence_and_the_next_is_said_again() -> None:
    talk = holding().say(Intent.HOW_LONG).until(State.RESTING)
    assert "13 seconds left." in talk.spoken
    silent = [entry.n for _, entry in talk.noted(entries.Count) if entry.silent]
    assert silent == [4]
    said = [begun.text for begun in talk.begun if begun.text.isdigit()]
    assert said == [str(n) for n in range(1, 16) if n not in silent]


def test_told_to_count_silently_it_does_from_the_next_count_on() -> None:
    talk = holding().say(Intent.COUNT_SILENTLY).until(State.RESTING)
    assert [entry.n for _, entry in talk.noted(entries.Count) if entry.silent] == list(range(4, 16))
    assert [begun.text for begun in talk.begun if begun.text.isdigit()] == ["1", "2", "3"]


@pytest.mark.parametrize(("asked", "held"), [("20", 20), ("8", 8), ("2", 5), ("99", 60)])
def test_hold_for_changes_the_hold_that_is_on_within_what_the_movement_allows(asked: str, held: int) -> None:
    talk = holding().say(Intent.HOLD_FOR, seconds=asked).until(State.RESTING)
    assert [entry for _, entry in talk.noted(entries.HoldEnded)] == [entries.HoldEnded(held, held * FRAMES_PER_SECOND)]
    assert talk.counts == list(range(1, held + 1))


def test_what_hurt_is_done_again_more_gently() -> None:
    talk = holding().say(Intent.THAT_HURTS).settle().say(Intent.GENTLER).until(State.HOLDING).until(State.RESTING)
    assert GUIDANCE.movements["neck_rotation"].gentler in talk.spoken
    assert [entry.seconds for _, entry in talk.noted(entries.HoldEnded)] == [15, 7]


def test_two_answers_at_once_are_both_given_over_the_counts() -> None:
    talk = holding().say(Intent.HOW_LONG).say(Intent.LOUDER).until(State.RESTING)
    assert talk.counts == list(range(1, 16))
    assert script.LOUDER in talk.spoken


def test_an_answer_that_comes_with_the_end_of_a_hold_is_said_after_it() -> None:
    talk = begun().until(State.HOLDING).wait(14.9).say(Intent.HOW_FAR).until(State.RESTING).wait(8)
    assert GUIDANCE.movements["neck_rotation"].how_far in talk.spoken
    assert [entry for _, entry in talk.noted(entries.HoldEnded)] == [entries.HoldEnded(15, 15 * FRAMES_PER_SECOND)]


@pytest.mark.parametrize("intent", [Intent.LOUDER, Intent.QUIETER, Intent.SPEAK_FASTER, Intent.UNDO])
def test_a_setting_is_confirmed_in_four_words(intent: Intent) -> None:
    talk = Talk().say(intent).settle()
    assert [len(line.split()) <= 4 for line in talk.spoken] == [True]


def test_the_lines_of_the_script_keep_clear_of_stop_and_pause() -> None:
    # What is to be tried at the start names the words; those lines are in mappings, a step each.
    modules = (script, starting_lines)
    lines = [
        value for each in modules for name, value in vars(each).items() if isinstance(value, str) and name.isupper()
    ]
    lines += [f(state) for state in State for f in (script.choices, script.where_in)]
    assert len(lines) > 50
    for line in lines:
        assert not {"stop", "pause"} & set(line.lower().replace(".", " ").replace(",", " ").split()), line
    for step in ("hearing", "speed"):
        assert "stop" not in starting_lines.WELCOME_QUESTIONS[step] + starting_lines.WELCOME_SHORTER[step]
