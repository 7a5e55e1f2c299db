"""Home: each role meets what concerns it, work before figures, and every number opens a list of as many."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.actions.bulk import set_in_bulk
from agreements.actions.saved_view import save_view
from agreements.choices import Status
from agreements.digest import digest
from agreements.models import Agreement
from assurance.actions.action import do_action
from assurance.actions.plan_item import item_values, move_item
from assurance.home.base import Ask, Column, Figure, Viewer
from assurance.home.blocks import BLOCKS
from assurance.models import PlanItem
from assurance.pages.home import Home, home
from conflicts.choices import DeclarationStatus
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.models import NoticeKind, RoleGrant, User
from people.notices import Due
from people.roles import Role
from records.acting import acting
from tests.agreements_at import agreement_at, answer
from tests.assurance.asking import asked_about, named_by_provider
from tests.assurance.breached import breach_at
from tests.assurance.concerned import anonymous_at, complaint_at
from tests.assurance.planned import existing
from tests.assurance.stating import answered, drafted, taken
from tests.assurance.working import SHOWN, given, planned
from tests.assurance.working import found as found_by
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, Cast
from tests.declaring import Team, declaration_at

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    """The text of home."""
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def of(user: User) -> Home:
    """What home gathers for somebody now."""
    return home(user, timezone.localdate(), timezone.now())


def numbers_of(user: User) -> dict[str, Figure]:
    """Every figure of somebody's home, by group and label."""
    return {f"{group.title}: {one.label}": one for group in of(user).groups for one in group.figures}


def review_on(agreement: Agreement, cast: Cast, days: int) -> None:
    """Make the next review due so many days from today."""
    today = timezone.localdate()
    set_in_bulk(
        keys=[agreement.pk], owner=None, review_due_on=today + timedelta(days=days), by=cast.privacy_officer,
        reason="Planned", on=today,
    )  # fmt: skip


def also(user: User, role: Role, cast: Cast) -> User:
    """The same person with one role more."""
    with acting(by=cast.administrator):
        RoleGrant(person=user.who, role=role, starts_on=date(2020, 1, 1), granted_by=cast.administrator).save()
    return User.objects.get(pk=user.pk)


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
    assert text.index('id="needs"') < text.index('class="panel figures')


def test_what_home_asks_is_put_together_once_a_day_for_each_reader(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Ask] = []
    column = Ask.column

    def noted(ask: Ask) -> Column:
        made.append(ask)
        return column(ask)

    monkeypatch.setattr(Ask, "column", noted)
    agreement_at(Status.DRAFT, cast, title="Mine")
    assert [one["title"] for one in of(cast.privacy_officer).shown["drafts"]["rows"]] == ["Mine"]
    first = len(made)
    made.clear()
    agreement_at(Status.DRAFT, cast, title="Mine too")
    assert {one["title"] for one in of(cast.privacy_officer).shown["drafts"]["rows"]} == {"Mine", "Mine too"}
    assert 0 < len(made) < first / 2
    assert "people" not in of(cast.contract_manager).shown, "what one reader is asked is not what another is"
    assert "people" in of(also(cast.contract_manager, Role.ADMINISTRATOR, cast)).shown, "nor with one role more"
    tomorrow = timezone.now() + timedelta(days=1)
    agreement_at(Status.SIGNED, cast, ends_on=timezone.localdate())
    assert len(home(cast.privacy_officer, timezone.localdate(tomorrow), tomorrow).shown["past_end"].lines) == 1


def test_a_clock_that_runs_comes_before_everything_else(cast: Cast, client: Client) -> None:
    review_on(agreement_at(Status.SIGNED, cast, title="Reviewed too late"), cast, -300)
    breach = breach_at(cast, title="Letters to a wrong address")
    client.force_login(cast.privacy_officer)
    text = page(client)
    assert text.index(breach.title) < text.index("Reviewed too late")
    assert f'href="/assurance/breaches/{breach.reference}/decide/">Decide' in text
    client.force_login(cast.business_owner)
    assert breach.title not in page(client)


