"""Assess agreements against the standards: the one writer of conformance runs (design.md section 6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from agreements.models import Agreement
from assurance.actions.entry_keeping import mend_entries
from assurance.actions.plan_keeping import keep_plan
from assurance.actions.run_outcome import keep_outcomes
from assurance.actions.schedule_keeping import keep_schedule
from assurance.assess import assess, is_critical
from assurance.collect import collect_current
from assurance.editions import asked_of, current, requirements
from assurance.extensions.in_lists import standing_of
from assurance.facts import AgreementFacts
from assurance.models import ConformanceEntry, ConformanceRun, RunCause
from assurance.outcome import Outcome, Result
from assurance.plan_score import cohort_of
from assurance.predicates import standard
from assurance.read_facts import as_json
from people.models import User
from records import bulk
from records.acting import action
from records.moment import backdated_to

BATCH = 500
ENTRY_FIELDS = [one.name for one in ConformanceEntry._meta.concrete_fields if not one.primary_key]


@action
def reassess(*, agreements: Iterable[int], on: date, by: User, cause: str = RunCause.CHANGE) -> int:
    """Assess these agreements with the terms that stand; how many runs were written.

    Where neither facts nor results differ from the newest run, none is written; the same holds of the plan and of the
    schedule of assurance. Five statements a batch of 500, however many agreements, and at most seven more where items
    of the plan change, six where the schedule does; the caller has locked what it changed.
    """
    keys = sorted(agreements)
    return sum(_batch(keys[start : start + BATCH], on, cause) for start in range(0, len(keys), BATCH))


@action
def reassess_locked(*, agreements: Iterable[int], on: date, by: User, cause: str = RunCause.TIME) -> int:
    """The same where nobody holds the agreements yet: each batch is locked first, in the order of its keys.

    Where only time moves, an entry that says otherwise than the newest run is put right: one query more a batch.
    """
    keys = sorted(agreements)
    done = 0
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        rows = Agreement.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=part).order_by("pk")
        done += _batch(list(rows.values_list("pk", flat=True)), on, cause)
    return done


def _batch(keys: Sequence[int], on: date, cause: str) -> int:
    asked = asked_of("agreement", on)
    editions = [one.key for one in current(on)]
    found, same = [], []
    rows = list(collect_current(keys))
    planned = keep_plan([(facts, plan) for facts, _, plan in rows], on)
    assured = keep_schedule([facts for facts, _, _ in rows], on)
    for collected, before, _ in rows:
        key = collected.agreement  # the item of the plan and what is scheduled are made by now
        facts = replace(collected, planned=key in planned, activities=assured[key])
        run = _run(facts, assess(facts, asked, on), editions, on, cause)
        if (run.facts, run.results, run.editions) != before:
            found.append((run, facts))
        elif cause == RunCause.TIME:
            same.append(_entry(run, facts, on))
    mended = mend_entries(same) if same else 0
    keep_outcomes(bulk.create([run for run, _ in found]))
    entries = [_entry(run, facts, on) for run, facts in found]
    if entries:
        ConformanceEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["agreement"], update_fields=ENTRY_FIELDS
        )
    return len(found) + mended


def _run(
    facts: AgreementFacts, results: Mapping[str, Result], editions: list[str], on: date, cause: str
) -> ConformanceRun:
    found = [result.outcome for result in results.values()]
    return ConformanceRun(
        agreement_id=facts.agreement,
        terms_id=facts.terms,
        cause=cause,
        on=on,
        at=_now(),
        editions=editions,
        facts=as_json(facts),
        results={name: [result.outcome.value, result.why] for name, result in results.items()},
        **{outcome.value: found.count(outcome) for outcome in Outcome},
    )


def _now() -> datetime:
    return backdated_to() or timezone.now()


def _entry(run: ConformanceRun, facts: AgreementFacts, on: date) -> ConformanceEntry:
    asked = requirements(on)
    by_outcome: dict[str, list[str]] = {outcome: [] for outcome in Outcome}
    for name, (outcome, _) in run.results.items():
        by_outcome[outcome].append(name)
    lists: dict[str, Any] = {name: by_outcome[name] for name in ("met", "not_met", "unknown")}
    critical = any(is_critical(asked[name], Result(Outcome.NOT_MET, "")) for name in lists["not_met"] if name in asked)
    return ConformanceEntry(
        agreement_id=run.agreement_id,
        run=run,
        critical=critical,
        cohort=cohort_of(facts),
        in_scope=standard(facts)[0],
        standing=standing_of(lists, on),
        **lists,
    )
