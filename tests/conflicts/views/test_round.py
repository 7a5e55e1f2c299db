"""The pages of a round: counts for some, names for those who run it, and what each does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from conflicts.actions.declaration import say, submit_declaration
from conflicts.actions.invitation import begin_answer
from conflicts.actions.sample import answered_by, drawn
from conflicts.choices import Said
from conflicts.counting import guarded_table
from conflicts.models import Invitation, Round, Sample
from people.actions.person import add_person
from people.actions.unit import add_unit
from people.models import Person, User
from people.roles import Role
from records.models import Mail, MailState
from tests.cast import Cast
from tests.conflicts.rounds import invitation_of, prepared, running
from tests.declaring import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client, cast: Cast) -> Client:
    client.force_login(cast.integrity_champion)
    return client


def staff(cast: Cast, unit: str, many: int) -> list[Person]:
    by, today = cast.administrator, timezone.localdate()
    where = add_unit(agency=cast.agency, values={"name": unit}, by=by)
    named = [
        {"name": f"{unit} {at}", "email": f"{unit}{at}@mcw.example.nz".lower(), "unit": where} for at in range(many)
    ]
    return [add_person(agency=cast.agency, values=values, on=today, by=by) for values in named]


def answers(user: User, round_: Round) -> None:
    now = timezone.now()
    draft = begin_answer(invitation=invitation_of(user, round_), by=user, now=now)
    say(declaration=draft, said=Said.NIL, by=user)
    submit_declaration(declaration=draft, by=user, now=now)


def test_a_round_is_prepared_shown_launched_extended_and_closed(signed_in: Client, team: Team) -> None:
    today = timezone.localdate()
    given = {"title": "Declarations", "occasion": "annual", "opens_on": str(today), "due_on": str(today + timedelta(9))}
    wrong = signed_in.post("/conflicts/rounds/add/", given | {"due_on": str(today - timedelta(9))})
    assert "It cannot be due before it opens" in wrong.text
    page = signed_in.post("/conflicts/rounds/add/", given, follow=True)
    assert "Nobody has been asked yet" in page.text
    round_, asked = Round.objects.get(), Person.objects.count()
    assert f"Ask {asked} people now" in page.text
    page = signed_in.post(f"/conflicts/rounds/{round_.pk}/launch/", follow=True)
    assert f"{asked} people are asked" in page.text
    changed = signed_in.get(f"/conflicts/rounds/{round_.pk}/change/", follow=True)
    assert "It is launched and stays as it is" in changed.text
    answers(team.staff, round_)
    assert f"1 of {asked} have answered" in signed_in.get(round_.get_absolute_url()).text
    code = invitation_of(team.manager, round_).code
    longer = {"act": "extend", "extend-to": str(today + timedelta(20)), "extend-reason": ""}
    assert "Enter the why?" not in signed_in.post(f"/conflicts/rounds/asked/{code}/", longer).text
    page = signed_in.post(f"/conflicts/rounds/asked/{code}/", longer | {"extend-reason": "On leave"}, follow=True)
    assert "has longer, and a new link" in page.text
    assert "given longer" in page.text
    assert "stay named as not having answered" in signed_in.get(f"/conflicts/rounds/{round_.pk}/close/").text
    assert "Its links open no more" in signed_in.post(f"/conflicts/rounds/{round_.pk}/close/", follow=True).text


def test_small_numbers_are_hidden_from_who_may_only_count_and_cannot_be_worked_out(client: Client, cast: Cast) -> None:
    staff(cast, "Large", 12)
    staff(cast, "Small", 3)
    for who in (cast.integrity_champion, cast.auditor):
        client.force_login(who)
    round_ = running(cast)
    client.force_login(cast.auditor)
    page = client.get(round_.get_absolute_url()).text
    assert "fewer than 5" in page
    assert ">3<" not in page
    assert "Who has not answered" not in page
    assert client.get(f"/conflicts/rounds/{round_.pk}/people/").status_code == 403
    shown = [[cell.says for cell in row] for row in guarded_table([[20, 3], [9, 8], [30, 40]])]
    assert shown == [["not shown", "fewer than 5"], ["not shown", "not shown"], ["30", "40"]]


def test_the_list_narrows_says_why_it_refuses_and_is_a_sheet(signed_in: Client, team: Team) -> None:
    round_ = running(team.cast)
    answers(team.staff, round_)
    base = f"/conflicts/rounds/{round_.pk}/people"
    answered = signed_in.get(f"{base}/?state=answered").text
    assert "Ana Staff" in answered
    assert f"{invitation_of(team.manager, round_).code}/" not in answered
    assert "is not one of its answers" in signed_in.get(f"{base}/?state=strange").text
    assert "Ana Manager" in signed_in.get(f"{base}/?manager={team.second.who.pk}").text
    sheet = signed_in.get(f"{base}.csv?state=waiting").getvalue().decode()
    assert "Ana Manager" in sheet
    assert "Ana Staff" not in sheet
    assert signed_in.get(f"{base}.xlsx").getvalue().startswith(b"PK")


def test_refused_mail_is_listed_until_the_address_is_right(signed_in: Client, team: Team) -> None:
    round_ = running(team.cast)
    Mail.objects.filter(to=team.staff.email).update(state=MailState.BOUNCED)
    page = signed_in.get(round_.get_absolute_url()).text
    assert "was refused or not sent" in page
    assert "Ana Staff" in signed_in.get(f"/conflicts/rounds/{round_.pk}/people/?state=unreached").text
    answers(team.staff, round_)
    assert "was refused or not sent" not in signed_in.get(round_.get_absolute_url()).text


def test_pages_ask_no_more_for_fifty_than_for_one(
    signed_in: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    staff(cast, "Large", 50)
    round_ = running(cast)
    for address, most in ((round_.get_absolute_url(), 10), (f"/conflicts/rounds/{round_.pk}/people/", 9)):
        signed_in.get(address)
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            signed_in.get(address)


def test_the_same_sample_is_drawn_from_the_seed_and_nobody_checks_their_own(signed_in: Client, team: Team) -> None:
    round_ = running(team.cast)
    page = signed_in.post(f"/conflicts/rounds/{round_.pk}/samples/", {"size": "2"})
    assert "Nobody has answered" in page.text
    for who in (team.staff, team.manager, team.second, team.cast.integrity_champion):
        answers(who, round_)
    assert "between 1 and 4" in signed_in.post(f"/conflicts/rounds/{round_.pk}/samples/", {"size": "9"}).text
    page = signed_in.post(f"/conflicts/rounds/{round_.pk}/samples/", {"size": "3", "seed": "kererū"}, follow=True)
    sample = Sample.objects.get()
    keys = sorted(sample.sampled.values_list("declaration", flat=True))
    assert drawn(answered_by(round_, sample.at), sample) == keys
    answers(team.cast.administrator, round_)
    page = signed_in.get(f"/conflicts/samples/{sample.pk}/")
    assert "The same ones" in page.text, "who answers later changes nothing"
    own = sample.sampled.filter(declaration__person=team.cast.integrity_champion.who).first()
    other = sample.sampled.exclude(declaration__person=team.cast.integrity_champion.who)[0]
    if own:
        page = signed_in.post(f"/conflicts/samples/results/{own.pk}/", {"result": "sound"})
        assert "Nobody checks their own declaration" in page.text
    gap = {"result": "gap", "note": ""}
    assert "Say what is missing" in signed_in.post(f"/conflicts/samples/results/{other.pk}/", gap).text
    signed_in.post(f"/conflicts/samples/results/{other.pk}/", gap | {"note": "A directorship is missing"})
    assert "something missing in 1" in signed_in.get(f"/conflicts/rounds/{round_.pk}/samples/").text


def test_a_manager_sees_their_own_team_and_nothing_that_was_declared(client: Client, team: Team) -> None:
    round_ = running(team.cast)
    answers(team.staff, round_)
    client.force_login(team.manager)
    page = client.get("/conflicts/team/").text
    assert "Ana Staff" in page
    assert "Answered" in page
    assert "Nothing to declare" not in page
    client.force_login(team.second)
    assert "Ana Staff" not in client.get("/conflicts/team/").text
    client.force_login(team.staff)
    assert "Nobody works under you" in client.get("/conflicts/team/").text


def test_the_page_of_a_team_asks_no_more_for_fifty(
    client: Client, team: Team, django_assert_max_num_queries: object
) -> None:
    for at in range(50):
        values = {"name": f"Member {at}", "email": f"m{at}@mcw.example.nz", "manager": team.manager.who}
        add_person(agency=team.cast.agency, values=values, on=timezone.localdate(), by=team.cast.administrator)
    running(team.cast)
    client.force_login(team.manager)
    client.get("/conflicts/team/")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = client.get("/conflicts/team/")
    assert "51 people" in page.text
    assert Invitation.objects.count() == Person.objects.count()


@pytest.mark.parametrize("role", [Role.CHIEF_EXECUTIVE, Role.PRIVACY_OFFICER])
def test_who_may_only_count_changes_nothing(client: Client, cast: Cast, role: Role) -> None:
    round_ = prepared(cast)
    client.force_login(cast.user(role, "Somebody"))
    page = client.get(round_.get_absolute_url()).text
    assert "Nobody has been asked yet" in page
    assert "people now" not in page
    assert client.post(f"/conflicts/rounds/{round_.pk}/launch/").status_code == 403
    assert Round.objects.get().launched_at is None
