"""An agency's own words for itself and its roles."""

import pytest
from django.core.exceptions import ValidationError

from people.actions.agency import add_agency, change_agency
from people.actions.system import system_user
from people.errors import NotYours
from people.models import RoleLabel
from people.permissions import NotPermitted
from people.roles import Role
from tests.cast import Cast


def test_only_commands_add_agencies(cast: Cast) -> None:
    added = add_agency(code="NEW", name="New Ministry", by=system_user("test"))
    assert added.head_title == "chief executive"
    with pytest.raises(NotYours):
        add_agency(code="OWN", name="My own", by=cast.administrator)
    with pytest.raises(ValidationError, match="two to eight capital letters"):
        add_agency(code="nz1", name="X", by=system_user("test"))


def test_an_agency_sets_its_own_words(cast: Cast) -> None:
    values = {"head_title": "commissioner", "marking": "SENSITIVE", "names_shared": True, "code": "ZZ"}
    changed = change_agency(agency=cast.agency, values=values, by=cast.administrator)
    assert (changed.head_title, changed.marking, changed.names_shared, changed.code) == (
        "commissioner", "SENSITIVE", True, "MCW",
    )  # fmt: skip
    with pytest.raises(NotPermitted):
        change_agency(agency=cast.agency, values=values, by=cast.chief_executive)
    with pytest.raises(NotYours):
        change_agency(agency=cast.agency, values=values, by=Cast("OTH", "Other Ministry").administrator)


def test_labels_of_roles_come_and_go(cast: Cast) -> None:
    by = cast.administrator
    change_agency(agency=cast.agency, values={}, labels={Role.APPROVER: "Tier 2 manager", Role.AUDITOR: " "}, by=by)
    assert list(RoleLabel.objects.values_list("role", "label")) == [("approver", "Tier 2 manager")]
    change_agency(agency=cast.agency, values={}, labels={Role.APPROVER: "Approver", Role.AUDITOR: "Assurance"}, by=by)
    assert list(RoleLabel.objects.values_list("role", "label")) == [("auditor", "Assurance")]
