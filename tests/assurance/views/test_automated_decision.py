"""Automated decisions on agreements: recorded, listed, reviewed, ended, told when late."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.choices import Status
from assurance.due.yearly import automated_due, calendar_of, readable_automated
from assurance.models import AutomatedDecision, AutomatedReview
from people.models import Notice
from records.acting import acting
from tests.agreements_at import agreement_at, answer
from tests.assurance.yearly import decision_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
GIVEN = {
    "what": "Whose case is looked at <b>first</b>", "means": "A score", "how": "alone", "uses_ai": "yes",
    "can_ask": "no", "charter": "unknown", "next_review": "1 August 2099",
}  # fmt: skip


def test_from_the_agreement_to_the_list_and_a_review(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    panel = reverse("automated_of", args=[agreement.reference])
    assert panel in officer.get(agreement.get_absolute_url()).text
    assert "None is recorded" in officer.get(panel).text
    add = reverse("automated_add", args=[agreement.reference])
    for wrong in ({"what": ""}, {"how": "x"}, {"next_review": "1 July 2020"}, {"next_review": ""}):
        assert "<title>Error: " in officer.post(add, GIVEN | wrong).text
    page = officer.post(add, GIVEN, follow=True).text
    assert "It decides alone" in page
    assert "looked at &lt;b&gt;first" in page
    assert "Decides alone" in officer.get(panel).text
    for look, there in (("alone", True), ("ai", True), ("unknown", True), ("overdue", False), ("ended", False)):
        listed = officer.get(reverse("automated_decisions"), {"look": look}).text
        assert (agreement.reference in listed) == there, look
    found = AutomatedDecision.objects.get()
    review = reverse("automated_review", args=[found.pk])
    told = {"on": "1 July 2026", "found": "Fair to all", "next_review": "1 July 2098"}
    for wrong in ({"found": ""}, {"next_review": ""}, {"next_review": "1 July 2026"}, {"on": "1 July 2097"}):
        assert "<title>Error: " in officer.post(review, told | wrong).text
    page = officer.post(review, told, follow=True).text
    assert "Fair to all" in page
    assert "1\N{NO-BREAK SPACE}July 2098" in page
    officer.post(review, {"on": "10 July 2026", "found": "Switched off", "ended": "on"})
    assert "It ended on 10" in officer.get(review).text
    kept = AutomatedReview.objects.order_by("pk").last()
    assert kept is not None
    kept.found = "Nothing"
    with pytest.raises(IntegrityError, match="row of record"), acting(by=cast.privacy_officer), atomic():
        kept.save()


def test_who_answers_for_the_agreement_is_told_and_others_are_not(cast: Cast, client: Client) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    owner = cast.business_owner
    answer(agreement, "ownership", cast.privacy_officer, owner=owner.who)
    agreement.refresh_from_db()
    made = decision_of(agreement, owner)
    assert automated_due(date(2026, 7, 1)) == 0
    automated_due(date(2026, 8, 2))
    told = Notice.objects.open().get()
    assert (told.kind, told.recipient) == ("automated_late", owner.who)
    assert "looked at" not in told.text
    assert readable_automated(owner, [told.about]) == {told.about: "Whose case is looked at first"}
    assert [day.on for day in calendar_of(owner)] == [date(2026, 8, 1)]
    client.force_login(cast.auditor)
    assert "Record a review" not in client.get(made.get_absolute_url()).text
    change = reverse("automated_change", args=[made.pk])
    client.post(change, GIVEN)
    assert AutomatedDecision.objects.get().how == "supports"
    client.force_login(owner)
    seen = client.get(change).text.split('name="seen" value="')[1][:16]
    assert "It decides alone" in client.post(change, GIVEN | {"seen": seen}, follow=True).text
    page = client.post(change, GIVEN | {"seen": seen, "how": "supports"}).text
    assert f"{owner} saved this at" in page
    assert 'form="answers">It decides alone' in page
    client.force_login(cast.privacy_officer)
    assert "It decides alone" in client.get(reverse("automated_history", args=[made.pk])).text
    sheet = b"".join(client.get(reverse("automated_sheet", args=["csv"]), {"look": "alone"})).decode()
    assert agreement.reference in sheet
    assert "It decides alone" in sheet
    assert b"".join(client.get(reverse("automated_sheet", args=["csv"]), {"look": "ended"})).decode().count("\n") == 1


@pytest.mark.parametrize("many", [1, 50])
def test_budget(officer: Client, cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    with acting(by=cast.privacy_officer):
        for number in range(many):
            AutomatedDecision(
                agreement=agreement, what=f"Case {number}", recorded_on=date(2026, 1, 1), next_review=date(2027, 1, 1)
            ).save()
    for place in (reverse("automated_decisions"), reverse("automated_of", args=[agreement.reference])):
        officer.get(place)
        with django_assert_max_num_queries(8):
            officer.get(place)
