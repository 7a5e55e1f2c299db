"""The operators' page of mail and daily work."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from config.ticking import run_steps
from people.actions.system import system_user
from people.models import User
from records.acting import acting
from records.actions.mail import queue_mail
from records.models import Mail
from tests.cast import NOW, TODAY, Cast
from tests.mailing import deliver_all


def queued(agency: str = "MCW", **values: Any) -> Mail:
    """A mail in the outbox."""
    said: dict[str, Any] = {
        "to": "aroha@mcw.example.nz", "subject": "Welcome", "text": "Open https://example.nz/key", "readable": True,
        "about": "Sign-in of Aroha",
    }  # fmt: skip
    made = queue_mail(agency=agency, by=system_user("test"), now=NOW, **said | values)
    assert made is not None
    return made


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    client.force_login(cast.administrator)
    return client


def page(client: Client, query: str = "") -> str:
    return client.get(reverse("people:outbox") + query).text


def test_what_waits_failed_and_was_sent_is_listed_for_ones_own_agency(admin: Client) -> None:
    Cast("NRA", "National Records Agency").agency  # noqa: B018 - made by asking
    queued(to="waits@mcw.example.nz")
    failed = queued(to="failed@mcw.example.nz")
    Mail.objects.filter(pk=failed.pk).update(state="failed", error="SMTPServerDisconnected: away", attempts=25)
    queued("NRA", to="theirs@nra.example.nz")
    said = page(admin)
    assert "waits@mcw.example.nz" in said
    assert "SMTPServerDisconnected: away" in said
    assert "theirs@nra.example.nz" not in said
    assert "No worker is running" in said
    deliver_all()
    assert "waits@mcw.example.nz" not in page(admin)
    assert "waits@mcw.example.nz" in page(admin, "?sent=1")


def test_the_demonstration_leads_everybody_to_its_mail_and_nothing_else_does(
    cast: Cast, client: Client, settings: Settings
) -> None:
    reader, here = cast.contract_manager, reverse("people:demo_mails")
    mail, other = queued(readable=False), queued(to="else@mcw.example.nz", subject="To somebody else")
    Cast("NRA", "National Records Agency").agency  # noqa: B018 - made by asking
    theirs = queued("NRA")
    client.force_login(reader)
    letter = reverse("people:demo_mail", args=[mail.pk])
    for demo, private, server in ((False, True, False), (True, False, False), (True, True, True)):
        reader.agency.demo = demo
        with acting(by=cast.administrator):
            reader.agency.save()
        settings.PRIVATE_DATABASE, settings.MAIL_SERVER = private, server
        assert client.get(here).status_code == client.get(letter).status_code == 404
        assert here not in client.get("/").text
    settings.MAIL_SERVER = False
    settings.PRIVATE_DATABASE = True
    assert here in client.get("/").text
    said = client.get(here).text
    assert "Welcome" in said
    assert "To somebody else" in said
    assert "To somebody else" not in client.get(f"{here}?to={mail.to}").text
    assert '<a href="https://example.nz/key"' in client.get(letter).text
    assert client.get(reverse("people:demo_mail", args=[theirs.pk])).status_code == 404
    assert other.to in said


def test_trying_again_puts_it_first_in_the_queue_and_another_agencys_is_not_found(admin: Client) -> None:
    mail, theirs = queued(), queued("NRA")
    Mail.objects.update(state="failed", attempts=25)
    response = admin.post(reverse("people:try_again", args=[mail.pk]), follow=True)
    assert "is tried again now" in response.text
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("queued", 0)
    assert admin.post(reverse("people:try_again", args=[theirs.pk])).status_code == 404
    deliver_all()
    assert "sent meanwhile" in admin.post(reverse("people:try_again", args=[mail.pk]), follow=True).text


def test_what_was_perhaps_sent_is_sent_again_only_by_a_person(admin: Client) -> None:
    unsure, sending = queued(), queued(to="now@mcw.example.nz")
    Mail.objects.filter(pk=unsure.pk).update(state="unsure", attempts=1, error="SMTPServerDisconnected: gone")
    Mail.objects.filter(pk=sending.pk).update(state="sending", claimed_at=NOW)
    said = page(admin)
    for words in ("Perhaps sent", "The mail server may have it already", "Send&nbsp;again", "Being sent"):
        assert words in said
    assert reverse("people:try_again", args=[sending.pk]) not in said
    refused = admin.post(reverse("people:try_again", args=[sending.pk]), follow=True).text
    assert "This mail is being sent right now" in refused
    assert [mail.pk for mail in deliver_all()] == []
    admin.post(reverse("people:try_again", args=[unsure.pk]))
    assert [(mail.pk, mail.state) for mail in deliver_all()] == [(unsure.pk, "sent")]


def test_a_letter_about_a_sign_in_is_read_here_only_where_there_is_no_server(admin: Client, settings: Settings) -> None:
    mail, digest, theirs = queued(), queued(readable=False, text="MCW-2026-0001"), queued("NRA")
    assert '<a href="https://example.nz/key"' in admin.get(reverse("people:letter", args=[mail.pk])).text
    for other in (digest, theirs):
        assert admin.get(reverse("people:letter", args=[other.pk])).status_code == 404
    settings.MAIL_SERVER = True
    assert admin.get(reverse("people:letter", args=[mail.pk])).status_code == 404
    assert f'href="{reverse("people:letter", args=[mail.pk])}"' not in page(admin)


def test_when_each_step_of_the_tick_ran_last(admin: Client, settings: Settings) -> None:
    assert "The daily tick has never run here" in page(admin)
    settings.TICK_STEPS = ["tests.config.steps.three", "tests.config.steps.broken"]
    list(run_steps(TODAY))
    said = page(admin)
    assert "3 done" in said
    assert "ValueError; the log says more" in said
    assert "for 14\xa0July 2026" in said


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_asks_as_much_for_fifty_mails_as_for_one(
    cast: Cast, client: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    client.force_login(User.objects.get(pk=cast.administrator.pk))
    for _ in range(rows):
        queued()
    client.get(reverse("people:me"))  # the first request of a session notes when it began
    with django_assert_max_num_queries(8):
        page(client)
