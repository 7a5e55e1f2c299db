"""The history of an organisation, which every agency may read without learning who deals with it."""

from dataclasses import replace

from agreements.models import Organisation, OrganisationLink, OrganisationName
from people.models import User
from records.family import Branch
from records.timeline import Change, Timeline, changes

ORGANISATION = Branch(
    Organisation, branches=(Branch(OrganisationName, "organisation"), Branch(OrganisationLink, "owned"))
)
SOMEBODY = "Somebody at another agency"


def organisation_changes(organisation: Organisation, user: User, page: int) -> Timeline:
    """One page of its changes. Who did it, for whom and why is said to their own agency only."""
    timeline = changes(ORGANISATION, organisation.pk, page=page)
    return replace(timeline, changes=tuple(_for(change, user.agency.code) for change in timeline.changes))


def _for(change: Change, agency: str) -> Change:
    if change.agency in ("", agency):
        return change
    return replace(change, who=SOMEBODY, agency="their agency", why="", entered_why="")
