"""Sessions with sound that are killed: what a person says in rehearsals, and live sessions on a virtual card."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copytree

import numpy as np
import soundfile
from numpy.typing import NDArray

from assistant.sessions.clip_store import ClipStore
from assistant.sessions.rehearsal import rehearse
from audio.aec.interface import NO_ECHO
from audio.asr.engines import open_recogniser
from audio.samples import FRAMES_PER_SAMPLE, SAMPLE_RATE
from audio.tts.voice import Voice
from benchmarks.kills import expected
from benchmarks.kills.trials import DAY, Trials, Verdict, command, kill_after
from benchmarks.rig.card import VirtualCard
from benchmarks.rig.people import Person, PersonLine, spoken
from intents.reader import IntentReader

SPOKEN_LINES = (
    PersonLine("faster"),
    PersonLine("remind me every forty five minutes to stretch"),
    PersonLine("start shoulder rolls"),
    PersonLine("no"),
    PersonLine("stop", after=20.0),
    PersonLine("louder"),
)
"""What the person says in a rehearsal."""
LIVE_LINES = ("faster", "start neck rotations", "no")
"""What the person says in a live session, each once Limber has fallen silent."""
PAUSES = (7.0, 3.0, 8.0)
"""Seconds from the start of the program to the first of these, and from each to the next."""
PERSON_VOICE = "flite:slt"
"""The voice of the person."""


class _Taped:
    """A person, of whom all that the microphone brought is kept."""

    def __init__(self, person: Person) -> None:
        self._person, self.tape = person, list[NDArray[np.float32]]()

    frames_per_sample = FRAMES_PER_SAMPLE

    @property
    def exhausted(self) -> bool:
        """Whether everything has been said."""
        return self._person.exhausted

    def hear(self, played: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the microphone brings while the speaker plays a block."""
        self.tape.append(self._person.hear(played))
        return self.tape[-1]


def rehearsal_file(folder: Path, file: Path) -> None:
    """Write what a person says who waits for the answers, in a session with a profile."""

    def run(stage: expected.Watched, reader: IntentReader) -> None:
        taped = _Taped(Person(stage, SPOKEN_LINES, PERSON_VOICE))
        rehearse(stage, taped, _Nowhere(), open_recogniser("moonshine"), reader, NO_ECHO)
        soundfile.write(file, np.concatenate(taped.tape), SAMPLE_RATE)

    with Voice() as voice:
        expected.watched(folder, DAY, run, ClipStore(voice))


class _Nowhere:
    """A speaker that plays nowhere."""

    def write(self, samples: NDArray[np.float32]) -> None:
        """Take a block."""


def live_trials(template: Path, work: Path, kill_at: Sequence[float]) -> Iterator[Verdict]:
    """Live sessions on a virtual card, to which a person speaks."""
    copytree(template, work / "live")
    trials = Trials(template, work, expected.typed(work / "live", None, LIVE_LINES), at=None)
    sounds = [spoken(words, PERSON_VOICE) for words in LIVE_LINES]
    with VirtualCard() as card:
        for at, moment in enumerate(kill_at):
            trials.begin()
            talking = threading.Thread(target=_speak, args=(card, sounds, moment), daemon=True)
            talking.start()
            killed = kill_after(moment, command(trials.folder), environment=card.environment)
            talking.join()
            said = tuple(line for line in killed.said if not line.startswith("> "))
            yield trials.judge(type(killed)(said, killed.errors, killed.ended), again=at % 10 == 0)


def _speak(card: VirtualCard, sounds: Sequence[NDArray[np.float32]], seconds: float) -> None:
    """Say everything, for so many seconds."""
    until = time.monotonic() + seconds
    for pause, sound in zip(PAUSES, sounds, strict=True):
        time.sleep(max(0.0, min(pause, until - time.monotonic())))
        if time.monotonic() < until - len(sound) / SAMPLE_RATE:
            card.speak(sound, SAMPLE_RATE)
