"""The list of findings: open ones unless the address asks for others; filters and sorts."""

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import QueryDict

from assurance.found import every_word
from assurance.models import Action, ActionState, Finding, Origin, RiskAcceptance, Severity
from people.models import User
from records.filters import DateFilter, Filter, Option, OptionFilter, choice_filter
from records.lists import Address, ListSpec, Plain, Sort

WORDS = every_word("title", "agreement__title", codes=("agreement__reference", "requirement"))
WORST = Case(*(When(severity=one, then=Value(at)) for at, one in enumerate(Severity.values)))


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the list, read for a user on a day."""
    return Address(_spec(user, on), data)


def listed(user: User, address: Address, on: date) -> "QuerySet[Finding]":
    """What the list holds: without a state in the address, what is open. Each row says whether its risk is accepted."""
    rows = Finding.objects.visible_to(user)
    rows = rows if "state" in address.values else rows.open()
    return rows.select_related("agreement", "organisation").annotate(
        accepted=Exists(RiskAcceptance.objects.on(on).filter(finding=OuterRef("pk"))),
        unfinished=Exists(Action.objects.unfinished().filter(finding=OuterRef("pk"))),
    )


def _spec(user: User, on: date) -> ListSpec:
    actions = Action.objects.filter(finding=OuterRef("pk"))
    accepted = RiskAcceptance.objects.on(on).filter(finding=OuterRef("pk"))
    looks = (
        Option("late", "An action is late", Q(Exists(actions.late(on)))),
        Option("verify", "An action is to be verified", Q(Exists(actions.filter(state=ActionState.DONE)))),
        Option("nothing", "Nothing is being done", Q(closed_on=None) & ~Q(Exists(actions))),
        Option("accepted", "Its risk is accepted", Q(Exists(accepted))),
        Option("mine", "I have an action", Q(Exists(actions.unfinished().filter(owner=user.person_id)))),
    )
    filters: tuple[Filter, ...] = (
        choice_filter("severity", "Severity", Severity.choices),
        OptionFilter("look", "Needs a look", options=looks),
        OptionFilter(
            "state", "State",
            options=(Option("open", "Open", Q(closed_on=None)), Option("closed", "Closed", ~Q(closed_on=None))),
        ),
        choice_filter("origin", "How it came to light", Origin.choices),
        DateFilter("from", "Found from", lookup="opened_on__gte"),
        DateFilter("to", "Found until", lookup="opened_on__lte"),
    )  # fmt: skip
    return ListSpec(
        filters=filters,
        sorts=(
            Sort("severity", "Severity", (WORST, "opened_on"), filled=True),
            Sort("title", "Finding", (Plain("title"),), filled=True),
            Sort("opened", "Found", ("opened_on",), filled=True),
        ),
        default="severity",
    )
