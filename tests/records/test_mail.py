"""The outbox: queued with the change, sent once, tried again with growing pauses."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as letters
from django.core.exceptions import ValidationError
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from people.actions.system import system_user
from records.actions.mail import (
    ATTEMPTS,
    IN_HAND,
    claim,
    doubt_lost_mail,
    forget_old_mail,
    keep_outcome,
    pause_after,
    queue_mail,
    try_again,
)
from records.errors import Refused
from records.models import Mail
from records.post import deliver
from tests.cast import NOW
from tests.mailing import deliver_all
from tests.smtp_server import mailbox

pytestmark = pytest.mark.django_db


def queued(**values: Any) -> Mail:
    """A mail in the outbox."""
    said: dict[str, Any] = {
        "agency": "MCW", "to": "aroha@mcw.example.nz", "subject": "Welcome", "text": "Kia ora", "about": "Sign-in",
        "by": system_user("test"), "now": NOW,
    }  # fmt: skip
    made = queue_mail(**said | values)
    assert made is not None
    return made


def jobs(mail: Mail) -> int:
    """How many jobs there are to send it."""
    return ProcrastinateJob.objects.filter(task_name="deliver_mail", args={"pk": mail.pk}).count()


def tried(mail: Mail, now: datetime = NOW) -> Mail:
    """The mail after one attempt."""
    deliver(pk=mail.pk, by=system_user("worker"), now=now)
    mail.refresh_from_db()
    return mail


def test_it_leaves_once_and_its_text_is_forgotten_where_a_server_took_it(settings: Settings) -> None:
    settings.MAIL_SERVER = True
    mail = tried(queued())
    assert deliver(pk=mail.pk, by=system_user("worker"), now=NOW) is None
    (letter,) = letters.outbox
    assert (letter.to, letter.subject, letter.body) == (["aroha@mcw.example.nz"], "Welcome", "Kia ora")
    assert letter.extra_headers["Message-ID"] == f"<register-{mail.pk}@localhost>"
    assert (mail.state, mail.attempts, mail.sent_at, mail.text) == ("sent", 1, NOW, "")


def test_without_a_server_the_text_stays_to_be_read() -> None:
    assert tried(queued()).text == "Kia ora"


def test_a_change_that_is_taken_back_leaves_neither_mail_nor_job() -> None:
    with pytest.raises(ValueError, match="changed my mind"), transaction.atomic():
        mail = queued()
        assert jobs(mail) == 1
        raise ValueError("changed my mind")
    assert (Mail.objects.count(), jobs(mail)) == (0, 0)


def test_a_server_that_is_away_is_asked_again_after_growing_pauses(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    mail, now = queued(), NOW
    for attempt, minutes in ((1, 1), (2, 2), (3, 4)):
        assert tried(mail, now).state == "queued"
        assert (mail.attempts, mail.next_at - now) == (attempt, timedelta(minutes=minutes))
        assert mail.error.startswith("ConnectionRefusedError")
        assert deliver_all(mail.next_at - timedelta(seconds=1)) == [], "not before its time"
        now = mail.next_at
    assert pause_after(9) == pause_after(ATTEMPTS) == timedelta(hours=4)
    assert timedelta(days=2.5) < sum((pause_after(n) for n in range(1, ATTEMPTS)), timedelta()) < timedelta(days=3.5)
    mail.attempts = ATTEMPTS - 1
    mail.save()
    assert tried(mail, now).state == "failed"
    try_again(mail=mail, by=system_user("test"), now=now)
    with mailbox() as server:
        settings.EMAIL_PORT = server.server_address[1]
        assert tried(mail, now).state == "sent"
        assert len(server.taken) == 1
    assert mail.error == ""
    with pytest.raises(Refused, match="sent meanwhile"):
        try_again(mail=mail, by=system_user("test"), now=now)


def test_an_address_that_nobody_has_is_said_and_not_tried_again(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mailbox() as server:
        server.refuses = "aroha"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        mail = tried(queued())
    assert (mail.state, mail.text) == ("bounced", "Kia ora")
    assert "nobody of that name" in mail.error
    assert deliver_all() == []


def test_a_connection_lost_after_the_server_had_it_is_not_tried_again_by_itself(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mailbox() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        server.then = "drop"
        mail = tried(queued())
        assert (mail.state, mail.text, mail.claimed_at) == ("unsure", "Kia ora", None)
        assert mail.error.startswith("SMTPServerDisconnected")
        assert deliver_all(NOW + timedelta(days=3)) == []
        assert len(server.taken) == 1
        server.then = "taken"
        try_again(mail=mail, by=system_user("test"), now=NOW)
        assert tried(mail).state == "sent"
    first, second = (line for sent in server.taken for line in sent.splitlines() if line.startswith("Message-ID"))
    assert first == second, "a mailbox that has both can tell"


def test_an_answer_that_never_comes_is_no_answer(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 1
    with mailbox() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        server.then = "hang"
        assert tried(queued()).state == "unsure"
        server.hangs = True
        mail = tried(queued())
    assert (mail.state, mail.attempts) == ("queued", 1), "it never got as far as the mail"


def test_what_a_dead_worker_had_in_hand_was_perhaps_sent(settings: Settings) -> None:
    worker = system_user("worker")
    mail = queued()
    assert claim(pk=mail.pk, by=worker, now=NOW) is not None
    assert claim(pk=mail.pk, by=worker, now=NOW) is None, "only one has it"
    with pytest.raises(Refused, match="being sent right now"):
        try_again(mail=mail, by=worker, now=NOW)
    assert doubt_lost_mail(by=worker, now=NOW + IN_HAND - timedelta(seconds=1)) == 0
    assert doubt_lost_mail(by=worker, now=NOW + IN_HAND) == 1
    assert forget_old_mail(by=worker, now=NOW) == 0
    assert deliver_all() == []
    mail.refresh_from_db()
    assert (mail.state, mail.error) == ("unsure", "The worker was stopped before the mail server answered")
    assert keep_outcome(pk=mail.pk, problem=None, by=worker, now=NOW).state == "sent", "it was alive after all"


def test_a_subject_is_one_line_whatever_a_name_holds() -> None:
    mail = queued(subject="Hemi\r\nBcc: everyone@example.nz\n\ninvites you")
    assert mail.subject == "Hemi Bcc: everyone@example.nz invites you"
    tried(mail)
    sent = letters.outbox[0].message()
    assert sent["Bcc"] is None
    assert sent["Subject"] == "Hemi Bcc: everyone@example.nz invites you"


def test_an_address_of_two_lines_is_refused() -> None:
    with pytest.raises(ValidationError, match="valid email address"):
        queued(to="aroha@mcw.example.nz\nBcc: everyone@example.nz")


def test_a_mail_that_cannot_be_written_at_all_stops_nobody_else() -> None:
    broken, good = queued(), queued()
    Mail.objects.filter(pk=broken.pk).update(subject="Two\nlines")
    assert [mail.state for mail in deliver_all()] == ["failed", "sent"]
    good.refresh_from_db()
    assert good.state == "sent"


def test_what_is_to_be_sent_once_is_queued_once() -> None:
    queued(key="digest 1 2026-07-14")
    said: dict[str, Any] = {
        "agency": "MCW",
        "to": "a@b.nz",
        "subject": "x",
        "text": "x",
        "about": "x",
        "key": "digest 1 2026-07-14",
    }
    assert queue_mail(**said, by=system_user("test"), now=NOW) is None
    assert Mail.objects.count() == 1


def test_after_three_months_it_is_forgotten_unless_it_still_waits() -> None:
    tried(queued())
    queued()
    assert forget_old_mail(by=system_user("test"), now=NOW + timedelta(days=90)) == 0
    assert forget_old_mail(by=system_user("test"), now=NOW + timedelta(days=91)) == 1
    assert Mail.objects.get().state == "queued"
