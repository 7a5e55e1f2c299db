"""The sign-ins of the demonstration that the terminal shows: one person for each role, of one invented agency."""

from typing import NamedTuple

from django.utils import timezone

from people.labels import role_label
from people.models import RoleGrant
from people.roles import Role

DEMO_PASSWORD = "kowhai-and-pounamu"  # noqa: S105 - printed for everyone; the demonstration stays on one machine


class SignIn(NamedTuple):
    """A role and who plays it."""

    role: str
    email: str


def demo_sign_ins() -> list[SignIn]:
    """The first active sign-in of each role in a demo agency, in the order of the roles; empty without demo data."""
    granted = RoleGrant.objects.on(timezone.localdate()).filter(person__agency__demo=True, person__user__is_active=True)
    first: dict[str, str] = {}
    labels: dict[str, str] = {}
    for grant in granted.order_by("person__agency", "person").select_related("person__agency", "person__user"):
        first.setdefault(grant.role, grant.person.user.email)
        labels.setdefault(grant.role, role_label(grant.person.agency, Role(grant.role)))
    return [SignIn(labels[role], first[role]) for role in Role if role in first]
