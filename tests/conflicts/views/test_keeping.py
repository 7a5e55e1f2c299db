"""A plan in force: steps done, reviewed, not kept and put right; whoever takes a step sees the step alone."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from conflicts.actions.plan import approve_plan, draft_plan
from conflicts.choices import DeclarationStatus
from conflicts.due import plans_due
from conflicts.models import Declaration, Opening
from people.models import Notice
from people.notices import due_for
from tests.cast import NOW
from tests.declaring import PLAN, Team, declaration_at, read, take

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("who opened a declaration is noted")]
D = DeclarationStatus
REVIEW = {"finding": "confirmed", "note": "I asked the chair", "on": "1 July 2026", "next_on": "1 July 2027"}


def at(name: str, declaration: Declaration) -> str:
    return reverse(f"conflicts:{name}", args=[declaration.code])


def test_whoever_takes_a_step_sees_the_step_and_nothing_of_the_declaration(client: Client, team: Team) -> None:
    declaration = declaration_at(D.MANAGEABLE, team)
    chair = team.member("Chair Person")
    steps = [{"what": "Choose another member", "owner": chair.who, "due_on": date(2026, 8, 1)}]
    draft_plan(declaration=declaration, values=PLAN, steps=steps, by=team.manager, now=NOW)
    step = declaration.plans.get().steps.get()
    client.force_login(chair)
    address = reverse("conflicts:plan_step", args=[step.pk])
    assert client.get(address).status_code == 404  # not before it is approved
    approve_plan(declaration=declaration, by=team.second, now=NOW)
    page = client.get(address).text
    assert "Choose another member" in page
    for word in ("Ana Staff", "Te Whare", "sister"):
        assert word not in page
    assert "Choose another member" in client.get(reverse("conflicts:to_decide")).text
    assert "Answer “How do we know?”" in client.post(address, {"done_on": "1 July 2026"}).text
    assert "lies in the future" in client.post(address, {"done_on": "1 July 2036", "note": "Will be"}).text
    client.post(address, {"done_on": "1 July 2026", "note": "The list of 1 July"})
    step.refresh_from_db()
    assert (step.done_on, step.done_by, step.note) == (date(2026, 7, 1), chair, "The list of 1 July")
    assert "is marked as done" in client.post(address, {"done_on": "1 July 2026", "note": "Again"}).text
    assert client.get(declaration.get_absolute_url()).status_code == 404
    assert not Opening.objects.filter(by=chair, refused=False).exists()


def test_who_sees_that_the_plan_is_kept_reads_and_reviews_the_plan_alone(client: Client, team: Team) -> None:
    declaration, keeper = declaration_at(D.MANAGEABLE, team), team.member("Keeper Person")
    values = PLAN | {"monitored_by": keeper.who, "review_on": date(2026, 7, 10)}
    draft_plan(declaration=declaration, values=values, steps=[], by=team.manager, now=NOW)
    client.force_login(keeper)
    address = at("plan_review", declaration)
    assert client.get(address).status_code == 404  # not before it is approved
    approve_plan(declaration=declaration, by=team.second, now=NOW)
    assert address in client.get(reverse("conflicts:to_decide")).text
    plans_due(date(2026, 7, 1))
    assert [each.notice.url for each in due_for(keeper)] == [address]
    page = client.get(address).text
    assert "The evaluation could be seen as partial" in page
    for word in ("Te Whare", "sister", declaration.get_absolute_url() + '"'):
        assert word not in page
    assert Opening.objects.filter(by=keeper, refused=False).get().purpose.startswith("Sees that the plan is kept")
    assert client.get(declaration.get_absolute_url()).status_code == 404
    assert at("plan_not_kept", declaration) in page
    assert "Review recorded" in client.post(address, REVIEW, follow=True).text
    assert declaration.plans.get().review_on == date(2027, 7, 1)
    take(Declaration.objects.get(), "acknowledge", team)
    take(Declaration.objects.get(), "close", team)
    assert client.get(address).status_code == 404  # it is over


def test_confirmed_the_next_review_moves_on(client: Client, team: Team) -> None:
    declaration = declaration_at(D.MONITORING, team)
    manager, address = read(client, team.manager, declaration), at("plan_review", declaration)
    assert "Say when it is looked at next" in manager.post(address, REVIEW | {"next_on": ""}).text
    assert "I asked the chair" in manager.post(address, REVIEW, follow=True).text
    assert declaration.plans.get().review_on == date(2027, 7, 1)


def test_to_be_changed_the_old_plan_applies_until_the_new_one_is_approved(client: Client, team: Team) -> None:
    declaration = declaration_at(D.MONITORING, team)
    first = declaration.plans.get()
    manager = read(client, team.manager, declaration)
    manager.post(at("plan_review", declaration), REVIEW | {"finding": "varied", "next_on": ""})
    declaration.refresh_from_db()
    assert declaration.status == D.MANAGEABLE
    assert "Leave the panel" in manager.get(at("plan_write", declaration)).text
    take(declaration, "draft_plan", team)
    assert declaration.plans.in_force().get() == first
    take(declaration, "approve_plan", team)
    assert declaration.plans.in_force().get() != first
    first.refresh_from_db()
    assert first.ended_on is not None
    take(declaration, "acknowledge", team)
    declaration.refresh_from_db()
    assert declaration.status == D.MONITORING


def test_over_the_case_is_closed_with_what_was_found(client: Client, team: Team) -> None:
    declaration = declaration_at(D.PLAN_APPROVED, team)
    read(client, team.manager, declaration).post(at("plan_review", declaration), REVIEW | {"finding": "over"})
    declaration.refresh_from_db()
    assert declaration.status == D.CLOSED
    assert declaration.steps.latest("pk").why == "I asked the chair"


def test_not_kept_what_happened_and_what_was_done_then_put_right(client: Client, team: Team) -> None:
    declaration = declaration_at(D.MONITORING, team)
    manager, address = read(client, team.manager, declaration), at("plan_not_kept", declaration)
    given = {"on": "1 July 2026", "what": "They scored a bid", "action": ""}
    assert "Answer “What was done about it?”" in manager.post(address, given).text
    page = manager.post(address, given | {"action": "The bid was scored again"}, follow=True).text
    assert "Plan not kept" in page
    assert "The bid was scored again" in page
    right = reverse("conflicts:declaration_step", args=[declaration.code, "put_right"])
    manager.post(right, {"reason": "They left the panel"})
    declaration.refresh_from_db()
    assert declaration.status == D.MONITORING


def test_who_sees_that_the_plan_is_kept_says_that_it_was_not_and_whoever_decides_hears(
    client: Client, team: Team
) -> None:
    declaration, keeper = declaration_at(D.MANAGEABLE, team), team.member("Keeper Person")
    draft_plan(declaration=declaration, values=PLAN | {"monitored_by": keeper.who}, steps=[], by=team.manager, now=NOW)
    approve_plan(declaration=declaration, by=team.second, now=NOW)
    address, given = at("plan_not_kept", declaration), {"on": "1 July 2026", "what": "They scored a bid"}
    client.force_login(team.member("Somebody Else"))
    assert client.post(address, given | {"action": "Told"}).status_code == 404
    client.force_login(keeper)
    page = client.get(address).text
    assert declaration.get_absolute_url() + '"' not in page
    assert "Answer “What was done about it?”" in client.post(address, given).text
    said = client.post(address, given | {"action": "The bid was scored again"}, follow=True).text
    assert "Whoever decides on it is told" in said
    row = declaration.breaches.get()
    assert (row.by, row.what) == (keeper, "They scored a bid")
    told = Notice.objects.open().get(kind="mending_asked")
    assert told.recipient == team.manager.who
    assert "step is not open now" in client.post(address, given | {"action": "Again"}).text
    assert "They scored a bid" in read(client, team.manager, declaration).get(declaration.get_absolute_url()).text


@pytest.mark.parametrize("name", ["plan_review", "plan_not_kept"])
def test_the_declarant_neither_reviews_nor_reports_on_their_own_plan(client: Client, team: Team, name: str) -> None:
    declaration = declaration_at(D.MONITORING, team)
    client.force_login(team.staff)
    given = REVIEW | {"what": "Nothing", "action": "Nothing"}
    assert "Nobody decides on their own" in client.post(at(name, declaration), given).text
    assert Declaration.objects.get().status == D.MONITORING
