"""The register keeps the plan itself: items come, change, leave and come back in the action that changes the facts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from agreements.digest import digest
from assurance.actions.conformance import reassess, reassess_locked
from assurance.actions.plan_item import item_values, move_item
from assurance.models import ConformanceEntry, ConformanceRun, PlanItem
from assurance.plan_score import the_weights
from people.actions.system import system_user
from tests.agreements_at import answer
from tests.assurance.planned import existing
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def test_it_stands_in_the_plan_in_the_action_that_records_it_and_the_run_says_so(cast: Cast) -> None:
    made = existing(cast)
    item = PlanItem.objects.get(agreement=made)
    assert (item.cohort, item.state, item.left_on, item.made_on) == ("existing", "not_started", None, TODAY)
    assert item.reasons[0][0] >= item.reasons[-1][0]
    assert item.score == sum(points for points, _ in item.reasons)
    entry = ConformanceEntry.objects.get(agreement=made)
    assert "ISS-20" in entry.not_met
    assert entry.run.results["ISS-20"][1] == "It stands in the plan without an owner and without a target quarter"
    first = ConformanceRun.objects.filter(agreement=made, results__has_key="ISS-20").exclude(facts__planned=None)
    assert first.latest("pk").facts["planned"] is True


def test_without_a_day_of_signing_its_cohort_is_unknown(cast: Cast) -> None:
    assert PlanItem.objects.get(agreement=existing(cast, signed_on=None)).cohort == "unknown"


def test_a_fact_that_weighs_changes_the_score_at_once(cast: Cast) -> None:
    made = existing(cast)
    before, told = PlanItem.objects.get(agreement=made), PlanItem.history.count()
    answer(made, "safeguards", cast.privacy_officer, overseas="no")
    after = PlanItem.objects.get(agreement=made)
    assert after.score < before.score
    assert PlanItem.history.count() == told + 1
    assert "It is not known whether information goes overseas" not in [says for _, says in after.reasons]


def test_it_leaves_when_no_longer_asked_and_comes_back(cast: Cast) -> None:
    made = existing(cast)
    answer(made, "scope", cast.privacy_officer, outside_state_services="no")
    assert PlanItem.objects.get(agreement=made).left_on == localdate()
    assert "ISS-20" not in ConformanceEntry.objects.get(agreement=made).met
    answer(made, "scope", cast.privacy_officer, outside_state_services="yes")
    item = PlanItem.objects.get(agreement=made)
    assert item.left_on is None
    assert "ISS-20" in ConformanceEntry.objects.get(agreement=made).not_met


def test_it_is_met_in_the_action_that_gives_it_an_owner_and_a_target(cast: Cast) -> None:
    item = PlanItem.objects.get(agreement=existing(cast))
    owned = {"owner": cast.privacy_officer.who}
    for values, outcome in ((owned, "not_met"), ({"target": date(2026, 12, 31)}, "met"), ({"owner": None}, "not_met")):
        stands = item_values(PlanItem.objects.get(pk=item.pk))
        move_item(
            item=item, values=stands | values, why="By its risk", seen=digest(stands), by=cast.privacy_officer, now=NOW
        )
        assert ConformanceEntry.objects.get(agreement=item.agreement_id).outcome_of("ISS-20") == outcome


def test_of_unknown_scope_it_stands_in_the_plan_says_so_and_iss_20_is_unknown(cast: Cast) -> None:
    made = existing(cast, public_service="unknown")
    item = PlanItem.objects.get(agreement=made, left_on=None)
    assert the_weights().points["scope_unknown"][1] in [says for _, says in item.reasons]
    entry = ConformanceEntry.objects.get(agreement=made)
    assert (entry.in_scope, "ISS-20" in entry.unknown) == ("unknown", True)
    answer(made, "scope", cast.privacy_officer, public_service="no")
    assert PlanItem.objects.get(agreement=made).left_on == localdate()


def test_signed_on_the_first_day_of_the_standard_it_was_never_asked(cast: Cast) -> None:
    made = existing(cast, signed_on=date(2025, 7, 1))
    assert not PlanItem.objects.filter(agreement=made, left_on=None).exists()


def test_time_alone_makes_it_older(cast: Cast) -> None:
    made = existing(cast, signed_on=date(2025, 1, 10))
    before = PlanItem.objects.get(agreement=made).score
    by = system_user("tick")
    reassess_locked(agreements=[made.pk], on=date(2027, 1, 9), by=by)
    assert PlanItem.objects.get(agreement=made).score == before
    reassess_locked(agreements=[made.pk], on=date(2027, 1, 10), by=by)
    assert PlanItem.objects.get(agreement=made).score == before + 3


def test_the_plan_asks_nothing_more_where_no_item_changes(cast: Cast) -> None:
    made, by = existing(cast), cast.privacy_officer
    with CaptureQueriesContext(connection) as asked:
        reassess(agreements=[made.pk], on=TODAY, by=by)
    assert len(asked) == 1 + 2  # the facts, and the savepoint of the action
    ConformanceEntry.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        reassess(agreements=[made.pk], on=TODAY, by=by)
    assert len(asked) <= 7


@pytest.mark.parametrize("many", [1, 12])
def test_changed_items_take_the_same_few_statements_however_many(cast: Cast, many: int) -> None:
    keys = [existing(cast, f"Old {one}", date(2025, 1, 10)).pk for one in range(many)]
    by = system_user("tick")
    with CaptureQueriesContext(connection) as asked:
        reassess_locked(agreements=keys, on=date(2027, 1, 10), by=by)
    assert len(asked) == 6 + 2 + 3  # as before; and items locked, changed, with their history
    assert {item.reasons[-1][1] for item in PlanItem.objects.all()} == {"It was signed two years ago or more"}
