"""Suppliers and those who never sign in: recorded from a document, at every tier; what is missing is a gap."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from agreements.actions.subcontractor import add_subcontractor
from agreements.models import Contract, Subcontractor
from conflicts.choices import DeclarationStatus
from conflicts.models import Declaration, Opening
from people.models import Person
from people.roles import Role
from records.acting import acting
from tests.agreements_at import contract_of, organisation
from tests.conflicts.conftest import Desk
from tests.declaring import Team

pytestmark = pytest.mark.django_db
D = DeclarationStatus
SAID = {"document": "Signed form", "document_on": "3 July 2026", "spoken_by": "Ms Hall, director", "occasion": "annual"}


@pytest.fixture
def contract(team: Team) -> Contract:
    """A contract with two tiers of subcontractors."""
    manager = team.cast.contract_manager
    found = contract_of(team.cast, manager=manager.who)
    below(found, "Kauri Cloud", below(found, "Northpoint", None, team), team)
    return found


def below(contract: Contract, name: str, parent: Subcontractor | None, team: Team) -> Subcontractor:
    """A subcontractor of that name."""
    values = {"organisation": organisation(name), "parent": parent, "does": "Hosting"}
    return add_subcontractor(contract=contract, values=values, by=team.cast.privacy_officer)


def test_every_tier_is_listed_recorded_and_decided_by_who_manages_the_contract(team: Team, contract: Contract) -> None:
    desk = Desk(team.cast.contract_manager)
    desk.open(f"/conflicts/suppliers/{contract.pk}/")
    assert "3 of 3 have declared nothing yet" in desk.text
    assert "Subcontractor, tier 2" in desk.text
    deepest = contract.subcontractors.get(organisation__name="Kauri Cloud")
    desk.open(f"/conflicts/suppliers/{contract.pk}/record/{deepest.pk}/")
    desk.send(SAID | {"document_on": "3 July 2090"})
    assert "That day is still to come" in desk.text
    desk.send(SAID)
    assert "Does Kauri Cloud have anything to declare?" in desk.text
    desk.send({"said": "nil"})
    assert "Ms Hall, director" in desk.text
    desk.send({})
    assert "Who else has to declare" in desk.text
    made = Declaration.objects.get()
    assert (made.status, made.decider, made.subcontractor) == (D.SUBMITTED, team.cast.contract_manager.who, deepest)
    desk.open(f"/conflicts/suppliers/{contract.pk}/")
    assert "2 of 3 have declared nothing yet" in desk.text
    assert "Signed form" in desk.text


def test_an_old_document_is_out_of_date_and_a_draft_is_no_declaration(
    team: Team, contract: Contract, django_assert_max_num_queries: Any
) -> None:
    desk = Desk(team.cast.contract_manager)
    desk.open(f"/conflicts/suppliers/{contract.pk}/record/")
    desk.send(SAID | {"document_on": "3 July 2020"})
    page = desk.open(f"/conflicts/suppliers/{contract.pk}/").text
    assert "Begun" in page
    desk.open(f"{Declaration.objects.get().get_absolute_url()}anything/")
    desk.send({"said": "nil"})
    desk.send({})
    with django_assert_max_num_queries(12):
        page = desk.open(f"/conflicts/suppliers/{contract.pk}/").text
    assert "Out of date" in page


def test_it_is_changed_while_it_is_a_draft(team: Team, contract: Contract) -> None:
    desk = Desk(team.cast.contract_manager)
    desk.open(f"/conflicts/suppliers/{contract.pk}/record/")
    desk.send(SAID)
    desk.open(f"{Declaration.objects.get().get_absolute_url()}about/")
    desk.send(SAID | {"document": "Letter"})
    assert Declaration.objects.get().document == "Letter"


def test_another_manager_of_another_contract_does_not_read_it(team: Team, contract: Contract) -> None:
    desk = Desk(team.cast.contract_manager)
    desk.open(f"/conflicts/suppliers/{contract.pk}/record/")
    desk.send(SAID)
    made = Declaration.objects.get()
    other = Desk(team.cast.user(Role.CONTRACT_MANAGER, "Another Manager"))
    assert other.client.get(made.get_absolute_url()).status_code == 404
    assert Opening.objects.get().refused
    page = other.open(f"/conflicts/suppliers/{contract.pk}/").text
    assert made.code not in page
    assert other.client.get(f"/conflicts/suppliers/{contract.pk}/record/99999/").status_code == 404


def test_somebody_without_a_sign_in_has_theirs_recorded(team: Team) -> None:
    with acting(by=team.cast.administrator), transaction.atomic():
        guest = Person(agency=team.cast.agency, name="Rewi Panel", engagement="panel_member")
        guest.save()
    desk = Desk(team.cast.privacy_officer)
    desk.open("/conflicts/record/")
    assert "Rewi Panel" in desk.text
    assert "Ana Staff" not in desk.text
    desk.send(SAID | {"person": "Rewi Panel", "capacity": "panel_member"})
    desk.send({"said": "nil"})
    desk.send({})
    made = Declaration.objects.get()
    assert (made.person, made.recorded_by, made.document_on) == (guest, team.cast.privacy_officer, date(2026, 7, 3))
    assert made.status == D.SUBMITTED
