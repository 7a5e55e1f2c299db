"""Who reads what is privileged, in the words of the agency."""

from people.labels import role_in_text
from people.models import Agency
from people.roles import Role


def privileged_readers(agency: Agency, owner: str = "the owner") -> str:
    """Those who may, besides whoever added it, for the middle of a sentence."""
    officer, head, auditor = (
        role_in_text(agency, role) for role in (Role.PRIVACY_OFFICER, Role.CHIEF_EXECUTIVE, Role.AUDITOR)
    )
    return f"the {officer}, the {head}, {owner}, the {auditor}"
