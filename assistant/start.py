"""Starts a conversation: live, on files, or typed. Every part of every room meets its neighbours here."""

import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from assistant.dialogue.state import Asleep, Conversation, Idle, valid_now
from assistant.guidance.loader import load_guidance
from assistant.sessions import keyboard
from assistant.sessions.profile import Profile
from assistant.sessions.stage import Stage
from assistant.sessions.typed import FastClock, WallClock, converse
from audio.aec.canceller import open_echo
from audio.aec.interface import EchoMode, NoEcho
from audio.asr.engine import Engine
from audio.devices.portaudio import DeviceChoice
from audio.files import SpeakerFile, read_recording
from audio.frames import frames
from audio.samples import SAMPLE_RATE
from audio.score import Speech
from audio.simulation.room import Room, Surroundings
from audio.tts.silent import SilentVoice
from audio.tts.voice import Voice
from intents.reader import IntentReader

# What hears is imported where it is used: typing should not wait for it.

LOAD_PATIENCE_SECONDS = 1.0
"""How long the first sound may wait for the recogniser to load."""
REFERENCE_LINE = Speech("Slow, controlled, never forced or jerky.")
"""How Limber sounds, for a room that must be told how loud it is."""


@dataclass(frozen=True, slots=True)
class Options:
    """What all three ways to run have in common."""

    profile: Path | None
    """Where settings are kept; None: nowhere."""
    asleep: bool
    engine: Engine
    timeline: Path | None
    """Where to write what happened."""
    limit: float | None
    """Seconds."""

    @property
    def kept(self) -> Profile | None:
        """The profile, opened."""
        return None if self.profile is None else Profile(self.profile)

    def conversation(self, profile: Profile | None) -> Conversation:
        """As it begins."""
        conversation = Conversation(mode=Asleep() if self.asleep else Idle())
        if profile is None:
            return conversation
        return replace(conversation, settings=profile.settings(), session=profile.resumable(load_guidance()))


def start_rehearsal(
    wanted: Options, mic_file: Path, speaker_file: Path, around: Surroundings, mode: EchoMode, latency: float
) -> None:
    """On files. `latency`: milliseconds from the last needed sample to a decision, of a live session."""
    from assistant.listening.listener import Listener
    from assistant.sessions import rehearsal
    from audio.asr.engines import open_recogniser

    profile = wanted.kept
    conversation = wanted.conversation(profile)
    person = read_recording(mic_file).at(SAMPLE_RATE)
    with Voice() as voice, SpeakerFile(speaker_file) as speaker:
        stage = Stage(conversation, load_guidance(), voice, profile=profile)
        room = Room(around, person, voice.clip(REFERENCE_LINE)) if around.echo else Room(around, person)
        echo = NoEcho() if mode == "auto" and not around.echo else open_echo(mode)
        listener = Listener(
            open_recogniser(wanted.engine), _reader(conversation), None, lambda: valid_now(stage.conversation), echo
        )
        end = None if wanted.limit is None else frames(wanted.limit)
        try:
            rehearsal.rehearse(stage, room, speaker, listener, echo, limit=end, latency=frames(latency / 1000))
        finally:
            if wanted.timeline is not None:
                stage.timeline.write(wanted.timeline)


def start_live(wanted: Options, devices: DeviceChoice, mode: EchoMode) -> int:
    """On a sound card; the frames that its speaker missed."""
    from assistant.listening.listener import Listener
    from assistant.sessions import live
    from audio.asr.engines import open_recogniser

    recogniser, profile = open_recogniser(wanted.engine), wanted.kept
    with Voice() as voice:
        asking = replace(wanted.conversation(profile), asks_number=True)
        stage = live.LiveStage(asking, load_guidance(), voice, lambda line: print(line, flush=True), profile)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stage.inbox.put(live.EndRequested()))
        source = sys.stdin.fileno()
        pressed = Thread(
            target=keyboard.read_forever, args=(source, lambda key: stage.inbox.put(live.KeyPressed(key))), daemon=True
        )
        loading = Thread(target=recogniser.load, daemon=True)
        loading.start()
        loading.join(LOAD_PATIENCE_SECONDS)  # it would starve the speaker; a slow machine goes on without
        try:
            with keyboard.one_by_one(source):
                print(keyboard.HELP, file=sys.stderr, flush=True)
                pressed.start()
                echo = open_echo(mode)
                listener = Listener(recogniser, _reader(asking), None, lambda: valid_now(stage.conversation), echo)
                return live.run_live(stage, listener, echo, devices, _show_heard, wanted.limit)
        finally:
            loading.join()  # the interpreter must not go while it still loads
            if wanted.timeline is not None:
                stage.timeline.write(wanted.timeline)


def start_typed(wanted: Options, *, fast: bool) -> None:
    """By typed lines. `fast`: time passes without waiting."""
    profile = wanted.kept
    conversation = wanted.conversation(profile)
    stage = Stage(conversation, load_guidance(), SilentVoice(), lambda line: print(line, flush=True), profile)
    try:
        converse(stage, _reader(conversation), sys.stdin, FastClock() if fast else WallClock())
    finally:
        if wanted.timeline is not None:
            stage.timeline.write(wanted.timeline)


def _reader(conversation: Conversation) -> IntentReader:
    return IntentReader.coach(conversation.settings.wake_phrase)


def _show_heard(text: str) -> None:
    if text:
        print(f"> {text}", flush=True)
