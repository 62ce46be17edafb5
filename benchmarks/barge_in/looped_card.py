"""Measures the live path: Limber on a virtual card whose speaker is looped into its microphone, talked over by people.

Everything is timed in two recordings of the card, of its microphone and of its speaker: a word where its clean
recording lies in the first, silence and the first sound of an answer where they are in the second.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

from audio.frames import FRAMES_PER_SECOND, Frame
from audio.samples import SAMPLE_RATE, Clip, active_rms
from benchmarks.barge_in.scenarios import HEARD_WITHIN, LONG_LINE, ResultLine
from benchmarks.rig.card import SpeakerRecording, VirtualCard
from benchmarks.rig.program import Limber, acquainted, counts_found, found, of
from benchmarks.rig.scene import AUDIBLE, spoken_part

ECHO_LEVEL = 6.0
"""Level of Limber's voice over the person's, in dB."""
SCREENING_TAKES = 6.5
"""Seconds from the start of a routine until the screening question has been asked."""
ANSWERED_WITHIN = 4.0
"""Seconds after a request in which its answer must have begun."""
BARGE_IN_REPLIES = ("Let go", "Session over", "All right")
"""How the lines that follow "stop" or "pause" begin."""
SILENCE_BLOCK = FRAMES_PER_SECOND // 100
"""Frames of a block that is audible or silent: 10 ms."""
FADE = 6 * SILENCE_BLOCK
"""Frames within which a score that is cut has faded."""
STARTS_WITHIN = 3.0
"""Seconds that the card's player takes to begin, at most."""


@dataclass
class SpokenWord:
    """A word said into the microphone, to be found in its recording."""

    word: str
    over: str
    """What Limber was doing: "counting", "speech" or "silence"."""
    clip: Clip
    """The clean recording, at 16 kHz."""
    around: Frame
    """Frame of the microphone's recording a little before the word."""
    later: int
    """Frames by which the speaker's recording is longer than the microphone's."""


class RecordedCard:
    """Limber on a card, somebody who speaks, and recordings of microphone and speaker."""

    def __init__(
        self, card: VirtualCard, limber: Limber, microphone: SpeakerRecording, speaker: SpeakerRecording
    ) -> None:
        self._card, self.limber = card, limber
        self._microphone, self._speaker = microphone, speaker
        self.spoken: list[SpokenWord] = []

    def say(self, word: str, clip: Clip, over: str) -> None:
        """Say a word now."""
        later = statistics.median(len(self._speaker) - len(self._microphone) for _ in _for(0.1))
        self.spoken.append(SpokenWord(word, over, clip, len(self._microphone), round(later)))
        self._card.speak(clip, SAMPLE_RATE)

    @property
    def recorded(self) -> tuple[Clip, Clip]:
        """What the microphone and the speaker were given, at 48 kHz."""
        return self._microphone.samples, self._speaker.samples

    def silent(self, seconds: float) -> bool:
        """Whether the speaker has been silent for the last `seconds`."""
        return not np.abs(self._speaker.samples[-round(seconds * FRAMES_PER_SECOND) :]).max(initial=0.0) > AUDIBLE

    def until(self, reached: Callable[[str], bool], seconds: float, since: int | None = None) -> bool:
        """Wait for `seconds` at most until Limber shows such a line, from line `since` on; whether it did."""
        since = len(self.limber.lines) if since is None else since
        return any(any(map(reached, self.limber.lines[since:])) for _ in _for(seconds))


