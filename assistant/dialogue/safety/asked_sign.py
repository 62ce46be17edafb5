"""The one question about a sign that may be harmless: asked, asked again, and what each answer to it does.

A clear "no" goes on to where the person was. "Yes", doubt and silence count as the red flag.
"""

from dataclasses import replace

from assistant import script
from assistant.dialogue.parts.announced import ThenCoach, ThenLetGo
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    AskingFelt,
    AskingForget,
    AskingGoOn,
    AskingHow,
    AskingNumber,
    AskingRating,
    AskingRoutine,
    AskingSign,
    AskingWhen,
    Asleep,
    Coaching,
    Emergency,
    Idle,
    Interrupted,
    Mode,
    Muted,
    Offering,
    Paused,
    Practising,
    Screening,
    Topic,
    Welcoming,
)
from assistant.dialogue.safety.danger import act_on_flag, report, still_there
from assistant.dialogue.state import in_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import answering, safety_lines, stretching
from assistant.states import State
from assistant.timeline.entries import RedFlagRaised
from intents.clauses.doubt import doubts, has_gone
from intents.text.normalize import words_of

STRETCH = "stretch_warning"
"""The red flag that warns of the stretch itself."""
HARMLESS_PLACES = frozenset({"back", "shoulder", "shoulders", "muscle", "muscles", "blade", "blades"})
"""Words for places where pain alone is what Limber is for; "only my back" denies the sign that was asked about."""
STAYING = ("numb", "tingling", "weak")
"""How the keys of signs begin that come with a stretch, and must have gone once it was let go of."""
ONLY_WORDS = frozenset({"only", "just"})
"""Words that confine an answer to such a place."""
BRIEF_PLACE = 5
"""Length in words up to which such a place is an answer to "or only in your back?"."""
DANGEROUS_PLACES = frozenset({"chest", "arm", "jaw", "both", "legs", "heart", "front"})
"""Words that let no such answer count as a denial."""


def ask_sign(builder: StepBuilder, flag: str, sign: str, text: str) -> None:
    """Ask about a sign. In a stretch session the hold ends first.

    `text`: the words that named the sign, for the timeline should it count.
    """
    report(builder, sign or flag)
    session, mode = builder.conversation.session, builder.conversation.mode
    question = builder.guidance.question_on(flag, sign)
    stretching = session is not None and in_session(builder.conversation)
    warned = stretching and (flag == STRETCH or sign.startswith(STAYING))
    asking = AskingSign(flag, sign, text, question, _back_of(mode), letting_go=warned)
    if stretching:
        builder.interrupt(ThenLetGo((script.LET_GO_NOW, question), asking))
    else:
        builder.say(question, mode=asking)


def _back_of(mode: Mode) -> Interrupted:
    match mode:
        case AskingSign(back=back) | Emergency(back=back):
            return back
        case Screening():
            return mode.whole
        case AskingGoOn(paused=paused):
            return paused
        case AskingHow() | AskingNumber() | AskingRoutine() | AskingFelt() | AskingWhen() | AskingForget():
            return Idle()
        case AskingRating():
            return Idle()  # the screening question comes first again
        case Welcoming() | Practising() | Paused(back=Practising()):
            return Idle()
        case Muted(back=Emergency(back=back)):
            return back
        case Idle() | Topic() | Coaching() | Offering() | AfterHurt() | Paused() | Asleep() | Muted():
            return mode
        case AskingAgreement():
            return mode


def sign_counts(builder: StepBuilder, mode: AskingSign, *, said: bool) -> None:
    """Take the sign for the red flag. `said`: the person said so; else doubt or silence did."""
    if mode.letting_go and not said:
        # It may have gone with the stretch: the advice, and the person decides how to go on.
        report(builder, mode.sign or mode.flag)
        builder.note(RedFlagRaised(mode.flag, mode.text))
        advice = builder.guidance.advice_on(STRETCH, mode.sign)
        builder.interrupt(ThenLetGo((*builder.filled(*advice), script.HURT_CHOICES)))
    elif mode.letting_go:
        report(builder, mode.sign or mode.flag)
        builder.note(RedFlagRaised(mode.flag, mode.text))
        still_there(builder, builder.guidance.sign_named(mode.flag, mode.sign))
    else:
        act_on_flag(builder, mode.flag, mode.sign, mode.text)


def sign_denied(builder: StepBuilder, mode: AskingSign) -> None:
    """Go on to where the person was, after a clear "no"."""
    session, back = builder.conversation.session, mode.back
    if mode.letting_go:
        builder.say(safety_lines.GOOD_CHOICES, mode=AfterHurt())
        return
    match back:
        case Coaching() if session is not None:
            builder.interrupt(ThenCoach(session, words=safety_lines.NO_SIGN))
        case Screening(question=question):
            builder.say(safety_lines.NO_SIGN, question, mode=back)
        case Offering():
            builder.say(safety_lines.NO_SIGN, stretching.BEGIN, mode=back)
        case AskingAgreement():
            builder.say(safety_lines.NO_SIGN, answering.HAS_ONE_AGREED, mode=back)
        case AfterHurt():
            builder.say(safety_lines.NO_SIGN, script.HURT_CHOICES, mode=back)
        case Paused():
            builder.say(safety_lines.NO_SIGN, script.choices(State.PAUSED), mode=back)
        case Muted():
            builder.say(safety_lines.NO_SIGN, script.MICROPHONE_CLOSED, mode=back)
        case Asleep():
            builder.say(safety_lines.NO_SIGN, mode=back)
        case _:
            builder.say(safety_lines.NO_SIGN, script.choices(State.IDLE), mode=Idle())


def sign_unclear(builder: StepBuilder, mode: AskingSign, text: str) -> None:
    """Take an answer that is no plain yes or no: "only my back" denies the sign, and doubt counts as the sign.

    What is neither is asked about once.
    """
    if answers_in_words(mode, text):
        sign_denied(builder, mode)
    elif mode.again or doubts(text):
        sign_counts(builder, mode, said=False)
    else:
        ask_sign_again(builder, mode, safety_lines.YES_OR_NO_FIRST)


def answers_in_words(mode: AskingSign, text: str) -> bool:
    """Whether words deny the sign without a "no": only the back; or it has gone, where that was asked."""
    words, asked = words_of(text), words_of(mode.question)
    confined = not ONLY_WORDS.isdisjoint(words) or ("back" in asked and len(words) <= BRIEF_PLACE)
    harmless = not HARMLESS_PLACES.isdisjoint(words) and DANGEROUS_PLACES.isdisjoint(words)
    return (confined and harmless) or ("still" in asked and has_gone(text))


def places_it(mode: AskingSign, text: str) -> bool:
    """Whether a brief answer names the place that the question warns of: "the chest", or "both"."""
    words = set(words_of(text))
    brief = len(words) <= BRIEF_PLACE and words.isdisjoint({"not", "no", "never"})
    return brief and not words.isdisjoint({"both"} | DANGEROUS_PLACES & set(words_of(mode.question)))


def ask_sign_again(builder: StepBuilder, mode: AskingSign, *before: str) -> None:
    """Ask the same question once more, after the lines `before`."""
    builder.say(*before, mode.question, mode=replace(mode, again=True))
