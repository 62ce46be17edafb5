"""Whether the clauses that were understood are meant for Limber, where others of the same breath mean nothing."""

from collections.abc import Sequence

from intents.clauses.agenda import Clause
from intents.clauses.asking import asks
from intents.clauses.pieces import Link, Piece
from intents.model import Intent

_COMPANY = frozenset(
    {Intent.HELLO, Intent.THANKS, Intent.SMALL_TALK, Intent.WHO_ARE_YOU, Intent.GOODBYE, Intent.YES, Intent.NO}
    | {Intent.RATING}
)
"""What is said to anybody, and means nothing for Limber beside talk that does not."""
OF_WHAT_WAS_TOLD = frozenset({Intent.REPEAT, Intent.HELP, Intent.WHAT_CAN_I_SAY, Intent.WHAT_HELPS, Intent.NEVER_MIND})
"""Intents of requests that refer to whatever was said before them: "my card is bent, what do I do?"."""
_REFERRING = OF_WHAT_WAS_TOLD | {Intent.NEXT, Intent.CAUSES, Intent.AGAIN}
"""Intents whose sentences may be about anything that was said before them: "my card was declined and I don't know
why", "I don't like this song, play the next one"."""
_PLAIN = 4
"""Least length in words of a whole sentence that counts at the beginning or the end of a text, whatever is told."""
_LONGEST_BESIDE = 14
"""Length in words of a text up to which one clause counts although another means nothing."""
_TOLD = 3
"""Length in words of the shortest clause that tells something beside a greeting: then others are greeted."""
_ASKS_WHO_IT_IS = frozenset({("is", "that"), ("is", "this"), ("this", "is"), ("it", "is")})
"""How a clause begins that greets somebody on the telephone: "hello, is that the dentist?"."""
COUNTS_ALONE = frozenset({Intent.STOP, Intent.PAUSE, Intent.THAT_HURTS, Intent.UNDO})
"""Intents that count although the rest of the text means nothing."""


def unread_in(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses that mean nothing for Limber and give no reason either."""
    return [each for each in clauses if not each.meant and each.words and each.link is not Link.REASON]


def refers_to_talk(clauses: Sequence[Clause]) -> bool:
    """Whether all that was read may be about what a clause before it told, which means nothing for Limber."""
    read = [clause for clause in clauses if clause.meant]
    return clauses[0] in unread_in(clauses) and all(each.meant and each.meant.intent in _REFERRING for each in read)


def counts_beside_talk(words: Sequence[str], pieces: Sequence[Piece], clauses: Sequence[Clause]) -> bool | None:
    """Whether what was read counts beside what means nothing; None where the meaning of the whole text decides.

    `pieces`, `clauses`: of `words`, some of the clauses read and some not.
    """
    read = [clause for clause in clauses if clause.meant]
    unread = unread_in(clauses)
    # "Are you there?" asks, whatever is told after it.
    greets = all(_is(clause, Intent.HELLO) and not asks(clause.words) for clause in read)
    on_the_phone = any(each.words[:2] in _ASKS_WHO_IT_IS for each in unread)
    if greets and on_the_phone:
        return False
    if greets and all(len(each.words) >= _TOLD and not asks(each.words) for each in unread):
        return False  # "good evening, and here is the news"
    whole = [
        each
        for each in read
        if each.confidence == 1 and each.meant and each.meant.intent not in _COMPANY | OF_WHAT_WAS_TOLD
    ]
    if len(whole) > 1 or any(len(each.words) >= _PLAIN and each in (clauses[0], clauses[-1]) for each in whole):
        return True
    if clauses[0].meant is None and clauses[0].words and all(_is(each, Intent.SMALL_TALK) for each in read):
        return False  # "Rex, off the settee, you daft thing"
    if _is(clauses[0], Intent.NEVER_MIND) and clauses[0].confidence == 1:
        return True
    if len(words) > _LONGEST_BESIDE and not any(piece.marked for piece in pieces):
        return False
    # "Next, and order me a pizza": what begins as a command is one, and the rest is an order as well. "What time is it,
    # I've a chop in the oven": so does what begins as a question to Limber.
    begins = clauses[0].meant is not None and clauses[0].confidence == 1
    if begins and (all(asks(clause.words) for clause in unread) or (not greets and asks(clauses[0].words))):
        return True
    return True if any(each.meant and each.meant.intent in COUNTS_ALONE for each in read) else None


def _is(clause: Clause, intent: Intent) -> bool:
    """Whether a clause means an intent."""
    return clause.meant is not None and clause.meant.intent == intent
