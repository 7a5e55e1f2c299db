"""Dates, distances and answers as people read them."""

from datetime import UTC, date, datetime

import pytest

from records import words

ON = date(2026, 7, 14)


def test_a_date_keeps_day_and_month_on_one_line() -> None:
    assert words.nz_date(date(2025, 7, 1)) == "1\N{NO-BREAK SPACE}July 2025"


def test_a_moment_is_told_in_new_zealands_time() -> None:
    assert (
        words.nz_datetime(datetime(2026, 7, 9, 4, 12, tzinfo=UTC))
        == "9\N{NO-BREAK SPACE}July 2026, 4.12\N{NO-BREAK SPACE}pm"
    )


@pytest.mark.parametrize(("hour", "told"), [(12, "12.00\N{NO-BREAK SPACE}am"), (0, "12.00\N{NO-BREAK SPACE}pm")])
def test_noon_and_midnight_are_twelve(hour: int, told: str) -> None:
    assert words.nz_time(datetime(2026, 7, 9, hour, 0, tzinfo=UTC)) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (ON, "today"),
        (date(2026, 7, 15), "tomorrow"),
        (date(2026, 7, 31), "in 17 days"),
        (date(2026, 7, 13), "1 day late"),
        (date(2026, 7, 2), "12 days late"),
        (date(2027, 7, 14), "in 12 months"),
        (date(2023, 7, 14), "3 years late"),
    ],
)
def test_distance(value: date, told: str) -> None:
    assert words.distance(value, ON) == told


def test_a_range_says_what_it_lacks() -> None:
    assert words.nz_range(None, None) == "Not recorded"
    assert words.nz_range(ON, None).endswith("no end date")
    assert words.nz_range(None, ON).endswith("start not recorded")
    assert " to " in words.nz_range(ON, date(2029, 7, 31))


@pytest.mark.parametrize(
    ("value", "told"),
    [("yes", "Yes"), ("no", "No"), (None, "We do not know yet"), ("", "We do not know yet"), (True, "Yes")],
)
def test_a_missing_answer_is_unknown_and_never_no(value: str | bool | None, told: str) -> None:
    assert words.yes_no_unknown(value) == told


def test_nothing_is_told_of_nothing() -> None:
    assert [words.nz_date(None), words.nz_time(None), words.nz_datetime(None), words.number(None)] == ["", "", "", ""]
    assert words.number(1204) == "1,204"
