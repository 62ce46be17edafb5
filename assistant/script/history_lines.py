"""The lines of what was done before: when, how much, how it felt, what is remembered, and what is forgotten."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from assistant.script import capital
from assistant.script.small_talk import clock
from assistant.script.stretching import length
from intents.text.numerals import in_words

NEVER = "Not yet: no stretching is on my record."
NEVER_THIS_ONE = "Not that one: it is not on my record."
WHEN_UNKNOWN = "You have stretched before, but my clock was not set then."
DAY_UNKNOWN = "My clock is not set, so I don't know which day that was."
NO_ANSWERS = "I can't tell yet: no session on my record has your answer, better, the same or worse."
OFTENER = "That is more often better than before."
LESS_OFTEN = "That is less often better than before."
SEE_SOMEBODY = "It was worse more than once lately, so please see a doctor or physiotherapist before more stretches."
NO_MORE_LATELY = "That is more than once lately. Rest it, and see a doctor or physiotherapist before more stretches."
KNOW_NOTHING = "Nothing so far. Sound is never kept."
NOTHING_TO_FORGET = "I remember nothing about you, so there is nothing to forget."
NOTHING_TODAY = "Nothing is on my record for today, so there is nothing to forget."
KEPT_ALL = "All right, I keep it. Nothing was deleted."
CLEAR_YES = "I delete only after a clear yes. Delete it?"
NOT_IN_SESSION = "Ask me that again once we have finished."
WHERE_WE_STOPPED = "where we stopped"
BODY_AND_ROOM = "what you said of your body and the room"
MADE_GENTLER = "what we made gentler for you"
EMERGENCY_NUMBER = "your emergency number"
SOME_STRETCHING = "a stretch session"
# Answers how it was last time, where that was never said.
NOT_FELT = "You did not say how it felt."
SETTINGS_STAY = "Your settings stay."

MOST_TOLD_WORDS = 15
"""Words of the longest list that is told in one sentence."""
PERIODS = {
    "today": "today",
    "yesterday": "yesterday",
    "week": "this week",
    "last_week": "last week",
    "month": "this month",
    "last_month": "last month",
    "all": "so far",
}
"""To a period of the calendar, its words."""
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_JUST_NOW, _AN_HOUR = timedelta(minutes=2), timedelta(hours=1)
_OPEN = frozenset({"today", "week", "month", "all"})
"""Periods that are not over yet."""
_AFTER = {"better": "better", "same": "the same", "worse": "worse"}
_TIMES = {1: "once", 2: "twice"}


def when(ended: datetime, now: datetime) -> str:
    """How long ago something ended, as somebody would say it who looks at a clock and a calendar."""
    ago, days = now - ended, (now.date() - ended.date()).days
    if ago < _JUST_NOW:
        return "just now"
    if ago < _AN_HOUR:
        return f"{in_words(round(ago / timedelta(minutes=1)))} minutes ago"
    if days <= 0:
        return f"today, at {clock(ended)}"
    if days == 1:
        return f"yesterday, at {clock(ended)}"
    if days < len(_DAYS):
        return f"on {_DAYS[ended.weekday()]}, {in_words(days)} days ago"
    return f"{in_words(days)} days ago"


def last_stretched(when_said: str, title: str, felt: str | None, *, whole: bool, asked: bool) -> str:
    """Answer when the last session was, what, and how it felt. `asked`: that is told too where it is not known."""
    told = f"{capital(when_said)}: {title if whole else done_in_part(title)}."
    if felt is not None:
        return f"{told} {felt_after({felt: 1}, 1)}"
    return f"{told} {NOT_FELT}" if asked else told


def nothing_in(period: str) -> str:
    """Answer that nothing was done in a period."""
    return f"Nothing {'yet ' if period in _OPEN and period != 'all' else ''}{PERIODS[period]}."


def sessions(n: int) -> str:
    """A number of sessions."""
    return "one session" if n == 1 else f"{in_words(n)} sessions"


def how_many(period: str, n: int) -> str:
    """Answer how many sessions there were."""
    return f"{capital(sessions(n))} {PERIODS[period]}."


def how_long(period: str, n: int, seconds: float, held: float) -> str:
    """Answer how long somebody stretched, and how long of that in holds."""
    holds = f", {length(held)} of that in holds" if held else ""
    return f"{capital(length(seconds))} {PERIODS[period]}, in {sessions(n)}{holds}."


def how_much(period: str, what: str, n: int, seconds: float | None) -> str:
    """Answer what was done. `what`: its names; empty: not known. `seconds`: its length; None: not known of all."""
    named = f"{what}, in " if what else ""
    alone = n == 1 and what
    told = "" if seconds is None else f" of {length(seconds)}" if alone else f", {length(seconds)} in all"
    return f"{capital(PERIODS[period])}: {named}{sessions(n)}{told}."


def done_in_part(title: str) -> str:
    """Name a movement, or a routine, of which only a part was done."""
    return f"part of {title}"


def finished(period: str, whole: str, part: str) -> str:
    """Answer what was done to its end (`whole`), and what only in part (`part`), both by name; empty: nothing."""
    if whole:
        return f"{capital(PERIODS[period])}: {whole}." + (f" Beside that only {part}." if part else "")
    return f"Nothing to its end {'yet ' if period in _OPEN and period != 'all' else ''}{PERIODS[period]}" + (
        f", only {part}." if part else "."
    )


def felt_after(felt: Mapping[str, int], n: int) -> str:
    """How somebody felt after the sessions that were just told, `n` in number; empty where they did not say."""
    if not any(felt.values()):
        return ""
    return f"You felt {_counted(felt, n)}."


def too_early(felt: Mapping[str, int], n: int) -> str:
    """Answer whether it gets better, from so few answers that they tell nothing."""
    return f"Too early to tell, from only {sessions(n)}: you felt {_counted(felt, n)}."


def only_counts(felt: Mapping[str, int], n: int, change: int) -> str:
    """Answer whether it gets better, by counting. `change`: 1 more often better than before, -1 less often."""
    counted = f"I can only count. In your last {in_words(n)} answers you felt {_split(felt)}."
    return f"{counted} {OFTENER if change > 0 else LESS_OFTEN}" if change else counted


def _counted(felt: Mapping[str, int], n: int) -> str:
    """How somebody felt: "better after both", "the same after it", "better twice and worse once"."""
    named = [key for key in _AFTER if felt.get(key)]
    if len(named) == 1 and felt[named[0]] == n:
        return f"{_AFTER[named[0]]} after {'it' if n == 1 else 'both' if n == 2 else 'all of them'}"
    return _split(felt)


def _split(felt: Mapping[str, int]) -> str:
    parts = [f"{said} {times(felt[key])}" for key, said in _AFTER.items() if felt.get(key)]
    return joined(parts)


def times(n: int) -> str:
    """A number of times."""
    return _TIMES.get(n, f"{in_words(n)} times")


def joined(parts: Sequence[str]) -> str:
    """Parts of a list as one phrase: "one, two and three"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def know(parts: Sequence[str], *, kept: bool) -> tuple[str, str]:
    """Answer what is remembered. `kept`: beyond this run of Limber."""
    where = "It is kept on this machine alone; sound is never kept." if kept else "When we end, I forget it."
    return _in_sentences("I remember ", parts), where


