"""Checks of guidance files that can be read: repeated keys, missing entries, dead references, doses out of range."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from assistant.guidance.document import Document, FieldPath, Problem, listed
from assistant.guidance.schema import (
    EMERGENCY,
    Answer,
    Guidance,
    Movement,
    RedFlagAdvice,
    Routine,
    Sections,
    TopicText,
)

REQUIRED: dict[str, tuple[str, ...]] = {
    "topics": (
        "overview",
        "what_helps",
        *(f"measure.{name}" for name in ("rest", "heat", "stretching", "analgesics")),
        "causes",
        *(f"cause.{name}" for name in ("imbalance", "overuse", "injury", "dehydration", "stress", "conditions")),
        "prevention",
        *(f"strategy.{name}" for name in ("ergonomics", "strengthening", "flexibility", "stress_management")),
        *(f"strategy.{name}" for name in ("hydration_nutrition", "professional")),
        "see_professional",
        "painkillers",
    ),
    "movements": (
        "neck_rotation",
        "shoulder_rolls",
        "thoracic_extension",
        "shoulder_blade_squeeze",
        "doorway_chest",
        "neck_tilt",
        "slow_breathing",
    ),
    "routines": ("quick", "full", "gentle", "strength"),
    "red_flags": (
        "chest",
        "tearing",
        "stroke",
        "cauda_equina",
        "cord",
        "trauma",
        "overdose",
        "allergy",
        "infection_cancer",
        "stretch_warning",
    ),
    "answers": tuple(
        """heat_minutes heat_often heat_skin heat_asleep heat_shower heat_unsafe heat_or_cold heat_allowed rest_days
        walk_minutes position_change dose painkiller_combination painkiller_aspirin painkiller_days painkiller_food
        painkiller_alcohol painkiller_child painkiller_medicines painkiller_allowed painkiller_which painkiller_work
        screen_height keyboard_place chair_height mouse_place
        desk_setup water_cause water_amount electrolytes stress_cause sitting_cause posture_cause spread
        conditions_cause professional_when professional_who emergencies stretch_often stretch_hard stretch_safe
        strengthen_which yoga meditation older sleep_position mattress how_long_lasts will_it_pass massage meantime
        safe_now routine_which breathing_how clicking doing_right will_it_hurt signs_meant unknown""".split()
    ),
    "conditions": tuple(
        """pregnant blood_thinner blood_pressure osteoporosis disc surgery pacemaker cancer steroids heart stroke_past
        kidney liver ulcer asthma diabetes epilepsy immune fibromyalgia stenosis arthritis scoliosis nsaid_allergy
        under_20 over_50""".split()
    ),
}
"""Required keys of each section: an intent or a slot leads to each. Only topics and red flags admit no others."""

CALL_NOW = f"Call {EMERGENCY} now."
"""The first line of the advice on a red flag that is an emergency."""

CLOSED_SECTIONS = ("topics", "red_flags")
"""Sections without keys beyond the required ones: no intent or slot would lead to another."""


def repeated_keys(documents: list[Document]) -> Iterator[Problem]:
    """Find keys and sections that an earlier file has already."""
    seen: dict[FieldPath, Path] = {}
    for document in documents:
        for name in sorted(document.sections.model_fields_set):
            value = getattr(document.sections, name)
            for place in [(name, key) for key in value] if isinstance(value, Mapping) else [(name,)]:
                if place in seen:
                    yield document.problem(place, f"what {seen[place].name} has not said already")
                seen[place] = document.file


def missing_entries(folder: Path, whole: Sections) -> Iterator[Problem]:
    """Find sections, required keys, and facts without a bite that no file of the folder has.

    `whole`: all files merged.
    """
    for name in Guidance.model_fields:
        if not getattr(whole, name):
            yield Problem(folder, 1, name, "this section in one of the files (*.yaml) of the folder")
        else:
            for key in REQUIRED.get(name, ()):
                if key not in getattr(whole, name):
                    yield Problem(folder, 1, f"{name}.{key}", "this entry in one of the files of the folder")
    carried = {fact for topic in whole.topics.values() for bite in topic.bites for fact in bite.facts}
    for fact in whole.facts:
        if fact not in carried:
            yield Problem(folder, 1, f"facts.{fact}", "a bite that carries this fact")


def inconsistencies(document: Document, whole: Sections) -> Iterator[Problem]:
    """Find what in one file contradicts itself or the rest. `whole`: all files merged."""
    sections = document.sections
    for name in ("topics", "movements", "routines", "red_flags", "signs", "answers", "conditions"):
        for key, entry in getattr(sections, name).items():
            if name in CLOSED_SECTIONS and key not in REQUIRED[name]:
                yield document.problem((name, key), f"one of {listed(REQUIRED[name])}")
            if entry.key != key:
                yield document.problem((name, key, "key"), f"{key!r}, or no such field")
    faults = chain(
        chain.from_iterable(_bites(topic, whole) for topic in sections.topics.values()),
        chain.from_iterable(_stated(answer, whole) for answer in sections.answers.values()),
        chain.from_iterable(_dose(movement) for movement in sections.movements.values()),
        chain.from_iterable(_alternatives(movement, whole) for movement in sections.movements.values()),
        chain.from_iterable(_steps(routine, whole) for routine in sections.routines.values()),
        chain.from_iterable(_urgency(flag) for flag in sections.red_flags.values()),
        _calls_first(sections),
    )
    for place, expected in faults:
        yield document.problem(place, expected)


def _bites(topic: TopicText, whole: Sections) -> Iterator[tuple[FieldPath, str]]:
    for i, bite in enumerate(topic.bites):
        yield from _facts(("topics", topic.key, "bites", i, "facts"), bite.facts, bite.say, whole)


def _stated(answer: Answer, whole: Sections) -> Iterator[tuple[FieldPath, str]]:
    yield from _facts(("answers", answer.key, "facts"), answer.facts, answer.say, whole)


def _facts(at: FieldPath, facts: tuple[str, ...], line: str, whole: Sections) -> Iterator[tuple[FieldPath, str]]:
    """The facts at a place that are none, or that the line beside them does not state."""
    for i, fact in enumerate(facts):
        if fact not in whole.facts:
            yield (*at, i), f"the id of one of the facts, not {fact!r}"
        elif not whole.facts[fact].search(line.lower()):
            yield (*at, i), f"a fact that the line says, but it does not say {whole.facts[fact].pattern!r}"


def _dose(movement: Movement) -> Iterator[tuple[FieldPath, str]]:
    place: FieldPath = ("movements", movement.key)
    if not movement.shortest <= movement.seconds <= movement.longest:
        yield (*place, "seconds"), f"shortest ({movement.shortest}) to longest ({movement.longest}) seconds"
    if movement.repetitions > movement.most:
        yield (*place, "repetitions"), f"at most the movement's most ({movement.most})"


def _alternatives(movement: Movement, whole: Sections) -> Iterator[tuple[FieldPath, str]]:
    place: FieldPath = ("movements", movement.key)
    others = [key for key in whole.movements if key != movement.key]
    if movement.instead is not None and movement.instead not in others:
        yield (*place, "instead"), f"one of {listed(others)}, not {movement.instead!r}"
    if movement.one_arm is not None and len(movement.one_arm.parts) not in (0, len(movement.parts)):
        yield (*place, "one_arm", "parts"), f"no parts, or all {len(movement.parts)} of the movement"


def _steps(routine: Routine, whole: Sections) -> Iterator[tuple[FieldPath, str]]:
    for i, step in enumerate(routine.steps):
        place: FieldPath = ("routines", routine.key, "steps", i)
        movement = whole.movements.get(step.movement)
        if movement is None:
            yield (*place, "movement"), f"one of {listed(whole.movements)}, not {step.movement!r}"
            continue
        if step.seconds is not None and not movement.shortest <= step.seconds <= movement.longest:
            yield (*place, "seconds"), f"{movement.shortest} to {movement.longest}, as the movement allows"
        if step.repetitions is not None and step.repetitions > movement.most:
            yield (*place, "repetitions"), f"at most {movement.most}, as the movement allows"
        if step.seated and movement.seated is None:
            yield (*place, "seated"), f"false: {movement.key} cannot be done seated"


def _calls_first(sections: Sections) -> Iterator[tuple[FieldPath, str]]:
    if sections.call_for_help and sections.call_for_help[0] != CALL_NOW:
        yield ("call_for_help", 0), f"{CALL_NOW!r}: the number comes first"


def _urgency(flag: RedFlagAdvice) -> Iterator[tuple[FieldPath, str]]:
    if flag.urgency == "emergency" and flag.lines[0] != CALL_NOW:
        yield ("red_flags", flag.key, "lines", 0), f"{CALL_NOW!r}: in an emergency the action comes first"
