"""What a speech recogniser is told to expect: sentences, the graph it searches, and the grammar of the wake phrase.

All of it comes from what `IntentReader` reads, so that what is recognised can be read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from intents.grammar.graph import Graph, listed_graph
from intents.grammar.wake_grammar import WakeGrammar
from intents.grammar.walk import NO_FILLERS, Fillers, Walk
from intents.model import Intent, Reading, asked_intents
from intents.phrases.short import fillers, short_sentences, short_sentences_by_intent, sound_alikes
from intents.phrases.wake import WakePhrase
from intents.text.normalize import words_of

OTHERS_LENGTH = 4
"""Length in words up to which sentences of a caller's own templates are listed for a recogniser."""
_NAME_FRAMES = (
    *((Intent.START_ROUTINE, frame) for frame in ("start {}", "do {}", "start my {} routine", "start the {} routine")),
    *((Intent.START_ROUTINE, frame) for frame in ("let us do {}", "begin {}", "{} please", "i want to do {}")),
    *((Intent.ROUTINE_LENGTH, frame) for frame in ("how long is {}", "how long does {} take")),
    *((Intent.ROUTINE_CONTENTS, frame) for frame in ("what is in {}", "what is in the {} routine")),
    *((Intent.DELETE_ROUTINE, frame) for frame in ("delete {}", "delete the {} routine")),
)
"""Sentences with a name, as a recogniser expects them: to each its intent."""
SOUND_ALIKE_INTENT = "Nothing"
"""The intent that `SpeechGrammar.walk` gives to common words that only sound like a command."""
SOUND_ALIKE_PENALTY = 1.0
"""Penalty of a sound-alike against a command, as natural log-probability: such a word is said less often here."""
ALARM_PENALTY = 1.0
"""Penalty of a sentence of danger against a command, as natural log-probability: it is said far less often."""
GOODBYE_PENALTY = 3.0
"""Penalty of a goodbye, as natural log-probability: a goodbye ends the session, and "five" sounds much like "bye"."""
_PENALTIES: Mapping[str, float] = MappingProxyType(
    {
        Intent.RED_FLAG: ALARM_PENALTY,
        Intent.CALL_FOR_HELP: ALARM_PENALTY,
        Intent.SELF_HARM: ALARM_PENALTY,
        Intent.GOODBYE: GOODBYE_PENALTY,
    }
)
"""The penalty of the short sentences of an intent, where they have one."""


