"""Writes `phrases/heard.jsonl`: training phrases as the recogniser writes them when synthetic voices say them in noise.

    .venv/bin/python -m benchmarks.training.heard_phrases KITCHEN_NOISE [--most 4000]

Both the classifiers of alarms and that of intents learn these texts beside the phrases (`red_flag_model.py`,
`meaning/taught.py`), since a misheard word ("num" for "numb") is misheard alike from one day to the next. Phrases
that are in the file already are not said again, so a run can be interrupted and continued. Needs flite and espeak-ng.
"""

import json
import random
import tempfile
from collections.abc import Iterator
from itertools import chain, zip_longest
from pathlib import Path

import click
from ruamel.yaml import YAML

from assistant.listening.transcription import transcribe
from assistant.operating_points import READ_SHARE
from audio.asr.moonshine.engine import MoonshineRecogniser
from benchmarks.rig.mixing import excerpt, mix, recording
from benchmarks.rig.places import TRAINING_PHRASES
from benchmarks.rig.voices import VOICES, SyntheticSpeech
from benchmarks.training.heard_texts import HEARD_PHRASES
from benchmarks.training.red_flag_model import labelled_phrases
from intents.reader import IntentReader
from intents.text.normalize import words_of

NOISE_DB = 12
"""Signal-to-noise ratio in dB."""
CHOICE_SEED = 3
"""The seed by which phrases and voices are chosen."""
LONGEST_PHRASE = 16
"""Greatest length in words of a phrase that is said."""
HEARD_TEXTS = 3
"""Most texts of an n-best list that are kept."""


def phrases() -> Iterator[dict[str, str]]:
    """All training phrases, shuffled: an alarm, one that is no alarm and a request by turns."""
    chance = random.Random(CHOICE_SEED)  # noqa: S311 - the same phrases every time
    flagged = labelled_phrases()
    alarms = [{"said": text, "flag": flag} for flag, text in flagged if flag]
    harmless = [{"said": text, "flag": flag} for flag, text in flagged if not flag]
    load = YAML(typ="safe").load
    meant = [
        {"said": text, "label": label}
        for path in sorted((TRAINING_PHRASES / "meaning").glob("*.yaml"))
        for label, texts in load(path).items()
        for text in texts
    ]
    for kind in (alarms, harmless, meant):
        chance.shuffle(kind)
    yield from filter(None, chain.from_iterable(zip_longest(alarms, harmless, meant)))


@click.command(help=__doc__)
@click.argument("noise", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--most", default=4000, help="How many phrases are said (4000).")
def main(noise: Path, most: int) -> None:
    """Say each phrase in one voice, recognise it, and append what was heard to the file."""
    lines = HEARD_PHRASES.read_text(encoding="utf-8").splitlines() if HEARD_PHRASES.exists() else []
    known = {json.loads(line)["said"] for line in lines}
    recogniser, reader, kitchen = MoonshineRecogniser(), IntentReader.coach(), recording(noise)
    with tempfile.TemporaryDirectory() as folder, HEARD_PHRASES.open("a", encoding="utf-8") as file:
        speech = SyntheticSpeech(Path(folder))
        for phrase in phrases():
            said = phrase["said"]
            if len(known) >= most:
                break
            if said in known or not 1 < len(said.split()) <= LONGEST_PHRASE:
                continue
            known.add(said)
            voice = random.Random(said).choice(VOICES)  # noqa: S311 - the same voice every time
            clip = speech.clip(said, voice)
            transcript = transcribe(recogniser, reader, mix(clip, excerpt(kitchen, len(clip), said), NOISE_DB), None)
            texts = [transcript.text, *(each.text for each in transcript.led[:HEARD_TEXTS] if each.share >= READ_SHARE)]
            heard = list(dict.fromkeys(" ".join(words_of(text)) for text in texts))
            line = {**phrase, "heard": [text for text in heard if text and text.split() != words_of(said)]}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()


if __name__ == "__main__":
    main()
