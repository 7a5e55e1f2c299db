"""Declare for oneself: a nil return in four pages, one thing at a time, and nothing submitted that was not read."""

import re
from typing import Any

import pytest
from django.test import Client

from agreements.choices import Status
from conflicts.actions.declaration import declare_interest, let_fill_in
from conflicts.choices import DeclarationStatus, Occasion, Standing
from conflicts.models import Declaration, DeclaredInterest, Interest
from people.roles import Role
from tests.agreements_at import agreement_at, contract_of
from tests.cast import TODAY
from tests.conflicts.conftest import Desk
from tests.declaring import Team, declaration_at, draft_of, nil_of, take, with_interest

pytestmark = pytest.mark.django_db
D = DeclarationStatus
FAMILY = {"named_as": "Te Whare Tautoko", "says": "My sister works there", "declared_as": "unsure"}


def at(declaration: Declaration, page: str) -> str:
    return f"{declaration.get_absolute_url()}{page}"


def test_a_nil_return_takes_four_pages_and_no_typing(desk: Desk) -> None:
    desk.open("/conflicts/start/")
    desk.send({"occasion": "annual", "capacity": "staff"})
    assert "Do you have anything to declare?" in desk.text
    desk.send({"said": "nil"})
    assert "nobody has to decide" in desk.text
    desk.send({})
    assert "Noted. Thank you" in desk.text
    assert desk.pages == 4
    assert Declaration.objects.get().status == D.CLOSED


def test_what_is_shown_at_the_start_is_the_answer_of_most(desk: Desk, team: Team) -> None:
    desk.open("/conflicts/start/")
    assert re.search(r'value="annual"[^>]*checked', desk.text)
    assert re.search(r'value="staff" selected', desk.text)
    nil_of(team.staff, capacity="secondee")
    desk.open("/conflicts/start/")
    assert re.search(r'value="secondee" selected', desk.text)


def test_an_interest_is_added_checked_and_submitted_to_the_manager(desk: Desk) -> None:
    desk.open("/conflicts/start/")
    desk.send({"occasion": "change", "capacity": "staff"})
    desk.send({"said": "interests"})
    assert "Belonging to an iwi or hapū is who someone is" in desk.text
    desk.open(f"{desk.address}family/")
    assert "list=" not in desk.text  # no suggestions, ever
    assert "Stands down" not in desk.text
    desk.send(FAMILY | {"connected": "My sister"})
    assert "Ana Manager decides" in desk.text
    desk.send({})
    assert "Submitted. Thank you" in desk.text
    assert "Nobody else, whatever their rank" in desk.text
    declaration = Declaration.objects.get()
    assert (declaration.status, declaration.decider.name) == (D.SUBMITTED, "Ana Manager")  # type: ignore[union-attr]
    assert Interest.objects.get().connected == "My sister"


def test_a_stand_down_is_asked_only_where_the_kind_has_one(desk: Desk, team: Team) -> None:
    draft = draft_of(team.staff)
    for kind, asked in (("former_job", True), ("iwi_role", False), ("political", False)):
        desk.open(at(draft, f"interests/add/{kind}/"))
        assert ("no longer matter" in desk.text) is asked
    assert desk.client.get(at(draft, "interests/add/secret/")).status_code == 404


def test_last_time_is_asked_one_by_one(desk: Desk, team: Team) -> None:
    first = draft_of(team.staff)
    for name in ("Sailing club", "Northpoint", "Te Whare Tautoko"):
        with_interest(first, team.staff, named_as=name, starts_on=None)
    take(first, "submit", team)
    desk.open("/conflicts/start/")
    desk.send({"occasion": "annual", "capacity": "staff"})
    assert "1 of 3" in desk.text
    assert "Sailing club" in desk.text
    desk.send({"standing": "same"})
    assert "2 of 3" in desk.text
    desk.send({"standing": "ended", "ends_on": "1 January 2090"})
    assert "That day is still to come" in desk.text
    desk.send({"standing": "ended", "ends_on": "1 March 2026"})
    desk.send({"standing": "changed"})
    desk.send({"named_as": "Te Whare Tautoko Trust", "declared_as": "perceived"})
    desk.send({})
    said = Declaration.objects.latest("pk").declared.order_by("pk")
    assert [row.standing for row in said] == [Standing.SAME, Standing.ENDED, Standing.CHANGED]
    assert Interest.objects.standing().count() == 2
    desk.open(Declaration.objects.latest("pk").get_absolute_url())
    assert "What differs from last time" in desk.text
    assert "Te Whare Tautoko → Te Whare Tautoko Trust" in desk.text


