"""Every page of people opens for those who may, at the cost allowed, and to nobody of another agency."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.choices import Status
from people.actions.delegation import add_delegation
from people.actions.person import add_person, mark_left
from people.actions.placement import place
from people.actions.role import grant_role
from people.actions.unit import add_unit
from people.actions.user import invite
from people.models import Delegation, Handover, Person, Power, Unit
from people.roles import ROLE_PERMISSIONS, Permission, Role
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast
from tests.mailing import deliver_all

pytestmark = pytest.mark.django_db
# Addresses of one thing, and which of the things below each is about.
OF_ONE = {
    "person": "person", "change_person": "person", "move": "person", "leave": "person", "come_back": "person",
    "invite": "person", "deactivate": "person", "reactivate": "person", "give_role": "person",
    "change_unit": "unit", "end_delegation": "delegation", "hand_over": "handover",
}  # fmt: skip
LISTS = (
    "people",
    "add_person",
    "roles",
    "me",
    "units",
    "add_unit",
    "delegations",
    "add_delegation",
    "handovers",
    "agency",
)


@pytest.fixture
def full(cast: Cast, aroha: Person) -> dict[str, Any]:
    """An agency with something on every page."""
    admin, on = cast.administrator, timezone.localdate()
    top = add_unit(agency=cast.agency, values={"name": "Information"}, by=admin)
    below = add_unit(agency=cast.agency, values={"name": "Privacy", "parent": top}, by=admin)
    place(person=aroha, on=on, unit=below, manager=cast.approver.who, position="Adviser", by=admin)
    grant_role(person=aroha, role=Role.ADVISER, on=on, by=admin)
    invite(person=aroha, on=on, by=admin)
    holds = {"giver": cast.chief_executive.who, "holder": aroha, "power": Power.APPROVE, "starts_on": on}
    delegation = add_delegation(agency=cast.agency, values=holds | {"document": "7"}, on=on, by=admin)
    leaver = cast.contract_manager.who
    answer(agreement_at(Status.DRAFT, cast), "ownership", cast.privacy_officer, owner=leaver, manager=leaver)
    mark_left(person=leaver, left_on=on, on=on, by=admin)
    row = Handover.objects.first()
    return {"person": aroha, "unit": below, "delegation": delegation, "handover": row, "leaver": leaver}


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(cast.administrator)
    return client


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_forms_open(admin: Client, full: dict[str, Any], name: str) -> None:
    assert admin.get(reverse(f"people:{name}")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_lists_open_while_nothing_is_there(admin: Client, name: str) -> None:
    assert admin.get(reverse(f"people:{name}")).status_code == 200


@pytest.mark.parametrize("name", OF_ONE)
def test_pages_of_one_thing_open_or_take_a_form_only(admin: Client, full: dict[str, Any], name: str) -> None:
    answer = admin.get(reverse(f"people:{name}", args=[full[OF_ONE[name]].pk]))
    assert answer.status_code == (405 if name in {"come_back", "invite", "reactivate"} else 200)


@pytest.mark.parametrize("name", OF_ONE)
def test_another_agency_finds_nothing(client: Client, full: dict[str, Any], name: str) -> None:
    client.force_login(Cast("OTH", "Other Ministry").administrator)
    address = reverse(f"people:{name}", args=[full[OF_ONE[name]].pk])
    assert {client.post(address).status_code, client.get(address).status_code} <= {404, 405}
    assert 404 in {client.post(address).status_code, client.get(address).status_code}


def test_another_agency_sees_none_of_it_in_lists(client: Client, full: dict[str, Any]) -> None:
    client.force_login(Cast("OTH", "Other Ministry").administrator)
    shown = "".join(client.get(reverse(f"people:{name}")).content.decode() for name in LISTS)
    assert not [word for word in ("Aroha", "Privacy</a>", "MCW-2026", "Instrument") if word in shown]


def test_a_role_of_somebody_else_is_not_ended_under_another_address(admin: Client, full: dict[str, Any]) -> None:
    grant = full["person"].role_grants.get()
    right = reverse("people:end_role", args=[full["person"].pk, grant.pk])
    wrong = reverse("people:end_role", args=[full["leaver"].pk, grant.pk])
    assert (admin.get(right).status_code, admin.get(wrong).status_code) == (200, 404)


def test_a_person_s_page_says_what_is_known(admin: Client, full: dict[str, Any]) -> None:
    page = admin.get(reverse("people:person", args=[full["person"].pk])).content.decode()
    for words in ("Aroha Tāwhai", "Adviser", "Privacy", "Invited, no password yet", "Approve agreements", "given by"):
        assert words in page
    left = admin.get(reverse("people:person", args=[full["leaver"].pk])).content.decode()
    assert "MCW-2026-0001" in left
    assert "They did not leave, or are back" in left


def test_who_only_reads_finds_no_button(client: Client, cast: Cast, full: dict[str, Any]) -> None:
    client.force_login(cast.auditor)
    page = client.get(reverse("people:person", args=[full["person"].pk])).content.decode()
    assert "Deactivate" not in page
    assert "Give a role" not in page


def many(cast: Cast, count: int) -> None:
    """So many more people, each with a place and a role."""
    on = timezone.localdate()
    unit = Unit.objects.filter(agency=cast.agency).first() or add_unit(
        agency=cast.agency, values={"name": "Many"}, by=cast.administrator
    )
    for number in range(count):
        values = {"name": f"Person {number}", "unit": unit, "manager": cast.approver.who}
        person = add_person(agency=cast.agency, values=values, on=on, by=cast.administrator)
        grant_role(person=person, role=Role.ADVISER, on=on, by=cast.administrator)
        holds = {"giver": cast.chief_executive.who, "holder": person, "power": Power.APPROVE, "document": "7"}
        add_delegation(agency=cast.agency, values=holds | {"starts_on": on}, on=on, by=cast.administrator)


@pytest.mark.parametrize("count", [1, 50])
def test_lists_cost_at_most_eight_queries(
    admin: Client, cast: Cast, count: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    many(cast, count)
    admin.get(reverse("people:me"))  # the first request of a session notes when it began
    for name in ("people", "units", "delegations", "handovers", "roles"):
        with django_assert_max_num_queries(8):
            admin.get(reverse(f"people:{name}"))


def test_a_page_costs_at_most_fifteen_queries(
    admin: Client, full: dict[str, Any], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    admin.get(reverse("people:roles"))  # the first request of a session notes when it began
    for address in (reverse("people:person", args=[full["person"].pk]), reverse("people:me")):
        with django_assert_max_num_queries(15):
            admin.get(address)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "tawhai"}, True),
        ({"q": "ĀROHA"}, True),
        ({"q": "aroha@mcw"}, True),
        ({"q": "nobody"}, False),
        ({"role": "adviser"}, True),
        ({"role": "auditor"}, False),
        ({"state": "signs_in"}, True),
        ({"state": "left"}, False),
        ({"unit": "999999999999999999999"}, False),
        ({"q": "<b>{{ x }}", "unit": "x", "role": "x", "state": "x", "page": "x"}, False),
    ],
)
def test_the_list_is_narrowed_by_its_address(
    admin: Client, full: dict[str, Any], asked: dict[str, str], found: bool
) -> None:
    page = admin.get(reverse("people:people"), asked).content.decode()
    assert (f'href="{reverse("people:person", args=[full["person"].pk])}"' in page) is found


def test_the_list_shows_a_unit_s_people(admin: Client, full: dict[str, Any]) -> None:
    page = admin.get(reverse("people:people"), {"unit": full["unit"].pk}).content.decode()
    assert "1 person" in page
    assert "under Approver of MCW" in page


def test_the_roles_table_uses_the_agency_s_words(admin: Client, cast: Cast) -> None:
    sent = {"name": cast.agency.name, "head_title": "commissioner", "marking": "SENSITIVE", "role-auditor": "Assurance"}
    assert admin.post(reverse("people:agency"), sent).status_code == 302
    page = admin.get(reverse("people:roles")).content.decode()
    assert "Commissioner" in page
    assert "Assurance" in page
    assert "SENSITIVE" in page
    assert not Delegation.objects.filter(starts_on__gt=timezone.localdate() + timedelta(days=1)).exists()


WHO_MAY = {
    Permission.READ_PEOPLE: ("people", "units", "delegations", "person"),
    Permission.MANAGE_PEOPLE: (
        "add_person", "add_unit", "agency", *(set(OF_ONE) - {"person", "end_delegation", "hand_over"}),
    ),
    Permission.MANAGE_DELEGATIONS: ("add_delegation", "end_delegation"),
    Permission.HAND_OVER: ("handovers", "hand_over"),
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_of_people_what_the_table_says(
    client: Client, full: dict[str, Any], cast: Cast, role: Role
) -> None:
    client.force_login(cast.user(role, "Somebody Else"))
    got = {}
    for needed, names in WHO_MAY.items():
        for name in names:
            about = [full[OF_ONE[name]].pk] if name in OF_ONE else []
            status = client.get(reverse(f"people:{name}", args=about)).status_code
            got[name] = status in {200, 405} if needed in ROLE_PERMISSIONS[role] else status in {403, 405}
    assert [name for name, as_said in got.items() if not as_said] == []


def test_a_button_does_what_it_says(admin: Client, full: dict[str, Any], mailoutbox: list[Any]) -> None:
    person, user = full["person"], full["person"].user
    admin.post(reverse("people:invite", args=[person.pk]))
    deliver_all()
    assert [letter.to for letter in mailoutbox] == [[user.email]]
    assert "Administrator of MCW invites you" in mailoutbox[0].subject
    admin.post(reverse("people:deactivate", args=[person.pk]), {"reason": "Long leave"})
    user.refresh_from_db()
    assert not user.is_active
    admin.post(reverse("people:reactivate", args=[person.pk]))
    user.refresh_from_db()
    deliver_all()
    assert (user.is_active, len(mailoutbox)) == (True, 2)
    admin.post(reverse("people:give_role", args=[person.pk]), {"role": "auditor"})
    grant = person.role_grants.get(role="auditor")
    admin.post(reverse("people:end_role", args=[person.pk, grant.pk]), {"reason": "Given by mistake"})
    assert not person.role_grants.filter(role="auditor").exists()
    on = timezone.localdate()
    admin.post(reverse("people:move", args=[person.pk]), {"position": "Manager", "on": f"{on:%d/%m/%Y}"})
    assert person.placements.get().position == "Manager"
    admin.post(reverse("people:leave", args=[person.pk]), {"left_on": f"{on:%d/%m/%Y}"})
    admin.post(reverse("people:come_back", args=[person.pk]))
    person.refresh_from_db()
    assert person.left_on is None


@pytest.mark.parametrize("name", ["invite", "reactivate", "come_back"])
def test_a_button_pressed_twice_says_why_it_does_nothing(
    admin: Client, full: dict[str, Any], cast: Cast, name: str
) -> None:
    page = admin.post(reverse(f"people:{name}", args=[cast.auditor.who.pk]), follow=True).content.decode()
    assert "tone-bad" in page


@pytest.mark.parametrize(
    ("name", "sent", "sentence"),
    [
        ("deactivate", {"reason": ""}, "required"),
        ("give_role", {"role": "king"}, "Select a valid choice"),
        ("give_role", {"role": "auditor", "until": "1 January 2020"}, "This day has passed"),
        ("leave", {"left_on": "yesterday"}, "Enter the date as day, month and year"),
        ("move", {"on": "1 July 2020", "position": "x"}, "The present placement began on"),
        ("move", {"on": "1 July 2030", "manager": "Nobody"}, "Nothing is called “Nobody”"),
        ("change_person", {"name": "", "email": "x", "engagement": "staff"}, "valid email"),
        ("change_person", {"name": "x" * 100_000, "engagement": "staff"}, "at most 200 characters"),
        ("change_person", {"name": "a\0b", "engagement": "staff"}, "Null characters"),
        ("end_delegation", {"reason": "x" * 301}, "at most 300 characters"),
        ("hand_over", {"to": "Nobody at all"}, "Nothing is called"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    admin: Client, full: dict[str, Any], name: str, sent: dict[str, str], sentence: str
) -> None:
    page = admin.post(reverse(f"people:{name}", args=[full[OF_ONE[name]].pk]), sent)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert full["person"].history.count() == 1


def test_markup_in_a_name_is_shown_as_typed(admin: Client, cast: Cast) -> None:
    sent = {"name": "<b>Ana</b> {{ 7|add:7 }} \u202eevil 🙂 O’Donnell", "engagement": "staff"}
    page = admin.post(reverse("people:add_person"), sent, follow=True).content.decode()
    assert "&lt;b&gt;Ana&lt;/b&gt; {{ 7|add:7 }}" in page
    assert "🙂 O’Donnell" in page
