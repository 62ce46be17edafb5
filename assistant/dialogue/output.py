"""The output: the one channel through which the dialogue speaks. Pure functions; orders to the mixer are actions.

The output is in one of four states:

    quiet ──begin_plan──► Preparing ──Ready──► Playing ──Ended──► quiet
                              │                  │  ▲
                              └───fall_silent────┤  └─ splice_plan: another layout takes over at an exact frame
                                                 ▼
                                             Silencing ──Silenced──► quiet

- `fall_silent` always awaits exactly one `Silenced`, also when nothing plays.
- The clips of an aside are prepared while a plan plays, and then spliced into that plan; if the plan has ended by
  then, the aside is spoken by itself.
- Every id is new; an answer with any other id than the awaited one came late and is ignored.
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
    """A plan waits for its clips."""

    id: ScoreId
    """Id of the `Prepare`, and of the score to come."""
    plan: Plan
    """What will be said."""
    voice: VoiceSettings
    """The voice that will say it."""


@dataclass(frozen=True, slots=True)
class Playing:
    """The mixer plays a layout, or is about to."""

    id: ScoreId
    """The layout's score."""
    layout: Layout
    """The plan with the position of every item."""
    voice: VoiceSettings
    """The voice that speaks."""
    lengths: Mapping[Sound, Frame]
    """Length in frames of every sound of the plan, so that what is left of the plan can be laid out anew."""
    began: Frame | None = None
    """First frame of the score; None until the mixer has reported a cue of the score."""
    takes_over: tuple[ScoreId, ...] = ()
    """Scores that play until this one begins; the dialogue follows their reports, too."""

    def played(self, now: Frame) -> Frame:
        """Frames of the layout that are played by frame `now`; negative before a splice."""
        return 0 if self.began is None else now - self.began


@dataclass(frozen=True, slots=True)
class Silencing:
    """The output was told to fall silent, and `Silenced` is awaited."""

    id: ScoreId
    """The score that was playing, or a new id where nothing was."""
    layout: Layout
    """What was playing; empty where nothing was."""
    unheard: Plan = ()
    """The plan that was still waiting for its clips."""
    takes_over: tuple[ScoreId, ...] = ()
    """Scores whose reports the dialogue still follows, taken over from the `Playing` that was silenced."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A line that waits for its clips, to be spliced into the plan that plays."""

    id: ScoreId
    """Id of the `Prepare`."""
    words: str
    """The line."""
    sounds: tuple[Sound, ...]
    """The line as a sound, then what else the new layout may need."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the output was cut off."""

    at: Frame
    """First silent frame."""
    rest: Plan
    """What was left of the plan."""


@dataclass(frozen=True, slots=True)
class Output:
    """The state of the output."""

    now: Preparing | Playing | Silencing | None = None
    """What the output does; None: nothing, the output is quiet."""
    aside: Aside | None = None
    """The aside that waits for its clips; only in `Playing`."""
    last_id: ScoreId = 0
    """The last id given to an action."""

    @property
    def quiet(self) -> bool:
        """Whether nothing plays and nothing is awaited."""
        return self.now is None


def begin_plan(output: Output, plan: Plan, voice: VoiceSettings) -> tuple[Output, tuple[Action, ...]]:
    """Prepare a plan; nothing may be playing. An aside, and a plan that still waits for its clips, come before it."""
    match output.now:
        case Preparing() as waiting:
            plan = waiting.plan + plan
        case Playing() | Silencing():
            raise AssertionError("a plan was begun while another one plays: fall silent or splice first")
        case None:
            pass
    if output.aside is not None:
        plan = (Say(output.aside.words), *plan)
    id = output.last_id + 1
    return Output(Preparing(id, plan, voice), None, id), (Prepare(id, sounds(plan, voice)),)


