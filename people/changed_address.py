"""The mails that say that somebody signs in with another address: one to the old address, one to the new."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from people.letters import post
from people.models import User


def tell_both(request: HttpRequest, user: User, old: str, by: User) -> None:
    """Queue a mail to the old address and one to the new."""
    context = {
        "changed_by": str(by),
        "agency": str(user.agency),
        "privacy_email": user.agency.privacy_email,
        "register": settings.REGISTER_NAME,
        "old": old,
        "password_url": request.build_absolute_uri(reverse("account_reset_password")),
        "code_url": request.build_absolute_uri(reverse("account_request_login_code")),
    }
    for address, letter in {old: "people/email/address_was", user.email: "people/email/address_is"}.items():
        post(request, letter, address, context, about=user, by=by)
