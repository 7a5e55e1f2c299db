"""The document of the benchmark: as measured, misses beside hits."""

from datetime import date

from config.bench.measure import Figure, Timing, timed
from config.bench.report import Size, write


def figure(name: str, ms: float, *, queries: int | None = None, bare: float | None = None, note: str = "") -> Figure:
    baseline = Timing(bare, bare, bare) if bare else None
    return Figure(name, Timing(ms, ms, ms), queries, baseline, note)


def document(*figures: Figure) -> str:
    small, middle = Size(500, 30_000, 3.0, figures), Size(5000, 300_000, 40.0, figures)
    return write([small, middle], 5000, date(2026, 7, 1))


def test_a_miss_is_said() -> None:
    text = document(figure("List, first page", 41.0, queries=8), figure("Agreement page", 49.0, queries=15))
    assert "| 8 queries, 41.0 ms (fastest 41.0 ms) | **missed** |" in text
    assert "| 15 queries, 49.0 ms (fastest 49.0 ms) | met |" in text


def test_a_save_is_held_against_plain_history() -> None:
    text = document(figure("Terms.save() in an action", 1.5, bare=1.0, note="against plain save()"))
    assert "at most 1.4 times plain | 1.50 times | **missed** |" in text


def test_it_says_when_and_how_large() -> None:
    text = document(figure("CSV of everything", 2400.0))
    assert "on 1 July 2026" in text
    assert "5,000 agreements with 300,000 history rows (filled in 40 s)" in text
    assert "2.40 s" in text


def test_the_first_run_only_warms_up() -> None:
    calls: list[int] = []
    timing = timed(lambda: calls.append(1), runs=3)
    assert len(calls) == 4
    assert timing.fastest <= timing.ms
