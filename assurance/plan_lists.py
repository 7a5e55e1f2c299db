"""The list of the plan: its filters and sorts, what an address finds, progress by tier, and the same as a sheet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.lookups import Contains
from django.http import QueryDict

from agreements.sheets import Cell
from assurance.models import PlanItem, PlanState, RiskTier
from people.models import Person, User
from records.facets import tally
from records.filters import Filter, Option, OptionFilter, PickFilter
from records.forms import plain
from records.lists import COUNTED_TO, Address, Counts, ListSpec, Plain, Sort
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


@dataclass
class Found:
    """What an address finds. ``counts`` holds, by filter and answer, how many it would find."""

    address: Address
    rows: "QuerySet[PlanItem]"
    count: int
    counts: Counts

    @property
    def more(self) -> bool:
        """Whether there are more than are counted."""
        return self.count > COUNTED_TO


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


def find(address: Address, visible: "QuerySet[PlanItem]") -> Found:
    """Look for what the address asks. Nothing is found where anything in it was refused."""
    if address.problems:
        return Found(address, visible.none(), 0, {})
    counted = [one for one in address.spec.filters if isinstance(one, OptionFilter) and one.facet]
    base = visible.filter(_words(address.q), address.condition(leaving_out=[one.name for one in counted]))
    figures = tally(base, counted, address.values)
    return Found(address, matching(address, visible), figures.count, figures.answers)


def matching(address: Address, visible: "QuerySet[PlanItem]") -> "QuerySet[PlanItem]":
    """The items that the address asks for, in its order."""
    rows = visible.filter(_words(address.q), address.condition()).select_related("agreement", "owner")
    return rows.order_by(*address.order())


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
        Option("nobody", "Nobody owns it", Q(owner=None) & ~Q(state=PlanState.DONE)),
        Option("no_target", "No quarter yet", Q(target=None) & ~Q(state=PlanState.DONE)),
    )
    filters: tuple[Filter, ...] = (
        _options("tier", "Risk tier", RiskTier.choices),
        _options("state", "State", PlanState.choices),
        OptionFilter("look", "Needs a look", options=looks),
        _options("cohort", "Signed", list(COHORTS)),
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


def _options(name: str, label: str, choices: list[tuple[str, str]]) -> OptionFilter:
    options = tuple(Option(value, words, Q(**{name: value})) for value, words in choices)
    return OptionFilter(name, label, options=options, facet=F(name))


def _words(text: str) -> Q:
    """Every word stands in the reference, the title or what has to be done."""
    found = Q()
    for word in plain(text).split():
        title = Q(Contains(Plain("agreement__title"), word))
        found &= title | Q(agreement__reference__icontains=word) | Q(Contains(Plain("action"), word))
    return found


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
