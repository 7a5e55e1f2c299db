"""What the tick finds due about assessments."""

from datetime import date, timedelta
from typing import Any

import pytest

from agreements.actions.assessment import make_final
from agreements.choices import Status
from agreements.due.assessment import assessments_due, calendar_of, readable
from agreements.models import Agreement, Assessment
from people.models import Notice
from tests.agreements_at import agreement_at, answer
from tests.assessed import drafted, final
from tests.cast import NOW, TODAY, Cast
from tests.noticed import told

pytestmark = pytest.mark.django_db
AGAIN = date(2026, 9, 27)  # the clocks change on it


@pytest.fixture
def signed(cast: Cast) -> Agreement:
    """A signed agreement of the business owner's."""
    return answer(agreement_at(Status.SIGNED, cast), "ownership", cast.privacy_officer, owner=cast.business_owner.who)


def assessed(cast: Cast, agreement: Agreement, **said: Any) -> Assessment:
    """A final privacy threshold assessment that is to be done again."""
    return final(agreement, "pta", cast.privacy_officer, cast.chief_executive, **{"again_on": AGAIN} | said)


def test_it_is_told_thirty_days_before_and_again_once_it_is_late(cast: Cast, signed: Agreement) -> None:
    one = assessed(cast, signed)
    assert assessments_due(AGAIN - timedelta(days=31)) == 0
    assert assessments_due(AGAIN - timedelta(days=30)) == 1
    assert told() == [
        ("Business owner of MCW", "assessment_due", f"{one} of MCW-2026-0001 is to be done again on 27 September 2026")
    ]
    assert assessments_due(AGAIN) == 0
    assessments_due(AGAIN + timedelta(days=1))
    assert told()[0][1:] == ("assessment_late", f"{one} of MCW-2026-0001 was to be done again on 27 September 2026")
    assert Notice.objects.open().get().url == f"/agreements/{signed.reference}/assessments/"


def test_a_newer_final_one_settles_it_and_a_draft_does_not(cast: Cast, signed: Agreement) -> None:
    assessed(cast, signed)
    assessments_due(AGAIN)
    assert len(told()) == 1
    draft = drafted(signed, "pta", cast.privacy_officer, done_on=TODAY, again_on=date(2028, 9, 27))
    assert assessments_due(AGAIN) == 0
    make_final(assessment=draft, by=cast.privacy_officer, now=NOW, on=TODAY)
    assert assessments_due(AGAIN) == 1
    assert told() == []


def test_only_running_agreements_and_only_what_has_a_day(cast: Cast, signed: Agreement) -> None:
    assessed(cast, signed, again_on=None)
    ended = agreement_at(Status.ENDED, cast, title="Over")
    assert ended.status == Status.ENDED
    assert assessments_due(AGAIN + timedelta(days=400)) == 0


def test_another_agency_never_reads_of_it_and_the_calendar_is_ones_own(cast: Cast, signed: Agreement) -> None:
    one = assessed(cast, signed)
    about = [f"Assessment {one.pk}"]
    assert readable(cast.business_owner, about) == {about[0]: signed.title}
    assert readable(Cast("NRA", "National Records Agency").privacy_officer, about) == {}
    assert readable(cast.administrator, about) == {}
    assert [(day.what, day.on) for day in calendar_of(cast.business_owner)] == [
        (f"{one} again of {signed.reference}", AGAIN)
    ]
    assert calendar_of(cast.auditor) == []
