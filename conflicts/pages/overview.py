"""Conflicts of interest of the agency in figures; each opens its list for those who may see who it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count as Counted
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from conflicts.choices import InvitationState, MatchState, Outcome
from conflicts.counting import Count, exact, guarded, guarded_table
from conflicts.lists.declaration import LOOKS
from conflicts.models import Decision, Declaration, Invitation, ManagementPlan, Match, Round
from conflicts.models.round import DUE, OPEN_STATES
from people.models import User
from people.permissions import may
from people.roles import Permission

SHOWN = ("waiting", "unmanageable", "no_plan", "plan", "not_kept")
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Figure:
    """One number, and where it leads; nowhere for those who may only count."""

    label: str
    count: Count
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Coverage:
    """The newest round that was launched: answered, not answered, late."""

    round: Round
    figures: list[Figure]
    share: str


@dataclass(frozen=True)
class Overview:
    """The page."""

    coverage: Coverage | None
    figures: list[Figure]
    decisions: list[Figure]
    sees_names: bool


def overview(user: User, on: date) -> Overview:
    """Seven queries, however many declarations there are."""
    sees = may(user, Permission.SEE_DECLARATIONS)
    return Overview(_coverage(user, on), _figures(user, on, sees=sees), _decisions(user, on, sees=sees), sees)


def _coverage(user: User, on: date) -> Coverage | None:
    runs = may(user, Permission.RUN_ROUNDS)
    found = Round.objects.visible_to(user).filter(launched_at__isnull=False).order_by("-launched_at").first()
    if found is None:
        return None
    waiting = Q(state__in=OPEN_STATES)
    rows = Invitation.objects.filter(round=found).alias(due=DUE)
    said = rows.aggregate(
        answered=Counted("pk", filter=Q(state=InvitationState.RETURNED)),
        waiting=Counted("pk", filter=waiting),
        late=Counted("pk", filter=waiting & Q(due__lt=on)),
    )
    base = reverse("conflicts:round_people", args=[found.pk]) if runs else ""
    shown = _counts({name: said[name] for name in ("answered", "waiting")}, sees=runs)
    shown["late"] = exact(said["late"]) if runs else guarded(said["late"])
    figures = [
        Figure(label, shown[name], f"{base}?state={name}" if base else "")
        for name, label in (("answered", "Answered"), ("waiting", "Not answered"), ("late", "Late"))
    ]
    asked = said["answered"] + said["waiting"]
    hidden = shown["answered"].hidden or not asked
    return Coverage(found, figures, "" if hidden else f"{said['answered']:,} of {asked:,}")


def _figures(user: User, on: date, *, sees: bool) -> list[Figure]:
    rows = Declaration.objects.filter(agency=user.agency, submitted_at__isnull=False)
    counted = {name: Counted("pk", filter=LOOKS[name][1]) for name in SHOWN}
    said = rows.aggregate(**counted)
    # By plans, of which at most one is in force: there are few, and asking each declaration takes long.
    late = ManagementPlan.objects.in_force().filter(declaration__in=rows, review_on__lt=on).count()
    base = reverse("conflicts:declarations") if sees else ""
    count = exact if sees else guarded
    figures = [Figure(LOOKS[name][0], count(said[name]), f"{base}?look={name}" if base else "") for name in SHOWN]
    overdue = Figure("Plan’s review overdue", count(late), f"{base}?look=overdue" if base else "")
    open_ = Match.objects.filter(interest__agency=user.agency, state=MatchState.CANDIDATE).count()
    matches = Figure("Possible matches to look at", count(open_), _matches() if sees else "")
    return [*figures, overdue, matches]


def _matches() -> str:
    try:
        return reverse("conflicts:matches")
    except NoReverseMatch:  # matching has no page of its own yet
        return ""


def _decisions(user: User, on: date, *, sees: bool) -> list[Figure]:
    """Decisions of the last twelve months by outcome: they add up, so that one hidden number hides another."""
    rows = Decision.objects.filter(declaration__agency=user.agency, on__gt=on - YEAR)
    said = dict(rows.order_by().values_list("outcome").annotate(n=Counted("pk")))
    shown = _counts({outcome.value: said.get(outcome.value, 0) for outcome in Outcome}, sees=sees)
    return [Figure(str(outcome.label), shown[outcome.value]) for outcome in Outcome]


def _counts(numbers: Mapping[str, int], *, sees: bool) -> dict[str, Count]:
    if sees:
        return {name: exact(number) for name, number in numbers.items()}
    [row] = guarded_table([list(numbers.values())])
    return dict(zip(numbers, row, strict=True))
