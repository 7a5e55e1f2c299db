"""What providers were asked as at a past day: the same whatever is answered, put off or withdrawn since."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assurance.actions.provider_request import extend_request, withdraw_request
from assurance.figures.providers import figures_of
from assurance.models import ProviderRequest
from tests.assurance.asking import agreed, asked_about, sent_in
from tests.assurance.figures.recounted import recounted
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_past_day_stays_and_history_gives_the_same(cast: Cast) -> None:
    today, first, second = timezone.localdate(), agreed(cast), agreed(cast, title="Homes")
    sent_in(asked_about(cast, first), "no", words="Not yet")
    asked_about(cast, first, second, due_on=today)
    later = today + timedelta(days=3)
    on_the_day = {one.key: one.words for one in figures_of(cast.agency, later)}
    assert on_the_day == {
        "providers.asked": "3", "providers.answered": "1 of 3", "providers.gap": "1 of 1", "providers.late": "2 of 2",
    }  # fmt: skip
    told = recounted(cast.agency, later)
    assert {key: told[key][0] for key in on_the_day} == on_the_day

    waiting = ProviderRequest.objects.waiting().get()
    now = timezone.now() + timedelta(days=4)
    due = today + timedelta(days=30)
    extend_request(request=waiting, due_on=due, why="They moved", by=cast.privacy_officer, now=now)
    assert {one.key: one.words for one in figures_of(cast.agency, later)} == on_the_day
    after = {one.key: one.words for one in figures_of(cast.agency, later + timedelta(days=2))}
    assert after["providers.late"] == "0 of 2"
    then = now + timedelta(days=3)
    withdraw_request(request=waiting, why="By telephone", by=cast.privacy_officer, now=then)
    assert {one.key: one.words for one in figures_of(cast.agency, later)} == on_the_day
    assert figures_of(cast.agency, timezone.localdate(then))[0].value == 1
    assert figures_of(Cast("OTH", "Other Ministry").agency, later)[0].value == 0
