"""Typed lines in, spoken lines out: the whole task with a keyboard and a screen reader."""

import io

import pytest

from assistant.dialogue.state import Conversation
from assistant.errors import LimberError
from assistant.sessions import keyboard
from assistant.sessions.stage import Stage
from assistant.sessions.typed import FastClock, TypedLine, WallClock, converse, parse_line
from assistant.timeline import entries
from audio.frames import FRAMES_PER_SECOND, frames, seconds
from audio.samples import Clip
from audio.tts.silent import SilentVoice
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()


def typed(text: str) -> tuple[list[str], Stage]:
    """What is printed for these lines, and the stage afterwards."""
    printed: list[str] = []
    stage = Stage(Conversation(), GUIDANCE, SilentVoice(), printed.append)
    converse(stage, loaded.coach(), io.StringIO(text), FastClock())
    return printed, stage


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("pause", TypedLine("pause")),
        ("  pause \n", TypedLine("pause")),
        ("@12.5 pause", TypedLine("pause", 600_000)),
        ("@0 how long is left", TypedLine("how long is left", 0)),
        ("@wait 60", TypedLine("", 60 * FRAMES_PER_SECOND)),
        (" \n", TypedLine(" ")),
        ("   ", TypedLine(" ")),
    ],
)
def test_lines_are_parsed(raw: str, line: TypedLine) -> None:
    assert parse_line(raw) == line


@pytest.mark.parametrize("raw", ["@", "@soon pause", "@wait", "@wait 5 pause", "@-3 x"])
def test_a_bad_time_is_explained(raw: str) -> None:
    with pytest.raises(LimberError, match="SECONDS"):
        parse_line(raw)


def test_a_whole_session_by_keyboard() -> None:
    printed, stage = typed("my back is cramping\nno\nyes\n@14 pause\n@8 go on\n@wait 40\n@0 stop\n")
    assert printed[1] == GUIDANCE.screening.question
    numbers = [int(line) for line in printed if line.isdigit()]
    assert numbers[:15] == list(range(1, 16)), "a count is missing, or is not a number on its own line"
    assert "Head to the right again." in printed
    ended = [entry for _, entry in stage.timeline.lines if isinstance(entry, entries.HoldEnded)]
    assert ended[0] == entries.HoldEnded(15, 15 * FRAMES_PER_SECOND)


def test_a_plain_line_waits_until_everything_is_said() -> None:
    _, stage = typed("what causes it\nmore\n")
    heard = [at for at, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)]
    said = [entry for _, entry in stage.timeline.lines if isinstance(entry, entries.Said)]
    assert not any(entry.cut for entry in said)
    assert heard[1] >= frames(said[0].until)


def test_a_timed_line_comes_whatever_is_being_said() -> None:
    _, stage = typed("what causes it\n@1.5 stop\n")
    first, second = [at for at, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)]
    assert seconds(second - first) == pytest.approx(1.5, abs=0.021)
    assert next(entry for _, entry in stage.timeline.lines if isinstance(entry, entries.Said)).cut


def test_waiting_lets_time_pass() -> None:
    _, stage = typed("@wait 60\n")
    assert stage.mixer.frame == pytest.approx(60 * FRAMES_PER_SECOND, abs=960)


def test_at_the_end_of_input_it_finishes_what_it_is_saying() -> None:
    printed, _ = typed("what is a back spasm")
    assert len(printed) >= 1
    assert typed("")[0] == []


def test_a_routine_goes_on_to_its_end_when_there_is_no_more_input() -> None:
    _, stage = typed("start the shoulder blade squeeze\nno\n")
    assert [entry.completed for _, entry in stage.timeline.lines if isinstance(entry, entries.SessionEnded)] == [True]


