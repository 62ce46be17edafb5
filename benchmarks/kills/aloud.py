"""Sessions with sound that are killed: what a person says in rehearsals, and live sessions on a virtual card."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from benchmarks.kills.trials import DAY, Killed, Trials, Verdict, command, kill_after
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
LIVE_KEYS = ("f", *[""] * 14, "n")
"""The keys that are pressed in a live session, one a second: faster, and no to the question for warning signs."""
LIVE_REQUEST = "start neck rotations"
"""What the person says between them."""
REQUEST_AFTER = 6.0
"""Seconds from the start of the program until that is said."""
MOST_TRIES = 3
"""Times that a live session is tried in which something else was heard."""
LIVE_LIFE = 30.0
"""Seconds from the start of a live session until it is in the midst of a stretch."""
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
    """Live sessions on a virtual card, to which a person speaks; where Limber hears something else, once more."""
    copytree(template, work / "live")
    lines = ("f", LIVE_REQUEST, "n", "@wait 30")
    trials = Trials(template, work, expected.typed(work / "live", None, lines), at=None)
    with VirtualCard() as card:
        for at, moment in enumerate(kill_at):
            killed, tries = _killed_live(trials, card, moment), 1
            while trials.expected.between(killed.said) is None and tries < MOST_TRIES:
                killed, tries = _killed_live(trials, card, moment), tries + 1
            yield trials.judge(killed, again=at % 10 == 0)


def _killed_live(trials: Trials, card: VirtualCard, moment: float) -> Killed:
    """A live session that is killed after so many seconds, without what it tells of hearing."""
    trials.begin()
    talking = threading.Thread(target=_speak, args=(card, moment), daemon=True)
    talking.start()
    killed = kill_after(moment, command(trials.folder), LIVE_KEYS, 1.0, card.environment)
    talking.join()
    return replace(killed, said=tuple(line for line in killed.said if not line.startswith("> ")))


def _speak(card: VirtualCard, seconds: float) -> None:
    """Say the request, where the session is not killed before."""
    sound = spoken(LIVE_REQUEST, PERSON_VOICE)
    time.sleep(min(REQUEST_AFTER, seconds))
    if seconds > REQUEST_AFTER:
        card.speak(sound, SAMPLE_RATE)
