"""Home: each role meets what concerns it, and every number opens a list of as many."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agreements.actions.bulk import set_in_bulk
from agreements.actions.saved_view import save_view
from agreements.choices import Status
from agreements.models import Agreement
from assurance.home import home, queries
from conflicts.choices import DeclarationStatus
from people.roles import Role
from tests.agreements_at import agreement_at, answer
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, Cast
from tests.declaring import Team, declaration_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def page(client: Client) -> str:
    """The text of home."""
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def review_on(agreement: Agreement, cast: Cast, days: int) -> None:
    """Make the next review due so many days from today."""
    today = timezone.localdate()
    set_in_bulk(
        keys=[agreement.pk], owner=None, review_due_on=today + timedelta(days=days), by=cast.privacy_officer,
        reason="Planned", on=today,
    )  # fmt: skip


def test_a_privacy_officer_sees_what_waits(cast: Cast, client: Client) -> None:
    today = timezone.localdate()
    review_on(agreement_at(Status.SIGNED, cast, title="Reviewed too late"), cast, -3)
    review_on(agreement_at(Status.SIGNED, cast, title="Reviewed next year"), cast, 400)
    agreement_at(Status.SIGNED, cast, title="Past and open", ends_on=today - timedelta(days=1))
    agreement_at(Status.SIGNED, cast, title="Ending soon", ends_on=today + timedelta(days=30))
    agreement_at(Status.DRAFT, cast, title="My draft")
    save_view(name="Whānau services", query="q=whanau", by=cast.privacy_officer)
    client.force_login(cast.privacy_officer)
    text = page(client)
    for shown in ("Reviewed too late", "3 days late", "Past and open", "Ending soon", "in 30 days", "My draft"):
        assert shown in text
    assert "2 things need you; 2 are late" in text
    assert 'href="/agreements/?q=whanau">Whānau services' in text
    assert "Reviewed next year" not in text


def test_an_approver_sees_what_others_submitted(cast: Cast, client: Client) -> None:
    agreement_at(Status.IN_REVIEW, cast, title="To be approved")
    client.force_login(cast.approver)
    assert "To be approved" in page(client)
    client.force_login(cast.privacy_officer)
    assert "Waits to be approved" not in page(client)


def test_a_contract_manager_sees_their_own(cast: Cast, client: Client) -> None:
    today = timezone.localdate()
    mine = agreement_at(Status.SIGNED, cast, title="Managed by me", ends_on=today + timedelta(days=10))
    agreement_at(Status.SIGNED, cast, title="Managed by others", ends_on=today + timedelta(days=10))
    answer(mine, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    client.force_login(cast.contract_manager)
    text = page(client)
    assert "Managed by me" in text
    assert "Managed by others" not in text


def test_an_administrator_sees_people_and_no_content(cast: Cast, client: Client) -> None:
    agreement_at(Status.SIGNED, cast, title="Content")
    client.force_login(cast.administrator)
    text = page(client)
    assert "Hand over what leavers owned" in text
    assert "Content" not in text


def test_a_staff_member_is_told_why_there_is_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.staff_member)
    assert "Your roles open no agreements" in page(client)


def test_what_is_asked_about_interests_stands_first(cast: Cast, client: Client) -> None:
    team = Team(cast)
    declaration_at(DeclarationStatus.SUBMITTED, team)
    client.force_login(team.manager)
    assert "1 declaration waits for your decision" in page(client)
    client.force_login(team.staff)
    text = page(client)
    assert "Declare your interests" in text
    assert "waits for your decision" not in text


def test_nothing_crosses_to_another_agency(cast: Cast, client: Client) -> None:
    agreement_at(Status.SIGNED, cast, title="Ours", ends_on=timezone.localdate() + timedelta(days=10))
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert "Ours" not in page(client)


def test_nobody_else_gets_in_and_nothing_is_posted(cast: Cast, client: Client) -> None:
    assert client.get("/").status_code == 302
    client.force_login(cast.privacy_officer)
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.CONTRACT_MANAGER, Role.AUDITOR])
def test_every_number_opens_a_list_of_as_many(cast: Cast, client: Client, role: Role) -> None:
    user = getattr(cast, role.value)
    many_agreements(60, cast.privacy_officer, NOW, bodies=5)
    client.force_login(user)
    for figure in home(user, timezone.localdate(), timezone.now()).figures:
        assert client.get(figure.url).context["found"].count == figure.count


@pytest.mark.parametrize("rows", [1, 50])
def test_queries_do_not_grow(cast: Cast, client: Client, django_assert_max_num_queries: Any, rows: int) -> None:
    many_agreements(rows, cast.privacy_officer, NOW, bodies=5)
    client.force_login(cast.privacy_officer)
    client.get("/")  # the session is touched once in five minutes
    with django_assert_max_num_queries(12):
        page(client)


def test_lists_of_home_are_known_to_the_register(cast: Cast, client: Client) -> None:
    client.force_login(cast.contract_manager)
    for query in queries(cast.contract_manager, timezone.localdate()).values():
        assert client.get(f"/agreements/?{query}").status_code == 200
