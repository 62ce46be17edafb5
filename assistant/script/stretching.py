"""The lines that Limber speaks in and around a stretch session, apart from the guidance.

As in `assistant.script`: short, for the ear, the answer first, and without "stop" and "pause".
"""

from collections.abc import Sequence

from assistant.script import SECONDS_PER_MINUTE, capital
from intents.text.numerals import in_words

# The lines. A name says when Limber speaks the line; where a name does not suffice, a comment does.

BETTER_SAME_WORSE = "Better, the same, or worse?"
SAY_FELT = "Say how it feels now: better, the same, or worse."
FELT_BETTER = "Good. Keep it moving gently today."
# Answers praise, or a good feeling, at rest.
GLAD_OF_IT = "I'm glad."
FELT_SAME = "Thank you for telling me."
FELT_UNCLEAR = "All right. See how it feels later today."
FELT_WORSE = "Then rest it now, and no more stretches for today. If it does not settle, see a doctor."
SESSION_DONE = "That was the last one, well done."
NOT_ALL_DONE = "That is where we end."
ALL_RIGHT_THEN = "All right, then."
BEGIN, BEGIN_WITH_THAT = "Begin?", "Begin with that?"
NO_SIDES = "This one has no sides."
NOT_THAT_SIDE = "That side is stiff, so we stay on this one."
NO_STRETCH_YET = "We have not stretched yet. Say start stretching to begin."
NOTHING_AGAIN = "There is nothing to do again yet. Say start stretching to begin."
WHICH_OF_TWO = "Which one: thoracic extension, or the back extensor hold?"
EASES = "It eases the upper back."
MOVING_ON = "We go on without that one."
WITHIN_REACH = "Say next to move on sooner."

ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
"""Ordinal number words from 1 on; a movement has at most as many repetitions."""


def lower(title: str) -> str:
    """A title inside a sentence."""
    return title[0].lower() + title[1:]


def listed(titles: Sequence[str]) -> str:
    """Titles as a list inside a sentence: "neck tilts, shoulder rolls and slow breathing"."""
    names = [lower(title) for title in titles]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def count_of(n: int, counted: str) -> str:
    """A number of repetitions: "five breaths", "two each side", "one time"."""
    return f"{in_words(n)} {counted.removesuffix('s') if n == 1 else counted}"


def movements(n: int) -> str:
    """A number of movements."""
    return "one movement" if n == 1 else f"{in_words(n)} movements"


def minutes(seconds: float) -> str:
    """A length in seconds, in words: "about four minutes"; never less than a minute."""
    n = max(1, round(seconds / SECONDS_PER_MINUTE))
    return "about a minute" if n == 1 else f"about {in_words(n)} minutes"


def length(seconds: float) -> str:
    """A length of time, in seconds, in words: to the second below a minute."""
    whole = round(seconds)
    if whole >= SECONDS_PER_MINUTE:
        return minutes(seconds)
    return "one second" if whole == 1 else f"{in_words(whole)} seconds"


def routine_plan(title: str, n: int, seconds: float) -> str:
    """Tell the plan of a routine: its title, the number of its movements, its length in seconds."""
    return f"{title}: {movements(n)}, {minutes(seconds)}."


def movement_plan(title: str, side: str | None, count: str, seconds: float) -> str:
    """Tell the plan of a session of one movement. `side`: the only one that is done; None: all. `count`: in words."""
    sided = f", {side} side" if side else ""
    return f"{title}{sided}: {count}, {minutes(seconds)}."


def rest_plan(n: int, seconds: float) -> str:
    """Tell the plan of a session that is taken up again: the number of movements left, and their length in seconds."""
    return f"{capital(movements(n))} left, {minutes(seconds)}."


def shall_we_begin(seconds: float) -> str:
    """Offer a routine by its length in seconds."""
    return f"{capital(minutes(seconds).removeprefix('about '))}, {lower(BEGIN)}"


def title(title: str) -> str:
    """Name the first movement of a session, whose plan has just been told."""
    return f"{title}."


def announce(title: str, count: str, *, first: bool, last: bool) -> str:
    """Announce a movement of a routine. `count`: its repetitions, in words."""
    if first:
        return f"{title}, {count}."
    return f"{'Last one' if last else 'Next'}, {lower(title)}, {count}."


def which(n: int, of: int) -> str:
    """Tell which repetition begins: "Second of two."."""
    return f"{capital(ORDINALS[n - 1])} of {in_words(of)}." if n <= len(ORDINALS) else f"Number {in_words(n)}."


def hold_for(word: str, seconds: int) -> str:
    """Begin a hold with its word ("Hold.") and its length in seconds."""
    return f"{word.rstrip('.')} for {in_words(seconds)}."


def brief(title: str, side: str | None, intro: str) -> str:
    """Name a movement, its side, and how to sit or stand, in place of the instructions."""
    return f"{title}{f', {side} side' if side else ''}: {lower(intro)}"


