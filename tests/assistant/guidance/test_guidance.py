"""The guidance says everything it must, in words for the ear."""

import re
import tomllib
from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from assistant.guidance.loader import load_guidance
from assistant.guidance.schema import EMERGENCY, Movement
from benchmarks.rig.places import SHARED
from intents.language import EN

pytestmark = pytest.mark.unit

GUIDANCE = load_guidance()

REQUESTS = (
    ["overview", "what_helps", "causes", "prevention", "see_professional", "painkillers"]
    + [f"measure.{name}" for name in ("rest", "heat", "stretching", "analgesics")]
    + [f"cause.{name}" for name in ("imbalance", "overuse", "injury", "dehydration", "stress", "conditions")]
    + [f"strategy.{name}" for name in ("ergonomics", "strengthening", "flexibility", "stress_management")]
    + [f"strategy.{name}" for name in ("hydration_nutrition", "professional")]
)
"""The topics that the intents and their slots lead to."""

NAMED_BY_SOURCE = {
    "involuntary": "Involuntary contractions",
    "discomfort": "discomfort",
    "stiffness": "stiffness",
    "range_of_motion": "limited range of motion",
    "localized": "often localized",
    "radiates_shoulders": "radiate to the shoulders",
    "radiates_neck": "radiate to the shoulders, neck",
    "radiates_ribs": "radiate to the shoulders, neck, or ribs",
    "poor_posture": "Poor posture",
    "weak_core": "muscle weakness in supporting muscle groups (core",
    "weak_shoulder_stabilizers": "shoulder stabilizers)",
    "repetitive_movements": "repetitive movements",
    "repeated_lifting": "repetitive lifting",
    "computer_use": "prolonged computer use",
    "hard_exercise": "strenuous exercise",
    "fatigue": "muscle fatigue",
    "whiplash": "whiplash",
    "direct_impact": "direct impact",
    "too_little_fluid": "Insufficient fluid intake",
    "electrolytes": "deficiencies in electrolytes",
    "potassium": "potassium",
    "magnesium": "magnesium",
    "calcium": "calcium",
    "stress_tightens_back_and_neck": "muscle tension and spasms in the upper back and neck",
    "conditions_are_rare": "Rarely",
    "fibromyalgia": "fibromyalgia",
    "spinal_stenosis": "spinal stenosis",
    "disc_herniation": "disc herniation",
    "rest": "Rest: ",
    "avoid_what_makes_it_worse": "Avoid activities that exacerbate",
    "recover": "allow the affected muscles to recover",
    "heat_pack": "heat packs",
    "warm_shower": "warm showers",
    "heat_relaxes": "relax the muscles",
    "blood_flow": "increase blood flow",
    "slow_controlled": "slow, controlled stretches",
    "eases_tension": "alleviate muscle tension",
    "improves_flexibility": "improve flexibility",
    "neck_rotations": "neck rotations",
    "shoulder_rolls": "shoulder rolls",
    "thoracic_extension": "thoracic extension",
    "never_forced": "Avoid forceful",
    "never_jerky": "jerky movements",
    "ibuprofen": "ibuprofen",
    "naproxen": "naproxen",
    "follow_the_packet": "Follow dosage instructions",
    "workstation": "proper workstation setup",
    "chair_height": "chair height",
    "monitor": "monitor placement",
    "keyboard": "keyboard positioning",
    "less_strain": "minimize strain on the upper back",
    "core": "strengthening the core muscles",
    "shoulder_stabilizers": "shoulder stabilizers (e.g.",
    "rhomboids": "rhomboids",
    "trapezius": "trapezius",
    "back_extensors": "back extensors",
    "improves_posture": "improve posture",
    "supports_spine": "support the spine",
    "regular_stretching": "Regularly perform stretching",
    "stays_flexible": "maintain muscle flexibility",
    "keeps_range_of_motion": "and range of motion",
    "yoga": "yoga",
    "meditation": "meditation",
    "deep_breathing": "deep breathing",
    "less_tension": "minimize muscle tension",
    "drink_enough": "adequate fluid intake",
    "balanced_diet": "balanced diet",
    "nutrients": "essential nutrients",
    "persists": "persists",
    "worsens": "worsens",
    "evaluation": "thorough evaluation",
    "personal_plan": "personalized treatment plan",
    "physical_therapy": "physical therapy",
    "massage": "massage therapy",
    "other_treatment": "other interventions",
}
"""Fact id to the words of the source."""

