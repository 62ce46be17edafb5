"""The modes of a conversation: what goes on, and which question is open. Frozen data."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from assistant.coaching.plan import Plan
from assistant.coaching.session import Session
from assistant.guidance.schema import RoutineStep
from assistant.script.starting_lines import LessonStep, WelcomeStep
from assistant.timeline.entries import Cause
from audio.frames import Frame


@dataclass(frozen=True, slots=True)
class WantsHelp:
    """The person wants help: the first advice, and the offer of a routine."""

    advised: bool = False
    """Whether the first advice was given before the screening question."""


@dataclass(frozen=True, slots=True)
class WantsSession:
    """The person wants to begin a stretch session, or to resume one."""

    session: Session
    """That session, at its place."""
    plan_told: bool = False
    """Whether the plan was told with an offer."""


Wish: TypeAlias = WantsHelp | WantsSession
"""What the person wants that must wait for the answer to the screening question."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Limber is awake and nothing goes on."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Limber tells a topic of the guidance, a bite at a time."""

    key: str
    """Key of the topic."""
    said: int
    """Number of bites said so far."""


@dataclass(frozen=True, slots=True)
class Screening:
    """A screening question for warning signs is open; only a clear "no" leads on to stretching."""

    wish: Wish
    """What the person gets after a clear "no"."""
    question: str
    """The question as it was asked."""
    clears: bool = True
    """Whether that "no" clears the person for a session. False for the question about pain that spreads."""
    which: bool = False
    """Whether Limber has asked which of the signs it is, after a bare "yes"."""
    again: bool = False
    """Whether it asked that twice, after an unclear answer; the next unclear one counts as the flag."""

    denied: frozenset[str] = frozenset()
    """The signs that were denied one by one; only what is told to be missing depends on it."""

    @property
    def whole(self) -> "Screening":
        """The whole question, open anew."""
        return Screening(self.wish, self.question, self.clears, denied=self.denied)


@dataclass(frozen=True, slots=True)
class Coaching:
    """A stretch session goes on; `Session.phase` tells which part of it."""


@dataclass(frozen=True, slots=True)
class Paused:
    """Limber is paused, to be resumed."""

    back: "Talking"
    """The mode that resumes."""
    rest: Plan
    """What is left to be said; empty for a session, which keeps its own remainder."""
    cause: Cause = "voice"
    """What paused Limber; after a lost device Limber resumes by itself."""
    since: Frame = 0
    """Frame at which the pause began: after a long one more is told before Limber resumes."""


@dataclass(frozen=True, slots=True)
class AskingGoOn:
    """After a long pause Limber has asked whether to go on or to start over."""

    paused: Paused
    """The pause, which lasts until the person has chosen."""


@dataclass(frozen=True, slots=True)
class Offering:
    """The offer of a stretch session is open ("begin with neck turns?")."""

    session: Session
    """The session on offer."""
    plan_told: bool = True
    """Whether the offer told the plan."""


@dataclass(frozen=True, slots=True)
class AfterHurt:
    """A stretch hurt, and Limber has asked how to go on: gentler, skip, or finish."""


@dataclass(frozen=True, slots=True)
class AskingFelt:
    """A stretch session is over, and Limber has asked whether the back is better, the same, or worse."""

    as_number: bool = False
    """Whether it has asked for that as a number, since one was told before the session."""


@dataclass(frozen=True, slots=True)
class AskingRating:
    """After the screening question Limber has asked how the back is, as a number; the wish waits, whatever is told."""

    wish: Wish
    """What the person gets after any answer."""


@dataclass(frozen=True, slots=True)
class AskingAgreement:
    """Limber advised against exercises because of what the person has, and asked whether a professional agreed."""

    wish: Wish
    """What the person gets, after the screening question, if one did."""


@dataclass(frozen=True, slots=True)
class AskingNumber:
    """Limber has asked for the emergency number, or has read one back and asked whether it is right."""

    number: str | None = None
    """The number that was read back; None: none yet."""
    typed: bool = False
    """Whether the number is being typed digit by digit, so that the next digit belongs to the same number."""
    again: bool = False
    """Whether a number was refused once; after a second refusal Limber drops the question."""
    crisis: bool = False
    """Whether the number is that of a crisis line."""
    welcoming: bool = False
    """Whether it is a question of the welcome, which goes on after it."""


@dataclass(frozen=True, slots=True)
class Welcoming:
    """Limber welcomes somebody who is new to it, and asks one thing after the other."""

    step: WelcomeStep = "hearing"
    """The question that is open."""
    changed: int = 0
    """Number of times that the voice was changed for it, and it was asked again."""


@dataclass(frozen=True, slots=True)
class Practising:
    """Limber counts, and the person tries what can be said: a lesson in which nothing is stretched."""

    step: LessonStep = "pause"
    """What is to be tried."""
    ran_out: bool = False
    """Whether Limber has counted to the end meanwhile."""


@dataclass(frozen=True, slots=True)
class AskingRoutine:
    """Limber asks about a routine of the person's own: its movements, its name, or whether to delete it."""

    question: str = ""
    """The question as it was asked."""
    steps: tuple[RoutineStep, ...] = ()
    """The steps of the one that is being made; empty: its movements are asked for."""
    name: str | None = None
    """Its name; None: asked for."""
    deletes: str | None = None
    """Key of the one that is deleted after a clear "yes"; None: one is being made."""


