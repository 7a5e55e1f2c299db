"""The page and the panel of what the standards ask: grouped, each with why and its field, and only for one's own."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.pause import pause_organisation
from agreements.actions.row import remove_row
from agreements.choices import Status, TermsState
from agreements.models import Agreement
from agreements.rows import KINDS
from assurance import editions
from assurance.actions.conformance import reassess_locked
from assurance.checks import CHECKS
from assurance.models import ConformanceEntry, ConformanceRun
from people.actions.system import system_user
from people.models import Power
from people.roles import Role
from tests.agreements_at import agreement_at, answer, organisation, variation_at
from tests.cast import NOW, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db
OUTSIDE = {"personal_information": "yes", "outside_state_services": "yes"}


def asked_much(cast: Cast, status: Status = Status.DRAFT) -> Agreement:
    """An agreement of which the Standard asks everything."""
    agreement = agreement_at(status, cast)
    answer(agreement, "scope", cast.privacy_officer, **OUTSIDE)
    return agreement


def page(client: Client, agreement: Agreement, by: Any, query: str = "", **more: Any) -> str:
    """The text of the page."""
    client.force_login(by)
    response = client.get(reverse("conformance", args=[agreement.reference]) + query, **more)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_left_comes_first_in_order_each_with_the_page_that_answers_it(cast: Cast, client: Client) -> None:
    agreement = asked_much(cast)
    text = page(client, agreement, cast.privacy_officer)
    left, rest = (
        text.index("What is left before it can be submitted"),
        text.index("What is left before it can be signed"),
    )
    assert (
        left < text.index("Purpose and permitted uses are stated") < rest < text.index("The risk was assessed before")
    )
    one = reverse("agreements:section", args=[agreement.reference, "purpose"])
    assert f'<a href="{one}">Purpose and permitted uses are stated</a>' in text
    assert reverse("agreements:assessments", args=[agreement.reference]) in text
    assert "There is no due diligence" in text
    assert "%" not in text


def test_what_was_not_read_at_its_source_says_so(cast: Cast, client: Client) -> None:
    text = page(client, asked_much(cast), cast.privacy_officer)
    assert "To be confirmed: part of it could not be read at the source" in text
    assert "In our own words" in text
    assert '<span lang="mi">Manaakitanga</span>' in text


def test_what_does_not_apply_is_folded_with_why(cast: Cast, client: Client) -> None:
    text = page(client, agreement_at(Status.DRAFT, cast), cast.privacy_officer)
    assert "not applicable</summary>" in text
    assert "Every party belongs to the State services" in text


def test_a_count_opens_what_it_counts(cast: Cast, client: Client) -> None:
    agreement = asked_much(cast)
    text = page(client, agreement, cast.privacy_officer, "?show=unknown")
    listed = text[text.index('id="all"') :]
    entry = ConformanceEntry.objects.get(agreement=agreement)
    assert "Only what is unknown" in listed
    assert all(f'id="{name}"' in listed for name in entry.unknown)
    assert not [name for name in entry.not_met if f'id="{name}"' in listed]


@pytest.mark.parametrize("query", ["?show=nonsense", "?show=", "?show=<script>alert(1)</script>"])
def test_an_unknown_outcome_shows_everything(cast: Cast, client: Client, query: str) -> None:
    text = page(client, asked_much(cast), cast.privacy_officer, query)
    assert "Only what is" not in text
    assert "<script>alert" not in text


def test_the_agreements_own_page_shows_six_and_links_to_the_rest(cast: Cast, client: Client) -> None:
    agreement = asked_much(cast)
    address = reverse("conformance", args=[agreement.reference])
    assert f'hx-get="{address}"' in client_page(client, agreement, cast.privacy_officer)
    text = page(client, agreement, cast.privacy_officer, headers={"HX-Request": "true"})
    assert "<html" not in text
    assert text.count("<li>") == 6
    assert f'<a href="{address}">' in text
    assert 'id="panel"' in text


def client_page(client: Client, agreement: Agreement, by: Any) -> str:
    """The text of the agreement's own page."""
    client.force_login(by)
    return client.get(agreement.get_absolute_url()).content.decode()


def test_an_agreement_without_a_run_says_so(cast: Cast, client: Client) -> None:
    agreement = asked_much(cast)
    ConformanceEntry.objects.all().delete()
    assert "It has not been assessed yet" in page(client, agreement, cast.privacy_officer)
    assert "It has not been assessed yet" in page(
        client, agreement, cast.privacy_officer, headers={"HX-Request": "true"}
    )


def test_each_assessment_says_what_came_out_otherwise_and_stays_readable(cast: Cast, client: Client) -> None:
    agreement = asked_much(cast)
    first = ConformanceRun.objects.filter(agreement=agreement).earliest("pk")
    answer(agreement, "purpose", cast.privacy_officer, permitted_uses="Only attendance.")
    text = page(client, agreement, cast.privacy_officer)
    assert '<span class="ref">ISS-02</span>: Not met → Met' in text
    old = client.get(reverse("conformance_run", args=[agreement.reference, first.pk])).content.decode()
    assert "This is an earlier assessment, as it was found" in old
    here = reverse("conformance_run", args=[agreement.reference, first.pk])
    assert f'href="{here}?show=unknown#all"' in old  # its counts open what it found, not what is found now
    assert "Only what is unknown" in client.get(here, {"show": "unknown"}).text
    assert "What is left before" not in old


