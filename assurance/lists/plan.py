"""The list of the plan: its filters and sorts, what an address finds, progress by tier, and the same as a sheet."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from agreements.sheets import Cell
from assurance.actions.plan_item import mandatory_of
from assurance.extensions.in_lists import entry_of
from assurance.found import every_word
from assurance.models import PlanItem, PlanState, RiskTier
from people.models import Person, User
from records.filters import Filter, Option, OptionFilter, PickFilter, choice_filter
from records.lists import Address, ListSpec, Plain, Sort
from records.words import nz_date

COHORTS = (
    ("existing", "Signed before 18 February 2025"),
    ("interim", "Signed from 18 February to 30 June 2025"),
    ("unknown", "Day of signing not recorded"),
)
HEADINGS = (
    "Reference", "Title", "Tier", "Points", "Why it stands there", "Cohort", "State", "What has to be done", "Owner",
    "To be done by", "Overdue", "Done on", "In the plan since",
)  # fmt: skip


SOON = timedelta(days=30)
WORDS = every_word("agreement__title", "action", codes=("agreement__reference",))


@dataclass(frozen=True)
class Tier:
    """How far the items of one tier have come; ``query`` is the list behind each number."""

    name: str
    label: str
    numbers: tuple[tuple[str, int, str], ...]


def in_plan(user: User) -> "QuerySet[PlanItem]":
    """What the plan of the user's agency holds: what is asked, and what was done before it left."""
    return PlanItem.objects.visible_to(user).filter(Q(left_on=None) | Q(state=PlanState.DONE))


def overdue(on: date) -> Q:
    """Its quarter has passed and it is not done."""
    return Q(target__lt=on) & ~Q(state=PlanState.DONE)


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the plan, read for a user on a day."""
    return Address(_spec(user, on), data)


def listed(user: User) -> "QuerySet[PlanItem]":
    """The same with what the list shows of each."""
    return in_plan(user).select_related("agreement__conformance", "owner")


def done_with_open(rows: Iterable[PlanItem], on: date) -> dict[int, int]:
    """Of what somebody called done, how many mandatory requirements are open all the same, by item. No query."""
    found = {one.pk: len(mandatory_of(entry_of(one.agreement), on)) for one in rows if one.state == PlanState.DONE}
    return {key: many for key, many in found.items() if many}


def progress(visible: "QuerySet[PlanItem]", on: date) -> list[Tier]:
    """Done, in progress, not started and overdue by tier. One query."""
    late = Count("pk", filter=overdue(on))
    rows = visible.order_by().values_list("tier", "state").annotate(n=Count("pk"), late=late)
    found = {(tier, state): (n, late) for tier, state, n, late in rows}
    return [_tier(tier, found) for tier in RiskTier]


def _tier(tier: RiskTier, found: dict[tuple[str, str], tuple[int, int]]) -> Tier:
    states = [(label, found.get((tier, state), (0, 0))[0], f"tier={tier}&state={state}") for state, label in _STATES]
    late = sum(found.get((tier, state), (0, 0))[1] for state, _ in _STATES)
    whole = sum(number for _, number, _ in states)
    numbers = (("All", whole, f"tier={tier}"), *states, ("Overdue", late, f"tier={tier}&look=overdue"))
    return Tier(tier.value, str(tier.label), numbers)


_STATES = [(PlanState.DONE, "Done"), (PlanState.IN_PROGRESS, "In progress"), (PlanState.NOT_STARTED, "Not started")]


def sheet_rows(rows: "QuerySet[PlanItem]", on: date) -> Iterator[list[Cell]]:
    """One line an item, in the order of HEADINGS."""
    cohorts = dict(COHORTS)
    for one in rows.iterator(chunk_size=250):
        yield [
            one.agreement.reference, one.agreement.title, one.get_tier_display(), one.score,
            "; ".join(f"{says} ({points})" for points, says in one.reasons), cohorts[one.cohort],
            one.get_state_display(), one.action, str(one.owner or ""), one.target, "Yes" if one.is_overdue(on) else "",
            one.done_on, one.made_on,
        ]  # fmt: skip


def _spec(user: User, on: date) -> ListSpec:
    looks = (
        Option("overdue", "Overdue", overdue(on)),
        Option("soon", "Overdue, or due within 30 days", Q(target__lte=on + SOON) & ~Q(state=PlanState.DONE)),
        Option("nobody", "Nobody owns it", Q(owner=None) & ~Q(state=PlanState.DONE)),
        Option("no_target", "No quarter yet", Q(target=None) & ~Q(state=PlanState.DONE)),
    )
    filters: tuple[Filter, ...] = (
        choice_filter("tier", "Risk tier", RiskTier.choices),
        choice_filter("state", "State", PlanState.choices),
        OptionFilter("look", "Needs a look", options=looks),
        choice_filter("cohort", "Signed", list(COHORTS)),
        PickFilter("quarter", "To be done by", _quarters(user), lambda value: Q(target=value), "Any quarter"),
        PickFilter("owner", "Owner", _owners(user), _owned_by(user)),
    )
    return ListSpec(
        filters=filters,
        sorts=(
            Sort("score", "Points", ("score",), filled=True),
            Sort("title", "Agreement", (Plain("agreement__title"),), filled=True),
            Sort("state", "State", ("state",), filled=True),
            Sort("target", "To be done by", ("target",)),
            Sort("owner", "Owner", (Plain("owner__name"),)),
        ),
        default="-score",
    )


def _quarters(user: User) -> Callable[[], list[tuple[str, str]]]:
    @cache
    def rows() -> list[tuple[str, str]]:
        days = in_plan(user).exclude(target=None).order_by("target").values_list("target", flat=True).distinct()
        return [(day.isoformat(), nz_date(day)) for day in days if day]

    return rows


def _owners(user: User) -> Callable[[], list[tuple[str, str]]]:
    @cache
    def rows() -> list[tuple[str, str]]:
        owning = in_plan(user).exclude(owner=None).values("owner")
        people = Person.objects.visible_to(user).filter(pk__in=owning).order_by(Plain("name"))
        named: list[tuple[str, str]] = [(str(key), name) for key, name in people.values_list("pk", "name")]
        return [("me", "Me"), ("nobody", "Nobody"), *named]

    return rows


def _owned_by(user: User) -> Callable[[str], Q]:
    def narrow(value: str) -> Q:
        if value == "nobody":
            return Q(owner=None)
        key: Any = user.person_id if value == "me" else int(value)
        return Q(owner_id=key)

    return narrow
