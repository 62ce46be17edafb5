"""Reads what is said about reminders: to set one, hear them, end them, put one off, or have none today.

Tables, and no guesses: a text that has a word too many is none of these.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from intents.model import Intent, Meant
from intents.reminding.day_clock import Slots
from intents.reminding.time_words import WEEKDAYS, time_at, times_in
from intents.reminding.wordings import (
    ABOUT_THING,
    ALONE_BEFORE,
    ASKED_STRONGLY,
    ASKED_WEAKLY,
    BEGINS_QUESTION,
    DROPPED_OBJECT,
    ENDING_FILLER,
    FOR_OTHERS,
    FOR_TODAY,
    LISTING,
    LONGEST_ACTIVITY,
    LONGEST_UNTIMED,
    MUCH_LATER,
    NAMES_REMINDERS,
    NONE_TODAY,
    NOT_TODAY_ALONE,
    NOUN_LEAD,
    REMINDING_SIGNS,
    REQUEST_CLOSERS,
    REQUEST_OPENERS,
    SNOOZING,
    STOPPING,
    TO_DO,
)


def read_reminding(words: Sequence[str], valid: Collection[str]) -> Meant | None:
    """What a whole text asks of reminders, among the valid intents; None: something else, or nothing."""
    for meant in _meant(list(words), valid):
        if meant.intent in valid:
            return meant
    return None


def _meant(words: list[str], valid: Collection[str]) -> Iterator[Meant]:
    """What a text may mean, the likeliest first."""
    if not words:
        return
    asked = without_courtesy(words)
    if Intent.WHEN in valid and (slots := _answer(asked)) is not None:
        yield Meant(Intent.WHEN, slots)
    text = " ".join(asked)
    if NONE_TODAY.fullmatch(text) and not (NOT_TODAY_ALONE.fullmatch(text) and Intent.NO in valid):
        yield Meant(Intent.NOT_TODAY)
    if Intent.WHEN in valid and words[0] in _ONE_MORE and (found := _asked_for(_one_more(words), {}, strong=False)):
        yield found
    if _may_be(asked):
        for read in (_stopped, _listed, _snoozed, _set):
            if (found := read(asked)) is not None:
                yield found


_ONE_MORE = frozenset({"and", "also", "plus"})
"""First words of a further reminder, right after one was set: "and every hour to drink"."""


def _one_more(words: list[str]) -> list[str]:
    """`words` without such a first word, and what is said out of courtesy."""
    return without_courtesy(words[1:]) if len(words) > 1 else []


def _may_be(words: Sequence[str]) -> bool:
    """Whether a text has a word that a request about reminders has; most texts have none."""
    return not REMINDING_SIGNS.isdisjoint(words)


def without_courtesy(words: list[str]) -> list[str]:
    """`words` without what comes before and after a request."""
    begin, end = 0, len(words)
    while length := max((len(row) for row in REQUEST_OPENERS if words[begin : begin + len(row)] == row), default=0):
        begin += length
    closes = [row for row in REQUEST_CLOSERS if row[0] in words]
    while length := max((len(row) for row in closes if words[max(begin, end - len(row)) : end] == row), default=0):
        end -= length
    return words[begin:end] if begin < end else words


def _answer(words: list[str]) -> Slots | None:
    """The time that the answer to "when?" names."""
    if " ".join(words) in MUCH_LATER:
        return {"in": "600"}
    said = words[:-1] if len(words) > 1 and words[-1] in {"one", "ones"} else words
    first = {"first": "morning", "earlier": "morning", "former": "morning", "second": "evening", "later": "evening"}
    if len(said) <= 2 and said and said[-1] in first and (len(said) == 1 or said[0] == "the"):
        return {"part": first[said[-1]]}
    for lead in (
        ["give", "me"],
        ["make", "it"],
        ["let", "us", "say"],
        ["i", "meant"],
        ["i", "mean"],
        ["say"],
        ["let", "us", "do"],
    ):
        if said[: len(lead)] == lead:
            said = said[len(lead) :]
    if len(said) == 2 and said[0] == said[1]:
        return None  # "night night" takes leave
    slots = times_in(said, loose=True) if said else None
    return slots or None


def _snoozed(words: list[str]) -> Meant | None:
    for end in range(len(words), 0, -1):
        if not SNOOZING.fullmatch(" ".join(words[:end])):
            continue
        rest = words[end:]
        slots = {} if not rest else times_in(rest[1:] if rest[0] == "by" else rest, loose=True)
        if slots is None:
            continue
        # "Until three" is when it comes again.
        return Meant(Intent.SNOOZE, {_AGAIN.get(name, name): value for name, value in slots.items()})
    return None


_AGAIN = {"until": "at", "until_part": "part"}
"""To a slot of when something ends, that of when it comes."""


def _listed(words: list[str]) -> Meant | None:
    text = " ".join(words)
    if any(pattern.fullmatch(text) for pattern in LISTING):
        return Meant(Intent.REMINDERS)
    return None


def _stopped(words: list[str]) -> Meant | None:
    text = " ".join(words)
    for pattern in STOPPING:
        found = pattern.fullmatch(text)
        if found is None or ("remind" not in text and "nag" not in text and "nudg" not in text):
            continue
        rest = (found["rest"] or "").split()
        meant = _rest(rest)
        if meant is not None:
            return meant
    dropped = DROPPED_OBJECT.fullmatch(text)
    if dropped is None:
        return None
    named = dropped["object"].split()
    if words[0] in _ENDS_A_SESSION and _CALLED.isdisjoint(named):
        return None
    return _named(named) or _named_by_activity(named) or (_named_by_clock(named) if words[0] in _SURELY else None)


def _rest(rest: list[str]) -> Meant | None:
    """Which reminders a wording that ends them is about; None where the rest is something else."""
    text = " ".join(rest)
    if rest and FOR_TODAY.fullmatch(text):
        return Meant(Intent.NOT_TODAY)
    if ENDING_FILLER.issuperset(rest):
        return Meant(Intent.STOP_REMINDING)
    for row in (*TO_DO, "about", "of", "for", "on", "at"):
        lead = row.split()
        if rest[: len(lead)] == lead and len(rest) > len(lead):
            slots = times_in(rest)
            if slots:
                return Meant(Intent.STOP_REMINDING, slots)
            kept = rest[len(lead) :]
            while kept and kept[-1] in ENDING_FILLER:
                kept.pop()
            if row not in {"on", "at"} and kept and len(kept) <= LONGEST_UNTIMED:
                return Meant(Intent.STOP_REMINDING, {"text": " ".join(kept)})
    slots = times_in([word for word in rest if word not in {"any", "more"}])
    return Meant(Intent.STOP_REMINDING, slots) if slots else None


def _named(words: list[str]) -> Meant | None:
    """The reminders that "cancel ..." names: all, or those of a time or an activity."""
    if _CALLED.isdisjoint(words) and not {"one", "ones"} & set(words):
        return None
    for cut in range(len(words), 0, -1):
        # "The reminder to drink": what follows the noun names the activity.
        head, tail = words[:cut], words[cut:]
        if tail and (head[-1] not in {"reminder", "reminders", "one"} or tail[0] not in {"to", "about", "for", "of"}):
            continue
        slots = _selected(head)
        if slots is None:
            continue
        if tail and (timed := times_in(tail)):
            return Meant(Intent.STOP_REMINDING, slots | timed)
        if tail:
            if len(tail) < 2:
                continue
            slots = slots | {"text": " ".join(tail[1:])}
        noun = {"reminder", "reminders", "reminding"} & set(head)
        if not noun and not slots:
            return None  # "cancel that one"
        if slots.get("day") == "0" and len(slots) == 1:
            return Meant(Intent.NOT_TODAY)
        return Meant(Intent.STOP_REMINDING, slots)
    return None


_SURELY = frozenset({"cancel", "delete", "remove", "scrap", "get"})
"""Verbs that end a reminder named by its time alone; "stop at ten" is about something else."""
_ENDS_A_SESSION = frozenset("stop quit cease end finish drop cut kill silence".split())
"""Verbs that end a reminder only where it is called one: "stop the next one" is said in the middle of a hold."""
_CALLED = frozenset({"reminder", "reminders", "alarm", "alarms", "reminding"})
"""What reminders are called."""
_DETERMINERS = frozenset({"the", "my", "that", "all", "those"})
"""Words before what names a reminder."""


def _named_by_clock(words: list[str]) -> Meant | None:
    """The reminder in "cancel the ten o'clock"."""
    slots = _selected(words)
    return Meant(Intent.STOP_REMINDING, slots) if slots and "at" in slots and "oclock" in words else None


def _named_by_activity(words: list[str]) -> Meant | None:
    """The reminder in "cancel the tablets reminder"."""
    *named, noun = words
    while named and named[0] in _DETERMINERS:
        named = named[1:]
    if noun not in {"reminder", "reminders"} or not 0 < len(named) <= _LONGEST_NAME or not _REQUESTED.isdisjoint(named):
        return None
    return Meant(Intent.STOP_REMINDING, {"text": " ".join(named)})


_REQUESTED = frozenset(
    "stop end cancel delete remove give set make add list read tell show do are is has have got want need me a an any "
    "what".split()
)
"""Words of another request about reminders: "stop, set a reminder" does both."""
_LONGEST_NAME = 3
"""Length in words of the longest activity that stands before "reminder"."""


def _selected(words: list[str]) -> Slots | None:
    """The slots of the times among words that name reminders; None where anything else is said."""
    slots: Slots = {}
    at = 0
    while at < len(words):
        found = time_at(words, at) or _as_adjective(words, at)
        if found is not None and not (found[0] == at + 1 and words[at] in NAMES_REMINDERS):
            at, more = found
            slots |= more
        elif words[at] in {"last", "next"}:
            slots["which"] = words[at]
            at += 1
        elif words[at] in NAMES_REMINDERS | ENDING_FILLER:
            at += 1
        else:
            return None
    return slots


def _as_adjective(words: list[str], at: int) -> tuple[int, Slots] | None:
    """A time as it stands before "one": "forty five minute", "evening", "weekday", "seven am"."""
    if words[at] in {"weekday", "workday"}:
        return at + 1, {"days": WEEKDAYS}
    found = time_at(words, at, loose=True)
    if found is None or words[at] in {"one", "a", "the"}:
        return None
    end, slots = found
    return end, {("every" if name == "for" else name): value for name, value in slots.items()}


def _set(words: list[str]) -> Meant | None:
    """A request for a reminder: times before it, the request, times and an activity after it, in any order."""
    for begin in range(len(words)):
        before = times_in(words[:begin]) if begin else {}
        if before is None:
            continue
        for end in range(min(len(words), begin + 9), begin, -1):
            said = " ".join(words[begin:end])
            if ASKED_STRONGLY.fullmatch(said) and (found := _asked_for(words[end:], before, strong=True)) is not None:
                return found
            if ASKED_WEAKLY.fullmatch(said) and (found := _asked_for(words[end:], before, strong=False)) is not None:
                return found
        found = _noun_with_time(words[begin:], before)
        if found is not None:
            return found
    return None


def _noun_with_time(words: list[str], before: Slots) -> Meant | None:
    """A reminder named by its time: "set an hourly reminder", "a half past ten reminder please"."""
    at = next((at for at, word in enumerate(words) if word in {"reminder", "reminders"}), None)
    if at is None:
        return None
    for begin in range(at):
        lead = " ".join(words[:begin])
        if begin and not NOUN_LEAD.fullmatch(lead):
            continue
        timed = times_in(words[begin:at])
        if timed is None and (adjective := _as_adjective(words, begin)) is not None and adjective[0] == at:
            timed = adjective[1]
        if timed:
            return _asked_for(words[at + 1 :], before | timed, strong=True)
    return None


def _asked_for(rest: list[str], before: Slots, *, strong: bool) -> Meant | None:
    """The reminder that is asked for with the rest of the words. `strong`: whether it may do without a time."""
    if not strong and not _to_be_told(rest):
        return None
    while rest and ALONE_BEFORE.issuperset(rest[:1]) and len(rest) > 1 and rest[0] not in {"to", "for"}:
        rest = rest[1:]
    for slots in _split(rest, strong=strong):
        timed = before or slots.keys() - {"text"}
        if timed or (strong and _untimed(rest, slots)):
            return Meant(Intent.REMIND, before | slots)
    return None


def _to_be_told(rest: Sequence[str]) -> bool:
    """Whether what follows "tell me" or the like is a time or something to do, and no thing that is asked for."""
    to_do = any(word == "to" and after not in {"do", "my"} for word, after in pairwise(rest))
    return to_do or (bool(rest) and (rest[0] in _WHEN_TOLD or time_at(list(rest), 0) is not None))


_WHEN_TOLD = frozenset("when at in every each once after before".split())
"""Words with which it begins when somebody is to be told."""


def _untimed(rest: list[str], slots: Slots) -> bool:
    """Whether a request without a time is one for Limber."""
    text = slots.get("text", "").split()
    return FOR_OTHERS.isdisjoint(rest) and len(text) <= LONGEST_UNTIMED and "for" not in text[:1]


def _split(rest: list[str], *, strong: bool) -> Iterator[Slots]:
    """The ways in which the rest of a request is times, and an activity between them."""
    times = times_in(rest)
    length = times_in(rest, loose=True) if times is None and strong else None
    if times is not None:
        yield times
    elif length is not None and length.keys() == {"in"}:
        yield length  # "remind me, ten minutes"
    for begin in range(len(rest) - 1, -1, -1):
        first = times_in(rest[:begin]) if begin else {}
        if first is None:
            continue
        for lead, kind in _leads(rest, begin, strong=strong):
            for end in range(lead + 1, len(rest) + 1):
                last = times_in(rest[end:]) if end < len(rest) else {}
                if not last and not ALONE_BEFORE.issuperset(rest[end:]):
                    continue  # "put the heat pad on"
                text = rest[lead:end]
                if last is None or not _activity(text):
                    continue
                yield first | last | {"text": _spoken(text, kind)}


def _leads(rest: list[str], at: int, *, strong: bool) -> Iterator[tuple[int, str]]:
    """Where an activity begins, and whether it is something to do or a thing."""
    for row in TO_DO:
        lead = row.split()
        if rest[at : at + len(lead)] == lead:
            yield at + len(lead), "do"
    for row in ABOUT_THING:
        if rest[at] == row and time_at(rest, at) is None:
            yield at + 1, "thing"
    if not strong and rest[at] not in {*ABOUT_THING, "to"}:
        yield at, "do"


def _activity(text: Sequence[str]) -> bool:
    """Whether words may be an activity, whole, that somebody is to be reminded of."""
    whole = 0 < len(text) <= LONGEST_ACTIVITY and text[-1] not in {"and", "to", "the", "a"}
    return whole and text[0] not in BEGINS_QUESTION


def _spoken(text: Sequence[str], kind: str) -> str:
    said = " ".join(text)
    return said if kind == "do" else f"for {said}"
