"""Merging: what named the one names the other, both histories stay, and what cannot be settled is refused."""

from datetime import date

import pytest

from agreements.actions.organisation import add_name, link_organisations
from agreements.actions.organisation_merge import merge_organisations
from agreements.actions.row import add_row
from agreements.choices import PartyRole, Status
from agreements.errors import NotNow
from agreements.models import Flow, Organisation, Party, SearchEntry
from agreements.ownership import links_around
from agreements.rows import KINDS
from people.models import User
from people.permissions import NotPermitted
from records.acting import acting
from tests.agreements_at import agreement_at, organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TWIN = "Whare Tautoko Trust Board"


def merge(merged: Organisation, into: Organisation, by: User) -> Organisation:
    return merge_organisations(merged=merged, into=into, by=by, reason="One and the same")


def test_parties_and_flows_stay_attached(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast, parties=(TWIN,))
    ours, theirs = agreement.terms_now.parties.order_by("id")
    values = {"sender": ours, "receiver": theirs, "method": "SFTP"}
    flow = add_row(agreement=agreement, kind=KINDS["flow"], values=values, by=cast.privacy_officer)
    trust = organisation()
    merge(organisation(TWIN), trust, cast.privacy_officer)
    assert Flow.objects.get(pk=flow.pk).receiver.organisation == trust
    entry = SearchEntry.objects.get(agreement=agreement)
    assert "Te Whare Tautoko Trust" in entry.parties
    assert "whare tautoko trust board" in entry.names


def test_names_number_and_history_of_both_stay(cast: Cast) -> None:
    trust, twin = organisation(), organisation(TWIN, nzbn="9429000000017")
    add_name(organisation=twin, name="WTTB", kind="abbreviation", by=cast.privacy_officer)
    merge(twin, trust, cast.privacy_officer)
    trust.refresh_from_db()
    assert trust.nzbn == "9429000000017"
    assert {name.name for name in trust.names.all()} == {"WTTB", TWIN}
    assert Organisation.objects.get(pk=twin.pk).merged_into == trust
    assert twin.history.count() == 2
    assert twin.history.first().history_change_reason == "One and the same"


def test_what_was_merged_into_the_one_leads_to_the_other(cast: Cast) -> None:
    first, second, third = organisation("First"), organisation("Second"), organisation("Third")
    merge(first, second, cast.privacy_officer)
    merge(Organisation.objects.get(pk=second.pk), third, cast.privacy_officer)
    assert Organisation.objects.get(pk=first.pk).merged_into == third


def test_owners_move_along_and_none_is_doubled(cast: Cast) -> None:
    by = cast.privacy_officer
    trust, twin, owner, child = (organisation(name) for name in ("Trust", "Twin", "Owner", "Child"))
    for owned in (trust, twin):
        link_organisations(owner=owner, owned=owned, kind="owner", by=by)
    link_organisations(owner=twin, owned=child, kind="owner", by=by)
    link_organisations(owner=trust, owned=twin, kind="parent", by=by)
    merge(twin, trust, by)
    assert {(link.owner.name, link.owned.name) for link in links_around(trust)} == {
        ("Owner", "Trust"), ("Trust", "Child"),
    }  # fmt: skip


def test_into_itself_is_refused(cast: Cast) -> None:
    with pytest.raises(NotNow, match="into itself"):
        merge(organisation(), organisation(), cast.privacy_officer)


def test_twice_is_refused_and_says_where_it_went(cast: Cast) -> None:
    trust, twin = organisation(), organisation(TWIN)
    merge(twin, trust, cast.privacy_officer)
    with pytest.raises(NotNow, match="was already merged into Te Whare Tautoko Trust"):
        merge(twin, organisation("Third"), cast.privacy_officer)
    with pytest.raises(NotNow, match="was already merged into"):
        merge(organisation("Third"), twin, cast.privacy_officer)


def test_both_at_the_same_place_is_refused_and_named(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast, parties=("Te Whare Tautoko Trust", TWIN))
    with pytest.raises(NotNow, match=f"same place of {agreement.reference}"):
        merge(organisation(TWIN), organisation(), cast.privacy_officer)
    assert Party.objects.filter(organisation__name=TWIN).exists()


def test_one_under_the_other_is_refused(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    parent = agreement.terms_now.parties.get(organisation=organisation())
    values = {"organisation": organisation(TWIN), "role": PartyRole.SUBCONTRACTOR, "parent": parent}
    add_row(agreement=agreement, kind=KINDS["party"], values=values, by=cast.privacy_officer)
    with pytest.raises(NotNow, match="same place"):
        merge(organisation(TWIN), organisation(), cast.privacy_officer)


def test_an_agreement_of_another_agency_is_not_named(cast: Cast) -> None:
    theirs = agreement_at(Status.DRAFT, Cast("OTH", "Other Ministry"), parties=("Te Whare Tautoko Trust", TWIN))
    with pytest.raises(NotNow, match="an agreement of another agency") as refused:
        merge(organisation(TWIN), organisation(), cast.privacy_officer)
    assert theirs.reference not in str(refused.value)


def test_across_a_circle_of_owners_is_refused(cast: Cast) -> None:
    a, b, c = organisation("Alpha"), organisation("Beta"), organisation("Gamma")
    link_organisations(owner=a, owned=b, kind="owner", by=cast.privacy_officer)
    link_organisations(owner=b, owned=c, kind="owner", by=cast.privacy_officer)
    with pytest.raises(NotNow, match="would then own itself"):
        merge(c, a, cast.privacy_officer)


def test_two_numbers_are_two_bodies(cast: Cast) -> None:
    with pytest.raises(NotNow, match="two bodies in law"):
        merge(organisation(TWIN, nzbn="9429000000017"), organisation(nzbn="9429000000024"), cast.privacy_officer)


def tie(body: Organisation, cast: Cast) -> None:
    with acting(by=cast.privacy_officer):
        body.agency = cast.agency
        body.save()


def test_an_agency_of_the_register_is_never_merged_away(cast: Cast) -> None:
    other = Cast("OTH", "Other Ministry")
    body = organisation("Other Ministry")
    tie(body, other)
    for by in (cast.privacy_officer, other.privacy_officer):
        with pytest.raises(NotNow, match="cannot become part of another"):
            merge(body, organisation(), by)


def test_nobody_merges_their_way_into_the_agreements_of_another_agency(cast: Cast) -> None:
    agreement_at(Status.SIGNED, Cast("OTH", "Other Ministry"))
    ours = organisation("Ministry of Community Wellbeing")
    tie(ours, cast)
    with pytest.raises(NotNow, match="would open them"):
        merge(organisation(), ours, cast.privacy_officer)


def test_who_does_not_keep_organisations_merges_none(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        merge(organisation(TWIN), organisation(), cast.contract_manager)


def test_an_agreement_in_force_is_merged_too_and_its_past_terms(cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast, parties=(TWIN,), starts_on=date(2024, 1, 1))
    merge(organisation(TWIN), organisation(), cast.privacy_officer)
    assert agreement.terms_now.parties.filter(organisation=organisation()).exists()
