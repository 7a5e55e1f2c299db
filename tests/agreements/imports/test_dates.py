"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.imports import dates

DAY = date(2014, 7, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1.7.2014", "1/7/2014", "01-07-2014", "1 July 2014", "1 Jul 14", "1-Jul-14", "1 Jul '14", "1st of July 2014",
        "July 1, 2014", "Tuesday, 1 July 2014", "2014-07-01", "2014/07/01", "20140701", "2014-07-01 00:00:00", "41821",
        "July 2014", "Jul-14", "07/2014", "2014-07", "Hōngongoi 2014", "1 Hongongoi 2014", "signed 1 July 2014 (CE)",
        "1 7 2014", "1/7/2014 12:00 a.m.",
    ],
)  # fmt: skip
def test_many_ways_of_writing_one_day(text: str) -> None:
    assert dates.read_day(text).value == DAY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("41821", "as Excel counts"),
        ("July 2014", "gives no day"),
        ("1 Jul 14", "was read as 1 July 2014"),
        ("2014", "Only the year"),
    ],
)
def test_a_guess_is_said(text: str, said: str) -> None:
    assert said in dates.read_day(text).said


@pytest.mark.parametrize("text", ["FY14/15", "FY2015", "2014/15", "Q3 2014", "financial year 2014"])
def test_a_financial_year_is_no_day(text: str) -> None:
    assert dates.read_day(text) == dates.Day(
        wrong=f"“{text}” is a financial year or a quarter, not a day. Write it as 1 July 2014"
    )


@pytest.mark.parametrize("text", ["soon", "31/02/2014", "0000-00-00", "1/1/3014", "9999999", "x" * 500, "1/2"])
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    day = dates.read_day(text)
    assert day.value is None
    assert day.wrong.endswith("Write it as 1 July 2014")
    assert len(day.wrong) < 200


def test_an_end_means_the_last_day() -> None:
    assert dates.read_day("June 2016", last=True).value == date(2016, 6, 30)
    assert dates.read_day("2016", last=True).value == date(2016, 12, 31)


def test_day_or_month_first() -> None:
    assert dates.is_ambiguous("01/02/2019")
    assert not dates.is_ambiguous("02/02/2019")
    assert not dates.is_ambiguous("25/02/2019")
    assert dates.read_day("01/02/2019").value == date(2019, 2, 1)
    assert dates.read_day("01/02/2019", day_first=False).value == date(2019, 1, 2)
    assert dates.shows_month_first("07/25/2019")
    assert dates.shows_day_first("25/07/2019")


@settings(deadline=None, max_examples=50)
@given(st.dates(date(1940, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back_as_it_went(day: date) -> None:
    serial = str((day - dates.EPOCH).days)
    for text in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day.day}.{day.month}.{day.year}", serial):
        assert dates.read_day(text).value == day


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60))
def test_nothing_that_people_write_breaks_it(text: str) -> None:
    day = dates.read_day(text)
    assert (day.value is None) == bool(day.wrong)
