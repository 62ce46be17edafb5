"""Measured results as Markdown tables and plots, beside what was asked for and what others publish."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mean

from benchmarks.listening.cost import Cost
from benchmarks.listening.figures import Share, accepted_right, accepted_wrongly, by, frontier, right, right_at
from benchmarks.listening.plots import Axis, Series, plot
from benchmarks.listening.published import PUBLISHED_MEANS, PUBLISHED_RANGES, RHINO_CAFE, RHINO_KITCHEN, SNR_LEVELS
from benchmarks.listening.television_part import Hours
from benchmarks.listening.trials import CLEAN, Result

TOP_WRONG = 10
"""Percent of false accepts up to which a trade-off is drawn."""
FIRST = 20
"""How many false commands are listed one by one."""

PLOTS = "plots"
"""The folder of a page's plots, beside it."""


@dataclass(frozen=True)
class Section:
    """One section of the report: its table, text and figures."""

    lines: list[str]
    """Its lines of Markdown."""
    plots: dict[str, str] = field(default_factory=dict)
    """Its plots as SVG, by file name."""

    def __str__(self) -> str:
        return "\n".join([*self.lines, *(f"\n![{name[:-4].replace('-', ' ')}]({PLOTS}/{name})" for name in self.plots)])


def orders_section(results: Sequence[Result]) -> Section:
    """The section on orders at every level, beside the published engines."""
    levels = {condition: each for (condition,), each in by(results, "condition").items()}
    measured = {condition: right(each) for condition, each in levels.items()}
    kitchen, crowd = ([measured[f"{noise} {level}"] for level in SNR_LEVELS] for noise in ("kitchen", "babble"))
    head = [f"{level} dB" for level in SNR_LEVELS]
    lines = [
        *_row("percent right, all labelled slots, `--threshold 0`", CLEAN, *head, "mean"),
        _rule(len(SNR_LEVELS) + 3),
    ]
    lines += _row("Limber, kitchen", _short(measured[CLEAN]), *map(_short, kitchen), _mean(kitchen))
    lines += _row("95 % interval", _interval(measured[CLEAN]), *map(_interval, kitchen), "")
    lines += _row("Limber, babble", "", *map(_short, crowd), _mean(crowd))
    lines += _row("95 % interval", "", *map(_interval, crowd), "")
    lines += _row(
        "Picovoice Rhino, kitchen",
        "",
        *(str(RHINO_KITCHEN[level]) for level in SNR_LEVELS),
        f"{PUBLISHED_MEANS['Picovoice Rhino']}",
    )
    for name, (low, high) in PUBLISHED_RANGES.items():
        lines += _row(f"{name}, kitchen", "", *[""] * len(SNR_LEVELS), f"{PUBLISHED_MEANS[name]} ({low} to {high})")
    cafe = [RHINO_CAFE[level] for level in SNR_LEVELS]
    lines += _row("Picovoice Rhino, café", "", *map(str, cafe), f"{mean(cafe):.1f}")
    strictly = {condition: accepted_right(each) for condition, each in levels.items()}
    quiet, noisy = (
        [strictly[f"kitchen {level}"] for level in SNR_LEVELS],
        [strictly[f"babble {level}"] for level in SNR_LEVELS],
    )
    lines += _row("at the operating point, kitchen", _short(strictly[CLEAN]), *map(_short, quiet), _mean(quiet))
    lines += _row("at the operating point, babble", "", *map(_short, noisy), _mean(noisy))
    lines += ["", f"{len(levels[CLEAN])} recordings; {_pace(results)}."]
    loss = measured[CLEAN].percent - strictly[CLEAN].percent, _average(kitchen) - _average(quiet)
    lines += ["Targets: clean 99.5 %, kitchen mean 98.8 %, kitchen 6 dB 97.5 %, babble mean 95 %; rejection at the"]
    lines += [
        f"operating point costs at most 1.5 points (measured: {loss[0]:.1f} clean, {loss[1]:.1f} in the kitchen)."
    ]
    return Section(lines, {"hearing-levels.svg": _levels_plot(kitchen, crowd)})


def others_section(results: Sequence[Result], meant: Sequence[Result]) -> Section:
    """The section on false accepts of speech that means nothing; `meant`: the orders, for the trade-off."""
    lines = [*_row("false accepts at the operating point, percent", "clean", "kitchen 12 dB"), _rule(3)]
    for (group,), each in by(results, "group").items():
        lines += _row(group, *(str(accepted_wrongly(those)) for those in by(each, "condition").values()))
    plots = {}
    for grammar in ("coffee", "coach"):
        each = [result for result in results if result.group.startswith(grammar)]
        lines += _row(f"**{grammar}: all**", *(f"{accepted_wrongly(x)}" for x in by(each, "condition").values()))
    lines += ["", "Target: at most 1 % for the coffee grammar."]
    rejected = [result for result in results if result.group.startswith("coffee")]
    if meant and rejected:
        series, told = _frontiers(
            meant, rejected, {"orders, clean": CLEAN, "orders, 12 dB": "kitchen 12", "orders, 6 dB": "kitchen 6"}
        )
        lines += ["", *told]
        plots["hearing-orders-roc.svg"] = _roc("Orders accepted against other speech accepted", series)
    return Section(lines, plots)


