"""The senior leaders' register: that each of them declared, when, and how it stands.

What they declared stands on the declaration's own page, where each opening is noted. An agency that publishes its
register would read these rows and no others; there is no page for the public.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agreements.sheets import Cell
from conflicts.choices import Standing
from conflicts.models import Declaration
from people.models import Person, Placement, User
from people.permissions import may
from people.roles import Permission

HEADINGS = ("Name", "Position", "Declared on", "Said", "Interests", "State", "Plan to be reviewed on")


@dataclass(frozen=True)
class Leader:
    """One senior leader. ``declaration`` is the newest that was submitted and that the reader may read."""

    person: Person
    position: str
    declaration: Declaration | None
    interests: int
    review_on: date | None


def leaders(user: User, on: date) -> list[Leader]:
    """All of the agency for the integrity team; for others those on whom they decide. Four queries."""
    visible = Declaration.objects.visible_to(user).filter(submitted_at__isnull=False, person__senior=True)
    people = Person.objects.visible_to(user).here_on(on).filter(senior=True).order_by("name", "pk")
    if not may(user, Permission.SEE_DECLARATIONS):
        visible = visible.filter(decider=user.person_id)
        people = people.filter(pk__in=visible.values("person"))
    newest: dict[int | None, Declaration] = {}
    for one in visible.prefetch_related("declared", "plans").order_by("submitted_at", "pk"):
        newest[one.person_id] = one
    places = Placement.objects.on(on).filter(person__in=people).values_list("person", "position")
    positions: dict[int, str] = dict(places)
    return [_leader(person, positions.get(person.pk, ""), newest.get(person.pk)) for person in people]


def sheet_rows(rows: list[Leader]) -> Iterator[list[Cell]]:
    """The rows under HEADINGS."""
    for row in rows:
        one = row.declaration
        said = [one.submitted_on, one.get_said_display(), row.interests, one.get_status_display()] if one else []
        yield [row.person.name, row.position, *(said or [None, "Not declared yet", None, ""]), row.review_on]


def _leader(person: Person, position: str, declaration: Declaration | None) -> Leader:
    if declaration is None:
        return Leader(person, position, None, 0, None)
    interests = sum(one.standing != Standing.ENDED for one in declaration.declared.all())
    reviews = [plan.review_on for plan in declaration.plans.all() if plan.ended_on is None and plan.approved_on]
    return Leader(person, position, declaration, interests, reviews[0] if reviews else None)
