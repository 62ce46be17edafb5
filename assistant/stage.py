"""The conversation joined to a mixer and a voice; whoever has a clock drives it."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, assert_never

from assistant import dialogue, entries
from assistant.conversation import Conversation, is_quiet, valid_now
from assistant.errors import LimberError
from assistant.events import (
    Action,
    Ended,
    Event,
    Heard,
    Note,
    Played,
    Prepare,
    Ready,
    Record,
    Save,
    Saved,
    SaveFailed,
    Schedule,
    SetVolume,
    Signal,
    Silence,
    Silenced,
)
from assistant.guidance import Guidance
from assistant.own_voice import may_act
from assistant.profile import Profile
from assistant.timeline import Timeline
from audio import mixer as mixing
from audio.clip import Clip
from audio.mixer import Mixer
from audio.timeline import Cue, Earcon, Frame, Score, ScoreId, Sound, Speech, frames, seconds
from intents.model import REQUEST, Intent, Reading

LATELY = 60
"""Lines and counts that are remembered, for what was heard over them: an utterance lasts 15 s at most."""
LINGERS = frames(0.5)
"""How long after its end a line may still be heard: its way to the microphone, and the room."""


class Clips(Protocol):
    """Where sounds become samples."""

    def prepare(self, sounds: Sequence[Sound]) -> tuple[Frame, ...]:
        """The length of each, in frames, once they are at hand."""
        ...

    def clip(self, sound: Sound) -> Clip:
        """The samples of one: float32, mono, 48 kHz."""
        ...


class Stage:
    """The conversation with its mixer and its voice."""

    def __init__(
        self,
        conversation: Conversation,
        guidance: Guidance,
        clips: Clips,
        spoken: Callable[[str], None] = lambda text: None,
        profile: Profile | None = None,
    ) -> None:
        """`spoken` is told each text as it begins to be said; without a profile nothing is kept."""
        self.conversation = conversation
        self.mixer = Mixer(clips.clip)
        self.timeline = Timeline()
        self._guidance = guidance
        self._clips = clips
        self._spoken = spoken
        self._profile = profile
        self._cues: dict[ScoreId, tuple[Cue, ...]] = {}
        self._started: dict[tuple[ScoreId, int], Frame] = {}
        self._lately: deque[tuple[str, Frame, Frame]] = deque(maxlen=LATELY)

    @property
    def now(self) -> Frame:
        """The next frame that can be changed."""
        return self.mixer.frame

    def start(self) -> None:
        """Begin the session at the present frame."""
        self.conversation, actions = dialogue.start(self.conversation, self.now, self._guidance)
        self._perform_all(actions)

    @property
    def quiet(self) -> bool:
        """Nothing is being said or prepared: whatever comes next comes from outside."""
        return is_quiet(self.conversation)

    def take(self, event: Event) -> None:
        """Step through an event and whatever it brings about at once."""
        self.conversation, actions = dialogue.step(self.conversation, event, self.now, self._guidance)
        self._perform_all(actions)

    def hear(self, heard: Heard, read: Callable[[str, Collection[str]], Reading], *, guarded: bool = False) -> None:
        """Take what was heard; what was asked in one breath with the wake phrase is read once awake, and taken too.

        `guarded`: its own voice is in what it hears, and its own words are no command.
        """
        if guarded and not may_act(heard.reading, self._said(heard.began, heard.until)):
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

    def reported(self, report: mixing.Report) -> None:
        """Step through what the mixer reports."""
        for event in self._events(report):
            self.take(event)

    def _said(self, began: Frame, until: Frame) -> list[str]:
        """What sounded between two frames, or just before; an earcon has no words."""
        sounding = [(_words(self._cues[id][index]), at, until) for (id, index), at in self._started.items()]
        return [
            words for words, begins, ends in (*self._lately, *sounding) if begins < until and ends > began - LINGERS
        ]

    def _expect(self, score: Score) -> None:
        self._cues[score.id] = score.cues

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
                self.take(Ready(id, self._clips.prepare(sounds)))
            case Schedule(score=score, at=at, replaces=replaces):
                self._expect(score)
                self.mixer.schedule(score, at, replaces)
            case Silence(id=id):
                self.mixer.silence(id)
            case Signal(id=id, name=name):
                earcon = Score(id, (Cue(0, Earcon(name)),), 0)
                self._expect(earcon)
                self.mixer.schedule(earcon)
            case SetVolume(decibels=decibels):
                self.mixer.volume(decibels)
            case Note(at=at, entry=entry):
                self.timeline.add(at, entry)
            case Save() | Record():
                pass  # written once the whole step is done
            case _:
                assert_never(action)

    def _events(self, report: mixing.Report) -> Iterator[Event]:
        match report:
            case mixing.CueStarted(score=id, index=index, at=at):
                cue = self._cues[id][index]
                self._begun(id, index, cue, at)
                yield Played(id, cue.offset, cue.mark, at)
            case mixing.CueEnded(score=id, index=index, at=at, cut=cut):
                self._over(id, index, at, cut)
            case mixing.ScoreEnded(score=id, at=at):
                del self._cues[id]
                yield Ended(id, at)
            case mixing.Silenced(score=id, at=at, played=played):
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
                self.timeline.add(at, entries.Earcon(name))
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
        if isinstance(cue.sound, Speech) and not isinstance(cue.mark, entries.Count):
            self.timeline.add(began, entries.Said(cue.sound.text, seconds(at), cut))


def _words(cue: Cue) -> str:
    return cue.sound.text if isinstance(cue.sound, Speech) else ""
