"""Deciding on the page: what waits, what was said beside the question, reasons, and the table of who decides."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from conflicts.actions.declaration import declare_interest, say, submit_declaration
from conflicts.actions.step import perform
from conflicts.choices import DeclarationStatus, Said
from conflicts.models import Declaration
from people.roles import Role
from tests.cast import NOW
from tests.declaring import Team, declaration_at, draft_of, nil_of, read, with_interest

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("who opened a declaration is noted")]
D = DeclarationStatus
TO_DECIDE = reverse("conflicts:to_decide")


def address(declaration: Declaration, name: str = "decide") -> str:
    return reverse(f"conflicts:{name}", args=[declaration.code])


def answers(declaration: Declaration, **changed: str) -> dict[str, str]:
    """A whole decision about the one interest, as the form sends it."""
    said = {"outcome": "manageable", "type": "perceived", "outsider": "They would ask", "reasons": "She sits near"}
    key = declaration.declared.get().pk
    return {f"{name}_{key}": value for name, value in (said | changed).items()}


def test_what_was_said_stands_beside_the_question_and_the_decision_is_shown_back(client: Client, team: Team) -> None:
    declaration = declaration_at(D.SUBMITTED, team)
    manager = read(client, team.manager, declaration)
    listed = manager.get(TO_DECIDE).text
    assert "Ana Staff" in listed
    assert address(declaration) in listed
    page = manager.get(address(declaration)).text
    assert "My sister manages it" in page
    assert "What would an outsider think?" in page
    assert "usually cannot be managed" in page
    shown = manager.post(address(declaration), answers(declaration), follow=True).text
    assert "Decided: to be managed" in shown
    assert "She sits near" in shown
    assert "Others could think so" in shown or "Perceived" in shown
    assert declaration.decisions.get().outsider == "They would ask"
    assert "To decide" not in [kind.title for kind in manager.get(TO_DECIDE).context["kinds"]]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("reasons", "Answer “Why?”"), ("outsider", "What would an outsider think"), ("outcome", "What do you decide"),
     ("type", "Say which type of conflict it is")],
)  # fmt: skip
def test_nothing_is_decided_without_reasons_and_nothing_typed_is_lost(
    client: Client, team: Team, missing: str, sentence: str
) -> None:
    declaration = declaration_at(D.SUBMITTED, team)
    given = answers(declaration, **{missing: " "} if missing in ("reasons", "outsider") else {missing: ""})
    page = read(client, team.manager, declaration).post(address(declaration), given).text
    assert sentence in page
    assert missing == "reasons" or "She sits near" in page
    assert not declaration.decisions.exists()


def test_whoever_comes_second_is_told_who_was_first_and_keeps_what_they_typed(client: Client, team: Team) -> None:
    declaration = declaration_at(D.NO_CONFLICT, team)
    page = read(client, team.manager, declaration).post(address(declaration), answers(declaration)).text
    assert "Ana Manager was before you" in page
    assert "She sits near" in page
    assert declaration.decisions.count() == 1


def test_the_declarant_is_refused_with_a_sentence(client: Client, team: Team) -> None:
    declaration = declaration_at(D.SUBMITTED, team)
    client.force_login(team.staff)
    assert "Nobody decides on their own declaration" in client.get(address(declaration)).text
    assert "Nobody decides" in client.post(address(declaration), answers(declaration)).text
    assert not declaration.decisions.exists()


def test_the_commissions_decision_about_the_head_is_recorded_from_its_letter(client: Client, team: Team) -> None:
    head, champion = team.cast.chief_executive, team.cast.integrity_champion
    draft = draft_of(head)
    with_interest(draft, head)
    submit_declaration(declaration=draft, by=head, now=NOW)
    declaration = Declaration.objects.get()
    browser = read(client, champion, declaration)
    assert address(declaration) in browser.get(TO_DECIDE).text
    given = answers(declaration, outcome="none", type="")
    assert (
        "In which document"
        in browser.post(address(declaration), given | {"decided_by": "Public Service Commission"}).text
    )
    outside = {"decided_by": "Public Service Commission", "document": "Letter PSC-17", "on": "3 July 2026"}
    shown = browser.post(address(declaration), given | outside, follow=True).text
    assert "Public Service Commission in Letter PSC-17" in shown
    assert declaration.decisions.get().on == date(2026, 7, 3)


def test_a_nil_return_that_is_decided_asks_for_its_reasons_alone(client: Client, team: Team) -> None:
    team.cast.chief_executive  # noqa: B018 - the head is there before it is routed
    panel = nil_of(team.staff, capacity="panel_member", occasion="procurement")
    assert panel.status == D.SUBMITTED
    champion = read(client, team.cast.integrity_champion, panel)
    page = champion.post(address(panel), {"reasons_0": "Nothing was declared, and nothing is known"}, follow=True).text
    assert "Decided: no conflict" in page


def test_what_was_decided_before_stands_beside_it_once_it_was_opened_again(client: Client, team: Team) -> None:
    declaration = declaration_at(D.NO_CONFLICT, team)
    perform(declaration=declaration, step="reopen", by=team.staff, now=NOW, reason="She was promoted")
    row = declaration.declared.get()
    client.force_login(team.staff)
    assert "Decided before (1)" in client.get(declaration.get_absolute_url()).text
    declare_interest(declaration=declaration, declared=row, values={"standing": "changed"}, by=team.staff)
    say(declaration=declaration, said=Said.INTERESTS, by=team.staff)
    submit_declaration(declaration=declaration, by=team.staff, now=NOW)
    page = read(client, team.manager, declaration).get(address(declaration)).text
    assert "Decided before (1)" in page
    assert "An outsider would think so" in page
    assert "Changed since last time" in page


def test_the_table_of_routes_is_read_by_everybody_in_the_agencys_words(client: Client, team: Team) -> None:
    client.force_login(team.cast.administrator)
    page = client.get(reverse("conflicts:who_decides")).text
    for words in ("Public Service Commission, outside the register", "The manager of their manager", "Everybody else"):
        assert words in page


@pytest.mark.parametrize("people", [1, 20])
def test_the_list_costs_the_same_however_long_it_is(
    client: Client, team: Team, people: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(people):
        member = team.member(f"Member {number}")
        draft = draft_of(member)
        with_interest(draft, member)
        submit_declaration(declaration=draft, by=member, now=NOW)
    client.force_login(team.manager)
    with django_assert_max_num_queries(8):
        page = client.get(TO_DECIDE)
    assert page.text.count("Member ") == people


def test_late_comes_first_and_the_integrity_team_sees_what_nobody_decides(client: Client, team: Team) -> None:
    lonely = team.cast.user(Role.STAFF_MEMBER, "Without Manager")
    draft = draft_of(lonely)
    with_interest(draft, lonely)
    submit_declaration(declaration=draft, by=lonely, now=NOW)
    assert Declaration.objects.get().decider is None
    client.force_login(team.cast.integrity_champion)
    assert "Without Manager" in client.get(TO_DECIDE).text