def test_an_interest_that_ends_before_it_began_is_refused_and_nothing_typed_is_lost(desk: Desk, team: Team) -> None:
    desk.open(at(draft_of(team.staff), "interests/add/business/"))
    desk.send(FAMILY | {"starts_on": "1 July 2026", "ends_on": "1 June 2026", "nzbn": "123"})
    assert "It cannot end before it began" in desk.text
    assert "13 digits" in desk.text
    assert "My sister works there" in desk.text
    assert not DeclaredInterest.objects.exists()


def test_only_ones_own_agreements_are_offered(client: Client, team: Team) -> None:
    mine = agreement_at_signed(team)
    manager = team.cast.contract_manager
    theirs = contract_of(team.cast, manager=manager.who)
    client.force_login(team.staff)
    page = client.get("/conflicts/start/").text
    assert mine not in page
    assert theirs.reference not in page
    client.force_login(manager)
    page = client.get("/conflicts/start/").text
    assert theirs.reference in page
    hidden = {"occasion": "new_agreement", "capacity": "staff", "work": "agreement-99999"}
    assert "Select a valid choice" in client.post("/conflicts/start/", hidden).text


def agreement_at_signed(team: Team) -> str:
    """An agreement of somebody else's."""
    return agreement_at(Status.SIGNED, team.cast).reference


def test_a_procurement_says_its_stage_and_its_work(desk: Desk) -> None:
    desk.open("/conflicts/start/")
    desk.send({"occasion": "procurement", "capacity": "panel_member"})
    assert "Say which work it is about" in desk.text
    assert "Choose the stage of the procurement" in desk.text
    desk.send({"occasion": "procurement", "capacity": "panel_member", "about": "Shelters", "stage": "evaluation"})
    assert Declaration.objects.get().stage == "evaluation"


def test_whoever_fills_it_in_writes_but_does_not_submit_and_loses_it_then(desk: Desk, team: Team) -> None:
    draft = draft_of(team.staff)
    desk.open(at(draft, "helper/"))
    desk.send({"email": "nobody@mcw.example.nz"})
    assert "Nobody at your agency signs in with this address" in desk.text
    helper = Desk(team.cast.user(Role.STAFF_MEMBER, "Ana Helper"))
    desk.send({"email": "ANA.HELPER@mcw.example.nz"})
    assert "Ana Helper can fill it in" in desk.text
    helper.open("/conflicts/")
    assert "Fill in for Ana Staff" in helper.text
    helper.open(at(draft, "interests/add/family/"))
    helper.send(FAMILY)
    assert "reads it and submits it" in helper.text
    helper.send({}, at(draft, "check/"))
    assert "Only the declarant" in helper.text
    desk.open(at(draft, "check/"))
    desk.send({})
    assert helper.client.get(draft.get_absolute_url()).status_code == 404


def test_nobody_submits_what_changed_since_they_read_it(desk: Desk, team: Team) -> None:
    draft = draft_of(team.staff)
    with_interest(draft, team.staff)
    let_fill_in(declaration=draft, helper=team.second.who, by=team.staff, on=TODAY)
    desk.open(at(draft, "check/"))
    row = draft.declared.get()
    declare_interest(declaration=draft, declared=row, values={"says": "I manage it"}, by=team.second)
    desk.send({})
    assert "Ana Second saved this" in desk.text
    assert Declaration.objects.get().status == D.DRAFT
    desk.send({})
    assert Declaration.objects.get().status == D.SUBMITTED


