"""What was typed before a session ended survives the sign-in."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.choices import Status
from config import unsent
from people.models import User
from tests.agreements_at import agreement_at
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.pages")]

TYPED = {"title": "Whānau & “first steps”", "purpose": "So that <b>children</b>\r\nare safe."}


@pytest.fixture
def author(cast: Cast) -> User:
    """The person who types."""
    return cast.privacy_officer


@pytest.fixture
def desk(client: Client, author: User) -> Client:
    """The author's desk, after their session has ended."""
    client.force_login(author)
    client.get("/note/")
    del client.cookies["sessionid"]
    return client


def test_the_form_shows_it_again_and_nothing_is_sent_by_itself(desk: Client, author: User) -> None:
    response = desk.post("/note/", TYPED)
    assert response["Location"] == "/account/login/?next=/note/"
    desk.force_login(author)
    page = desk.get("/note/").text
    assert "Whānau &amp; “first steps”" in page
    assert "So that &lt;b&gt;children&lt;/b&gt;" in page
    assert "You were signed out before this was saved" in page


def test_once_sent_it_is_forgotten(desk: Client, author: User) -> None:
    desk.post("/note/", TYPED)
    desk.force_login(author)
    assert desk.post("/note/", TYPED)["Location"] == "/saved/"
    assert "Whānau" not in desk.get("/note/").text


def test_an_address_without_a_form_gets_a_page_that_sends_it(desk: Client, author: User) -> None:
    desk.post("/button/", TYPED)
    desk.force_login(author)
    page = desk.get("/button/").text
    assert "What you typed is still here" in page
    assert 'name="title" value="Whānau &amp; “first steps”"' in page
    assert desk.post("/button/", TYPED).text == f"took {TYPED['title']}"


def test_it_can_be_thrown_away(desk: Client, author: User) -> None:
    desk.post("/button/", TYPED)
    desk.force_login(author)
    assert desk.post("/button/", TYPED | {unsent.DISCARD: "1"})["Location"] == "/button/"
    assert "still here" not in desk.get("/button/").text


def test_nobody_else_on_the_same_browser_sees_it(desk: Client, cast: Cast, author: User) -> None:
    desk.post("/note/", TYPED)
    desk.force_login(cast.auditor)
    assert "Whānau" not in desk.get("/note/").text
    desk.force_login(author)
    assert "Whānau" not in desk.get("/note/").text


def test_a_browser_that_nobody_signed_in_on_leaves_nothing(client: Client) -> None:
    client.post("/note/", TYPED)
    assert unsent.KEPT not in client.session


def test_a_forged_owner_leaves_nothing(client: Client, author: User) -> None:
    client.cookies[unsent.COOKIE] = f"{author.pk}:1xx:forged"
    client.post("/note/", TYPED)
    assert unsent.KEPT not in client.session


def test_passwords_and_very_long_text_are_not_kept(desk: Client) -> None:
    desk.post("/note/", TYPED | {"new_password": "kererū"})
    assert "new_password" not in desk.session[unsent.KEPT]["fields"]
    desk.cookies.pop("sessionid")
    desk.post("/note/", {"title": "x" * (unsent.LARGEST + 1)})
    assert unsent.KEPT not in desk.session


def test_it_is_forgotten_after_an_hour(desk: Client, author: User) -> None:
    desk.post("/note/", TYPED)
    desk.force_login(author)
    session = desk.session
    session[unsent.KEPT] |= {"at": timezone.now().timestamp() - unsent.LIFETIME - 1}
    session.save()
    assert "Whānau" not in desk.get("/note/").text


def test_htmx_moves_the_whole_page_to_sign_in(desk: Client) -> None:
    response = desk.post("/note/", TYPED, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/account/login/?next=/note/"


def test_a_section_of_an_agreement_stands_as_it_was_typed(client: Client, cast: Cast, author: User) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    address = reverse("agreements:section", args=[agreement.reference, "purpose"])
    client.force_login(author)
    seen = client.get(address).context["seen"]
    del client.cookies["sessionid"]
    client.post(address, {"purpose": "So that tamariki are safe,\r\nas whānau asked.", "seen": seen})
    client.force_login(author)
    page = client.get(address)
    assert "You were signed out before this was saved" in page.text
    assert "as whānau asked.</textarea>" in page.text
    assert page.context["seen"] == seen
    agreement.refresh_from_db()
    assert "whānau" not in agreement.terms_now.purpose


class TestAnOutOfDateToken:
    """The form was loaded before signing in again, so its token no longer counts."""

    @pytest.fixture
    def strict(self, author: User) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(author)
        client.get("/note/")
        return client

    def test_our_own_form_is_offered_again(self, strict: Client) -> None:
        response = strict.post("/note/", TYPED, headers={"Origin": "http://testserver"})
        assert response.status_code == 403
        assert "What you typed is still here" in response.text
        assert "csrfmiddlewaretoken" in response.text

    def test_a_form_from_elsewhere_is_not_repeated(self, strict: Client) -> None:
        response = strict.post("/note/", TYPED, headers={"Origin": "https://elsewhere.example"})
        assert response.status_code == 403
        assert "The form was out of date" in response.text
        assert "Whānau" not in response.text

    def test_after_signing_out_it_waits_for_the_sign_in(self, strict: Client) -> None:
        del strict.cookies["sessionid"]
        response = strict.post("/note/", TYPED, headers={"Origin": "http://testserver"})
        assert response["Location"] == "/account/login/?next=/note/"
        assert strict.session[unsent.KEPT]["fields"]["title"] == [TYPED["title"]]

    @pytest.mark.urls("config.urls")
    def test_on_a_page_open_to_all_it_is_offered_again_and_nothing_of_it_is_kept(self, strict: Client) -> None:
        """Whoever is signed out and writes without a name is not tied to who signed in on this browser before."""
        del strict.cookies["sessionid"]
        assert unsent.COOKIE in strict.cookies
        before = Session.objects.count()
        response = strict.post("/concern/", {"text": "Hemi signed first"}, headers={"Origin": "http://testserver"})
        assert response.status_code == 403
        assert "What you typed is still here" in response.text
        assert "Hemi signed first" in response.text
        assert "Throw it away" not in response.text, "nothing is kept that could be thrown away"
        assert Session.objects.count() == before
        assert "sessionid" not in response.cookies
