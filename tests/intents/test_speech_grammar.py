"""What a recogniser is told to expect can be read, and means what is valid."""

from collections.abc import Iterator

import pytest

from assistant.states import VALID, State
from intents.grammar.open_sentences import NO_NAMES, KnownNames
from intents.model import OPEN_INTENTS, REMINDING_INTENTS, Intent
from intents.phrases.short import fillers, short_sentences_by_intent
from intents.reader import IntentReader
from tests import loaded

pytestmark = pytest.mark.quality


def test_expected_sentences_are_valid_and_mean_what_they_are_listed_for() -> None:
    listed = short_sentences_by_intent()
    # Names, times, the past and the voice are spoken of in longer sentences, by people who have time.
    past = {Intent.LAST_TIME, Intent.HOW_MUCH, Intent.AM_I_BETTER, Intent.MEMORY, Intent.FORGET}
    past |= {Intent.SETTINGS, Intent.CHANGE_SETTING, Intent.HIGHER_VOICE, Intent.DEEPER_VOICE}
    past |= {Intent.TUTORIAL, Intent.WELCOME_AGAIN, Intent.RATING}
    unlisted = {Intent.WAKE, Intent.SCREENING_OPEN, Intent.QUIET_HOURS, *past} | OPEN_INTENTS | REMINDING_INTENTS
    assert set(listed) == set(Intent) - unlisted
    for intent, texts in listed.items():
        # Alarms are looked for where red flags are valid.
        valid = {intent, Intent.RED_FLAG} if intent == Intent.SELF_HARM else {intent}
        meant = Intent.RATING if intent == Intent.RATING_ALONE else intent
        wrong = [text for text in texts if loaded.coach().read(text, valid, threshold=1).intent != meant]
        assert not wrong, intent


@pytest.mark.parametrize("state", list(State))
def test_what_is_expected_is_valid(state: State) -> None:
    # What answers the question for warning signs is read strictly: "okay" is no answer to it.
    valid = VALID[state] - ({Intent.YES, Intent.NO} if state is State.SCREENING else set())
    sentences = loaded.coach().speech_grammar.sentences(valid)
    assert sentences
    assert len(set(sentences)) == len(sentences) <= 700
    assert not [text for text in sentences if loaded.coach().read(text, valid).intent is None]


@pytest.mark.parametrize(
    ("before", "sentence", "after", "intent"),
    [
        ("could you", "turn the volume down", "please", Intent.QUIETER),
        ("um right then", "hold it longer", "would you", Intent.LONGER),
        ("oh please", "stop", "now please", Intent.STOP),
        ("okay", "none of those", "thank you", Intent.NO),
        ("sorry can we", "go back", "thank you", Intent.BACK),
    ],
)
def test_fillers_are_expected_around_any_sentence_and_change_nothing(
    before: str, sentence: str, after: str, intent: Intent
) -> None:
    walk = loaded.coach().speech_grammar.walk
    for text in (sentence, f"{before} {sentence}", f"{sentence} {after}", f"{before} {sentence} {after}"):
        place = walk.start
        for word in text.split():
            place = walk.after(place).words[word].place
        assert walk.after(place).complete & walk.intent_mask({intent}), text
        assert loaded.coach().read(text, VALID[State.HOLDING] | {Intent.NO}).intent == intent, text


def test_every_filler_may_stand_around_a_sentence_that_is_read() -> None:
    before, after = fillers()
    texts = [f"{' '.join(words)} hold it longer" for words in before]
    texts += [f"hold it longer {' '.join(words)}" for words in after]
    wrong = [text for text in texts if loaded.coach().read(text, VALID[State.HOLDING]).intent != Intent.LONGER]
    assert not wrong


def test_a_filler_alone_is_no_sentence_and_stands_in_the_midst_of_none() -> None:
    walk = loaded.coach().speech_grammar.walk
    place = walk.start
    for word in "could you".split():
        place = walk.after(place).words[word].place
    assert not walk.after(place).complete
    for word in "hold it".split():
        place = walk.after(place).words[word].place
    for word in "for me".split():
        place = walk.after(place).words[word].place
    assert walk.after(place).complete
    assert not walk.after(place).words, "a sentence goes on after the filler that ends it"


NAMES = ("desk break", "перерыв", "zwiebelkuchen", "tea with anna")


@pytest.fixture
def named() -> Iterator[IntentReader]:
    """The reader while somebody has routines of these names."""
    reader = loaded.coach()
    reader.learn(KnownNames(NAMES))
    yield reader
    reader.learn(NO_NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("frame", ["start {}", "how long is {}", "delete the {} routine", "what is in {}"])
def test_sentences_with_names_of_own_routines_are_expected_and_read(named: IntentReader, name: str, frame: str) -> None:
    text, grammar = frame.format(name), named.speech_grammar
    assert text in grammar.sentences(VALID[State.IDLE])
    reading = named.read(text, VALID[State.IDLE])
    assert reading.slots["routine"] == name
    place = grammar.walk.start
    for word in text.split():
        place = grammar.walk.after(place).words[word].place
    assert grammar.walk.after(place).complete == grammar.walk.intent_mask({reading.intent or ""})
    assert not grammar.intent_mask(VALID[State.EMERGENCY]) & grammar.walk.intent_mask({"DeleteRoutine"})


def test_names_change_no_bit_of_other_intents_and_go_with_the_names(named: IntentReader) -> None:
    grammar = named.speech_grammar
    with_names = grammar.walk
    named.learn(NO_NAMES)
    assert grammar.walk is not with_names
    assert {grammar.walk.intent_mask({each}) for each in ("Stop", "Yes")} == {
        with_names.intent_mask({each}) for each in ("Stop", "Yes")
    }
    assert not [text for text in grammar.sentences() if "desk break" in text]
    assert "zwiebelkuchen" not in grammar.walk.after(grammar.walk.start).words
