"""The register keeps the plan for existing arrangements itself, in the same action as the change that matters."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from assurance.collect import OF_PLAN
from assurance.facts import AgreementFacts
from assurance.models import PlanItem, PlanStanding
from assurance.plan_score import is_asked, standing
from records import bulk
from records.moment import backdated_to


def keep_plan(found: Iterable[tuple[AgreementFacts, Mapping[str, Any] | None]], on: date) -> set[int]:
    """Make, change and end items so that they say what the facts say; the agreements that stand in the plan.

    ``found`` gives facts with what the plan says now. No statement where nothing changes, else at most seven. What
    people said of an item is left alone. Called inside an action that has locked the agreements.
    """
    asked: set[int] = set()
    new: list[PlanItem] = []
    changed: dict[int, dict[str, Any]] = {}
    for facts, now in found:
        wanted = _wanted(facts, now, on)
        if wanted and wanted["left_on"] is None:
            asked.add(facts.agreement)
        if now is None and wanted:
            new.append(PlanItem(agreement_id=facts.agreement, made_on=_today(on), **wanted))
        elif wanted and wanted != now:
            changed[facts.agreement] = wanted
    bulk.create(new)
    note_standings([*new, *_change(changed)], backdated_to() or timezone.now())
    return asked


def note_standings(items: Iterable[PlanItem], at: datetime) -> None:
    """Write the row of record of how each of these stands from now on; two statements, and none for none."""
    bulk.create([_standing(item, at) for item in items])


def _standing(item: PlanItem, at: datetime) -> PlanStanding:
    return PlanStanding(
        agreement_id=item.agreement_id, tier=item.tier, state=item.state, target=item.target,
        asked=item.left_on is None, on=localdate(at), at=at,
    )  # fmt: skip


def _wanted(facts: AgreementFacts, now: Mapping[str, Any] | None, on: date) -> dict[str, Any] | None:
    """What the item should say; None where it never stood in the plan and does not belong there."""
    if not is_asked(facts):
        return None if now is None else {**now, "left_on": now["left_on"] or _today(on).isoformat()}
    said = standing(facts, on)
    reasons = [list(one) for one in said.reasons]
    return {"cohort": said.cohort, "score": said.score, "tier": said.tier, "reasons": reasons, "left_on": None}


def _change(wanted: Mapping[int, Mapping[str, Any]]) -> list[PlanItem]:
    """Those that stand otherwise now. People may move an item at once: it is read again under a lock."""
    if not wanted:
        return []
    items = list(PlanItem.objects.select_for_update(of=("self",), no_key=True).filter(agreement__in=wanted))
    before = {item.pk: (item.tier, item.left_on) for item in items}
    for item in items:
        for name, value in wanted[item.agreement_id].items():
            setattr(item, name, date.fromisoformat(value) if name == "left_on" and value else value)
    bulk.update(items, OF_PLAN)
    return [item for item in items if (item.tier, item.left_on) != before[item.pk]]


def _today(on: date) -> date:
    """The day, or the day of history that is being told."""
    past = backdated_to()
    return localdate(past) if past else on
