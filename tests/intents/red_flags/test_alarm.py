"""Alarms: which sign is named, how grave it is, what takes it back, and that each tells its cause."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.model import Intent
from intents.red_flags.alarm import OVERHEARD, SPOKEN_WITH, Alarm, find_alarm, named_sign
from intents.red_flags.signs import Grade

pytestmark = pytest.mark.unit

EMERGENCY = """
chest chest_pain: There's a nasty pain across my chest. | my chest has started hurting
chest chest_pain: Dad's got a pain in the chest.
chest chest_tight: a heavy weight on my chest | It's as if a strap was pulled tight round my chest.
chest breathless: I can't get a proper breath. | he's fighting for breath here
chest arm_or_jaw_pain: the pain's shooting down my left arm into the hand
tearing tearing: I felt a rip between the shoulder blades. | it tore right down my spine
stroke speech: suddenly I'm slurring everything | My husband can't get his words out!
stroke vision: I see everything double. | I've lost the sight in my left eye
stroke face: the corner of my mouth is drooping | Her face has dropped on the right.
stroke headache: It's the worst headache I have ever had.
stroke one_side: the whole of my right side has gone numb
stroke weak_arm: my arm is tingly and weak as water
cauda_equina numb_legs: Both feet and legs feel numb. | I cannot feel either of my legs
cauda_equina numb_saddle: My backside has gone completely numb. | there's no feeling between my legs
cauda_equina bladder: I haven't managed to pee since breakfast. | I wet myself just now
overdose too_many: I've swallowed far too many tablets. | I took the entire box of paracetamol
overdose black_stool: my stools have turned black
overdose vomit_blood: I've just vomited blood
allergy swelling: My tongue's swelling up since that pill. | her lips are all swollen
allergy hives: I'm covered in hives.
trauma fall: I fell off the roof half an hour ago. | I've just fallen down the stairs
trauma crash: a lorry hit my car this morning
trauma head_injury: I banged my head really hard
"""
"""By flag and sign."""

URGENT = """
cord clumsy: I keep dropping my cutlery these days. | doing up buttons is getting harder, my fingers are clumsy
cord walking: my walking gets more and more unsteady
infection_cancer fever: I've been running a temperature. | I feel feverish
infection_cancer weight_loss: I've lost two stone without trying.
infection_cancer lump: I've noticed a lump next to my shoulder blade
infection_cancer night_pain: The pain wakes me up every single night.
trauma fall: I fell over a fortnight ago and it's hurt since. | no, but I did fall last Thursday
stretch_warning fainted: I fainted on Tuesday.
"""

UNSURE = """
chest chest_odd: my chest feels slightly strange
stretch_warning numb_hand: My fingers are going numb. | I've no feeling in my thumb | I can hardly feel my right hand.
stretch_warning numb_arm: my left arm's gone to sleep | I do not feel my arm any longer
stretch_warning numb_arm: There's no sensation in my arm.
stretch_warning numb_leg: my foot has gone numb
stretch_warning tingling_hand: a tingling in my fingertips | my hand is prickling
stretch_warning tingling_arm: tingles all down my arm
stretch_warning dizzy: I've come over dizzy. | that makes me a little light headed
stretch_warning faint: I'm about to pass out! | I can see stars
stretch_warning sharp: ow, a sharp one in my neck
"""

CONDITIONS = """
osteoporosis: I have osteoporosis. | the scan said my bones are brittle
cancer: I had bowel cancer six years back. | I've had cancer
steroids: I've been on steroids since spring.
immune: my immune system is weak
under_20: I'm seventeen and my back aches.
over_50: I'm sixty six and I never had back pain before
"""

CALLS = """
Get me an ambulance! | Please would somebody ring an ambulance | ring 999 for me | dial nine one one | Call 112 now!
this is a real emergency
Help me, help me! | somebody please help | I need help right now | please, someone help us
my neighbour has collapsed | She's stopped breathing.
grandma isn't breathing | my partner is unconscious | he won't wake up! | I think I am dying | oh god I'm dying
I can't get up off the carpet
He's having a fit. | there is no pulse | my little boy is choking | she bleeding very much, please to call ambulance
stop stop, call an ambulance
"""

SELF_HARM = """
I want to kill myself. | I'm going to end my life | I don't want to live any longer | I wish I were dead
they'd be better off without me
I've been cutting myself again | I feel suicidal tonight | I can't stop thinking about suicide
I'd rather be dead than hurt like this
there's nothing left to live for | I want to hurt myself | my chest hurts and I want to die, I mean it
I no want live more
"""

NO_ALARM = """
I've got a really bad cramp under the shoulder blade. | my neck is stiff as anything | It has hurt for three days.
it's worse once I've sat
There's pain between my shoulder blades when I wake up. | it still hurts | This isn't helping. | my back is killing me
I already took ibuprofen
A big knot, right here. | my shoulders are sore from the gym | Nothing I do gets rid of this ache.
it aches more in the evening | ouch, that's tender
When is it an emergency? | which signs should I worry about | what does a stroke feel like
when ought I to call an ambulance
What's the emergency number? | don't call an ambulance | There's no emergency here. | help
Help me with the neck tilts. | can you help with my posture
This stretch is killing me. | I could murder a pint | I'm dying for a cuppa | I nearly died laughing | it's to die for
hit me with the next one
they found her unconscious in last night's episode | In the film he can't breathe.
the man on the radio had a heart attack
No chest pain. | I'm not dizzy at all | my arms aren't numb | There's no tingling. | I haven't fallen
no fever, no lumps, no numbness
When I was twenty I broke my back. | I had chest pain last year. | I fell out of a tree as a boy
years ago I had a fever for weeks
My mum has osteoporosis. | my gran had a stroke ten years ago | I don't feel it | I don't feel anything
I don't feel much of a stretch
mumble mumble | blah blah | wibble | I can't raise my arms above my shoulders
I can't turn my head left, it's too stiff | lift my arm and hold
"""


def labelled(table: str) -> list[tuple[str, str]]:
    return [
        (label, text.strip())
        for label, _, texts in (line.partition(": ") for line in table.strip().splitlines())
        for text in texts.split(" | ")
    ]


def texts_of(table: str) -> list[str]:
    return [text.strip() for line in table.strip().splitlines() for text in line.split(" | ")]


def alarm_in(text: str) -> Alarm:
    alarm = find_alarm(text)
    assert alarm is not None, text
    return alarm


@pytest.mark.parametrize(
    ("grade", "label", "text"),
    [
        (grade, label, text)
        for grade, table in ((Grade.EMERGENCY, EMERGENCY), (Grade.URGENT, URGENT), (Grade.UNSURE, UNSURE))
        for label, text in labelled(table)
    ],
)
def test_a_sign_is_named_and_graded(grade: Grade, label: str, text: str) -> None:
    alarm = alarm_in(text)
    assert (f"{alarm.slots['flag']} {alarm.slots['sign']}", alarm.slots["grade"]) == (label, grade)
    assert alarm.intent is Intent.RED_FLAG
    assert "condition" not in alarm.slots


SPREADING = """
It's spreading into my shoulder. | the ache creeps up my neck | this pain wraps around my ribs
this cramp runs into my neck
"""


@pytest.mark.parametrize("text", texts_of(SPREADING))
def test_pain_that_spreads_as_a_cramp_does_is_asked_about(text: str) -> None:
    assert alarm_in(text).intent is Intent.RADIATES
    assert alarm_in(text).slots == {"flag": "chest", "grade": "unsure", "sign": "spreading_pain"}


@pytest.mark.parametrize("text", ["the pain's spreading into my jaw", "the numbness goes into my shoulder"])
def test_what_spreads_further_is_the_flag_itself(text: str) -> None:
    assert alarm_in(text).intent is Intent.RED_FLAG


@pytest.mark.parametrize(
    "text", ["i don't feel my elbow", "my wrist has no feeling", "I can't feel anything in my thumbs"]
)
def test_what_is_said_plainly_needs_no_classifier(text: str) -> None:
    assert alarm_in(text).slots["flag"] == "stretch_warning"


@pytest.mark.parametrize(("condition", "text"), labelled(CONDITIONS))
def test_an_illness_or_age_alone_is_told_as_a_condition(condition: str, text: str) -> None:
    assert alarm_in(text).slots["condition"] == condition


@pytest.mark.parametrize("text", texts_of(CALLS))
def test_a_call_for_help_is_found(text: str) -> None:
    assert alarm_in(text).intent is Intent.CALL_FOR_HELP
    assert alarm_in(text).grade is Grade.EMERGENCY


@pytest.mark.parametrize("text", texts_of(SELF_HARM))
def test_words_of_self_harm_are_found(text: str) -> None:
    assert alarm_in(text).intent is Intent.SELF_HARM


@pytest.mark.parametrize("text", texts_of(NO_ALARM))
def test_no_alarm_where_none_is_meant(text: str) -> None:
    assert find_alarm(text) is None


@pytest.mark.parametrize(
    ("text", "flag", "grade"),
    [
        ("I've had a fever for a week and now my chest is being crushed.", "chest", "emergency"),
        ("my fingers tingle and I can't speak properly", "stroke", "emergency"),
        ("I'm dizzy. And both my legs are numb.", "cauda_equina", "emergency"),
        ("I fell years ago, but today my face is drooping", "stroke", "emergency"),
        ("no chest pain but I fell off my bike last week", "trauma", "urgent"),
        ("When is it an emergency? My arm has gone numb.", "stretch_warning", "unsure"),
        ("I had chest pain last year, and now my hand is numb", "stretch_warning", "unsure"),
    ],
)
def test_the_gravest_of_all_that_is_heard_counts(text: str, flag: str, grade: str) -> None:
    assert (alarm_in(text).slots["flag"], alarm_in(text).slots["grade"]) == (flag, grade)


SYMPTOMS = ("chest pain", "numbness in my arm", "fever", "dizziness", "tingling", "a lump", "trouble breathing")


@given(
    st.sampled_from(SYMPTOMS), st.sampled_from(["no {}", "I haven't got any {}", "there isn't any {}", "no {} at all"])
)
def test_a_denied_sign_is_none(symptom: str, denial: str) -> None:
    assert find_alarm(denial.format(symptom.removeprefix("a "))) is None


@given(
    st.sampled_from(["no chest pain", "I'm not dizzy", "no fever", "I haven't fallen", "it's nothing"]),
    st.sampled_from(["my legs are numb", "I can't breathe", "my hand is tingling", "I've taken too many pills"]),
    st.sampled_from([" but {}", ". {}.", ", {}"]),
)
def test_a_sign_said_after_a_denial_stands(denial: str, sign: str, join: str) -> None:
    assert alarm_in(denial + join.format(sign)).slots["flag"] == alarm_in(sign).slots["flag"]


@pytest.mark.parametrize(
    "sign", ["numbness", "a temperature", "the fall", "weak", "breathlessness", "tingling", "chest"]
)
def test_one_word_in_answer_names_a_sign(sign: str) -> None:
    named = named_sign(sign)
    assert named is not None
    assert named.intent is Intent.RED_FLAG


@pytest.mark.parametrize("text", ["no numbness", "not the chest", "nothing", "", "carry on"])
def test_what_is_denied_or_absent_names_none(text: str) -> None:
    assert named_sign(text) is None


def test_an_alarm_tells_its_cause() -> None:
    why = " ".join(alarm_in("there is no feeling in this arm").why)
    assert "'no feeling in this arm'" in why
    assert "not taken back" in why
    assert "probability" in why
    assert "ambulance" in " ".join(alarm_in("call an ambulance now").why)


@pytest.mark.parametrize("text", ["my chest hurts", "call an ambulance", "I want to kill myself"])
def test_asleep_still_hears_what_is_said_outright(text: str) -> None:
    assert find_alarm(text, OVERHEARD) is not None


def test_asleep_more_is_asked_than_awake() -> None:
    for asleep, awake in zip(astuple(OVERHEARD), astuple(SPOKEN_WITH), strict=True):
        assert asleep > awake
