"""Before anything goes outside the State services: due diligence, an accepted risk, and an instrument that binds."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from agreements.actions.agreement import record_existing
from agreements.actions.status import perform
from agreements.assessment_gates import gates, missing
from agreements.choices import Status
from agreements.errors import NotReady
from agreements.models import Agreement
from tests.agreements_at import agreement_at, answer, make_signable
from tests.assessed import drafted, final
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
NO_DILIGENCE = "Make the due diligence final: it comes before any sharing"
NO_RISK = "Make the risk assessment final: it comes before any sharing"


@pytest.fixture
def cast() -> Cast:
    return Cast()


def approved(cast: Cast, **scope: str) -> Agreement:
    """An approved agreement under which personal information goes outside the State services, starting in 2026."""
    agreement = agreement_at(Status.DRAFT, cast, starts_on=date(2026, 1, 1))
    answered = {"personal_information": "yes", "outside_state_services": "yes"} | scope
    answer(agreement, "scope", cast.privacy_officer, **answered)
    make_signable(agreement, cast.privacy_officer)
    perform(agreement=agreement, step="submit", by=cast.privacy_officer, now=NOW)
    return perform(agreement=agreement, step="approve", by=cast.approver, now=NOW)


def assess(agreement: Agreement, cast: Cast, **risk: object) -> None:
    """Due diligence and an accepted risk, in time."""
    for kind, said in (("due_diligence", {}), ("risk", risk)):
        final(agreement, kind, cast.privacy_officer, cast.chief_executive, **said)


def in_the_way(agreement: Agreement) -> list[str]:
    return gates(Agreement.objects.get(pk=agreement.pk), "sign", TODAY)


def test_nothing_is_signed_unassessed(cast: Cast) -> None:
    agreement = approved(cast)
    with pytest.raises(NotReady) as refused:
        perform(agreement=agreement, step="sign", by=cast.privacy_officer, now=NOW)
    assert refused.value.reasons == [NO_DILIGENCE, NO_RISK]
    assess(agreement, cast)
    assert perform(agreement=agreement, step="sign", by=cast.privacy_officer, now=NOW).status == Status.SIGNED


def test_a_signable_one_has_them(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    answer(agreement, "scope", cast.privacy_officer, personal_information="yes", outside_state_services="yes")
    make_signable(agreement, cast.privacy_officer, cast.chief_executive)
    assert in_the_way(agreement) == []


def test_a_draft_is_not_final(cast: Cast) -> None:
    agreement = approved(cast)
    drafted(agreement, "risk", cast.privacy_officer)
    drafted(agreement, "pia", cast.privacy_officer)
    assert in_the_way(agreement) == [
        NO_DILIGENCE,
        NO_RISK,
        "Make the privacy impact assessment final: a draft is not",
    ]


@pytest.mark.parametrize(("done_on", "late"), [(date(2026, 1, 1), False), (date(2026, 1, 2), True)])
def test_it_comes_on_or_before_the_start(cast: Cast, done_on: date, late: bool) -> None:
    agreement = approved(cast)
    assess(agreement, cast, done_on=done_on)
    said = ["The risk assessment is dated after the start: it comes before any sharing"] if late else []
    assert in_the_way(agreement) == said


def test_where_the_risk_asks_for_it_the_instrument_binds(cast: Cast) -> None:
    agreement = approved(cast)
    assess(agreement, cast, lba_required="yes", lba_why="Copies leave us")
    [sentence] = in_the_way(agreement)
    assert sentence.startswith("The risk assessment asks for a legally binding agreement")
    assert gates(Agreement.objects.get(), "vary_sign", TODAY) == [sentence]
    terms = Agreement.objects.get().terms_now
    terms.binding = "yes"
    with_terms = Agreement.objects.get()
    with_terms.current_terms = terms
    assert gates(with_terms, "sign", TODAY) == []


def test_the_newest_accepted_risk_counts(cast: Cast) -> None:
    agreement = approved(cast)
    assess(agreement, cast, lba_required="yes", lba_why="Copies leave us", done_on=date(2025, 10, 1))
    final(agreement, "risk", cast.privacy_officer, cast.chief_executive, done_on=date(2025, 11, 1))
    assert in_the_way(agreement) == []


@pytest.mark.parametrize(
    "scope",
    [
        {"personal_information": "no"},
        {"personal_information": "unknown"},
        {"outside_state_services": "no"},
        {"exclusion": "aisa", "exclusion_reference": "Order 2022/1"},
    ],
)
def test_what_is_out_of_scope_is_not_asked(
    cast: Cast, scope: dict[str, str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agreement = Agreement.objects.select_related("current_terms").get(pk=approved(cast, **scope).pk)
    with django_assert_num_queries(0):
        assert gates(agreement, "sign", TODAY) == []


def test_an_existing_arrangement_is_only_reported(cast: Cast) -> None:
    made = record_existing(
        values={"title": "Old", "kind": "deed", "purpose": ""}, status="signed", by=cast.privacy_officer, now=NOW
    )
    answer(made, "scope", cast.privacy_officer, personal_information="yes", outside_state_services="yes")
    found = Agreement.objects.get(pk=made.pk)
    assert gates(found, "sign", TODAY) == []
    assert missing(found, []) == [NO_DILIGENCE, NO_RISK]