def test_a_stale_interest_is_told_and_kept_as_typed(desk: Desk, team: Team) -> None:
    draft = draft_of(team.staff)
    row = with_interest(draft, team.staff)
    desk.open(at(draft, f"interests/{row.pk}/"))
    declare_interest(declaration=draft, declared=row, values={"connected": "My brother"}, by=team.staff)
    desk.send(FAMILY | {"says": "Typed by me"})
    assert "saved this" in desk.text
    assert "Typed by me" in desk.text
    row.refresh_from_db()
    assert row.connected == "My brother"


def test_a_double_click_submits_once_and_a_submitted_one_takes_no_post(desk: Desk, team: Team) -> None:
    draft = draft_of(team.staff)
    row = with_interest(draft, team.staff)
    desk.open(at(draft, "check/"))
    sent = desk.send({})
    again = desk.client.post(at(draft, "check/"), desk.sent, follow=True)
    assert "Submitted. Thank you" in sent.text
    assert "nothing was done a second time" in again.text
    for page in ("about/", "anything/", "interests/add/gift/", f"interests/{row.pk}/", f"interests/{row.pk}/remove/"):
        answer = desk.client.post(at(draft, page), FAMILY | {"said": "nil", "occasion": "annual"}, follow=True)
        assert "to change it, open it again" in answer.text
    assert draft.declared.get().says == "My sister manages it"
    assert draft.steps.filter(step="submit").count() == 1


def test_what_was_added_is_taken_out_and_what_was_declared_before_ends(desk: Desk, team: Team) -> None:
    draft = draft_of(team.staff)
    row = with_interest(draft, team.staff)
    desk.open(at(draft, f"interests/{row.pk}/remove/"))
    desk.send({})
    assert "Taken out: Te Whare Tautoko" in desk.text
    with_interest(draft, team.staff)
    take(draft, "submit", team)
    asked = draft_of(team.staff, occasion=Occasion.CHANGE).declared.get()
    desk.open(at(asked.declaration, f"interests/{asked.pk}/remove/"))
    assert "say that it has ended" in desk.send({}).text


def test_my_page_shows_what_stands_what_i_declared_and_who_opened_it(
    desk: Desk, team: Team, django_assert_max_num_queries: Any
) -> None:
    desk.open("/conflicts/")
    assert "You have not declared yet" in desk.text
    declaration = declaration_at(D.SUBMITTED, team)
    manager = Desk(team.manager)
    manager.open(at(declaration, "purpose/"))
    manager.send({"purpose": "I decide on it"})
    manager.open("/conflicts/")
    assert "Decide: Ana Staff" in manager.text
    with django_assert_max_num_queries(10):
        desk.open("/conflicts/")
    assert "Te Whare Tautoko" in desk.text
    assert "Ana Manager" in desk.text
    assert "I decide on it" in desk.text


def test_the_pages_cost_the_same_for_many_interests(desk: Desk, team: Team, django_assert_max_num_queries: Any) -> None:
    first = draft_of(team.staff)
    for number in range(12):
        with_interest(first, team.staff, named_as=f"Club {number}")
    take(first, "submit", team)
    for address in (first.get_absolute_url(), at(draft_of(team.staff), "check/")):
        with django_assert_max_num_queries(15):
            answer = desk.open(address)
        assert "Club 11" in answer.text


def test_the_history_keeps_what_was_typed_in_a_draft_for_the_declarant_alone(desk: Desk, team: Team) -> None:
    draft = draft_of(team.staff)
    row = with_interest(draft, team.staff, named_as="A slip of the pen")
    declare_interest(declaration=draft, declared=row, values={"named_as": "Northpoint"}, by=team.staff)
    take(draft, "submit", team)
    desk.open(at(draft, "history/"))
    assert "A slip of the pen" in desk.text
    manager = Desk(team.manager)
    manager.open(at(draft, "purpose/"))
    manager.send({"purpose": "I decide on it"})
    manager.open(at(draft, "history/"))
    assert "A slip of the pen" not in manager.text
    assert "shown to the declarant alone" in manager.text
    assert "Submitted" in manager.text
