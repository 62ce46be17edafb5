"""Reads what is said about reminders: to set one, hear them, end them, put one off, or have none today.

Tables, and no guesses: a text that has a word too many is none of these.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from intents.model import Intent, Meant
from intents.reminding.time_words import Slots, time_at, times_in

REMINDING_INTENTS = frozenset(
    {
        *(Intent.REMIND, Intent.REMINDERS, Intent.STOP_REMINDING, Intent.SNOOZE, Intent.NOT_TODAY, Intent.WHEN),
    }
)
"""The intents about reminders."""
_OPENERS = tuple(
    phrase.split()
    for phrase in (
        "please",
        *("can you", "could you", "will you", "would you", "can i", "could i", "may i", "can we", "shall we", "let us"),
        *(
            "i want you to",
            "i would like you to",
            "i need you to",
            "i want to",
            "i would like to",
            "i would love it if you",
        ),
        *("would you mind", "do you mind", "do you think you could", "would it be possible to", "is it possible to"),
        *("i would like it if you could", "i would appreciate it if you could", "you can", "you could", "you may"),
        *("hey", "hi", "hello", "limber", "oh", "okay", "ok", "all right", "right", "well", "so", "and", "now", "then"),
        *("also", "just", "actually", "um", "uh", "er", "yes", "and now", "thanks", "thank you", "sorry"),
        *(
            "from now on",
            "be so kind and",
            "be so kind as to",
            "kindly",
            "go ahead and",
            "coach",
            "in future",
            "but",
            "i said",
        ),
        *("good morning", "good evening", "i think", "maybe", "perhaps", "if you would", "if you can", "if you could"),
        *("do me a favour and", "do me a favor and", "i forget the time so", "make sure to", "make sure you", "try to"),
    )
)
"""What may come before a request, and tells nothing of it."""
_CLOSERS = tuple(
    phrase.split()
    for phrase in (
        *("please", "thanks", "thank you", "limber", "will you", "would you", "could you", "can you", "if you would"),
        *("if you can", "if you could", "if you do not mind", "if possible", "okay", "now", "then", "would you please"),
        *(
            "all right",
            "very much",
            "that would be great",
            "that would be nice",
            "if that is okay",
            "love",
            "dear",
            "mate",
        ),
        *("from now on", "as well", "too", "at all", "ever so kindly", "for me", "cheers", "ta"),
    )
)
"""What may come after a request, and tells nothing of it."""

_NAMED = r"(?:me|us|myself)"
_STRONG = re.compile(
    rf"(?:remind(?:ing)? {_NAMED}|(?:nudge|prod|poke|ping|alert|buzz)(?:ing)? {_NAMED}"
    rf"|give {_NAMED} (?:a |an |another )?(?:reminder|nudge|shout|poke|prod|buzz|ping)s?"
    rf"|(?:set|make|add|create|put|start|give {_NAMED}|get {_NAMED}|i want|i need|i would like|i have to have|have|"
    rf"let {_NAMED} have|schedule|place|leave {_NAMED})(?: up| in| down)?(?: me| us)? ?(?:a|an|another|one|some|the|my)?"
    rf"(?: new| little| quick| gentle)? reminders?|(?:a |an |another |new )?reminders?)"
)
"""Words that ask for a reminder, with a time or without one."""
_WEAK = re.compile(
    rf"(?:tell|warn|call|ask) {_NAMED}|let {_NAMED} know|(?:get|make|have|let) {_NAMED}|give {_NAMED} a (?:sign|signal)"
)
"""Words that ask for one only where a time is named."""
_WAKING = re.compile(rf"wake {_NAMED}(?: up)?|get {_NAMED} up")
"""Words that name at once what somebody is to be reminded of."""
_NOUN_LEAD = re.compile(
    rf"(?:set|make|add|create|put|start|schedule|give {_NAMED}|get {_NAMED}|i want|i need|i would like|have|have)?"
    r"(?: ?up| in| me| us)*(?: ?(?:a|an|another|some|my|the|new))*"
)
"""What may come before the time that a reminder is named by: "set an hourly reminder"."""
_NOT_WANTED = frozenset("list lists calendar shopping wife husband daughter son next whether if".split())
"""Words of which none stands in a request that says no time: it is for another assistant, or tells no moment."""
_QUESTIONS = frozenset("what which how where when who why whose if whether".split())
"""Words with which no activity begins."""
_MOST_UNTIMED = 7
"""Length in words of the longest activity that is taken without a time."""
_MOST_TEXT = 16
"""Length in words of the longest activity."""
_TO = ("to", "that i should", "that i must", "that i need to", "that i have to", "that it is time to", "so i can")
_ABOUT = ("about", "of", "for", "with")

_ENDING = (
    r"(?:stop|quit|cease|end|leave off|finish|enough|enough of|no more|that is enough|give up|drop|have done with)"
)
_DROPPING = (
    r"(?:cancel|delete|remove|clear|drop|erase|kill|scrap|forget|forget about|lose|turn off|switch off|stop|end|wipe|"
    r"get rid of|take off|take away|take out|ditch|disable|silence|call off|throw out|throw away|bin|cut|undo|shut off)"
)
_STOPPING = (
    re.compile(
        rf"{_ENDING} (?:with |of )?(?:the |all the |all |my |your |these |those |any |this |that )?"
        r"(?:constant |endless )?(?:remind(?:ing|ers?)|nudg(?:ing|es)|prodding|poking|pinging|nagging)(?: me| us)?(?: (?P<rest>.+))?"
    ),
    re.compile(
        r"(?:do not|never|you need not|you do not (?:need|have) to|you must not|there is no need to|no need to)"
        r" (?:ever )?(?:remind|nudge|ping|prod|poke|nag)(?: me| us)(?: (?P<rest>.+))?"
    ),
    re.compile(
        r"(?:i do not|i no longer|we do not) (?:want|need|like)(?: to (?:be reminded|have|get))?(?: any| the| more| your| these)*"
        r"(?: reminders?| reminding)?(?: (?P<rest>.+))?"
    ),
    re.compile(r"(?:no|not|without)(?: the| any| more| your)* remind(?:ers?|ing)(?: me)?(?: (?P<rest>.+))?"),
    re.compile(r"(?:all |the |my |all the )*reminders? (?:off|away|over|out)(?: (?P<rest>.+))?"),
    re.compile(r"(?:turn|switch|shut) (?:all |the |my |those |all the |all my )*reminders? off(?: (?P<rest>.+))?"),
    re.compile(r"i have had enough of (?:the |these |your |all the )*remind(?:ers?|ing)(?: me)?(?: (?P<rest>.+))?"),
)
"""Wordings that end reminders, or those that the rest names."""
_DROPPED = re.compile(rf"{_DROPPING} (?P<object>.+)")
_OBJECT = frozenset(
    "the my all every each of that those this these your both any me them last next first reminder reminders one ones "
    "alarm alarms at for other existing old whole lot set off down from to about on".split()
)
"""Words that name reminders, beside times."""
_REST_FILLER = frozenset(
    "any more anymore now please at all altogether the time for good again completely ever constantly so often longer "
    "so much thanks thank you limber already okay about it of that this then".split()
)
_TODAY = re.compile(
    r"(?:for )?(?:today|tonight|the rest of (?:the day|today)|the day|now today|this (?:morning|afternoon|evening))"
    r"|until tomorrow|any more today|(?:any )?more (?:for )?today|again today|until (?:the )?morning"
)
_NONE_TODAY = re.compile(
    r"(?:skip|leave out|drop|cancel|pause|no|no more|not|not any) (?:the |all |my |any |more |all the )*"
    r"remind(?:ers?|ing)(?: me)? (?:for )?(?:today|tonight|the rest of (?:the day|today)|until tomorrow)"
    r"|(?:skip|leave) (?:it|that|them|those) (?:out )?(?:for )?today|leave me (?:alone|in peace) (?:for )?(?:today|until tomorrow)"
    r"|no more (?:of (?:that|those|these|them) )?(?:for )?today|not (?:any more|again) today|(?:not|nothing)(?: more)? today"
)
"""Wordings that want none on this day."""
_NOT_NOW_ALONE = re.compile(r"not today|nothing today|no more (?:for )?today|not again today|not any more today")
"""Of them, those that answer other questions as well."""

_LISTING = (
    re.compile(r"(?:what|which)(?: \w+){0,5} reminders?(?: \w+){0,7}"),
    re.compile(r"(?:what|which) (?:are|is) (?:\w+ ){0,4}reminders?(?: \w+){0,4}"),
    re.compile(r"how many (?:\w+ )?reminders?(?: \w+){0,6}"),
    re.compile(r"(?:do|have|did|are|is|was|were|have i got|got)(?: \w+){0,5} reminders?(?: \w+){0,6}"),
    re.compile(
        r"(?:any|my|the|all|all my|all the|your|no) reminders?(?: (?:left|set|on|today|now|there|still|for \w+|"
        r"please|tomorrow|at all|coming|coming up|active|running|remaining|yet|is it|are there))*"
    ),
    re.compile(
        r"(?:list|read|tell|show|give|say|name|repeat|check|go through|run through|hear|see|look at|let me hear|read out|read back|remind me of)"
        r"(?: me| out| back| through)?(?: about)?(?: all)?(?: of)?(?: the| my| your| all my)? reminders?(?: \w+){0,3}"
    ),
    re.compile(
        r"(?:what|when|how often|which times)(?: \w+){0,8} remind(?:ing|ed)?(?: me| us)?(?: (?:of|about|next|again|to do|today|for|now|at))*"
    ),
    re.compile(r"(?:when|what) (?:is|are|comes) (?:the |my )?next reminder(?: due| on)?"),
)
"""Wordings that ask which reminders there are."""
_SNOOZING = re.compile(
    r"(?:hit |press )?(?:the )?snooz(?:e|ing)(?: (?:it|that|this|them|the reminder|the reminders|me|that one|this one|again|now))*"
    r"|(?:put|push|move) (?:it|that|this|the reminder|that one|this one) (?:off|back|on)|postpone (?:it|that|this|the reminder)"
    r"|delay (?:it|that|this|the reminder)|(?:remind|ask|tell|nudge|ping) (?:me|us) (?:again|later|again later|later again|a bit later)"
    r"|(?:remind|ask|tell|nudge|ping) (?:me|us) about (?:it|that) (?:again|later)"
)
"""Wordings that put a reminder off."""
_PUT_OFF = re.compile(
    r"(?:give me |i need |make it |let me have )?(?:another )?(?P<time>.+)|later|not now|not yet|not right now|a bit later|in a bit"
)
_LATER = frozenset(
    {"later", "not now", "not yet", "not right now", "a bit later", "again later", "later please", "again", "soon"}
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
    asked = _stripped(words)
    if Intent.WHEN in valid and (slots := _answer(asked)) is not None:
        yield Meant(Intent.WHEN, slots)
    text = " ".join(asked)
    if _NONE_TODAY.fullmatch(text) and not (_NOT_NOW_ALONE.fullmatch(text) and Intent.NO in valid):
        yield Meant(Intent.NOT_TODAY)
    if _may_be(asked):
        for read in (_stopped, _listed, _snoozed, _set):
            if (found := read(asked)) is not None:
                yield found


def _may_be(words: Sequence[str]) -> bool:
    """Whether a text has a word that a request about reminders has; most texts have none."""
    return not _SIGNS.isdisjoint(words)


_SIGNS = frozenset(
    "remind reminding reminder reminders reminded nudge nudges nudging prod poke ping alert buzz tell warn call ask let "
    "get make have give wake snooze snoozing postpone delay put push move cancel delete remove clear drop erase kill scrap "
    "forget lose turn switch stop end wipe take ditch disable silence quit cease enough nagging bin throw undo cut shut".split()
)


def _stripped(words: list[str]) -> list[str]:
    """`words` without what comes before and after a request."""
    begin, end = 0, len(words)
    while length := max((len(row) for row in _OPENERS if words[begin : begin + len(row)] == row), default=0):
        begin += length
    while length := max((len(row) for row in _CLOSERS if words[max(begin, end - len(row)) : end] == row), default=0):
        end -= length
    return words[begin:end] if begin < end else words


def _answer(words: list[str]) -> Slots | None:
    """The time that the answer to "when?" names."""
    if " ".join(words) in _LATER:
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
    slots = times_in(said, loose=True) if said else None
    return slots or None


def _snoozed(words: list[str]) -> Meant | None:
    for end in range(len(words), 0, -1):
        if not _SNOOZING.fullmatch(" ".join(words[:end])):
            continue
        rest = words[end:]
        slots = {} if not rest else times_in(rest[1:] if rest[0] == "by" else rest, loose=True)
        if slots is None:
            continue
        return Meant(Intent.SNOOZE, slots)
    return None


def _listed(words: list[str]) -> Meant | None:
    text = " ".join(words)
    if any(pattern.fullmatch(text) for pattern in _LISTING):
        return Meant(Intent.REMINDERS)
    return None


def _stopped(words: list[str]) -> Meant | None:
    text = " ".join(words)
    for pattern in _STOPPING:
        found = pattern.fullmatch(text)
        if found is None or "remind" not in text and "nag" not in text and "nudg" not in text:
            continue
        rest = (found["rest"] or "").split()
        meant = _rest(rest)
        if meant is not None:
            return meant
    dropped = _DROPPED.fullmatch(text)
    return _named(dropped["object"].split()) if dropped else None


def _rest(rest: list[str]) -> Meant | None:
    """Which reminders a wording that ends them is about; None where the rest is something else."""
    text = " ".join(rest)
    if rest and _TODAY.fullmatch(text):
        return Meant(Intent.NOT_TODAY)
    if _REST_FILLER.issuperset(rest):
        return Meant(Intent.STOP_REMINDING)
    for row in (*_TO, "about", "of", "for", "on", "at"):
        lead = row.split()
        if rest[: len(lead)] == lead and len(rest) > len(lead):
            slots = times_in(rest)
            if slots:
                return Meant(Intent.STOP_REMINDING, slots)
            kept = rest[len(lead) :]
            while kept and kept[-1] in _REST_FILLER:
                kept.pop()
            if row not in {"on", "at"} and kept and len(kept) <= _MOST_UNTIMED:
                return Meant(Intent.STOP_REMINDING, {"text": " ".join(kept)})
    slots = times_in([word for word in rest if word not in {"any", "more"}])
    return Meant(Intent.STOP_REMINDING, slots) if slots else None


def _named(words: list[str]) -> Meant | None:
    """The reminders that "cancel ..." names: all, or those of a time or an activity."""
    if not {"reminder", "reminders", "alarm", "alarms", "one", "ones", "reminding"} & set(words):
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


def _selected(words: list[str]) -> Slots | None:
    """The slots of the times among words that name reminders; None where anything else is said."""
    slots: Slots = {}
    at = 0
    while at < len(words):
        found = time_at(words, at) or _as_adjective(words, at)
        if found is not None and not (found[0] == at + 1 and words[at] in _OBJECT):
            at, more = found
            slots |= more
        elif words[at] in {"last", "next"}:
            slots["which"] = words[at]
            at += 1
        elif words[at] in _OBJECT | _REST_FILLER:
            at += 1
        else:
            return None
    return slots


def _as_adjective(words: list[str], at: int) -> tuple[int, Slots] | None:
    """A time as it stands before "one": "forty five minute", "evening", "weekday", "seven am"."""
    if words[at] in {"weekday", "workday"}:
        return at + 1, {"days": "mo,tu,we,th,fr"}
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
            if _STRONG.fullmatch(said) and (found := _asked_for(words[end:], before, strong=True)) is not None:
                return found
            if _WEAK.fullmatch(said) and (found := _asked_for(words[end:], before, strong=False)) is not None:
                return found
            if _WAKING.fullmatch(said) and (slots := times_in(words[end:])) is not None and (slots or before):
                return Meant(Intent.REMIND, before | slots | {"text": "get up"})
        found = _noun_with_time(words[begin:], before)
        if found is not None:
            return found
    return None


def _noun_with_time(words: list[str], before: Slots) -> Meant | None:
    """ "Set an hourly reminder", "a half past ten reminder please"."""
    at = next((at for at, word in enumerate(words) if word in {"reminder", "reminders"}), None)
    if at is None:
        return None
    for begin in range(at):
        lead = " ".join(words[:begin])
        if begin and not _NOUN_LEAD.fullmatch(lead):
            continue
        timed = times_in(words[begin:at])
        if timed is None and (adjective := _as_adjective(words, begin)) is not None and adjective[0] == at:
            timed = adjective[1]
        if timed:
            return _asked_for(words[at + 1 :], before | timed, strong=True)
    return None


def _asked_for(rest: list[str], before: Slots, *, strong: bool) -> Meant | None:
    """The reminder that is asked for with the rest of the words. `strong`: whether it may do without a time."""
    while rest and _CLOSING_ALONE.issuperset(rest[:1]) and len(rest) > 1 and rest[0] not in {"to", "for"}:
        rest = rest[1:]
    for slots in _split(rest, strong=strong):
        every = _timed(before | {name: value for name, value in slots.items() if name != "text"})
        if every or (strong and _untimed(rest, slots)):
            return Meant(Intent.REMIND, before | slots)
    return None


_CLOSING_ALONE = frozenset("please again then and also kindly".split())


def _timed(slots: Slots) -> bool:
    """Whether slots tell a time."""
    return bool(slots)


def _untimed(rest: list[str], slots: Slots) -> bool:
    """Whether a request without a time is one for Limber."""
    text = slots.get("text", "").split()
    return _NOT_WANTED.isdisjoint(rest) and len(text) <= _MOST_UNTIMED and "for" not in text[:1]


def _split(rest: list[str], *, strong: bool) -> Iterator[Slots]:
    """The ways in which the rest of a request is times, and an activity between them."""
    times = times_in(rest)
    if times is not None:
        yield times
    for begin in range(len(rest) - 1, -1, -1):
        first = times_in(rest[:begin]) if begin else {}
        if first is None:
            continue
        for lead, kind in _leads(rest, begin, strong=strong):
            for end in range(lead + 1, len(rest) + 1):
                last = times_in(rest[end:]) if end < len(rest) else {}
                text = rest[lead:end]
                if last is None or not _activity(text):
                    continue
                yield first | last | {"text": _spoken(text, kind)}


def _leads(rest: list[str], at: int, *, strong: bool) -> Iterator[tuple[int, str]]:
    """Where an activity begins, and whether it is something to do or a thing."""
    for row in _TO:
        lead = row.split()
        if rest[at : at + len(lead)] == lead:
            yield at + len(lead), "do"
    for row in _ABOUT:
        if rest[at] == row and time_at(rest, at) is None:
            yield at + 1, "thing"
    if not strong and rest[at] not in {*_ABOUT, "to"}:
        yield at, "do"


def _activity(text: Sequence[str]) -> bool:
    return 0 < len(text) <= _MOST_TEXT and text[0] not in _QUESTIONS and text[-1] not in {"and", "to", "the", "a"}


def _spoken(text: Sequence[str], kind: str) -> str:
    said = " ".join(text)
    return said if kind == "do" else f"for {said}"
