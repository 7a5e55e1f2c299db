"""On its first day an agreement starts only where its start is open; the tick holds it otherwise, once."""

from datetime import date, timedelta

import pytest

from agreements.actions.pause import lift_pause, pause_organisation
from agreements.actions.status import perform
from agreements.choices import Status
from agreements.errors import NotReady
from agreements.models import Agreement
from agreements.tick import starts_held
from people.models import Power
from tests.agreements_at import agreement_at, organisation
from tests.cast import NOW, TODAY, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db
FIRST_DAY = TODAY + timedelta(days=10)


def signed_for(cast: Cast, day: date) -> Agreement:
    """Signed in July 2026, starting on the day."""
    return agreement_at(Status.SIGNED, cast, starts_on=day)


def pause(cast: Cast) -> object:
    """Its party is paused after the signing, so that the start is no longer open."""
    delegated(cast, cast.approver, Power.PAUSE)
    found = organisation()
    return pause_organisation(organisation=found, reason="Asked to", by=cast.approver, now=NOW)


def test_a_start_that_is_not_open_is_held_on_its_day_and_only_once(cast: Cast) -> None:
    agreement = signed_for(cast, FIRST_DAY)
    pause(cast)
    assert starts_held(FIRST_DAY - timedelta(days=1)) == 0
    assert starts_held(FIRST_DAY) == 1
    found = Agreement.objects.get(pk=agreement.pk)
    change = found.status_changes.latest("pk")
    assert (found.status, change.step, change.on) == (Status.SUSPENDED, "suspend", FIRST_DAY)
    assert change.why.startswith("It did not start. F12, no party is paused: Te Whare Tautoko Trust is paused")
    assert starts_held(FIRST_DAY) == 0
    assert starts_held(FIRST_DAY - timedelta(days=30)) == 0


def test_resuming_asks_for_the_same_and_is_not_held_again(cast: Cast) -> None:
    agreement = signed_for(cast, FIRST_DAY)
    paused = pause(cast)
    starts_held(FIRST_DAY)
    with pytest.raises(NotReady, match="Te Whare Tautoko Trust is paused"):
        perform(agreement=agreement, step="resume", by=cast.privacy_officer, now=NOW, reason="Go on")
    lift_pause(pause=paused, reason="Put right", by=cast.approver, now=NOW)  # type: ignore[arg-type]
    perform(agreement=agreement, step="resume", by=cast.privacy_officer, now=NOW, reason="Go on")
    assert starts_held(FIRST_DAY + timedelta(days=1)) == 0
    assert Agreement.objects.get(pk=agreement.pk).status == Status.SIGNED


def test_an_open_start_and_one_long_past_are_left_alone(cast: Cast) -> None:
    signed_for(cast, FIRST_DAY)
    assert starts_held(FIRST_DAY) == 0
    pause(cast)
    assert starts_held(FIRST_DAY + timedelta(days=8)) == 0
