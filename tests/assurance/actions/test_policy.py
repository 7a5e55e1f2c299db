"""Policies: recorded, reviewed, withdrawn and handed over; every step stays."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.transaction import atomic

from agreements.digest import digest
from agreements.errors import NotNow, NotYours, Stale
from assurance.actions.policy import change_policy, policy_values, step_policy
from assurance.due.yearly import calendar_of, policies_due, readable_policies
from assurance.handover.yearly import owned_policies, take_policy
from assurance.models import Policy, PolicyStep
from people.actions.person import mark_left
from people.models import Handover, Notice, User
from people.permissions import NotPermitted
from records.acting import acting
from tests.assurance.yearly import policy_of
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def step(policy: Policy, by: User, **values: Any) -> PolicyStep:
    given = {"kind": "reviewed", "on": TODAY, "next_review": date(2027, 7, 1), "note": ""} | values
    return step_policy(policy=policy, values=given, by=by, now=NOW)


def test_a_review_is_a_row_and_moves_the_next_one() -> None:
    cast = Cast()
    policy = policy_of(cast)
    assert policy.is_overdue(TODAY)
    for wrong, says in (
        ({"next_review": None}, "Say when it is reviewed next"),
        ({"next_review": TODAY}, "The next review comes after this one"),
        ({"on": date(2026, 7, 15)}, "has not come yet"),
        ({"on": date(2025, 6, 30)}, "this cannot be before"),
        ({"kind": "withdrawn"}, "Say why it is withdrawn"),
    ):
        with pytest.raises(ValidationError, match=says):
            step(policy, cast.privacy_officer, **wrong)
    step(policy, cast.business_owner)  # the owner may
    policy.refresh_from_db()
    assert (policy.approved_on, policy.reviewed_on, policy.next_review) == (date(2025, 7, 1), TODAY, date(2027, 7, 1))
    step(policy, cast.privacy_officer, kind="withdrawn", note="Folded into another")
    with pytest.raises(NotNow, match="It was withdrawn on 14"):
        step(policy, cast.privacy_officer)
    kept = PolicyStep.objects.order_by("pk")
    assert [one.kind for one in kept] == ["approved", "reviewed", "withdrawn"]
    row = kept[1]
    row.on = date(2026, 1, 1)
    with pytest.raises(IntegrityError, match="row of record"), acting(by=cast.privacy_officer), atomic():
        row.save()


def test_who_keeps_it_and_what_two_change_at_once() -> None:
    cast = Cast()
    policy, other = policy_of(cast), Cast("THR", "Community Service Agency")
    seen, values = digest(policy_values(policy)), policy_values(policy)
    for who in (cast.auditor, other.privacy_officer):
        with pytest.raises(NotYours):
            step(policy, who)
    with pytest.raises(NotPermitted):
        policy_of_as(cast)
    with pytest.raises(ValidationError, match="Choose somebody who works here"):
        policy_of(cast, owner=other.business_owner.who)
    change_policy(policy=policy, values=values | {"title": "New"}, seen=seen, by=cast.privacy_officer, now=NOW)
    with pytest.raises(Stale) as stale:
        change_policy(policy=policy, values=values | {"title": "Mine"}, seen=seen, by=cast.business_owner, now=NOW)
    change_policy(
        policy=policy, values=values | {"title": "Mine"}, seen=stale.value.seen, by=cast.business_owner, now=NOW
    )
    assert Policy.objects.get().title == "Mine"


def policy_of_as(cast: Cast) -> None:
    """Recorded by somebody whose roles do not allow it."""
    from assurance.actions.policy import add_policy

    add_policy(values={}, by=cast.contract_manager, now=NOW)


def test_its_owner_is_reminded_and_what_a_leaver_owned_is_handed_over() -> None:
    cast = Cast()
    policy, owner = policy_of(cast), cast.business_owner
    assert policies_due(date(2026, 5, 31)) == 0
    assert policies_due(date(2026, 6, 20)) == 1
    policies_due(TODAY)
    told = Notice.objects.open().get()
    assert (told.kind, told.recipient, told.url) == ("policy_late", owner.who, policy.get_absolute_url())
    assert readable_policies(owner, [told.about]) == {told.about: "Sharing policy"}
    assert readable_policies(Cast("THR", "Community Service Agency").privacy_officer, [told.about]) == {}
    assert [day.on for day in calendar_of(owner)] == [date(2026, 7, 1)]
    assert [item.title for item in owned_policies(owner.who)] == ["Sharing policy"]
    mark_left(person=owner.who, left_on=TODAY, by=cast.administrator, on=TODAY)
    policies_due(date(2026, 7, 20))
    assert Notice.objects.open().filter(kind="policy_late").get().recipient == cast.privacy_officer.who
    handover = Handover.objects.get(leaver=owner.who, kind="policy")
    take_policy(handover=handover, to=cast.contract_manager.who, by=cast.privacy_officer)
    assert Policy.objects.get().owner == cast.contract_manager.who
    with pytest.raises(NotNow, match="owns it by now"):
        take_policy(handover=handover, to=cast.auditor.who, by=cast.privacy_officer)
    step(policy, cast.privacy_officer)
    policies_due(date(2026, 7, 20))
    assert not Notice.objects.open().filter(kind="policy_late").exists()
