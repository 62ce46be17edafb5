"""Starts a conversation: live, on files, or typed. Every part of every room meets its neighbours here."""

import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from assistant import keys
from assistant.conversation import Asleep, Conversation, Idle, valid_now
from assistant.guidance import load
from assistant.profile import Profile
from assistant.stage import Stage
from assistant.text_mode import FastClock, WallClock, converse
from audio.device import Chosen
from audio.echo import Mode, NoEcho, open_echo
from audio.hearing.ear import Engine
from audio.recordings import SpeakerFile, read
from audio.room import Room, Surroundings
from audio.segmenter import RATE
from audio.silent import SilentVoice
from audio.timeline import Speech, frames
from audio.voice import Voice
from intents.recognize import Recognizer

# What hears is imported where it is used: typing should not wait for it.

PATIENCE_SECONDS = 1.0
"""How long the first sound may wait for the recogniser to load."""
USUAL = Speech("Slow, controlled, never forced or jerky.")
"""How Limber sounds, for a room that must be told how loud it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
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
        return replace(conversation, settings=profile.settings(), session=profile.resumable(load()))


def rehearse(
    wanted: Wanted, mic_file: Path, speaker_file: Path, around: Surroundings, mode: Mode, latency: float
) -> None:
    """On files. `latency`: milliseconds from the last needed sample to a decision, of a live session."""
    from assistant import session
    from assistant.hearing import Listener
    from audio.hearing.engines import open_ear

    profile = wanted.kept
    conversation = wanted.conversation(profile)
    person = read(mic_file).at(RATE)
    with Voice() as voice, SpeakerFile(speaker_file) as speaker:
        stage = Stage(conversation, load(), voice, profile=profile)
        room = Room(around, person, voice.clip(USUAL)) if around.echo else Room(around, person)
        echo = NoEcho() if mode == "auto" and not around.echo else open_echo(mode)
        listener = Listener(
            open_ear(wanted.engine), _recognizer(conversation), None, lambda: valid_now(stage.conversation), echo
        )
        end = None if wanted.limit is None else frames(wanted.limit)
        try:
            session.rehearse(stage, room, speaker, listener, echo, limit=end, latency=frames(latency / 1000))
        finally:
            if wanted.timeline is not None:
                stage.timeline.write(wanted.timeline)


def live(wanted: Wanted, devices: Chosen, mode: Mode) -> int:
    """On a sound card; the frames that its speaker missed."""
    from assistant import live
    from assistant.hearing import Listener
    from audio.hearing.engines import open_ear

    ear, profile = open_ear(wanted.engine), wanted.kept
    with Voice() as voice:
        asking = replace(wanted.conversation(profile), asks_number=True)
        stage = live.LiveStage(asking, load(), voice, lambda line: print(line, flush=True), profile)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stage.inbox.put(live.End()))
        source = sys.stdin.fileno()
        pressed = Thread(
            target=keys.read_forever, args=(source, lambda key: stage.inbox.put(live.Key(key))), daemon=True
        )
        loading = Thread(target=ear.load, daemon=True)
        loading.start()
        loading.join(PATIENCE_SECONDS)  # it would starve the speaker; a slow machine goes on without
        try:
            with keys.one_by_one(source):
                print(keys.HELP, file=sys.stderr, flush=True)
                pressed.start()
                echo = open_echo(mode)
                listener = Listener(ear, _recognizer(asking), None, lambda: valid_now(stage.conversation), echo)
                return live.run(stage, listener, echo, devices, _show_heard, wanted.limit)
        finally:
            loading.join()  # the interpreter must not go while it still loads
            if wanted.timeline is not None:
                stage.timeline.write(wanted.timeline)


def typed(wanted: Wanted, *, fast: bool) -> None:
    """By typed lines. `fast`: time passes without waiting."""
    profile = wanted.kept
    conversation = wanted.conversation(profile)
    stage = Stage(conversation, load(), SilentVoice(), lambda line: print(line, flush=True), profile)
    try:
        converse(stage, _recognizer(conversation), sys.stdin, FastClock() if fast else WallClock())
    finally:
        if wanted.timeline is not None:
            stage.timeline.write(wanted.timeline)


def _recognizer(conversation: Conversation) -> Recognizer:
    return Recognizer.coach(conversation.settings.wake_phrase)


def _show_heard(text: str) -> None:
    if text:
        print(f"> {text}", flush=True)
