"""Words of danger in a frame that takes the danger away, beside words in which it stands."""

import pytest

from intents.model import Intent
from intents.red_flags.alarm import find_alarm
from intents.red_flags.detect import tells_of_others

pytestmark = pytest.mark.unit

NONE = """
on television: the keeper's down holding his head but he waves the physio away
on television: In that book the hero can't feel his legs.
of others, and over: my boss had chest pains last month he's fine
of others, and over: my brother in law had chest pain in spring turned out to be nothing
supposed: suppose i got dizzy what then | what would you do if i fainted | would you know if i collapsed
supposed: if i did get chest pain who would i ring | does a fever matter with back pain | would a fever matter
figures of speech: that was a shot in the arm for the team | I'm torn between the blue and the green
figures of speech: i fell head over heels
figures of speech: my legs were like jelly before the interview | i lost my balance sheet at work
figures of speech: i overdosed on box sets
meant: i'm down half a stone on my diet like i planned | i've been cutting out sugar and dropped a few pounds on target
in bed: I'm lying in bed and I'm not getting up for anybody | i'm lying in bed and i'm staying put
denied of each: neither of my legs is weak | neither hand is numb | my legs aren't weak either of them
long over: I had a heart attack in 2014. | I broke my wrist in 1996 | my stroke was nine years ago and I'm fine
on television: In the series she gets shot and can't move her legs. | the bloke in the film clutched his chest
drinks and shops: I drink petrol station coffee | he got a bottle of bleach at the shop | I ate under the apple tree
of animals: the neighbour's cat ate a whole strip of tablets last spring
figures of speech: my manager stabbed me in the back at the meeting | I go weak at the knees when he sings
figures of speech: neither here nor there | my head's spinning from all these forms | he hit the roof about the bill
meant: I've lost a lot of weight at the slimming club, on purpose
everyday: I'm roasting in this cardigan | my bladder's full, back in a tick | the lid on that side won't budge
complaints: a knot the size of a plum under my shoulder blade | my neck won't turn to the left side today
complaints: the spasm grabs me whenever I reach for the kettle
complaints: and it's worse after I've been sat at the sewing machine | this hurts worse after knitting
tablets taken rightly: I took ibuprofen already and it still bloody hurts | i take blood thinning tablets since my clot
everyday: the only chair is on wheels and slides all over
long over: I've only got the one arm, I lost the left one down the pit | I lost my leg in the war
questions: is dizziness usual when I am on my back | should I be worried if I put on weight
conditions: my kidneys are poor, may I have naproxen
tired: I can't tilt my head to the left, it just won't go
help to do something: help me breathe slowly | can you help me out with this one
asleep: I nearly fell asleep in that one
"""
"""By frame."""

STANDS = """
cauda_equina: legs like lead, both, can't get up | neither leg will move | In bed this morning I couldn't feel my legs
chest: none of those, well, maybe a little trouble breathing | My breathing's not right today
chest: I was watching telly and my chest went tight
overdose: sixteen paracetamol since last night | a dozen ibuprofen since breakfast
stretch_warning: it's all dead from the elbow down | Weakness in my arms since yesterday | everything's gone sparkly
infection_cancer: lost two stone without dieting
trauma: i should have said before i went over in the garden on sunday
chest: somebody said it's nothing but my chest is tight | My watch says 160 and I can't get my breath.
infection_cancer: my neck is so stiff I can't get my chin down and the lamp hurts my eyes
infection_cancer: I've lost two stone and I haven't been dieting
stroke: for ten minutes yesterday I couldn't lift my arm at all | I am seeing double
stretch_warning: my arm's falling asleep | there's no feeling in this hand | I fainted on Monday
trauma: somebody hit me with a bottle
overdose: bloody stools since the tablets
overdose: she drank antifreeze | the baby has drunk toilet cleaner | he got into the weedkiller
cord: I can't do my sewing any more, my fingers are clumsy
"""
"""By flag."""


def lines(table: str) -> list[tuple[str, str]]:
    parted = (line.partition(": ") for line in table.strip().splitlines())
    return [(name, text) for name, _, texts in parted for text in texts.split(" | ")]


@pytest.mark.parametrize(("frame", "text"), lines(NONE))
def test_in_such_a_frame_it_is_no_alarm(frame: str, text: str) -> None:
    assert find_alarm(text) is None, frame


@pytest.mark.parametrize(("flag", "text"), lines(STANDS))
def test_beside_it_the_danger_stands(flag: str, text: str) -> None:
    alarm = find_alarm(text)
    assert alarm is not None
    assert alarm.slots["flag"] == flag


@pytest.mark.parametrize(
    "text",
    [
        "My brother's just keeled over!",
        "my wife fell down and she doesn't answer",
        "I'm five months pregnant and bleeding",
        "help me, I can't get up",
    ],
)
def test_who_is_in_danger_here_and_now_is_a_call_for_help(text: str) -> None:
    alarm = find_alarm(text)
    assert alarm is not None
    assert alarm.intent is Intent.CALL_FOR_HELP


@pytest.mark.parametrize(
    ("text", "sign", "grade"),
    [
        ("it hurts when I take a deep breath", "breathing_pain", "unsure"),
        ("my chest hurts when I breathe in", "chest_pain", "emergency"),
        ("I can't breathe and it hurts to breathe", "breathless", "emergency"),
        ("a fever, and a neck too stiff to bend", "stiff_neck_fever", "emergency"),
        ("I coughed up blood, and my chest hurts", "cough_blood", "emergency"),
        ("my pony threw me", "blow", "urgent"),
    ],
)
def test_a_sign_has_its_name_and_grade(text: str, sign: str, grade: str) -> None:
    alarm = find_alarm(text)
    assert alarm is not None
    assert (alarm.slots["sign"], alarm.slots["grade"]) == (sign, grade)


@pytest.mark.parametrize("text", ["my sister is expecting, not me", "my husband can't stand for long"])
def test_what_a_relative_has_is_told_of_others(text: str) -> None:
    assert tells_of_others(text)


@pytest.mark.parametrize("text", ["I'm pregnant, my sister says", "my wife is pregnant, can she do these"])
def test_what_concerns_who_stretches_is_not(text: str) -> None:
    assert not tells_of_others(text)


@pytest.mark.parametrize(
    "text",
    [
        "i've thought about how i'd do it",
        "i've got the pills lined up here and i don't see why not",
        "I've written the letters to the kids, so they understand.",
        "Can't see a reason to carry on any more",
        "everyone'd be better off if i wasn't around",
    ],
)
def test_thoughts_of_death_that_are_hinted_at_are_heard(text: str) -> None:
    alarm = find_alarm(text)
    assert alarm is not None
    assert alarm.intent == Intent.SELF_HARM


@pytest.mark.parametrize(
    "text",
    ["my tablets are lined up for the week", "I've written a letter to the council", "what's the point of this one"],
)
def test_harmless_talk_of_the_same_things_is_none(text: str) -> None:
    assert find_alarm(text) is None
