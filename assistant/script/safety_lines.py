"""Lines about danger, about questions that stay unanswered, and about what Limber cannot do."""

# In an emergency: how it is left, and what is said back before it is.
WRONG_ALARM = "If it was a mistake, say false alarm."
FINE_ASKED = "You are fine, and it was a false alarm?"
COMING_ASKED = "Help is on its way to you?"
HELP_COMES = "Good. I am quiet now, and I listen."
NOT_WHILE_HELP_COMES = "Not now. Rest until help is there."
GLAD = "All right. I am here if you need me."
WHERE_WE_WERE = "All right, back to where we were."
# After an urgent sign.
DOCTOR_FIRST = "Not today. See a doctor first. If it was a mistake, say so."
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
# After words of self-harm, when exercise is asked for.
HOW_ARE_YOU = "First, how are you now? Are you all right?"
THANKS_FOR_TELLING = "Thank you for telling me. I am here."
# What it cannot do, beside what was understood.
CANNOT_DO = "I can't do that."
CANNOT_CALL = "I can't make calls."
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


def cannot(text: str) -> str:
    """Answer a request, among others, for what Limber cannot do; `text`: its words."""
    calls = {"call", "phone", "ring", "dial", "telephone"}
    return CANNOT_CALL if calls & set(text.lower().split()) else CANNOT_DO
