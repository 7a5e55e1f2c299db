"""By quarter: what the newest assessment at or before its end said, whatever came later."""

from datetime import date, datetime
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from agreements.actions.status import perform
from agreements.choices import Status
from agreements.models import Agreement
from assurance.actions.conformance import reassess
from assurance.actions.run_outcome import keep_outcomes
from assurance.models import ConformanceEntry, ConformanceRun
from assurance.pages.trend import bars, ends, trend
from people.actions.system import system_user
from records.acting import acting
from records.bulk import create
from tests.agreements_at import agreement_at
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
STANDARD = "information-sharing"
ON = date(2031, 2, 14)


def assessed(agreement: Agreement, on: date, **results: str) -> None:
    """A run of a day with these outcomes, ISS_05 for ISS-05."""
    newest = ConformanceRun.objects.filter(agreement=agreement).latest("pk")
    newest.pk, newest.on = None, on
    newest.results = {name.replace("_", "-"): [outcome, ""] for name, outcome in results.items()}
    with acting(by=system_user("test")), transaction.atomic():
        keep_outcomes(create([newest]))


def test_quarters_end_where_the_calendar_says() -> None:
    assert ends(date(2026, 3, 31), 2) == [date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31)]
    assert ends(date(2026, 1, 1), 1) == [date(2025, 12, 31), date(2026, 1, 1)]


def test_each_quarter_counts_what_was_known_then(cast: Cast) -> None:
    made = agreement_at(Status.SIGNED, cast)
    assessed(made, date(2030, 3, 31), ISS_05="not_met", ISS_06="unknown")
    assessed(made, date(2030, 5, 1), ISS_05="not_met", ISS_06="met")
    assessed(made, date(2030, 6, 30), ISS_05="unknown", ISS_06="met")
    assessed(made, date(2030, 10, 1), ISS_05="met", ISS_06="met", ISS_07="not_applicable")
    found = {one.end: (one.not_met, one.unknown, one.met) for one in trend(cast.privacy_officer, STANDARD, ON)}
    assert found[date(2030, 3, 31)] == (1, 0, 0)
    assert found[date(2030, 6, 30)] == (0, 1, 0)
    assert found[date(2030, 9, 30)] == (0, 1, 0)
    assert found[date(2030, 12, 31)] == (0, 0, 1)
    assert found[ON] == (0, 0, 1)


def test_what_is_out_of_scope_is_not_counted(cast: Cast) -> None:
    """domain.md 8.5 rule 7: an AISA meets ISS-01 at most, which is asked of everything."""
    assessed(agreement_at(Status.SIGNED, cast), date(2030, 3, 1), ISS_01="met", ISS_05="not_applicable")
    assert [one.total for one in trend(cast.privacy_officer, STANDARD, ON)][-1] == 0


def test_only_what_was_in_use_at_the_end_of_a_quarter_is_counted(cast: Cast) -> None:
    for status in (Status.DRAFT, Status.SUSPENDED, Status.WITHDRAWN):
        assessed(agreement_at(status, cast, title=str(status.label)), date(2030, 2, 1), ISS_05="not_met")
    signed = agreement_at(Status.SIGNED, cast)
    assessed(signed, date(2030, 2, 1), ISS_05="not_met")
    then = datetime(2030, 5, 1, 9, tzinfo=NOW.tzinfo)
    perform(
        agreement=signed, step="end", by=cast.privacy_officer, now=then, reason="It is over", disposal="return",
        disposal_note="Receipt",
    )  # fmt: skip
    found = {one.end: one.not_met for one in trend(cast.privacy_officer, STANDARD, date(2030, 6, 30))}
    assert [found[date(2030, 3, 31)], found[date(2030, 6, 30)]] == [2, 1]


def test_another_agency_counts_its_own(cast: Cast, client: Client) -> None:
    assessed(agreement_at(Status.SIGNED, cast), date(2030, 2, 1), ISS_05="unknown")
    assert trend(cast.privacy_officer, STANDARD, ON)[-1].total == 1
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert "Nothing was assessed yet" in client.get("/conformance/trend/").content.decode()


@pytest.mark.parametrize("standard", ["", "nonsense", "'; DROP TABLE x", "information-sharing 2025-07-01"])
def test_a_standard_that_is_none_is_the_first(cast: Cast, client: Client, standard: str) -> None:
    client.force_login(cast.privacy_officer)
    response = client.get("/conformance/trend/", {"standard": standard})
    assert response.context["standard"].id == STANDARD


@pytest.mark.parametrize("many", [1, 50])
def test_one_query_whatever_the_rows(
    cast: Cast, client: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = many_agreements(many, cast.privacy_officer, NOW, bodies=5)
    reassess(agreements=[one.pk for one in made], on=TODAY, by=system_user("test"))
    with django_assert_num_queries(1):
        found = trend(cast.privacy_officer, STANDARD, ON)
    drawn = bars(found)
    assert all(bar.y >= 0 and bar.y + bar.height <= 200.1 for bar in drawn)
    client.force_login(cast.privacy_officer)
    client.get("/conformance/trend/")
    with django_assert_num_queries(3):
        assert "Conformance by quarter" in client.get("/conformance/trend/").content.decode()


def test_the_numbers_of_today_open_lists_of_as_many(cast: Cast, client: Client) -> None:
    for status in (Status.DRAFT, Status.SIGNED, Status.SUSPENDED):
        made = agreement_at(status, cast, title=str(status.label))
        ConformanceEntry.objects.filter(agreement=made).update(standing="not_met", in_scope="yes")
        assessed(made, localdate(), ISS_05="not_met")
    client.force_login(cast.privacy_officer)
    page = client.get("/conformance/trend/").text
    query = "standard_is=not_met&amp;status=signed&amp;status=suspended"
    assert f'href="/conformance/?{query}">2</a>' in page
    assert "2 agreements" in client.get(f"/conformance/?{unescape(query)}").text
    assert "?standard_is" not in client.get("/conformance/trend/", {"standard": "inquiry"}).text
