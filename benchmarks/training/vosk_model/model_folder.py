"""A model's folder as Vosk reads it: acoustic model, graphs of words, and settings."""

import io
import math
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, pairwise

from benchmarks.training.vosk_model.acoustic_network import Trained
from benchmarks.training.vosk_model.corpus import PronunciationLexicon, commands
from benchmarks.training.vosk_model.features import COEFFICIENTS, HIGHEST, LOWEST
from benchmarks.training.vosk_model.kaldi import FstArc, acoustic_model, forward_transition, graph, loop_transition

UNKNOWN_TINY_WORD = "[unk]"
"""The word that stands for any unknown one."""
_EDGE = "<s>"
"""Stands before and after a sentence."""
_POSITIONS = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}
"""Positions of a phone within a word, and their names in `word_boundary.int`."""
_SILENCE_PHONE = 1
"""The number of silence."""
_TRANSITION_COST = 0.3 * math.log(2)
"""Cost of either transition of a phone: half of the paths stay and half go on, weighted little."""
_SILENT_COST = math.log(2)
"""Cost of silence after a word, and of none."""
_WORD_COST = 1.0
"""Cost of each word, so that speech is not torn into many short ones."""
_UNKNOWN_STEPS = 5
"""Least length of an unknown word, in steps of 30 ms."""
_UNKNOWN_COST = 0.0
"""Cost of an unknown word."""
_DECODER_SETTINGS = {
    "min-active": 200,
    "max-active": 3000,
    "beam": 13.0,
    "lattice-beam": 2.0,
    "acoustic-scale": 0.5,
    "frame-subsampling-factor": 3,
    "endpoint.silence-phones": _SILENCE_PHONE,
    "endpoint.rule2.min-trailing-silence": 0.5,
    "endpoint.rule3.min-trailing-silence": 0.75,
    "endpoint.rule4.min-trailing-silence": 1.0,
}
"""The decoder's settings, `conf/model.conf`."""
_FEATURE_SETTINGS = {
    "use-energy": "false",
    "num-mel-bins": COEFFICIENTS,
    "num-ceps": COEFFICIENTS,
    "low-freq": LOWEST,
    "high-freq": HIGHEST,
    "dither": 0,
}
"""The features' settings, `conf/mfcc.conf`."""