LIMITS = """
rest_a_day_at_most short_walks change_position heat_minutes heat_several_times heat_cloth heat_never_asleep
heat_numb_skin heat_open_wound never_both no_aspirin lowest_dose shortest_time ten_days food_or_milk ask_first
ask_sixty ask_ulcer ask_blood_thinner ask_steroid ask_diuretic ask_asthma ask_blood_pressure ask_stroke ask_heart
ask_kidney ask_liver not_in_pregnancy not_after_allergy not_around_heart_surgery new_pain_call
""".split()
"""What makes the comfort measures safe; the source leaves it open."""

DOSES = {
    "neck_rotation": (15, 2, 5, 60, 5),
    "shoulder_rolls": (4, 5, 3, 8, 10),
    "thoracic_extension": (5, 5, 3, 10, 8),
    "shoulder_blade_squeeze": (6, 8, 3, 10, 12),
    "doorway_chest": (15, 2, 5, 60, 4),
    "neck_tilt": (15, 2, 5, 60, 4),
    "slow_breathing": (4, 5, 4, 4, 10),
}
"""Seconds, repetitions, then shortest, longest and most."""

RED_FLAGS = {
    "chest": ("emergency", "chest pain or trouble breathing", "sit down and rest"),
    "tearing": ("emergency", "tearing pain", "keep still"),
    "stroke": ("emergency", "headache", "face, speech or balance", "no more neck turns"),
    "cauda_equina": ("emergency", "numb or weak legs", "bladder or bowel"),
    "cord": ("urgent", "doctor urgently", "clumsy hands", "unsteady walking", "worse"),
    "trauma": ("urgent", "don't stretch", "fall", "crash", f"call {EMERGENCY} now", "doctor today"),
    "overdose": ("emergency", "poison line", "too many painkillers", "bleeding", "no more painkillers"),
    "infection_cancer": ("urgent", "doctor urgently", "don't stretch", "fever", "weight loss", "lump"),
    "allergy": ("emergency", "swelling", "rash", "no more of the medicine"),
    "stretch_warning": ("stop", "let go slowly, and rest", "does not go away", "medical advice"),
}
"""Urgency, then the substance of the answer."""


def spoken_seconds(line: str) -> float:
    return len(line.split()) * 60 / 150


