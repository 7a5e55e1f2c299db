"""The mails that say that somebody signs in with another address: one to the old address, one to the new."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from people.models import User


def tell_both(request: HttpRequest, user: User, old: str) -> list[str]:
    """Write to the old address and to the new one; gives those that the mail could not be sent to."""
    context = {
        "changed_by": str(request.user),
        "agency": str(user.agency),
        "privacy_email": user.agency.privacy_email,
        "register": settings.REGISTER_NAME,
        "old": old,
        "password_url": request.build_absolute_uri(reverse("account_reset_password")),
        "code_url": request.build_absolute_uri(reverse("account_request_login_code")),
    }
    letters = {old: "people/email/address_was", user.email: "people/email/address_is"}
    return [address for address, letter in letters.items() if not _sent(request, letter, address, context)]


def _sent(request: HttpRequest, letter: str, address: str, context: dict[str, str]) -> bool:
    try:
        get_adapter(request).send_mail(letter, address, context)
    except OSError:  # no connection, or the server refused: smtplib's errors are OSError too
        return False
    return True
