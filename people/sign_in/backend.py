"""Who may sign in, and the user of every request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from people.models import RoleGrant, RoleLabel, User
from people.roles import Role

OWN_WORDS = RoleLabel.objects.filter(agency=OuterRef("person__agency")).values(
    one=JSONObject(role="role", label="label")
)


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
        """The user of a session; nobody once they were deactivated or left."""
        return user_now(user_id)


def user_now(user_id: Any) -> User | None:
    """Somebody who may sign in now, with what they may do; None for everyone else.

    One query: person, roles, agency and what the agency calls its roles come along, since every page needs them.
    """
    today = RoleGrant.objects.on(timezone.localdate()).filter(person=OuterRef("person")).values("role")
    asked = User.objects.annotate(own_words=ArraySubquery(OWN_WORDS), roles_today=ArraySubquery(today))
    user = asked.filter(pk=user_id).first()
    if user is None or not may_sign_in(user):
        return None
    user.roles = frozenset(map(Role, user.roles_today))
    user.agency.own_words = {one["role"]: one["label"] for one in user.own_words}
    return user