def sentences(line: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+", line) if sentence]


def bites() -> Iterator[tuple[str, str]]:
    for topic in GUIDANCE.topics.values():
        for i, bite in enumerate(topic.bites):
            yield f"{topic.key} bite {i}", bite.say


WORDS = "title intro hold_word how_far where sit gentler seated standing lying why exit".split()
"""The fields of a movement that are spoken as they stand."""


def movement_lines() -> Iterator[tuple[str, str]]:
    for movement in GUIDANCE.movements.values():
        for field in WORDS:
            if line := getattr(movement, field):
                yield f"{movement.key} {field}", line
        for i, part in enumerate(movement.parts):
            for field in ("begin", "again", "release"):
                if line := getattr(part, field):
                    yield f"{movement.key} part {i} {field}", line
        if movement.one_arm is not None:
            yield f"{movement.key} with one arm", movement.one_arm.intro
            for part in movement.one_arm.parts:
                yield from ((f"{movement.key} with one arm", line) for line in (part.begin, part.again, part.release))


def answer_lines() -> Iterator[tuple[str, str]]:
    for answer in GUIDANCE.answers.values():
        for line in (answer.say, *answer.more):
            yield f"answer {answer.key}", line
    for condition in GUIDANCE.conditions.values():
        for line in filter(None, (condition.heat, condition.meanwhile)):
            yield f"condition {condition.key}", line


def other_lines() -> Iterator[tuple[str, str]]:
    for routine in GUIDANCE.routines.values():
        yield f"{routine.key} title", routine.title
        yield f"{routine.key} about", routine.about
    for flag in GUIDANCE.red_flags.values():
        for line in (*GUIDANCE.advice_on(flag.key, ""), flag.question):
            yield f"red flag {flag.key}", line
    for sign in GUIDANCE.signs.values():
        for line in (*GUIDANCE.advice_on("chest", sign.key), GUIDANCE.question_on("chest", sign.key)):
            yield f"sign {sign.key}", line
    for line in (*GUIDANCE.call_for_help, *GUIDANCE.self_harm, GUIDANCE.crisis):
        yield "call for help or self-harm", line
    for line in GUIDANCE.still_there:
        yield "still there", line.replace("{sign}", "a numb arm")
    screening = GUIDANCE.screening
    for line in (screening.question, screening.again, *screening.yes, screening.chest):
        yield "screening", line
    yield "careful", GUIDANCE.careful
    yield "professional_once", GUIDANCE.professional_once


EVERY_LINE = [*bites(), *movement_lines(), *answer_lines(), *other_lines()]


# What is said


def test_every_request_has_its_topic() -> None:
    assert sorted(GUIDANCE.topics) == sorted(REQUESTS)


@pytest.mark.parametrize("fact", [*NAMED_BY_SOURCE, *LIMITS])
def test_fact_is_spoken_by_a_bite_that_a_request_reaches(fact: str) -> None:
    carriers = [bite.say for key in REQUESTS for bite in GUIDANCE.topics[key].bites if fact in bite.facts]
    assert carriers, f"no bite carries {fact}"
    for say in carriers:
        assert GUIDANCE.facts[fact].search(say.lower()), f"{say!r} does not say {fact}"


@pytest.mark.skipif(not (SHARED / "guidance-source.txt").exists(), reason="the source text is kept outside the project")
def test_facts_are_those_of_the_source() -> None:
    source = (SHARED / "guidance-source.txt").read_text()
    missing = {fact: words for fact, words in NAMED_BY_SOURCE.items() if words not in source}
    assert not missing


@pytest.mark.parametrize(("key", "dose"), DOSES.items())
def test_dose(key: str, dose: tuple[int, ...]) -> None:
    movement = GUIDANCE.movements[key]
    assert (movement.seconds, movement.repetitions, movement.shortest, movement.longest, movement.most) == dose


def test_sides_and_pace() -> None:
    for key in ("neck_rotation", "neck_tilt"):
        assert [part.side for part in GUIDANCE.movements[key].parts] == ["right", "left"]
        for part in GUIDANCE.movements[key].parts:
            assert part.side
            assert part.side in part.begin
            assert part.side in part.again.lower()
    breathing, rolls = GUIDANCE.movements["slow_breathing"], GUIDANCE.movements["shoulder_rolls"]
    assert [part.seconds for part in breathing.parts] == [4, 6]
    assert (breathing.rest, breathing.hold_word) == (0, "")
    assert rolls.kind == "paced"
    assert ["back" in part.begin for part in rolls.parts] == [True, False]


def test_gentle_routine_is_seated_throughout() -> None:
    assert all(step.seated for step in GUIDANCE.routines["gentle"].steps)
    assert all("Sit" in (GUIDANCE.movements[step.movement].seated or "") for step in GUIDANCE.routines["gentle"].steps)


def test_full_routine_has_the_seven_movements() -> None:
    assert [step.movement for step in GUIDANCE.routines["full"].steps] == list(DOSES)


@pytest.mark.parametrize("key", RED_FLAGS)
def test_red_flag_gives_its_own_advice(key: str) -> None:
    urgency, *substance = RED_FLAGS[key]
    flag = GUIDANCE.red_flags[key]
    advice = " ".join(GUIDANCE.advice_on(key, "")).lower()
    assert flag.urgency == urgency
    assert [words for words in substance if words not in advice] == []
    if urgency == "emergency":
        assert flag.lines[0] == f"Call {EMERGENCY} now."


def test_every_sign_that_is_read_has_its_words() -> None:
    data = tomllib.loads((EN / "red_flags" / "signs.toml").read_text(encoding="utf-8"))
    read = {sign for section in ("signs", "answers") for signs in data[section].values() for sign in signs}
    assert read - set(data["grades"]["conditions"].split()) - set(GUIDANCE.signs) == set()


def test_screening_is_short_and_names_what_matters() -> None:
    screening = GUIDANCE.screening
    for asked in (screening.question, screening.again):
        for word in ("chest pain", "breathless", "numb", "weak", "fever", "fall", "injury"):
            assert word in asked
    assert spoken_seconds(screening.question) <= 5
    assert "yes or no" in screening.again.lower()
    assert "don't stretch" in screening.yes[0]
    assert f"Call {EMERGENCY}" in screening.yes[1]
    assert "doctor" in screening.yes[2]


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("heat_minutes", "ten to twenty"),
        ("heat_often", "several times"),
        ("heat_skin", "no"),
        ("heat_asleep", "no"),
        ("heat_unsafe", "no"),
        ("heat_shower", "yes"),
        ("walk_minutes", "five to ten"),
        ("position_change", "change your position every thirty"),
        ("painkiller_combination", "never both"),
        ("painkiller_aspirin", "never take aspirin"),
        ("painkiller_days", "ten days"),
        ("painkiller_food", "yes"),
        ("painkiller_alcohol", "best not"),
        ("painkiller_child", "ask a pharmacist"),
        ("painkiller_medicines", "ask a pharmacist"),
        ("painkiller_which", "ibuprofen or naproxen"),
        ("electrolytes", "potassium"),
        ("conditions_cause", "rarely"),
        ("emergencies", f"call {EMERGENCY}"),
    ],
)
def test_the_answer_comes_first(key: str, first: str) -> None:
    assert GUIDANCE.answers[key].say.lower().startswith(first)


