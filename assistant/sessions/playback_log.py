"""The playback log of a stage: which cues play, what sounded of late, and the timeline's entries for both."""

from collections import deque
from collections.abc import Callable

from assistant.coaching.marks import CountMark
from assistant.timeline import entries
from assistant.timeline.log import Timeline
from audio.frames import Frame, frames, seconds
from audio.score import Cue, Earcon, Score, ScoreId, Speech

REMEMBERED_LINES = 60
"""Number of lines and counts remembered: more than sound during the longest utterance (15 s)."""
REVERBERATION = frames(0.5)
"""Time after its end in which a line may still be heard, in frames (0.5 s): the way to the microphone, and the room."""


class PlaybackLog:
    """Follows the cues of all scores, by the mixer's reports. Positions are frames at 48 kHz."""

    def __init__(self, timeline: Timeline, spoken: Callable[[str], None]) -> None:
        """`spoken`: called with the text of each line as the line begins to sound."""
        self._timeline, self._spoken = timeline, spoken
        self._cues: dict[ScoreId, tuple[Cue, ...]] = {}
        self._sounding: dict[tuple[ScoreId, int], Frame] = {}
        """First frame of every cue that sounds, by its score and its index there."""
        self._ended: deque[tuple[str, Frame, Frame]] = deque(maxlen=REMEMBERED_LINES)
        """Text, first frame and end of the cues that sounded last; the text of an earcon is empty."""

    def scheduled(self, score: Score) -> None:
        """Remember the cues of a score that goes to the mixer."""
        self._cues[score.id] = score.cues

    def cue_started(self, id: ScoreId, index: int, at: Frame) -> Cue:
        """Note that a cue began at a frame, and return the cue."""
        cue = self._cues[id][index]
        if cue.sound is not None:
            self._sounding[id, index] = at
        if isinstance(cue.sound, Speech):
            self._spoken(cue.sound.text)
        elif isinstance(cue.sound, Earcon):
            self._timeline.add(at, entries.EarconPlayed(cue.sound.name))
        return cue

    def cue_ended(self, id: ScoreId, index: int, at: Frame, *, cut: bool) -> None:
        """Note that a cue ended at a frame. `cut`: before the end of its clip."""
        began = self._sounding.pop((id, index), None)
        cue = self._cues[id][index]
        if began is None:
            return
        self._ended.append((_text_of(cue), began, at))
        if isinstance(cue.sound, Speech) and not isinstance(cue.mark, CountMark):
            self._timeline.add(began, entries.Said(cue.sound.text, seconds(at), cut))

    def score_over(self, id: ScoreId) -> None:
        """Forget the cues of a score that ended or was silenced."""
        self._cues.pop(id, None)

    def sounded(self, began: Frame, until: Frame) -> list[str]:
        """The texts that sounded between two frames, or so shortly before that the room still did; "" for an earcon."""
        sounding = [(_text_of(self._cues[id][index]), at, until) for (id, index), at in self._sounding.items()]
        return [
            text for text, begins, ends in (*self._ended, *sounding) if begins < until and ends > began - REVERBERATION
        ]


def _text_of(cue: Cue) -> str:
    return cue.sound.text if isinstance(cue.sound, Speech) else ""
