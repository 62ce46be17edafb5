"""The phrases that teach meaning: known labels, plain spelling, each under one label, none of the held-out."""

import json
import re
from functools import cache

import pytest
from ruamel.yaml import YAML

from benchmarks.rig.places import PHRASES_UNSEEN, ROOT, TRAINING_PHRASES, meaning_phrase_files
from intents.model import Intent

pytestmark = pytest.mark.unit

FILES = meaning_phrase_files()
MOVEMENTS = (
    "neck_rotation shoulder_rolls thoracic_extension shoulder_blade_squeeze doorway_chest neck_tilt slow_breathing "
    "core_brace elbow_pull hip_hinge"
)
ROUTINES = "quick full gentle strength"
VALUES = {
    "Question": (
        "heat_minutes heat_often heat_skin heat_asleep heat_shower heat_unsafe heat_or_cold heat_allowed rest_days "
        "walk_minutes position_change dose painkiller_combination painkiller_aspirin painkiller_days painkiller_food "
        "painkiller_allowed painkiller_which painkiller_work screen_height keyboard_place chair_height mouse_place "
        "desk_setup water_cause water_amount electrolytes stress_cause sitting_cause posture_cause spread "
        "conditions_cause professional_when professional_who emergencies stretch_often stretch_hard stretch_safe "
        "strengthen_which yoga meditation older sleep_position mattress how_long_lasts will_it_pass massage meantime "
        "safe_now routine_which breathing_how clicking doing_right will_it_hurt cracking signs_meant "
        "painkiller_other painkiller_alcohol painkiller_child painkiller_medicines"
    ),
    "SmallTalk": ("how_are_you doctor person privacy good_night sorry compliment insult age joke weather_feel other"),
    "Condition": (
        "pregnant blood_thinner blood_pressure osteoporosis disc surgery pacemaker cancer steroids heart stroke_past "
        "kidney liver ulcer asthma diabetes epilepsy immune fibromyalgia stenosis arthritis scoliosis nsaid_allergy "
        "under_20 over_50"
    ),
    "Situation": (
        "in_bed lying wheelchair no_chair wheeled_chair has_chair no_doorway has_doorway one_arm cannot_raise_arms "
        "cannot_turn_head cannot_stand cannot_sit can_stand can_sit has_head_turn cannot_do_this floor outside"
    ),
    "OnlySide": "left right",
    "ChangeSetting": (
        "woman man british american scottish another_voice brief full counts beeps last_three words every_session once "
        "awake wake_phrase crisis_line rating_on rating_off"
    ),
    "RoutineLength": ROUTINES,
    "StartRoutine": ROUTINES,
    "StartMovement": MOVEMENTS,
    "Measure": "rest heat stretching analgesics",
    "Cause": "posture imbalance overuse injury dehydration stress conditions",
    "Strategy": "ergonomics strengthening flexibility stress_management hydration_nutrition professional",
    "-": "talk request",
}
"""The values of each intent's closed slot, a label each; "-" is speech without an intent."""

NEEDS_NO_VALUE = {Intent.START_ROUTINE}
"""The labels of intents whose slot may stay empty."""

PLAIN = re.compile(r"[a-z']+( [a-z']+)*")
"""As a recogniser prints it: lower case, numbers in words, no marks but apostrophes."""


@cache
def phrases() -> tuple[tuple[str, str], ...]:
    """Each phrase after its label."""
    files = (YAML(typ="safe").load(path) for path in FILES)
    return tuple((label, line) for file in files for label, lines in file.items() for line in lines)


def held_out() -> set[str]:
    commands = {json.loads(line)["text"] for line in PHRASES_UNSEEN.read_text(encoding="utf-8").splitlines()}
    flags = (ROOT / "benchmarks" / "red_flags_unseen.txt").read_text(encoding="utf-8").splitlines()
    return commands | {line for line in flags if not line.startswith(("#", "["))}


def is_label(label: str) -> bool:
    intent, _, value = label.partition("/")
    if intent in VALUES and label not in NEEDS_NO_VALUE:
        return value in VALUES[intent].split()
    return intent in set(Intent) and not value


def test_each_label_is_an_intent_with_a_value_of_its_slot() -> None:
    assert not sorted({label for label, _ in phrases() if not is_label(label)})


def test_phrases_are_spelt_as_a_recogniser_prints_them() -> None:
    assert not [phrase for _, phrase in phrases() if not PLAIN.fullmatch(phrase)]


def test_no_phrase_stands_twice_or_under_two_labels() -> None:
    labels: dict[str, list[str]] = {}
    for label, phrase in phrases():
        labels.setdefault(phrase, []).append(label)
    assert not {phrase: under for phrase, under in labels.items() if len(under) > 1}


def test_no_phrase_is_one_of_the_held_out() -> None:
    others = (TRAINING_PHRASES / "others.txt").read_text(encoding="utf-8").splitlines()
    assert not held_out() & {*(phrase for _, phrase in phrases()), *others}
