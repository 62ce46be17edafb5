"""Lines about danger, about questions that stay unanswered, and about what Limber cannot do."""

from collections.abc import Sequence

# In an emergency: how it is left, and what is said back before it is.
WRONG_ALARM = "If it was a mistake, say false alarm."
FINE_ASKED = "You are fine, and it was a false alarm?"
MISTAKE_ASKED = "Was it a mistake?"
COMING_ASKED = "Help is on its way to you?"
TELL_ME_COMING = "Tell me when help is on its way."
CALL_ALL_THE_SAME = "Call {emergency} all the same."
NOT_NOW = "No stretching now."
# The number to call, where none is known, and where the one that was set may not hold.
CALL_ABROAD = "The number is 1 1 2 in most countries, from any mobile. In America it is 9 1 1, in Britain 9 9 9."
CALL_ELSEWHERE = "Elsewhere, 1 1 2 works in most countries, from any mobile."
SAY_DIGITS = "Say its digits."
HELP_COMES = "Good. I am quiet now, and I listen."
REST_UNTIL_HELP = "Rest until help is there."
NOT_WHILE_HELP_COMES = f"Not now. {REST_UNTIL_HELP}"
GLAD = "All right. I am here if you need me."
WHERE_WE_WERE = "All right, back to where we were."
# After an urgent sign.
DOCTOR_FIRST = "Not today. See a doctor first. If it was a mistake, say so."
# Stands where a line would offer exercise.
DOCTOR_TODAY = "See a doctor today, and no stretching until then."
# Answers that the sign has gone, or was nothing much: only a mistake takes it back.
FINE_NOW = "Good. No stretching today, unless it was a mistake."
A_MISTAKE = "All right, a mistake."
MISTAKE = f"{A_MISTAKE} Say start stretching when you want to."
# Answers a complaint that it has not got better, where nothing else was reported.
STILL_BAD = "If it does not ease, ask a doctor or physical therapist about it."
# About a sign that may be harmless.
YES_OR_NO_FIRST = "I need a yes or a no first."
NO_SIGN = "All right, then not that."
GOOD = "Good."
# Stands in the advice for the sign, where only pain was spoken of.
PAIN_THAT_STAYS = "pain that stays"
GOOD_CHOICES = "Good. Say go on, skip it, or finish."
# Advice on a sign of somebody else that is no emergency.
DOCTOR_FOR_THEM = "They should see a doctor today. If it is sudden, or gets worse, call {emergency}."
# After words of self-harm, when exercise is asked for.
HOW_ARE_YOU = "First, how are you now? Are you all right?"
THANKS_FOR_TELLING = "Thank you for telling me. I am here."
# After words of self-harm: where a line would offer exercise, and in answer to what was not understood.
NOT_ALONE = "I am here, and you need not be alone with this."
I_LISTEN = "I am here. Call {emergency} if you might hurt yourself."
# What it cannot do, beside what was understood.
CANNOT_DO = "I can't do that."
CANNOT_CALL = "I can't make calls."
# After a bare "yes" to the screening question; and what it was not answered about.
WHICH_SIGN = "Which one: chest pain, breath, fever, numbness, weakness, or a fall?"
NO_ANSWER = "Then we do not stretch now. Say start stretching when you want to."
# Before a "no" to the screening question.
NEED_A_NO = "I need a no first."
# After a long pause.
GO_ON_OR_OVER = "Shall we go on, or start over?"
# Asked again after some seconds of silence, shorter; then how to go on, after which Limber rests.
STILL_ASKED = "Yes, or no?"
SHALL_WE = "Shall we?"
HOW_NOW = "Are you all right?"
ON_OR_OVER = "Go on, or start over?"
ANY_MORE = "Any more?"
ANSWER_ANY_TIME = "Say yes or no when you are ready. I wait."
START_ANY_TIME = "Say start stretching when you want to."
CHOOSE_ANY_TIME = "Take your time. Say gentler, skip it, or finish."
MORE_ANY_TIME = "Say more when you want the rest."
NUMBER_ANY_TIME = "Say change my emergency number when you want to."
GO_ON_ANY_TIME = "Say go on, or start over, when you are ready."


def call_it(digits: str) -> str:
    """Say a number back that was told in an emergency; `digits`: in words."""
    return f"{digits[0].upper()}{digits[1:]}. Call it now."


def at_once(sign: str, *, after: bool, others: bool) -> str:
    """Say that what was named (`sign`) needs help now. `after`: it is past, as a fall; `others`: it is another's."""
    return f"{'After' if after else 'With'} {sign}, {'they need' if others else 'you need'} help at once."


def not_yet_denied(signs: Sequence[str]) -> str:
    """Tell which signs of the screening question were not denied yet, before it is asked again in short."""
    *others, last = signs
    return f"And {', '.join(others)} or {last}?" if others else f"And {last}?"


def cannot(text: str) -> str:
    """Answer a request, among others, for what Limber cannot do; `text`: its words."""
    calls = {"call", "phone", "ring", "dial", "telephone"}
    return CANNOT_CALL if calls & set(text.lower().split()) else CANNOT_DO
