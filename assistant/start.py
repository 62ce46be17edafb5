"""Builds and runs a session: live on a sound card, a rehearsal on files, or typed. All parts are joined here."""

import signal
import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from assistant.dialogue.parts.modes import Asleep, Idle
from assistant.dialogue.parts.person import KnownPerson
from assistant.dialogue.safety.due import place_of
from assistant.dialogue.state import Conversation
from assistant.guidance.loader import load_guidance
from assistant.guidance.schema import Guidance
from assistant.reminders.book import Place, ReminderBook
from assistant.reminders.local_zone import local_zone, with_zone
from assistant.script import routine_lines
from assistant.script.history_lines import unreadable
from assistant.sessions import keyboard
from assistant.sessions.clip_store import ClipStore
from assistant.sessions.own.routine_watch import RoutineWatch
from assistant.sessions.profile import Profile
from assistant.sessions.stage import Stage
from assistant.sessions.terminal import TypingTerminal
from assistant.sessions.typed import FastClock, WallClock, converse
from assistant.sessions.voice_thread import VoiceThread
from audio.aec.canceller import open_echo
from audio.aec.interface import EchoMode, NoEcho
from audio.asr.recogniser import Engine
from audio.devices.portaudio import DeviceChoice
from audio.files import SpeakerFile, read_recording
from audio.frames import frames
from audio.samples import SAMPLE_RATE
from audio.score import Speech
from audio.simulation.room import Room, Surroundings
from audio.tts.silent import SilentVoice
from audio.tts.voice import Voice
from intents.reader import IntentReader

# Recognition is imported inside the functions that need it, so that a typed session does not wait for it.

OFFERED_FOR = timedelta(days=1)
"""Time after which a session that was interrupted is not offered any more."""
LOAD_PATIENCE_SECONDS = 1.0
"""Longest time, in seconds, that a live session waits for the recogniser to load before the first sound.

Loading would starve the audio thread; on a slow machine the session starts meanwhile.
"""
REFERENCE_LINE = Speech("Slow, controlled, never forced or jerky.")
"""The line by whose clip a simulated room measures how loud Limber's voice is."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options common to live, rehearsed and typed sessions."""

    profile: Path | None
    """Folder of the profile (settings, history, place to resume); None: nothing is kept."""
    asleep: bool
    """Whether the session starts asleep, waiting for the wake phrase."""
    engine: Engine
    """Which recognisers hear."""
    timeline: Path | None
    """File for the timeline, JSON lines; None: none is written."""
    limit: float | None
    """Length after which the session ends, in seconds; None: no limit."""
    start_at: datetime | None = None
    """Civil time, with its zone, at the session's start; None: the present."""
    quiet: bool = False
    """Whether counts are left to the sound, and not printed."""

    def open_profile(self) -> Profile | None:
        """Open the profile; None where nothing is kept. Raises LimberError when its folder cannot be used."""
        return None if self.profile is None else Profile.mended(self.profile)

    def show_said(self, line: str) -> None:
        """Print a line as it begins to be said; a count only where counts are printed."""
        if not (self.quiet and line.isdigit()):
            print(line, flush=True)

    def conversation(self, profile: Profile | None) -> Conversation:
        """The conversation at the start, with the settings and the place to resume of a profile."""
        zone = local_zone()
        civil = datetime.now(zone) if self.start_at is None else with_zone(self.start_at, zone)
        conversation = Conversation(
            mode=Asleep() if self.asleep else Idle(), civil_start=civil, keeps=profile is not None
        )
        if profile is None:
            return conversation
        settings, guidance = profile.settings(), _guidance()
        person = KnownPerson(settings.conditions)
        # The reader, which takes a while to load, is asked only where there are names of routines to be examined.
        own, _ = profile.own_routines(guidance, lambda name: _coach_reader(settings.wake_phrase).clash(name))
        conversation = replace(
            conversation,
            settings=settings,
            person=person,
            own=own,
            session=profile.resumable(own.added_to(guidance)),
            history=profile.history.read(),
        )
        if conversation.history:  # somebody who knows Limber, though no settings are kept
            conversation = replace(conversation, settings=replace(settings, welcomed=True))
        left = profile.interrupted()
        # A clock that runs on where the power went off is a little behind.
        lately = left is not None and abs(civil - left) < OFFERED_FOR
        conversation = replace(conversation, offers_rest=lately and conversation.session is not None)
        reminders = _kept_reminders(profile, place_of(conversation))
        for problem in profile.unread.values():
            print(problem, file=sys.stderr)
        notices = [unreadable(list(profile.unread))] if profile.unread else []
        notices += [routine_lines.not_usable([Path(name).stem for name in own.unusable])] if own.unusable else []
        return replace(conversation, reminders=reminders, notice=" ".join(notices))


