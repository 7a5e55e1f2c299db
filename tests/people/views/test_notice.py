"""What is due for each, and how they are reminded."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.choices import Status
from agreements.due.agreement import reviews_due
from people.models import Notice, Reminders, User
from records.acting import acting
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast


@pytest.fixture
def notice(cast: Cast) -> Notice:
    """A late review of the privacy officer's."""
    agreement = agreement_at(Status.SIGNED, cast)
    today = timezone.localdate()
    answer(agreement, "ownership", cast.privacy_officer, review_due_on=today - timedelta(days=3))
    reviews_due(today)
    return Notice.objects.get()


def page_of(user: User, name: str = "people:due", query: str = "") -> str:
    """The page as this person sees it."""
    return signed_in(user).get(reverse(name) + query).text


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def test_one_sees_ones_own_with_the_title_and_nobody_elses(cast: Cast, notice: Notice) -> None:
    mine, theirs = page_of(cast.privacy_officer), page_of(cast.business_owner)
    assert "The review of MCW-2026-0001 was due" in mine
    assert "School attendance liaison" in mine
    assert "3 days late" in mine
    assert "MCW-2026-0001" not in theirs
    assert "Nothing is due for you" in theirs
    assert "1 thing needs you; 1 is late." in page_of(cast.privacy_officer, "home")
    assert "need you" not in page_of(cast.business_owner, "home")


@pytest.mark.parametrize(("how", "said"), [("", "Done"), ("hide", "Hidden")])
def test_done_and_hidden_come_off_the_list(cast: Cast, notice: Notice, how: str, said: str) -> None:
    client = signed_in(cast.privacy_officer)
    close = reverse("people:close_notice", args=[notice.pk])
    assert "Off your list" in client.post(close, {"how": how}, follow=True).text
    assert "Nothing is due for you" in client.get(reverse("people:due")).text
    assert said in client.get(reverse("people:due") + "?closed=1").text
    assert "off your list already" in client.post(close, {"how": how}, follow=True).text


def test_nobody_closes_another_persons_notice(cast: Cast, notice: Notice) -> None:
    other = Cast("NRA", "National Records Agency")
    for user in (cast.business_owner, other.privacy_officer):
        assert signed_in(user).post(reverse("people:close_notice", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.closed_on is None


def test_what_one_may_no_longer_read_is_not_shown(cast: Cast, notice: Notice) -> None:
    with acting(by=cast.administrator):
        cast.privacy_officer.who.role_grants.get().delete()
    assert "MCW-2026-0001" not in page_of(cast.privacy_officer)


def test_how_i_am_reminded_is_mine_to_choose(cast: Cast) -> None:
    client, where = signed_in(cast.auditor), reverse("people:reminders")
    assert 'value="when_due"' in client.get(where).text
    assert "Saved how you are reminded" in client.post(where, {"digest": "none"}, follow=True).text
    assert Reminders.objects.get().digest == "none"
    assert "Select a valid choice" in client.post(where, {"digest": "hourly"}).text
    opened = client.post(reverse("people:calendar_address"), follow=True).text
    assert "http://localhost:8000/calendar/" in opened
    closed = client.post(reverse("people:calendar_address"), {"how": "close"}, follow=True).text
    assert "http://localhost:8000/calendar/" not in closed
    assert "Open my calendar" in closed


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_asks_as_much_for_fifty_as_for_one(
    cast: Cast, notice: Notice, rows: int, django_assert_max_num_queries: Any
) -> None:
    with acting(by=cast.administrator):
        for number in range(rows - 1):
            Notice.objects.create(
                recipient=notice.recipient, kind="end_90", about=notice.about, url="/", text=f"x {number}",
                due_on=notice.due_on + timedelta(days=number), made_on=notice.made_on,
            )  # fmt: skip
    client = signed_in(cast.privacy_officer)
    client.get(reverse("people:me"))  # the first request of a session notes when it began
    with django_assert_max_num_queries(8):
        assert client.get(reverse("people:due")).text.count("Hide") == rows
