"""Stores what voices say in tests: FLAC files in benchmarks/rig/data/spoken, so that every machine judges one sound.

    python -m benchmarks.rig.store_speech        writes what is listed in phrases.tsv (voice, words) and not there yet

Needs flite and espeak-ng. A file that is there stays as it is: another release would say it a little differently.
"""

import soundfile

from audio.samples import SAMPLE_RATE
from benchmarks.rig.people import STORED, stored, synthesised


def main() -> None:
    """Write every phrase of the list that is missing."""
    for line in (STORED / "phrases.tsv").read_text(encoding="utf-8").splitlines():
        voice, words = line.split("\t")
        file = stored(words, voice)
        if not file.exists():
            soundfile.write(file, synthesised(words, voice), SAMPLE_RATE, subtype="PCM_16", compression_level=1.0)


if __name__ == "__main__":
    main()
