"""Activities by month: each is counted once, and every number opens a list of as many."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assurance.pages.activity_calendar import calendar
from tests.agreements.views.conftest import SignIn
from tests.assurance.test_weakening import signed_outside
from tests.assurance.working import planned
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
FAR = timezone.localdate() + timedelta(days=800)


def test_every_number_opens_a_list_of_as_many(cast: Cast, officer: Client, sign_in: SignIn) -> None:
    agreement = signed_outside(cast)
    for due_on in (TODAY, timezone.localdate() + timedelta(days=40), FAR):
        planned(agreement, cast.auditor, "site_visit", due_on=due_on)
    for user, client in ((cast.privacy_officer, officer), (cast.auditor, sign_in(cast.auditor))):
        for mine in (False, True):
            kinds, lines = calendar(user, timezone.localdate(), mine=mine)
            for cell in [one for line in lines for one in (line.total, *line.cells)]:
                assert client.get(cell.url).context["page"].paginator.count == cell.count, cell
            whole = client.get(reverse("activities"), {"look": "me"} if mine else {}).context["page"].paginator.count
            assert sum(line.total.count for line in lines) == whole
    assert kinds == []
    shown = officer.get(reverse("activity_calendar")).content.decode()
    assert f"{reverse('activities')}?due=late&amp;kind=site_visit" in shown
    assert "Later" in shown


def test_twelve_months_from_this_one_on_whatever_the_year(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    planned(signed_outside(cast), cast.auditor, "site_visit", due_on=date(2031, 1, 31))
    with django_assert_num_queries(1):
        _, lines = calendar(cast.privacy_officer, date(2030, 12, 31), mine=False)
    titles = [line.title for line in lines]
    assert titles[:3] == ["Late", "December 2030", "January 2031"]
    assert titles[-1] == "November 2031"
    assert [line.total.count for line in lines][1:3] == [0, 1]
    _, lines = calendar(cast.privacy_officer, date(2031, 2, 1), mine=False)
    assert lines[0].late
    assert lines[0].total.count == 3, "the two that come round by themselves, and the visit"


def test_nothing_to_do_says_what_will_stand_there(officer: Client) -> None:
    shown = officer.get(reverse("activity_calendar")).content.decode()
    assert "stands here once an agreement" in shown
    assert "<table" not in shown
