"""Organisations are added, renamed, named and owned; nobody owns themselves."""

from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from agreements.actions.organisation import (
    add_name,
    add_organisation,
    change_organisation,
    end_link,
    link_organisations,
    organisation_values,
)
from agreements.choices import NameKind, Status
from agreements.digest import digest
from agreements.errors import NotNow, NotYours, Stale
from agreements.models import Organisation, SearchEntry
from agreements.ownership import links_around
from people.models import User
from people.permissions import NotPermitted
from records.acting import acting
from tests.agreements_at import agreement_at, organisation
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return Cast().privacy_officer


def change(body: Organisation, by: User, **values: Any) -> Organisation:
    now = organisation_values(body)
    return change_organisation(organisation=body, values=now | values, seen=digest(now), by=by)


def test_an_old_name_stays_known(officer: User) -> None:
    body = change(organisation("Ministry of Works"), officer, name="Ministry of Infrastructure")
    assert [(name.name, name.kind) for name in body.names.all()] == [("Ministry of Works", NameKind.FORMER)]


@pytest.mark.parametrize("name", ["MINISTRY OF WORKS", "Ministry  of Works", "Mīnistry of Works"])
def test_a_name_only_spelt_otherwise_is_no_former_name(officer: User, name: str) -> None:
    assert not change(organisation("Ministry of Works"), officer, name=name).names.exists()


def test_agreements_are_found_by_the_new_name_and_the_old() -> None:
    cast = Cast()
    agreement = agreement_at(Status.SIGNED, cast)
    change(organisation(), cast.privacy_officer, name="Ngā Ringa Āwhina Trust")
    entry = SearchEntry.objects.get(agreement=agreement)
    assert "Ngā Ringa Āwhina Trust" in entry.parties
    assert "Te Whare Tautoko Trust" not in entry.parties
    assert "nga ringa awhina trust" in entry.names
    assert "te whare tautoko trust" in entry.names
    assert SearchEntry.objects.filter(vector="awhina").exists()


def test_a_change_made_meanwhile_is_told(officer: User) -> None:
    body = organisation("Ministry of Works")
    seen = digest(organisation_values(body))
    change(body, officer, country="Australia")
    with pytest.raises(Stale) as stale:
        change_organisation(organisation=body, values=organisation_values(body), seen=seen, by=officer)
    assert stale.value.differences[0].theirs == "Australia"
    assert Organisation.objects.get(pk=body.pk).country == "Australia"


def test_another_agency_itself_is_not_mine_to_change(officer: User) -> None:
    other = Cast("OTH", "Other Ministry")
    body = organisation("Other Ministry")
    with acting(by=officer):
        body.agency = other.agency
        body.save()
    with pytest.raises(NotYours, match="only its own people change it"):
        change(body, officer, name="Mine")
    assert change(body, other.privacy_officer, country="Niue").country == "Niue"


def test_who_does_not_keep_organisations_changes_none() -> None:
    with pytest.raises(NotPermitted):
        add_name(organisation=organisation(), name="TWT", kind=NameKind.ABBREVIATION, by=Cast().adviser)


def test_the_same_other_name_is_not_added_twice(officer: User) -> None:
    body = organisation()
    add_name(organisation=body, name="TWT", kind=NameKind.ABBREVIATION, by=officer)
    with pytest.raises(ValidationError):
        add_name(organisation=body, name="twt", kind=NameKind.ABBREVIATION, by=officer)


@pytest.mark.parametrize("nzbn", ["9429000000016", "942900000001", "94290000000177", "９４２９００００００１７"])
def test_an_nzbn_that_does_not_add_up_is_refused(officer: User, nzbn: str) -> None:
    with pytest.raises(ValidationError, match=r"NZBN|at most 13"):
        add_organisation(name="Pūkeko", values={"nzbn": nzbn}, by=officer)


def test_nobody_comes_to_own_themselves(officer: User) -> None:
    a, b, c = (organisation(name) for name in ("Alpha", "Beta", "Gamma"))
    link_organisations(owner=a, owned=b, kind="owner", by=officer)
    link_organisations(owner=b, owned=c, kind="parent", by=officer)
    with pytest.raises(NotNow, match="Alpha already owns Gamma"):
        link_organisations(owner=c, owned=a, kind="owner", by=officer)
    with pytest.raises(NotNow, match="cannot own itself"):
        link_organisations(owner=a, owned=a, kind="owner", by=officer)


def test_an_ended_link_counts_no_more(officer: User) -> None:
    a, b = organisation("Alpha"), organisation("Beta")
    link = link_organisations(owner=a, owned=b, kind="owner", by=officer)
    end_link(link=link, on=TODAY, by=officer)
    assert links_around(a) == []
    link_organisations(owner=b, owned=a, kind="owner", by=officer)


def test_links_are_read_at_every_depth(officer: User) -> None:
    bodies = [organisation(f"Company {number}") for number in range(6)]
    for owner, owned in pairwise(bodies):
        link_organisations(owner=owner, owned=owned, kind="owner", by=officer)
    assert len(links_around(bodies[3])) == 5
