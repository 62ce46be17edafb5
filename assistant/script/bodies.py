"""The lines that take note of a person's body and room, one for each situation that can be told."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.script.stretching import lower

TAKEN_NOTE: Mapping[str, str] = MappingProxyType(
    {
        "in_bed": "In bed, then. I leave out what needs a chair or standing.",
        "lying": "Lying down, then. I leave out what needs a chair or standing.",
        "floor": "On the floor, then. I leave out what needs a chair or standing.",
        "wheelchair": "In a wheelchair, then: all of it sitting, and none that leans on a chair.",
        "no_chair": "No chair, then. I leave out what needs one.",
        "wheeled_chair": "A chair with wheels can roll away, so nothing that leans on it.",
        "has_chair": "Good, a firm chair. Then its movements can be done.",
        "no_doorway": "No doorway, then. I leave out what needs one.",
        "has_doorway": "Good, a doorway. Then its stretch can be done.",
        "outside": "Outside, then: nothing that needs a chair or a doorway.",
        "one_arm": "With one arm, then. What needs two, I leave out.",
        "cannot_raise_arms": "No raised arms, then. I leave out what needs them.",
        "cannot_turn_head": "No neck movements, then.",
        "has_head_turn": "Good, then the neck can move again.",
        "cannot_stand": "No standing, then. All of it sitting or lying.",
        "cannot_sit": "No sitting, then. You can stand for all of it.",
        "can_stand": "Good, then standing works.",
        "can_sit": "Good, then sitting works.",
        "cannot_do_this": "Not that one, then.",
    }
)
"""The line for each situation."""
LACKING: Mapping[str, str] = MappingProxyType(
    {
        "chair": "without a firm chair",
        "doorway": "without a doorway",
        "arms_up": "without raised arms",
        "both_arms": "with one arm",
        "neck": "with your neck as it is",
    }
)
"""Why a movement cannot be done, for each thing that movements need."""
AS_YOU_ARE = "as you are now"
"""Why a movement cannot be done in any position that is left, or at all."""


def not_that(title: str) -> str:
    """Take note of a movement that cannot be done."""
    return f"No {lower(title)}, then."


def neck_note(side: str) -> str:
    """Take note of a neck that cannot be moved to one side."""
    return f"No neck movements to the {side}, then."
