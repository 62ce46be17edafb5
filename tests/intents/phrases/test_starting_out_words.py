"""Who is new asks to be taught, or to be welcomed again; what is said of other lessons and welcomes is neither."""

import pytest

from assistant.states import VALID, State
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.quality

TAUGHT = """
teach me how to use you | give me a tutorial | show me how this works | practise with me | could you teach me, please?
how do I use you, step by step? | I'd like a quick demo | let's practise first | can we have a practice run first
walk me through it | take me through what I can say | I want to learn how to use this thing | let me try it out
"""
WELCOMED = """
introduce yourself again | do the welcome again | set yourself up again | run the set up | welcome me again
can we do the introduction again? | introduce yourself to my wife | ask me your first questions again
"""
NEITHER = """
introduce yourself | who are you | how does this work | turn yourself up | teach me about heat | you're welcome
teach me the neck rotation | show me the stretches | walk me through the stretches | practise breathing | start over
my son teaches piano | the choir has a practice on thursday | set up a reminder for ten
"""


def each(texts: str) -> list[str]:
    return [text.strip() for text in texts.replace("\n", "|").split("|") if text.strip()]


@pytest.mark.parametrize("state", [State.IDLE, State.TOPIC, State.CONFIRMING])
@pytest.mark.parametrize(("texts", "intent"), [(TAUGHT, Intent.TUTORIAL), (WELCOMED, Intent.WELCOME_AGAIN)])
def test_it_is_asked_for(state: State, texts: str, intent: Intent) -> None:
    wrong = [text for text in each(texts) if loaded.coach().read(text, VALID[state]).intent != intent]
    assert not wrong


@pytest.mark.parametrize("text", each(NEITHER))
def test_something_else_is_neither(text: str) -> None:
    intent = loaded.coach().read(text, VALID[State.IDLE]).intent
    assert intent not in (Intent.TUTORIAL, Intent.WELCOME_AGAIN)
