"""Shares with confidence intervals, and the trade-off between false accepts and what is heard right."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.listening.trials import Result


@dataclass(frozen=True)
class Share:
    """A share: so many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float:
        """The share in percent; NaN of none."""
        return 100 * self.count / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share, in percent."""
        if not self.of:
            return (0.0, 100.0)
        z, p, n = 1.96, self.count / self.of, self.of
        middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)
        return (100 * max(low, 0.0), 100 * min(high, 1.0))

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.percent:.1f} ({low:.1f} to {high:.1f}; {self.count} of {self.of})" if self.of else "-"


def right(results: Iterable[Result]) -> Share:
    """The share of what was meant that is right whatever its confidence (`--threshold 0`)."""
    each = [result.right for result in results if result.meant]
    return Share(sum(each), len(each))


def accepted_right(results: Iterable[Result]) -> Share:
    """The share of what was meant that is right at the operating point."""
    each = [result.accepted_right for result in results if result.meant]
    return Share(sum(each), len(each))


def accepted_wrongly(results: Iterable[Result]) -> Share:
    """The share of false accepts at the operating point, among what means nothing."""
    each = [result.accepted for result in results if not result.meant]
    return Share(sum(each), len(each))


def by(results: Iterable[Result], *fields: str) -> dict[tuple[str, ...], list[Result]]:
    """The results grouped by these fields, groups in the order in which they first come."""
    found: dict[tuple[str, ...], list[Result]] = {}
    for result in results:
        found.setdefault(tuple(getattr(result, name) for name in fields), []).append(result)
    return found


def frontier(meant: Sequence[Result], others: Sequence[Result]) -> list[tuple[float, float]]:
    """For every threshold on the confidence: false accepts and what is right, both in percent."""
    points = [(0.0, 0.0)]
    for threshold in sorted({result.confidence for result in (*meant, *others)} - {0.0}, reverse=True):
        wrong = sum(result.confidence >= threshold for result in others)
        correct = sum(result.right and result.confidence >= threshold for result in meant)
        points.append((100 * wrong / len(others), 100 * correct / len(meant)))
    return points


def right_at(points: Sequence[tuple[float, float]], wrong: float) -> float:
    """The most that is right, in percent, with at most `wrong` percent of false accepts."""
    return max(share for taken, share in points if taken <= wrong)
