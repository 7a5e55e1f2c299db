"""What merging two organisations would move, and what stands in the way."""

from dataclasses import dataclass

from django.db.models import Q

from agreements.models import Agreement, Organisation, OrganisationLink, Pause
from agreements.policies.organisation import why_not_merge
from people.models import User

MOST_LISTED = 20


@dataclass(frozen=True)
class MergePlan:
    """For the page that asks whether to merge."""

    merged: Organisation
    into: Organisation
    reasons: list[str]
    agreements: list[Agreement]
    more: int
    of_others: int
    names: list[str]
    links: int
    takes_number: bool
    pauses: int
    folded: bool


def merge_plan(merged: Organisation, into: Organisation, user: User) -> MergePlan:
    """Gather it: the agreements of one's own agency by name, those of others by number."""
    touched = Agreement.objects.filter(terms__parties__organisation=merged).distinct()
    ours = list(touched.filter(agency=user.agency).order_by("reference"))
    paused = Pause.objects.open().filter(organisation=into).values("agency")
    moving = Pause.objects.open().filter(organisation=merged)
    return MergePlan(
        merged=merged,
        into=into,
        reasons=why_not_merge(merged, into, user),
        agreements=ours[:MOST_LISTED],
        more=len(ours[MOST_LISTED:]),
        of_others=touched.exclude(agency=user.agency).count(),
        names=[merged.name, *merged.names.order_by("name").values_list("name", flat=True)],
        links=OrganisationLink.objects.filter(Q(owner=merged) | Q(owned=merged)).count(),
        takes_number=bool(merged.nzbn and not into.nzbn),
        pauses=moving.count(),
        folded=moving.filter(agency__in=paused).exists(),
    )
