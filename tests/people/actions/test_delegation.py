"""Delegations are recorded by somebody else, and end with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from people.actions.delegation import add_delegation, end_delegation
from people.errors import NotNow, NotYours
from people.models import Delegation, Person, Power
from people.permissions import NotPermitted, holds_power
from tests.cast import TODAY, Cast


def values(cast: Cast, holder: Person, **changed: Any) -> dict[str, Any]:
    giver = cast.chief_executive.who
    return {
        "giver": giver, "holder": holder, "power": Power.APPROVE, "starts_on": TODAY, "ends_on": None,
        "document": "Instrument 7, records folder 12",
    } | changed  # fmt: skip


def test_a_delegation_gives_power_from_its_day_on(cast: Cast, aroha: Person) -> None:
    add_delegation(agency=cast.agency, values=values(cast, aroha), on=TODAY, by=cast.administrator)
    assert holds_power(aroha, Power.APPROVE, TODAY)
    assert not holds_power(aroha, Power.APPROVE, TODAY - timedelta(days=1))
    assert not holds_power(aroha, Power.ACCEPT_RISK, TODAY)


def test_what_is_refused(cast: Cast, aroha: Person) -> None:
    admin = cast.administrator
    with pytest.raises(NotYours, match="Nobody records a delegation to themselves"):
        add_delegation(agency=cast.agency, values=values(cast, admin.who), on=TODAY, by=admin)
    with pytest.raises(ValidationError, match="Nobody delegates to themselves"):
        add_delegation(agency=cast.agency, values=values(cast, aroha, giver=aroha), on=TODAY, by=admin)
    wrong = values(cast, aroha, ends_on=TODAY - timedelta(days=1))
    with pytest.raises(ValidationError, match="cannot end before it begins"):
        add_delegation(agency=cast.agency, values=wrong, on=TODAY, by=admin)
    outsider = Cast("OTH", "Other Ministry").auditor.who
    with pytest.raises(NotYours):
        add_delegation(agency=cast.agency, values=values(cast, outsider), on=TODAY, by=admin)
    with pytest.raises(NotPermitted):
        add_delegation(agency=cast.agency, values=values(cast, aroha), on=TODAY, by=cast.privacy_officer)


def test_ending_asks_why_and_holds_at_once(cast: Cast, aroha: Person) -> None:
    older = values(cast, aroha, starts_on=TODAY - timedelta(days=90))
    delegation = add_delegation(agency=cast.agency, values=older, on=TODAY, by=cast.chief_executive)
    with pytest.raises(NotNow, match="Say why"):
        end_delegation(delegation=delegation, on=TODAY, reason=" ", by=cast.administrator)
    ended = end_delegation(delegation=delegation, on=TODAY, reason="New instrument", by=cast.administrator)
    assert (ended.ends_on, ended.revoked_why) == (TODAY - timedelta(days=1), "New instrument")
    assert not holds_power(aroha, Power.APPROVE, TODAY)
    with pytest.raises(NotNow, match="already ended"):
        end_delegation(delegation=delegation, on=TODAY, reason="Again", by=cast.administrator)


def test_one_that_held_for_no_whole_day_goes_and_leaves_its_history(cast: Cast, aroha: Person) -> None:
    delegation = add_delegation(agency=cast.agency, values=values(cast, aroha), on=TODAY, by=cast.administrator)
    end_delegation(delegation=delegation, on=TODAY, reason="Entered by mistake", by=cast.administrator)
    assert not Delegation.objects.exists()
    newest = Delegation.history.latest("history_id")
    assert (newest.history_type, newest.revoked_why) == ("-", "Entered by mistake")
