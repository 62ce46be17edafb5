"""The topics of the guidance that questions about one fact belong to.

A question such as "how long may the heat stay on" is an intent of its topic, with the fact in the slot `about`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from intents.model import NO_SLOTS, Intent


@dataclass(frozen=True, slots=True)
class TopicOfFact:
    """The intent that asks about a topic."""

    intent: Intent
    """The intent."""
    slots: Mapping[str, str]
    """Its slots."""


_HEAT = TopicOfFact(Intent.MEASURE, {"measure": "heat"})
_REST = TopicOfFact(Intent.MEASURE, {"measure": "rest"})
_PAINKILLERS = TopicOfFact(Intent.PAINKILLERS, NO_SLOTS)
_DESK = TopicOfFact(Intent.STRATEGY, {"strategy": "ergonomics"})
_DRINKING = TopicOfFact(Intent.STRATEGY, {"strategy": "hydration_nutrition"})
_CALM = TopicOfFact(Intent.STRATEGY, {"strategy": "stress_management"})

TOPIC_OF_FACT: Mapping[str, TopicOfFact] = MappingProxyType(
    {
        **dict.fromkeys(("heat_minutes", "heat_often", "heat_skin", "heat_asleep"), _HEAT),
        **dict.fromkeys(("heat_shower", "heat_unsafe", "heat_or_cold", "heat_allowed"), _HEAT),
        "rest_days": _REST,
        **dict.fromkeys(("dose", "painkiller_combination", "painkiller_aspirin", "painkiller_days"), _PAINKILLERS),
        **dict.fromkeys(("painkiller_food", "painkiller_allowed", "painkiller_which", "painkiller_work"), _PAINKILLERS),
        **dict.fromkeys(("painkiller_alcohol", "painkiller_child", "painkiller_medicines"), _PAINKILLERS),
        "painkiller_other": _PAINKILLERS,
        **dict.fromkeys(("screen_height", "keyboard_place", "chair_height", "mouse_place", "desk_setup"), _DESK),
        **dict.fromkeys(("water_amount", "electrolytes"), _DRINKING),
        **dict.fromkeys(("yoga", "meditation"), _CALM),
        "massage": TopicOfFact(Intent.STRATEGY, {"strategy": "professional"}),
        "strengthen_which": TopicOfFact(Intent.STRATEGY, {"strategy": "strengthening"}),
        "water_cause": TopicOfFact(Intent.CAUSE, {"cause": "dehydration"}),
        "stress_cause": TopicOfFact(Intent.CAUSE, {"cause": "stress"}),
        "sitting_cause": TopicOfFact(Intent.CAUSE, {"cause": "overuse"}),
        "posture_cause": TopicOfFact(Intent.CAUSE, {"cause": "imbalance"}),
        "conditions_cause": TopicOfFact(Intent.CAUSE, {"cause": "conditions"}),
        **dict.fromkeys(("professional_when", "professional_who"), TopicOfFact(Intent.SEE_PROFESSIONAL, NO_SLOTS)),
    }
)
"""To each fact that belongs to a topic, the intent of the topic."""