def test_past_its_end_and_not_closed_it_is_asked_for_everything_and_says_so(cast: Cast, client: Client) -> None:
    over = agreement_at(Status.SIGNED, cast, ends_on=date(2026, 7, 1))
    text = page(client, over, cast.privacy_officer)
    assert "Past its end" in text
    assert "it counts as in use, and is asked for everything" in text
    assert over.reference in client.get(reverse("conformance_matrix")).text


@pytest.fixture
def files_gone(settings: Any) -> Iterator[Callable[[], None]]:
    """Call it, and no file of any standard is there any more."""

    def take_away() -> None:
        settings.STANDARDS_FOLDERS = []
        editions.forget()

    yield take_away
    editions.forget()


def test_a_run_of_an_edition_whose_file_is_gone_still_reads(
    cast: Cast, client: Client, files_gone: Callable[[], None]
) -> None:
    agreement = asked_much(cast)
    files_gone()
    text = page(client, agreement, cast.privacy_officer)
    assert "No longer asked by any standard here" in text
    assert "There is no due diligence" in text
    assert '<th scope="row" role="rowheader">ISS-05</th>' in text


def test_a_check_that_crashes_leaves_everything_else_shown(cast: Cast, client: Client, monkeypatch: Any) -> None:
    def crash(*_: object) -> None:
        raise ValueError

    agreement = asked_much(cast)
    monkeypatch.setitem(CHECKS, "purpose_stated", crash)
    reassess_locked(agreements=[agreement.pk], on=date(2026, 7, 15), by=system_user("tick"))
    text = page(client, agreement, cast.privacy_officer)
    assert "This check could not be made" in text
    assert "There is no due diligence" in text


def test_a_party_removed_from_the_draft_after_it_was_checked_leaves_every_page_readable(
    cast: Cast, client: Client
) -> None:
    agreement = asked_much(cast)
    trust = agreement.terms_now.parties.get(organisation__name="Te Whare Tautoko Trust")
    delegated(cast, cast.approver, Power.PAUSE)
    pause_organisation(organisation=trust.organisation, reason="Looked into", by=cast.approver, now=NOW)
    before = ConformanceEntry.objects.get(agreement=agreement).run
    assert "F12" in ConformanceEntry.objects.get(agreement=agreement).not_met
    remove_row(agreement=agreement, kind=KINDS["party"], pk=trust.pk, by=cast.privacy_officer)
    entry = ConformanceEntry.objects.get(agreement=agreement)
    assert "F12" not in entry.not_met  # in the same action
    assert entry.run_id != before.pk
    assert "Te Whare Tautoko Trust is paused" not in page(client, agreement, cast.privacy_officer)
    old = client.get(reverse("conformance_run", args=[agreement.reference, before.pk])).text
    assert "Te Whare Tautoko Trust is paused" in old  # as it was found
    assert agreement.reference in client.get(reverse("conformance_matrix"), {"status": "draft"}).text


def test_a_variation_under_way_is_asked_for_its_own_terms(cast: Cast, client: Client) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    variation_at(TermsState.DRAFT, cast, agreement)
    text = page(client, agreement, cast.privacy_officer)
    assert "What is left before the variation can be submitted" in text
    assert "What is left before the variation can be signed" in text


def test_another_agency_finds_nothing_not_even_a_party_to_it(cast: Cast, client: Client) -> None:
    other = Cast("OTH", "Other Ministry")
    theirs = other.privacy_officer
    organisation("Other Ministry")
    agreement = agreement_at(Status.SIGNED, cast, parties=("Other Ministry",))
    run = ConformanceRun.objects.filter(agreement=agreement).latest("pk")
    client.force_login(theirs)
    assert client.get(reverse("conformance", args=[agreement.reference])).status_code == 404
    assert client.get(reverse("conformance_run", args=[agreement.reference, run.pk])).status_code == 404


def test_a_run_of_another_agreement_is_not_shown_as_this_ones(cast: Cast, client: Client) -> None:
    agreement, other = asked_much(cast), agreement_at(Status.DRAFT, cast, title="Other")
    run = ConformanceRun.objects.filter(agreement=other).latest("pk")
    client.force_login(cast.privacy_officer)
    for key in (run.pk, 0, 2**62):
        assert client.get(reverse("conformance_run", args=[agreement.reference, key])).status_code == 404


def test_only_who_may_answer_is_offered_to(cast: Cast, client: Client) -> None:
    agreement = asked_much(cast)
    address = reverse("attest", args=[agreement.reference, "DPUP-purpose"])
    assert address in page(client, agreement, cast.privacy_officer)
    for reader in (cast.adviser, cast.auditor):
        text = page(client, agreement, reader)
        assert 'id="DPUP-purpose"' in text
        assert address not in text
        assert "Answer it" not in text
        assert address not in page(client, agreement, reader, headers={"HX-Request": "true"})


def test_who_reads_agreements_reads_this(cast: Cast, client: Client) -> None:
    agreement = asked_much(cast)
    for role in (Role.ADVISER, Role.AUDITOR):
        assert "What is left before" in page(client, agreement, cast.user(role, f"A {role}"))


def test_the_page_asks_few_queries_however_many_runs(cast: Cast, client: Client) -> None:
    agreement = asked_much(cast)
    page(client, agreement, cast.privacy_officer)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, agreement, cast.privacy_officer)
    for hours in range(1, 40):
        answer(agreement, "safeguards", cast.privacy_officer, breach_hours=hours)
    with CaptureQueriesContext(connection) as many:
        page(client, agreement, cast.privacy_officer)
    assert len(many) == len(few)
    assert len(many) <= 15 + 4  # signing in is four of them
