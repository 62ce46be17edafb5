"""Measures commands in the midst of unbroken speech, with Moonshine alone: how many act, how soon, and what else acts.

    .venv/bin/python -m benchmarks.mid_utterance [NOISE.flac]

Each text is spoken without a pause by voices that the keyword spotter was not fitted to, clean and with noise 12 dB
under it. Early is what acts before the last sound of the text; the time is counted from the end of its keyword, as the
synthesizer tells it. Needs flite and espeak-ng's library.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import click
import numpy as np

from audio.asr.engines import open_recogniser
from audio.asr.recogniser import Recogniser
from audio.files import read_recording
from audio.keywords.spotter import KEYWORDS, Keyword
from audio.keywords.watch import KeywordCue
from audio.samples import SAMPLE_RATE, Clip
from audio.vad.utterance import Utterance
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.mixing import excerpt, mix
from benchmarks.rig.people import BREATH_SAMPLES, HOLDING_INTENTS, MICROPHONE_BLOCK
from benchmarks.training.spotting.keyword_speech import HELD_OUT_ESPEAK, HELD_OUT_FLITE, said_by
from intents.reader import IntentReader

HELD_OUT_VOICES = (*(f"flite:{name}" for name in HELD_OUT_FLITE), *HELD_OUT_ESPEAK)
"""The voices that the keyword spotter was not fitted to."""
KEYWORD_TEXTS: tuple[tuple[Keyword, str], ...] = (
    ("stop", "stop it hurts so much i can not go on"),
    ("stop", "oh please stop i need a moment to breathe"),
    ("stop", "no no stop my arm is going to sleep here"),
    ("stop", "okay i think we should stop now that is enough"),
    ("stop", "wait stop the phone is ringing next door"),
    ("pause", "pause i need a break to get the door"),
    ("pause", "oh pause please someone is at the door"),
    ("pause", "can you pause it for a moment i dropped my cushion"),
    ("hurts", "oh that hurts in my shoulder when i turn my head"),
    ("hurts", "my back hurts on the left side when i do that"),
    ("ow", "ow that was much too far for me today"),
)
"""To each keyword, a text in which it is a command."""
OTHER_TEXTS = (
    *("stop counting out loud please", "please stop counting so loudly in the morning", "stop at the shop on your way"),
    *("the bus stop is over there by the church", "we stopped for lunch near the river", "don't stop now we are close"),
    *(
        "there was a long pause before he answered her",
        "the pause button is broken again",
        "because i wanted to see it",
    ),
    *("it hurts nobody to be kind to people", "she can't stop laughing about it", "a stop sign stood at the corner"),
    *("how about a walk around the house later", "the stock market fell again this morning", "top it up with milk"),
    *("chop it first and fry it for a minute", "shop it around to all your friends", "the cow is out of the barn now"),
)
"""Texts in which a keyword is no command, or that only sound like one."""


@dataclass(frozen=True)
class Outcome:
    """What one text came to."""

    early: float | None
    """Seconds from the end of the keyword to the event; None: nothing acted before the end of the text."""
    looks: tuple[float, ...]
    """Processor seconds of each look that a keyword cue caused."""


@click.command()
@click.argument("noise", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(noise: Path | None) -> None:
    """Measure and print; NOISE is a recording, with which everything is measured again at 12 dB."""
    recogniser, reader = open_recogniser("moonshine", Path()), IntentReader.coach()
    recogniser.load()
    rooms = {"clean": None} | ({"12 dB": read_recording(noise).at(SAMPLE_RATE)} if noise else {})
    with tempfile.TemporaryDirectory() as folder:
        for name, room in rooms.items():
            meant = list(_run(recogniser, reader, KEYWORD_TEXTS, room, Path(folder)))
            others = list(_run(recogniser, reader, [(None, text) for text in OTHER_TEXTS], room, Path(folder)))
            after = [outcome.early for outcome in meant if outcome.early is not None]
            wrong = sum(outcome.early is not None for outcome in others)
            looks = [seconds for outcome in meant + others for seconds in outcome.looks]
            click.echo(f"{name}: early {len(after)} of {len(meant)}; others {wrong} of {len(others)}")
            for word in KEYWORDS:
                each = [
                    outcome.early
                    for ((said, _), _), outcome in zip(product(KEYWORD_TEXTS, HELD_OUT_VOICES), meant, strict=True)
                    if said == word
                ]
                click.echo(f"  {word}: {sum(early is not None for early in each)} of {len(each)}")
            if after:
                latest = np.quantile(after, 0.95)
                click.echo(f"  {statistics.median(after):.2f} s after the end of the word, 95 %: {latest:.2f} s")
            if looks:
                click.echo(f"  {len(looks)} looks, median {statistics.median(looks) * 1000:.0f} ms of processor time")


def _run(
    recogniser: Recogniser,
    reader: IntentReader,
    texts: "tuple[tuple[Keyword, str], ...] | list[tuple[None, str]]",
    room: Clip | None,
    folder: Path,
) -> Iterator[Outcome]:
    """The outcome of each text in each voice; `room`: noise to mix in."""
    for (word, text), voice in product(texts, HELD_OUT_VOICES):
        said = said_by(voice, text, word, folder)
        sound = np.pad(said.samples * np.float32(0.4), (BREATH_SAMPLES, SAMPLE_RATE * 3 // 2))
        if room is not None:
            sound = mix(sound, excerpt(room, len(sound), text), 12.0)
        end = said.ends[0] if said.ends else 0.0
        last = float(np.flatnonzero(np.abs(said.samples) > 0.02)[-1]) / SAMPLE_RATE
        yield _outcome(recogniser, reader, sound, end, last)


def _outcome(recogniser: Recogniser, reader: IntentReader, sound: Clip, end: float, last: float) -> Outcome:
    """The outcome of one sound; `end` of its keyword and `last` sound of its text in seconds."""
    listening, looks = Hearing(recogniser, reader), []
    for at in range(0, len(sound), MICROPHONE_BLOCK):
        for piece in listening.listen(sound[at : at + MICROPHONE_BLOCK], HOLDING_INTENTS):
            if isinstance(piece.content, Utterance):
                continue
            began = time.thread_time()
            understood = listening.hear(piece, HOLDING_INTENTS)
            if isinstance(piece.content, KeywordCue):
                looks.append(time.thread_time() - began)
            seconds = (piece.decided - BREATH_SAMPLES) / SAMPLE_RATE
            if understood is not None and seconds < last:
                return Outcome(seconds - end, tuple(looks))
    return Outcome(None, tuple(looks))


if __name__ == "__main__":
    main()