def not_done(without: Sequence[str], instead: Sequence[tuple[str, str]]) -> str:
    """Tell what of a session is not done: titles left out, and pairs of a title and the one in its place."""
    left_out = [f"I leave out {listed(without)}"] if without else []
    replaced = [f"{lower(new)} comes in place of {lower(old)}" for old, new in instead]
    return f"{capital(', and '.join((*left_out, *replaced)))}."


def offer_instead(title: str, new: str, lacking: str) -> str:
    """Offer another movement for one that cannot be done. `lacking`: why, as in "without a chair"."""
    return f"{capital(lacking)}, {lower(new)} takes the place of {lower(title)}. {BEGIN_WITH_THAT}"


def movement_now(words: str, title: str) -> str:
    """Answer a change of body or room, in words, and name the movement that comes instead of the present one."""
    return f"{words} Instead, {lower(title)}."


def side_only(side: str) -> str:
    """Confirm that one side alone is done."""
    return f"{capital(side)} side only."


def side_first(side: str) -> str:
    """Confirm with which side it begins."""
    return f"{capital(side)} side first."


def takes(title: str, seconds: float) -> str:
    """Answer how long a routine or movement takes, given in seconds."""
    return f"{title}: {minutes(seconds)}."


def left_in_all(seconds: float) -> str:
    """Answer how long is left in all, given in seconds."""
    return f"{capital(minutes(seconds))} left in all."


def movements_left(n: int) -> str:
    """Answer how many movements are left after the present one."""
    return "This is the last movement." if n == 0 else f"{capital(in_words(n))} more after this one."


def fits(title: str, seconds: float) -> str:
    """Name the routine that fits into the time there is; its length in seconds."""
    return f"{title} fits, it takes {minutes(seconds)}."


def fits_only(title: str, seconds: float, shortest: str, its_seconds: float) -> str:
    """Name a movement where no routine fits: its title and seconds, then those of the shortest routine."""
    return f"{shortest} takes {minutes(its_seconds)}. {title} takes {minutes(seconds)}."


def was_left(seconds: float) -> str:
    """Answer how long was left of a session that was ended, given in seconds."""
    return f"{capital(minutes(seconds))} left of it. Say go on to pick it up again."


def whether_it_fits(seconds: float, asked: int | None) -> str:
    """Answer, in a session, a person who has `asked` minutes, or (None) little time; what is left takes `seconds`."""
    fits_in = asked is not None and seconds <= asked * SECONDS_PER_MINUTE
    return f"{left_in_all(seconds)} {'That fits.' if fits_in else WITHIN_REACH}"


def hold_changed(wanted: int, got: int) -> str:
    """Confirm another length of the holds, in seconds; beyond what the movement allows, its bound."""
    if wanted == got:
        return f"{got} seconds."
    return f"{capital(in_words(got))} seconds is the {'most' if wanted > got else 'least'} here."


def long_enough(seconds: int) -> str:
    """Answer a second wish for longer holds in one session."""
    return f"{capital(in_words(seconds))} seconds is enough for today."


def repetitions_changed(wanted: int, got: int) -> str:
    """Confirm another number of repetitions; beyond what the movement allows, its bound."""
    if wanted > got:
        return f"{capital(in_words(got))} is the most here."
    return "Just this one." if got == 1 else f"{got} in all."


def repetitions_done(n: int, of: int) -> str:
    """Answer how many repetitions are done, of how many."""
    if n == 0:
        return f"This is the first of {in_words(of)}." if of > 1 else "This is the only one."
    return f"{capital(in_words(n))} of {in_words(of)} done."


def not_now(title: str, lacking: str) -> str:
    """Tell that a movement cannot be done. `lacking`: why, as in "without a chair"."""
    return f"{capital(lacking)}, we leave out {lower(title)} for now."


def you_did(done: int, of: int, seconds: float, *, over: bool) -> str:
    """Tell how many movements of a routine were done, of how many, and in how many seconds. `over`: it has ended."""
    if done == of:
        return f"You did all {movements(of)}, in {minutes(seconds)}."
    if not done:
        return f"{'You had' if over else 'We have'} just begun, {minutes(seconds)} in."
    return f"You did {in_words(done)} of {movements(of)}, in {minutes(seconds)}."


def you_did_one(title: str, count: str, seconds: float, *, completed: bool) -> str:
    """Tell what was done of one movement: its title, its repetitions in words, and the time in seconds."""
    if completed:
        return f"You did all of {lower(title)}, {count}, in {minutes(seconds)}."
    return f"You did part of {lower(title)}, in {length(seconds)}."


def were_at(title: str, side: str | None, n: int, of: int) -> str:
    """Offer at the start to go on where something interrupted a session: repetition `n` of `of`, from 1."""
    sided = f", {side} side" if side else ""
    which = f", {ORDINALS[n - 1]} of {in_words(of)}" if of > 1 and n <= len(ORDINALS) else ""
    return f"We were at {lower(title)}{sided}{which}. Go on?"