def _kept_reminders(profile: Profile, place: Place) -> ReminderBook:
    """The reminders of a profile. A file that cannot be read whole is set aside, and `profile.unread` tells that."""
    found = profile.reminders.read()
    book = ReminderBook().with_kept(found.reminders, place)
    if found.problem is not None:
        aside = profile.reminders.set_aside()
        profile.unread["reminders"] = f"{found.problem}; it is set aside as {aside.name}"
        profile.reminders.write(book)
    return book


def start_rehearsal(
    options: Options, mic_file: Path, speaker_file: Path, surroundings: Surroundings, mode: EchoMode, latency: float
) -> None:
    """Run a rehearsal: Limber hears `mic_file`, and what it plays is written to `speaker_file`.

    `surroundings`: the simulated room, echo and noise. `latency`: milliseconds by which each decision comes later than
    the last sample that the decision needs, to imitate a live session.
    """
    from assistant.sessions.rehearsal import rehearse
    from audio.asr.engines import open_recogniser

    profile = options.open_profile()
    conversation = replace(options.conversation(profile), hears_room=True)
    person = read_recording(mic_file).at(SAMPLE_RATE)
    with Voice() as voice, SpeakerFile(speaker_file) as speaker:
        stage = Stage(conversation, _guidance(), ClipStore(voice), profile=profile)
        room = (
            Room(surroundings, person, voice.clip(REFERENCE_LINE)) if surroundings.echo else Room(surroundings, person)
        )
        echo = NoEcho() if mode == "auto" and not surroundings.echo else open_echo(mode)
        recogniser, reader = open_recogniser(options.engine), _reader(conversation)
        end = None if options.limit is None else frames(options.limit)
        try:
            rehearse(stage, room, speaker, recogniser, reader, echo, limit=end, latency=frames(latency / 1000))
        finally:
            stage.write()
            if options.timeline is not None:
                stage.timeline.write(options.timeline)


def start_live(options: Options, devices: DeviceChoice, mode: EchoMode) -> int:
    """Run a live session on a sound card; the frames (48 kHz) that its speaker missed."""
    from assistant.listening.front_end import FrontEnd
    from assistant.listening.interpreter import Interpreter
    from assistant.sessions.live import EndRequested, InboxItem, KeyPressed, LiveSession
    from audio.asr.engines import open_recogniser

    recogniser, profile = open_recogniser(options.engine), options.open_profile()
    inbox: SimpleQueue[InboxItem] = SimpleQueue()
    with Voice() as voice:
        asking = replace(options.conversation(profile), asks_number=True, hears_room=True)
        clips = ClipStore(voice)
        voice_thread = VoiceThread(clips, inbox.put)
        stage = Stage(asking, _guidance(), clips, options.show_said, profile, voice_thread)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: inbox.put(EndRequested()))
        source = sys.stdin.fileno()
        keys = Thread(target=keyboard.read_forever, args=(source, lambda key: inbox.put(KeyPressed(key))), daemon=True)
        loading = Thread(target=recogniser.load, daemon=True)
        loading.start()
        loading.join(LOAD_PATIENCE_SECONDS)  # loading starves the audio thread; a slow machine starts meanwhile
        try:
            with keyboard.one_by_one(source):
                print(keyboard.HELP, file=sys.stderr, flush=True)
                keys.start()
                reader = _reader(asking)
                watch = None if profile is None else RoutineWatch(profile, _guidance(), reader.clash)
                session = LiveSession(stage, voice_thread, inbox, reader, _show_heard, watch)
                front_end, interpreter = FrontEnd(recogniser, reader), Interpreter(recogniser, reader)
                return session.run(front_end, interpreter, open_echo(mode), devices, options.limit)
        finally:
            stage.write()
            loading.join()  # the process must not exit while a thread still loads
            if options.timeline is not None:
                stage.timeline.write(options.timeline)


def start_typed(options: Options, *, fast: bool) -> None:
    """Run a typed session on standard input. `fast`: session time passes without waiting."""
    profile = options.open_profile()
    conversation = options.conversation(profile)
    terminal = TypingTerminal(options.show_said)
    stage = Stage(conversation, _guidance(), SilentVoice(), terminal.show, profile)
    clock = FastClock() if fast else WallClock()
    try:
        with terminal.opened(editing=not fast) as source:
            reader = _reader(conversation)
            # Where time leaps, what happens must not depend on when a file is written.
            watch = None if fast or profile is None else RoutineWatch(profile, _guidance(), reader.clash)
            converse(stage, reader, source, clock, terminal.prompt, watch, at_once=terminal.interactive)
    finally:
        stage.write()
        if options.timeline is not None:
            stage.timeline.write(options.timeline)


@cache
def _guidance() -> Guidance:
    """The built-in guidance, loaded once."""
    return load_guidance()


def _reader(conversation: Conversation) -> IntentReader:
    return _coach_reader(conversation.settings.wake_phrase)


@cache
def _coach_reader(wake_phrase: str) -> IntentReader:
    """The reader of what is said, loaded once."""
    return IntentReader.coach(wake_phrase)


def _show_heard(text: str) -> None:
    if text:
        print(f"> {text}", flush=True)