class Wall:
    """A clock on which time passes only for whoever sleeps."""

    def __init__(self) -> None:
        self._now = 0.0

    def monotonic(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += seconds


def test_the_wall_clock_takes_as_long_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(Conversation(), GUIDANCE, SilentVoice())
    wall = Wall()
    monkeypatch.setattr("assistant.sessions.typed.time", wall)
    converse(stage, loaded.coach(), io.StringIO("@wait 1.2\n"), WallClock())
    assert wall.monotonic() > 1.1


class UnhurriedClock(FastClock):
    leaps = False


def test_where_nothing_happens_time_leaps_and_what_happens_is_the_same() -> None:
    def session(clock: FastClock) -> tuple[list[str], int]:
        stage, blocks = Stage(Conversation(), GUIDANCE, SilentVoice()), 0
        render = stage.render

        def counted(out: Clip) -> None:
            nonlocal blocks
            blocks += 1
            render(out)

        stage.render = counted  # type: ignore[method-assign]  # only counted
        lines = "remind me in two minutes\nstart neck rotations\nno\n@14 pause\n@8.01 go on\n@30 louder\n@wait 300\n"
        converse(stage, loaded.coach(), io.StringIO(lines), clock)
        return [str(line) for line in stage.timeline.lines], blocks

    (leaping, few), (steady, many) = session(FastClock()), session(UnhurriedClock())
    assert leaping == steady
    assert few < many / 5


def test_a_line_with_a_key_means_what_the_key_means() -> None:
    printed, stage = typed("g\nn\n@14 p\n@1 x\n@wait 5\n@0 s\n")
    taken = [entry.intent for _, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)]
    assert taken == ["StartRoutine", "No", "Pause", "ThatHurts", "Stop"]
    assert printed[0] == GUIDANCE.screening.question


def test_a_line_of_one_space_pauses_and_goes_on() -> None:
    _, stage = typed("g\nn\n@14 p\n \n@9 p\n\n \n@9 s\n")
    taken = [entry.intent for _, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)]
    assert taken == ["StartRoutine", "No", "Pause", "Resume", "Pause", "Resume", "Stop"]
    _, stage = typed("what causes it\n@1 p\n  \n")
    taken = [entry.intent for _, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)]
    assert taken == ["Causes", "Pause", "Resume"]


@pytest.mark.parametrize("bad", ["@abc pause", "@", "@wait soon", "@wait 5 and then"])
def test_a_line_that_cannot_be_parsed_is_refused_and_the_session_goes_on(
    bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, stage = typed(f"start neck tilts\nno\n@14 how long\n{bad}\n@1 pause\n")
    taken = [entry.intent for _, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)]
    assert taken == ["StartMovement", "No", "HowLong", "Pause"]
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert bad in told[0]
    assert "@SECONDS" in told[0]


def test_help_is_a_key_where_what_helps_means_nothing() -> None:
    _, stage = typed("h\nno\nyes\n@14 h\n@1 s\n")
    taken = [entry.intent for _, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)]
    assert taken == ["WhatHelps", "No", "Yes", "Help", "Stop"]


def test_the_key_for_the_end_ends_it() -> None:
    _, stage = typed("what causes it\nq\nmore\n")
    taken = [entry.intent for _, entry in stage.timeline.lines if isinstance(entry, entries.IntentTaken)]
    assert taken == ["Causes"]


def test_the_keys_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    printed, _ = typed("?\n")
    assert capsys.readouterr().err == f"{keyboard.HELP}\n"
    assert len(printed) == 1


def test_it_tells_whenever_it_is_the_persons_turn() -> None:
    turns: list[int] = []
    printed: list[str] = []
    stage = Stage(Conversation(), GUIDANCE, SilentVoice(), printed.append)
    source = io.StringIO("what causes it\n")
    converse(stage, loaded.coach(), source, FastClock(), lambda: turns.append(len(printed)))
    assert turns[0] == 0, "before anything was said"
    assert turns[-1] == len(printed), "and when all was said"
    assert len(turns) == len(set(turns)), "not twice before anything more was said"


def test_a_new_wake_phrase_wakes_it_from_then_on_and_the_one_before_no_more() -> None:
    told, stage = typed(
        "change your wake phrase to hello coach\ngo to sleep\nhey limber\nhello coach, what time is it\n"
    )
    assert told[0] == "Say hello coach to wake me."
    assert told[1] == "Goodbye. Say hello coach to wake me."
    woken = [entry for _, entry in stage.timeline.lines if isinstance(entry, entries.WokeUp)]
    assert len(woken) == 1
    assert len(told) == 3, "the phrase before says nothing to it any more"
