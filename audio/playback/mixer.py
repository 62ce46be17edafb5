"""From scores to samples: places every cue on its frame and reports what was played.

No device, no clock, no threads: whoever renders moves time on. What is rendered, and what is reported, is the same
whatever the sizes of the blocks.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeAlias

import numpy as np

from audio.frames import Frame, frames
from audio.samples import Clip, raised_cosine
from audio.score import Score, ScoreId, Sound, Speech

FADE_FRAMES = frames(0.005)
"""How long a score that is silenced takes to fade, in frames."""
RAMP_FRAMES = frames(0.010)
"""How long a change of volume takes, in frames."""
LIMITER_KNEE = 0.8
"""The amplitude up to which samples are left as they are; beyond it they bend, and never reach 1."""


@dataclass(frozen=True, slots=True)
class CueStarted:
    """A cue has begun; its mark is due."""

    score: ScoreId
    index: int
    """Which of the score's cues."""
    at: Frame
    """Its first frame."""


@dataclass(frozen=True, slots=True)
class CueEnded:
    """A cue's sound is over. Cues without a sound have no end."""

    score: ScoreId
    index: int
    at: Frame
    """The first frame after it."""
    cut: bool
    """Whether it was silenced before its end."""


@dataclass(frozen=True, slots=True)
class ScoreEnded:
    """A score has been played whole."""

    score: ScoreId
    at: Frame
    """The first frame after it."""


@dataclass(frozen=True, slots=True)
class ScoreSilenced:
    """The answer to an order of silence: nothing more of this score will be heard or reported."""

    score: ScoreId
    at: Frame
    """The first frame in which it is silent."""
    played: Frame
    """How far into the score it had come when the order was given, in frames from its start.

    Negative for a score that had not begun and was to replace another: the other one is silenced in its stead.
    """


MixerReport: TypeAlias = CueStarted | CueEnded | ScoreEnded | ScoreSilenced

_Place: TypeAlias = tuple[Frame, int, int, int]
"""Where a report belongs: its frame; among those of one frame the score's turn, the cue, its start before its end."""
_BEFORE_ALL = -1


