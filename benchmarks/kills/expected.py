"""What a profile must hold after a session that was killed: the same session, watched from its beginning to its end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assistant.coaching.session import Session
from assistant.dialogue.events import Event
from assistant.dialogue.parts.modes import Offering
from assistant.dialogue.state import Conversation, present_session
from assistant.guidance.loader import load_guidance
from assistant.history.stretch_record import StretchRecord
from assistant.script.stretching import were_at
from assistant.sessions.clip_store import ClipSource, ClipStore
from assistant.sessions.profile import Profile
from assistant.sessions.rehearsal import rehearse
from assistant.sessions.stage import SAVING_INTERVAL, Stage
from assistant.sessions.typed import FastClock, converse
from assistant.settings import Settings
from assistant.start import Options
from audio.aec.interface import NO_ECHO
from audio.asr.engines import open_recogniser
from audio.files import SpeakerFile, read_recording
from audio.frames import BLOCK_FRAMES, Frame, frames
from audio.samples import SAMPLE_RATE, silence
from audio.simulation.room import Room, Surroundings
from audio.tts.silent import SilentVoice
from audio.tts.voice import Voice
from intents.reader import IntentReader

GUIDANCE = load_guidance()
LATE: Frame = SAVING_INTERVAL + frames(0.1)
"""Age, in frames (1.1 s), from which on a change must have been written: one second, and the steps between."""


@dataclass(frozen=True)
class KeptState:
    """All that a profile keeps, in a form in which two are compared."""

    settings: Settings
    reminders: frozenset[str]
    """What each is for, and when."""
    routines: frozenset[str]
    """Names of those made by voice."""
    sessions: tuple[str, ...]
    """Each session of the history, and how the person felt."""
    place: tuple[object, ...] | None
    """Where the session stands that can be resumed, and whether it is going on; None: there is none."""


PARTS = ("settings", "reminders", "routines", "sessions", "place")
"""The parts of a state; each is looked for by itself."""


def options(folder: Path, at: datetime | None) -> Options:
    """How a session begins with a profile, at a civil time (None: now)."""
    return Options(folder, asleep=False, engine="moonshine", timeline=None, limit=None, start_at=at)


def state_of_conversation(conversation: Conversation) -> KeptState:
    """What the profile is to keep of a conversation."""
    offered = conversation.offers_rest and isinstance(conversation.mode, Offering)
    going = offered or present_session(conversation) is not None
    return KeptState(
        conversation.settings,
        frozenset(f"{each.text}: {each.start} {each.phrase}" for each in conversation.reminders.kept),
        frozenset(routine.key for routine in conversation.own.spoken),
        tuple(map(_told, conversation.history)),
        None if conversation.session is None else (*place_in(conversation.session), going),
    )


def place_in(session: Session) -> tuple[object, ...]:
    """Where a session stands."""
    place = session.place
    return session.routine, session.dose.movement.key, place.step, place.repetition, place.part


def offer_of(session: Session) -> str:
    """The line that offers to go on with a session."""
    dose = session.dose
    return were_at(dose.movement.title, session.part.side, session.place.repetition, dose.repetitions)


def _told(record: StretchRecord) -> str:
    return f"{record.routine} {record.movements} {record.completed} {record.felt}"


class Watched(Stage):
    """A stage that notes when what it keeps changes, and when each line begins."""

    def __init__(self, conversation: Conversation, voice: ClipSource, profile: Profile) -> None:
        self.lines: list[tuple[str, Frame]] = []
        """Every line, with the frame at which it began."""
        self.moments = [(Frame(0), state_of_conversation(conversation))]
        """Every state, with the frame from which on it holds."""
        super().__init__(conversation, GUIDANCE, voice, self._begins, profile)

    def _begins(self, line: str) -> None:
        self.lines.append((line, self.mixer.frame))

    def take(self, event: Event) -> None:
        """Take an event; note the state after it, if that is another."""
        super().take(event)
        now = state_of_conversation(self.conversation)
        if now != self.moments[-1][1]:
            self.moments.append((self.mixer.frame, now))


@dataclass(frozen=True)
class Expected:
    """A session from its beginning to its end."""

    lines: tuple[tuple[str, Frame], ...]
    moments: tuple[tuple[Frame, KeptState], ...]

    def between(self, said: Sequence[str]) -> tuple[Frame, Frame] | None:
        """The frames at which the last of some lines and the next one begin; None: this session says others.

        Before the first line: a frame before the beginning.
        """
        if [line for line, _ in self.lines[: len(said)]] != list(said):
            return None
        last = self.lines[len(said) - 1][1] if said else -1
        return last, self.lines[len(said)][1] if len(said) < len(self.lines) else self.moments[-1][0]

    def lost(self, found: KeptState, since: Frame, until: Frame) -> list[str]:
        """The parts of a profile that are as they were before a frame, or as they were never until another."""
        held = [at for at, (frame, _) in enumerate(self.moments) if frame <= since]
        allowed = [state for frame, state in self.moments[held[-1] if held else 0 :] if frame <= max(0, until)]
        return [part for part in PARTS if all(getattr(found, part) != getattr(state, part) for state in allowed)]


def watched(
    folder: Path, at: datetime | None, run: Callable[[Watched, IntentReader], None], voice: ClipSource
) -> Expected:
    """A session with a profile, run to its end."""
    profile = Profile.mended(folder)
    stage = Watched(options(folder, at).conversation(profile), voice, profile)
    run(stage, IntentReader.coach(stage.conversation.settings.wake_phrase))
    stage.write()
    return Expected(tuple(stage.lines), tuple(stage.moments))


def typed(folder: Path, at: datetime | None, lines: Sequence[str]) -> Expected:
    """A typed session with these lines."""
    return watched(folder, at, lambda stage, reader: converse(stage, reader, lines, FastClock()), SilentVoice())


def rehearsed(folder: Path, at: datetime, person: Path, speaker: Path) -> Expected:
    """A rehearsal with what a person says in a file."""
    room, recogniser = Room(Surroundings(), read_recording(person).at(SAMPLE_RATE)), open_recogniser("moonshine")
    with Voice() as voice, SpeakerFile(speaker) as out:
        return watched(
            folder, at, lambda stage, reader: rehearse(stage, room, out, recogniser, reader, NO_ECHO), ClipStore(voice)
        )


def found_in(folder: Path, at: datetime | None) -> tuple[KeptState, list[str], list[str]]:
    """What a profile holds for the next start: the state, what is said unasked, and what was wrong with it."""
    profile, lines = Profile.mended(folder), list[str]()
    conversation = options(folder, at).conversation(profile)
    stage = Stage(conversation, GUIDANCE, SilentVoice(), lines.append)
    stage.start()
    while not stage.quiet:
        stage.render(silence(BLOCK_FRAMES))
    wrong = [*profile.unread.values(), *filter(None, [conversation.notice])]
    state, session = state_of_conversation(conversation), conversation.session
    if session is not None and conversation.offers_rest:
        state = replace(state, place=(*place_in(session), True))
        if lines != [offer_of(session)]:
            wrong.append(f"it said {lines} instead of {offer_of(session)!r}")
    return state, lines, wrong
