"""The lines of answers: what a person's condition changes, lists, and what was not understood."""

from collections.abc import Sequence

# What a person has.

ASK_ABOUT_CONDITION = "Ask a doctor about that before exercises."
HAS_ONE_AGREED = "Has one agreed to exercises?"
GO_ON_IF_AGREED = "Say go on if one has agreed, or finish."
AGREED = "Good."
AGREED_WHAT_NEXT = "Good. Then say start stretching when you like."
NOT_YET = "Then no exercises for now."
SHALL_I_KEEP = "Shall I remember that for next time?"
TAKEN_BACK = "All right, then that no longer counts."
KEPT = "I will remember it. Say undo to take it back."
# Reminds of the screening question after an answer in between; the question was heard whole.
SCREENING_IS_OPEN = "Now, any of those signs?"

# What was not understood.

CANNOT = "I can't help with that."
CANNOT_NOW = "I can't do that. We go on."
DONT_KNOW_NOW = "I don't know that. We go on."
ENGLISH_ONLY = "I speak only English. Say slower, and I speak slowly."
I_AM_HERE = "I am here. Say help when you need me."
READ_BACK_WORDS = 6
"""Most words of a misunderstood text that Limber reads back; more is tedious to listen to."""
NAMED_IN_FULL = 2
"""Most conditions that one sentence names."""
_EMPTY_WORDS = frozenset(
    """a an the and or but so well oh um uh er hey hi please just really then now i you he she it we they me him her us
    them my your his its our their this that these those is are was were be been am do does did done have has had can
    could will would shall should may might must to of in on at by for from with about into through up down out what
    when where who which why how if there here let get got go going want like need tell say said know think not no yes
    love dear limber because as than too very""".split()
)
"""Words that tell nothing of what a text is about; what is read back neither begins nor ends with one."""


def listed(names: Sequence[str]) -> str:
    """A list of one to three names as a sentence."""
    first, *others = names
    lower = [name[0].lower() + name[1:] for name in others]
    if not lower:
        return f"{first}."
    return f"{first} and {lower[0]}." if len(lower) == 1 else f"{first}, {lower[0]}, and {lower[1]}."


def ask_before_exercises(named: Sequence[str], who: str) -> str:
    """Acknowledge what speaks against exercises ("with a pacemaker"), and say whom to ask."""
    return f"{_opening(named)}, ask {who} before exercises."


def with_agreement(named: Sequence[str]) -> str:
    """Acknowledge what speaks against exercises, where a professional is said to have agreed in the same breath."""
    return f"{_opening(named)}, then, and agreed."


def ask_before_painkillers(named: Sequence[str], *, avoid: bool) -> str:
    """Acknowledge what changes nothing but the answers about painkillers."""
    advice = "avoid ibuprofen and naproxen" if avoid else "ask a pharmacist or doctor before any painkiller"
    return f"{_opening(named)}, {advice}."


def you_said_so_ask(you: Sequence[str], who: str) -> str:
    """Advise against exercises that are asked for, because of what the person has said ("you have a pacemaker")."""
    return f"You said {_and(you, 'more')}. Ask {who} before exercises."


def let_go_and_ask(advice: str) -> str:
    """In a hold: let go, and the advice on a condition that was just named."""
    return f"Let go, slowly. {advice} {GO_ON_IF_AGREED}"


def no_painkillers(named: Sequence[str], you: Sequence[str], *, avoid: bool) -> str:
    """Answer whether painkillers can be taken, given what the person asks about, or has said before (`you`)."""
    reason = f" You said {_and(you, 'more')}." if you else ""
    with_that = "" if you else f", {_and(named, 'with the rest')}"
    if avoid:
        return f"No, avoid ibuprofen and naproxen{with_that}.{reason or ' Ask a pharmacist or doctor.'}"
    return f"Not without asking a pharmacist or doctor{with_that}.{reason}"


def heard_in_brief(text: str) -> str:
    """What was heard, in at most READ_BACK_WORDS words: all of it, else its last telling words, or its first ones."""
    words = text.split()
    if len(words) <= READ_BACK_WORDS:
        return text.strip(" .,!?")
    telling = [_bare(word) not in _EMPTY_WORDS for word in words]
    if sum(telling) <= 1:
        return " ".join(words[:READ_BACK_WORDS]).strip(" .,!?")
    end = len(words) - telling[::-1].index(True)
    begin = next(at for at in range(max(0, end - READ_BACK_WORDS), end) if telling[at])
    return " ".join(words[begin:end]).strip(" .,!?")


def to_nothing_asked(choices: str) -> str:
    """Answer a yes, a no or an "okay" that answers nothing: what can be done, `choices`."""
    return f"All right. {choices}"


def say_one_of(sentences: Sequence[str]) -> str:
    """Offer two things to say."""
    return f"Say {sentences[0]}, or {sentences[1]}."


def not_understood(text: str, choices: str) -> str:
    """Answer a text that was not understood: what was heard, in brief, that it can't be done, and `choices`."""
    brief = heard_in_brief(text)
    return f"I heard {brief}. {CANNOT} {choices}"


def _opening(named: Sequence[str]) -> str:
    joined = _and(named, "with the rest")
    return joined[0].upper() + joined[1:]


def _and(phrases: Sequence[str], rest: str = "the rest") -> str:
    """The phrases in a row; of more than NAMED_IN_FULL only the first: a longer row is tedious to listen to."""
    if len(phrases) <= NAMED_IN_FULL:
        return " and ".join(phrases)
    return f"{', '.join(phrases[:NAMED_IN_FULL])} and {rest}"


def _bare(word: str) -> str:
    return word.lower().strip(".,!?;:'\"")
