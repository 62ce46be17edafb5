"""Measures early commands in running speech by partial results, with the tests' tiny model for Vosk.

    .venv/bin/python -m benchmarks.running_speech

Two sentences that act early, spoken in one breath with more talk; and talk that sounds like two of them. For each
engine: how many acted before the person fell silent, the time from the last sound of the two sentences to the event
(negative: before it), and the processor's time of a look. Three voices that the tiny model was trained with. Needs
espeak-ng.
"""

import statistics
import tempfile
import time
from pathlib import Path

import click
import numpy as np

from audio.asr.engines import open_recogniser
from audio.asr.partials import PartialCue
from audio.asr.recogniser import Recogniser
from audio.samples import SAMPLE_RATE
from audio.vad.utterance import Utterance
from benchmarks.rig.errors import missing_parts_explained
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.people import BREATH_SAMPLES, HOLDING_INTENTS, MICROPHONE_BLOCK, spoken
from benchmarks.rig.tiny_vosk import put_in_place
from intents.reader import IntentReader

TRAINED_VOICES = ("en-us+m3", "en-us+f3", "en-gb-x-rp+f3")
"""Voices of espeak-ng that the tiny model was trained with."""
CUED_SENTENCES = {
    "stop it hurts": "so much i can not go on",
    "stop that hurts": "in my shoulder",
    "please stop it hurts": "when i turn",
    "stop my back hurts": "on the left side",
    "pause i need a break": "to get the door",
    "pause please hold on": "someone is at the door",
}
"""To two sentences that act early, the talk that follows them in the same breath."""
CUELESS_SENTENCES = (
    *("stop it first and then go home", "stop at first base", "stop at hurst street and turn left", "chop it first"),
    *("stop that hearse over there", "stop that horse over there", "stop that her mother said", "stop that hers"),
    *("stopped it hurt us all", "paws hold on tight", "pours hold on to the rail", "stop it first thing tomorrow"),
)
"""Talk that sounds like two such sentences.

Of some two dozen, those that the tiny model misheard in one voice at least.
"""


@click.command()
@missing_parts_explained()
def main() -> None:
    """Measure both engines and print the figures."""
    reader = IntentReader.coach()
    with tempfile.TemporaryDirectory() as root:
        put_in_place(Path(root))
        for engine in ("moonshine", "both"):
            recogniser = open_recogniser(engine, Path(root))
            recogniser.load()
            meant = [
                run(recogniser, reader, f"{a} {b}", voice, a)
                for a, b in CUED_SENTENCES.items()
                for voice in TRAINED_VOICES
            ]
            others = [
                run(recogniser, reader, text, voice, text) for text in CUELESS_SENTENCES for voice in TRAINED_VOICES
            ]
            after = [seconds for seconds, _, _ in meant if seconds is not None]
            wrong = [seconds for seconds, _, _ in others if seconds is not None]
            cued = sum(bool(looks) for _, looks, _ in others)
            times = [each for _, _, looks in meant + others for each in looks]
            print(
                f"{engine}: early {len(after)} of {len(meant)}; others {len(wrong)} of {len(others)}, {cued} with cues"
            )
            if after:
                print(f"  {statistics.median(after):.2f} s, at most {max(after):.2f} s after their last sound")
            if times:
                print(f"  {len(times)} looks, median {statistics.median(times) * 1000:.0f} ms of processor time each")


def run(
    recogniser: Recogniser, reader: IntentReader, text: str, voice: str, first: str
) -> tuple[float | None, int, list[float]]:
    """When a text acted, how many partial cues there were, and the processor seconds of the look at each.

    The first is in seconds from the end of its words `first`, and None where nothing acted before the end of the text.
    """
    listening = Hearing(recogniser, reader)
    sound = np.pad(spoken(text, voice), (BREATH_SAMPLES, SAMPLE_RATE * 3 // 2))
    end, times, acted = _end(first, voice), [], None
    for at in range(0, len(sound), MICROPHONE_BLOCK):
        for piece in listening.listen(sound[at : at + MICROPHONE_BLOCK], HOLDING_INTENTS):
            began = time.thread_time()
            understood = None if isinstance(piece.content, Utterance) else listening.hear(piece, HOLDING_INTENTS)
            if isinstance(piece.content, PartialCue):
                times.append(time.thread_time() - began)
            if understood is not None and acted is None and piece.decided < _end(text, voice):
                acted = (piece.decided - end) / SAMPLE_RATE
    return acted, len(times), times


def _end(words: str, voice: str) -> int:
    """The sample at which these words fall silent, after the leading silence."""
    return BREATH_SAMPLES + int(np.flatnonzero(np.abs(spoken(words, voice)) > 0.01)[-1])


if __name__ == "__main__":
    main()