class SpeechGrammar:
    """The grammars of speech for one set of templates; `IntentReader.speech_grammar` has that of a reader."""

    def __init__(self, coach: Graph | None, others: Graph | None, wake: WakePhrase) -> None:
        """`coach`: the graph of the built-in templates; `others`: that of a caller's own; None: not in use."""
        self._coach = coach
        self._others = others
        self._begun_with = wake
        self._names = _Named((), wake)

    def learn(self, names: tuple[str, ...]) -> None:
        """Expect sentences with these names of the person's own routines from now on, and with no others."""
        if names != self._names.names:
            # Other threads use what they have begun with: all that depends on the names changes at once.
            self._names = _Named(names, self._names.wake)

    def wake_by(self, wake: WakePhrase) -> None:
        """Expect this wake phrase from now on."""
        self._names = _Named(self._names.names, wake)

    def sentences(self, valid: Collection[str] | None = None, limit: int = 700) -> tuple[str, ...]:
        """Short sentences of the valid intents (None: of all), the likeliest first.

        At most `limit` sentences of the built-in templates and `limit` of others: neither crowds out the other.
        """
        found: dict[str, None] = {}
        if self._coach:
            found.update(dict.fromkeys(short_sentences(frozenset(asked_intents(valid)))))
            if valid is None or Intent.WAKE in valid:
                found[self._names.wake.text] = None
            found = dict.fromkeys(tuple(found)[:limit])
        named = _sentences_of(self._names.names)
        found.update((" ".join(words), None) for intent, words in named if valid is None or intent in valid)
        if self._others:
            drawn = sorted(self._others.sentences(valid, OTHERS_LENGTH), key=lambda words: (len(words), words))
            found.update((" ".join(words), None) for words in drawn[:limit])
        return tuple(found)

    def common_phrases(self, valid: Collection[str] | None = None) -> Mapping[str, float]:
        """What is likeliest to be said: `sentences`, spelled as in `walk`, and common words that only sound like them.

        To each its penalty, a natural log-probability from 0 up.
        """
        key, common = None if valid is None else frozenset(valid), self._names.common
        if key not in common:
            others = dict.fromkeys(sound_alikes(), SOUND_ALIKE_PENALTY) if self._coach else {}
            said = {" ".join(words_of(text)): 0.0 for text in self.sentences(valid)}
            rare = {
                spelled: penalty
                for intent, penalty in _PENALTIES.items()
                for text in short_sentences_by_intent().get(intent, ())
                if (spelled := " ".join(words_of(text))) in said
            }
            common[key] = others | said | rare
        return common[key]

    @property
    def walk(self) -> Walk:
        """All sentences of all templates, word by word, as the graph that a closed-set recogniser searches.

        With a few of each own routine: its name is in no template.
        """
        named = self._names
        if named.walk is None:
            told = [*_sentences_of(named.names)]
            if self._coach and named.wake != self._begun_with:
                told.append((Intent.WAKE, words_of(named.wake.text)))
            named.walk = self._walk.extended(listed_graph(told)) if told else self._walk
        return named.walk

    @cached_property
    def _walk(self) -> Walk:
        """The same without any of own routines."""
        graphs = [graph for graph in (self._coach, self._others) if graph]
        if self._coach:
            # Some short sentences are in the templates only with filler words between.
            common = [
                (intent, words_of(text)) for intent, texts in short_sentences_by_intent().items() for text in texts
            ]
            others = [(SOUND_ALIKE_INTENT, [word]) for word in sorted(sound_alikes())]
            graphs.append(listed_graph([(Intent.WAKE, words_of(self._begun_with.text)), *common, *others]))
        return Walk(graphs, Fillers(*fillers()) if self._coach else NO_FILLERS)

    @property
    def led_text(self) -> bool:
        """Whether commands and symptoms are also told that no template has: with the built-in templates."""
        return self._coach is not None

    def intent_mask(self, valid: Collection[str] | None) -> int:
        """The valid intents as bits of `walk`; None stands for all but those of a number that must be asked for.

        Small talk is read in free text alone: a sentence as common as "I love you" outdoes half of the answers.
        """
        walk = self.walk
        if valid is None:
            return walk.intent_mask(None) & ~walk.intent_mask({Intent.DIGITS, Intent.RATING_ALONE, Intent.SMALL_TALK})
        said = {*valid, SOUND_ALIKE_INTENT} - {Intent.SMALL_TALK}
        if Intent.PAUSE in said and Intent.READY not in said:
            said -= {Intent.WAIT}  # "hold on" is both: two valid intents would halve the confidence of one sentence
        return walk.intent_mask(said)

    def only_sounds_like(self, text: str, reading: Reading) -> bool:
        """Whether `text`, a sentence of `walk` that was read as `reading`, is a sound-alike rather than a command."""
        return text in sound_alikes() and reading.confidence < 1

    def wake_grammar(self, requests: Collection[str], alone: Collection[str] = ()) -> WakeGrammar:
        """The wake phrase alone, or before one of these requests in the same breath; and what `alone` means."""
        key, known = (frozenset(requests), frozenset(alone)), self._names.wake_grammars
        if key not in known:
            asked, unasked = self.intent_mask(key[0] - {Intent.WAKE}), self.walk.intent_mask(key[1] - {Intent.WAKE})
            known[key] = WakeGrammar(self._names.wake, self.walk, asked, unasked)
        return known[key]


@dataclass(slots=True)
class _Named:
    """What depends on the names of the person's own routines, and on the wake phrase."""

    names: tuple[str, ...]
    wake: WakePhrase
    walk: Walk | None = None
    """The walk with sentences of them; None: not asked for yet, as in a typed session."""
    common: dict[frozenset[str] | None, Mapping[str, float]] = field(default_factory=dict)
    """The common phrases, by the valid intents."""
    wake_grammars: dict[tuple[frozenset[str], frozenset[str]], WakeGrammar] = field(default_factory=dict)
    """The grammars of the wake phrase, by the requests and by what is asked alone."""


def _sentences_of(names: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """What is likely to be said with each name: the intent and the words."""
    for name in names:
        for intent, frame in _NAME_FRAMES:
            yield intent, frame.format(name).split()