def test_whoever_must_not_take_painkillers_unasked_is_known() -> None:
    ask = set(
        "ulcer over_60 blood_thinner steroids asthma blood_pressure heart kidney liver stroke_past diuretic".split()
    )
    assert {key for key, each in GUIDANCE.conditions.items() if each.painkillers == "avoid"} == {
        "pregnant",
        "nsaid_allergy",
    }
    assert ask <= set(GUIDANCE.conditions)


def test_first_help_takes_at_most_four_seconds() -> None:
    assert spoken_seconds(GUIDANCE.topics["what_helps"].bites[0].say) <= 4


@pytest.mark.parametrize("movement", GUIDANCE.movements.values(), ids=lambda movement: movement.key)
def test_movement_begins_after_two_short_sentences(movement: Movement) -> None:
    for intro in filter(None, (movement.intro, movement.seated)):
        for part in movement.parts:
            assert len(sentences(f"{intro} {part.begin}")) == 2
    assert len(sentences(movement.gentler)) == 1


# How it is said


def said_with(pattern: str) -> list[str]:
    found = re.compile(pattern, re.IGNORECASE)
    return [f"{where}: {line}" for where, line in EVERY_LINE if found.search(line)]


def test_lines_are_short() -> None:
    assert [line for _, line in EVERY_LINE if len(sentences(line)) > 2] == []
    assert [sentence for _, line in EVERY_LINE for sentence in sentences(line) if len(sentence.split()) > 16] == []


def test_lists_have_at_most_three_items() -> None:
    told = [(where, sentence) for where, line in EVERY_LINE for sentence in sentences(line) if where != "screening"]
    assert [(where, sentence) for where, sentence in told if sentence.count(",") > 2] == []


def test_lines_are_whole_sentences() -> None:
    told = [(where, line) for where, line in EVERY_LINE if not where.endswith("title")]
    assert [(where, line) for where, line in told if not line[0].isupper() or line[-1] not in ".?"] == []


def test_numbers_are_words_and_nothing_is_only_for_the_eye() -> None:
    assert said_with(r"[0-9();:/%\u2013\u2014]|  ") == []


def test_limber_does_not_hear_itself_say_stop() -> None:
    assert said_with(r"\b(stop\w*|paus\w*|that hurts)\b") == []


def test_no_dose_no_diagnosis_no_reassurance() -> None:
    assert said_with(r"\b(milligrams?|tablets?|pills?|capsules?|grams?)\b") == []
    assert said_with(r"\byou (probably )?have (an?|the)\b|\byou are having\b") == []
    assert said_with(r"\b(don't worry|harmless|nothing serious|you('ll| will) be fine|safe)\b") == []


def test_words_serve_both_sides_of_the_ocean() -> None:
    assert said_with(r"\b\w*(isers?|colou?rs?|cent(re|er)s?|physiotherap\w+|paracetamol|acetaminophen|gp)\b") == []


def test_what_was_loaded_does_not_change() -> None:
    with pytest.raises(ValidationError):
        GUIDANCE.careful = "Faster!"
    with pytest.raises(TypeError):
        del GUIDANCE.topics["overview"]  # type: ignore[attr-defined]
    assert all(isinstance(topic.bites, tuple) for topic in GUIDANCE.topics.values())
