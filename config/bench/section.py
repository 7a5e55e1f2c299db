"""The parts of docs/performance.md that are measured alone: each written by itself, kept by what writes the rest."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from config.bench.measure import Figure
from config.bench.report import shown_time, word

HEADING = "## Conflicts of interest\n"
ASSURANCE = "## Assurance\n"
HEADINGS = (HEADING, ASSURANCE)  # in the order of the file
INTRO = """
Written by `manage.py bench --only conflicts` on {day}: 20,000 staff, 50,000 declarations, 80,000 interests, {rows:,} \
history rows in all, entered in {seconds:.0f} s through the declared back-fill door with every guard in place. A match \
is the whole action with its writes, taken back afterwards. The launch is one transaction, its commit and its ledger \
included: stopped in the middle nobody was asked, and run again everybody is asked once \
(tests/conflicts/test_rounds.py). The load of the machine was {load:.1f}: above 2, medians say how long one waits.

| What | Median | Fastest | Queries | Aim | | Note |
|---|---:|---:|---:|---|---|---|
"""


ASSURANCE_INTRO = """
Written by `manage.py bench --only assurance` on {day}: {counts}, {rows:,} history rows in all, entered in \
{seconds:.0f} s through the declared back-fill door with every guard in place. The runs of conformance stand twice, as \
of today and as of 400 days ago, so that last year's figures read as much as today's. What is done once (figures \
taken, signed, made) is measured once, cold. The load of the machine was {load:.1f}: above 2, medians say how long one \
waits.
"""
TABLE = """
| What | Median | Fastest | Queries | Aim | | Note |
|---|---:|---:|---:|---|---|---|
"""


def section(
    figures: Sequence[Figure], aims: Mapping[str, tuple[int, float]], rows: int, seconds: float, day: date
) -> str:
    """The section about conflicts of interest, exactly as measured: misses stand beside hits."""
    intro = INTRO.format(day=f"{day.day} {day:%B %Y}", rows=rows, seconds=seconds, load=os.getloadavg()[0])
    return HEADING + intro + _lines(figures, aims)


def assurance_section(
    figures: Sequence[Figure], aims: Mapping[str, tuple[int, float]], counts: str, rows: int, seconds: float, day: date
) -> str:
    """The section about assurance, the same way; ``counts`` says what was filled."""
    said = {"day": f"{day.day} {day:%B %Y}", "counts": counts, "rows": rows, "seconds": seconds}
    intro = ASSURANCE_INTRO.format(load=os.getloadavg()[0], **said)
    return ASSURANCE + intro + TABLE + _lines(figures, aims)


def _lines(figures: Sequence[Figure], aims: Mapping[str, tuple[int, float]]) -> str:
    return "\n".join(_line(one, *aims[one.name]) for one in figures) + "\n"


def kept_section(path: Path) -> str:
    """The sections as they stand in the file, to be put back; empty where there is none."""
    _, kept = _taken_apart(path)
    return "".join(f"\n{kept[heading]}" for heading in HEADINGS if heading in kept)


def replace_section(path: Path, new: str) -> None:
    """Put the section into the file in place of the one before; the others stay as they are."""
    rest, kept = _taken_apart(path)
    kept[new[: new.index("\n") + 1]] = new
    ends = "\n".join(kept[heading] for heading in HEADINGS if heading in kept)
    path.write_text(f"{rest.rstrip()}\n\n{ends}", encoding="utf-8")


def _taken_apart(path: Path) -> tuple[str, dict[str, str]]:
    """What stands before the sections, and each section by its heading."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    starts = sorted((text.index(heading), heading) for heading in HEADINGS if heading in text)
    ends = [*(start for start, _ in starts), len(text)]
    kept = {heading: text[start : ends[at + 1]].rstrip() + "\n" for at, (start, heading) in enumerate(starts)}
    return text[: ends[0]], kept


def _line(one: Figure, queries: int, ms: float) -> str:
    counted = queries < FREE
    met = one.timing.ms <= ms and (not counted or (one.queries or 0) <= queries)
    aim = f"{queries} queries, {shown_time(ms)}" if counted else shown_time(ms)
    asked = "" if one.queries is None else str(one.queries)
    times = f"{shown_time(one.timing.ms)} | {shown_time(one.timing.fastest)}"
    return f"| {one.name} | {times} | {asked} | {aim} | {word(met=met)} | {one.note} |"


FREE = 1_000  # an aim of so many queries says nothing about queries
