"""Screening: the question for warning signs before the first stretch, what waits for it, and what is a clear "no"."""

from dataclasses import replace

from assistant import script
from assistant.coaching.session import DEFAULT_ROUTINE, routine_session
from assistant.dialogue.parts.announced import ThenCoach
from assistant.dialogue.parts.modes import AskingAgreement, Offering, Screening, WantsHelp, WantsSession, Wish
from assistant.dialogue.parts.person import to_be_advised
from assistant.dialogue.step_builder import StepBuilder
from assistant.operating_points import SCREENING_NO_AT
from assistant.script import answering
from intents.model import Reading
from intents.text.normalize import words_of

HEDGE_WORDS = frozenset({"idea", "think", "guess", "suppose", "maybe", "probably", "hope", "believe", "really", "sure"})
"""Words that make a "no" unclear, as in "I don't think so"; Limber asks again."""
HEDGE_PHRASE = "not know"
"""Words in a row that make a "no" unclear, as in "I don't know" (contractions are written out)."""
OUTCRY_WORDS = frozenset({"no", "oh", "ah"})
"""Words of an outcry, as of an actor on television: "oh no" answers no question."""
ANSWERING_NOES = 2
"""Most times that "no" alone may be repeated in an answer: "no, no" is one, "no, no, no" is an outcry.

`benchmarks/hearing.py DATA --only screening` counts such cries on television (docs/hearing.md).
"""


def after_screening(builder: StepBuilder, wish: Wish) -> None:
    """Fulfil a wish at once if the person is cleared; else ask the screening question first.

    Before that, advise once against a session that a condition of the person speaks against.
    """
    against = to_be_advised(builder.guidance, builder.conversation.person)
    if against and isinstance(wish, WantsSession):
        ask_agreement(builder, wish, answering.you_said_so_ask([each.you for each in against], against[0].ask or ""))
    elif builder.conversation.cleared:
        fulfil(builder, wish)
    else:
        question = builder.guidance.screening.question
        builder.say(question, mode=Screening(wish, question))


def ask_agreement(builder: StepBuilder, wish: WantsSession, advice: str) -> None:
    """Give the advice against exercises, and ask whether a professional agreed to them."""
    builder.change(person=replace(builder.conversation.person, advised=True))
    builder.say(advice, answering.HAS_ONE_AGREED, mode=AskingAgreement(wish))


def fulfil(builder: StepBuilder, wish: Wish) -> None:
    """Give the first advice and offer a routine, or begin the session that the person wants."""
    if isinstance(wish, WantsHelp):
        offer = routine_session(builder.guidance, DEFAULT_ROUTINE)
        first = builder.guidance.topics["what_helps"].bites[0].say
        builder.say(first, script.SHALL_WE_BEGIN, mode=Offering(offer))
        return
    builder.interrupt(ThenCoach(wish.session, new_session=True))


def answers_screening(no: Reading) -> bool:
    """Whether a "no" is a clear answer to the screening question, so that a stretch may begin."""
    words = words_of(no.text)
    cried = OUTCRY_WORDS.issuperset(words) and (len(words) > ANSWERING_NOES or words[:1] != ["no"])
    return (
        no.confidence >= SCREENING_NO_AT
        and not cried
        and HEDGE_WORDS.isdisjoint(words)
        and HEDGE_PHRASE not in " ".join(words)
    )
