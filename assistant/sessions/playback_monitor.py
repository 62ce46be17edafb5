"""What sounds, and what sounded lately: from the mixer's reports to events, and to the lines of the timeline."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import assert_never

from assistant.coaching.marks import CountMark
from assistant.dialogue.events import Ended, Event, Played, Silenced
from assistant.timeline import entries
from assistant.timeline.log import Timeline
from audio.frames import Frame, frames, seconds
from audio.playback.mixer import CueEnded, CueStarted, MixerReport, ScoreEnded, ScoreSilenced
from audio.score import Cue, Earcon, Score, ScoreId, Speech

REMEMBERED_LINES = 60
"""Lines and counts that are remembered, for what was heard over them: an utterance lasts 15 s at most."""
REVERBERATION = frames(0.5)
"""How long after its end a line may still be heard: its way to the microphone, and the room."""


class PlaybackMonitor:
    """Follows every score from its order to its last report."""

    def __init__(self, timeline: Timeline, spoken: Callable[[str], None]) -> None:
        """`spoken` is told each text as it begins to sound."""
        self._timeline, self._spoken = timeline, spoken
        self._cues: dict[ScoreId, tuple[Cue, ...]] = {}
        self._started: dict[tuple[ScoreId, int], Frame] = {}
        self._lately: deque[tuple[str, Frame, Frame]] = deque(maxlen=REMEMBERED_LINES)

    def expect(self, score: Score) -> None:
        """A score is ordered: reports of it will come."""
        self._cues[score.id] = score.cues

    def said_between(self, began: Frame, until: Frame) -> list[str]:
        """What sounded between two frames, or just before; an earcon has no words."""
        sounding = [(_words(self._cues[id][index]), at, until) for (id, index), at in self._started.items()]
        return [
            words
            for words, begins, ends in (*self._lately, *sounding)
            if begins < until and ends > began - REVERBERATION
        ]

    def events(self, report: MixerReport) -> Iterator[Event]:
        """The events of a report, once the timeline has its lines."""
        match report:
            case CueStarted(score=id, index=index, at=at):
                cue = self._cues[id][index]
                self._begun(id, index, cue, at)
                yield Played(id, cue.offset, cue.mark, at)
            case CueEnded(score=id, index=index, at=at, cut=cut):
                self._over(id, index, at, cut)
            case ScoreEnded(score=id, at=at):
                del self._cues[id]
                yield Ended(id, at)
            case ScoreSilenced(score=id, at=at, played=played):
                self._cues.pop(id, None)
                yield Silenced(id, at, played)
            case _:
                assert_never(report)

    def _begun(self, id: ScoreId, index: int, cue: Cue, at: Frame) -> None:
        match cue.sound:
            case Speech(text=text):
                self._started[id, index] = at
                self._spoken(text)
            case Earcon(name=name):
                self._started[id, index] = at
                self._timeline.add(at, entries.EarconPlayed(name))
            case None:
                pass
            case _:
                assert_never(cue.sound)

    def _over(self, id: ScoreId, index: int, at: Frame, cut: bool) -> None:
        began = self._started.pop((id, index), None)
        cue = self._cues[id][index]
        if began is None:
            return
        self._lately.append((_words(cue), began, at))
        if isinstance(cue.sound, Speech) and not isinstance(cue.mark, CountMark):
            self._timeline.add(began, entries.Said(cue.sound.text, seconds(at), cut))


def _words(cue: Cue) -> str:
    return cue.sound.text if isinstance(cue.sound, Speech) else ""