def shall_i_forget(parts: Sequence[str]) -> str:
    """Ask, once, whether to delete what is named."""
    if len(_by_breath(parts)) == 1:
        return f"Delete {joined(parts)}, for good?"
    return f"{_in_sentences('I remember ', parts)} Delete it all, for good?"


def forgotten(parts: Sequence[str]) -> str:
    """Tell what was deleted."""
    return _in_sentences("Forgotten: ", parts)


def _in_sentences(begins: str, parts: Sequence[str]) -> str:
    """Parts told in sentences that are short enough for the ear."""
    first, *others = map(joined, _by_breath(parts))
    return " ".join((f"{begins}{first}.", *(f"Also {each}." for each in others)))


def _by_breath(parts: Sequence[str]) -> list[list[str]]:
    """Parts in groups of at most MOST_TOLD_WORDS words; a longer one is a group of its own."""
    groups: list[list[str]] = [[]]
    for part in parts:
        if groups[-1] and sum(len(each.split()) for each in (*groups[-1], part)) > MOST_TOLD_WORDS:
            groups.append([])
        groups[-1].append(part)
    return groups


def past_sessions(n: int) -> str:
    """A number of sessions, as what is remembered."""
    return "one past session" if n == 1 else f"{in_words(n)} past sessions"


def todays(n: int) -> str:
    """A number of sessions of today, as what is forgotten."""
    return "the one session of today" if n == 1 else f"the {in_words(n)} sessions of today"


def own_routines(n: int) -> str:
    """A number of routines that the person made."""
    return "one routine of your own" if n == 1 else f"{in_words(n)} routines of your own"


def reminders(n: int) -> str:
    """A number of reminders that were asked for."""
    return "one reminder" if n == 1 else f"{in_words(n)} reminders"


def unreadable(what: Sequence[str]) -> str:
    """Tell at the start which files ("settings") could not be read whole; what could be read is kept."""
    return f"Some of your {joined(what)} could not be read. I kept the rest."