def short_section(results: Sequence[Result]) -> Section:
    """The section on one-word commands, and on what passes for one."""
    conditions = list(by(results, "condition"))
    lines = [
        *_row("one-word commands", *(f"{name}: {how}" for (name,) in conditions for how in ("right at 0", "right")))
    ]
    lines += [_rule(1 + 2 * len(conditions))]
    meant = [result for result in results if result.meant]
    for group, each in [*((name, each) for (name,), each in by(meant, "group").items()), ("**all**", meant)]:
        split = by(each, "condition").values()
        lines += _row(group, *(f"{share}" for those in split for share in (right(those), accepted_right(those))))
    rest = [result for result in results if not result.meant]
    if rest:
        lines += ["", *_row("false accepts, percent", *(name for (name,) in conditions)), _rule(1 + len(conditions))]
        for group, each in [*((name, each) for (name,), each in by(rest, "group").items()), ("**all**", rest)]:
            lines += _row(group, *(f"{accepted_wrongly(those)}" for those in by(each, "condition").values()))
    lines += [
        "",
        "Right at 0: with `--threshold 0`; right: at the operating point.",
        "Targets: 97 % right clean, 93 % at 12 dB, at most 1 % false accepts.",
    ]
    if not (meant and rest):
        return Section(lines)
    series, told = _frontiers(meant, rest, {"clean": CLEAN, "kitchen 12 dB": "kitchen 12"})
    roc = _roc("One-word commands right against other speech accepted", series)
    return Section([*lines, "", *told], {"hearing-short-roc.svg": roc})


def spoken_section(results: Sequence[Result]) -> Section:
    """The section on commands and red flags in synthetic voices."""
    lines = [*_row("right at the operating point", "clean", "kitchen 12 dB"), _rule(3)]
    for (group,), each in by(results, "group").items():
        lines += _row(f"**{group}**", *(f"{accepted_right(those)}" for those in by(each, "condition").values()))
        voices: dict[str, list[Result]] = {}
        for result in each:
            voices.setdefault(result.item.partition(":")[0], []).append(result)
        for voice, those in sorted(voices.items()):
            lines += _row(f"{group}, {voice}", *(f"{accepted_right(x)}" for x in by(those, "condition").values()))
    lines += ["", f"Only phrases that are right as text are counted; {_pace(results)}."]
    lines += ["Targets: red flags 97 % clean and 92 % in noise, commands 96 % and 92 %."]
    return Section(lines)


def television_section(watched: Sequence[Hours]) -> Section:
    """The section on false commands beside a television, by state."""
    lines = [*_row("television", "hours", "false accepts", "per ten hours", "intents"), _rule(5)]
    for each in watched:
        count, which = len(each.commands), Counter(command["intent"] for command in each.commands)
        told = ", ".join(f"{intent} {times}" for intent, times in which.most_common())
        lines += _row(each.condition, f"{each.hours:.1f}", str(count), f"{10 * count / each.hours:.0f}", told)
    lines += ["", "Targets: at most 5 per ten hours in a session, 1 asleep. The first false accepts:", ""]
    for each in watched:
        for command in each.commands[:FIRST]:
            said = "; ".join(command["said"]) or "nothing"
            where = f"programme {command['programme']}, {command['at']} s"
            heard = f"{command['intent']} ({command['confidence']:.2f}), recognised as “{command['text']}”"
            lines += [f"- {each.condition}: {heard}, while the television said: “{said}” ({where})"]
    return Section(lines)


def screening_section(taken: Share) -> Section:
    """The section on a "no" on television while Limber asks about symptoms."""
    lines = [*_row("a “no” on television accepted as the answer", "percent"), _rule(2)]
    return Section([*lines, *_row("after two other lines, before another", str(taken)), "", "Target: at most 0.1 %."])