class _Phones:
    """Kaldi's phones: silence, then each phone and garbage in four positions, which share an output."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._places = {name: place for place, name in enumerate(names)}

    def id(self, phone: str | None, position: str) -> int:
        """The number of a phone (None: garbage) in a position (one of B, E, I, S)."""
        place = len(self._places) if phone is None else self._places[phone]
        return 2 + 4 * place + list(_POSITIONS).index(position)

    def __len__(self) -> int:
        return 1 + 4 * (len(self._places) + 1)

    @property
    def outputs(self) -> list[int]:
        """To each phone from 1 on, the output of the network."""
        return [0, *(1 + index // 4 for index in range(len(self) - 1))]

    @property
    def boundaries(self) -> str:
        """The content of `word_boundary.int`."""
        rows = ((number, list(_POSITIONS.values())[(number - 2) % 4]) for number in range(2, len(self) + 1))
        return f"{_SILENCE_PHONE} nonword\n" + "".join(f"{number} {position}\n" for number, position in rows)


def packed(name: str, phones: tuple[str, ...], lexicon: PronunciationLexicon, trained: Trained) -> bytes:
    """A zip archive with one folder, `name`; an equal model gives equal bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in _files(_Phones(phones), lexicon, trained):
            entry = zipfile.ZipInfo(f"{name}/{path}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return content.getvalue()


def _files(phones: _Phones, lexicon: PronunciationLexicon, trained: Trained) -> Iterator[tuple[str, bytes]]:
    """The path and content of each file."""
    words = {word: number for number, word in enumerate([*sorted(lexicon), UNKNOWN_TINY_WORD], 1)}
    yield "am/final.mdl", acoustic_model(phones.outputs, trained.layers, COEFFICIENTS, trained.priors)
    yield "conf/mfcc.conf", _options(_FEATURE_SETTINGS)
    yield "conf/model.conf", _options(_DECODER_SETTINGS)
    yield "graph/HCLr.fst", _pronunciations(phones, lexicon, words)
    yield "graph/Gr.fst", _language(words, commands())
    yield "graph/words.txt", "".join(f"{word} {number}\n" for word, number in [("<eps>", 0), *words.items()]).encode()
    yield "graph/phones/word_boundary.int", phones.boundaries.encode()
    # Vosk wants the file; this graph has nothing to tell apart, so it names a transition that does not occur.
    yield "graph/disambig_tid.int", f"{2 * len(phones) + 1}\n".encode()


def _options(values: Mapping[str, object]) -> bytes:
    """Settings as Kaldi reads them."""
    return "".join(f"--{name}={value}\n" for name, value in values.items()).encode()


def _language(words: Mapping[str, int], sentences: Iterable[str]) -> bytes:
    """The grammar where none is given: pairs of words as these sentences have them, or any word, as an FST.

    Witten-Bell: a word seen before n others, m of them different, leaves m / (n + m) to any other.
    """
    followers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word, follower in pairwise([_EDGE, *sentence.split(), _EDGE]):
            followers[word][follower] += 1
    start, anything = 0, 1
    states = {_EDGE: start, **{word: state for state, word in enumerate(words, 2)}}
    even = math.log(len(words) + 1)
    arcs = [FstArc(anything, states[word], number, number, even) for word, number in words.items()]
    finals = {anything: even}
    for word, state in states.items():
        counts = followers[word]
        mass = counts.total() + len(counts)
        arcs.append(FstArc(state, anything, 0, 0, math.log(mass / len(counts)) if counts else 0.0))
        for follower, times in counts.items():
            cost = math.log(mass / times)
            if follower == _EDGE:
                finals[state] = cost
            else:
                arcs.append(FstArc(state, states[follower], words[follower], words[follower], cost))
    return graph(arcs, finals)


def _pronunciations(phones: _Phones, lexicon: PronunciationLexicon, words: Mapping[str, int]) -> bytes:
    """The FST from transitions to words; between two words there may be silence."""
    start, between, silent = 0, 1, 2
    states = count(3)
    arcs = [*_word_ends(start, between, silent)]
    arcs += [_goes_round(silent, _SILENCE_PHONE), FstArc(silent, between, 0, 0, 0.0)]
    for word, ways in lexicon.items():
        for way, likelihood in ways.items():
            positions = ["S"] if len(way) == 1 else ["B", *"I" * (len(way) - 2), "E"]
            at, spoken, cost = between, words[word], _WORD_COST - math.log(likelihood)
            for phone, position in zip(way, positions, strict=True):
                number, to = phones.id(phone, position), next(states)
                arcs += [_goes_on(at, to, number, spoken, cost), _goes_round(to, number)]
                at, spoken, cost = to, 0, 0.0
            arcs += _word_ends(at, between, silent)
    at, spoken, cost = between, words[UNKNOWN_TINY_WORD], _UNKNOWN_COST
    for step in range(_UNKNOWN_STEPS):
        position = "B" if step == 0 else "E" if step == _UNKNOWN_STEPS - 1 else "I"
        number, to = phones.id(None, position), next(states)
        arcs.append(_goes_on(at, to, number, spoken, cost))
        if step == _UNKNOWN_STEPS - 2:
            arcs.append(_goes_round(to, number))
        at, spoken, cost = to, 0, 0.0
    arcs += _word_ends(at, between, silent)
    return graph(arcs, {between: 0.0})


def _word_ends(at: int, between: int, silent: int) -> tuple[FstArc, FstArc]:
    """The arcs at the end of a word: straight on, and through silence."""
    return FstArc(at, between, 0, 0, _SILENT_COST), _goes_on(at, silent, _SILENCE_PHONE, 0, _SILENT_COST)


def _goes_on(source: int, target: int, phone: int, word: int, cost: float) -> FstArc:
    """The arc into a phone."""
    return FstArc(source, target, forward_transition(phone), word, cost + _TRANSITION_COST)


def _goes_round(state: int, phone: int) -> FstArc:
    """The arc that stays in a phone."""
    return FstArc(state, state, loop_transition(phone), 0, _TRANSITION_COST)
