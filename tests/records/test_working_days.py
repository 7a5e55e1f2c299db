"""Which days are working days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from records.working_days import is_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 7, 14), True),
        (date(2026, 7, 11), False),
        (date(2026, 7, 12), False),
        (date(2026, 2, 6), False),  # Waitangi Day
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 27), False),  # Anzac Day, observed: the day itself is a Saturday
        (date(2026, 7, 10), False),  # Matariki
        (date(2027, 6, 25), False),  # Matariki moves
        (date(2026, 1, 19), True),  # Wellington's anniversary is not everybody's
    ],
)
def test_weekends_and_national_holidays_are_none(day: date, works: bool) -> None:
    assert is_working_day(day) == works


def test_no_ten_days_pass_without_one() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(3653)]
    working = [day for day in days if is_working_day(day)]
    assert max((after - before).days for before, after in pairwise(working)) <= 6
    assert 245 <= sum(day.year == 2026 for day in working) <= 255
