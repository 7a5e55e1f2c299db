"""Periods of notice in working days, and what dated notices add up to (Privacy Act 2020, sections 152 and 181)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements.choices import Kind
from agreements.errors import NotNow
from assurance.actions.adverse_notice import record_outcome
from assurance.actions.approval import save_approval
from assurance.aisa.counting import counted, totals
from assurance.models import AdverseNotice, Became
from tests.assurance.yearly import led, noticed
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
# Easter 2026: Friday 3 and Monday 6 April are holidays, and so is Monday 27 April, for Anzac Day on a Saturday.
BEFORE_EASTER = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("kind", "given_on", "last"),
    [
        (Kind.AISA, BEFORE_EASTER, date(2026, 4, 17)),
        (Kind.MATCHING, BEFORE_EASTER, date(2026, 4, 10)),
        (Kind.AISA, date(2025, 12, 24), date(2026, 1, 13)),
    ],
)
def test_ten_working_days_of_an_aisa_and_five_of_matching(kind: Kind, given_on: date, last: date) -> None:
    cast = Cast()
    notice = noticed(led(cast, kind=kind), cast.privacy_officer, given_on)
    assert counted([notice])[0].last_day == last


def test_what_came_of_notices_is_counted_by_the_day() -> None:
    cast = Cast()
    by = cast.privacy_officer
    notice = noticed(led(cast), by, BEFORE_EASTER, number=10)

    def became(what: Became, number: int, on: date, note: str = "") -> None:
        values = {"became": what, "number": number, "on": on, "note": note}
        record_outcome(notice=notice, values=values, by=by, now=NOW)

    became(Became.MISTAKE, 1, BEFORE_EASTER, "Counted twice")
    became(Became.ACTED, 2, date(2026, 4, 17))  # still the last day to dispute
    became(Became.ACTED, 5, date(2026, 4, 20))
    became(Became.DISPUTED, 3, date(2026, 4, 9))
    assert totals(counted(AdverseNotice.objects.all())) == {"notices": 9, "acted": 7, "early": 2, "disputed": 3}
    for what, number, on, note, says in (
        (Became.ACTED, 3, date(2026, 5, 1), "", "There are 2 left"),
        (Became.MISTAKE, 3, date(2026, 5, 1), "No", "There are 2 left"),
        (Became.MISTAKE, 1, date(2026, 5, 1), "", "Say what was wrong"),
        (Became.ACTED, 1, date(2026, 3, 31), "", "nothing came of it before"),
        (Became.ACTED, 1, date(2026, 7, 15), "", "has not come yet"),
        (Became.ACTED, 0, date(2026, 5, 1), "", "some"),
    ):
        with pytest.raises(ValidationError, match=says):
            became(what, number, on, note)
    assert totals(counted(AdverseNotice.objects.all()))["acted"] == 7
    assert totals([]) == {}


def test_a_shorter_period_is_the_one_that_the_approval_grounds() -> None:
    cast = Cast()
    agreement = led(cast)
    short = {"notice_days": 3, "notice_ground": "Suspected offending"}
    save_approval(agreement=agreement, values=short, by=cast.privacy_officer, now=NOW)
    notice = noticed(agreement, cast.privacy_officer, BEFORE_EASTER)
    assert (notice.period, notice.ground) == (3, "Suspected offending")
    with pytest.raises(ValidationError, match="has not come yet"):
        noticed(agreement, cast.privacy_officer, date(2026, 7, 15))
    with pytest.raises(NotNow, match="2011/12 cannot be reported on"):
        noticed(agreement, cast.privacy_officer, date(2012, 1, 1))
