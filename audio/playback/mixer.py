"""The mixer: plays scores, each cue on its frame, and reports what was played.

The mixer knows no device, no clock and no threads: whoever renders moves time on. What is rendered and what is reported
do not depend on the sizes of the blocks.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeAlias

import numpy as np

from audio.frames import Frame, frames
from audio.samples import Block, Clip, Waveform, raised_cosine
from audio.score import Score, ScoreId, Sound, Speech

FADE_FRAMES = frames(0.005)
"""Length of the fade of a score that is silenced, in frames (5 ms)."""
RAMP_FRAMES = frames(0.010)
"""Length of a change of volume, in frames (10 ms)."""
LIMITER_KNEE = 0.8
"""Amplitude up to which the limiter leaves sound as it is; beyond, the curve bends and never reaches 1."""


@dataclass(frozen=True, slots=True)
class CueStarted:
    """A cue has begun; its mark is due."""

    score: ScoreId
    """The score that the cue belongs to."""
    index: int
    """Which of the score's cues, from 0 on."""
    at: Frame
    """The cue's first frame."""


@dataclass(frozen=True, slots=True)
class CueEnded:
    """The sound of a cue is over. Cues without a sound have no end."""

    score: ScoreId
    """The score that the cue belongs to."""
    index: int
    """Which of the score's cues, from 0 on."""
    at: Frame
    """The first frame after the sound."""
    cut: bool
    """Whether the sound was silenced before its end."""


@dataclass(frozen=True, slots=True)
class ScoreEnded:
    """A score has been played whole."""

    score: ScoreId
    """The score."""
    at: Frame
    """The first frame after the score."""


@dataclass(frozen=True, slots=True)
class ScoreSilenced:
    """The answer to an order of silence: nothing more of this score will be heard or reported."""

    score: ScoreId
    """The score that was to be silenced."""
    at: Frame
    """The first silent frame."""
    played: Frame
    """How far the score had been played when the order was given, in frames from its start.

    Negative for a score that had not begun and was to replace another: then the other one is silenced.
    """


MixerReport: TypeAlias = CueStarted | CueEnded | ScoreEnded | ScoreSilenced
"""What the mixer reports of a block."""

_Place: TypeAlias = tuple[Frame, int, int, int]
"""Where a report belongs: its frame, then the score's turn, then the cue, and 0 for its start or 1 for its end."""
_BEFORE_ALL = -1
"""The turn of a report that is of no score on its way: before those of all scores."""


