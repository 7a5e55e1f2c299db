"""The list of actions about findings: unfinished ones unless the address asks for others; filters and sorts."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import QueryDict

from assurance.found import every_word
from assurance.models import Action, ActionState
from people.models import User
from records.filters import Filter, Option, OptionFilter, choice_filter
from records.lists import Address, ListSpec, Plain, Sort

WORDS = every_word("what", "finding__title", "owner__name", codes=("finding__agreement__reference",))


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the list, read for a user on a day."""
    return Address(_spec(user, on), data)


def listed(user: User, address: Address) -> "QuerySet[Action]":
    """What the list holds: without a state in the address, what is to be done or to be verified."""
    rows = Action.objects.visible_to(user)
    rows = rows if "state" in address.values else rows.unfinished()
    return rows.select_related("finding__agreement", "owner", "done_by__person")


def _spec(user: User, on: date) -> ListSpec:
    still = Q(state=ActionState.OPEN)
    whose = (
        Option("me", "Mine to do", still & Q(owner=user.person_id or 0)),
        Option("verify", "Done by others, to verify", Q(state=ActionState.DONE) & ~Q(done_by=user)),
    )
    filters: tuple[Filter, ...] = (
        OptionFilter("whose", "Whose", options=whose),
        OptionFilter(
            "due", "Due",
            options=(
                Option("late", "Late", still & Q(due_on__lt=on)),
                Option("30", "Due within 30 days", still & Q(due_on__gte=on, due_on__lte=on + timedelta(30))),
            ),
        ),
        choice_filter("state", "State", ActionState.choices),
    )  # fmt: skip
    return ListSpec(
        filters=filters,
        sorts=(
            Sort("due", "Due", ("due_on",), filled=True),
            Sort("what", "What has to be done", (Plain("what"),), filled=True),
            Sort("owner", "Who does it", (Plain("owner__name"),), filled=True),
        ),
        default="due",
    )
