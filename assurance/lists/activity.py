"""The list of assurance activities: what is to be done unless the address asks for what was; filters and sorts."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from assurance.found import every_word
from assurance.models import Activity, ActivityKind, ActivityOutcome
from people.models import User
from records.filters import DateFilter, Filter, Option, OptionFilter, choice_filter
from records.lists import Address, ListSpec, Plain, Sort

WORDS = every_word("agreement__title", "asked", codes=("agreement__reference",))
DONE = ~Q(done_on=None)
OPEN = Q(done_on=None, cancelled_on=None)
OVER = ~Q(cancelled_on=None)
NOBODY = OPEN & Q(responsible=None, agreement__manager=None, agreement__owner=None)


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the list, read for a user on a day."""
    return Address(_spec(user, on), data)


def listed(user: User, address: Address) -> "QuerySet[Activity]":
    """What the list holds: without a state in the address, what is still to be done."""
    rows = Activity.objects.visible_to(user)
    rows = rows if "state" in address.values else rows.filter(OPEN)
    people = ("responsible", "agreement__manager", "agreement__owner", "done_by__person")
    return rows.select_related("agreement", *people)


STATES = (Option("open", "To be done", OPEN), Option("done", "Done", DONE), Option("over", "Called off", OVER))


def _spec(user: User, on: date) -> ListSpec:
    filters: tuple[Filter, ...] = (
        OptionFilter("due", "Due", options=_due(on)),
        OptionFilter("look", "Whose, and what needs a look", options=_looks(user)),
        choice_filter("kind", "Kind", ActivityKind.choices),
        OptionFilter("state", "State", options=STATES),
        choice_filter("outcome", "Outcome", ActivityOutcome.choices),
        DateFilter("due_from", "Due from", lookup="due_on__gte"),
        DateFilter("due_to", "Due until", lookup="due_on__lte"),
        DateFilter("done_from", "Done from", lookup="done_on__gte"),
        DateFilter("done_to", "Done until", lookup="done_on__lte"),
    )
    return ListSpec(
        filters=filters,
        sorts=(
            Sort("due", "Due", ("due_on",), filled=True),
            Sort("title", "Agreement", (Plain("agreement__title"),), filled=True),
            Sort("kind", "What is done", ("kind",), filled=True),
            Sort("done", "Done", ("done_on",)),
        ),
        default="due",
    )


def _due(on: date) -> tuple[Option, ...]:
    late = Option("late", "Late", OPEN & Q(due_on__lt=on))
    within = [(days, on + timedelta(days)) for days in (30, 60, 90)]
    soon = (
        Option(str(days), f"Due within {days} days", OPEN & Q(due_on__gte=on, due_on__lte=to)) for days, to in within
    )
    return (late, *soon, Option("time", "Not late", OPEN & Q(due_on__gte=on)))


def _looks(user: User) -> tuple[Option, ...]:
    mine = Activity.objects.answered_by(user.person_id).order_by().values("pk")
    done = Activity.objects.filter(agreement=OuterRef("agreement"), done_on__isnull=False)
    return (
        Option("me", "Mine to do", Q(pk__in=mine)),
        Option("nobody", "Nobody is named to do it", NOBODY),
        Option("never", "Never assured: nothing was ever done", ~Q(Exists(done))),
        Option("person", "Planned by a person", Q(scheduled=False)),
    )
