"""Whole sessions by voice: other voices and real people talk to Limber, and what comes out is listened to."""

import socket
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.dialogue.state import Conversation
from assistant.sessions.rehearsal import rehearse
from assistant.sessions.stage import Stage
from assistant.timeline import entries
from audio.frames import FRAMES_PER_SECOND, frames
from audio.tts.voice import Voice
from benchmarks.rig import judge
from benchmarks.rig.people import Person, PersonLine, Tape, recorded
from tests import loaded

pytestmark = pytest.mark.engine

E = TypeVar("E", bound=entries.Entry)

GUIDANCE = loaded.guidance()
VOICES = ["flite:slt", "flite:rms", "flite:awb", "en-us+f3", "en-us+m5"]


class SpokenSession:
    """A session that has been had: its timeline and its sound."""

    def __init__(self, lines: Sequence[PersonLine], voice: str = "flite:slt", *, limit: float = 200) -> None:
        tape = Tape()
        with Voice() as limber:
            stage = Stage(Conversation(), GUIDANCE, limber)
            rehearse(stage, Person(stage, lines, voice), tape, loaded.moonshine(), loaded.coach(), limit=frames(limit))
        self.lines, self.sound = stage.timeline.lines, tape.samples

    def of(self, kind: type[E]) -> list[tuple[int, E]]:
        """The lines of one kind of the timeline."""
        return [(at, entry) for at, entry in self.lines if isinstance(entry, kind)]

    @property
    def heard(self) -> list[str]:
        """The intents, in order."""
        return [entry.intent for _, entry in self.of(entries.IntentTaken)]

    def clip(self, at: int, until: int) -> NDArray[np.float32]:
        """The sound between two frames."""
        return self.sound[at:until]


def aloud(session: SpokenSession) -> list[tuple[int, entries.Count]]:
    """The counts that were spoken whole."""
    cuts = [at for at, _ in session.of(entries.SessionPaused)]
    cuts += [at for at, ended in session.of(entries.HoldEnded) if ended.held < ended.seconds * FRAMES_PER_SECOND]
    counts = session.of(entries.Count)
    return [(at, c) for at, c in counts if not c.silent and not any(at <= cut < at + FRAMES_PER_SECOND for cut in cuts)]


def check_counts(session: SpokenSession) -> None:
    """Consecutive counts are exactly a second apart, and another recogniser hears the right numbers."""
    counts = session.of(entries.Count)
    interruptions = [at for at, _ in session.of(entries.SessionPaused)]
    for (a, first), (b, second) in pairwise(counts):
        if second.n == first.n + 1 and not any(a <= cut < b for cut in interruptions):
            assert b - a == FRAMES_PER_SECOND, f"counts {first.n} and {second.n} are {b - a} frames apart"
    spoken = aloud(session)
    numbers = judge.of_counts()
    right = sum(numbers.hear(session.clip(at, at + 26_000)) == judge.number(count.n) for at, count in spoken)
    assert right >= 0.9 * len(spoken), f"only {right} of {len(spoken)} counts were understood"


@pytest.mark.parametrize("voice", VOICES)
def test_from_a_cramp_to_the_first_count_and_through_a_pause(voice: str) -> None:
    session = SpokenSession(
        [
            PersonLine("my upper back is cramping"),
            PersonLine("no"),
            PersonLine("yes please"),
            PersonLine("pause", after=18),
            PersonLine("carry on", after=7),
            PersonLine("stop", after=20),
        ],
        voice,
    )
    assert session.heard == ["WhatHelps", "No", "Yes", "Pause", "Resume", "Stop"]
    assert len(session.of(entries.SessionPaused)) == len(session.of(entries.SessionResumed)) == 1
    asked, counted = session.of(entries.IntentTaken)[0][1], session.of(entries.Count)[0][0]
    assert counted / FRAMES_PER_SECOND - asked.began <= 25, "the first count comes too late"
    (_, ended), *_ = session.of(entries.HoldEnded)
    assert ended == entries.HoldEnded(15, 15 * FRAMES_PER_SECOND)
    check_counts(session)


def test_real_people_pause_resume_and_go_to_the_next() -> None:
    session = SpokenSession(
        [
            PersonLine("start the quick routine"),
            PersonLine("no"),
            PersonLine(recorded("pause"), after=22),
            PersonLine(recorded("resume"), after=7),
            PersonLine(recorded("next"), after=9),
            PersonLine("stop", after=10),
        ]
    )
    assert session.heard == ["StartRoutine", "No", "Pause", "Resume", "Next", "Stop"]
    assert [entry.name for _, entry in session.of(entries.MovementBegun)][-1] == "shoulder_rolls"
    check_counts(session)


def test_another_recogniser_understands_what_is_said() -> None:
    session = SpokenSession([PersonLine("start neck rotations"), PersonLine("no"), PersonLine("stop", after=60)])
    said = [(at, entry) for at, entry in session.of(entries.Said) if not entry.cut]
    lines = {line for m in GUIDANCE.movements.values() for p in m.parts for line in (p.begin, p.again, p.release)}
    hearing = judge.SentenceJudge({entry.text for _, entry in said} | lines)
    known = [(at, entry) for at, entry in said if judge.plain(entry.text) in hearing.sentences]
    assert len(known) >= 8
    wrong = [
        (entry.text, heard)
        for at, entry in known
        if (heard := hearing.hear(session.clip(at, frames(entry.until)))) != judge.plain(entry.text)
    ]
    assert len(wrong) <= 0.1 * len(known), wrong


def test_a_red_flag_ends_the_hold_with_its_own_advice() -> None:
    session = SpokenSession(
        [PersonLine("start neck rotations"), PersonLine("no"), PersonLine("i have a pain in my chest", after=22)]
    )
    (_, flag), *_ = session.of(entries.RedFlagRaised)
    assert flag.flag == "chest"
    after = [entry.text for at, entry in session.of(entries.Said) if at >= session.of(entries.RedFlagRaised)[0][0]]
    assert after[0] == "Call your emergency number now."
    (ended, hold), *_ = session.of(entries.HoldEnded)
    assert hold.held < hold.seconds * FRAMES_PER_SECOND
    assert not [at for at, _ in session.of(entries.Count) if at > ended]


def test_a_whole_session_needs_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> socket.socket:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "socketpair"):
        monkeypatch.setattr(socket, name, refused)
    session = SpokenSession([PersonLine("start neck rotations"), PersonLine("no"), PersonLine("stop", after=15)])
    assert session.heard == ["StartMovement", "No", "Stop"]
    assert session.of(entries.Count)


def test_silence_begins_nothing() -> None:
    session = SpokenSession([PersonLine("start neck rotations")], limit=60)
    assert [entry.name for _, entry in session.of(entries.StateEntered)] == ["Idle", "Screening"]
    assert not session.of(entries.SessionStarted)


def test_muted_the_microphone_is_closed_and_asleep_it_listens_for_its_name() -> None:
    closed = SpokenSession([PersonLine("stop listening"), PersonLine("hey limber"), PersonLine("stop")], limit=40)
    assert closed.heard == ["Mute"]
    assert not closed.of(entries.NotUnderstood)
    sleeping = SpokenSession([PersonLine("go to sleep"), PersonLine("hey limber")], limit=40)
    assert sleeping.heard == ["Goodbye", "Wake"]
