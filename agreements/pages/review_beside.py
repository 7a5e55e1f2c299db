"""What stands below the reviews by month: assessments to be done again, and contracts that end."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from agreements.due.agreement import AHEAD
from agreements.due.assessment import standing
from agreements.models import Assessment, Contract
from people.models import User

SHOWN = 25  # of each; a line says that there are more


@dataclass(frozen=True)
class Beside:
    """By their day, what is late first; ``more_...`` says that not all are shown."""

    assessments: list[Assessment]
    more_assessments: bool
    contracts: list[Contract]
    more_contracts: bool
    contracts_query: str


def beside(user: User, on: date, *, only_mine: bool) -> Beside:
    """Everything that is late or comes within 90 days, of the agency or of what the user looks after. Two queries."""
    last, me = on + timedelta(days=AHEAD), user.person_id
    assessments = standing().filter(agreement__agency=user.agency, again_on__lte=last)
    contracts = Contract.objects.visible_to(user).running().filter(ends_on__lte=last)
    if only_mine:
        assessments = assessments.filter(Q(agreement__owner=me) | Q(agreement__manager=me))
        contracts = contracts.filter(manager=me)
    again = list(assessments.select_related("agreement__owner").order_by("again_on", "pk")[: SHOWN + 1])
    ending = list(contracts.select_related("manager").order_by("ends_on", "pk")[: SHOWN + 1])
    whose = "&whose=me" if only_mine else ""
    query = f"ends_before={last + timedelta(days=1)}{whose}&sort=ends"
    return Beside(again[:SHOWN], len(again) > SHOWN, ending[:SHOWN], len(ending) > SHOWN, query)
