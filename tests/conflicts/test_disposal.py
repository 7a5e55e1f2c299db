"""What was declared leaves when it may: the rows that docs/history.md names are blanked, and the chain still holds."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from conflicts.actions.keeping import record_not_kept, review_plan
from conflicts.actions.staff_conversation import record_staff_conversation
from conflicts.choices import DeclarationStatus
from conflicts.models import Declaration
from records.actions.disposal import dispose
from records.models import Recorded
from tests.cast import NOW, TODAY
from tests.declaring import Team, declaration_at
from tests.project.tree import ROOT, text

pytestmark = pytest.mark.django_db
LINE = re.compile(r"^\| (`conflicts\.[^|]+)\|(.*)\|$", re.MULTILINE)


def named() -> dict[str, list[str]]:
    """The fields that the document names, by model."""
    found: dict[str, list[str]] = {}
    for models, told in LINE.findall(text(ROOT / "docs/history.md")):
        labels = re.findall(r"`([\w.]+)`", models)
        fields = [part.split(",") for part in re.findall(r"`([\w,]+)`", told)]
        for place, label in enumerate(labels):
            found[label] = fields[min(place, len(fields) - 1)]
    found["conflicts.DeclaredInterest"] = [*found["conflicts.Interest"], "touches"]
    return found


def everything(team: Team) -> None:
    """A plan that was reviewed and then not kept, and a conversation about it."""
    made, today = declaration_at(DeclarationStatus.MONITORING, team), TODAY
    given: dict[str, Any] = {"by": team.manager, "now": NOW}
    said = {"on": today, "finding": "confirmed", "note": "My sister agrees", "next_on": today + timedelta(days=90)}
    review_plan(declaration=made, values=said, **given)
    broken = {"on": today, "what": "Te Whare Tautoko was rung", "action": "My sister was told"}
    record_not_kept(declaration=made, values=broken, **given)
    told = {"on": today, "outcome": "nothing", "note": "About Te Whare Tautoko"}
    record_staff_conversation(person=team.staff.who, values=told, today=today, **given)


@pytest.mark.parametrize("label", named())
def test_the_fields_that_the_document_names_can_be_blanked(team: Team, label: str) -> None:
    everything(team)
    model: type[Recorded] = apps.get_model(label)
    rows = list(model._meta.base_manager.values_list("pk", flat=True))
    by, approver = team.cast.administrator, team.cast.approver
    dispose(
        model=model, pks=rows, fields=named()[label], authority="GDA 6", reason="Its time is over",
        approved_by=approver, by=by, at=timezone.now(),
    )  # fmt: skip
    kept = " ".join(str(row) for row in model._meta.base_manager.values())
    assert "Te Whare Tautoko" not in kept
    assert "My sister" not in kept
    assert Declaration.objects.get().person == team.staff.who
