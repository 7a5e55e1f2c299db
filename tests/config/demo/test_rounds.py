"""The two rounds of the demonstration, told without the rest of the story."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from config.demo.calendar import Clock
from config.demo.organisations import Finder
from config.demo.people import add_cast
from config.demo.rounds import tell_rounds
from config.demo.teller import Stage
from conflicts.models import Declaration, Round, Sample
from conflicts.pages.round import not_reached
from people.actions.system import system_user
from records.acting import acting
from records.backfill import backfill
from records.models import Mail

pytestmark = pytest.mark.django_db


def test_one_round_is_over_and_checked_and_one_is_under_way() -> None:
    by, now = system_user("demo"), timezone.now()
    with backfill(by=by, why="Story", start=now - timedelta(days=800), end=now) as door:
        began = Clock(now, "beginning").on(-760)
        with acting(by=by), door.at(began):
            cast = add_cast(by=by, on=localdate(began))
        tell_rounds(Stage(cast, Finder(by), door, now))
    over, running = Round.objects.order_by("launched_at")
    assert over.closed_at is not None
    assert running.running
    assert set(over.invitations.values_list("state", flat=True)) == {"returned", "waiting"}
    assert set(running.invitations.values_list("state", flat=True)) == {"returned", "waiting", "started", "excused"}
    assert Sample.objects.get().sampled.filter(result="sound").exists()
    assert not_reached(running).filter(person__email__startswith="moana").exists()
    assert not Mail.objects.filter(made_at__lt=running.launched_at or now, state="queued").exists()
    assert set(Declaration.objects.values_list("person__agency__code", flat=True)) == {"MCW"}
