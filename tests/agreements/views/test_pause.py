"""Pauses as people see them: on the organisation, its agreements and in the list; the forms; other agencies."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.actions.organisation_merge import merge_organisations
from agreements.actions.pause import lift_pause, pause_organisation
from agreements.choices import Status, TermsState
from agreements.models import Organisation, Pause
from people.models import Power
from records.acting import acting
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, organisation, variation_at
from tests.cast import NOW, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db
WHY = "An inquiry <b>asks</b> about Tūī"
SHOWN = "An inquiry &lt;b&gt;asks&lt;/b&gt; about Tūī"


@pytest.fixture
def delegate(cast: Cast, sign_in: SignIn) -> Client:
    """The browser of somebody with the delegation."""
    delegated(cast, cast.approver, Power.PAUSE)
    return sign_in(cast.approver)


def paused(cast: Cast, body: Organisation | None = None) -> Pause:
    if not cast.approver.who.delegations_held.filter(power=Power.PAUSE).exists():
        delegated(cast, cast.approver, Power.PAUSE)
    return pause_organisation(organisation=body or organisation(), reason=WHY, by=cast.approver, now=NOW)


def page_of(client: Client, body: Organisation) -> str:
    return client.get(reverse("agreements:organisation", args=[body.pk])).text


def test_a_delegate_pauses_it_and_lifts_it_again(delegate: Client, cast: Cast) -> None:
    body = organisation()
    assert "Your agency has never paused it." in page_of(delegate, body)
    address = reverse("agreements:organisation_pause", args=[body.pk])
    assert "Other agencies see that it is paused, not why." in delegate.get(address).text
    page = delegate.post(address, {"reason": WHY}, follow=True).text
    assert "Te Whare Tautoko Trust is paused." in page
    assert f"Paused by {cast.approver} since" in page
    assert SHOWN in page
    set_ = Pause.objects.get()
    lifting = reverse("agreements:pause_lift", args=[set_.pk])
    assert SHOWN in delegate.get(lifting).text
    page = delegate.post(lifting, {"reason": "Cleared"}, follow=True).text
    assert "The pause of Te Whare Tautoko Trust is lifted." in page
    assert f"Lifted by {cast.approver}: <q>Cleared</q>" in page
    assert "Paused by" in page  # among the past ones


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001, "a\0b"])
def test_a_reason_that_is_none_is_refused_and_kept(delegate: Client, reason: str) -> None:
    address = reverse("agreements:organisation_pause", args=[organisation().pk])
    page = delegate.post(address, {"reason": reason})
    assert page.status_code == 200
    assert "<title>Error: " in page.text
    assert not Pause.objects.exists()


def test_whoever_has_no_delegation_reads_why_not_and_changes_nothing(officer: Client, cast: Cast) -> None:
    body = organisation()
    assert "Pausing an organisation, and lifting a pause, needs a delegation to do so" in page_of(officer, body)
    address = reverse("agreements:organisation_pause", args=[body.pk])
    assert "<textarea" not in officer.get(address).text
    page = officer.post(address, {"reason": WHY}).text
    assert "needs a delegation to do so" in page
    assert SHOWN in page  # what was typed is not lost
    assert not Pause.objects.exists()
    set_ = paused(cast)
    page = officer.post(reverse("agreements:pause_lift", args=[set_.pk]), {"reason": "Please"}).text
    assert "needs a delegation to do so" in page
    assert Pause.objects.open().get() == set_


@pytest.mark.parametrize("shared", [True, False])
def test_another_agency_sees_that_there_is_one_and_a_name_only_where_agreed(
    cast: Cast, sign_in: SignIn, shared: bool
) -> None:
    other = Cast(code="THR", name="Community Service Agency")
    with acting(by=other.administrator):
        other.agency.names_shared = shared
        other.agency.save()
    set_, body = paused(other), organisation()
    client = sign_in(cast.privacy_officer)
    page = page_of(client, body)
    named = ": Community Service Agency" if shared else ""
    assert f"Another agency has paused it{named}. That" in page
    assert SHOWN not in page
    assert str(other.approver) not in page
    for name in ("pause_lift", "pause_history"):
        assert client.get(reverse(f"agreements:{name}", args=[set_.pk])).status_code == 404
    assert client.post(reverse("agreements:pause_lift", args=[set_.pk]), {"reason": "x"}).status_code == 404
    assert Pause.objects.open().get() == set_


def test_a_lifted_pause_of_others_is_told_to_nobody_else(cast: Cast, sign_in: SignIn) -> None:
    other = Cast(code="THR", name="Community Service Agency")
    lift_pause(pause=paused(other), reason="Cleared", by=other.approver, now=NOW)
    page = page_of(sign_in(cast.privacy_officer), organisation())
    assert "has paused it" not in page
    assert "Cleared" not in page


def test_its_history_shows_both_changes_to_its_own_agency(officer: Client, cast: Cast) -> None:
    set_ = lift_pause(pause=paused(cast), reason="Cleared", by=cast.approver, now=NOW)
    page = officer.get(reverse("agreements:pause_history", args=[set_.pk])).text
    assert SHOWN in page
    assert "Cleared" in page


def test_an_agreement_and_its_variation_say_that_a_party_is_paused(officer: Client, cast: Cast) -> None:
    signed = agreement_at(Status.SIGNED, cast)
    varied = variation_at(TermsState.DRAFT, cast, signed)
    words = "Nothing new is agreed with it until a delegate of your agency lifts the pause."
    for address in (signed.get_absolute_url(), varied.get_absolute_url()):
        assert words not in officer.get(address).text
    paused(cast)
    for address in (signed.get_absolute_url(), varied.get_absolute_url()):
        assert words in officer.get(address).text


def test_the_pause_of_another_agency_is_no_business_of_our_agreements(officer: Client, cast: Cast) -> None:
    signed = agreement_at(Status.SIGNED, cast)
    paused(Cast(code="THR", name="Community Service Agency"))
    assert "is paused" not in officer.get(signed.get_absolute_url()).text


def test_the_list_is_narrowed_to_those_with_a_paused_party(officer: Client, cast: Cast) -> None:
    agreement_at(Status.SIGNED, cast, title="With the trust")
    agreement_at(Status.DRAFT, cast, title="Without it", parties=("Northpoint",))
    paused(cast)
    paused(Cast(code="THR", name="Community Service Agency"), organisation("Northpoint"))
    page = officer.get(reverse("agreements:register"), {"paused": "yes"}).text
    assert "With the trust" in page
    assert "Without it" not in page


@pytest.mark.parametrize("pauses", [1, 50])
def test_budget(
    officer: Client, cast: Cast, pauses: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    body = organisation()
    for _ in range(pauses):
        lift_pause(pause=paused(cast), reason="Cleared", by=cast.approver, now=NOW)
    paused(cast)
    page_of(officer, body)
    with django_assert_max_num_queries(15):
        page_of(officer, body)


def test_a_merged_one_leads_to_the_one_that_stays(delegate: Client, cast: Cast) -> None:
    twin, body = organisation("Whare Tautoko"), organisation()
    merge_organisations(merged=twin, into=body, by=cast.privacy_officer, reason="The same")
    found = delegate.get(reverse("agreements:organisation_pause", args=[twin.pk]))
    assert found["Location"] == reverse("agreements:organisation_pause", args=[body.pk])
    assert delegate.get(reverse("agreements:organisation_pause", args=[10**9])).status_code == 404
