"""Signing in with a password or a mailed code: who gets in, who does not, and what they read."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.actions.person import mark_left
from people.actions.system import system_user
from people.actions.user import deactivate, invite, reactivate
from people.models import Person, User
from people.roles import Role
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    """The status that posting the form gives."""
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session and client.get(reverse("account_change_password")).status_code == 200


def test_the_right_password_lets_in_whatever_the_capitals(client: Client, cast: Cast) -> None:
    assert sign_in(client, cast.auditor.email.upper()) == 302
    assert is_in(client)


def test_a_wrong_password_says_so_and_keeps_the_address(client: Client, cast: Cast) -> None:
    page = client.post(reverse("account_login"), {"login": cast.auditor.email, "password": "wrong"})
    assert page.status_code == 200
    assert cast.auditor.email in page.content.decode()
    assert not is_in(client)


def test_the_system_signs_in_nowhere(client: Client, cast: Cast) -> None:
    system = system_user("test")
    system.set_password(PASSWORD)
    system.save(update_fields=["password"])
    sign_in(client, system.email)
    assert not is_in(client)


def test_five_wrong_passwords_pause_sign_in_with_a_sentence(client: Client, cast: Cast) -> None:
    for capitals in (str.lower, str.upper, str.title, str.lower):
        assert sign_in(client, capitals(cast.auditor.email), "wrong") == 200
    page = client.post(reverse("account_login"), {"login": cast.auditor.email, "password": "wrong"})
    assert page.status_code == 429
    assert "Wait 15 minutes before you try again" in page.content.decode()
    assert sign_in(client, cast.auditor.email) == 429
    assert sign_in(client, cast.adviser.email) == 302


def test_a_code_by_mail_lets_in_once(client: Client, cast: Cast) -> None:
    client.post(reverse("account_request_login_code"), {"email": cast.auditor.email})
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Your code to sign in", [cast.auditor.email])
    code = re.search(r"^    (\S+)$", str(letter.body), re.MULTILINE)
    assert code
    assert client.post(reverse("account_confirm_login_code"), {"code": "WRONGX"}).status_code == 200
    assert client.post(reverse("account_confirm_login_code"), {"code": code[1]}).status_code == 302
    assert is_in(client)


def test_a_stranger_learns_nothing_and_gets_no_mail(client: Client, cast: Cast) -> None:
    known = client.post(reverse("account_request_login_code"), {"email": cast.auditor.email})
    unknown = Client().post(reverse("account_request_login_code"), {"email": "nobody@example.nz"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    for address in (cast.auditor.email, "nobody@example.nz"):
        assert Client().post(reverse("account_reset_password"), {"email": address}).status_code == 302
    assert [letter.to for letter in mail.outbox] == [[cast.auditor.email]] * 2


def test_nobody_signs_up(client: Client) -> None:
    page = client.get(reverse("account_signup"))
    assert "administrator" in page.content.decode()
    sent = {"email": "new@example.nz", "password1": PASSWORD}
    client.post(reverse("account_signup"), sent)
    assert not User.objects.filter(email="new@example.nz").exists()


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client: Client, cast: Cast) -> None:
    client.post(reverse("account_reset_password"), {"email": cast.auditor.email})
    link = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert link
    form = client.get(link[1], follow=True)
    short = client.post(form.request["PATH_INFO"], {"password1": "short", "password2": "short"})
    assert "at least 12 characters" in short.content.decode()
    new = "tūī in the flax bush"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(client, cast.auditor.email, new) == 302
    assert "This link no longer works" in Client().get(link[1], follow=True).content.decode()
    assert cast.auditor.history.count() == 1


def test_a_session_dies_at_once_and_stays_dead(client: Client, cast: Cast) -> None:
    sign_in(client, cast.auditor.email)
    deactivate(user=cast.auditor, by=cast.administrator, on=today(), reason="Left in a hurry")
    assert not is_in(client)
    reactivate(user=cast.auditor, by=cast.administrator, on=today())
    assert not is_in(client)


def test_who_is_deactivated_reads_so_and_gets_no_code(client: Client, cast: Cast) -> None:
    user = cast.auditor
    deactivate(user=user, by=cast.administrator, on=today(), reason="Long leave")
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    page = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)
    assert page.request["PATH_INFO"] == reverse("account_inactive")
    assert "administrator" in page.content.decode()
    assert not is_in(client)


def test_who_leaves_on_a_day_to_come_is_out_from_that_day(client: Client, cast: Cast) -> None:
    sign_in(client, cast.auditor.email)
    mark_left(person=cast.auditor.who, left_on=today() + timedelta(days=1), on=today(), by=cast.administrator)
    assert is_in(client)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("people.sign_in.backend.timezone.localdate", lambda: timezone.now().date() + timedelta(days=3))
        assert not is_in(client)
        assert sign_in(Client(), cast.auditor.email) == 302  # to the page that says so
        fresh = Client()
        sign_in(fresh, cast.auditor.email)
        assert not is_in(fresh)


def test_an_invited_person_has_no_password_to_guess(client: Client, cast: Cast, aroha: Person) -> None:
    user = invite(person=aroha, by=cast.administrator, on=today())
    assert sign_in(client, user.email, "!") == 200
    assert not is_in(client)


def test_a_request_asks_at_most_two_queries_about_who_is_there(client: Client, cast: Cast) -> None:
    client.force_login(cast.user(Role.AUDITOR, "Second"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(reverse("account_change_password"))
    about = [query["sql"] for query in queries if "people_" in query["sql"]]
    assert len(about) <= 2, about


def test_requests_for_codes_are_counted_by_all_processes_together(cast: Cast) -> None:
    asked = [Client().post(reverse("account_request_login_code"), {"email": cast.auditor.email}) for _ in range(3)]
    assert [answer.status_code for answer in asked] == [302, 302, 302]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_cache WHERE cache_key LIKE '%request_login_code%'")
        assert cursor.fetchone()[0] >= 1
    fourth = Client().post(reverse("account_request_login_code"), {"email": cast.auditor.email})
    assert "Too many" in fourth.content.decode()
    assert len(mail.outbox) == 3
