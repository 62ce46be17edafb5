"""The one mouth: which plan is being prepared, played or silenced. Pure; it speaks to the mixer in actions.

Its life, and the rules that keep late answers harmless:

    free ──begin──► preparing ──Ready──► playing ──Ended──► free
                        │                  │  ▲
                        └──────hush────────┤  └─ weave: another layout takes over at an exact frame
                                           ▼
                                        hushing ──Silenced──► free

- `hush` always awaits exactly one `Silenced`, also when nothing is playing.
- An aside is prepared while something plays and is woven in when it is ready; if what played has
  ended by then, it is simply said.
- Every id is new; an answer with any other id than the awaited one is ignored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.events import Action, Played, Prepare, Ready, Schedule, Silence, Silenced
from assistant.plan import Layout, Plan, Say, as_score, lay_out, rest_of, sounds
from audio.timeline import Frame, ScoreId, Sound, VoiceSettings


@dataclass(frozen=True, slots=True)
class Preparing:
    """A plan whose clips are awaited."""

    id: ScoreId
    plan: Plan
    voice: VoiceSettings


@dataclass(frozen=True, slots=True)
class Playing:
    """A layout the mixer has."""

    id: ScoreId
    layout: Layout
    voice: VoiceSettings
    lengths: Mapping[Sound, Frame]
    """Of every sound in it, so that it can be laid out anew."""
    began: Frame | None = None
    """Its first frame; None until the mixer has reported one of its cues."""

    def played(self, now: Frame) -> Frame:
        """How far into it the mixer is."""
        return 0 if self.began is None else now - self.began


@dataclass(frozen=True, slots=True)
class Hushing:
    """Silence was asked for; this was playing, or nothing was."""

    id: ScoreId
    layout: Layout
    unheard: Plan = ()
    """What was still being prepared."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Words to weave into what plays."""

    id: ScoreId
    words: str
    sounds: tuple[Sound, ...]
    """The words, and whatever else the new layout may need."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What silence left unsaid."""

    at: Frame
    rest: Plan


@dataclass(frozen=True, slots=True)
class Channel:
    """The state of the mouth."""

    now: Preparing | Playing | Hushing | None = None
    aside: Aside | None = None
    """Only while something is playing."""
    last_id: ScoreId = 0

    @property
    def quiet(self) -> bool:
        """Nothing is playing, nothing is awaited."""
        return self.now is None


def begin(channel: Channel, plan: Plan, voice: VoiceSettings) -> tuple[Channel, tuple[Action, ...]]:
    """Say a plan; the channel must not be playing. What was being prepared, or set aside, comes first."""
    match channel.now:
        case Preparing() as waiting:
            plan = waiting.plan + plan
        case Playing() | Hushing():
            raise AssertionError("a plan was begun while another one plays: hush or weave first")
        case None:
            pass
    if channel.aside is not None:
        plan = (Say(channel.aside.words), *plan)
    id = channel.last_id + 1
    return Channel(Preparing(id, plan, voice), None, id), (Prepare(id, sounds(plan, voice)),)


def whisper(channel: Channel, words: str, voice: VoiceSettings, also: Plan = ()) -> tuple[Channel, tuple[Action, ...]]:
    """Say something beside what is going on: woven into it if it plays, before it if it is being prepared.

    `also` is what else the layout may hold once the words are in it.
    """
    match channel.now:
        case Playing(voice=current):
            # In the voice that is speaking: a changed one begins with the next plan, when its clips are there.
            id = channel.last_id + 1
            needed = sounds((Say(words), *also), current)
            return replace(channel, aside=Aside(id, words, needed), last_id=id), (Prepare(id, needed),)
        case Preparing() as waiting:
            return begin(replace(channel, now=None), (Say(words), *waiting.plan), voice)
        case Hushing() | None:
            return begin(channel, (Say(words),), voice)


def drop(channel: Channel) -> tuple[Channel, Plan]:
    """Give up what is being prepared; the answer to it will find nobody waiting."""
    match channel.now:
        case Preparing(plan=plan):
            return replace(channel, now=None, aside=None), plan
        case Playing() | Hushing() | None:
            return channel, ()


def hush(channel: Channel) -> tuple[Channel, tuple[Action, ...]]:
    """Fall silent at once; exactly one `Silenced` with the id of the new `Hushing` will come."""
    match channel.now:
        case Playing(id=id, layout=layout):
            return replace(channel, now=Hushing(id, layout), aside=None), (Silence(id),)
        case Hushing():
            return channel, ()
        case Preparing() | None:
            dropped, unheard = drop(channel)
            id = channel.last_id + 1
            return replace(dropped, now=Hushing(id, (), unheard), last_id=id), (Silence(id),)


def on_ready(channel: Channel, event: Ready) -> tuple[Channel, tuple[Action, ...]]:
    """The clips of the plan being prepared are there: play it."""
    match channel.now:
        case Preparing(id=id, plan=plan, voice=voice) if id == event.id:
            lengths = dict(zip(sounds(plan, voice), event.lengths, strict=True))
            layout = lay_out(plan, voice, lengths)
            return replace(channel, now=Playing(id, layout, voice, lengths)), (Schedule(as_score(id, layout)),)
        case Preparing() | Playing() | Hushing() | None:
            return channel, ()


def weave(
    channel: Channel, plan: Plan, lengths: Mapping[Sound, Frame], at: Frame
) -> tuple[Channel, tuple[Action, ...]]:
    """Let a plan take over from what plays at an exact frame; every sound of it must have its length."""
    playing = channel.now
    if not isinstance(playing, Playing):
        raise AssertionError("there is nothing to weave into")
    id = channel.last_id + 1
    layout = lay_out(plan, playing.voice, lengths)
    now = Playing(id, layout, playing.voice, lengths, began=at)
    return Channel(now, None, id), (Schedule(as_score(id, layout), at, replaces=playing.id),)


def on_played(channel: Channel, event: Played) -> Channel:
    """The first report of a score tells when it really began."""
    match channel.now:
        case Playing(id=id) as playing if id == event.id:
            return replace(channel, now=replace(playing, began=event.at - event.offset))
        case Preparing() | Playing() | Hushing() | None:
            return channel


def on_ended(channel: Channel, id: ScoreId) -> tuple[Channel, bool]:
    """Whether it was the score that plays which has ended."""
    match channel.now:
        case Playing() as playing if playing.id == id:
            return replace(channel, now=None), True
        case Preparing() | Playing() | Hushing() | None:
            return channel, False


def on_silenced(channel: Channel, event: Silenced) -> tuple[Channel, Cut | None]:
    """The silence that was asked for has come: the channel is free; what was left unsaid."""
    match channel.now:
        case Hushing(id=id, layout=layout, unheard=unheard) if id == event.id:
            return replace(channel, now=None), Cut(event.at, rest_of(layout, event.played) + unheard)
        case Preparing() | Playing() | Hushing() | None:
            return channel, None