def say_aside(output: Output, words: str, voice: VoiceSettings, also: Plan = ()) -> tuple[Output, tuple[Action, ...]]:
    """Say a line without ending the plan: to be spliced in if the plan plays, before it if it waits for its clips.

    `also`: items whose sounds the plan may need once the line is in it.
    """
    match output.now:
        case Playing(voice=current):
            # In the voice that speaks now: a changed voice begins with the next plan, once its clips are ready.
            id = output.last_id + 1
            needed = sounds((Say(words), *also), current)
            return replace(output, aside=Aside(id, words, needed), last_id=id), (Prepare(id, needed),)
        case Preparing() as waiting:
            return begin_plan(replace(output, now=None), (Say(words), *waiting.plan), voice)
        case Silencing() | None:
            return begin_plan(output, (Say(words),), voice)


def drop_prepared(output: Output) -> tuple[Output, Plan]:
    """Drop the plan that waits for its clips, and return that plan; the `Ready` to come is ignored."""
    match output.now:
        case Preparing(plan=plan):
            return replace(output, now=None, aside=None), plan
        case Playing() | Silencing() | None:
            return output, ()


def fall_silent(output: Output) -> tuple[Output, tuple[Action, ...]]:
    """Fall silent at once; exactly one `Silenced` with the id of the new `Silencing` will answer."""
    match output.now:
        case Playing(id=id, layout=layout, takes_over=takes_over):
            silencing = Silencing(id, layout, takes_over=takes_over)
            return replace(output, now=silencing, aside=None), (Silence(id),)
        case Silencing():
            return output, ()
        case Preparing() | None:
            dropped, unheard = drop_prepared(output)
            id = output.last_id + 1
            return replace(dropped, now=Silencing(id, (), unheard), last_id=id), (Silence(id),)


def on_output_ready(output: Output, event: Ready) -> tuple[Output, tuple[Action, ...]]:
    """Play the plan whose clips are ready; any other `Ready` changes nothing."""
    match output.now:
        case Preparing(id=id, plan=plan, voice=voice) if id == event.id:
            lengths = dict(zip(sounds(plan, voice), event.lengths, strict=True))
            layout = lay_out(plan, voice, lengths)
            return replace(output, now=Playing(id, layout, voice, lengths)), (Schedule(as_score(id, layout)),)
        case Preparing() | Playing() | Silencing() | None:
            return output, ()


def splice_plan(
    output: Output, plan: Plan, lengths: Mapping[Sound, Frame], at: Frame
) -> tuple[Output, tuple[Action, ...]]:
    """Let a plan take over from the one that plays, at frame `at`.

    `lengths`: in frames, of every sound of the new plan.
    """
    playing = output.now
    if not isinstance(playing, Playing):
        raise AssertionError("nothing plays that a plan could be spliced into")
    id = output.last_id + 1
    layout = lay_out(plan, playing.voice, lengths)
    earlier = (playing.id, *playing.takes_over)
    now = Playing(id, layout, playing.voice, lengths, began=at, takes_over=earlier)
    return Output(now, None, id), (Schedule(as_score(id, layout), at, replaces=playing.id),)


def is_current(output: Output, id: ScoreId) -> bool:
    """Whether the dialogue follows the reports of a score: it plays, or plays until the spliced one begins."""
    match output.now:
        case Playing(id=now, takes_over=earlier) | Silencing(id=now, takes_over=earlier):
            return id == now or id in earlier
        case Preparing() | None:
            return False


def on_output_played(output: Output, event: Played) -> Output:
    """Learn from a report of the score that plays at which frame that score began."""
    match output.now:
        case Playing(id=id) as playing if id == event.id:
            return replace(output, now=replace(playing, began=event.at - event.offset))
        case Preparing() | Playing() | Silencing() | None:
            return output


def on_output_ended(output: Output, id: ScoreId) -> tuple[Output, bool]:
    """Become quiet if the score that plays has ended; the second value tells whether it was that one."""
    match output.now:
        case Playing() as playing if playing.id == id:
            return replace(output, now=None), True
        case Preparing() | Playing() | Silencing() | None:
            return output, False


def on_output_silenced(output: Output, event: Silenced) -> tuple[Output, Cut | None]:
    """Become quiet if the awaited `Silenced` came, and return what was left of the plan; None: another one came."""
    match output.now:
        case Silencing(id=id, layout=layout, unheard=unheard) if id == event.id:
            return replace(output, now=None), Cut(event.at, rest_of(layout, event.played) + unheard)
        case Preparing() | Playing() | Silencing() | None:
            return output, None
