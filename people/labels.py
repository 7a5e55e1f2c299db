"""What an agency calls its roles and its head: the one place that turns a role into words for a person to read."""

from people.models import Agency
from people.roles import Role

# Before these letters English says "an".
VOWELS = tuple("aeiouāēīōūAEIOUĀĒĪŌŪ")


def role_labels(agency: Agency) -> dict[Role, str]:
    """The agency's own word for each role; the chief executive goes by the title of the head.

    No query for the agency of somebody who is signed in (see Agency.own_words), else one.
    """
    usual = {role: role.label for role in Role}
    usual[Role.CHIEF_EXECUTIVE] = head_title(agency)
    return usual | {Role(role): label for role, label in agency.own_words.items()}


def role_label(agency: Agency, role: Role, usual: str = "") -> str:
    """The word as a heading. ``usual`` stands where the agency has no word of its own: a column's shorter "Owner"."""
    return agency.own_words.get(role) or usual or role_labels(agency)[role]


def role_in_text(agency: Agency, role: Role) -> str:
    """The word in the middle of a sentence: "contract manager". Names and abbreviations keep their capitals."""
    label = role_label(agency, role)
    return label[:1].lower() + label[1:] if label[1:] == label[1:].lower() else label


def a_role(agency: Agency, role: Role) -> str:
    """The word in a sentence about anyone who holds the role: "an approver"."""
    word = role_in_text(agency, role)
    return f"{'an' if word.startswith(VOWELS) else 'a'} {word}"


def head_title(agency: Agency) -> str:
    """The title of the head as a heading: "Chief executive", "Commissioner"."""
    return agency.head_title[:1].upper() + agency.head_title[1:]
