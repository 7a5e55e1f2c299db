"""What an agency calls its roles."""

from people.models import Agency, RoleLabel
from people.roles import Role


def own_labels(agency: Agency) -> dict[str, str]:
    """The labels that the agency has set, by role."""
    return dict(RoleLabel.objects.filter(agency=agency).values_list("role", "label"))


def role_labels(agency: Agency) -> dict[Role, str]:
    """The agency's own word for each role; the chief executive goes by the title of the head. One query."""
    usual = {role: role.label for role in Role}
    usual[Role.CHIEF_EXECUTIVE] = agency.head_title[:1].upper() + agency.head_title[1:]
    return usual | {Role(role): label for role, label in own_labels(agency).items()}
