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

from assistant.coaching.plan import Layout, Plan, Say, as_score, lay_out, rest_of, sounds
from assistant.dialogue.actions import Action, Prepare, Schedule, Silence
from assistant.dialogue.events import Played, Ready, Silenced
from audio.frames import Frame
from audio.score import ScoreId, Sound, VoiceSettings


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
class Silencing:
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
class Output:
    """The state of the mouth."""

    now: Preparing | Playing | Silencing | None = None
    aside: Aside | None = None
    """Only while something is playing."""
    last_id: ScoreId = 0

    @property
    def quiet(self) -> bool:
        """Nothing is playing, nothing is awaited."""
        return self.now is None


def begin_plan(output: Output, plan: Plan, voice: VoiceSettings) -> tuple[Output, tuple[Action, ...]]:
    """Say a plan; the channel must not be playing. What was being prepared, or set aside, comes first."""
    match output.now:
        case Preparing() as waiting:
            plan = waiting.plan + plan
        case Playing() | Silencing():
            raise AssertionError("a plan was begun while another one plays: hush or weave first")
        case None:
            pass
    if output.aside is not None:
        plan = (Say(output.aside.words), *plan)
    id = output.last_id + 1
    return Output(Preparing(id, plan, voice), None, id), (Prepare(id, sounds(plan, voice)),)


def say_aside(output: Output, words: str, voice: VoiceSettings, also: Plan = ()) -> tuple[Output, tuple[Action, ...]]:
    """Say something beside what is going on: woven into it if it plays, before it if it is being prepared.

    `also` is what else the layout may hold once the words are in it.
    """
    match output.now:
        case Playing(voice=current):
            # In the voice that is speaking: a changed one begins with the next plan, when its clips are there.
            id = output.last_id + 1
            needed = sounds((Say(words), *also), current)
            return replace(output, aside=Aside(id, words, needed), last_id=id), (Prepare(id, needed),)
        case Preparing() as waiting:
            return begin_plan(replace(output, now=None), (Say(words), *waiting.plan), voice)
        case Silencing() | None:
            return begin_plan(output, (Say(words),), voice)


def drop_prepared(output: Output) -> tuple[Output, Plan]:
    """Give up what is being prepared; the answer to it will find nobody waiting."""
    match output.now:
        case Preparing(plan=plan):
            return replace(output, now=None, aside=None), plan
        case Playing() | Silencing() | None:
            return output, ()


def fall_silent(output: Output) -> tuple[Output, tuple[Action, ...]]:
    """Fall silent at once; exactly one `Silenced` with the id of the new `Hushing` will come."""
    match output.now:
        case Playing(id=id, layout=layout):
            return replace(output, now=Silencing(id, layout), aside=None), (Silence(id),)
        case Silencing():
            return output, ()
        case Preparing() | None:
            dropped, unheard = drop_prepared(output)
            id = output.last_id + 1
            return replace(dropped, now=Silencing(id, (), unheard), last_id=id), (Silence(id),)


def on_output_ready(output: Output, event: Ready) -> tuple[Output, tuple[Action, ...]]:
    """The clips of the plan being prepared are there: play it."""
    match output.now:
        case Preparing(id=id, plan=plan, voice=voice) if id == event.id:
            lengths = dict(zip(sounds(plan, voice), event.lengths, strict=True))
            layout = lay_out(plan, voice, lengths)
            return replace(output, now=Playing(id, layout, voice, lengths)), (Schedule(as_score(id, layout)),)
        case Preparing() | Playing() | Silencing() | None:
            return output, ()


def weave_plan(
    output: Output, plan: Plan, lengths: Mapping[Sound, Frame], at: Frame
) -> tuple[Output, tuple[Action, ...]]:
    """Let a plan take over from what plays at an exact frame; every sound of it must have its length."""
    playing = output.now
    if not isinstance(playing, Playing):
        raise AssertionError("there is nothing to weave into")
    id = output.last_id + 1
    layout = lay_out(plan, playing.voice, lengths)
    now = Playing(id, layout, playing.voice, lengths, began=at)
    return Output(now, None, id), (Schedule(as_score(id, layout), at, replaces=playing.id),)


def on_output_played(output: Output, event: Played) -> Output:
    """The first report of a score tells when it really began."""
    match output.now:
        case Playing(id=id) as playing if id == event.id:
            return replace(output, now=replace(playing, began=event.at - event.offset))
        case Preparing() | Playing() | Silencing() | None:
            return output


def on_output_ended(output: Output, id: ScoreId) -> tuple[Output, bool]:
    """Whether it was the score that plays which has ended."""
    match output.now:
        case Playing() as playing if playing.id == id:
            return replace(output, now=None), True
        case Preparing() | Playing() | Silencing() | None:
            return output, False


def on_output_silenced(output: Output, event: Silenced) -> tuple[Output, Cut | None]:
    """The silence that was asked for has come: the channel is free; what was left unsaid."""
    match output.now:
        case Silencing(id=id, layout=layout, unheard=unheard) if id == event.id:
            return replace(output, now=None), Cut(event.at, rest_of(layout, event.played) + unheard)
        case Preparing() | Playing() | Silencing() | None:
            return output, None
