"""The stage: joins the dialogue to a mixer, a synthesiser and a profile. One thread, that of a session, drives it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias, assert_never

from assistant.dialogue import machine
from assistant.dialogue.actions import (
    Action,
    Forget,
    Note,
    Prepare,
    Record,
    RecordFelt,
    Save,
    SaveReminders,
    Schedule,
    SetVolume,
    Signal,
    Silence,
)
from assistant.dialogue.events import (
    ClockSet,
    Ended,
    Event,
    Heard,
    Played,
    Ready,
    Saved,
    SaveFailed,
    Silenced,
    TimePassed,
)
from assistant.dialogue.prefetch import likely_sounds
from assistant.dialogue.safety.reminders import next_due
from assistant.dialogue.state import Conversation, is_quiet, state_of, valid_now
from assistant.errors import LimberError
from assistant.guidance.schema import Guidance
from assistant.listening.self_speech import may_act
from assistant.reminders.civil import civil_at
from assistant.sessions.clip_store import ClipSource
from assistant.sessions.own.routine_watch import RoutineWatch
from assistant.sessions.playback_log import PlaybackLog
from assistant.sessions.profile import Profile
from assistant.states import State
from assistant.timeline import entries
from assistant.timeline.log import Timeline
from audio.frames import FRAMES_PER_SECOND, Frame, seconds
from audio.playback.mixer import CueEnded, CueStarted, Mixer, MixerReport, ScoreEnded, ScoreSilenced
from audio.samples import Block
from audio.score import Cue, Earcon, Score, ScoreId, Sound
from intents.model import REQUEST, Intent, Reading

CLOCK_MAY_DIFFER = timedelta(seconds=5)
"""Difference up to which the clock on the wall is taken to go as the session's time does."""
Saving: TypeAlias = Save | SaveReminders | Record | RecordFelt | Forget
"""An action that writes to the profile."""
SAVING_INTERVAL: Frame = FRAMES_PER_SECOND
"""Shortest time, in frames (1 s), between two writes of what the person set; of several changes the last is written."""


class MixerLink(Protocol):
    """How the stage's orders reach the mixer: directly, or through the audio thread."""

    @property
    def next_changeable(self) -> Frame:
        """The first frame that an order given now can still change."""
        ...

    def command(self, command: Callable[[Mixer], None]) -> None:
        """Have an order carried out on the mixer before the next block is rendered."""
        ...


class DirectLink:
    """The link to a mixer that the stage's own thread renders."""

    def __init__(self, mixer: Mixer) -> None:
        self._mixer = mixer

    @property
    def next_changeable(self) -> Frame:
        """The next frame to be rendered."""
        return self._mixer.frame

    def command(self, command: Callable[[Mixer], None]) -> None:
        """Carry an order out at once."""
        command(self._mixer)


class Preparation(Protocol):
    """Renders clips beside the stage's thread, in the synthesis thread."""

    def request(self, prepare: Prepare) -> None:
        """Make clips ready; the answer, a `Ready`, comes later, in the stage's thread."""
        ...

    def foresee(self, sounds: tuple[Sound, ...]) -> None:
        """Render predicted sounds while idle, the likeliest first; they replace those predicted before."""
        ...


class _Foresight:
    """Has the lines that are likely to come rendered ahead, anew whenever the state has changed."""

    def __init__(self, preparation: Preparation | None, guidance: Guidance) -> None:
        self._preparation, self._guidance = preparation, guidance
        self._foreseen: State | None = None

    def look(self, conversation: Conversation) -> None:
        """Predict the next lines, if the state is another than at the last look."""
        state = state_of(conversation)
        if self._preparation is not None and state is not self._foreseen:
            self._foreseen = state
            self._preparation.foresee(likely_sounds(conversation, self._guidance))


