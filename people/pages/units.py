"""Units of an agency as a tree, with how many people work in each."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from people.models import Unit, User


@dataclass(frozen=True)
class Branch:
    """A unit and those under it."""

    unit: Unit
    people: int
    is_over: bool
    below: "list[Branch]" = field(default_factory=list)


def unit_tree(user: User, on: date) -> list[Branch]:
    """The units at the top, each with what stands under it. One query."""
    here = Q(placements__starts_on__lte=on) & (Q(placements__ends_on=None) | Q(placements__ends_on__gte=on))
    units = Unit.objects.visible_to(user).annotate(people=Count("placements", filter=here)).order_by("name", "pk")
    branches = {
        unit.pk: Branch(unit, unit.people, bool(unit.ends_on and unit.ends_on < on)) for unit in units
    }  # fmt: skip
    for branch in branches.values():
        if branch.unit.parent_id in branches:
            branches[branch.unit.parent_id].below.append(branch)
    return [branch for branch in branches.values() if branch.unit.parent_id not in branches]
