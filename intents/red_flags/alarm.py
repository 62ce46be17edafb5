"""Alarms in free text: red flags in three grades, calls for help, and words of self-harm, each with its cause.

Rules over concepts (`detect.py`, `calls.py`), a classifier of words (`red_flag_classifier.py`) and a network over the
text's meaning (`alarm_network.py`) judge together: the probabilities of the last two are averaged, and a rule that
fires lowers what they must reach. Signs (`en/red_flags/signs.toml`) then tell what was named, and how grave it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, log
from types import MappingProxyType

from intents.encoder.sentence_encoder import shared_encoder
from intents.language import EN
from intents.model import Intent
from intents.red_flags.alarm_network import AlarmNetwork, clues
from intents.red_flags.calls import CALLING, CALLS, SELF_HARMING, Calls, calls_in
from intents.red_flags.detect import (
    OVERHEARD,
    RULE_BONUS,
    SPOKEN_WITH,
    TALKATIVE,
    AlarmEvidence,
    Thresholds,
    evidence_in,
    flags_by_urgency,
    may_be_flag,
    word_classifier,
)
from intents.red_flags.signs import Grade, Sign, named_signs, sign_alone
from intents.red_flags.slips import without_slips
from intents.text.normalize import words_of

__all__ = ["OVERHEARD", "SPOKEN_WITH", "Alarm", "find_alarm", "find_red_flag", "named_sign"]

SPEECH = 60
"""Length in words beyond which a text is also judged part by part."""
PART_OF_SPEECH = 30
"""Length of such a part, in words."""
NETWORK_SHARE = 0.45
"""The share of the network in the averaged log probability, 0 to 1; the rest is the classifier of words."""
ALSO_LIKELY = 0.25
"""Least probability, 0 to 1, at which a flag beside the likeliest one may count first because it is graver."""
NO_ALARM_AT = 0.5
"""Least probability, 0 to 1, of no alarm or the chest, at which pain that spreads is only asked about."""
DENIED_CALL_AT = 0.9
"""Least probability, 0 to 1, of a call whose words are there, but denied, asked about or a figure of speech."""
SURELY_NONE = 0.97
"""Probability, 0 to 1, of no alarm from which even a rule that is plain raises none: it is told of someone far away."""
CALL_LIKELY = 0.5
"""The same for a call for help or words of self-harm that no rule raises."""
ALSO_RULED = 0.002
"""The same for a flag that a rule raises."""
_LEAST = 1e-6
"""What a probability is at least taken for, so that its logarithm is finite."""

SPREADING: Mapping[str, str] = MappingProxyType({"flag": "chest", "grade": "unsure", "sign": "spreading_pain"})
"""The slots of `Radiates`, which asks about the chest as an unsure red flag does."""
_INTENTS = {CALLING: Intent.CALL_FOR_HELP, SELF_HARMING: Intent.SELF_HARM}
"""The intents of the calls; every other class is a red flag."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm that was found in a text."""

    intent: Intent
    """RedFlag, CallForHelp or SelfHarm; Radiates for pain that spreads as a cramp's does, which is asked about."""
    slots: Mapping[str, str]
    """Of a red flag: `flag`, `grade` and `sign`; `condition` where an illness or age was told and no sign."""
    probability: float
    """Of any alarm at all, 0 to 1, by both classifiers."""
    why: tuple[str, ...]
    """What decided, a short phrase each."""

    @property
    def grade(self) -> Grade:
        """How grave it is; a call is an emergency."""
        return Grade(self.slots.get("grade", Grade.EMERGENCY))


def find_red_flag(text: str, thresholds: Thresholds = SPOKEN_WITH) -> str | None:
    """The flag or call of the gravest alarm in `text`, of any letter case and punctuation; None where there is none."""
    alarm = find_alarm(text, thresholds)
    if alarm is None or alarm.intent is Intent.RADIATES:
        return None
    return alarm.slots.get("flag") or next(call for call, intent in _INTENTS.items() if intent == alarm.intent)


_OATH = re.compile(
    r"\bbloody (?=\w)(?!stools?|poos?|poop|motions?|vomit|sick|diarrh|urine|wee\b|pee\b|water|nose|phlegm|spit|sputum|"
    r"mucus|discharge|cough|mess|stuff|show)",
    re.IGNORECASE,
)
"""An oath before any word but those of what blood is in: "it still bloody hurts"."""


_ASIDE = re.compile(
    r"\bif (?:you(?:'ll| will)? (?:pardon|excuse|forgive|don't mind|do not mind|know what i mean|must know|ask me)"
    r"(?: (?:me|my|the|us|french|expression|language|phrase|saying|asking|so|for))*|i'?m (?:being )?honest|"
    r"i may say so)",
    re.IGNORECASE,
)
"""What supposes nothing, though it begins with "if": "numb bum, if you'll pardon the expression"."""


_THANKS = re.compile(r"(?<=\w)[,.!;]?\s+(?<!\bno )(?:thank you|thanks)[\s.!]*$", re.IGNORECASE)
"""Thanks at the end of a text, where they change nothing: no "no, thank you"."""


@lru_cache(maxsize=64)
def find_alarm(text: str, thresholds: Thresholds = SPOKEN_WITH) -> Alarm | None:
    """The gravest alarm in `text`, in any letter case and punctuation; None where there is none.

    `thresholds`: OVERHEARD while Limber is asleep, when most of what is heard is television.
    """
    text = _THANKS.sub("", _ASIDE.sub("", _OATH.sub("", text)))
    # What is told of the past must neither hide nor feign what is felt now.
    present = evidence_in(text).present
    found = (_judged(present, thresholds) if present else None) or _judged(text, thresholds)
    found = found or next((each for meant in without_slips(text) if (each := _judged(meant, thresholds))), None)
    return found or next((each for part in _parts_of_speech(text) if (each := _judged(part, thresholds))), None)


