"""Whoever asked a provider hears what came of it: once, by list and calendar, and somebody else once they left."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from assurance.actions.provider_answer import report_provider_astray
from assurance.actions.provider_request import extend_request, replace_link
from assurance.due.provider import askers_told, days_of, provider_requests_late
from assurance.models import Finding, ProviderRequest, ProviderStep
from people.actions.person import mark_left
from people.models import Handover, Notice
from people.notices import due_for
from people.owned import taker
from records.errors import Refused
from tests.assessed import final
from tests.assurance.asking import TRUST, agreed, asked_about, provider_link, sent_in
from tests.assurance.working import refused
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def told(on: date) -> list[tuple[str, str]]:
    askers_told(on)
    assert askers_told(on) == 0, "nothing is said twice"
    rows = Notice.objects.open().select_related("recipient").order_by("kind", "pk")
    return [(row.kind.removeprefix("provider_"), row.recipient.name) for row in rows]


def test_soon_late_closing_astray_more_time_and_answered(cast: Cast) -> None:
    today, by = timezone.localdate(), cast.contract_manager
    asking, mine = asked_about(cast, by=by, due_on=today + timedelta(14)), by.who.name
    assert told(today) == []
    assert told(today + timedelta(7)) == [("due", mine)]
    assert told(today + timedelta(15)) == [("late", mine)]
    assert told(today + timedelta(53)) == [("closes", mine), ("late", mine)]
    assert [one.title for one in due_for(by)] == [TRUST, TRUST]
    assert [one.what for one in days_of(by)] == [f"Answer to {asking.reference}"]

    for day, why, match in ((10, "So", "choose a later day"), (70, "So", "60 days"), (30, " ", "Say why")):
        with pytest.raises(ValidationError, match=match):
            extend_request(request=asking, due_on=today + timedelta(day), why=why, by=by, now=timezone.now())
    extend_request(request=asking, due_on=today + timedelta(60), why="They moved", by=by, now=timezone.now())
    assert told(today + timedelta(54)) == [("due", mine)]
    step = ProviderStep.objects.get()
    assert (step.why, step.due_before, step.to) == ("They moved", today + timedelta(14), "ana@tautoko.example.nz")
    refused("UPDATE assurance_providerstep SET why = 'X' WHERE id = %s", step.pk)

    asking = ProviderRequest.objects.get()
    report_provider_astray(request=asking, by=provider_link(), now=timezone.now())
    assert told(today) == [("astray", mine), ("due", mine)], "what a later day found, an earlier one leaves alone"
    new = {"contact": "Hemi", "email": "h@tautoko.example.nz"}
    replace_link(request=asking, **new, by=by, now=timezone.now())
    sent_in(ProviderRequest.objects.get(), "no", words="Not yet")
    assert told(today) == [("answered", mine), ("due", mine)]
    assert Notice.objects.get(kind="provider_answered").text == f"{asking.reference} was answered, with a gap"
    assert told(today + timedelta(54)) == []


def test_once_who_asked_has_left_those_who_manage_the_agreement_hear(cast: Cast) -> None:
    today, agreement = timezone.localdate(), agreed(cast)
    asked_about(cast, agreement, by=cast.contract_manager, due_on=today)
    mark_left(person=cast.contract_manager.who, left_on=today, by=cast.administrator, on=today)
    found = told(today + timedelta(1))
    assert found == [("late", cast.privacy_officer.who.name)], "nobody manages it: whoever else asks providers"


def test_a_silence_is_as_bad_as_the_risk_that_remains(cast: Cast) -> None:
    today, agreement = timezone.localdate(), agreed(cast)
    final(agreement, "risk", cast.privacy_officer, cast.chief_executive, residual="critical")
    asked_about(cast, agreement, due_on=today)
    provider_requests_late(today + timedelta(1))
    assert Finding.objects.get().severity == "critical"


def test_whoever_takes_over_a_request_of_a_leaver_follows_it_up(cast: Cast, client: Client) -> None:
    today, manager, officer = timezone.localdate(), cast.contract_manager, cast.privacy_officer
    asking = asked_about(cast, by=manager, due_on=today)
    mark_left(person=manager.who, left_on=today, by=cast.administrator, on=today)
    [item] = Handover.objects.filter(leaver=manager.who)
    assert (item.kind, item.subject) == ("request to a provider", asking.reference)
    for unfit in (cast.staff_member, Cast("OTH", "Other Ministry").privacy_officer):
        with pytest.raises(Refused):
            taker(item)(handover=item, to=unfit.who, by=officer)
    assert not days_of(officer)
    taker(item)(handover=item, to=officer.who, by=officer)
    asking.refresh_from_db()
    assert (asking.owner, asking.ring) == (officer.who, f"{officer.who}, {officer.who.email}")
    assert told(today) == [("due", officer.who.name)]
    assert [day.what for day in days_of(officer)] == [f"Answer to {asking.reference}"]
    client.force_login(officer)
    assert asking.reference in client.get("/assurance/providers/?whose=me").text
    assert "Followed up by" in client.get(asking.get_absolute_url()).text
    with pytest.raises(Refused, match="nothing is left"):
        taker(item)(handover=item, to=officer.who, by=officer)
