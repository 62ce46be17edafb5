"""Counts and holds, whatever happens: random pauses, questions, block sizes, and delays of every command and answer."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from assistant.dialogue.parts.sitting import CLEARED
from assistant.dialogue.state import Conversation
from assistant.sessions.stage import Stage
from assistant.timeline import entries
from assistant.timeline.entries import Count, HoldEnded, HoldStarted, SessionPaused, StateEntered
from audio.frames import FRAMES_PER_SECOND, Frame, frames
from audio.samples import silence
from audio.tts.silent import SilentVoice
from tests import loaded
from tests.assistant.dialogue.slow_stage import SlowStage, said

pytestmark = pytest.mark.quality

GUIDANCE = loaded.guidance()
SHORT = GUIDANCE.movements["neck_rotation"].model_copy(update={"seconds": 8, "repetitions": 1, "rest": 1})
QUICKER = GUIDANCE.model_copy(update={"movements": {"neck_rotation": SHORT}})
"""Two holds of eight seconds, so that many can be tried."""
FADE = 240
LONGEST = frames(15 * 60)

Line = tuple[Frame, entries.Entry]


def counts_by_hold(lines: Sequence[Line]) -> list[list[tuple[Frame, Count]]]:
    """The counts of each hold."""
    holds: list[list[tuple[Frame, Count]]] = []
    for at, entry in lines:
        if isinstance(entry, HoldStarted):
            holds.append([])
        elif isinstance(entry, Count):
            holds[-1].append((at, entry))
    return holds


@pytest.mark.parametrize("routine", ["quick", "full", "gentle", "strength"])
def test_every_count_of_every_routine_is_one_second_after_the_last(routine: str) -> None:
    stage = Stage(Conversation(sitting=CLEARED), GUIDANCE, SilentVoice())
    stage.start()
    stage.take(said("StartRoutine", routine=routine))
    block = silence(4_800)
    while not stage.quiet:
        stage.render(block)
        assert stage.mixer.frame < LONGEST, "the routine never ends"
    holds = counts_by_hold(stage.timeline.lines)
    assert holds, "no hold was counted"
    for hold in holds:
        assert [entry.n for _, entry in hold] == list(range(1, hold[0][1].of + 1))
        gaps = {b - a for (a, _), (b, _) in pairwise(hold)}
        assert gaps <= {FRAMES_PER_SECOND}, f"counts {gaps} frames apart"
    ended = [entry for _, entry in stage.timeline.lines if isinstance(entry, HoldEnded)]
    assert all(entry.held == entry.seconds * FRAMES_PER_SECOND for entry in ended)
    assert [entry.completed for _, entry in stage.timeline.lines if isinstance(entry, entries.SessionEnded)] == [True]


INTERRUPTIONS = st.sampled_from(["Pause", "HowLong", "Louder", "WhereAmI", "HowFar", "CountSilently", "CountAloud"])


@settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a session takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    steps=st.lists(st.tuples(st.integers(0, 400), INTERRUPTIONS), max_size=8),
    blocks=st.lists(st.integers(479, 4_001), min_size=1, max_size=7),
    delays=st.lists(st.integers(0, 3), max_size=60),
)
# An answer was ready in the quarter of a second before a hold: it took over before the hold was known to have begun.
@example(
    steps=[(382, "WhereAmI"), (316, "CountAloud"), (318, "CountAloud"), (302, "CountAloud"), (0, "WhereAmI")],
    blocks=[806, 1004, 2734, 820, 1565, 1185, 686],
    delays=[2, 0, 0, 0, 2],
)
def test_the_held_total_is_exact_and_nothing_hangs(
    steps: list[tuple[int, str]], blocks: list[int], delays: list[int]
) -> None:
    slow = [delay for delay in delays for _ in range(3)] * 20
    stage = SlowStage(Conversation(sitting=CLEARED), QUICKER, slow)
    stage.start()
    stage.take(said("StartMovement", movement="neck_rotation"))
    todo, wait, n = list(steps), 0, 0
    while True:
        n += 1
        stage.advance(blocks[n % len(blocks)])
        assert stage.mixer.frame < LONGEST, f"hangs in {stage.conversation}"
        wait -= 1
        if todo and wait < 0:
            wait, intent = todo.pop(0)
            stage.take(said(intent, stage.mixer.frame))
        elif stage.settled:
            if not isinstance(stage.conversation.mode, type(Conversation().mode)):
                stage.take(said("Resume", stage.mixer.frame))
            else:
                break
    ended = [entry for _, entry in stage.timeline.lines if isinstance(entry, HoldEnded)]
    assert [entry.held for entry in ended] == [entry.seconds * FRAMES_PER_SECOND for entry in ended]
    assert len(ended) == 2
    assert measured(stage.timeline.lines) == pytest.approx([entry.held for entry in ended], abs=(1 + len(steps)) * FADE)


def measured(lines: Sequence[Line]) -> list[Frame]:
    """The frames of each hold, measured from outside: between its beginnings and its interruptions."""
    totals: list[Frame] = []
    holding: Frame | None = None
    for at, entry in lines:
        match entry:
            case HoldStarted():
                totals.append(0)
                holding = at
            case StateEntered(name="Holding") if totals and holding is None:
                holding = at
            case SessionPaused() | HoldEnded() | StateEntered() if holding is not None:
                totals[-1] += at - holding
                holding = None
            case _:
                pass
    return totals
