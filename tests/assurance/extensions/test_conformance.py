"""Conformance on real agreements: gates before a step, runs after each change, nothing for what only exists."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from agreements.actions.agreement import record_existing
from agreements.actions.contract import link_agreement
from agreements.actions.organisation import change_organisation, organisation_values
from agreements.actions.oversight import log_oversight
from agreements.actions.row import remove_row
from agreements.actions.status import perform
from agreements.choices import Status
from agreements.digest import digest
from agreements.errors import NotReady
from agreements.models import Agreement, Organisation
from agreements.rows import KINDS
from assurance.actions.conformance import reassess_locked
from assurance.extensions.conformance import gates
from assurance.left import left_of
from assurance.models import ConformanceEntry, ConformanceRun, RunCause, RunOutcome
from assurance.pages.conformance import results_of
from people.actions.system import system_user
from tests.agreements_at import agreement_at, answer, contract_of, converse_about, make_signable, meet_the_standard
from tests.assessed import drafted, final
from tests.cast import NOW, TODAY, Cast
from tests.records.conftest import seal

pytestmark = pytest.mark.django_db
BINDING_UNKNOWN = (
    "ISS-08, it binds where the risk asks for it: "
    "The risk assessment does not say yet whether a binding agreement is needed"
)
OUTSIDE = {"personal_information": "yes", "outside_state_services": "yes"}


def in_the_way(agreement: Agreement, step: str = "sign") -> list[str]:
    """The ids of what is open before a step."""
    found = gates(Agreement.objects.select_related("current_terms").get(pk=agreement.pk), step, TODAY)
    return [sentence.split(",")[0] for sentence in found]


def draft(cast: Cast, **scope: str) -> Agreement:
    """A draft under which personal information goes outside the State services, starting in 2026."""
    agreement = agreement_at(Status.DRAFT, cast, starts_on=date(2026, 1, 1))
    answer(agreement, "scope", cast.privacy_officer, **OUTSIDE | scope)
    return agreement


def ready_but_unassessed(cast: Cast) -> Agreement:
    """Everything but the assessments."""
    agreement = draft(cast)
    make_signable(agreement, cast.privacy_officer)
    meet_the_standard(agreement, cast.privacy_officer)
    converse_about(agreement, cast.privacy_officer, on=date(2025, 12, 1))
    return agreement


def assessed(agreement: Agreement, cast: Cast, **risk: object) -> None:
    """Due diligence and an accepted risk."""
    for kind, said in (("due_diligence", {}), ("risk", risk)):
        final(agreement, kind, cast.privacy_officer, cast.chief_executive, **said)


def test_nothing_is_signed_unassessed_and_the_reasons_can_be_acted_on(cast: Cast) -> None:
    agreement = ready_but_unassessed(cast)
    for step, who in (("submit", cast.privacy_officer), ("approve", cast.approver)):
        perform(agreement=agreement, step=step, by=who, now=NOW)
    with pytest.raises(NotReady) as refused:
        perform(agreement=agreement, step="sign", by=cast.privacy_officer, now=NOW)
    assert refused.value.reasons == [
        "ISS-05, due diligence was done before sharing: There is no due diligence",
        "ISS-06, the risk was assessed before sharing: There is no risk assessment",
        "ISS-07, the risk that remains is acceptable: There is no final risk assessment",
        BINDING_UNKNOWN,
    ]
    assessed(agreement, cast)
    assert perform(agreement=agreement, step="sign", by=cast.privacy_officer, now=NOW).status == Status.SIGNED


def test_drafts_of_assessments_open_nothing(cast: Cast) -> None:
    agreement = ready_but_unassessed(cast)
    assessed(agreement, cast)
    assert in_the_way(agreement) == []
    drafted(agreement, "pia", cast.privacy_officer)
    assert in_the_way(agreement) == ["F3"]


def test_where_the_risk_asks_for_it_the_instrument_binds(cast: Cast) -> None:
    agreement = ready_but_unassessed(cast)
    assessed(agreement, cast, lba_required="yes", lba_why="Copies leave us")
    assert in_the_way(agreement) == ["ISS-08"]
    answer(agreement, "dates", cast.privacy_officer, binding="yes")
    assert in_the_way(agreement) == []


def test_nothing_is_submitted_while_nobody_knows_the_scope(cast: Cast) -> None:
    agreement = draft(cast, personal_information="unknown")
    assert in_the_way(agreement, "submit") == ["ISS-01"]


@pytest.mark.parametrize(
    "scope",
    [
        {"personal_information": "no"},
        {"outside_state_services": "no"},
        {"exclusion": "aisa", "exclusion_reference": "Order 2022/1"},
    ],
)
def test_what_is_out_of_scope_is_not_asked(cast: Cast, scope: dict[str, str]) -> None:
    assert not [name for name in in_the_way(draft(cast, **scope)) if name.startswith("ISS")]


def test_an_existing_arrangement_is_only_reported(cast: Cast) -> None:
    made = record_existing(
        values={"title": "Old", "kind": "deed", "purpose": ""}, status="signed", by=cast.privacy_officer, now=NOW
    )
    answer(made, "scope", cast.privacy_officer, **OUTSIDE, public_service="yes")
    assert in_the_way(made) == []
    entry = ConformanceEntry.objects.get(agreement=made)
    assert {"ISS-05", "ISS-06", "ISS-20"} <= {*entry.not_met, *entry.unknown}


@pytest.mark.parametrize(("step", "status"), [("submit", "draft"), ("sign", "in_review")])
def test_what_the_page_calls_left_is_what_the_gate_stops(cast: Cast, step: str, status: str) -> None:
    agreement = Agreement.objects.select_related("current_terms").get(pk=draft(cast, personal_information="unknown").pk)
    agreement.status = status
    results = results_of(ConformanceEntry.objects.get(agreement=agreement).run)
    left = left_of(agreement, results, (), TODAY, existing=False)
    listed = {one.asked.id for each in left if each.step == step for one in each.items}
    said = {why.split(": ", 1)[1] for why in gates(agreement, step, TODAY)}
    assert set(in_the_way(agreement, step)) <= listed
    assert said == {results[name].why for name in listed}


@pytest.mark.parametrize(("starts_on", "steps"), [(date(2026, 9, 1), ["start"]), (date(2026, 1, 1), [""])])
def test_once_signed_the_start_is_ahead_until_its_day(cast: Cast, starts_on: date, steps: list[str]) -> None:
    signed = agreement_at(Status.SIGNED, cast, starts_on=starts_on)
    results = results_of(ConformanceEntry.objects.get(agreement=signed).run)
    left = left_of(signed, results, (), TODAY, existing=False)
    assert [one.step for one in left] == steps
    assert left[0].title in {"What is left before sharing can start", "What the standards still ask"}


def test_the_gate_asks_two_queries(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agreement = Agreement.objects.select_related("current_terms").get(pk=draft(cast).pk)
    with django_assert_num_queries(2):
        assert gates(agreement, "sign", TODAY)
    with django_assert_num_queries(0):
        assert gates(agreement, "send_back", TODAY) == []


def test_each_change_that_matters_writes_one_run_in_the_same_action(cast: Cast) -> None:
    agreement = draft(cast)
    before = ConformanceRun.objects.filter(agreement=agreement).count()
    answer(agreement, "safeguards", cast.privacy_officer, breach_hours=48)
    newest = ConformanceRun.objects.filter(agreement=agreement).latest("pk")
    assert ConformanceRun.objects.filter(agreement=agreement).count() == before + 1
    assert newest.facts["breach_hours"] == 48
    assert newest.cause == RunCause.CHANGE
    assert newest.met + newest.not_met + newest.unknown + newest.not_applicable == len(newest.results)
    assert ConformanceEntry.objects.get(agreement=agreement).run == newest
    answer(agreement, "safeguards", cast.privacy_officer, retention="Seven years")  # no fact of any check
    assert ConformanceRun.objects.filter(agreement=agreement).count() == before + 1


def test_a_run_is_never_rewritten(cast: Cast) -> None:
    draft(cast)
    for statement in (
        "UPDATE assurance_conformancerun SET met = 99", "DELETE FROM assurance_conformancerun",
        "UPDATE assurance_runoutcome SET not_met = '{}'",
    ):  # fmt: skip
        refused = pytest.raises(IntegrityError, match="never changed or removed")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_is_derived_from_a_run_is_neither_taken_away_nor_left_wrong(cast: Cast) -> None:
    agreement, by = draft(cast), system_user("tick")
    stood = ConformanceEntry.objects.get(agreement=agreement)
    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        RunOutcome.objects.filter(agreement=agreement).delete()
        RunOutcome.objects.create(run=stood.run, agreement=agreement, on=TODAY, met=["information-sharing"])
        seal()
    ConformanceEntry.objects.update(not_met=[], unknown=[], met=["ISS-05"], critical=False, standing="met")
    assert reassess_locked(agreements=[agreement.pk], on=TODAY, by=by) == 1
    now = ConformanceEntry.objects.get(agreement=agreement)
    assert [now.not_met, now.unknown, now.standing, now.run] == [stood.not_met, stood.unknown, "not_met", stood.run]
    assert reassess_locked(agreements=[agreement.pk], on=TODAY, by=by) == 0


def test_where_only_time_moved_a_run_says_so(cast: Cast) -> None:
    agreement = draft(cast)
    make_signable(agreement, cast.privacy_officer, cast.chief_executive)
    answer(agreement, "ownership", cast.privacy_officer, review_due_on=date(2026, 9, 1))
    for step, who in (("submit", cast.privacy_officer), ("approve", cast.approver), ("sign", cast.privacy_officer)):
        perform(agreement=agreement, step=step, by=who, now=NOW)
    by = system_user("tick")
    assert reassess_locked(agreements=[agreement.pk], on=TODAY, by=by) == 0
    assert "F7" in ConformanceEntry.objects.get(agreement=agreement).met
    assert reassess_locked(agreements=[agreement.pk], on=date(2026, 9, 2), by=by) == 1
    entry = ConformanceEntry.objects.get(agreement=agreement)
    assert "F7" in entry.not_met
    assert entry.run.cause == RunCause.TIME


@pytest.mark.parametrize("many", [1, 12])
def test_reassessing_asks_the_same_few_queries_however_many(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keys = [agreement_at(Status.DRAFT, cast, title=f"Agreement {one}").pk for one in range(many)]
    ConformanceEntry.objects.all().delete()
    by = system_user("tick")
    with django_assert_num_queries(6 + 2):  # six, of which one locks, and the savepoint of the action
        assert reassess_locked(agreements=keys, on=TODAY, by=by) == many


def test_what_changes_beside_the_agreement_is_noticed_in_the_same_action(cast: Cast) -> None:
    """A contract's log, the kind of an organisation and a party taken away count as much as a section."""
    agreement = agreement_at(Status.SIGNED, cast, starts_on=date(2025, 1, 1))
    trust = agreement.terms_now.parties.get(organisation__name="Te Whare Tautoko Trust").organisation
    body = Organisation.objects.get(pk=trust.pk)
    values = organisation_values(body)
    changed = values | {"state_services": "no", "kind": "overseas"}
    change_organisation(organisation=body, values=changed, seen=digest(values), by=cast.privacy_officer)
    run = ConformanceEntry.objects.get(agreement=agreement).run
    assert [party["kind"] for party in run.facts["parties"] if party["organisation"] == trust.pk] == ["overseas"]
    contract = contract_of(cast)
    link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    said = {"kind": "meeting", "on": TODAY, "note": "Met"}
    log_oversight(about=contract, values=said, by=cast.privacy_officer, now=NOW)
    assert ConformanceEntry.objects.get(agreement=agreement).run.facts["contracts"][0]["overseen_on"] == str(TODAY)


def test_a_party_taken_out_of_a_draft_is_no_longer_asked_about(cast: Cast) -> None:
    agreement = draft(cast)
    party = agreement.terms_now.parties.get(organisation__name="Te Whare Tautoko Trust")
    remove_row(agreement=agreement, kind=KINDS["party"], pk=party.pk, by=cast.privacy_officer)
    facts = ConformanceEntry.objects.get(agreement=agreement).run.facts
    assert "Te Whare Tautoko Trust" not in [one["name"] for one in facts["parties"]]
