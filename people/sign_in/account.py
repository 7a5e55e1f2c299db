"""django-allauth's questions about sign-ins by password and by mailed code."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from people.actions.password import keep_password
from people.models import User
from people.sign_in.backend import may_sign_in


class AccountAdapter(DefaultAccountAdapter):
    """Only invited people sign in; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This e-mail address and password do not belong together. Try again",
        "enter_current_password": "Enter your present password",
        "incorrect_code": "This is not the code that was sent. Enter it again",
        "incorrect_password": "This is not your password. Enter it again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator invites."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Keep a new password; history has none, so nobody needs to be acting."""
        keep_password(user, password)

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse | None:
        """Refuse whoever may not sign in, whichever way they proved who they are; a code to another address is none."""
        address = details.get("email")
        if not may_sign_in(user) or (address and address.lower() != user.email):
            user.is_active = False  # for allauth, which asks nothing else; never saved
        refused: HttpResponse | None = super().pre_login(request, user, **details)
        return refused
