"""Steps on their page: return for more, pass on, withdraw, close; what is not open now is a sentence."""

import pytest
from django.test import Client
from django.urls import reverse

from conflicts.choices import DeclarationStatus
from conflicts.models import Declaration
from tests.declaring import Team, declaration_at, read

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("who opened a declaration is noted")]
D = DeclarationStatus


def step_of(declaration: Declaration, name: str) -> str:
    return reverse("conflicts:declaration_step", args=[declaration.code, name])


def test_returned_for_more_with_a_reason_that_the_declarant_reads(client: Client, team: Team) -> None:
    declaration = declaration_at(D.SUBMITTED, team)
    manager = read(client, team.manager, declaration)
    assert "Answer “What is missing?”" in manager.post(step_of(declaration, "send_back"), {"reason": " "}).text
    manager.post(step_of(declaration, "send_back"), {"reason": "Say since when she works there"})
    client.force_login(team.staff)
    page = client.get(declaration.get_absolute_url()).text
    assert "Returned for more" in page
    assert "Say since when she works there" in page


def test_passed_on_the_named_person_decides_and_who_passed_it_reads_it_no_longer(client: Client, team: Team) -> None:
    declaration = declaration_at(D.ASSESSING, team)
    other = team.member("Rangi Other")
    address = reverse("conflicts:pass_on", args=[declaration.code])
    manager = read(client, team.manager, declaration)
    assert "Nothing is called" in manager.post(address, {"to": "Ana Staff", "reason": "Too close"}).text
    to = f"{other.who.name} ({other.who.email})"
    page = manager.post(address, {"to": to, "reason": "Too close"}, follow=True).text
    assert "Rangi Other decides now" in page
    assert client.get(declaration.get_absolute_url()).status_code == 404
    assert "Ana Staff" in read(client, other, declaration).get(reverse("conflicts:to_decide")).text


def test_approval_is_passed_on_with_a_reason(client: Client, team: Team) -> None:
    declaration = declaration_at(D.PLAN_DRAFTED, team)
    other = team.member("Rangi Other")
    address = reverse("conflicts:pass_approval", args=[declaration.code])
    to = f"{other.who.name} ({other.who.email})"
    read(client, team.second, declaration).post(address, {"to": to, "reason": "On leave"})
    declaration.refresh_from_db()
    assert declaration.approver == other.who
    assert declaration.steps.latest("pk").said == "Given to somebody else"


@pytest.mark.parametrize("name", ["withdraw", "reopen", "look_again"])
def test_each_says_what_happens_first(client: Client, team: Team, name: str) -> None:
    declaration = declaration_at(D.SUBMITTED if name == "withdraw" else D.NO_CONFLICT, team)
    browser = read(client, team.manager if name == "look_again" else team.staff, declaration)
    says = {"withdraw": "Nothing more is done with it", "reopen": "no longer stands", "look_again": "no longer stands"}
    assert says[name] in browser.get(step_of(declaration, name)).text
    browser.post(step_of(declaration, name), {"reason": "Something new came up"}, follow=True)
    declaration.refresh_from_db()
    assert declaration.status == {"withdraw": D.WITHDRAWN, "reopen": D.DRAFT, "look_again": D.ASSESSING}[name]


def test_a_step_that_is_not_open_or_not_theirs_is_a_sentence_and_an_unknown_one_is_not_found(
    client: Client, team: Team
) -> None:
    declaration = declaration_at(D.NO_CONFLICT, team)
    manager = read(client, team.manager, declaration)
    assert "this step is not open now" in manager.get(step_of(declaration, "take_up")).text
    assert "Only the declarant" in manager.post(step_of(declaration, "reopen"), {"reason": "Why not"}).text
    assert manager.get(step_of(declaration, "decide_none")).status_code == 404


def test_the_integrity_team_passes_on_what_waits_for_somebody_who_cannot_act(client: Client, team: Team) -> None:
    declaration = declaration_at(D.SUBMITTED, team)
    other, champion = team.member("Rangi Other"), team.cast.integrity_champion
    address = reverse("conflicts:pass_on", args=[declaration.code])
    given = {"to": f"{other.who.name} ({other.who.email})", "reason": "Away for three months"}
    browser = read(client, champion, declaration)
    assert "Ana Manager decides" in browser.get(reverse("conflicts:decide", args=[declaration.code])).text
    browser.post(address, given)
    declaration.refresh_from_db()
    assert (declaration.decider, declaration.status) == (other.who, D.ESCALATED)
