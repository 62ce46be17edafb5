"""The person: what they have told about themselves, kept for the sitting. Pure data."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.guidance.schema import ConditionText, Guidance
from audio.frames import Frame


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What a person has told about themselves."""

    conditions: tuple[str, ...] = ()
    """Keys of the conditions that the person has named, in order."""
    told_at: Frame | None = None
    """Frame at which the last of them was named; None: none was."""
    advised: bool = False
    """Whether exercises were advised against since the last condition was named; once is enough."""
    agreed: bool = False
    """Whether the person says that a professional agreed to exercises, since the last condition was named."""

    asked_to_keep: bool = False
    """Whether Limber has asked in this sitting if it should remember the conditions for the next."""

    def with_conditions(self, keys: Iterable[str], now: Frame) -> "KnownPerson":
        """The person, once they have named some conditions at frame `now`."""
        new = tuple(key for key in dict.fromkeys(keys) if key not in self.conditions)
        if not new:
            return replace(self, told_at=now)
        return KnownPerson((*self.conditions, *new), now, asked_to_keep=self.asked_to_keep)

    def without_conditions(self, keys: Iterable[str]) -> "KnownPerson":
        """The person, once they have taken some conditions back."""
        over = frozenset(keys)
        return replace(self, conditions=tuple(key for key in self.conditions if key not in over))


def conditions_of(guidance: Guidance, keys: Iterable[str]) -> tuple[ConditionText, ...]:
    """What the guidance says about some conditions, in the order of their keys; those it does not know are left out."""
    return tuple(guidance.conditions[key] for key in keys if key in guidance.conditions)


def to_be_advised(guidance: Guidance, person: KnownPerson) -> tuple[ConditionText, ...]:
    """The conditions because of which the person must still be advised against exercises."""
    if person.advised or person.agreed:
        return ()
    return tuple(known for known in conditions_of(guidance, person.conditions) if known.ask is not None)
