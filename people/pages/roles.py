"""The table of roles: what each allows, as people.roles has it, in the agency's own words."""

from dataclasses import dataclass

from people.labels import role_labels
from people.models import Agency
from people.roles import ROLE_PERMISSIONS, Permission


@dataclass(frozen=True)
class Line:
    """One thing that may be done, and for each role whether it allows it."""

    what: str
    allowed: list[bool]


@dataclass(frozen=True)
class RolesPage:
    """Roles across, permissions down."""

    roles: list[str]
    lines: list[Line]


def roles_page(agency: Agency) -> RolesPage:
    """The table."""
    labels = role_labels(agency)
    lines = [
        Line(permission.value, [permission in ROLE_PERMISSIONS[role] for role in labels]) for permission in Permission
    ]
    return RolesPage(list(labels.values()), lines)
