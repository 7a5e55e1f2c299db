"""The mailed link: forged, cut short, expired, replaced, forwarded, used twice; then how it is meant to work."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from conflicts.actions.invitation import excuse, extend, send_again
from conflicts.actions.round import close_round
from conflicts.links import SALT, token_of
from conflicts.models import Declaration, Invitation, Round
from people.models import Person, User
from people.roles import Role
from records.acting import acting
from tests.cast import Cast
from tests.conflicts.rounds import invitation_of, mailed_link, running
from tests.declaring import Team, declaration_at, nil_of

pytestmark = pytest.mark.django_db
ME = {"who": "me"}


@pytest.fixture(autouse=True)
def nobody_counted() -> None:
    cache.clear()


@pytest.fixture
def hemi(cast: Cast) -> Person:
    """Somebody with an address and without a sign-in."""
    with acting(by=cast.administrator):
        person = Person(agency=cast.agency, name="Hemi Tautari", email="hemi@mcw.example.nz")
        person.save()
    return person


@pytest.fixture
def round_(team: Team, hemi: Person) -> Round:
    return running(team.cast)


def test_what_is_no_link_of_ours_says_so_and_asks_the_database_nothing(
    client: Client, round_: Round, hemi: Person, django_assert_num_queries: object
) -> None:
    code = invitation_of(hemi, round_).code
    forged = [
        "nonsense", code, f"{token_of(code, 1)[:-3]}abc", signing.dumps([code, 1], salt="another"),
        signing.dumps({"code": code}, salt=SALT), signing.dumps("x", salt=SALT),
    ]  # fmt: skip
    for token in forged:
        with django_assert_num_queries(0):  # type: ignore[operator]
            page = client.get(f"/conflicts/answer/{token}/")
        assert page.status_code == 404
        assert "This link does not open" in page.text
        assert "Hemi" not in page.text
    assert client.post(f"/conflicts/answer/{token_of('a' * 16, 1)}/", ME).status_code == 404
    assert not Declaration.objects.exists()


def test_an_old_link_says_how_to_get_a_new_one(
    client: Client, round_: Round, hemi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = mailed_link(hemi)
    monkeypatch.setattr("conflicts.links.OPENS_FOR", timedelta(seconds=-1))
    page = client.post(link, ME)
    assert (page.status_code, Declaration.objects.count()) == (410, 0)
    assert "look for the newest mail" in page.text


@pytest.mark.parametrize("what", ["extend", "send", "excuse", "close"])
def test_a_link_opens_no_more_once_it_was_replaced_or_nothing_is_asked(
    client: Client, cast: Cast, round_: Round, hemi: Person, what: str
) -> None:
    link, by, one = mailed_link(hemi), cast.integrity_champion, invitation_of(hemi, round_)
    if what == "extend":
        extend(invitation=one, to=round_.due_on + timedelta(days=9), reason="On leave", by=by, now=timezone.now())
    elif what == "send":
        send_again(invitation=one, by=by, now=timezone.now())
    elif what == "excuse":
        excuse(invitation=one, reason="On leave all year", by=by, now=timezone.now())
    else:
        close_round(round_=round_, by=by, now=timezone.now())
    page = client.post(link, ME)
    assert (page.status_code, Declaration.objects.count()) == (410, 0)
    said = {"excuse": "Nothing is asked of you", "close": "This round is over"}.get(what, "A newer link was sent")
    assert said in page.text
    newest = client.get(mailed_link(hemi))
    assert ("Are you Hemi?" in newest.text) is (what in ("extend", "send"))


def test_a_forwarded_link_says_a_first_name_only_and_can_be_reported(
    client: Client, cast: Cast, round_: Round, hemi: Person
) -> None:
    link = mailed_link(hemi)
    page = client.get(link)
    assert "Are you Hemi?" in page.text
    assert "Tautari" not in page.text
    assert "hemi@" not in page.text
    assert (Declaration.objects.count(), User.objects.filter(person=hemi).count()) == (0, 0), "reading writes nothing"
    assert "Thank you for saying so" in client.post(link, {"who": "other"}).text
    assert "A newer link was sent" in client.get(link).text
    assert invitation_of(hemi, round_).misdirected_at is not None
    client.force_login(cast.integrity_champion)
    assert "Somebody else got the link and said so" in client.get(round_.get_absolute_url()).text


def test_somebody_signed_in_as_another_does_not_answer_in_this_name(client: Client, team: Team, round_: Round) -> None:
    link = mailed_link(team.manager)
    client.force_login(team.staff)
    for page in (client.get(link), client.post(link, ME)):
        assert page.status_code == 403
        assert "You are signed in as somebody else" in page.text
    assert not Declaration.objects.exists()


def test_it_opens_the_one_draft_and_nothing_else_of_the_register(
    client: Client, team: Team, round_: Round, hemi: Person
) -> None:
    others = declaration_at("submitted", team)  # type: ignore[arg-type]
    opened = client.post(mailed_link(hemi), ME)
    draft = Declaration.objects.get(person=hemi)
    assert opened["Location"] == f"{draft.get_absolute_url()}anything/"
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert "Sign out" not in client.get(draft.get_absolute_url()).text
    for address in ("/", "/conflicts/team/", "/people/me/", others.get_absolute_url(), "/conflicts/rounds/"):
        page = client.get(address)
        assert (page.status_code, page["Location"][:15]) == (302, "/account/login/"), address
    assert (draft.status, draft.occasion, draft.capacity, draft.started_by.who) == ("draft", "annual", "staff", hemi)
    assert invitation_of(hemi, round_).state == "started"
    user = User.objects.get(person=hemi)
    assert (user.has_usable_password(), user.roles) == (False, frozenset())
    client.post(mailed_link(hemi), ME)
    assert Declaration.objects.filter(person=hemi).count() == 1, "opened twice, it is the same draft"


def test_an_earlier_declaration_of_their_own_does_not_open_by_the_link(client: Client, team: Team) -> None:
    before = nil_of(team.staff)
    round_ = running(team.cast)
    client.post(mailed_link(team.staff), ME)
    draft = Declaration.objects.get(invitation__round=round_)
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(before.get_absolute_url())["Location"].startswith("/account/login/")


def test_answered_it_is_a_receipt_here_and_says_less_elsewhere(client: Client, round_: Round, hemi: Person) -> None:
    link = mailed_link(hemi)
    asked = client.post(link, ME, follow=True)
    draft = Declaration.objects.get(person=hemi)
    base = draft.get_absolute_url()
    assert asked.redirect_chain[-1][0] == f"{base}anything/"
    checked = client.post(f"{base}anything/", {"said": "nil"}, follow=True)
    assert checked.status_code == 200
    assert client.post(f"{base}check/")["Location"] == f"{base}submitted/"
    assert client.get(draft.get_absolute_url())["Location"] == "/conflicts/answered/"
    receipt = client.get("/conflicts/answered/").text
    assert "Thank you, Hemi" in receipt
    assert "Nothing to declare" in receipt
    for again in (Client().get(link), Client().post(link, ME)):
        assert "This was answered" in again.text
        assert "Nothing to declare" not in again.text
    assert Client().get("/conflicts/answered/").status_code == 404
    assert Declaration.objects.count() == 1


def test_the_visit_by_link_ends_by_itself(
    client: Client, round_: Round, hemi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conflicts.access.LASTS", -1)
    client.post(mailed_link(hemi), ME)
    draft = Declaration.objects.get(person=hemi)
    assert client.get(draft.get_absolute_url())["Location"].startswith("/account/login/")


def test_who_left_or_lost_the_sign_in_does_not_answer(client: Client, cast: Cast, team: Team, round_: Round) -> None:
    with acting(by=cast.administrator):
        User.objects.get(pk=team.staff.pk).end_sessions()
        user = User.objects.get(pk=team.staff.pk)
        user.is_active = False
        user.save()
    page = client.post(mailed_link(team.staff), ME)
    assert page.status_code == 403
    assert "Your sign-in was deactivated" in page.text
    assert not Declaration.objects.exists()


def test_answers_from_one_network_address_are_limited(
    client: Client, round_: Round, hemi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conflicts.attempts.MOST", 2)
    pages = [client.post("/conflicts/answer/nonsense/", ME).status_code for _ in range(4)]
    assert pages == [404, 404, 429, 429]
    assert client.get(mailed_link(hemi)).status_code == 200


def test_signed_in_it_is_begun_without_the_link_and_only_by_whom_it_asks(
    client: Client, team: Team, round_: Round
) -> None:
    one = invitation_of(team.staff, round_)
    client.force_login(team.manager)
    assert client.post(f"/conflicts/asked/{one.code}/answer/").status_code == 404
    client.force_login(team.staff)
    assert client.get(f"/conflicts/asked/{one.code}/answer/").status_code == 405
    client.post(f"/conflicts/asked/{one.code}/answer/")
    assert Declaration.objects.get().person == team.staff.who
    assert Invitation.objects.get(pk=one.pk).state == "started"


def test_roles_that_somebody_holds_open_nothing_by_the_link(client: Client, team: Team) -> None:
    champion = team.cast.user(Role.INTEGRITY_CHAMPION, "Mere Kingi")
    others = declaration_at("submitted", team)  # type: ignore[arg-type]
    running(team.cast)
    client.post(mailed_link(champion), ME)
    assert client.get(others.get_absolute_url())["Location"].startswith("/account/login/")
