"""An organisation stands for an agency: said by its own people, unless that would open what others signed."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from agreements.actions.organisation import add_name
from agreements.actions.organisation_agency import tie_organisation, untie_organisation
from agreements.actions.organisation_merge import merge_organisations
from agreements.choices import Status
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Organisation, SearchEntry
from people.permissions import NotPermitted
from people.roles import Role
from tests.agreements_at import agreement_at, organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TIE, UNTIE, PAGE = "agreements:organisation_tie", "agreements:organisation_untie", "agreements:organisation"
WHY = {"reason": "It is us"}


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.privacy_officer)
    return client


@pytest.fixture
def body() -> Organisation:
    """The body that the cast's agency is, in a register that nobody has told so."""
    return organisation("Ministry of Community Wellbeing")


def again(body: Organisation) -> Organisation:
    return Organisation.objects.get(pk=body.pk)


def test_the_page_offers_it_and_says_what_follows(officer: Client, cast: Cast, body: Organisation) -> None:
    address = reverse(TIE, args=[body.pk])
    assert address in officer.get(reverse(PAGE, args=[body.pk])).text
    assert "your agency reads the signed face" in officer.get(address).text
    done = officer.post(address, WHY, follow=True).text
    assert "stands for Ministry of Community Wellbeing" in done
    assert again(body).agency == cast.agency
    assert again(body).history.latest("history_id").history_change_reason == "It is us"
    page = officer.get(reverse(PAGE, args=[body.pk])).text
    assert f'"{address}"' not in page
    assert reverse(UNTIE, args=[body.pk]) in page


def test_new_agreements_begin_with_it_and_old_ones_count_it_as_no_other(
    officer: Client, cast: Cast, body: Organisation
) -> None:
    before = agreement_at(Status.DRAFT, cast)
    assert SearchEntry.objects.get(agreement=before).parties == [body.name, "Te Whare Tautoko Trust"]
    officer.post(reverse(TIE, args=[body.pk]), WHY)
    assert SearchEntry.objects.get(agreement=before).parties == ["Te Whare Tautoko Trust"]
    after = agreement_at(Status.DRAFT, cast, title="Another")
    assert [party.organisation for party in after.terms_now.parties.all()][:1] == [body]


def test_without_a_reason_nothing_happens(officer: Client, body: Organisation) -> None:
    assert "required" in officer.post(reverse(TIE, args=[body.pk]), {"reason": " "}).text
    assert again(body).agency is None


def test_a_body_that_others_name_is_not_claimed_by_an_agency(officer: Client, cast: Cast, body: Organisation) -> None:
    other = Cast("OTH", "Other Ministry")
    agreement_at(Status.SIGNED, other, parties=(body.name,))
    page = officer.post(reverse(TIE, args=[body.pk]), WHY).text
    assert "Other agencies have agreements with Ministry of Community Wellbeing" in page
    assert again(body).agency is None
    assert not Agreement.objects.signed_faces_for(cast.agency).exists()


def test_a_body_of_another_name_is_not_claimed_either(officer: Client, cast: Cast) -> None:
    stranger = organisation("New Zealand Police")
    assert reverse(TIE, args=[stranger.pk]) not in officer.get(reverse(PAGE, args=[stranger.pk])).text
    page = officer.post(reverse(TIE, args=[stranger.pk]), WHY).text
    assert "None of its names is Ministry of Community Wellbeing" in page
    assert again(stranger).agency is None


def test_another_of_its_names_will_do(officer: Client, cast: Cast) -> None:
    renamed = organisation("Community Wellbeing (Ministry)")
    add_name(organisation=renamed, name="MINISTRY OF COMMUNITY WELLBEING", kind="other", by=cast.privacy_officer)
    officer.post(reverse(TIE, args=[renamed.pk]), WHY)
    assert again(renamed).agency == cast.agency


def test_whoever_runs_the_register_can_claim_it_for_them(cast: Cast, body: Organisation) -> None:
    agreement_at(Status.SIGNED, Cast("OTH", "Other Ministry"), parties=(body.name,))
    call_command("tie_organisation", cast.agency.code, body.name, reason="Asked by their privacy officer, known to us")
    assert again(body).agency == cast.agency
    assert Agreement.objects.signed_faces_for(cast.agency).count() == 1
    for arguments in (("ZZ", body.name), (cast.agency.code, "Nobody"), (cast.agency.code, body.name)):
        with pytest.raises(CommandError):
            call_command("tie_organisation", *arguments, reason="Again")


def test_an_agency_is_one_organisation_and_an_organisation_one_agency(cast: Cast, body: Organisation) -> None:
    by, twin = cast.privacy_officer, organisation("Community Wellbeing")
    tie_organisation(organisation=body, agency=cast.agency, by=by, reason="It is us")
    with pytest.raises(NotNow, match="stands for Ministry of Community Wellbeing already"):
        tie_organisation(organisation=body, agency=cast.agency, by=by, reason="Again")
    with pytest.raises(NotNow, match="merge the two if they are one"):
        tie_organisation(organisation=twin, agency=cast.agency, by=by, reason="Also")
    other = Cast("OTH", "Other Ministry")
    with pytest.raises(NotNow, match="stands for"):
        tie_organisation(organisation=body, agency=other.agency, by=other.privacy_officer, reason="Ours")
    with pytest.raises(NotYours, match="only its own people"):
        untie_organisation(organisation=body, by=other.privacy_officer, reason="Not theirs")


def test_one_that_was_merged_stands_for_nobody(cast: Cast, body: Organisation) -> None:
    twin = organisation("Community Wellbeing")
    merge_organisations(merged=twin, into=body, by=cast.privacy_officer)
    with pytest.raises(NotNow, match="was merged into"):
        tie_organisation(organisation=again(twin), agency=cast.agency, by=cast.privacy_officer, reason="It is us")


def test_it_is_taken_back(officer: Client, cast: Cast, body: Organisation) -> None:
    officer.post(reverse(TIE, args=[body.pk]), WHY)
    agreement = agreement_at(Status.DRAFT, cast)
    assert "no longer reads the signed agreements" in officer.get(reverse(UNTIE, args=[body.pk])).text
    officer.post(reverse(UNTIE, args=[body.pk]), {"reason": "A mistake"})
    assert again(body).agency is None
    assert body.name in SearchEntry.objects.get(agreement=agreement).parties
    with pytest.raises(NotNow, match="stands for no agency"):
        untie_organisation(organisation=body, by=cast.privacy_officer, reason="Again")


@pytest.mark.parametrize("role", [Role.CONTRACT_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_only_who_keeps_organisations(client: Client, cast: Cast, body: Organisation, role: Role) -> None:
    client.force_login(getattr(cast, role.value))
    for name in (TIE, UNTIE):
        assert client.post(reverse(name, args=[body.pk]), WHY).status_code == 403
    with pytest.raises(NotPermitted):
        tie_organisation(organisation=body, agency=cast.agency, by=getattr(cast, role.value), reason="It is us")
    assert again(body).agency is None