class _Saver:
    """Writes to the profile: settings, place, routines and reminders once in SAVING_INTERVAL, all else at once."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._waiting: dict[type[Saving], Save | SaveReminders] = {}
        """What is not written yet: of each kind the last, which replaces those before."""
        self._wrote: Frame | None = None
        """When something was last written; None: never."""

    @property
    def due(self) -> Frame | None:
        """The frame from which on what waits may be written; None: nothing waits."""
        return self._wrote + SAVING_INTERVAL if self._waiting and self._wrote is not None else None

    def keep(self, actions: Sequence[Saving], now: Frame) -> Saved | SaveFailed | None:
        """Write now, or let wait; how it went, None: nothing was written."""
        rest = list[Record | RecordFelt | Forget]()
        for action in actions:
            if isinstance(action, Save | SaveReminders):
                self._waiting[type(action)] = action
            else:
                rest.append(action)
        early = self._wrote is not None and now < self._wrote + SAVING_INTERVAL
        return None if early and not rest else self.write(now, rest)

    def write(self, now: Frame, rest: Sequence[Record | RecordFelt | Forget] = ()) -> Saved | SaveFailed | None:
        """Write all that waits, and the rest; how it went, None: there was nothing."""
        if not self._waiting and not rest:
            return None
        # A session that ended is recorded in the same step in which its place to resume goes.
        order = sorted((*rest, *self._waiting.values()), key=lambda action: not isinstance(action, Record))
        self._waiting.clear()
        self._wrote = now
        problem: LimberError | None = None
        for action in order:
            try:
                self._write(action)
            except LimberError as error:
                problem = error
        try:
            self._profile.write_records()
        except LimberError as error:
            problem = error
        return Saved() if problem is None else SaveFailed(str(problem))

    def _write(self, action: Saving) -> None:
        match action:
            case Save(kept=kept, at=at):
                self._profile.save(kept, at)
            case SaveReminders(book=book):
                self._profile.reminders.write(book)
            case Record(record=record):
                self._profile.record(record)
            case RecordFelt(felt=felt, after=after):
                self._profile.add_felt(felt, after)
            case Forget(day=day):
                self._profile.forget(day)
            case _:
                assert_never(action)


class Stage:
    """Steps the dialogue through events, and carries out the actions of each step.

    `conversation` is the dialogue's state, `timeline` the log, `mixer` what renders the output.
    """

    def __init__(
        self,
        conversation: Conversation,
        guidance: Guidance,
        voice: ClipSource,
        spoken: Callable[[str], None] = lambda text: None,
        profile: Profile | None = None,
        preparation: Preparation | None = None,
    ) -> None:
        """`voice`: renders clips. `spoken`: called with each line as the line begins to sound.

        `profile`: where settings and history are kept; None: nowhere. `preparation`: renders clips in another thread;
        None: the stage renders clips itself, at once.
        """
        self.conversation = conversation
        self.mixer = Mixer(voice.clip)
        self._link: MixerLink = DirectLink(self.mixer)
        self._voice = voice
        self._preparation = preparation
        self._foresight = _Foresight(preparation, guidance)
        self.timeline = Timeline()
        self._guidance = guidance
        self._saver = None if profile is None else _Saver(profile)
        self._playback = PlaybackLog(self.timeline, spoken)

    @property
    def now(self) -> Frame:
        """The present: the first frame that an order can still change."""
        return self._link.next_changeable

    def connect(self, link: MixerLink) -> None:
        """Let another thread render from now on; orders reach the mixer through its link."""
        self._link = link

    def start(self) -> None:
        """Begin the session now."""
        self.conversation, actions = machine.start(self.conversation, self.now, self._guidance)
        self._perform_all(actions)

    @property
    def quiet(self) -> bool:
        """Whether nothing is being said or prepared, so that only an event from outside leads on."""
        return is_quiet(self.conversation)

    @property
    def due(self) -> Frame | None:
        """The frame at which the dialogue speaks up by itself; None: never."""
        return next_due(self.conversation, self._guidance)

    def pass_time(self) -> Frame | None:
        """Let the dialogue speak up, and what waits be written, if that is due by now.

        The frame at which one of them next is; None: never.
        """
        due = self.due
        if due is not None and self.now >= due:
            self.take(TimePassed(due))
        if self._saver is not None and self._saver.due is not None and self.now >= self._saver.due:
            self.write()
        dues = (self.due, None if self._saver is None else self._saver.due)
        return min((due for due in dues if due is not None), default=None)

    def write(self) -> None:
        """Write to the profile what waits to be written: the session ends, or time stands still."""
        if self._saver is not None and (event := self._saver.write(self.now)) is not None:
            self.take(event)

    def take(self, event: Event) -> None:
        """Step the dialogue through an event, and carry out the actions."""
        self.conversation, actions = machine.step(self.conversation, event, self.now, self._guidance)
        self._perform_all(actions)
        self._foresight.look(self.conversation)

    def hear(
        self, heard: Heard, read: Callable[[str, Collection[str]], Reading], *, echo_possible: bool = False
    ) -> None:
        """Take what was heard; a request in one breath with the wake phrase is read once Limber is awake.

        `read`: reads a text among the valid intents. `echo_possible`: residual echo of Limber's voice may have been
        audible, so that a reading which may be Limber's own words is ignored.
        """
        if echo_possible and not may_act(heard.reading, self._playback.sounded(heard.began, heard.until)):
            own = entries.NotUnderstood(heard.reading.text, seconds(heard.began), seconds(heard.until), "own voice")
            self.timeline.add(self.now, own)
            return
        self.take(heard)
        request = heard.reading.slots.get(REQUEST)
        if heard.reading.intent == Intent.WAKE and request:
            self.take(replace(heard, reading=read(request, valid_now(self.conversation))))

    def render(self, out: Block) -> None:
        """Render the next block into `out` (mono, 48 kHz), and take the mixer's reports and the time that passed."""
        for report in self.mixer.render(out):
            self.reported(report)
        self.pass_time()

    def reported(self, report: MixerReport) -> None:
        """Take a report of the mixer."""
        for event in events_of(report, self._playback):
            self.take(event)

    def _schedule(self, score: Score, at: Frame | None = None, replaces: ScoreId | None = None) -> None:
        self._playback.scheduled(score)
        # Clips are made before the order goes out: the audio thread has no time for that.
        self._voice.prepare([cue.sound for cue in score.cues if cue.sound is not None])
        self._link.command(lambda mixer: mixer.schedule(score, at, replaces))

    def _perform_all(self, actions: Sequence[Action]) -> None:
        for action in actions:
            self._perform(action)
        # Last: sound must not wait for the disk, and the event of a failure comes after all of this step.
        saving = [action for action in actions if isinstance(action, Saving)]
        if self._saver is not None and saving and (event := self._saver.keep(saving, self.now)) is not None:
            self.take(event)  # success or failure is an event, so that a failure ends no session

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
            case Save() | SaveReminders() | Record() | RecordFelt() | Forget():
                pass  # written at the end of the step
            case _:
                assert_never(action)


