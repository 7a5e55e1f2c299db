"""Who may sign in, and the user of every request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from people.models import User


def may_sign_in(user: Any) -> bool:
    """Whether somebody has an active sign-in, is a person and has not left."""
    person = user.person
    return bool(user.is_active and person and not person.has_left(timezone.localdate()))


class PeopleBackend(AuthenticationBackend):
    """E-mail address and password, as allauth checks them, for people who may sign in."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the right password lets them in."""
        return may_sign_in(user)

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, with person and agency in one query; nobody once they were deactivated or left."""
        user = User.objects.select_related("person__agency").filter(pk=user_id).first()
        return user if user and may_sign_in(user) else None
