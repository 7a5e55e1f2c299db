"""The integrity team's list: who declared and how it stands, found by name; nobody else has it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from conflicts.choices import DeclarationStatus
from conflicts.models import Opening
from conflicts.waiting import late_before
from people.permissions import may
from people.roles import ROLE_PERMISSIONS, Permission, Role
from tests.cast import Cast
from tests.declaring import Team, declaration_at, draft_of, nil_of

pytestmark = pytest.mark.django_db
D = DeclarationStatus
LIST = "/conflicts/declarations/"


@pytest.fixture
def champion(client: Client, team: Team) -> Client:
    client.force_login(team.cast.integrity_champion)
    return client


def test_everything_submitted_is_listed_and_no_draft(champion: Client, team: Team) -> None:
    draft_of(team.second)
    nil_of(team.manager)
    declaration_at(D.SUBMITTED, team)
    page = champion.get(LIST).text
    assert "2 declarations" in page
    assert "Ana Manager" in page
    assert "Ana Staff" in page
    assert "Ana Second</bdi>" not in page
    assert "Te Whare Tautoko" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ana+staff", 1), ("q=TE+WHARE+tautoko", 0), ("q=nobody", 0), ("look=nil", 1),
        ("look=waiting", 1), ("look=over", 1), ("why=election", 0), ("look=late", 1), ("look=senior", 0),
    ],
)  # fmt: skip
def test_it_is_found_by_name_and_by_how_it_stands_and_never_by_what_was_named(
    champion: Client, team: Team, query: str, found: int
) -> None:
    nil_of(team.manager)
    declaration_at(D.SUBMITTED, team)  # in July 2026: it waits too long today
    page = champion.get(f"{LIST}?{query}").text
    assert (f"{found} declaration" if found else "Nothing matches") in page


def test_a_filter_that_does_not_exist_shows_and_exports_nothing(champion: Client, team: Team) -> None:
    nil_of(team.manager)
    assert "Nothing was looked for" in champion.get(f"{LIST}?look=secret").text
    assert champion.get("/conflicts/declarations.csv?look=secret").status_code == 404


@pytest.mark.get_may_write("each declarant sees that the list was taken along")
def test_the_sheet_says_nothing_of_what_was_declared_and_each_declarant_sees_it(champion: Client, team: Team) -> None:
    declaration = declaration_at(D.SUBMITTED, team)
    sheet = b"".join(champion.get("/conflicts/declarations.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Ana Staff" in sheet
    assert "Tautoko" not in sheet
    assert Opening.objects.get().declaration == declaration
    assert "/purpose/" in champion.get(declaration.get_absolute_url()).url  # type: ignore[attr-defined]
    champion.force_login(team.staff)
    assert "Took along a list" in champion.get(declaration.get_absolute_url()).text


def test_only_the_integrity_team_has_the_list_and_other_agencies_none_of_it(client: Client, team: Team) -> None:
    declaration_at(D.SUBMITTED, team)
    may_see = {role for role in Role if Permission.SEE_DECLARATIONS in ROLE_PERMISSIONS[role]}
    assert may_see == {Role.INTEGRITY_CHAMPION}
    client.force_login(team.cast.chief_executive)
    assert client.get(LIST).status_code == 403
    other = Cast("OTH", "Other Ministry").integrity_champion
    assert may(other, Permission.SEE_DECLARATIONS)
    client.force_login(other)
    assert "No declaration yet" in client.get(LIST).text


def test_a_view_is_kept(champion: Client, team: Team) -> None:
    nil_of(team.manager)
    kept = {"name": "Nil ones", "query": "look=nil", "list_name": "declarations"}
    page = champion.post("/agreements/views/", kept, follow=True)
    assert "Nil ones" in page.text
    assert page.redirect_chain[-1][0] == f"{LIST}?look=nil"


def test_the_list_costs_the_same_for_one_and_for_many(
    champion: Client, team: Team, django_assert_max_num_queries: Any
) -> None:
    declaration_at(D.SUBMITTED, team)
    for more in (0, 20):
        for _ in range(more):
            nil_of(team.manager)
        champion.get(LIST)  # the session is touched once in five minutes
        with django_assert_max_num_queries(8):
            champion.get(f"{LIST}?q=ana")


def test_ten_working_days_leave_out_weekends_and_holidays() -> None:
    assert late_before(date(2026, 11, 20)) == date(2026, 11, 6)
    assert late_before(date(2026, 1, 8)) < date(2026, 1, 8) - timedelta(days=14)
