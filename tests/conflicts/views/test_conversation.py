"""Conversations with third parties: recorded in half a minute, missing ones said, corrected by a new row."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.contract import link_agreement
from agreements.choices import Status
from agreements.models import Agreement
from conflicts.models import ClearanceEntry, Conversation
from tests.agreements_at import agreement_at, answer, contract_of, converse_about
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TYPED = {
    "conversation-stage": "before_signing", "conversation-on": "1 July 2026",
    "conversation-with_whom": "Mere of the trust and I", "conversation-outcome": "nothing",
}  # fmt: skip


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """A draft that goes outside the State services."""
    made = agreement_at(Status.DRAFT, cast)
    told = {"personal_information": "yes", "outside_state_services": "yes", "public_service": "yes"}
    return answer(made, "scope", cast.privacy_officer, **told)


def page_of(client: Client, agreement: Agreement) -> str:
    """What the page of its conflicts says."""
    return client.get(reverse("conflicts:of_agreement", args=[agreement.reference])).text


def test_what_is_missing_is_said_and_one_form_mends_it(agreement: Agreement, cast: Cast, client: Client) -> None:
    client.force_login(cast.contract_manager)
    before = page_of(client, agreement)
    assert "Gap" in before
    assert "A conversation about conflicts: before signing." in before
    assert '<option value="before_signing" selected>' in before
    saved = client.post(reverse("conflicts:agreement_conversation", args=[agreement.reference]), TYPED)
    assert saved.status_code == 302
    after = page_of(client, agreement)
    assert "Cleared" in after
    assert "Nothing was raised, with Mere of the trust and I" in after
    assert "What is missing" not in after
    history = client.get(reverse("agreements:agreement", args=[agreement.reference])).text
    assert "Conversation about conflicts: before signing" in history


def test_a_larger_contract_asks_for_more_and_its_own_conversations_count(
    agreement: Agreement, cast: Cast, client: Client
) -> None:
    contract = contract_of(cast, value_band="10m")
    link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    client.force_login(cast.contract_manager)
    assert "evaluation and choice" in page_of(client, agreement)
    address = reverse("conflicts:contract_conversation", args=[contract.pk])
    client.post(address, TYPED | {"conversation-stage": "evaluation"})
    left = page_of(client, agreement)
    assert "conflicts: evaluation" not in left
    assert "conflicts: before signing" in left
    assert f"About contract {contract.reference}." in left
    assert reverse("conflicts:of_contract", args=[contract.pk]) in client.get(contract.get_absolute_url()).text
    assert "Evaluation and choice" in client.get(reverse("conflicts:of_contract", args=[contract.pk])).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"conversation-on": "1 July 2096"}, "this day lies ahead"),
        ({"conversation-on": "31 February"}, "Enter the date as day, month and year"),
        ({"conversation-with_whom": " "}, "Error: "),
        ({"conversation-stage": "party"}, "Select a valid choice"),
        ({"conversation-outcome": "x" * 40}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_typed_is_lost(
    agreement: Agreement, cast: Cast, client: Client, typed: dict[str, str], sentence: str
) -> None:
    client.force_login(cast.contract_manager)
    note = {"conversation-note": "We rang twice"}
    text = client.post(
        reverse("conflicts:agreement_conversation", args=[agreement.reference]), TYPED | note | typed
    ).text
    assert sentence in text
    assert "We rang twice" in text
    assert not Conversation.objects.exists()


def test_a_correction_is_a_new_row_and_only_one(agreement: Agreement, cast: Cast, client: Client) -> None:
    converse_about(agreement, cast.contract_manager, on=date(2026, 6, 1))
    wrong = Conversation.objects.get()
    client.force_login(cast.contract_manager)
    address = f"{reverse('conflicts:agreement_conversation', args=[agreement.reference])}?corrects={wrong.pk}"
    assert "Both stay on record" in client.get(address).text
    client.post(address, TYPED)
    assert "corrected already" in client.post(address, TYPED).text
    assert Conversation.objects.count() == 2
    assert "<del>" in page_of(client, agreement)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE conflicts_conversation SET note = 'x'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_who_only_reads_sees_them_and_records_none(agreement: Agreement, cast: Cast, client: Client) -> None:
    converse_about(agreement, cast.contract_manager)
    client.force_login(cast.adviser)
    text = page_of(client, agreement)
    assert "Ana Rewi and us" in text
    assert "Record a conversation" not in text
    client.post(reverse("conflicts:agreement_conversation", args=[agreement.reference]), TYPED)
    assert Conversation.objects.count() == 1
    client.force_login(Cast("OTH", "Other Ministry").contract_manager)
    assert client.get(reverse("conflicts:of_agreement", args=[agreement.reference])).status_code == 404


def test_the_list_shows_finds_and_exports_how_each_stands(agreement: Agreement, cast: Cast, client: Client) -> None:
    inside = agreement_at(Status.DRAFT, cast, title="Within the State services")
    client.force_login(cast.privacy_officer)
    register = reverse("agreements:register")
    gaps = client.get(register, {"conflicts": "gap"}).text
    assert agreement.title in gaps
    assert inside.title not in gaps
    converse_about(agreement, cast.contract_manager)
    assert ClearanceEntry.objects.get(agreement=agreement).state == "cleared"
    assert agreement.title not in client.get(register, {"conflicts": "gap"}).text
    assert agreement.title in client.get(register, {"conflicts": "cleared"}).text


def test_the_page_asks_as_few_queries_for_many_as_for_one(agreement: Agreement, cast: Cast, client: Client) -> None:
    client.force_login(cast.contract_manager)
    converse_about(agreement, cast.contract_manager)
    page_of(client, agreement)
    with CaptureQueriesContext(connection) as one:
        page_of(client, agreement)
    for day in range(1, 13):
        converse_about(agreement, cast.contract_manager, on=date(2026, 5, day))
    with CaptureQueriesContext(connection) as many:
        page_of(client, agreement)
    assert len(many) == len(one) <= 15
