"""Reads the settings whose value is open words: the wake phrase, a crisis line, a speed, how long Limber stays awake.

Tables, and no guesses: a text that has a word too many is none of these. Where the meaning of a text tells which
setting is meant, `open_values` finds the value anywhere in it.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from intents.model import NO_SLOTS, Intent, Meant
from intents.text.lengths import span_from
from intents.text.numerals import dictated, numbers_from

TO = "to"
"""The slot of `ChangeSetting` with the setting, or with the value that no other setting has."""
ASKED_ABOUT = "about"
"""The slot of `Settings` with the one setting that is asked about."""
PHRASE, NUMBER, MINUTES, RATE = "phrase", "number", "minutes", "rate"
"""The slots with an open value: a wake phrase, digits, minutes, words a minute."""
WAKE_PHRASE, CRISIS_LINE, AWAKE, SPEED = "wake_phrase", "crisis_line", "awake", "speed"
"""The settings with an open value."""

_ASKS = (
    r"(?:(?:i|we) (?:want|would like|need|wish)(?: you)? to |(?:can|could|would|will|may) (?:you|i|we) "
    r"|let us |please )?"
)
_END = r"(?: (?:please|instead|now|from now on|from today|then|okay|thanks|thank you))*"
_WAKE = (
    r"(?:(?:the|your|my|our|a|another|a new|a different|that) )?"
    r"(?:wake(?: up)?|waking|activation|trigger|hot|key) ?(?:phrase|word|words|name|call)"
)
_PHRASE = r"(?P<phrase>[a-z']+(?: [a-z']+){0,6}?)"
_CHANGES = r"(?:change|set|make|switch|alter|have|use|put|turn)"
_WAKES = r"(?:wake up|wake|listen|answer|respond|react|come on|start listening)"
_WAKE_PHRASE = tuple(
    re.compile(pattern + _END)
    for pattern in (
        rf"{_ASKS}{_CHANGES}(?: to)? {_WAKE}(?: to| as| be| into)*(?: be)? {_PHRASE}",
        rf"{_ASKS}(?:use|take|make|have|set) {_PHRASE} (?:as|be|for|to be) {_WAKE}",
        rf"{_WAKE} (?:is|should be|shall be|will be|is to be|is now|becomes|ought to be) {_PHRASE}",
        rf"{_ASKS}{_WAKES} (?:when i say|if i say|when i call|when you hear) {_PHRASE}",
        rf"{_ASKS}{_WAKES} (?:to|for|on) the (?:name|words?|phrase)(?: of)? {_PHRASE}",
        rf"(?:when i say|if i say|when you hear) {_PHRASE} (?:you (?:should )?)?{_WAKES}",
        rf"(?:i (?:will|want to|am going to|shall) )?wake you (?:up )?(?:by saying|saying|with|by) {_PHRASE}",
    )
)
_NAME = re.compile(
    rf"{_ASKS}(?:i (?:will|am going to|shall|want to|would like to) )?"
    r"(?:call you|name you|give you the name|rename you(?: to| as)?|change your name to|your name is(?: now)?"
    r"|your new name is|you are called(?: now)?|you are now called|from now on you are(?: called)?)"
    rf" (?P<name>[a-z']+)(?: from now on)?{_END}"
)
_NO_NAMES = frozenset(
    "you me him her it back later again when if tomorrow a the an good bad silly stupid that on up out now soon".split()
)
"""Words after "call you" that are no name."""
_NEW = re.compile(
    rf"{_ASKS}(?:change|set|pick|choose|get|have|give you|use|replace|alter) {_WAKE}{_END}"
    rf"|(?:i do not like|i want|i would like|can i have) {_WAKE}{_END}"
)
_CRISIS = (
    r"(?:(?:the|my|your|our|a|this|that) )?(?:crisis|suicide|helpline|samaritans|mental health)"
    r"(?: (?:line|hotline|number|help ?line|phone|prevention))*"
)
_SET_CRISIS = re.compile(
    rf"{_ASKS}(?:change|set|save|store|remember|keep|make|add|put in|enter|note|update)(?: down)? {_CRISIS}"
    rf"(?: (?:to|as|is|with|at|number))*"
    rf"|{_CRISIS} (?:is|should be|is now|has changed to|will be|number is|to call is|at)(?: now)?"
)
_CRISIS_LAST = re.compile(rf"(?:is|as|for|as my|use for) {_CRISIS}{_END}")
_NEW_CRISIS = re.compile(
    rf"{_ASKS}(?:change|set|set up|save|store|add|give you|update|enter) {_CRISIS}{_END}"
    rf"|{_ASKS}i have {_CRISIS} for you{_END}"
)
_NO_CRISIS = re.compile(rf"{_ASKS}(?:forget|delete|remove|clear|drop|no) {_CRISIS}{_END}")
_CRISIS_SIGN = frozenset("crisis suicide helpline hotline samaritans".split())
"""Words one of which is in every text about a crisis line."""
_SLEEPS = r"(?:go to sleep|fall asleep|sleep|doze off|nod off)"
_LISTENS = r"(?:awake|listening|up|on)"
_AWAKE = re.compile(
    rf"{_ASKS}(?:(?:keep|be|stay|remain|go on) {_LISTENS}|keep yourself awake|listen)"
    r"(?: (?:to me|on|for|for at least|up to|at least|about))*"
)
_ASLEEP = re.compile(
    rf"{_ASKS}(?:do not )?(?:{_SLEEPS}|switch off|turn off|go off)(?: again| only| until)*"
    r"(?: (?:after|in|when i have said nothing for|if i say nothing for|unused for))+"
)
_AFTER_AWAKE = re.compile(
    r"(?: ?(?:after that|after i (?:talk|speak|have spoken)|unused|of silence|at a time"
    rf"|before (?:you sleep|sleeping|going to sleep)))?{_END}"
)
_ALWAYS = re.compile(
    rf"{_ASKS}(?:do not|never) (?:ever )?{_SLEEPS}"
    rf"(?: (?:by yourself|on me|on your own|again|any more|ever|(?:unless|until) i (?:say so|tell you(?: to)?)))*{_END}"
    rf"|{_ASKS}always (?:stay|be|keep) {_LISTENS}{_END}"
    rf"|{_ASKS}(?:stay|keep|be|remain) {_LISTENS} (?:always|all the time|all day|for ever|forever|without end"
    rf"|the whole day|until i (?:say so|send you to sleep|tell you to(?: sleep)?)){_END}"
)
_SPEED = re.compile(
    rf"{_ASKS}(?:speak|talk|go|read|make it|(?:set|change) (?:the |your )?(?:speaking |speech )?(?:speed|rate|pace))"
    r"(?: (?:at|to|with|at a rate of|at a))*"
)
_WORDS_A_MINUTE = re.compile(rf"words? (?:a|per|each|every|in a) minute{_END}")
_ASKED = tuple(
    (setting, re.compile("|".join(f"(?:{way}){_END}" for way in ways)))
    for setting, ways in (
        (
            WAKE_PHRASE,
            (
                rf"(?:what|which)(?: is| was| word is) {_WAKE}",
                r"(?:what do i say|how do i say it|what must i say) to wake you(?: up)?",
                rf"(?:tell me|remind me of) {_WAKE}",
                r"how do i wake you(?: up)?",
            ),
        ),
        (
            CRISIS_LINE,
            (
                rf"(?:what|which)(?: is| was| number is) {_CRISIS}(?: (?:again|now|set to))*",
                rf"(?:tell me|say|read me) {_CRISIS}",
                rf"(?:is there|do you have|have you got|do you know) {_CRISIS}",
            ),
        ),
        (
            AWAKE,
            (
                rf"(?:how long|when) (?:do|will|can) you (?:stay awake|listen|{_SLEEPS})(?: for| after)?",
                r"how long are you (?:awake|listening)(?: for)?",
            ),
        ),
    )
)
"""To each setting, how it is asked about."""


def read_setting(words: Sequence[str], valid: Collection[str]) -> Meant | None:
    """What a whole text changes or asks of a setting with an open value; None: something else."""
    text = " ".join(words)
    if Intent.SETTINGS in valid:
        for setting, asked in _ASKED:
            if asked.fullmatch(text) and (setting != CRISIS_LINE or not _CRISIS_SIGN.isdisjoint(words)):
                return Meant(Intent.SETTINGS, {ASKED_ABOUT: setting})
    if Intent.CHANGE_SETTING not in valid:
        return None
    slots = _awake(list(words), text) or _phrase(text) or _crisis(list(words), text) or _speed(list(words))
    return Meant(Intent.CHANGE_SETTING, slots) if slots else None


def open_values(words: Sequence[str], to: str) -> Mapping[str, str]:
    """The open value of a setting that `words` name anywhere in them, as slots; none where they do not."""
    said = list(words)
    match to:
        case "wake_phrase":
            found = [each.search(" ".join(said)) for each in _WAKE_PHRASE]
            return next(({PHRASE: each["phrase"]} for each in found if each), NO_SLOTS)
        case "crisis_line":
            digits = dictated(said)
            return {NUMBER: digits} if len(digits) > 1 else NO_SLOTS
        case "awake":
            spans = [span for at in range(len(said)) if (span := span_from(said, at))]
            return {MINUTES: _minutes(max(spans)[1])} if spans else NO_SLOTS
        case _:
            return NO_SLOTS


def _phrase(text: str) -> Mapping[str, str]:
    for pattern in _WAKE_PHRASE:
        if found := pattern.fullmatch(text):
            return {TO: WAKE_PHRASE, PHRASE: found["phrase"]}
    named = _NAME.fullmatch(text)
    if named and named["name"] not in _NO_NAMES:
        return {TO: WAKE_PHRASE, PHRASE: f"hey {named['name']}"}
    return {TO: WAKE_PHRASE} if _NEW.fullmatch(text) else NO_SLOTS


def _crisis(words: list[str], text: str) -> Mapping[str, str]:
    if _CRISIS_SIGN.isdisjoint(words):
        return NO_SLOTS
    if _NO_CRISIS.fullmatch(text):
        return {TO: CRISIS_LINE, NUMBER: ""}
    if _NEW_CRISIS.fullmatch(text):
        return {TO: CRISIS_LINE}
    digits = dictated(words)
    first = next((at for at in range(len(words)) if dictated(words[at:]) and dictated(words[at : at + 1])), len(words))
    last = max((at for at in range(len(words)) if dictated(words[at : at + 1])), default=-1) + 1
    before, after = " ".join(words[:first]), " ".join(words[last:])
    follows = _SET_CRISIS.fullmatch(before) is not None and re.fullmatch(_END, f" {after}" if after else "") is not None
    leads = not before and _CRISIS_LAST.fullmatch(after) is not None
    return {TO: CRISIS_LINE, NUMBER: digits} if len(digits) > 1 and (follows or leads) else NO_SLOTS


def _awake(words: list[str], text: str) -> Mapping[str, str]:
    if _ALWAYS.fullmatch(text):
        return {TO: AWAKE, MINUTES: "0"}
    for at in range(1, len(words)):
        lead = " ".join(words[:at])
        span = span_from(words, at) if _AWAKE.fullmatch(lead) or _ASLEEP.fullmatch(lead) else None
        if span and _AFTER_AWAKE.fullmatch(" ".join(words[span[0] :])):
            return {TO: AWAKE, MINUTES: _minutes(span[1])}
    return NO_SLOTS


def _minutes(seconds: int) -> str:
    """A time in seconds as whole minutes, one at the least."""
    return str(max(1, round(seconds / 60)))


def _speed(words: list[str]) -> Mapping[str, str]:
    if "minute" not in words:
        return NO_SLOTS
    for at in range(len(words)):
        numbers = numbers_from(words, at)
        if numbers and _WORDS_A_MINUTE.fullmatch(" ".join(words[numbers[-1][0] :])):
            lead = " ".join(words[:at])
            return {TO: SPEED, RATE: str(numbers[-1][1])} if not lead or _SPEED.fullmatch(lead) else NO_SLOTS
    return NO_SLOTS
