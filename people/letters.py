"""Letters about people and their sign-ins: a template with a subject, put into the outbox."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone

from people.models import User
from records.actions.mail import queue_mail


def post(request: HttpRequest, letter: str, to: str, context: dict[str, str], *, about: User, by: User) -> None:
    """Queue a letter in the transaction of the change that it tells of. Administrators may read it."""
    message = get_adapter(request).render_mail(letter, to, context)
    queue_mail(
        agency=about.agency.code, to=to, subject=str(message.subject), text=str(message.body),
        about=f"Sign-in of {about}"[:120], readable=True, by=by, now=timezone.now(),
    )  # fmt: skip
