"""An agreement's timeline and its picture as at a day, with everything that belongs to it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from agreements.choices import Status
from agreements.history import AGREEMENT
from agreements.models import Agreement, Party, StatusChange
from records.as_at import as_at
from records.backfill import backfill
from records.timeline import changes
from records.verify import verify
from tests.agreements_at import agreement_at, organisation
from tests.cast import Cast
from tests.records.conftest import seal

pytestmark = pytest.mark.django_db


def signed(cast: Cast, parties: int) -> Agreement:
    """A signed agreement with so many providers."""
    return agreement_at(Status.SIGNED, cast, parties=tuple(f"Provider {number}" for number in range(parties)))


def test_the_timeline_tells_everything_that_was_recorded(cast: Cast) -> None:
    agreement = signed(cast, 2)
    timeline = changes(AGREEMENT, agreement.pk)
    told = {(each.model, each.how) for card in timeline.changes for each in card.objects}
    assert {("agreement", "created"), ("party", "created"), ("status change", "created")} <= told
    assert timeline.changes[-1].who == str(cast.privacy_officer)
    assert {card.agency for card in timeline.changes} == {cast.privacy_officer.agency.code}


def test_as_at_today_is_what_stands_now(cast: Cast) -> None:
    agreement = signed(cast, 2)
    picture = as_at(AGREEMENT, agreement.pk, timezone.localdate())
    assert picture is not None
    assert picture.record.title == agreement.title
    parties = Party.objects.filter(terms__agreement=agreement).order_by("pk")
    assert [str(party) for party in picture.record.current_terms.parties.all()] == [str(party) for party in parties]
    assert len(picture.of(StatusChange)) == agreement.status_changes.count()


@pytest.mark.parametrize("parties", [1, 50])
def test_reading_history_asks_the_same_few_queries_however_much_there_is(
    cast: Cast, parties: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    agreement = signed(cast, parties)
    with django_assert_max_num_queries(7):
        changes(AGREEMENT, agreement.pk)
    with django_assert_max_num_queries(4):
        as_at(AGREEMENT, agreement.pk, timezone.localdate())


@pytest.mark.parametrize("parties", [1, 50])
@pytest.mark.parametrize("view", ["history/", "as-at/"])
def test_the_pages_ask_at_most_fifteen(
    client: Client, cast: Cast, parties: int, view: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.privacy_officer)
    agreement = signed(cast, parties)
    with django_assert_max_num_queries(15):
        answer = client.get(agreement.get_absolute_url() + view, {"on": timezone.localdate().isoformat()})
    assert answer.status_code == 200
    assert f"Provider {parties - 1}" in answer.content.decode()


def test_what_the_actions_wrote_verifies(cast: Cast) -> None:
    signed(cast, 2)
    seal()
    assert verify().problems == []


@pytest.mark.parametrize("parties", [1, 50])
def test_a_picture_from_before_its_organisations_were_recorded_costs_no_more(
    client: Client, cast: Cast, parties: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """An agreement entered as of the past names bodies and people that the register came to know only later."""
    now = timezone.now()
    names = [f"Provider {number}" for number in range(parties)]
    for name in names:
        organisation(name)  # recorded today
    by = cast.privacy_officer
    then = now - timedelta(days=40)
    with backfill(by=by, why="Found in a drawer", start=now - timedelta(days=60), end=now) as door, door.at(then):
        agreement = agreement_at(Status.SIGNED, cast, parties=tuple(names), now=then)
    client.force_login(by)
    day = timezone.localdate(now - timedelta(days=20))
    with django_assert_max_num_queries(15):
        answer = client.get(f"{agreement.get_absolute_url()}as-at/", {"on": day.isoformat()})
    assert f"Provider {parties - 1}" in answer.content.decode()
