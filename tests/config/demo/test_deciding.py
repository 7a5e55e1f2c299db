"""What people of the demonstration declared, and what came of it, told without the rest of the story."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from config.demo.calendar import Clock
from config.demo.deciding import tell_declarations
from config.demo.organisations import Finder
from config.demo.people import add_cast
from config.demo.teller import Stage
from conflicts.choices import DeclarationStatus
from conflicts.in_advance import InAdvance, began_without_a_plan, in_advance
from conflicts.models import Conversation, Declaration, PlanReview
from people.actions.system import system_user
from records.acting import acting
from records.backfill import backfill

pytestmark = pytest.mark.django_db
D = DeclarationStatus


def test_a_year_of_declarations_is_told() -> None:
    by, now = system_user("demo"), timezone.now()
    with backfill(by=by, why="Story", start=now - timedelta(days=800), end=now) as door:
        began = Clock(now, "beginning").on(-760)
        with acting(by=by), door.at(began):
            cast = add_cast(by=by, on=localdate(began))
        tell_declarations(Stage(cast, Finder(by), door, now))
    told = Counter(Declaration.objects.values_list("status", flat=True))
    assert told == {
        D.MONITORING: 2, D.NON_COMPLIANT: 1, D.ESCALATED: 1, D.RETURNED: 1, D.UNMANAGEABLE: 1, D.PLAN_DRAFTED: 1,
        D.SUBMITTED: 1, D.NO_CONFLICT: 2,
    }  # fmt: skip
    late = began_without_a_plan(Declaration.objects.all(), localdate(now)).get()
    assert late.person == cast.people["sina"]
    caught = Declaration.objects.get(person=cast.people["jess"])
    assert in_advance(caught, caught.plans.all(), localdate(now)) == InAdvance.IN_TIME
    assert PlanReview.objects.get().plan.declaration == late
    assert Conversation.objects.filter(person__isnull=False).count() == 3