@dataclass(slots=True)
class _Performance:
    """A score on its way through the mixer."""

    score: Score
    """What is played."""
    turn: int
    """Rank by the time of scheduling: performances are mixed, and report, in this order."""
    begins: Frame
    """The first frame of the score."""
    clips: list[Clip | None]
    """The sound of each cue; None for a cue without a sound."""
    replaces: ScoreId | None
    """The score that is silenced where this one begins; None: none, or that has been done."""
    next_cue: int
    """Index of the next cue. Those before have begun, or were missed by a replacement that came late."""
    scheduled: Frame
    """The mixer's frame at the time of scheduling: no report of the performance is earlier."""
    ends: Frame = field(init=False)
    """The first frame after the performance. A clip that outlasts its score keeps the score open."""
    sounding: dict[int, Clip] = field(default_factory=dict)
    """The clips that are being played, by the index of their cue."""
    silenced: Frame | None = None
    """Where the performance was ordered to be silent: clips fade from here on, and no cue begins."""
    silent: Frame = 0
    """The first frame after that fade."""

    def __post_init__(self) -> None:
        to_come = range(self.next_cue, len(self.clips))
        self.ends = max([self.scheduled, self.begins + self.score.length, *map(self.end, to_come)])

    def start(self, index: int) -> Frame:
        """The first frame of a cue."""
        return self.begins + self.score.cues[index].offset

    def end(self, index: int) -> Frame:
        """The first frame after a cue that is not silenced."""
        clip = self.clips[index]
        return self.start(index) + (0 if clip is None else len(clip))

    @property
    def over(self) -> Frame:
        """The first frame after the performance, silenced or not."""
        return self.ends if self.silenced is None else self.silent

    @property
    def played(self) -> Frame:
        """How far the score is played, in frames from its start; negative if silenced before it replaced another."""
        played = (self.ends if self.silenced is None else self.silenced) - self.begins
        return played if self.replaces is not None else max(0, played)

    def copy(self) -> "_Performance":
        """Copy the performance with its state."""
        same = copy(self)
        same.sounding = dict(self.sounding)
        return same

    @property
    def eventless_until(self) -> Frame:
        """A frame before which it neither reports anything nor replaces a score."""
        events = [self.over, *(min(self.end(i), self.over) for i in self.sounding)]
        if self.replaces is not None:
            events.append(self.begins)
        if self.next_cue < len(self.clips):
            events.append(self.start(self.next_cue))
        return min(events)

    def silence(self, at: Frame) -> None:
        """Have every clip fade from `at` on."""
        ends = [self.end(i) for i in range(len(self.clips)) if self.scheduled <= self.start(i) < at]
        self.silenced = at
        self.silent = max([at, *(min(end, at + FADE_FRAMES) for end in ends)])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a mixer between two blocks."""

    frame: Frame
    """The next frame to be rendered."""
    turns: int
    """How many scores were scheduled."""
    performances: dict[ScoreId, _Performance]
    """Scores that are on their way."""
    played: dict[ScoreId, Frame]
    """How far each score that is over was played, in frames."""
    gain: np.float32
    """Gain of speech after the ramp."""
    ramp: Waveform
    """Gains of the last change of volume, frame by frame: shape (RAMP_FRAMES,)."""
    ramp_begins: Frame
    """The first frame of that change."""


class Mixer:
    """Plays scores, several at once. Whatever is asked of a mixer takes effect at `frame`, the next to be rendered.

    Threads: all of a mixer belongs to the thread that renders.
    """

    def __init__(self, clips: Callable[[Sound], Clip]) -> None:
        """`clips` gives the clip of a sound; the mixer calls it when a score is scheduled, never while rendering."""
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
        """Begin `score` at the frame `at`, or now where that has passed: a late score is delayed as a whole.

        `replaces`: a score to silence at the very frame where this one begins, or is silenced.
        A replacement that comes late joins in where it would be by now, so that what it continues stays in time.
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
        """Fade `score` out from now on. Whatever became of the score, one ScoreSilenced answers.

        An order given before that answer shares it. A score that was never scheduled, or not begun, has played
        0 frames, one that ended its length. One that was to replace another has not begun: the other falls silent.
        """
        self._silence(score, self.frame)

    def snapshot(self) -> Snapshot:
        """Copy the state of the mixer."""
        performances = {id: performance.copy() for id, performance in self._performances.items()}
        return Snapshot(
            self.frame, self._turns, performances, dict(self._played), self._gain, self._ramp, self._ramp_begins
        )

    def restore(self, before: Snapshot) -> None:
        """Return to an earlier state, as if nothing had been asked or rendered since. Once for each snapshot."""
        self.frame, self._turns = before.frame, before.turns
        self._performances, self._played = before.performances, before.played
        self._gain, self._ramp, self._ramp_begins = before.gain, before.ramp, before.ramp_begins

    def volume(self, decibels: float) -> None:
        """Set the volume of speech in dB (0: that of its clips), by a smooth ramp from here on; earcons keep theirs."""
        gain = np.float32(10 ** (decibels / 20))
        self._ramp = np.linspace(np.ravel(self._gains(1))[0], gain, RAMP_FRAMES, dtype=np.float32)
        self._ramp_begins = self.frame
        self._gain = gain

    @property
    def eventless_until(self) -> Frame | None:
        """A frame before which nothing is reported, as long as nothing is asked of the mixer; None: for ever."""
        if self._reports:
            return self.frame
        return min((each.eventless_until for each in self._performances.values()), default=None)

    def render(self, out: Block) -> list[MixerReport]:
        """Fill `out`, of any length, and move on by it; what happened in these frames, in their order."""
        until = self.frame + len(out)
        self._replace(until)
        if len(self._speech) < len(out):
            self._speech = np.zeros(len(out), dtype=np.float32)
        speech = self._speech[: len(out)]
        speech[:] = 0
        out[:] = 0
        sounds = False
        for performance in list(self._performances.values()):
            self._begin_cues(performance, until)
            if performance.sounding:
                self._mix(performance, speech, out)
                sounds = True
            self._end(performance, until)
        if sounds:  # most blocks are silent, and typed sessions render minutes of them at once
            speech *= self._gains(len(out))
            out += speech
            _bend(out)
        self.frame = until
        reports = [report for _, report in sorted(self._reports, key=itemgetter(0))]
        self._reports.clear()
        return reports

    def _replace(self, until: Frame) -> None:
        """Silence the scores that are replaced by scores that begin before `until`."""
        replacing = [p for p in self._performances.values() if p.replaces is not None and p.begins < until]
        for performance in sorted(replacing, key=lambda p: (p.begins, p.turn)):
            if performance.silenced is None and performance.replaces is not None:
                replaced, performance.replaces = performance.replaces, None
                self._silence(replaced, max(performance.begins, self.frame))

    def _silence(self, score: ScoreId, at: Frame) -> None:
        """Fade a score out from a frame on, and answer the order where that is already known."""
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
        """Begin and report the cues before `until`."""
        limit = until if performance.silenced is None else performance.silenced
        cues = performance.score.cues
        while performance.next_cue < len(cues) and (at := performance.start(performance.next_cue)) < limit:
            index = performance.next_cue
            self._report(at, performance, CueStarted(performance.score.id, index, at), index)
            clip = performance.clips[index]
            if clip is not None:
                performance.sounding[index] = clip
            performance.next_cue += 1

    def _mix(self, performance: _Performance, speech: Block, out: Block) -> None:
        """Add the clips of a performance to the buses of speech and of earcons, and report the cues that end."""
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
        """Report and drop a performance that is over before `until`."""
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
        """Keep a report for the end of the block, with the place that it is sorted by."""
        turn = _BEFORE_ALL if performance is None else performance.turn
        self._reports.append(((at, turn, index, phase), report))

    def _gains(self, count: int) -> Waveform | np.float32:
        """The gain of speech in each of the next `count` frames: shape (count,), or one number where it is constant."""
        gains = self._ramp[self.frame - self._ramp_begins :][:count]
        if len(gains) == 0:  # nearly always
            return self._gain
        return np.concatenate((gains, np.full(count - len(gains), self._gain)))


def _add(bus: Block, first: Frame, samples: Clip, start: Frame, end: Frame) -> None:
    """Add a clip that lies from `start` to `end` to a bus that begins at `first`, as far as they overlap."""
    begin, stop = max(start, first), min(end, first + len(bus))
    if begin < stop:
        bus[begin - first : stop - first] += samples[begin - start : stop - start]


def _bend(out: Block) -> None:
    """Limit `out` to amplitudes below 1 by a curve without memory, so that the sizes of the blocks do not matter."""
    magnitude = np.abs(out)
    if magnitude.max(initial=0) > LIMITER_KNEE:
        excess = np.maximum(magnitude - LIMITER_KNEE, 0) / (1 - LIMITER_KNEE)
        np.copysign(
            LIMITER_KNEE + (1 - LIMITER_KNEE) * excess / (1 + excess), out, out=out, where=magnitude > LIMITER_KNEE
        )
