"""The mail that brings an invited person to the register."""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from people.letters import post
from people.models import User


def send_invitation(request: HttpRequest, user: User, inviter: User) -> None:
    """Queue the link that sets a password. It works once, for PASSWORD_RESET_TIMEOUT."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    context = {
        "inviter": str(inviter),
        "agency": str(user.agency),
        "privacy_email": user.agency.privacy_email,
        "register": settings.REGISTER_NAME,
        "set_password_url": get_adapter(request).get_reset_password_from_key_url(f"{user_pk_to_url_str(user)}-{token}"),
        "code_url": request.build_absolute_uri(reverse("account_request_login_code")),
    }
    post(request, "people/email/invitation", user.email, context, about=user, by=inviter)
