"""A plan: what is said, in order, before the lengths of the clips are known; and its layout, in frames at 48 kHz.

A plan is made of lines, gaps, markers (marks alone) and beats. A beat lasts exactly as long as it states, whatever is
spoken in it. So a row of beats is a clock: counts sit on the beats, and an answer can be spoken over them without
moving one. What is left of a plan at any frame is again a plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from audio.frames import Frame, frames
from audio.score import Cue, Earcon, Mark, Score, ScoreId, Sound, Speech, VoiceSettings

LINE_GAP = frames(0.3)
"""Silence after a line, in frames (0.3 s)."""

COUNT_BEEP = Earcon("count")
"""What sounds on a count where counts are beeps."""
WORD_GAP = frames(0.06)
"""Silence between two words inside one beat, in frames (0.06 s)."""


@dataclass(frozen=True, slots=True)
class Say:
    """A spoken line, and the silence after it."""

    text: str
    """The line."""
    mark: Mark | None = None
    """Mark of its start; None: none."""
    after: Frame = LINE_GAP
    """Silence after the line, in frames."""
    once: bool = False
    """Whether it answers somebody: cut off, it is gone; an instruction is said again."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence between two items."""

    length: Frame
    """Length in frames."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark without sound or length."""

    mark: Mark
    """The mark."""


@dataclass(frozen=True, slots=True)
class Beat:
    """An interval of exactly `length` frames, in which short words may be spoken."""

    length: Frame
    """Length in frames; that of a count is one second."""
    word: str | None = None
    """Word spoken at the start of the beat, fast enough to fit; None: none."""
    second: str | None = None
    """Word spoken after that one if there is room in the beat, else left out; None: none."""
    over: str | None = None
    """Line that begins with the beat and may run on over the next beats; None: none."""
    mark: Mark | None = None
    """Mark of the beat's start; None: none."""
    beeps: bool = False
    """Whether a beep sounds at the start of the beat, in place of a word."""


Item: TypeAlias = Say | Gap | Marker | Beat
"""One part of a plan."""
Plan: TypeAlias = tuple[Item, ...]
"""The items in order; () says nothing."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An item of a plan at its position in a score. Positions are frames from the start of the score."""

    item: Item
    """The item."""
    start: Frame
    """Where the item begins."""
    spoken: Frame
    """Where its speech ends; `start` where nothing is spoken."""
    end: Frame
    """Where the item ends and the next one begins."""
    cues: tuple[Cue, ...]
    """Its cues for the mixer."""


Layout: TypeAlias = tuple[Placed, ...]
"""A plan whose items all have their positions, in order."""


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
    """The sounds of a plan, each once, in the order in which they are first needed."""
    needed: list[Sound] = []
    for item in plan:
        needed += [*_tones_of(item), *_speech_of(item, voice)]
    return tuple(dict.fromkeys(needed))


def _tones_of(item: Item) -> tuple[Earcon, ...]:
    """The earcons of an item."""
    return (COUNT_BEEP,) if isinstance(item, Beat) and item.beeps else ()


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
            cues: list[Cue] = [Cue(start, beep, mark) for beep in _tones_of(item)]
            spoken = start + (lengths[COUNT_BEEP] if cues else 0)
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
    """Lay a plan out, item after item, from frame 0 of the score. `lengths`: of every sound of the plan, in frames."""
    placed: list[Placed] = []
    at = 0
    for item in plan:
        placed.append(_place(item, at, voice, lengths))
        at = placed[-1].end
    if placed and isinstance(placed[-1].item, Say):
        placed[-1] = replace(placed[-1], end=placed[-1].spoken)  # no silence after the last line
    return tuple(placed)


def as_score(id: ScoreId, layout: Layout) -> Score:
    """The score of a layout, for the mixer."""
    cues = sorted((cue for placed in layout for cue in placed.cues), key=lambda cue: cue.offset)
    end = max((max(placed.end, placed.spoken) for placed in layout), default=0)
    return Score(id, tuple(cues), end)


def rest_of(layout: Layout, played: Frame) -> Plan:
    """What is left of a plan of which `played` frames were played; negative: the plan was to begin so much later.

    An instruction that was cut off is left whole, to be said again; an answer is gone; a beat keeps what it lacked.
    """
    rest: list[Item] = [Beat(-played)] if played < 0 else []
    for placed in layout:
        item = placed.item
        if placed.start >= played:
            rest.append(item)
            continue
        match item:
            case Say(once=True) if placed.spoken > played:
                pass
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
    """The beats with which a plan begins, up to the first other item."""
    row: list[Beat] = []
    for item in plan:
        if not isinstance(item, Beat):
            break
        row.append(item)
    return tuple(row)


def between_words(layout: Layout, earliest: Frame) -> Frame:
    """The first frame, from `earliest` on, at which no word of a beat is being spoken."""
    at = earliest
    for placed in layout:
        if isinstance(placed.item, Beat) and placed.start <= at < min(placed.spoken, placed.end):
            at = min(placed.spoken, placed.end)
    return at