def test_an_approver_sees_what_others_submitted(cast: Cast, client: Client) -> None:
    agreement_at(Status.IN_REVIEW, cast, title="To be approved")
    client.force_login(cast.approver)
    text = page(client)
    assert "To be approved" in text
    assert "1 thing needs you." in text
    client.force_login(cast.privacy_officer)
    assert "Waits since" not in page(client)


def test_a_contract_manager_sees_their_own(cast: Cast, client: Client) -> None:
    today = timezone.localdate()
    mine = agreement_at(Status.SIGNED, cast, title="Managed by me", ends_on=today + timedelta(days=10))
    agreement_at(Status.SIGNED, cast, title="Managed by others", ends_on=today + timedelta(days=10))
    answer(mine, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    client.force_login(cast.contract_manager)
    text = page(client)
    assert "Managed by me" in text
    assert "Managed by others" not in text


def test_who_owns_an_item_of_the_plan_sees_it_once_it_is_due(cast: Cast, client: Client) -> None:
    item = PlanItem.objects.get(agreement=existing(cast, "Old deed"))
    existing(cast, "Somebody else’s")
    values = {"target": date(2026, 9, 30), "owner": cast.business_owner.who, "state": item.state, "action": "Vary it"}
    move_item(item=item, values=values, why="Agreed", seen=digest(item_values(item)), by=cast.privacy_officer, now=NOW)
    client.force_login(cast.business_owner)
    text = page(client)
    assert "In the plan, by 30 September 2026".replace(" ", "\xa0") in text.replace(" ", "\xa0")
    assert "Vary it" in text
    assert "Somebody else’s" not in text


def test_an_administrator_sees_people_and_no_content(cast: Cast, client: Client) -> None:
    agreement_at(Status.SIGNED, cast, title="Content")
    client.force_login(cast.administrator)
    text = page(client)
    assert "Hand over what leavers owned" in text
    assert "Content" not in text


def test_a_staff_member_is_told_why_there_is_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.staff_member)
    text = page(client)
    assert "Your roles open no agreements" in text
    assert "Nothing waits for you" in text
    assert "Declare your interests" in text


def test_what_is_asked_about_interests_stands_first(cast: Cast, client: Client) -> None:
    team = Team(cast)
    declaration_at(DeclarationStatus.SUBMITTED, team)
    client.force_login(team.manager)
    text = page(client)
    assert "1 declaration waits for your decision" in text
    assert "1 thing needs you." in text
    client.force_login(team.staff)
    assert "waits for your decision" not in page(client)
    [late] = [one for one in of(cast.integrity_champion).queues if one.label == "Declarations waiting too long"]
    assert late.waiting == late.late == 1
    client.force_login(cast.integrity_champion)
    assert client.get(late.url).context["page"].paginator.count == 1
    assert "Declaration of Ana Staff" in page(client)
    client.force_login(cast.privacy_officer)
    assert "Declaration of Ana Staff" not in page(client)


def test_whoever_answers_for_the_agency_has_it_on_one_screen(cast: Cast, client: Client) -> None:
    existing(cast, "Old deed")
    client.force_login(cast.chief_executive)
    text = page(client)
    said = ["Needs you", "Against the Standard", "Plan for existing arrangements", "Privacy breaches"]
    said += ["Conflicts of interest", "Four quarters"]
    places = [text.split("<main", 1)[1].index(words) for words in said]
    assert places == sorted(places)
    assert "No breach or near miss is open." in text
    assert "No round was launched, and nothing was declared." in text
    assert 'class="chart"' in text
    assert "style=" not in text.split("<main", 1)[1]
    assert "The register today" not in text