def _parts_of_speech(text: str) -> Iterator[str]:
    """The parts of a speech, which overlap, so that what one tells is not lost among all else; none of a brief text."""
    words = text.split()
    if len(words) > SPEECH:
        yield from (" ".join(words[at : at + PART_OF_SPEECH]) for at in range(0, len(words), PART_OF_SPEECH // 2))


def _judged(text: str, thresholds: Thresholds) -> Alarm | None:
    """The gravest alarm in a text that is taken as a whole."""
    evidence, calls = evidence_in(text), calls_in(text)
    if not evidence.signs.words:
        return None
    likely = likelihoods(text, evidence, calls)
    probability = 1.0 - likely[""]
    ruled = bool(evidence.fired or calls.raised)
    expected = ruled or (may_be_flag(evidence.signs) and not evidence.signs.asks) or bool(calls.doubted)
    least = thresholds.ruled if ruled else thresholds.alone if expected else thresholds.unexpected
    plain = thresholds is SPOKEN_WITH and any(fired.plain for fired in evidence.fired) and likely[""] < SURELY_NONE
    if evidence.spreading and not ruled and likely[""] + likely["chest"] >= NO_ALARM_AT:
        why = ("pain told to spread to shoulders, neck or ribs, and nothing else",)
        return Alarm(Intent.RADIATES, SPREADING, probability, why)
    if probability < least and not plain:
        return None
    by_rule = {*evidence.signs.ruled, *calls.raised}
    score = {kind: likely[kind] + RULE_BONUS * (kind in by_rule) for kind in likely if kind}
    likeliest = max(score, key=score.__getitem__)
    heard = {kind for kind in score if kind == likeliest or likely[kind] >= _also_likely(kind)} | calls.raised.keys()
    heard |= {flag for flag in evidence.signs.ruled if likely[flag] >= ALSO_RULED}
    heard -= {call for call in calls.doubted - calls.raised.keys() if likely[call] < DENIED_CALL_AT}
    if len(evidence.signs.words) >= TALKATIVE:
        # Whoever calls for help is brief: long talk that only sounds like a call is a tale.
        heard -= set(CALLS) - calls.raised.keys()
    if not heard:
        return None
    called = next((call for call in CALLS if call in heard), None)
    if called:
        return Alarm(_INTENTS[called], {}, probability, _causes(called, likely, evidence, calls))
    order = flags_by_urgency()
    signs = [named_signs(flag, evidence) for flag in sorted(heard, key=order.index)]
    gravest = min(signs, key=lambda sign: (sign.grade.rank, -score[sign.flag]))
    return Alarm(Intent.RED_FLAG, _slots(gravest), probability, _causes(gravest.flag, likely, evidence, calls))


def _also_likely(kind: str) -> float:
    """The least probability of a flag or call beside the likeliest; calls, which name no sign, are clear or none."""
    return CALL_LIKELY if kind in CALLS else ALSO_LIKELY


def named_sign(text: str) -> Alarm | None:
    """The sign that `text` names and does not deny, in however few words: an answer to the question for signs."""
    sign = sign_alone(evidence_in(text))
    if sign is None:
        return None
    return Alarm(Intent.RED_FLAG, sign.slots, 1.0, (f"'{text}' names {sign.name} in answer to the question for signs",))


def likelihoods(text: str, evidence: AlarmEvidence, calls: Calls) -> Mapping[str, float]:
    """To each flag, each of CALLS and the empty string for none: its probability, 0 to 1; together 1."""
    by_words = word_classifier().likelihoods(evidence.signs)
    by_meaning = _network().likelihoods(shared_encoder().encode(words_of(text)), clues(evidence.signs, calls))
    return averaged(by_words, by_meaning, NETWORK_SHARE)


def averaged(first: Mapping[str, float], second: Mapping[str, float], share: float) -> Mapping[str, float]:
    """Two distributions over the same classes, averaged in their logarithms. `share`: of the second, 0 to 1."""
    scores = {
        kind: exp((1.0 - share) * log(max(first.get(kind, 0.0), _LEAST)) + share * log(max(second[kind], _LEAST)))
        for kind in second
    }
    total = sum(scores.values())
    return {kind: score / total for kind, score in scores.items()}


def _slots(sign: Sign) -> Mapping[str, str]:
    """The slots of a red flag; an illness or age alone is told as a condition, too."""
    if sign.condition:
        return {**sign.slots, "condition": sign.condition}
    return sign.slots


def _causes(kind: str, likely: Mapping[str, float], evidence: AlarmEvidence, calls: Calls) -> tuple[str, ...]:
    """What decided for a flag or call."""
    causes = [str(fired) for fired in evidence.fired if fired.name == kind]
    if kind in calls.raised:
        causes.append(f"'{calls.raised[kind]}' said and not taken back: {kind}")
    if not causes:
        causes.append(f"no rule, but words and meaning like those of {kind}")
    others = [fired.name for fired in evidence.fired if fired.name != kind]
    return (
        *causes,
        f"probability {likely[kind]:.2f} of {kind}, {likely['']:.2f} of no alarm",
        *((f"also by rule: {', '.join(others)}",) if others else ()),
    )


@cache
def _network() -> AlarmNetwork:
    """The trained network, loaded on first use."""
    return AlarmNetwork.load(EN / "red_flags" / "network.npz")
