"""Exceptions on the pages: only a delegate who wrote nothing, only what is not met, one step, one year at most."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.choices import Status
from agreements.models import Agreement
from assurance.extensions.conformance import gates
from assurance.extensions.panel import pdf_sections, timeline
from assurance.models import AcceptedException, ConformanceEntry
from people.models import Delegation, Power, User
from records.acting import acting
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """A draft that nobody assessed."""
    made = agreement_at(Status.DRAFT, cast)
    return answer(made, "scope", cast.privacy_officer, personal_information="yes", outside_state_services="yes")


def delegated(cast: Cast, holder: User) -> User:
    """Lets a person accept exceptions."""
    with acting(by=cast.chief_executive):
        Delegation(
            agency=cast.agency, giver=cast.chief_executive.person, holder=holder.person,
            power=Power.ACCEPT_EXCEPTION, starts_on=date(2026, 1, 1), document="Instrument 9",
        ).save()  # fmt: skip
    return holder


def typed(**said: str) -> dict[str, str]:
    """Everything the form asks."""
    later = timezone.localdate() + timedelta(days=30)
    return {"gate": "sign", "why": "The trust is audited next month", "ends_on": later.isoformat()} | said


def sent(client: Client, agreement: Agreement, by: User, requirement: str = "ISS-05", **said: str) -> Any:
    """Accept by the form."""
    client.force_login(by)
    return client.post(reverse("exception_accept", args=[agreement.reference, requirement]), typed(**said))


def shown(client: Client, agreement: Agreement, by: User) -> str:
    """The page of what the standards ask."""
    client.force_login(by)
    return client.get(reverse("conformance", args=[agreement.reference])).content.decode()


def test_it_opens_the_step_it_names_and_stays_not_met_everywhere(
    agreement: Agreement, cast: Cast, client: Client
) -> None:
    approver = delegated(cast, cast.approver)
    assert "Accept an exception" in shown(client, agreement, approver)
    assert sent(client, agreement, approver).status_code == 302
    today = timezone.localdate()
    about = Agreement.objects.select_related("current_terms").get(pk=agreement.pk)
    assert not [one for one in gates(about, "sign", today) if one.startswith("ISS-05")]
    assert [one for one in gates(about, "start", today) if one.startswith("ISS-05")]
    assert [one for one in gates(about, "sign", today + timedelta(days=31)) if one.startswith("ISS-05")]
    assert "ISS-05" in ConformanceEntry.objects.get(agreement=agreement).not_met
    text = shown(client, agreement, approver)
    assert "It opens signing alone, and stays not met: The trust is audited next month" in text
    assert "1 exception" in text
    (part,) = pdf_sections(about, today)
    said = dict(part.facts)["ISS-05 Due diligence was done before sharing"]
    assert said.startswith("Not met. There is no due diligence\nSigning accepted until")
    assert "%" not in str(part)
    assert "Exception to ISS-05 accepted for signing" in [event.said for event in timeline(about)]


def test_others_see_who_can_and_no_button(agreement: Agreement, cast: Cast, client: Client) -> None:
    assert "Nobody holds a delegation to accept exceptions yet" in shown(client, agreement, cast.privacy_officer)
    delegated(cast, cast.approver)
    text = shown(client, agreement, cast.privacy_officer)
    assert f"Who may accept one: {cast.approver.person}" in text
    assert "Accept an exception" not in text
    assert "needs a delegation to do so" in sent(client, agreement, cast.privacy_officer).content.decode()
    assert not AcceptedException.objects.exists()


def test_nobody_accepts_an_exception_to_what_they_wrote(agreement: Agreement, cast: Cast, client: Client) -> None:
    text = sent(client, agreement, delegated(cast, cast.privacy_officer)).content.decode()
    assert "You wrote part of these terms: somebody else accepts an exception to them" in text
    assert not AcceptedException.objects.exists()


@pytest.mark.parametrize(
    ("requirement", "said", "sentence"),
    [
        ("ISS-05", {"why": "  "}, "Error: Accept an exception"),
        ("ISS-05", {"ends_on": "1 January 2020"}, "This day has passed"),
        ("ISS-05", {"ends_on": "1 January 9999"}, "An exception holds for a year at most"),
        ("ISS-05", {"gate": "vary_sign"}, "Select a valid choice"),
        ("ISS-05", {"gate": "' OR 1=1"}, "Select a valid choice"),
        ("ISS-08", {}, "ISS-08 is unknown: only what is not met can be accepted"),
        ("ISS-01", {"gate": "submit"}, "ISS-01 is met: only what is not met can be accepted"),
    ],
)
def test_what_cannot_be_accepted_is_refused_and_nothing_typed_is_lost(
    agreement: Agreement, cast: Cast, client: Client, requirement: str, said: dict[str, str], sentence: str
) -> None:
    text = sent(client, agreement, delegated(cast, cast.approver), requirement, **said).content.decode()
    assert sentence in text
    assert said.get("why", "The trust is audited next month").strip() in text
    assert not AcceptedException.objects.exists()


@pytest.mark.parametrize("name", ["DPUP-purpose", "L0", "NONE", "<script>"])
def test_what_stops_no_step_has_no_form(agreement: Agreement, cast: Cast, client: Client, name: str) -> None:
    client.force_login(delegated(cast, cast.approver))
    assert client.get(reverse("exception_accept", args=[agreement.reference, name])).status_code == 404


def test_withdrawn_with_a_reason_it_opens_nothing_and_stays_on_record(
    agreement: Agreement, cast: Cast, client: Client
) -> None:
    approver = delegated(cast, cast.approver)
    sent(client, agreement, approver)
    one = AcceptedException.objects.get()
    address = reverse("exception_withdraw", args=[one.pk])
    assert "Your answer" not in client.get(address).content.decode()
    assert client.post(address, {"withdrawn_why": " "}).status_code == 200
    client.force_login(cast.privacy_officer)
    refused = client.post(address, {"withdrawn_why": "No"}).content.decode()
    assert "needs a delegation to accept exceptions" in refused
    client.force_login(approver)
    client.post(address, {"withdrawn_why": "The audit found gaps"})
    text = shown(client, agreement, approver)
    assert "The audit found gaps" in text
    assert "It opens signing alone" not in text
    assert "It ended on" in client.post(address, {"withdrawn_why": "Again"}).content.decode()
    about = Agreement.objects.select_related("current_terms").get(pk=agreement.pk)
    assert {"Exception to ISS-05 withdrawn, for signing"} <= {event.said for event in timeline(about)}


def test_another_agency_finds_nothing(agreement: Agreement, cast: Cast, client: Client) -> None:
    sent(client, agreement, delegated(cast, cast.approver))
    client.force_login(Cast("OTH", "Other Ministry").approver)
    assert client.get(reverse("exception_accept", args=[agreement.reference, "ISS-05"])).status_code == 404
    assert client.get(reverse("exception_withdraw", args=[AcceptedException.objects.get().pk])).status_code == 404
