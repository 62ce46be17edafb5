"""The question for warning signs is passed by a clear no to all of it, and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.red_flags.screening_answer import MOST_WORDS, AnswerKind, is_clear_no, read_screening_answer

pytestmark = pytest.mark.unit

CLEAR = """
none of that applies to me thank you | none of these fit me | no nothing from this list | nah, don't have any of that
none of it is true for me | no I don't have such things | no, I've no such symptoms
negative on all counts | none here | zero of those
nah, I'm grand, none of that stuff | naw, nothing that you read out there | no to each one of those, I've looked
No. | Nope! | Nah. | None | none at all | No, none. | no, nothing | Nothing at all. | No, not one. | not a single one
none whatsoever
definitely none of these | absolutely none | no not a one | certainly none of those
Absolutely nothing like that. | not me no
no chest pain no fever nothing
None of these. | none of that | no none of that | No, none of those things. | none of it | none of the above, no
None of those symptoms.
nothing of the sort | No, nothing of that kind | nothing like any of that | no nothing like those | Nothing to report.
no symptoms at all
No problems at all. | no, no problems | no signs | I have none of these | I've got none of those
No, I've none of that. | i haven't got any of those
I don't have any of them. | no i don't have any of these things | I haven't any of that. | No, I do not. | no i'm not
No, there isn't. | no there's nothing
Definitely not. | Certainly not! | Of course not. | not at all | not in the least | No to all of it.
no to everything | no to each one | no to the lot
No to the whole lot. | all no | It's all no. | the answer is no | I said no. | that's a no | That is a clear no.
No, I'm fine. | no I feel well | No, all good. | no, everything is fine | Nope, I'm all right.
no, I am perfectly healthy | No, I'm okay thanks.
No, carry on. | no, let's start | Nope, go on then. | no, we can begin | No, you may start now.
none, so let's get going | No. Start please. | no, crack on
no, I'm ready | nope, ready to go | No, fire away. | nah, get on with it | No love. | no dear | Um, no. | er, nope
Well, no. | oh, none | No sir.
No, thankfully. | no, thank goodness | None, touch wood. | Luckily none. | no, I promise | honestly, none | No, no.
nope nope | No, none, no. | no never
No, only stiff. | no, just the usual cramp | No, just a knot. | nope, just sore | no not at all | No, absolutely not.
Happily, no. | I am glad to say no.
All right. No. None at all. | no to every one, here we go | okay, none, off you go
Not any of those. | no such thing | No such things, no. | I'm clear of all that. | i am free of all those | Negative.
neither, no | zero | nada
It's no for all. | a no for each of them | no from me | nope, all clear | clear on all counts
I have none of that, thank the Lord. | no, I do not have it | No ma'am. | negative on all | uh-uh | mm, no
no, nothing of the kind, satisfied? | none, for goodness' sake | no, woman, none | None of it, absolutely.
no, happy with that? | no, as I've told you already | none at all, hand on heart
No, it's just tight. | No, I only slept crooked. | nope, we are all fine | lord no | No, never better.
no I'm fit as a fiddle | None, aside from the usual ache. | no, nothing here | Haven't had any of those.
No, other than the stiffness, that's all.
no chest pain, none of that | No, no I haven't. | no warning signs | no, none of the things you mentioned
"""
"""What passes."""

SIGNS = """
chest: chest pains | yes, chest pain | My chest. | the chest one | a bit of pain in the chest | breathlessness
chest: I'm a bit breathless | No, but I'm short of breath.
chest: no fever, but my chest is sore | none, just a tight chest | No numbness. Chest feels heavy though.
chest: trouble breathing | no, only breathless on the stairs now
trauma: a fall last night | I did have a fall | yes a fall | the fall | No, but I fell over on Tuesday.
trauma: no chest pain, I just fell | an injury | I was in an accident
trauma: No, I tripped yesterday and fell. | no, I had a crash last week | nothing, except that I fell off a stool
trauma: none of those but I came off my bike yesterday
infection_cancer: a temperature | Yes, fever. | a fever, yes | a slight fever | no pain but a fever
infection_cancer: No, just a bit feverish. | I've had a temperature since Sunday
infection_cancer: no injury, only a fever | shivering a bit, that's all
stretch_warning: numb | Numbness, yes. | a bit numb | some tingling | No, only a numb thumb.
stretch_warning: no, just tingling in my toes | Nope, just a weak hand. | a weak arm
stretch_warning: No chest pain but some numbness. | none, only weak fingers | just dizzy | weak
cauda_equina: No, but both my legs are numb. | no, only my legs are numb | nothing except I can't pee
"""
"""What is answered as the sign that it names: by the flag."""

YES = """
Yes. | yeah | Yep. | yes, I do | I do. | I have. | Yes I have | all of these | both | two of those | some of them
one of them | a few of those | a bit of each
I'm afraid so. | yes to one | the last one | the first thing | Yes, no. | no, yes | Well, yes. | sometimes | yeah no
no, yeah | I think so | everything
yes please | Sure. | a little
"""
"""What says yes somewhere and names no sign."""

DENIED = """
no chest pains | No fever, no. | no numbness | no weakness at all | no breathlessness | I haven't fallen.
no injury here | not breathless | no falls
no fever, no numbness | I don't have a fever. | no accident | my chest is fine, no pain there
Neither fever nor chest pain.
"""
"""What denies one sign or another, and not all."""

UNCLEAR = """
no I don't have any strength | none on the left | don't have any idea | no such luck
I've looked | that stuff | stuff like that
not really | Not really, no. | no, not really | I don't think so. | no I don't think so | not that I know of
Not as far as I know. | none that I can think of
not yet | not now | no thank you, not now | no ta, not just now | no not now
Not today. | not usually | no, not usually | not always | not often | nothing serious
No, nothing serious. | nothing major | nothing new
nothing much | nothing unusual | Nothing bad. | hardly | maybe | perhaps not | probably not | possibly | no idea
I've no idea. | not sure | I'm not sure
who can say | I guess not | I suppose not | hopefully not | I hope not | I believe not | it depends | kind of
sort of | almost none | never | I'm fine | fine
I'm okay | all good | okay | I feel fine | I don't feel well | I don't feel too good | not feeling right | not too bad
not so bad | not great
What? | pardon | what was that | say again | come again | which ones | what do you mean | why do you ask | just start
Start. | go ahead | let's go
can we begin | get on with it | ready | I'm ready | no wait | No, hang on. | no, stop | No, go back. | no, louder
no what did you say | no need to ask
no comment | no clue | no problem | no rush | no more questions | no thanks | No thank you. | No way! | Oh no!
no, happy but sore | happy now | no, I told the doctor about it
No no no! | oh no no | ah no | Hm. | um
no but | no except | no apart from that | No, only my asthma. | no, but I'm pregnant | no, I meant the other one
no, the short routine | I said go
yeah yeah, get on with it | Yes yes, start already. | what do you mean by weakness | sorry, what's numbness
stop asking | don't know | I couldn't tell you | ask my wife | it's on the list | you know me | thanks | hello
banana | la la la | two | | ?!
both shoulders are what we have to do | the last one went better | I've got a new chair | some music first, then
both no, I suppose
"""
"""What is no clear answer: it does not pass, and names no sign."""


def answers(table: str) -> list[str]:
    return [text.strip() for line in table.strip().splitlines() for text in line.split(" | ")]


def signs() -> list[tuple[str, str]]:
    return [
        (line.partition(": ")[0], text.strip())
        for line in SIGNS.strip().splitlines()
        for text in line.partition(": ")[2].split(" | ")
    ]


def test_the_table_holds_at_least_220_answers() -> None:
    assert len({*map(str.lower, (*answers(CLEAR), *answers(YES), *answers(DENIED), *answers(UNCLEAR)))}) >= 220


@pytest.mark.parametrize("text", answers(CLEAR))
def test_a_clear_no_to_all_passes(text: str) -> None:
    assert read_screening_answer(text).kind is AnswerKind.CLEAR_NO


@pytest.mark.parametrize(("flag", "text"), signs())
def test_a_sign_that_is_named_is_the_answer(flag: str, text: str) -> None:
    answer = read_screening_answer(text)
    assert answer.kind is AnswerKind.SIGN
    assert answer.alarm is not None
    assert answer.alarm.slots["flag"] == flag


@pytest.mark.parametrize("text", answers(YES))
def test_a_yes_anywhere_is_a_yes(text: str) -> None:
    assert read_screening_answer(text).kind is AnswerKind.YES


@pytest.mark.parametrize("text", answers(DENIED))
def test_a_denial_of_one_sign_is_no_denial_of_all(text: str) -> None:
    assert read_screening_answer(text).kind is AnswerKind.ONE_DENIED


@pytest.mark.parametrize("text", answers(UNCLEAR))
def test_what_is_no_clear_answer_names_nothing_and_does_not_pass(text: str) -> None:
    answer = read_screening_answer(text)
    assert answer.kind in {AnswerKind.HEDGED, AnswerKind.OTHER}
    assert answer.alarm is None


def test_who_denies_every_sign_by_its_name_has_said_no_to_all() -> None:
    each = ["chest pain", "breathlessness", "fever", "numbness", "weakness", "falls or injuries"]
    assert read_screening_answer(", ".join(f"no {sign}" for sign in each)).kind is AnswerKind.CLEAR_NO
    assert read_screening_answer(", ".join(f"no {sign}" for sign in each[1:])).kind is AnswerKind.ONE_DENIED


@given(
    st.sampled_from(answers(CLEAR)),
    st.sampled_from(["but I fell today", "but my arm is numb", "though I have a fever"]),
)
def test_a_sign_said_after_a_no_takes_the_no_back(no: str, sign: str) -> None:
    answer = read_screening_answer(f"{no.rstrip('.!')} {sign}")
    assert answer.kind is AnswerKind.SIGN


@given(
    st.sampled_from(answers(CLEAR)),
    st.sampled_from(["maybe", "yes", "think", "really", "wait", "what", "yet", "usually"]),
)
def test_one_doubtful_word_takes_the_no_back(no: str, word: str) -> None:
    assert not is_clear_no(f"{no} {word}")
    assert not is_clear_no(f"{word} {no}")


def test_a_long_talk_is_no_clear_no() -> None:
    assert is_clear_no(" ".join(["none of those"] * ((MOST_WORDS - 1) // 3)))
    assert not is_clear_no(" ".join(["none of those"] * MOST_WORDS))


@pytest.mark.parametrize(
    "text", ["no just numb fingers", "nope only a numb hand", "no but my fingers are numb", "none just numb fingers"]
)
def test_a_no_with_an_exception_right_behind_it_is_that_sign(text: str) -> None:
    answer = read_screening_answer(text)
    assert answer.kind is AnswerKind.SIGN
    assert answer.alarm is not None
    assert answer.alarm.slots["flag"] == "stretch_warning"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("chest no, fever no", AnswerKind.ONE_DENIED),
        ("Chest pain? No. Fever? No.", AnswerKind.ONE_DENIED),
        ("chest pain no, breathlessness no, fever no, numbness no, weakness no, injury no", AnswerKind.CLEAR_NO),
        ("chest yes, fever no", AnswerKind.YES),
        ("I did fall, no", AnswerKind.SIGN),
        ("my chest hurts, no", AnswerKind.SIGN),
    ],
)
def test_a_no_may_follow_each_sign(text: str, kind: AnswerKind) -> None:
    assert read_screening_answer(text).kind is kind
