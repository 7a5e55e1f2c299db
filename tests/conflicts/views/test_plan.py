"""The plan on its page: rows of steps without a script, the dates said in words, sent back, approved, acknowledged."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from conflicts.choices import DeclarationStatus
from conflicts.models import Declaration
from people.forms.fields import PersonField
from people.models import Person
from records.words import nz_date
from tests.cast import TODAY
from tests.declaring import Team, declaration_at, read

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("who opened a declaration is noted")]
D = DeclarationStatus
PLAN: dict[str, Any] = {
    "risk": "It could look partial", "options_remove": ["exclude"], "options_restrict": ["information", "abstain"],
    "review_on": "1 December 2026", "ends_when": "The evaluation is over", "told": "The chair of the panel",
    "rows": "2", "step-0-what": "Leave the panel", "step-0-owner": "Ana Staff (ana.staff@mcw.example.nz)",
    "step-0-due_on": "1 August 2026", "step-1-what": "", "step-1-owner": "", "step-1-due_on": "",
}  # fmt: skip


def at(name: str, declaration: Declaration) -> str:
    return reverse(f"conflicts:{name}", args=[declaration.code])


def test_a_plan_is_written_with_its_steps_and_waits_for_approval(client: Client, team: Team) -> None:
    declaration = declaration_at(D.MANAGEABLE, team)
    manager = read(client, team.manager, declaration)
    page = manager.get(at("plan_write", declaration)).text
    for words in ("Leave the committee, panel or working group", "Keep them out of part of it", "Add a step"):
        assert words in page
    shown = manager.post(at("plan_write", declaration), PLAN, follow=True).text
    assert "Ana Second approves it" in shown
    plan = declaration.plans.get()
    assert plan.options == ["abstain", "information", "exclude"]
    assert [(step.what, step.owner) for step in plan.steps.all()] == [("Leave the panel", team.staff.who)]


def test_rows_come_and_go_and_nothing_typed_is_lost(client: Client, team: Team) -> None:
    declaration = declaration_at(D.MANAGEABLE, team)
    manager, address = read(client, team.manager, declaration), at("plan_write", declaration)
    more = manager.post(address, PLAN | {"add_step": "1", "ends_when": ""})
    assert "need another look" not in more.text  # nothing is asked for while the rows change
    assert "Leave the panel" in more.text
    assert "It could look partial" in more.text
    assert len(more.context["rows"].forms) == 3
    assert more.text.count(" checked") == 3
    two = PLAN | {"step-1-what": "Hand over the file", "step-1-owner": "Nobody I know"}
    assert "Nothing is called “Nobody I know”" in manager.post(address, two).text
    less = manager.post(address, two | {"remove_step": "0"})
    assert [form.initial["what"] for form in less.context["rows"].forms] == ["Hand over the file"]
    assert not declaration.plans.exists()


def test_doing_nothing_is_a_choice_that_has_to_be_made(client: Client, team: Team) -> None:
    declaration = declaration_at(D.MANAGEABLE, team)
    nothing = PLAN | {"options_remove": [], "options_restrict": []}
    page = read(client, team.manager, declaration).post(at("plan_write", declaration), nothing).text
    assert "Choose what is done about it" in page


@pytest.mark.parametrize(
    ("begins", "sentence"),
    [(date(2046, 8, 1), "To be approved before the work begins"), (TODAY, "without an approved plan"),
     (date(2026, 6, 1), "without an approved plan"), (None, "It is not known when the work begins")],
)  # fmt: skip
def test_the_dates_are_said_in_words_before_approval(
    client: Client, team: Team, begins: date | None, sentence: str
) -> None:
    declaration = declaration_at(D.PLAN_DRAFTED, team, about={"begins_on": begins})
    assert sentence in read(client, team.second, declaration).get(at("plan_approve", declaration)).text


def test_a_plan_approved_too_late_is_a_breach_that_stays(client: Client, team: Team) -> None:
    declaration = declaration_at(D.PLAN_DRAFTED, team, about={"begins_on": date(2026, 6, 1)})
    second = read(client, team.second, declaration)
    page = second.post(at("plan_approve", declaration), {"conditions": "Tell the panel"}, follow=True).text
    assert "Approved after the work began" in page
    assert "stays on record" in page
    client.force_login(team.cast.integrity_champion)
    listed = client.get(reverse("conflicts:too_late")).text
    assert "Ana Staff" in listed
    assert nz_date(date(2026, 6, 1)) in listed
    assert "<form" not in listed.partition("<main")[2].partition("</main")[0]
    client.force_login(team.manager)
    assert client.get(reverse("conflicts:too_late")).status_code == 403


def test_sent_back_it_is_written_again_by_whoever_wrote_it(client: Client, team: Team) -> None:
    declaration = declaration_at(D.PLAN_DRAFTED, team)
    second, address = read(client, team.second, declaration), at("plan_approve", declaration)
    assert "Answer “What has to change?”" in second.post(address, {"refuse": "1", "reason": ""}).text
    second.post(address, {"refuse": "1", "reason": "Name who takes over"})
    declaration.refresh_from_db()
    assert declaration.status == D.MANAGEABLE
    manager = read(client, team.manager, declaration)
    assert "Name who takes over" in manager.get(declaration.get_absolute_url()).text
    assert "Leave the panel" in manager.get(at("plan_write", declaration)).text


def test_who_wrote_it_and_who_declared_do_not_approve(client: Client, team: Team) -> None:
    declaration = declaration_at(D.PLAN_DRAFTED, team)
    for user, sentence in ((team.manager, "You wrote part of this plan"), (team.staff, "Nobody decides on their own")):
        assert sentence in read(client, user, declaration).post(at("plan_approve", declaration), {}).text
    assert not declaration.plans.in_force().exists()


def test_the_declarant_reads_it_and_acknowledges(client: Client, team: Team) -> None:
    declaration = declaration_at(D.PLAN_APPROVED, team)
    client.force_login(team.staff)
    address = reverse("conflicts:declaration_step", args=[declaration.code, "acknowledge"])
    assert address in client.get(declaration.get_absolute_url()).text
    assert "Acknowledged" in client.post(address, {}, follow=True).text
    declaration.refresh_from_db()
    assert declaration.status == D.MONITORING


def test_unmanageable_says_what_it_stops(client: Client, team: Team) -> None:
    declaration = declaration_at(D.UNMANAGEABLE, team, about={"about": "The housing tender"})
    page = read(client, team.manager, declaration).get(declaration.get_absolute_url()).text
    assert "nothing is signed and nothing begins for The housing tender" in page


def test_a_person_is_named_by_name_alone_unless_two_have_it(team: Team) -> None:
    field = PersonField(queryset=Person.objects.filter(agency=team.cast.agency))
    assert field.clean("ana  manager") == team.manager.who
    team.member("ANA  MANAGER")
    with pytest.raises(ValidationError, match="Choose one from the list"):
        field.clean("Ana Manager")
    assert field.clean(f"Ana Manager ({team.manager.email})") == team.manager.who
