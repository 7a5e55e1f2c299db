"""Correcting, naming, owning and merging organisations in the browser."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.organisation import add_name, link_organisations, organisation_values
from agreements.actions.organisation_merge import merge_organisations
from agreements.actions.pause import pause_organisation
from agreements.choices import Status
from agreements.digest import digest
from agreements.models import Organisation, OrganisationLink
from people.models import Power
from records.acting import acting
from tests.agreements_at import agreement_at, organisation
from tests.cast import NOW, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db
EDIT, NAME, OWNER = "organisation_edit", "organisation_name_add", "organisation_link_add"
MERGE, CONFIRM = "organisation_merge", "organisation_merge_confirm"
ANSWERS = {"kind": "ngo", "state_services": "no", "public_service": "no", "country": "New Zealand"}


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def to(name: str, *bodies: Organisation) -> str:
    return reverse(f"agreements:{name}", args=[body.pk for body in bodies])


def test_a_correction_is_saved_and_the_old_name_stays(officer: Client) -> None:
    body = organisation()
    seen = digest(organisation_values(body))
    response = officer.post(to(EDIT, body), ANSWERS | {"name": "Ngā Ringa", "seen": seen})
    assert response["Location"] == to("organisation", body)
    assert "Te Whare Tautoko Trust" in officer.get(to("organisation", body)).text


def test_a_stale_correction_loses_nothing(officer: Client) -> None:
    body = organisation()
    page = officer.post(to(EDIT, body), ANSWERS | {"name": "Ngā Ringa", "seen": "0123456789abcdef"}).text
    assert "Somebody saved this after you opened it" in page
    assert 'value="Ngā Ringa"' in page
    body.refresh_from_db()
    assert body.name == "Te Whare Tautoko Trust"


def test_a_correction_that_breaks_a_rule_is_a_sentence(officer: Client) -> None:
    organisation("Kererū Freight")
    body = organisation()
    seen = digest(organisation_values(body))
    page = officer.post(to(EDIT, body), ANSWERS | {"name": "KERERU FREIGHT", "seen": seen}).text
    assert "There is already an organisation of this name" in page


def test_another_name(officer: Client) -> None:
    body = organisation()
    officer.post(to(NAME, body), {"name": "TWT", "kind": "abbreviation"})
    assert body.names.get().name == "TWT"
    assert "already" in officer.post(to(NAME, body), {"name": "twt", "kind": "abbreviation"}).text


def test_an_owner_by_any_of_its_names(officer: Client) -> None:
    body, holdings = organisation(), organisation("Kererū Holdings Limited")
    officer.post(to(OWNER, body), {"owner": "kereru holdings limited", "kind": "owner", "share": "51"})
    link = OrganisationLink.objects.get()
    assert (link.owner, link.owned, str(link.share)) == (holdings, body, "51.00")
    page = officer.post(to(OWNER, holdings), {"owner": body.name, "kind": "owner"}).text
    assert "already owns" in page


@pytest.mark.parametrize("share", ["0", "101", "x", "1e9"])
def test_a_share_that_is_none(officer: Client, share: str) -> None:
    body, holdings = organisation(), organisation("Holdings")
    page = officer.post(to(OWNER, body), {"owner": holdings.name, "kind": "owner", "share": share})
    assert page.status_code == 200
    assert not OrganisationLink.objects.exists()


def test_merging_shows_what_moves_and_then_does_it(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast, parties=("Whare Tautoko",))
    agreement_at(Status.SIGNED, Cast("OTH", "Other Ministry"), parties=("Whare Tautoko",))
    twin, trust = organisation("Whare Tautoko"), organisation()
    chosen = officer.post(to(MERGE, twin), {"into": trust.name})
    assert chosen["Location"] == to(CONFIRM, twin, trust)
    page = officer.get(to(CONFIRM, twin, trust)).text
    assert agreement.reference in page
    assert "Its parts in 1 agreement of other agencies" in page
    assert "OTH-" not in page
    done = officer.post(to(CONFIRM, twin, trust), {"reason": "The same trust deed"})
    assert done["Location"] == to("organisation", trust)
    twin.refresh_from_db()
    assert twin.merged_into == trust


def test_a_merge_says_before_that_a_pause_moves_with_it(officer: Client, cast: Cast) -> None:
    twin, trust = organisation("Whare Tautoko"), organisation()
    words, alone = "nothing new is agreed with <bdi>Te Whare Tautoko Trust</bdi>", "Where one agency paused both"
    assert words not in officer.get(to(CONFIRM, twin, trust)).text
    delegated(cast, cast.approver, Power.PAUSE)
    pause_organisation(organisation=twin, reason="Asked to", by=cast.approver, now=NOW)
    page = officer.get(to(CONFIRM, twin, trust)).text
    assert f"Its pause: {words}, until" in page
    assert alone not in page
    pause_organisation(organisation=trust, reason="Asked to", by=cast.approver, now=NOW)
    other = Cast("OTH", "Other Ministry")
    delegated(other, other.approver, Power.PAUSE)
    pause_organisation(organisation=twin, reason="A secret", by=other.approver, now=NOW)
    page = officer.get(to(CONFIRM, twin, trust)).text
    assert f"Its pauses: {words} in the agencies that set one, until" in page
    assert alone in page
    assert "Other Ministry" not in page
    assert "A secret" not in page


def test_merging_asks_why(officer: Client) -> None:
    twin, trust = organisation("Whare Tautoko"), organisation()
    assert "the reason is kept with the history of both" in officer.post(to(CONFIRM, twin, trust), {"reason": " "}).text
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_what_stands_in_the_way_is_said_before_anybody_presses(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast, parties=("Te Whare Tautoko Trust", "Whare Tautoko"))
    page = officer.get(to(CONFIRM, organisation("Whare Tautoko"), organisation())).text
    assert "They cannot be merged now" in page
    assert agreement.reference in page
    assert "Merge the two" not in page


def test_one_that_was_merged_meanwhile(officer: Client, cast: Cast) -> None:
    twin, trust, third = organisation("Whare Tautoko"), organisation(), organisation("Third")
    merge_organisations(merged=twin, into=trust, by=cast.privacy_officer)
    page = officer.post(to(CONFIRM, twin, third), {"reason": "Again"}).text
    assert "was already merged into Te Whare Tautoko Trust" in page
    assert officer.get(to(MERGE, twin))["Location"] == to("organisation", trust)
    assert "merged into Te Whare Tautoko Trust: change that one" in officer.get(to(EDIT, twin)).text


@pytest.mark.parametrize("name", [EDIT, NAME, OWNER, MERGE])
def test_who_may_not_is_refused(client: Client, cast: Cast, name: str) -> None:
    client.force_login(cast.contract_manager)
    assert client.get(to(name, organisation())).status_code == 403
    assert client.post(to(name, organisation()), {}).status_code == 403


@pytest.mark.parametrize("name", [EDIT, NAME, OWNER])
def test_another_agency_itself_is_refused_with_a_sentence(client: Client, cast: Cast, name: str) -> None:
    body = organisation("Ministry of Community Wellbeing")
    with acting(by=cast.privacy_officer):
        body.agency = cast.agency
        body.save()
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    response = client.get(to(name, body))
    assert response.status_code == 403
    assert "only its own people change it" in response.text


@pytest.mark.parametrize("name", [EDIT, NAME, OWNER, MERGE])
def test_nothing_there_and_wrong_methods(officer: Client, name: str) -> None:
    assert officer.get(reverse(f"agreements:{name}", args=[999_999])).status_code == 404
    assert officer.put(to(name, organisation())).status_code == 405


def test_a_wrong_name_is_removed_with_a_reason(officer: Client, cast: Cast) -> None:
    body = organisation()
    name = add_name(organisation=body, name="Wrong One", kind="other", by=cast.privacy_officer)
    address = reverse("agreements:organisation_name_remove", args=[body.pk, name.pk])
    assert address in officer.get(to("organisation", body)).text
    assert officer.post(address, {"reason": " "}).status_code == 200
    assert body.names.exists()
    officer.post(address, {"reason": "A slip"})
    assert not body.names.exists()
    assert officer.get(address).status_code == 404


def test_an_owner_owns_it_no_longer(officer: Client, cast: Cast) -> None:
    body = organisation()
    owner, by = organisation("Holdings"), cast.privacy_officer
    link = link_organisations(owner=owner, owned=body, kind="owner", starts_on=date(2020, 1, 1), by=by)
    address = reverse("agreements:organisation_link_end", args=[body.pk, link.pk])
    assert address in officer.get(to("organisation", body)).text
    assert "It cannot end before it begins" in officer.post(address, {"on": "1 July 2019"}).text
    officer.post(address, {"on": "1 July 2025"})
    assert "Holdings" not in officer.get(to("organisation", body)).text
    assert officer.get(address).status_code == 404
