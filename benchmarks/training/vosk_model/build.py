"""Builds the tests' tiny Vosk model, `benchmarks/rig/data/vosk-tiny.zip`.

    python -m benchmarks.training.vosk_model.build [OUT]

Needs PyTorch and espeak-ng's library; README.md beside this file tells how to set them up, and how the model is made.
"""

import argparse
import logging
from pathlib import Path

from benchmarks.rig.places import DATA
from benchmarks.training.vosk_model.acoustic_network import train
from benchmarks.training.vosk_model.corpus import gather
from benchmarks.training.vosk_model.model_folder import packed

_log = logging.getLogger(__name__)
_TINY_ARCHIVE = DATA / "vosk-tiny.zip"
"""The archive that ships with the tests."""
_UTTERANCES = 3000
"""How many utterances are spoken."""
_CORPUS_SEED = 3
"""The seed of corpus and training."""


def main() -> None:
    """Speak, train and pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=_TINY_ARCHIVE, help="the archive to write")
    out = parser.parse_args().out
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    _log.info("speaking %d utterances", _UTTERANCES)
    corpus = gather(_UTTERANCES, _CORPUS_SEED)
    _log.info("%d phones, %d words; training", len(corpus.phones), len(corpus.lexicon))
    trained = train(corpus, _CORPUS_SEED)
    archive = packed(out.stem, corpus.phones, corpus.lexicon, trained)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(archive)
    _log.info("%s: %d bytes", out, len(archive))


if __name__ == "__main__":
    main()
