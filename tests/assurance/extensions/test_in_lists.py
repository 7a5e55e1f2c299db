"""Conformance in the register's own list: a filter by what is lacking, and cells that say what is left."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agreements.choices import Status
from assurance.models import ConformanceEntry
from tests.agreements_at import agreement_at, answer
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
HERE = "/agreements/"
OUTSIDE = {"personal_information": "yes", "outside_state_services": "yes"}


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def outside(cast: Cast, title: str) -> None:
    """A draft with a party outside the State services, about which nothing else is known."""
    answer(agreement_at(Status.DRAFT, cast, title=title), "scope", cast.privacy_officer, **OUTSIDE)


def test_the_list_says_how_much_is_left_and_finds_what_lacks_a_requirement(cast: Cast, reader: Client) -> None:
    outside(cast, "Outside")
    agreement_at(Status.DRAFT, cast, title="Inside")
    page = reader.get(HERE, {"lacks": "ISS-05"}).content.decode()
    assert "Outside" in page
    assert ">Inside<" not in page
    assert "Does not meet: ISS-05 Due diligence was done before sharing" in page
    entry = ConformanceEntry.objects.get(agreement__title="Outside")
    assert f"Requirements not met: {len(entry.not_met)}" in page
    assert f"Requirements unknown: {len(entry.unknown)}" in page


@pytest.mark.parametrize("name", ["lacks", "not_known", "meets", "accepted"])
@pytest.mark.parametrize("value", ["ISS-99", "C14", "'; DROP TABLE x", "L1.6", "é" * 500])
def test_a_requirement_that_no_standard_asks_of_agreements_is_refused(reader: Client, name: str, value: str) -> None:
    response = reader.get(HERE, {name: value})
    assert response.status_code == 400
    assert "Nothing was looked for" in response.content.decode()


def test_what_only_links_set_is_kept_by_the_form_and_taken_off_by_its_chip(cast: Cast, reader: Client) -> None:
    outside(cast, "Outside")
    page = reader.get(HERE, {"not_known": "ISS-08"}).content.decode()
    assert '<input type="hidden" name="not_known" value="ISS-08" form="find">' in page
    assert "Not known whether it meets: ISS-08" in page


@pytest.mark.parametrize("many", [1, 50])
def test_the_list_stays_within_its_budget(
    cast: Cast, reader: Client, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_agreements(many, cast.privacy_officer, NOW)
    reader.get(HERE)  # the session is touched once in five minutes
    for asked in ({}, {"lacks": "ISS-05", "critical": "yes", "cohort": "existing", "exception": "yes"}):
        with django_assert_max_num_queries(8):
            assert reader.get(HERE, asked).status_code == 200
