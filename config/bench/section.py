"""The part of docs/performance.md about conflicts of interest: written by itself, kept by what writes the rest."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from config.bench.measure import Figure
from config.bench.report import shown_time, word

HEADING = "## Conflicts of interest\n"
INTRO = """
Written by `manage.py bench --only conflicts` on {day}: 20,000 staff, 50,000 declarations, 80,000 interests, {rows:,} \
history rows in all, entered in {seconds:.0f} s through the declared back-fill door with every guard in place. A match \
is the whole action with its writes, taken back afterwards. The launch is one transaction, its commit and its ledger \
included: stopped in the middle nobody was asked, and run again everybody is asked once \
(tests/conflicts/test_rounds.py). The load of the machine was {load:.1f}: above 2, medians say how long one waits.

| What | Median | Fastest | Queries | Aim | | Note |
|---|---:|---:|---:|---|---|---|
"""


def section(
    figures: Sequence[Figure], aims: Mapping[str, tuple[int, float]], rows: int, seconds: float, day: date
) -> str:
    """The section, exactly as measured: misses stand beside hits."""
    lines = [_line(one, *aims[one.name]) for one in figures]
    return (
        HEADING
        + INTRO.format(day=f"{day.day} {day:%B %Y}", rows=rows, seconds=seconds, load=os.getloadavg()[0])
        + "\n".join(lines)
        + "\n"
    )


def kept_section(path: Path) -> str:
    """The section as it stands in the file, to be put back; empty where there is none."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return "\n" + text[text.index(HEADING) :] if HEADING in text else ""


def replace_section(path: Path, new: str) -> None:
    """Put the section at the end of the file in place of the one before."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(text.split(HEADING)[0].rstrip() + "\n\n" + new, encoding="utf-8")


def _line(one: Figure, queries: int, ms: float) -> str:
    counted = queries < FREE
    met = one.timing.ms <= ms and (not counted or (one.queries or 0) <= queries)
    aim = f"{queries} queries, {shown_time(ms)}" if counted else shown_time(ms)
    asked = "" if one.queries is None else str(one.queries)
    times = f"{shown_time(one.timing.ms)} | {shown_time(one.timing.fastest)}"
    return f"| {one.name} | {times} | {asked} | {aim} | {word(met=met)} | {one.note} |"


FREE = 1_000  # an aim of so many queries says nothing about queries
