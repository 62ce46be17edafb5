"""Reads what is said of quiet hours: from when to when, none at all, or when they are.

Tables, and no guesses: a text that has a word too many is none of these.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from intents.model import Intent, Meant
from intents.reminding.day_clock import SaidClock, clock_at
from intents.reminding.wish_words import without_courtesy

FROM, UNTIL, OFF = "from", "until", "off"
"""The slots: the first minute, the first minute after, on a clock of 24 hours; or that there are to be none."""
_SIGNS = frozenset(
    "quiet silent silence disturb bother disturbed bothered peace alone sleep remind reminders reminder reminding wake "
    "hush talking nag nudge".split()
)
"""Words one of which is in every text about quiet hours."""
_NAMED = r"(?:quiet|silent|sleeping) hours?"
_NAMED_OR_TIME = r"(?:quiet|silent|sleeping) (?:hours?|times?)"
"""The same where a time follows; without one "quiet time" may be a routine of the person's own."""
_LEAD = re.compile(
    r"(?:(?:set|make|put|change|move|have|keep|give me|turn on|switch on|start|let) )?(?:the |my |your |our |some )?"
    rf"{_NAMED_OR_TIME}"
    r"(?: (?:are|is|be|should be|shall be|run|go|will be|to be|to|for me|every (?:day|night)|each night))*"
    r"|(?:be|keep|stay|go|remain|fall) (?:quiet|silent|still)(?: every night| each night| every day)?"
    r"|(?:say nothing|no talking|hush|silence|quiet)(?: to me)?"
    r"|(?:(?:do )?not|never|stop|quit) (?:disturb|bother|remind|wake|nag|nudge|speak to|talk to)(?:ing)? (?:me|us)"
    r"(?: of anything| about anything| any more)?"
    r"|(?:no|without|not any|i want no|i do not want(?: any| to hear)?) (?:reminders?|reminding|talking|disturbing)"
    r"|leave (?:me|us) (?:alone|in peace)|let (?:me|us) sleep|i (?:want|need) (?:quiet|silence|peace|peace and quiet)"
    r"|i (?:do not want|am not) to be (?:reminded|disturbed|bothered|woken)"
)
_OFF = re.compile(
    r"(?:no|without|end|cancel|drop|remove|delete|forget|clear|turn off|switch off|stop|get rid of|scrap|lift"
    r"|i (?:do not|no longer) (?:want|need)(?: to have)?) (?:any |the |my |your |more |those |all )*"
    rf"{_NAMED}(?: (?:any more|at all|now|for me|again))*"
    rf"|(?:turn|switch) (?:the |my )?{_NAMED} off|{_NAMED} off"
    r"|(?:you (?:may|can)|feel free to)? ?(?:remind|speak to|talk to|wake) me "
    r"(?:at any (?:time|hour)|any time|(?:even |also )?at night(?: too| as well)?|day (?:and|or) night"
    r"|round the clock|whenever)(?: of (?:the )?(?:day|night)| you like| it is due)*"
)
_ASKS = re.compile(
    rf"(?:(?:when|what|which) (?:are|is|were|do|did)|tell me|do i have|have i got|are there|read me|say|and)"
    rf"(?: (?:i|you|have|set|any|the|my|your))* {_NAMED}(?: (?:set|on|now|again|i have|have i|begin|start|end))*"
    rf"|(?:the |my |your )?{_NAMED}|when (?:are|do|will) you (?:be |stay |keep |go )?(?:quiet|silent)(?: at night)?"
)
_ONE_SIDED = {"after": (FROM, True), "past": (FROM, True), "before": (UNTIL, False)}
"""To a word before a time alone, the slot, and whether the later half of the day is meant where none is said."""
_LINKS = frozenset({"to", "until", "and", "through"})
"""Words between the two times."""
_OFTEN = (["every", "night"], ["each", "night"], ["every", "day"], ["each", "day"])
"""What may follow the times, and tells nothing more."""
_DAY = 24 * 60
"""Minutes in a day."""
_HALF = 12 * 60
"""Minutes in half a day."""


def read_quiet_hours(words: Sequence[str], valid: Collection[str]) -> Meant | None:
    """What a whole text tells or asks of quiet hours; None: something else."""
    if Intent.QUIET_HOURS not in valid or _SIGNS.isdisjoint(words):
        return None
    said = without_courtesy(list(words))
    text = " ".join(said)
    if _OFF.fullmatch(text):
        return Meant(Intent.QUIET_HOURS, {OFF: "yes"})
    if _ASKS.fullmatch(text):
        return Meant(Intent.QUIET_HOURS)
    for lead, times in _parted(said):
        if _LEAD.fullmatch(" ".join(lead)) and (slots := _range(times)) is not None:
            return Meant(Intent.QUIET_HOURS, slots)
    return None


def _parted(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The ways to part words into a request and its times, whichever comes first."""
    for at in range(1, len(words)):
        yield words[:at], words[at:]
        yield words[at:], words[:at]


def _range(words: list[str]) -> dict[str, str] | None:
    """The two times that words are, as slots, or the one of "after nine"; None: they are something else."""
    if words[0] in _ONE_SIDED and (clock := _whole_clock(words[1:])) is not None:
        side, half = _ONE_SIDED[words[0]]
        minutes = _on_24_hours(clock)
        return {side: _written(minutes[-1] if half and len(minutes) > 1 else minutes[0])}
    said = words[1:] if words[0] in {"from", "between"} else words
    said = said[3:] if said[:3] == ["the", "hours", "of"] else said
    said = next((said[: -len(row)] for row in _OFTEN if said[-len(row) :] == row and len(said) > len(row) + 2), said)
    for at, word in enumerate(said):
        begin, end = _whole_clock(said[:at]), _whole_clock(said[at + 1 :])
        if word in _LINKS and begin is not None and end is not None:
            return _of_a_night(begin, end)
    return None


def _whole_clock(words: list[str]) -> SaidClock | None:
    """The time that words are, with not a word more."""
    said = words[1:] if words[:1] == ["at"] else words
    clock = clock_at(said, 0) if said else None
    return clock if clock is not None and clock.end == len(said) else None


def _of_a_night(begin: SaidClock, end: SaidClock) -> dict[str, str]:
    """The times as slots. A half of the day that was not said is the one that makes the quiet shortest.

    Where neither was, hours from seven on begin in the evening, as a night does, and earlier ones after noon.
    """
    begins, ends = _on_24_hours(begin), _on_24_hours(end)
    if len(begins) > 1 and len(ends) > 1:
        hour = begin.hour % 12
        small = hour == 0 and end.hour % 12 > 3
        begins = [minute for minute in begins if (minute < _HALF) == small]
    pairs = [((later - first) % _DAY, first, later) for first in begins for later in ends if first != later]
    _, first, later = min(pairs, default=(0, begins[0], ends[0]))
    return {FROM: _written(first), UNTIL: _written(later)}


def _on_24_hours(clock: SaidClock) -> list[int]:
    """The minutes of the day that a time may be."""
    if clock.part is not None or clock.hour > 12:
        hour, minute = (int(part) for part in clock.slots()["at"].split(":"))
        return [60 * hour + minute]
    at = 60 * (clock.hour % 12) + clock.minute
    return [at, at + _HALF]


def _written(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
