"""docs/performance.md, exactly as measured: misses stand beside hits."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.bench.measure import Figure

MANY = 10_000  # queries, where not they but the time is the aim
AIMS = {
    "List, first page": (8, 40.0),
    "Search by word": (8, 40.0),
    "Search with a slip of one letter": (8, 40.0),
    "Agreement page": (15, 50.0),
    "Assess one agreement": (6, 10.0),
    "Re-assess every agreement": (MANY, 10_000.0),
    "Conformance matrix, first page": (10, 80.0),
}
SAVE_AIM = 1.4
INTRO = """# Performance

Written by `make bench` on {day}: nothing here was typed by hand. Medians after one warm-up run, asked in the process \
through every middleware, one at a time, on {cores} cores ({machine}, Python {python}); the load of the machine when \
it began was {load:.1f}. A load above 2 means that other work crowded the cores: medians then say how long one waits, \
the fastest run and the own processor time what it costs. Ratios compare fastest runs.

The register is invented and entered through the declared back-fill door with every guard in place. \
{sizes}. "Bare SQL" is the page's own SELECT statements, sent alone and read to the end.
"""


@dataclass(frozen=True)
class Size:
    """One size of the register: how many agreements and history rows, how long it took to fill, the figures."""

    agreements: int
    history_rows: int
    seconds: float
    figures: Sequence[Figure]


def write(sizes: Sequence[Size], middle: int, day: date) -> str:
    """The document; ``middle`` is the size whose figures are held against the aims."""
    chosen = next(size for size in sizes if size.agreements == middle)
    parts = [_intro(sizes, day), _table(chosen), _growth(sizes), _aims(chosen)]
    return "\n".join(parts)


def _intro(sizes: Sequence[Size], day: date) -> str:
    filled = "; ".join(
        f"{size.agreements:,} agreements with {size.history_rows:,} history rows (filled in {size.seconds:.0f} s)"
        for size in sizes
    )
    return INTRO.format(
        day=f"{day.day} {day:%B %Y}",
        cores=os.cpu_count(),
        machine=platform.machine(),
        python=platform.python_version(),
        load=os.getloadavg()[0],
        sizes=filled,
    )


def _table(size: Size) -> str:
    lines = [
        f"## At {size.agreements:,} agreements",
        "",
        "| What | Median | Fastest | Own processor time | Queries | Bare SQL or baseline, fastest | Ratio | Note |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for one in size.figures:
        queries = "" if one.queries is None else str(one.queries)
        ratio = "" if one.ratio is None else f"{one.ratio:.1f}"
        bare = shown_time(one.bare.fastest) if one.bare else ""
        times = " | ".join(shown_time(value) for value in (one.timing.ms, one.timing.fastest, one.timing.cpu))
        lines.append(f"| {one.name} | {times} | {queries} | {bare} | {ratio} | {one.note} |")
    return "\n".join([*lines, ""])


def _growth(sizes: Sequence[Size]) -> str:
    heads = " | ".join(f"{size.agreements:,}" for size in sizes)
    lines = ["## Growth", "", f"| Fastest at | {heads} |", f"|---|{'---:|' * len(sizes)}"]
    by_size: list[Mapping[str, Figure]] = [{one.name: one for one in size.figures} for size in sizes]
    for name in by_size[0]:
        cells = " | ".join(shown_time(found[name].timing.fastest) if name in found else "" for found in by_size)
        lines.append(f"| {name} | {cells} |")
    return "\n".join([*lines, ""])


def _aims(size: Size) -> str:
    lines = ["## Against the aims", "", "| Aim | Measured | |", "|---|---|---|"]
    for one in size.figures:
        if one.name in AIMS:
            queries, ms = AIMS[one.name]
            met = (one.queries or 0) <= queries and one.timing.ms <= ms
            said = f"{one.queries} queries, {shown_time(one.timing.ms)} (fastest {shown_time(one.timing.fastest)})"
            most = f"at most {queries} queries and {ms:.0f} ms" if queries < MANY else f"at most {ms / 1000:.0f} s"
            lines.append(f"| {one.name}: {most} | {said} | {word(met=met)} |")
        elif one.ratio is not None and one.note:
            said = f"{one.ratio:.2f} times"
            lines.append(f"| {one.name}: at most {SAVE_AIM} times plain | {said} | {word(met=one.ratio <= SAVE_AIM)} |")
    return "\n".join([*lines, ""])


def word(*, met: bool) -> str:
    """Whether an aim was met, as the tables say it."""
    return "met" if met else "**missed**"


def shown_time(value: float) -> str:
    """Milliseconds as people read them."""
    return f"{value / 1000:.2f} s" if value >= 1000 else f"{value:.1f} ms"
