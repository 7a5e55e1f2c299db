"""What would change agreed terms past the actions is refused by the database; a merger of organisations is not."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from agreements.actions.organisation_merge import merge_organisations
from agreements.choices import Status, TermsState
from agreements.models import Agreement, Information, Party, Provision, Terms
from records.acting import acting
from tests.agreements_at import agreement_at, organisation, variation_at
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def rewrite(terms: Terms) -> None:
    terms.purpose = "Quietly changed"
    terms.save()


def drop_a_party(terms: Terms) -> None:
    party = terms.parties.last()
    assert party is not None
    party.delete()


def change_a_party(terms: Terms) -> None:
    party = terms.parties.last()
    assert party is not None
    party.contact = "Quietly changed"
    party.save()


def add_a_provision(terms: Terms) -> None:
    Provision(terms=terms, code="C1", answer="present").save()


def take_a_row_from_a_draft(terms: Terms) -> None:
    moved = Party.objects.exclude(terms=terms).filter(terms__state="draft").last()
    assert moved is not None
    moved.terms = terms
    moved.save()


@pytest.mark.parametrize("state", [TermsState.SIGNED, TermsState.IN_FORCE, TermsState.PAST])
@pytest.mark.parametrize("change", [rewrite, drop_a_party, change_a_party, add_a_provision, take_a_row_from_a_draft])
def test_agreed_terms_stand(cast: Cast, change: Callable[[Terms], None], state: TermsState) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    agreement_at(Status.DRAFT, cast, title="Another")
    variation_at(TermsState.SIGNED if state == TermsState.SIGNED else TermsState.IN_FORCE, cast, agreement)
    terms = Terms.objects.get(agreement=agreement, state=state)
    with pytest.raises(IntegrityError, match="agreed terms"), acting(by=cast.approver), transaction.atomic():
        change(terms)
    assert Terms.objects.get(pk=terms.pk).parties.count() == 2
    assert not Information.objects.exists()


def test_organisations_that_are_one_are_merged_in_past_terms_too(cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast, parties=("Tūī Limited",))
    variation_at(TermsState.IN_FORCE, cast, agreement)
    stays = organisation("Tūī Counselling Limited")
    merge_organisations(merged=organisation("Tūī Limited"), into=stays, by=cast.privacy_officer, reason="One body")
    assert Party.objects.filter(organisation=stays, terms__agreement=agreement).count() == 2
    assert Agreement.objects.get(pk=agreement.pk).terms_now.state == TermsState.IN_FORCE