def confidence_section(results: Sequence[Result]) -> Section:
    """The section on how often a confidence comes true, where half of what is heard is meant."""
    meant, others = ([each for each in results if each.meant is kind] for kind in (True, False))
    lines = [*_row("confidence of accepted utterances", "utterances", "right, percent"), _rule(3)]
    for low in range(50, 100, 10):
        inside = [each for each in results if each.accepted and low <= 100 * each.confidence < low + 10 + (low == 90)]
        correct = sum(each.accepted_right for each in inside) / len(meant)
        wrong = sum((not each.accepted_right) / len(meant if each.meant else others) for each in inside)
        if inside:
            true = 100 * correct / (correct + wrong)
            lines += _row(f"{low / 100:.1f} to {low / 100 + 0.1:.1f}", str(len(inside)), f"{true:.0f}")
    lines += [
        "",
        f"Of {len(meant)} utterances that were meant and {len(others)} that were not; both kinds weigh the same.",
    ]
    return Section(lines)


def cost_section(cost: Cost) -> Section:
    """The section on time and memory."""
    lines = [*_row("cost", "measured", "target"), _rule(3)]
    count = len(cost.milliseconds)
    lines += _row(
        f"endpoint to intent, {count} utterances of about 1.5 s, one core, median", f"{cost.median:.0f} ms", "120"
    )
    return Section([*lines, *_row("resident memory of the whole program", f"{cost.megabytes:.0f} MB", "300")])


def _frontiers(
    meant: Sequence[Result], others: Sequence[Result], conditions: dict[str, str]
) -> tuple[list[Series], list[str]]:
    """The trade-off by condition, against other speech in the same noise, or at 12 dB where there is none."""
    series, told = [], []
    for name, condition in conditions.items():
        wanted = [result for result in meant if result.condition == condition]
        noise = CLEAN if condition == CLEAN else "kitchen 12"
        against = [result for result in others if result.condition == noise]
        if wanted and against:
            points = frontier(wanted, against)
            series.append(Series(name, _stairs(points)))
            told.append(f"{name}: {right_at(points, 1):.1f} % right where at most 1 % of other speech is accepted.  ")
    return series, told


def _stairs(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A trade-off as steps, without what is beyond the plot."""
    inside = [point for point in points if point[0] <= TOP_WRONG]
    steps = [corner for (_, b), (c, d) in pairwise(inside) for corner in ((c, b), (c, d))]
    return [*inside[:1], *steps, (TOP_WRONG, inside[-1][1])]


def _roc(title: str, series: Sequence[Series]) -> str:
    """The plot of trade-offs."""
    across = Axis("percent of other speech accepted", 0, TOP_WRONG, range(TOP_WRONG + 1))
    return plot(title, across, Axis("percent right", 50, 100, range(50, 101, 10)), series)


def _levels_plot(kitchen: Sequence[Share], crowd: Sequence[Share]) -> str:
    """The plot of orders by level, beside the published engines."""

    def points(values: Sequence[float]) -> list[tuple[float, float]]:
        return list(zip(SNR_LEVELS, values, strict=True))

    series = [
        Series("Limber, kitchen", points([s.percent for s in kitchen]), bars=[s.interval for s in kitchen]),
        Series("Limber, babble", points([s.percent for s in crowd]), bars=[s.interval for s in crowd]),
        Series("Rhino, kitchen", points([RHINO_KITCHEN[level] for level in SNR_LEVELS])),
        *(
            Series(f"{name}, mean", points([PUBLISHED_MEANS[name]] * len(SNR_LEVELS)), dashed=True)
            for name in list(PUBLISHED_MEANS)[1:]
        ),
    ]
    across = Axis("speech over noise, dB", min(SNR_LEVELS), max(SNR_LEVELS), sorted(SNR_LEVELS))
    return plot("Coffee orders with every slot right", across, Axis("percent", 70, 100, range(70, 101, 5)), series)


def _pace(results: Sequence[Result]) -> str:
    """Computing time against length of sound, in words."""
    heard, computed = sum(result.seconds for result in results), sum(result.computed for result in results)
    each = computed / len(results)
    return f"on average {each:.2f} s of computing time for {heard / len(results):.1f} s of sound"


def _average(shares: Sequence[Share]) -> float:
    """The mean of shares, in percent."""
    return mean(share.percent for share in shares)


def _mean(shares: Sequence[Share]) -> str:
    """The mean of shares, as a cell."""
    return f"{_average(shares):.1f}"


def _short(share: Share) -> str:
    """A share, as a cell without its interval."""
    return f"{share.percent:.1f}"


def _interval(share: Share) -> str:
    """A share's interval, as a cell."""
    low, high = share.interval
    return f"{low:.1f} to {high:.1f}"


def _row(*cells: str) -> Iterator[str]:
    """A row of a table."""
    yield f"| {' | '.join(cells)} |"


def _rule(cells: int) -> str:
    """The line under a table's head."""
    return f"| --- |{' ---: |' * (cells - 1)}"
