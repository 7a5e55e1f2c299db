"""Give mail of the outbox to the mail server: at most once, whatever dies on the way.

SMTP cannot say "taken" and let us commit in one step. So the row is claimed and committed before the server is given
the mail. Where worker or connection are lost after that, nobody knows whether it was taken: the mail is "perhaps sent",
and a person decides. What fails before, a server that is away above all, is tried again by itself.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from records.acting import Actor
from records.actions.mail import claim, keep_outcome, keep_unreachable
from records.models import Mail, MailState


def deliver(*, pk: int, by: Actor, now: datetime) -> Mail | None:
    """Send one mail that waits and is due; None where somebody else has it in hand or it waits no more.

    Call it outside a transaction, else the claim is not there for others to see.
    """
    if not Mail.objects.filter(pk=pk, state=MailState.QUEUED, next_at__lte=now).exists():
        return None
    server = get_connection()
    try:
        server.open()
    except OSError as problem:  # smtplib's errors are OSError
        return keep_unreachable(pk=pk, problem=problem, by=by, now=now)
    try:
        mail = claim(pk=pk, by=by, now=now)
        return keep_outcome(pk=pk, problem=_give(server, mail), by=by, now=now) if mail else None
    finally:
        with suppress(OSError):  # what became of the mail is known by now
            server.close()


def _give(server: Any, mail: Mail) -> OSError | ValueError | None:
    """What went wrong, None where the server took it. A header of two lines is a ValueError."""
    try:
        server.send_messages([_message(mail)])
    except (OSError, ValueError) as problem:
        return problem
    return None


def _message(mail: Mail) -> EmailMessage:
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname
    headers = {"Message-ID": f"<register-{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.text, to=[mail.to], headers=headers)
