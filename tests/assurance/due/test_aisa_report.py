"""The lead agency's people hear that a report is due, then late, until it is complete; and what it has to say."""

from datetime import date

import pytest

from agreements.actions.status import perform
from agreements.choices import AtEnd, Kind
from agreements.due.agreement import readable
from agreements.models import Agreement
from assurance.actions.aisa_report import Said, complete_year, reopen_year, save_entries
from assurance.actions.approval import save_approval
from assurance.aisa.asked import contents, figures
from assurance.due.aisa_report import aisa_reports_due, calendar_of
from people.models import Notice
from tests.agreements_at import answer, organisation
from tests.assurance.yearly import YEAR, led
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.open().select_related("recipient").order_by("recipient__name")
    return [(notice.recipient.name, notice.text.replace("\xa0", " ")) for notice in rows]


def test_it_is_told_from_the_end_of_the_year_until_it_is_complete(cast: Cast) -> None:
    agreement, owner, by = led(cast), cast.business_owner, cast.privacy_officer
    answer(agreement, "ownership", by, owner=owner.who)
    agreement = Agreement.objects.get(pk=agreement.pk)
    aisa_reports_due(date(2026, 7, 1))
    due = f"The report of {agreement.reference} for 2025/26 is to be complete by 30 September 2026"
    assert told() == [(owner.who.name, due)]
    assert aisa_reports_due(date(2026, 8, 1)) == 0, "once"
    assert [day.on for day in calendar_of(owner)] == [date(2026, 9, 30)]
    assert readable(owner, [agreement.reference]) == {agreement.reference: agreement.title}
    assert readable(Cast("OTH", "Other Ministry").privacy_officer, [agreement.reference]) == {}
    aisa_reports_due(date(2026, 10, 1))
    late = due.replace("is to be", "was to be")
    assert told() == sorted([(owner.who.name, late), (by.who.name, late)]), "late, also who keeps the reports"
    said = [Said("costs", "", "About $1")]
    save_entries(agreement=agreement, year=YEAR, said=said, seen=0, by=by, now=NOW)
    complete_year(agreement=agreement, year=YEAR, by=by, now=NOW)
    aisa_reports_due(date(2026, 10, 2))
    assert told() == []
    reopen_year(agreement=agreement, year=YEAR, why="A figure came late", by=by, now=NOW)
    aisa_reports_due(date(2026, 10, 3))
    assert [text for _, text in told()] == [late, late]


def test_only_the_agency_in_the_lead_is_told(cast: Cast) -> None:
    ours = {led(cast, kind=Kind.MATCHING).reference, led(cast).reference}
    theirs = led(cast, title="Led elsewhere")
    lead = organisation("Other Ministry", agency=Cast("OTH", "Other Ministry").agency, state_services="yes")
    save_approval(agreement=theirs, values={"lead": lead, "order": "Order 2026"}, by=cast.privacy_officer, now=NOW)
    aisa_reports_due(date(2026, 7, 1))
    assert set(Notice.objects.open().values_list("about", flat=True)) == ours


def test_what_ended_in_the_year_is_told_and_what_ended_before_is_not(cast: Cast) -> None:
    agreement, by = led(cast), cast.privacy_officer
    perform(agreement=agreement, step="end", by=by, now=NOW, reason="It is over", disposal=AtEnd.NOTHING_HELD)
    aisa_reports_due(date(2026, 7, 20))
    aisa_reports_due(date(2027, 7, 1))
    assert {text for _, text in told()} == {
        f"The report of {agreement.reference} for 2026/27 is to be complete by 30 September 2027"
    }
    aisa_reports_due(date(2028, 7, 1))
    assert told() == []


def test_everything_that_regulation_13_asks_has_its_place() -> None:
    """Privacy Regulations 2020, regulation 13, as far as it was read or is remembered (source of each: report.toml)."""
    texts, counts = {one.key for one in contents(Kind.AISA)}, {one.key for one in figures(Kind.AISA)}
    assert texts == {
        "costs", "costs_variance", "benefits", "benefits_variance", "difficulties", "overcome", "audits", "safeguards",
        "adverse", "complaints", "breaches", "amendments", "assurance",
    }  # fmt: skip
    assert counts == {
        "people", "transactions", "requests", "responses", "supplies", "received", "outcome", "notices", "acted",
        "early", "disputed",
    }  # fmt: skip
    assert all(one.source for kind in Kind for one in (*contents(kind), *figures(kind)))
