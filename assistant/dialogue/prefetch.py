"""Prefetch: predicts which lines Limber says next, so that the synthesiser renders them while idle.

The answer to a request then need not wait for its clips: the live table of docs/barge_in.md shows the delay
(`python -m benchmarks.barge_in --only live`).
"""

from typing import assert_never

from assistant import script
from assistant.coaching.body import fitted
from assistant.coaching.holds import place_plan
from assistant.coaching.introduction import Introduction
from assistant.coaching.outline import plan_line
from assistant.coaching.plan import Plan, Say, sounds
from assistant.coaching.practice import lesson_counts
from assistant.coaching.session import DEFAULT_ROUTINE, next_place, routine_session, session_at
from assistant.coaching.wording import worded
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
    Muted,
    Offering,
    Paused,
    Practising,
    Screening,
    Topic,
    WantsSession,
    Welcoming,
)
from assistant.dialogue.parts.telling import told_of
from assistant.dialogue.screening import first_advice, offer_of
from assistant.dialogue.state import Conversation, body_now, state_of
from assistant.guidance.schema import Guidance
from assistant.script import history_lines, safety_lines, starting_lines, stretching
from audio.score import Sound


def likely_sounds(conversation: Conversation, guidance: Guidance) -> tuple[Sound, ...]:
    """The sounds that Limber is likely to need next, the likeliest first."""
    guidance = conversation.own.added_to(guidance)
    plan = (*_next(conversation, guidance), *_anywhere(conversation))
    # A line with a placeholder is another sound once the placeholder is filled in.
    known = (item for item in plan if not (isinstance(item, Say) and "{" in item.text))
    return sounds(known, conversation.settings.usual_voice)


def _next(conversation: Conversation, guidance: Guidance) -> Plan:
    session, counting = conversation.session, conversation.settings.counting
    match conversation.mode:
        case Coaching() if session is not None:
            place = next_place(session)
            ends = _say(stretching.SESSION_DONE, stretching.BETTER_SAME_WORSE)
            after = place_plan(session_at(session, place), counting) if place is not None else ends
            return (*_say(script.LET_GO, script.SESSION_OVER, script.HURT), *after)
        case AskingSign(flag=flag, sign=sign):
            return _say(*guidance.advice_on(flag, sign))
        case Screening(wish=wish):
            if isinstance(wish, WantsSession):
                answer = _first(conversation, guidance, wish)
            else:
                answer = _say(offer_of(routine_session(guidance, DEFAULT_ROUTINE), guidance, conversation))
            return (*answer, *_say(guidance.screening.again, safety_lines.WHICH_SIGN))
        case Offering(session=offered, plan_told=told):
            wish = WantsSession(offered, told)
            return (*_say(guidance.screening.question), *_first(conversation, guidance, wish))
        case Paused() if session is not None:
            return _say(script.GOING_ON, session.part.again, script.SESSION_OVER)
        case Topic(key=key, said=said):
            return _say(*told_of(guidance, key)[said : said + 1], script.NO_MORE)
        case Idle() | Coaching() | Paused():
            return (
                *_say(first_advice(guidance), guidance.screening.question),
                *place_plan(routine_session(guidance, DEFAULT_ROUTINE), counting),
            )
        case AskingRating(wish=WantsSession() as wish):
            return _first(conversation, guidance, wish)
        case AskingRating():
            return _say(offer_of(routine_session(guidance, DEFAULT_ROUTINE), guidance, conversation))
        case AskingFelt():
            return _say(stretching.FELT_BETTER, stretching.FELT_SAME, guidance.professional_once)
        case (
            AfterHurt()
            | AskingAgreement()
            | AskingNumber()
            | AskingRoutine()
            | AskingWhen()
            | AskingHow()
            | AskingGoOn()
        ):
            return ()
        case AskingForget():
            return _say(history_lines.KEPT_ALL)
        case Welcoming():
            again = _say(starting_lines.HEARD_BETTER, starting_lines.LIKE_THIS, script.WHICH_NUMBER)
            return (*_say(*starting_lines.WELCOME_QUESTIONS.values()), *again, *_say(starting_lines.STOP_WORKS))
        case Practising(step=step):
            tried = _say(starting_lines.WAITS_FOR_YOU, script.GOING_ON, *starting_lines.LESSON_TRIES.values())
            return (*tried, *_say(starting_lines.LESSON_DONE), *lesson_counts(step))
        case Emergency() | Asleep() | Muted():
            return ()
        case _:
            assert_never(conversation.mode)


def _first(conversation: Conversation, guidance: Guidance, wish: WantsSession) -> Plan:
    """The plan of the first place of a session that is about to begin."""
    fit = fitted(wish.session, guidance, body_now(conversation))
    plan = None if wish.plan_told else plan_line(fit, guidance)
    opening = Introduction(plan, guidance.careful, begins=True)
    session = worded(fit.session, conversation.settings.verbosity, conversation.history)
    return place_plan(session, conversation.settings.counting, opening)


def _anywhere(conversation: Conversation) -> Plan:
    state = state_of(conversation)
    return _say(script.choices(state), script.help_in(state), *conversation.last_lines)


def _say(*lines: str) -> Plan:
    return tuple(Say(line) for line in lines if line)