def events_of(report: MixerReport, playback: PlaybackLog) -> Iterator[Event]:
    """What a report of the mixer is to the dialogue; the playback log takes note of it."""
    match report:
        case CueStarted(score=id, index=index, at=at):
            cue = playback.cue_started(id, index, at)
            yield Played(id, cue.offset, cue.mark, at)
        case CueEnded(score=id, index=index, at=at, cut=cut):
            playback.cue_ended(id, index, at, cut=cut)
        case ScoreEnded(score=id, at=at):
            playback.score_over(id)
            yield Ended(id, at)
        case ScoreSilenced(score=id, at=at, played=played):
            playback.score_over(id)
            yield Silenced(id, at, played)
        case _:
            assert_never(report)


def look_at_clock(stage: Stage, civil: datetime) -> None:
    """Tell the dialogue of the time on the wall where it is another than the session's time makes it."""
    start = stage.conversation.civil_start
    if start is None or abs(civil - civil_at(start, stage.now)) > CLOCK_MAY_DIFFER:
        stage.take(ClockSet(civil))


def look_at_routines(stage: Stage, watch: RoutineWatch | None) -> None:
    """Tell the dialogue of routine files that were added, changed or removed; None: nobody looks."""
    if watch is not None and (read := watch.look(stage.now)) is not None:
        stage.take(read)
