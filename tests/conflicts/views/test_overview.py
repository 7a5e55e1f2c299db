"""The whole agency: figures that open their lists, counts without names, the list, and the senior leaders' register."""

import re

import pytest
from django.test import Client

from conflicts.choices import DeclarationStatus
from conflicts.models import Declaration
from people.models import Person
from records.acting import acting
from tests.cast import Cast
from tests.conflicts.rounds import running
from tests.declaring import Team, declaration_at, draft_of, nil_of

pytestmark = pytest.mark.django_db
D = DeclarationStatus


def made_senior(team: Team) -> None:
    with acting(by=team.cast.administrator):
        person = Person.objects.get(pk=team.staff.who.pk)
        person.senior = True
        person.save()


def test_each_number_opens_its_list_for_the_integrity_team(client: Client, team: Team) -> None:
    running(team.cast)
    declaration_at(D.UNMANAGEABLE, team)
    client.force_login(team.cast.integrity_champion)
    page = client.get("/conflicts/overview/").text
    assert "look=unmanageable" in page
    assert "Ana Staff" not in page
    assert "Ana Staff" in client.get("/conflicts/declarations/?look=unmanageable").text
    assert "Nothing matches" in client.get("/conflicts/declarations/?look=not_kept").text


def test_who_may_only_count_sees_no_small_number_no_name_and_no_link(client: Client, team: Team) -> None:
    running(team.cast)
    declaration_at(D.UNMANAGEABLE, team)
    for who in (team.cast.auditor, team.cast.chief_executive, team.cast.privacy_officer):
        client.force_login(who)
        page = client.get("/conflicts/overview/").text
        assert "Fewer than 5" in page
        assert "Ana Staff" not in page
        assert "look=" not in page
        assert client.get("/conflicts/declarations/").status_code == 403
    client.force_login(team.staff)
    assert client.get("/conflicts/overview/").status_code == 403


@pytest.mark.get_may_write("each declarant sees that the list was taken along")
def test_the_list_finds_a_declarant_and_shows_neither_drafts_nor_what_was_said(client: Client, team: Team) -> None:
    declaration_at(D.SUBMITTED, team)
    draft_of(team.manager)
    nil_of(team.second)
    client.force_login(team.cast.integrity_champion)
    everything = client.get("/conflicts/declarations/").text
    assert "2 declarations" in everything
    assert "Te Whare Tautoko" not in everything
    found = client.get("/conflicts/declarations/", {"q": "ana staff"}).text
    assert "1 declaration<" in found
    assert "Ana Staff" in found
    assert "Nothing matches" in client.get("/conflicts/declarations/", {"q": "TAUTOKO"}).text
    assert "Ana Second" in client.get("/conflicts/declarations/?look=nil").text
    assert "is not one of its answers" in client.get("/conflicts/declarations/?look=strange").text
    sheet = client.get("/conflicts/declarations.csv").getvalue().decode()
    assert "Ana Staff" in sheet
    assert "Tautoko" not in sheet


def test_the_list_and_the_overview_ask_no_more_for_many(
    client: Client, team: Team, django_assert_max_num_queries: object
) -> None:
    for _ in range(12):
        nil_of(team.staff)
    client.force_login(team.cast.integrity_champion)
    for address, most in (("/conflicts/declarations/?q=ana", 8), ("/conflicts/overview/", 12)):
        client.get(address)
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            client.get(address)


@pytest.mark.get_may_write("each of them sees that the list was taken along")
def test_the_senior_leaders_register_is_for_the_integrity_team_and_for_who_decides(client: Client, team: Team) -> None:
    made_senior(team)
    team.cast.chief_executive  # noqa: B018 - decides on senior leaders
    declaration = declaration_at(D.SUBMITTED, team)
    assert Declaration.objects.get(pk=declaration.pk).decider == team.cast.chief_executive.who
    for who in (team.cast.integrity_champion, team.cast.chief_executive):
        client.force_login(who)
        page = client.get("/conflicts/senior-leaders/").text
        assert "Ana Staff" in page
        assert "1 interest" in page
        assert "Te Whare Tautoko" not in page
        sheet = client.get("/conflicts/senior-leaders.csv").getvalue().decode()
        assert "Ana Staff" in sheet
    for who in (team.manager, team.cast.auditor):
        client.force_login(who)
        assert "Nobody to show" in client.get("/conflicts/senior-leaders/").text


def marked(page: str) -> list[str]:
    """The places in the menu that are marked as the current one."""
    return re.findall(r'aria-current="page"[^>]*>([^<]+)<', page.split("</header>", maxsplit=1)[0])


def test_the_menu_marks_where_people_look_for_a_page(client: Client, cast: Cast) -> None:
    where = {
        "integrity_champion": dict.fromkeys(("matches/", "rounds/", "what-if/"), "Conflicts"),
        "contract_manager": {"what-if/": "Organisations", "": "Interests", "to-decide/": "Interests"},
    }
    for who, pages in where.items():
        client.force_login(getattr(cast, who))
        for address, place in pages.items():
            assert marked(client.get(f"/conflicts/{address}").text) == [place], address