def _for(seconds: float) -> Iterator[None]:
    """Iterate for some seconds of the machine's clock."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield
        time.sleep(0.01)


@contextmanager
def _recorded(card: VirtualCard, folder: Path) -> Iterator[RecordedCard]:
    """Limber on a card that is recorded, once it listens."""
    with (
        card.recording("mic_in") as microphone,
        card.recording() as speaker,
        Limber(card, acquainted(folder)) as limber,
    ):
        limber.wait_for_listening()
        yield RecordedCard(card, limber, microphone, speaker)


def talked_over(people: Mapping[str, Mapping[str, Clip]], usual: Clip) -> list[ResultLine]:
    """The lines of each word of each person, said over counting and over speech.

    `usual`: Limber's voice, to set the level of theirs by.
    """
    chance = random.Random(1)  # noqa: S311 (no secret)
    said = [(word, clip, over) for words in people.values() for word, clip in words.items() for over in OVER_WHAT]
    chance.shuffle(said)
    with (
        tempfile.TemporaryDirectory() as place,
        VirtualCard() as card,
        card.looped(),
        _recorded(card, Path(place)) as room,
    ):
        _begin(room)
        for word, clip, over in said:
            loud = np.float32(active_rms(usual, SAMPLE_RATE) / active_rms(clip, SAMPLE_RATE) * 10 ** (-ECHO_LEVEL / 20))
            OVER_WHAT[over](room, chance)
            before = len(room.limber.lines)
            room.say(word, clip * loud, over)
            room.until(lambda line: line.startswith(BARGE_IN_REPLIES), HEARD_WITHIN, before)
            _go_on(room, before)
        timeline = room.limber.end()
        microphone, speaker = room.recorded
    places = counts_found(timeline, speaker)
    lines = [_interrupted(each, timeline, places, microphone, speaker) for each in room.spoken]
    meant = [(each["began"], each["ended"]) for each in lines]
    heard = [line for line in of(timeline, "heard") if line["until"] > line["began"]]
    acted = [line["intent"] for line in heard if not any(_overlap(line, *each, places) for each in meant)]
    missed = [line["frames"] for line in of(timeline, "underrun")]
    return [*lines, {"false": acted, "missed": missed, "minutes": len(speaker) / FRAMES_PER_SECOND / 60}]


def asked(requests: Sequence[tuple[str, Clip]]) -> list[ResultLine]:
    """The lines of requests that are each said while Limber is silent."""
    with (
        tempfile.TemporaryDirectory() as place,
        VirtualCard() as card,
        card.looped(),
        _recorded(card, Path(place)) as room,
    ):
        for text, clip in requests:
            while not room.silent(2.0):
                time.sleep(0.05)
            room.say(text, clip, "silence")
            time.sleep(ANSWERED_WITHIN)
            room.limber.press("s")
        room.limber.end()
        microphone, speaker = room.recorded
    return [_answered(each, microphone, speaker) for each in room.spoken]


def _begin(room: RecordedCard) -> None:
    """Start the routine and answer the screening question."""
    room.limber.press("g")
    time.sleep(SCREENING_TAKES)
    room.limber.press("n")


def _counting(room: RecordedCard, chance: random.Random) -> None:
    """Wait until Limber is counting."""
    room.until(lambda line: line.isdigit() and 1 < int(line) < 8, 60)
    time.sleep(chance.uniform(0.1, 1.0))


def _speaking(room: RecordedCard, chance: random.Random) -> None:
    """Wait until Limber is saying a longer line."""
    _counting(room, chance)
    before = len(room.limber.lines)
    room.limber.press("nb"[len(room.spoken) % 2])  # never to the end of the routine
    room.until(lambda line: len(line) > LONG_LINE, 10, before)
    time.sleep(chance.uniform(0.3, 0.9))


OVER_WHAT: Mapping[str, Callable[[RecordedCard, random.Random], None]] = {"counting": _counting, "speech": _speaking}
"""To what is talked over, how it is awaited."""


def _go_on(room: RecordedCard, before: int) -> None:
    """Resume or restart the session after an interruption."""
    time.sleep(1.0)
    said = [line for line in room.limber.lines[before:] if line.startswith(BARGE_IN_REPLIES)]
    if not said:
        return
    if said[-1].startswith("Let go, slowly. Say go on when"):
        room.limber.press(" ")
    else:
        _begin(room)


def _place(frame: Frame, places: list[tuple[ResultLine, int]]) -> int:
    """The position of a timeline's frame in the speaker's recording, by the last count before it."""
    line, at = max(
        (each for each in places if each[0]["frame"] <= frame), key=lambda each: each[0]["frame"], default=places[0]
    )
    return int(at + frame - line["frame"])


def _overlap(heard: ResultLine, began: int, ended: int, places: list[tuple[ResultLine, int]]) -> bool:
    """Whether what was understood lies within half a second of a word that was said."""
    first, last = (_place(round(heard[field] * FRAMES_PER_SECOND), places) for field in ("began", "until"))
    return first < ended + FRAMES_PER_SECOND // 2 and last > began - FRAMES_PER_SECOND // 2


def _found(spoken: SpokenWord, microphone: Clip) -> tuple[int, int]:
    """The frames of the speaker's recording at which a word begins and ends."""
    clip = soxr.resample(spoken.clip, SAMPLE_RATE, FRAMES_PER_SECOND)
    # What changes from sample to sample tells the place best: Limber's own voice is in the sound, too.
    at, _ = found(np.diff(microphone), np.diff(clip), spoken.around, round(STARTS_WITHIN * FRAMES_PER_SECOND))
    onset, end = (edge * FRAMES_PER_SECOND // SAMPLE_RATE for edge in spoken_part(spoken.clip))
    return at + onset + spoken.later, at + end + spoken.later


def _interrupted(
    spoken: SpokenWord,
    timeline: list[ResultLine],
    places: list[tuple[ResultLine, int]],
    microphone: Clip,
    speaker: Clip,
) -> ResultLine:
    """What came of one word: times in seconds, from its onset or its end."""
    onset, end = _found(spoken, microphone)
    line: ResultLine = {"word": spoken.word, "over": spoken.over, "began": onset, "ended": end}
    until = end + round(HEARD_WITHIN * FRAMES_PER_SECOND)

    def first(*events: str) -> int | None:
        at = [_place(each["frame"], places) for each in timeline if each["event"] in events]
        return min((each for each in at if onset <= each < until), default=None)

    silenced, ducked = first("paused", "stopped"), first("ducked")
    heard = [each for each in of(timeline, "heard") if each["until"] > each["began"]]
    line["intents"] = [each["intent"] for each in heard if onset <= _place(each["frame"], places) < until]
    line["right"] = silenced is not None and line["intents"][:1] == [spoken.word.capitalize()]
    line["ducked"] = None if ducked is None else (ducked - onset) / FRAMES_PER_SECOND
    if silenced is not None:
        line["decided"] = (silenced - end) / FRAMES_PER_SECOND
        line["silent"] = max(0, _silent(speaker, silenced) - end) / FRAMES_PER_SECOND
    return line


def _silent(speaker: Clip, at: int) -> int:
    """The frame since which the speaker was silent when its score was cut at `at`."""
    loud = (
        np.abs(speaker[: len(speaker) // SILENCE_BLOCK * SILENCE_BLOCK]).reshape(-1, SILENCE_BLOCK).max(axis=1)
        > AUDIBLE
    )
    block = (at + FADE) // SILENCE_BLOCK
    while block > at // SILENCE_BLOCK and loud[block]:  # the answer may be there already
        block -= 1
    while block > 0 and not loud[block - 1]:
        block -= 1
    return block * SILENCE_BLOCK


def _answered(spoken: SpokenWord, microphone: Clip, speaker: Clip) -> ResultLine:
    """What came of one request: seconds from its end to the first sound of the answer."""
    _, end = _found(spoken, microphone)
    after = np.abs(speaker[end : end + round(ANSWERED_WITHIN * FRAMES_PER_SECOND)]) > AUDIBLE
    return {"word": spoken.word, "answered": int(np.argmax(after)) / FRAMES_PER_SECOND if after.any() else None}
