"""The stage: the conversation joined to a mixer and a voice. Whoever has a clock drives it, in one thread."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Protocol, assert_never

from assistant.dialogue import machine
from assistant.dialogue.actions import Action, Note, Prepare, Record, Save, Schedule, SetVolume, Signal, Silence
from assistant.dialogue.events import Event, Heard, Ready, Saved, SaveFailed
from assistant.dialogue.prefetch import likely_sounds
from assistant.dialogue.state import Conversation, is_quiet, state_of, valid_now
from assistant.errors import LimberError
from assistant.guidance.schema import Guidance
from assistant.listening.self_speech import may_act
from assistant.sessions.clip_store import ClipSource
from assistant.sessions.playback_monitor import PlaybackMonitor
from assistant.sessions.profile import Profile
from assistant.states import State
from assistant.timeline import entries
from assistant.timeline.log import Timeline
from audio.frames import Frame, seconds
from audio.playback.mixer import Mixer, MixerReport
from audio.samples import Clip
from audio.score import Cue, Earcon, Score, ScoreId, Sound
from intents.model import REQUEST, Intent, Reading


class MixerLink(Protocol):
    """How orders reach the mixer: at once, or through the thread that renders."""

    @property
    def next_changeable(self) -> Frame:
        """The next frame that an order given now can change."""
        ...

    def command(self, command: Callable[[Mixer], None]) -> None:
        """Have the mixer do something before its next block."""
        ...


class DirectLink:
    """A mixer that the thread of the stage renders itself."""

    def __init__(self, mixer: Mixer) -> None:
        self._mixer = mixer

    @property
    def next_changeable(self) -> Frame:
        """The next frame to be rendered."""
        return self._mixer.frame

    def command(self, command: Callable[[Mixer], None]) -> None:
        """Carry it out at once."""
        command(self._mixer)


class Preparation(Protocol):
    """Where clips are made ready beside the stage, by the voice's thread."""

    def request(self, prepare: Prepare) -> None:
        """Answered by `Ready`, later, in the stage's own thread."""
        ...

    def foresee(self, sounds: tuple[Sound, ...]) -> None:
        """Sounds likely asked for next, the likeliest first; the earlier ones are forgotten."""
        ...


class Stage:
    """Steps the conversation through events, and carries out the actions that come of them."""

    def __init__(
        self,
        conversation: Conversation,
        guidance: Guidance,
        voice: ClipSource,
        spoken: Callable[[str], None] = lambda text: None,
        profile: Profile | None = None,
        preparation: Preparation | None = None,
    ) -> None:
        """`spoken` is told each text as it begins to be said; without a profile nothing is kept.

        `preparation`: who makes clips ready meanwhile; without one they are ready when the stage goes on.
        """
        self.conversation = conversation
        self.mixer = Mixer(voice.clip)
        self._link: MixerLink = DirectLink(self.mixer)
        self._voice = voice
        self._preparation = preparation
        self._foreseen: State | None = None
        self.timeline = Timeline()
        self._guidance = guidance
        self._profile = profile
        self.playback = PlaybackMonitor(self.timeline, spoken)

    @property
    def now(self) -> Frame:
        """The next frame that can be changed."""
        return self._link.next_changeable

    def connect(self, link: MixerLink) -> None:
        """From now on another thread renders, and orders reach the mixer through this link."""
        self._link = link

    def start(self) -> None:
        """Begin the session at the present frame."""
        self.conversation, actions = machine.start(self.conversation, self.now, self._guidance)
        self._perform_all(actions)

    @property
    def quiet(self) -> bool:
        """Nothing is being said or prepared: whatever comes next comes from outside."""
        return is_quiet(self.conversation)

    def take(self, event: Event) -> None:
        """Step through an event and whatever it brings about at once."""
        self.conversation, actions = machine.step(self.conversation, event, self.now, self._guidance)
        self._perform_all(actions)
        self._foresee()

    def _foresee(self) -> None:
        """In a new state other lines are likely to be said next."""
        state = state_of(self.conversation)
        if self._preparation is not None and state is not self._foreseen:
            self._foreseen = state
            self._preparation.foresee(likely_sounds(self.conversation, self._guidance))

    def hear(
        self, heard: Heard, read: Callable[[str, Collection[str]], Reading], *, echo_possible: bool = False
    ) -> None:
        """Take what was heard; what was asked in one breath with the wake phrase is read once awake, and taken too.

        `echo_possible`: Limber's own voice may be in it, and its own words are no command.
        """
        if echo_possible and not may_act(heard.reading, self.playback.said_between(heard.began, heard.until)):
            own = entries.NotUnderstood(heard.reading.text, seconds(heard.began), seconds(heard.until), "own voice")
            self.timeline.add(self.now, own)
            return
        self.take(heard)
        request = heard.reading.slots.get(REQUEST)
        if heard.reading.intent == Intent.WAKE and request:
            self.take(replace(heard, reading=read(request, valid_now(self.conversation))))

    def render(self, out: Clip) -> None:
        """Render the next block into `out`, and step through what was played in it."""
        for report in self.mixer.render(out):
            self.reported(report)

    def reported(self, report: MixerReport) -> None:
        """Step through what the mixer reports."""
        for event in self.playback.events(report):
            self.take(event)

    def _schedule(self, score: Score, at: Frame | None = None, replaces: ScoreId | None = None) -> None:
        self.playback.expect(score)
        # At hand before the order goes out: the thread that renders has no time to make a clip.
        self._voice.prepare([cue.sound for cue in score.cues if cue.sound is not None])
        self._link.command(lambda mixer: mixer.schedule(score, at, replaces))

    def _perform_all(self, actions: Sequence[Action]) -> None:
        for action in actions:
            self._perform(action)
        # Last: what is to be heard does not wait for a disk, and what follows from a failure follows all of this.
        self._keep([action for action in actions if isinstance(action, Save | Record)])

    def _keep(self, actions: Sequence[Save | Record]) -> None:
        """Write what is to outlive the session. Whether that worked is an event: a failure ends no session."""
        if self._profile is None or not actions:
            return
        problem: LimberError | None = None
        for action in actions:
            try:
                if isinstance(action, Save):
                    self._profile.save(action.kept)
                else:
                    self._profile.add(action.routine, action.completed)
            except LimberError as error:
                problem = error
        self.take(Saved() if problem is None else SaveFailed(str(problem)))

    def _perform(self, action: Action) -> None:
        match action:
            case Prepare(id=id, sounds=sounds):
                if self._preparation is None:
                    self.take(Ready(id, self._voice.prepare(sounds)))
                else:
                    self._preparation.request(action)
            case Schedule(score=score, at=at, replaces=replaces):
                self._schedule(score, at, replaces)
            case Silence(id=id):
                self._link.command(lambda mixer: mixer.silence(id))
            case Signal(id=id, name=name):
                self._schedule(Score(id, (Cue(0, Earcon(name)),), 0))
            case SetVolume(decibels=decibels):
                self._link.command(lambda mixer: mixer.volume(decibels))
            case Note(at=at, entry=entry):
                self.timeline.add(at, entry)
            case Save() | Record():
                pass  # written once the whole step is done
            case _:
                assert_never(action)
