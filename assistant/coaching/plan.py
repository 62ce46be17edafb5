"""A plan: what is said, in order, before it is known how long each clip is; and its layout in frames.

A plan is made of words, gaps, signs (marks alone) and beats. A beat lasts exactly as long as it says,
whatever is spoken in it, so a row of beats is a clock: counts sit on it, and answers can be spoken
over it without moving it. What is left of a plan at any frame is a plan again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from audio.frames import Frame, frames
from audio.score import Cue, Mark, Score, ScoreId, Sound, Speech, VoiceSettings

LINE_GAP = frames(0.3)
"""The silence after a line."""

WORD_GAP = frames(0.06)
"""The silence between two words inside one beat."""


@dataclass(frozen=True, slots=True)
class Say:
    """A line, and a little silence after it."""

    text: str
    mark: Mark | None = None
    after: Frame = LINE_GAP


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence."""

    length: Frame


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark alone: no sound, no length."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Beat:
    """Exactly `length` frames, with a short word at its start, perhaps a second, perhaps words over it."""

    length: Frame
    word: str | None = None
    second: str | None = None
    """Said after the word if there is room, else left out."""
    over: str | None = None
    """Words that may outlast this beat and run on over the next ones."""
    mark: Mark | None = None


Item: TypeAlias = Say | Gap | Marker | Beat
Plan: TypeAlias = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """An item of a plan at its place in a score."""

    item: Item
    start: Frame
    spoken: Frame
    """Where its speech ends; `start` when it has none."""
    end: Frame
    cues: tuple[Cue, ...]


Layout: TypeAlias = tuple[Placed, ...]


def _speech_of(item: Item, voice: VoiceSettings) -> tuple[Speech, ...]:
    match item:
        case Say(text=text):
            return (Speech(text, voice),)
        case Beat(length=length, word=word, second=second, over=over):
            short = tuple(Speech(text, voice, fit=length) for text in (word, second) if text)
            return (*short, Speech(over, voice)) if over else short
        case Gap() | Marker():
            return ()
        case _:
            assert_never(item)


def sounds(plan: Iterable[Item], voice: VoiceSettings) -> tuple[Sound, ...]:
    """Every sound of a plan once, in the order in which they are first needed."""
    return tuple(dict.fromkeys(speech for item in plan for speech in _speech_of(item, voice)))


def _place(item: Item, start: Frame, voice: VoiceSettings, lengths: Mapping[Sound, Frame]) -> Placed:
    speech = _speech_of(item, voice)
    match item:
        case Say(mark=mark, after=after):
            spoken = start + lengths[speech[0]]
            return Placed(item, start, spoken, spoken + after, (Cue(start, speech[0], mark),))
        case Gap(length=length):
            return Placed(item, start, start, start + length, ())
        case Marker(mark=mark):
            return Placed(item, start, start, start, (Cue(start, None, mark),))
        case Beat(length=length, over=over, mark=mark):
            cues: list[Cue] = []
            spoken = start
            for sound in speech[:-1] if over else speech:
                at = spoken + WORD_GAP if cues else start
                if at + lengths[sound] <= start + length:
                    cues.append(Cue(at, sound, None if cues else mark))
                    spoken = at + lengths[sound]
            if mark is not None and not cues:
                cues.append(Cue(start, None, mark))
            if over:
                cues.append(Cue(start, speech[-1]))
                spoken = max(spoken, start + lengths[speech[-1]])
            return Placed(item, start, spoken, start + length, tuple(cues))
        case _:
            assert_never(item)


def lay_out(plan: Iterable[Item], voice: VoiceSettings, lengths: Mapping[Sound, Frame]) -> Layout:
    """Each item at its place, one after the other, from frame 0 of the score."""
    placed: list[Placed] = []
    at = 0
    for item in plan:
        placed.append(_place(item, at, voice, lengths))
        at = placed[-1].end
    if placed and isinstance(placed[-1].item, Say):
        placed[-1] = replace(placed[-1], end=placed[-1].spoken)  # nothing follows that needs the silence
    return tuple(placed)


def as_score(id: ScoreId, layout: Layout) -> Score:
    """The layout as the mixer takes it."""
    cues = sorted((cue for placed in layout for cue in placed.cues), key=lambda cue: cue.offset)
    end = max((max(placed.end, placed.spoken) for placed in layout), default=0)
    return Score(id, tuple(cues), end)


def rest_of(layout: Layout, played: Frame) -> Plan:
    """What is left of a plan that was played up to a frame (before its beginning, if negative).

    A line that was cut short is said again whole; a beat keeps just the frames that were left.
    """
    rest: list[Item] = [Beat(-played)] if played < 0 else []
    for placed in layout:
        item = placed.item
        if placed.start >= played:
            rest.append(item)
            continue
        match item:
            case Say() if placed.spoken > played:
                rest.append(replace(item, mark=None))
            case Say() | Gap() if placed.end > played:
                rest.append(Gap(placed.end - played))
            case Beat() if placed.end > played:
                rest.append(Beat(placed.end - played))
            case Say() | Gap() | Marker() | Beat():
                pass
            case _:
                assert_never(item)
    return tuple(rest)


def beats_ahead(plan: Sequence[Item]) -> tuple[Beat, ...]:
    """The row of beats at the head of a plan."""
    row: list[Beat] = []
    for item in plan:
        if not isinstance(item, Beat):
            break
        row.append(item)
    return tuple(row)


def between_words(layout: Layout, earliest: Frame) -> Frame:
    """The first frame from `earliest` on at which no word of a beat is cut in two."""
    at = earliest
    for placed in layout:
        if isinstance(placed.item, Beat) and placed.start <= at < min(placed.spoken, placed.end):
            at = min(placed.spoken, placed.end)
    return at