def test_what_was_found_leads_from_who_mends_it_to_who_verifies_it(cast: Cast, client: Client) -> None:
    staff, auditor = cast.staff_member, cast.auditor
    action = given(found_by(auditor), staff, auditor, due_on=date(2026, 7, 20))
    client.force_login(staff)
    text = page(client)
    assert "Keep them for a year" in text
    assert f"/assurance/actions/{action.code}/do/" in text
    assert " late" in text
    do_action(action_=action, note="They are kept", shown=SHOWN, by=staff, now=NOW)
    assert "Keep them for a year" not in page(client)
    client.force_login(auditor)
    text = page(client)
    assert f"/assurance/actions/{action.code}/verify/" in text
    assert "by Staff member of MCW" in text


def test_whoever_answers_for_an_agreement_is_asked_to_look_at_it(cast: Cast, client: Client) -> None:
    today = timezone.localdate()
    mine, other = (agreement_at(Status.SIGNED, cast, title=title) for title in ("Mine", "Of others"))
    answer(mine, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    for agreement in (mine, other):
        planned(agreement, cast.privacy_officer, due_on=today + timedelta(days=9))
    client.force_login(cast.contract_manager)
    text = page(client)
    assert "Audit: Mine" in text
    assert "in 9 days" in text.lower()
    assert "Audit: Of others" not in text


def test_a_statement_waits_for_whose_turn_it_is(cast: Cast, client: Client) -> None:
    existing(cast, "Old deed")
    statement = drafted(cast)
    client.force_login(cast.privacy_officer)
    assert "Its figures are not taken yet" in page(client)
    taken(cast, statement)
    turns = {cast.approver: "You answer for its exceptions", cast.chief_executive: "Answer and sign"}
    for done, waits in ((False, cast.approver), (True, cast.chief_executive)):
        if done:
            answered(cast, statement)
        for user, words in turns.items():
            client.force_login(user)
            text = page(client)
            assert (words in text) == (user == waits)
            assert f"/assurance/statements/{statement.code}/" in text
    client.force_login(cast.auditor)
    text = page(client)
    assert "Answer and sign" not in text
    assert "Being answered" in text


def test_several_roles_never_double_a_part(cast: Cast, client: Client) -> None:
    names = [block.name for block in BLOCKS]
    assert len(names) == len(set(names))
    existing(cast, "Old deed")
    user = also(cast.privacy_officer, Role.CHIEF_EXECUTIVE, cast)
    client.force_login(user)
    text = page(client)
    titles = [group.title for group in of(user).groups]
    assert len(titles) == len(set(titles))
    assert "Four quarters" in text
    assert "Your drafts" in text


def test_reminders_are_what_stands_nowhere_else_and_are_counted_once(cast: Cast, client: Client) -> None:
    today, officer = timezone.localdate(), cast.privacy_officer
    late = agreement_at(Status.SIGNED, cast, title="Reviewed too late")
    review_on(late, cast, -3)
    kinds = {NoticeKind.REVIEW_LATE: -3, NoticeKind.START_HELD: -2, NoticeKind.END_PAST: -2, NoticeKind.AISA_LATE: -1}
    told = [
        Due(officer.who.pk, kind, late.reference, today + timedelta(days=days), f"Told: {kind.label}", "/")
        for kind, days in kinds.items()
    ]
    keep_notices(kinds=kinds, found=told, on=today, by=system_user("tick"))
    gathered = of(officer)
    assert {one.label: (one.waiting, one.late) for one in gathered.kinds} == {
        "Reviews due": (1, 1),
        "Reminders": (2, 1),
    }
    client.force_login(officer)
    text = page(client)
    assert "3 things need you; 2 are late" in text
    assert "Told: Review late" not in text
    assert text.index("Told: Yearly report late") < text.index("Told: Did not start")
    listed = client.get(gathered.queues[-1].url).content.decode()
    assert listed.count("Told: ") == 2 * 3  # the link and what its two buttons are called
    client.force_login(cast.staff_member)
    assert "Nothing waits for you" in page(client)
    assert "Told: " not in page(client)


def test_nothing_crosses_to_another_agency(cast: Cast, client: Client) -> None:
    agreement_at(Status.SIGNED, cast, title="Ours", ends_on=timezone.localdate() + timedelta(days=10))
    breach_at(cast, title="Our breach")
    other = Cast("OTH", "Other Ministry")
    for user in (other.privacy_officer, other.chief_executive):
        client.force_login(user)
        text = page(client)
        assert "Ours" not in text
        assert "Our breach" not in text
        assert not any(one.count for one in numbers_of(user).values())


def test_nobody_else_gets_in_and_nothing_is_posted(cast: Cast, client: Client) -> None:
    assert client.get("/").status_code == 302
    client.force_login(cast.privacy_officer)
    assert client.post("/").status_code == 405


def count_behind(client: Client, url: str) -> int:
    """How many the list of an address holds."""
    context = client.get(url).context
    return int(context["page"].paginator.count)


def test_every_number_opens_a_list_of_as_many(cast: Cast, client: Client) -> None:
    many_agreements(40, cast.privacy_officer, NOW, bodies=5)
    existing(cast, "Old deed")
    for at, hours in enumerate((3, 51, 80)):
        breach_at(cast, hours=hours, title=f"Breach {at}")
    declaration_at(DeclarationStatus.SUBMITTED, Team(cast))
    agreement = agreement_at(Status.SIGNED, cast, title="Looked at")
    for days in (-9, 9):
        planned(agreement, cast.privacy_officer, due_on=timezone.localdate() + timedelta(days=days))
    finding = found_by(cast.auditor)
    given(finding, cast.business_owner, cast.auditor, due_on=date(2026, 7, 20))
    anonymous_at(cast)
    complaint_at(cast)
    named_by_provider(asked_about(cast, by=cast.contract_manager))
    roles = (Role.PRIVACY_OFFICER, Role.CONTRACT_MANAGER, Role.AUDITOR, Role.CHIEF_EXECUTIVE, Role.INTEGRITY_CHAMPION)
    counted = set[tuple[str, bool]]()
    for role in roles:
        user = getattr(cast, role.value)
        client.force_login(user)
        gathered = of(user)
        for one in [figure for group in gathered.groups for figure in group.figures]:
            if not one.says and not one.url.startswith(reverse("conflicts:overview")):
                assert count_behind(client, one.url) == one.count, (role, one)
                counted.add((one.label, one.count > 0))
        for queue in gathered.queues:
            if queue.label not in ("Written assurance", "To approve", "Late in your team"):
                assert count_behind(client, queue.url) == queue.waiting, (role, queue)
        assert gathered.waiting == sum(one.waiting for one in gathered.kinds) >= len(gathered.lines)
    assert "Confirmation of " in "".join(line.title for line in of(cast.contract_manager).lines)
    more = {"Over 72 hours", "Activities on time", "Activities late", "Never assured", "Findings open", "Actions late",
            "Concerns open", "Waiting for a decision", "In force", "Not started", "Not met"}  # fmt: skip
    assert {label for label, any_ in counted if any_} >= more


@pytest.mark.parametrize("rows", [1, 50])
def test_queries_do_not_grow(cast: Cast, client: Client, django_assert_max_num_queries: Any, rows: int) -> None:
    many_agreements(rows, cast.privacy_officer, NOW, bodies=5)
    for at in range(min(rows, 4)):
        breach_at(cast, title=f"Breach {at}")
    every = also(also(cast.privacy_officer, Role.CHIEF_EXECUTIVE, cast), Role.INTEGRITY_CHAMPION, cast)
    for user in [*(getattr(cast, role.value) for role in Role if role != Role.PRIVACY_OFFICER), every]:
        client.force_login(user)
        client.get("/")  # the session is touched once in five minutes
        with django_assert_max_num_queries(12):
            page(client)


def test_every_list_is_known_and_asked_of_the_list_itself(cast: Cast) -> None:
    for role in Role:
        viewer = Viewer(getattr(cast, role.value), timezone.localdate(), timezone.now())
        for block in BLOCKS:
            if block.is_for(viewer):
                assert block.asks(viewer), block.name
