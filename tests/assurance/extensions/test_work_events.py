"""Assurance work on the timeline of an agreement: what people and providers did, each leading to its page, once."""

from datetime import timedelta
from typing import Any

import pytest

from agreements.pages.agreement import agreement_page
from assurance.actions.activity import cancel_activity
from assurance.actions.finding import accept_risk, close_finding
from assurance.actions.provider_request import take_up_subcontractor, withdraw_request
from assurance.extensions.panel import timeline
from tests.assurance.asking import TRUST, agreed, asked_about, named_by_provider, sent_in
from tests.assurance.working import done, found, given, planned, verified
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def test_what_was_looked_at_found_and_confirmed_stands_there_in_one_query(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    about, by = agreed(cast), cast.auditor
    done(planned(about, by), by, "partly", finding={"severity": "low", "title": "Two keys are lost"})
    cancel_activity(activity=planned(about, by, "site_visit"), why="They moved", by=by, now=NOW)
    finding = found(by, about)
    verified(given(finding, cast.business_owner, by), cast.business_owner, cast.privacy_officer)
    accept_risk(finding=finding, why="For now", until_on=TODAY + timedelta(30), by=cast.chief_executive, now=NOW)
    close_finding(finding=finding, why="They keep them", by=by, now=NOW)
    withdraw_request(request=asked_about(cast, about), why="Wrong person", by=cast.privacy_officer, now=NOW)
    request = asked_about(cast, about)
    who = named_by_provider(request)
    take_up_subcontractor(named=who, what="Recorded with the contract", by=cast.privacy_officer, now=NOW)
    sent_in(request, "no", words="Not yet")
    with django_assert_num_queries(1):
        events = {one.said: one for one in timeline(about)}
    for said in (
        "Audit done: satisfactory in part", "Finding opened: Two keys are lost", "Site visit called off",
        "Finding opened: Logs are not kept", "Action added: Keep them for a year", "Action done: Keep them for a year",
        "Action verified: Keep them for a year", "Risk accepted: Logs are not kept",
        "Finding closed: Logs are not kept", f"{TRUST} asked to confirm", f"{TRUST} asked no more",
        f"{TRUST} answered: not satisfactory", "Subcontractor named: Cloud Limited",
        "Subcontractor taken up: Cloud Limited",
    ):  # fmt: skip
        assert events[said].url, said
    assert events[f"{TRUST} answered: not satisfactory"].by == "Ana Rewi, Manager"
    assert events["Site visit called off"].why == "They moved"
    assert f"Finding opened: {TRUST} does not confirm 3 of 3 things" in events
    assert events[f"Finding opened: {TRUST} does not confirm 3 of 3 things"].by == "Provider link"
    about = type(about).objects.whole().get(pk=about.pk)
    shown = [one.said for one in agreement_page(about, cast.privacy_officer, TODAY).timeline]
    assert "Audit done: satisfactory in part" in shown
    assert not [said for said in shown if said.startswith(("Provision C13 used", "Provision C14 used"))]
