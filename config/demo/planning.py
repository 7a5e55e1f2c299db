"""The plan for existing arrangements in progress: some items done, one overdue, some moved with a reason."""

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from agreements.digest import digest
from assurance.actions.plan_item import item_values, move_item
from assurance.models import PlanItem
from assurance.quarters import quarters_from
from config.demo.calendar import Clock
from config.demo.teller import Stage

LONG_AGO, SINCE, LATELY = -120, -60, -10  # days from today


def tell_plan(stage: Stage) -> None:
    """Move items through the real action. Only those nothing happened to since may be moved long ago."""
    mine = PlanItem.objects.filter(agreement__agency=stage.cast.agencies["MCW"], left_on=None).order_by("-score", "pk")
    quiet_since = stage.now - timedelta(days=-LONG_AGO + 5)
    quiet = [one for one in mine if one.history.latest("history_id").history_date < quiet_since][:3]
    for item, told in zip(quiet, _long_ago(stage), strict=False):
        _move(stage, item, LONG_AGO, told)
    for item in quiet[1:2]:
        why = "They said what they hold. It is not renewed, so what is open is not mended."
        _move(stage, item, SINCE, {"state": "done", "why": why})
    others = [one for one in mine if one not in quiet][:4]
    for quarters, item in enumerate(others):
        target = quarters_from(localdate(stage.now))[quarters + 1]
        why = "The riskiest come first; nobody has more than two in a quarter."
        _move(stage, item, LATELY, {"target": target, "owner": stage.cast.people["anaru"], "why": why})


def _long_ago(stage: Stage) -> list[dict[str, Any]]:
    then: date = localdate(stage.now) + timedelta(days=LONG_AGO)
    told = {"target": quarters_from(then)[0], "state": "in_progress"}
    audit = {"action": "A variation that adds a right to audit", "why": "It stands high and their contract ends soon"}
    ask = {"action": "Ask what they hold, then end it", "why": "Nobody has used it for a year"}
    later = {"target": quarters_from(then)[4], "action": "Assess the risk first", "why": "Their new system comes first"}
    return [
        told | audit | {"owner": stage.cast.people["tom"]},
        told | ask | {"owner": stage.cast.people["tom"]},
        told | later | {"state": "not_started"},
    ]


def _move(stage: Stage, item: PlanItem, days: int, told: dict[str, Any]) -> None:
    now = Clock(stage.now, f"plan of {item.pk}").on(days)
    why = told.pop("why")
    with stage.door.at(now):
        stands = item_values(PlanItem.objects.get(pk=item.pk))
        move_item(
            item=item, values=stands | told, why=why, seen=digest(stands), by=stage.cast.users["hinemoa"], now=now,
            although_open=True,
        )  # fmt: skip