@dataclass(slots=True)
class _Performance:
    """A score on its way through the mixer."""

    score: Score
    turn: int
    """Performances are mixed, and report, in the order in which they were scheduled."""
    begins: Frame
    clips: list[Clip | None]
    replaces: ScoreId | None
    next_cue: int
    """Those before it have been, or were missed by a replacement that came late."""
    scheduled: Frame
    """No report of it is earlier."""
    ends: Frame = field(init=False)
    """The first frame after it. A clip that outlasts its score keeps the score open."""
    sounding: dict[int, Clip] = field(default_factory=dict)
    """The clips that are being played, by the index of their cue."""
    silenced: Frame | None = None
    """Where it was ordered to be silent: what sounds fades from here, and no cue begins."""
    silent: Frame = 0
    """The first frame after the fade, once it is silenced."""

    def __post_init__(self) -> None:
        heard = range(self.next_cue, len(self.clips))
        self.ends = max([self.scheduled, self.begins + self.score.length, *map(self.end, heard)])

    def start(self, index: int) -> Frame:
        return self.begins + self.score.cues[index].offset

    def end(self, index: int) -> Frame:
        """The first frame after a cue, were it not silenced."""
        clip = self.clips[index]
        return self.start(index) + (0 if clip is None else len(clip))

    @property
    def over(self) -> Frame:
        """The first frame after all of it."""
        return self.ends if self.silenced is None else self.silent

    @property
    def played(self) -> Frame:
        """How far it comes, in frames from its start; negative if what it was to replace was silenced instead."""
        played = (self.ends if self.silenced is None else self.silenced) - self.begins
        return played if self.replaces is not None else max(0, played)

    def copy(self) -> "_Performance":
        """Another in the same place."""
        same = copy(self)
        same.sounding = dict(self.sounding)
        return same

    def silence(self, at: Frame) -> None:
        """Fade from `at` on."""
        ends = [self.end(i) for i in range(len(self.clips)) if self.scheduled <= self.start(i) < at]
        self.silenced = at
        self.silent = max([at, *(min(end, at + FADE_FRAMES) for end in ends)])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a mixer knows at a frame, between two blocks."""

    frame: Frame
    turns: int
    performances: dict[ScoreId, _Performance]
    played: dict[ScoreId, Frame]
    gain: np.float32
    ramp: Clip
    ramp_begins: Frame


class Mixer:
    """Plays scores, several at once. Everything asked of it takes effect at `frame`, the next to be rendered."""

    def __init__(self, clips: Callable[[Sound], Clip]) -> None:
        """`clips` gives the samples of a sound; it is asked when a score is scheduled, never while rendering."""
        self.frame: Frame = 0
        """The next frame to be rendered."""
        self._clips = clips
        self._turns = 0
        self._performances: dict[ScoreId, _Performance] = {}
        self._played: dict[ScoreId, Frame] = {}
        self._reports: list[tuple[_Place, MixerReport]] = []
        self._fade = raised_cosine(FADE_FRAMES)[::-1]
        self._gain = np.float32(1)
        self._ramp = np.ones(RAMP_FRAMES, dtype=np.float32)
        self._ramp_begins: Frame = 0
        self._speech = np.zeros(0, dtype=np.float32)

    def schedule(self, score: Score, at: Frame | None = None, replaces: ScoreId | None = None) -> None:
        """Begin `score` at the frame `at`, or now where that has passed: a late score slides whole.

        replaces: a score to silence at the very frame where this one begins, or is silenced.
        A replacement that comes late joins in where it would be by now, so that what it goes on with stays in time.
        Raises ValueError for a score whose id was used before, and what `clips` raises; nothing is scheduled then.
        """
        if score.id in self._performances or score.id in self._played:
            raise ValueError(f"score {score.id} was scheduled before: give every score an id of its own")
        begins = self.frame if at is None else at if replaces is not None else max(at, self.frame)
        missed = sum(begins + cue.offset < self.frame for cue in score.cues)
        self._performances[score.id] = _Performance(
            score=score,
            turn=self._turns,
            begins=begins,
            clips=[None if cue.sound is None else self._clips(cue.sound) for cue in score.cues],
            replaces=replaces,
            next_cue=missed,
            scheduled=self.frame,
        )
        self._turns += 1

    def silence(self, score: ScoreId) -> None:
        """Fade `score` out from now on. Whatever became of the score, one Silenced answers.

        An order given before that answer shares it. A score that was never scheduled, or not begun, has played
        0 frames, one that ended its length. One that was to replace another has not begun: the other falls silent.
        """
        self._silence(score, self.frame)

    def snapshot(self) -> Snapshot:
        """What it knows now."""
        performances = {id: performance.copy() for id, performance in self._performances.items()}
        return Snapshot(
            self.frame, self._turns, performances, dict(self._played), self._gain, self._ramp, self._ramp_begins
        )

    def restore(self, before: Snapshot) -> None:
        """Go back to what it knew before: nothing since then was asked of it, or rendered. Once for each snapshot."""
        self.frame, self._turns = before.frame, before.turns
        self._performances, self._played = before.performances, before.played
        self._gain, self._ramp, self._ramp_begins = before.gain, before.ramp, before.ramp_begins

    def volume(self, decibels: float) -> None:
        """Turn speech up or down from here on, smoothly; 0 is as it was recorded. Earcons stay as they are."""
        gain = np.float32(10 ** (decibels / 20))
        self._ramp = np.linspace(self._gains(1)[0], gain, RAMP_FRAMES, dtype=np.float32)
        self._ramp_begins = self.frame
        self._gain = gain

    def render(self, out: Clip) -> list[MixerReport]:
        """Fill `out` (mono, shape (frames,), any length) and move on by it; what happened in it, in order of frame."""
        until = self.frame + len(out)
        self._replace(until)
        if len(self._speech) < len(out):
            self._speech = np.zeros(len(out), dtype=np.float32)
        speech = self._speech[: len(out)]
        speech[:] = 0
        out[:] = 0
        for performance in list(self._performances.values()):
            self._begin_cues(performance, until)
            self._mix(performance, speech, out)
            self._end(performance, until)
        speech *= self._gains(len(out))
        out += speech
        _bend(out)
        self.frame = until
        reports = [report for _, report in sorted(self._reports, key=itemgetter(0))]
        self._reports.clear()
        return reports

    def _replace(self, until: Frame) -> None:
        """Silence what is replaced by the scores that begin before `until`."""
        replacing = [p for p in self._performances.values() if p.replaces is not None and p.begins < until]
        for performance in sorted(replacing, key=lambda p: (p.begins, p.turn)):
            if performance.silenced is None and performance.replaces is not None:
                replaced, performance.replaces = performance.replaces, None
                self._silence(replaced, max(performance.begins, self.frame))

    def _silence(self, score: ScoreId, at: Frame) -> None:
        performance = self._performances.get(score)
        if performance is None:
            self._report(at, None, ScoreSilenced(score, at, self._played.get(score, 0)))
        elif performance.over < at:
            self._report(at, None, ScoreSilenced(score, at, performance.played))
        elif performance.silenced is None:
            performance.silence(at)
            if performance.replaces is not None and at < performance.begins:
                self._silence(performance.replaces, at)

    def _begin_cues(self, performance: _Performance, until: Frame) -> None:
        limit = until if performance.silenced is None else performance.silenced
        cues = performance.score.cues
        while performance.next_cue < len(cues) and (at := performance.start(performance.next_cue)) < limit:
            index = performance.next_cue
            self._report(at, performance, CueStarted(performance.score.id, index, at), index)
            clip = performance.clips[index]
            if clip is not None:
                performance.sounding[index] = clip
            performance.next_cue += 1

    def _mix(self, performance: _Performance, speech: Clip, out: Clip) -> None:
        """Add what sounds of a performance, and report the cues that end."""
        silenced, first, until = performance.silenced, self.frame, self.frame + len(out)
        for index, clip in tuple(performance.sounding.items()):
            bus = speech if isinstance(performance.score.cues[index].sound, Speech) else out
            start, end = performance.start(index), performance.end(index)
            cut = silenced is not None and silenced < end
            if silenced is None or not cut:
                _add(bus, first, clip, start, end)
            else:
                _add(bus, first, clip, start, silenced)
                end = min(end, silenced + FADE_FRAMES)
                faded = clip[silenced - start : end - start] * self._fade[: end - silenced]
                _add(bus, first, faded, silenced, end)
            if end < until:
                self._report(end, performance, CueEnded(performance.score.id, index, end, cut), index, phase=1)
                del performance.sounding[index]

    def _end(self, performance: _Performance, until: Frame) -> None:
        """Report and forget a performance that is over."""
        score, at = performance.score.id, performance.over
        if at >= until:
            return
        ended = performance.silenced is None
        report = ScoreEnded(score, at) if ended else ScoreSilenced(score, at, performance.played)
        self._report(at, performance, report, len(performance.clips))
        self._played[score] = performance.played
        del self._performances[score]

    def _report(
        self, at: Frame, performance: _Performance | None, report: MixerReport, index: int = 0, phase: int = 0
    ) -> None:
        turn = _BEFORE_ALL if performance is None else performance.turn
        self._reports.append(((at, turn, index, phase), report))

    def _gains(self, count: int) -> Clip:
        """The volume in each of the next `count` frames."""
        gains = self._ramp[self.frame - self._ramp_begins :][:count]
        if len(gains) == 0:  # nearly always: costs no memory
            return np.broadcast_to(self._gain, count)
        return np.concatenate((gains, np.full(count - len(gains), self._gain)))


def _add(bus: Clip, first: Frame, samples: Clip, start: Frame, end: Frame) -> None:
    """Add the samples of the frames from `start` to `end`, as far as they fall on the bus, which begins at `first`."""
    begin, stop = max(start, first), min(end, first + len(bus))
    if begin < stop:
        bus[begin - first : stop - first] += samples[begin - start : stop - start]


def _bend(out: Clip) -> None:
    """Keep `out` within 1, smoothly and sample by sample: without a memory, blocks of any size sound the same."""
    magnitude = np.abs(out)
    if magnitude.max(initial=0) > LIMITER_KNEE:
        excess = np.maximum(magnitude - LIMITER_KNEE, 0) / (1 - LIMITER_KNEE)
        np.copysign(
            LIMITER_KNEE + (1 - LIMITER_KNEE) * excess / (1 + excess), out, out=out, where=magnitude > LIMITER_KNEE
        )