@dataclass(frozen=True, slots=True)
class AskingWhen:
    """Limber has asked when it is to remind, or in which half of the day."""

    slots: tuple[tuple[str, str], ...]
    """The slots of the request so far."""
    question: str
    """The question as it was asked."""


@dataclass(frozen=True, slots=True)
class AskingForget:
    """Limber has asked whether to delete what it remembers; only a clear "yes" deletes it."""

    question: str
    """The question as it was asked: it names what goes."""
    today: bool
    """Whether only the sessions of today go, or all that is remembered of the person."""
    again: bool = False
    """Whether the question was asked again, after an unclear answer; after the next one all is kept."""


@dataclass(frozen=True, slots=True)
class AskingSign:
    """Limber asks about a sign that may be harmless; yes, silence or doubt counts as the red flag."""

    flag: str
    """Key of the red flag."""
    sign: str
    """Key of the sign; empty: not known."""
    text: str
    """The words that named it."""
    question: str
    """The question as it was asked."""
    back: "Interrupted"
    """The mode that goes on after a clear "no"."""
    again: bool = False
    """Whether the question was asked again, after an unclear answer; the next unclear one counts as the flag."""
    letting_go: bool = False
    """Whether the sign came in a hold: what goes on then is the choice of how to go on."""


@dataclass(frozen=True, slots=True)
class AskingHow:
    """After words of self-harm the person asked for exercise, and Limber has asked how they are."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """The person named a red flag or called for help; no exercise until the person says that it was a mistake."""

    advice: tuple[str, ...]
    """The lines of advice, for "repeat"; the number to call is filled in when they are said, for it may change."""
    back: "Interrupted" = Idle()
    """The mode that comes back after a false alarm."""
    session: Session | None = None
    """The stretch session that comes back with that mode, at its place."""
    asked: Literal["false alarm", "help coming", "number"] | None = None
    """What Limber said back; the first two wait for a "yes", a number for a "no". None: nothing."""
    way_out_told: bool = False
    """Whether Limber has said how a false alarm is taken back."""
    hushed: bool = False
    """Whether the person asked for silence, so that the number is not said again unasked."""


@dataclass(frozen=True, slots=True)
class Asleep:
    """Limber sleeps: only the wake phrase and red flags are valid."""


@dataclass(frozen=True, slots=True)
class Muted:
    """Limber was told to stop listening: only the wake phrase, stop, pause, help and red flags are valid."""

    back: "Talking | Emergency"
    """The mode before; a stretch session waits, interrupted."""


Talking: TypeAlias = (
    Idle
    | Topic
    | Screening
    | Coaching
    | Offering
    | AfterHurt
    | AskingAgreement
    | AskingFelt
    | AskingRating
    | AskingNumber
    | Welcoming
    | Practising
    | AskingRoutine
    | AskingForget
    | AskingSign
    | AskingHow
    | AskingGoOn
    | AskingWhen
)
"""The modes that can be paused and resumed."""
Interrupted: TypeAlias = Talking | Paused | Asleep | Muted
"""The modes that come back after a false alarm."""
Mode: TypeAlias = Talking | Paused | Emergency | Asleep | Muted
"""What goes on in a conversation. Each mode belongs to a `State`: `state_of`."""


def after_false_alarm(mode: Mode, session: Session | None, now: Frame) -> tuple[Interrupted, Session | None]:
    """The mode that comes back after a false alarm at frame `now`, and its stretch session, which waits."""
    if isinstance(mode, AskingSign):
        mode = mode.back
    match mode:
        case Coaching():
            return Paused(mode, (), since=now), session
        case AskingGoOn(paused=paused):
            return paused, session
        case Emergency(back=back, session=kept) | Muted(back=Emergency(back=back, session=kept)):
            return back, kept
        case AskingSign() | AskingNumber() | AskingRoutine() | AskingWhen() | AskingForget():
            return Idle(), session
        case AskingHow() | AskingFelt() | AskingRating() | Welcoming() | Practising() | Paused(back=Practising()):
            return Idle(), session
        case (
            Idle()
            | Topic()
            | Screening()
            | Offering()
            | AskingAgreement()
            | AfterHurt()
            | Paused()
            | Asleep()
            | Muted()
        ):
            return mode, session
        case _:
            assert_never(mode)
