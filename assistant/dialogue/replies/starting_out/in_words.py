"""What words answer in the welcome and in the lesson, where they mean nothing, or something else, anywhere else.

Pure: "loud and clear" is a yes to "Do you hear me well?", and "no thanks" leaves the whole welcome.
"""

from assistant.dialogue.parts.modes import AskingNumber, Mode, Paused, Practising, Welcoming
from intents.model import ALARM_INTENTS, Intent, Meant, Reading

_LEAVES = frozenset(
    {
        *("no thanks", "no thank you", "not now", "not right now", "later", "maybe later", "another time"),
        *("not today", "some other time", "skip all of it", "skip it all", "skip everything", "skip the lot"),
        *("skip all", "skip all that", "skip all this", "skip the whole thing", "skip the rest", "skip the welcome"),
        *("skip the introduction", "skip the questions", "skip your questions", "skip the set up", "skip the setup"),
        *("leave all of it", "leave it all", "forget all of it", "no questions", "enough questions", "leave me be"),
        *("leave me alone", "get on with it", "let us get on with it", "i do not want this", "i do not need this"),
        *("skip the tutorial", "skip the lesson", "end the tutorial", "end the lesson", "enough of this"),
    }
)
"""What leaves the whole welcome, or the lesson."""
_DECLINES = frozenset({"no thanks", "no thank you"})
"""What declines another speed, which is an answer."""
_POLITE = frozenset("please oh well just okay ok erm um".split())
"""Words that change nothing of it."""
_HEARD = frozenset("hear hearing heard clear clearly perfectly bell absolutely crystal understand".split())
"""Words of somebody who hears well, one of which is needed beside `_BESIDE_HEARD`."""
_BESIDE_HEARD = _HEARD | frozenset(
    "yes yeah yep aye oh well i can do you am loud and nice fine very good great just so quite as a it is that all "
    "right now much better ok okay really too sound sounds coming through your voice every word me "
    "everything nicely thanks thank".split()
)
_HARDLY = frozenset("hardly barely scarcely faintly mumbling mumble distant".split())
"""Words of somebody who hears badly."""
_ASKED_OF_HEARING = frozenset("hear hearing well much really clearly properly anything".split())
"""Words beside "not" of somebody who hears badly."""
_AS_IT_IS = frozenset("this that stay leave keep same right normal fine happy change neither suits whatever".split())
"""Words of somebody who wants the speed as it is, one of which is needed beside `_BESIDE_AS_IT_IS`."""
_BESIDE_AS_IT_IS = _AS_IT_IS | frozenset(
    "like it is fine good as so now the way you are speaking talking just perfect no about please speed pace i am with "
    "okay ok yes me works for speak talk well oh okay do not mind great at all a and on going".split()
)
_SLOWER = frozenset({"slower", "slow", "slowly"})
_FASTER = frozenset({"faster", "fast", "quicker", "quick"})


def answered_in_words(reading: Reading, words: list[str], mode: Mode) -> Meant | None:
    """What words answer in a mode; None: what they were read as."""
    if reading.intent in ALARM_INTENTS:
        return None
    plain = [word for word in words if word not in _POLITE]
    unsure = reading.intent is None or reading.confidence < 1
    match mode:
        case Welcoming(step="speed") if " ".join(plain) in _DECLINES:
            return Meant(Intent.YES)
        case Welcoming() | AskingNumber(welcoming=True) | Practising() | Paused(back=Practising()) if (
            " ".join(plain) in _LEAVES
        ):
            return Meant(Intent.NEVER_MIND)
        case Welcoming(step="hearing") if unsure or reading.intent == Intent.HELLO:
            return _of_hearing(words)
        case Welcoming(step="speed") if unsure or reading.intent == Intent.QUESTION:
            return _of_speed(words)
        case Practising() if plain[:2] in (["ask", "me"], ["ask", "you"]):
            # The prompt itself, said after Limber.
            return _of_the_prompt(plain[2:])
        case _:
            return None


def _of_hearing(words: list[str]) -> Meant | None:
    badly = not _HARDLY.isdisjoint(words) or ("not" in words and not _ASKED_OF_HEARING.isdisjoint(words))
    if badly:
        return Meant(Intent.NO)
    well = not _HEARD.isdisjoint(words) and _BESIDE_HEARD.issuperset(words)
    return Meant(Intent.YES) if well else None


def _of_speed(words: list[str]) -> Meant | None:
    slower, faster = not _SLOWER.isdisjoint(words), not _FASTER.isdisjoint(words)
    if slower != faster and "not" not in words:
        return Meant(Intent.SPEAK_SLOWER if slower else Intent.SPEAK_FASTER)
    stays = not _AS_IT_IS.isdisjoint(words) and _BESIDE_AS_IT_IS.issuperset(words)
    return Meant(Intent.YES) if stays else None


def _of_the_prompt(words: list[str]) -> Meant | None:
    if words[:2] == ["how", "long"]:
        return Meant(Intent.HOW_LONG)
    return Meant(Intent.WHERE_AM_I) if words[:1] == ["where"] else None
