"""What comes round: reviews of policies and of automated decisions, the self-assessment (settings.TICK_STEPS).

Yearly reports: aisa_due.py.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from agreements.due.agreement import Answering
from assurance.maturity.elements import elements
from assurance.models import AutomatedDecision, MaturityAnswer, Policy
from assurance.years import ends, financial_year
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, Person, User
from people.notices import Due, who_may
from people.permissions import may
from people.roles import Permission
from records.words import nz_date

SOON = 30  # days before a day at which it is told
K = NoticeKind


def policies_due(on: date) -> int:
    """Tell the owner of each policy whose review is due within 30 days or late; where they left, who keeps the list."""
    kinds = (K.POLICY_DUE, K.POLICY_LATE)
    return keep_notices(kinds=kinds, found=list(_policies(on)), on=on, by=system_user("tick"))


def automated_due(on: date) -> int:
    """Tell who answers for the agreement of each automated decision to be reviewed within 30 days, or late."""
    kinds = (K.AUTOMATED_DUE, K.AUTOMATED_LATE)
    return keep_notices(kinds=kinds, found=list(_automated(on)), on=on, by=system_user("tick"))


def maturity_due(on: date) -> int:
    """Tell who keeps the self-assessment that elements are not rated, from 30 days before 30 June.

    After it only agencies that rated anything in that year or the one before: others do it elsewhere.
    """
    kinds = (K.MATURITY_DUE, K.MATURITY_LATE)
    return keep_notices(kinds=kinds, found=list(_maturity(on)), on=on, by=system_user("tick"))


def _policies(on: date) -> Iterator[Due]:
    keepers, here = who_may(Permission.KEEP_POLICIES, on), None
    rows = Policy.objects.in_use().filter(next_review__lte=on + timedelta(days=SOON)).order_by("pk")
    for one in rows.iterator():
        here = here or set(Person.objects.here_on(on).filter(user__is_active=True).values_list("pk", flat=True))
        late, day = one.next_review < on, one.next_review
        text = f"The review of a policy that you own {'was' if late else 'is'} due on {nz_date(day)}"
        told = {one.owner_id} if one.owner_id in here else keepers.get(one.agency_id, set())
        for person in sorted(told):
            yield Due(person, K.POLICY_LATE if late else K.POLICY_DUE, str(one.pk), day, text, one.get_absolute_url())


def _automated(on: date) -> Iterator[Due]:
    answering = Answering(on)
    rows = AutomatedDecision.objects.in_use().filter(next_review__lte=on + timedelta(days=SOON))
    for one in rows.select_related("agreement").order_by("pk").iterator():
        late, day = one.next_review < on, one.next_review
        reference = one.agreement.reference
        text = f"An automated decision of {reference} {'was' if late else 'is'} to be reviewed by {nz_date(day)}"
        kind = K.AUTOMATED_LATE if late else K.AUTOMATED_DUE
        for person in answering.of(one.agreement):
            yield Due(person, kind, str(one.pk), day, text, one.get_absolute_url())


def _maturity(on: date) -> Iterator[Due]:
    year = financial_year(on)
    keepers = who_may(Permission.KEEP_POLICIES, on)
    rated = _rated(year)
    if ends(year) <= on + timedelta(days=SOON):
        yield from _left(keepers, rated, year, K.MATURITY_DUE)
    using = {agency for agency, one in rated if one in (year - 1, year - 2)}
    late = {agency: people for agency, people in keepers.items() if agency in using}
    yield from _left(late, rated, year - 1, K.MATURITY_LATE)


def _left(
    keepers: dict[int, set[int]], rated: dict[tuple[int, int], int], year: int, kind: NoticeKind
) -> Iterator[Due]:
    url, day = reverse("maturity_year", args=[year]), ends(year)
    for agency, people in sorted(keepers.items()):
        left = len(elements()) - rated.get((agency, year), 0)
        elements_left = "1 element is" if left == 1 else f"{left} elements are"
        text = f"Privacy maturity {year}, due on {nz_date(day)}: {elements_left} not rated"
        for person in sorted(people) if left > 0 else ():
            yield Due(person, kind, str(year), day, text, url)


def _rated(year: int) -> dict[tuple[int, int], int]:
    """How many elements are rated, by agency and year, of this year and the two before."""
    keys = [one.key for one in elements()]
    rows = MaturityAnswer.objects.filter(year__gte=year - 2, year__lte=year, element__in=keys).newest()
    found: dict[tuple[int, int], int] = {}
    for agency, one in rows.values_list("agency", "year"):
        found[agency, one] = found.get((agency, one), 0) + 1
    return found


def readable_policies(user: User, keys: list[str]) -> dict[str, str]:
    """The titles of those policies that the user may read (settings.NOTICE_READERS)."""
    return _titles(Policy.objects.visible_to(user), keys, "title")


def readable_automated(user: User, keys: list[str]) -> dict[str, str]:
    """What those automated decisions are, where the user may read them."""
    if not may(user, Permission.READ_AGREEMENTS):
        return {}
    return _titles(AutomatedDecision.objects.visible_to(user), keys, "what")


def readable_maturity(user: User, keys: list[str]) -> dict[str, str]:
    """Every year, to those who may rate."""
    return dict.fromkeys(keys, "Privacy maturity") if may(user, Permission.KEEP_POLICIES) else {}


def _titles(rows: "QuerySet[Policy] | QuerySet[AutomatedDecision]", keys: list[str], named: str) -> dict[str, str]:
    return {str(key): title for key, title in rows.filter(pk__in=keys).values_list("pk", named)}


def calendar_of(user: User) -> list[Day]:
    """The reviews of the policies that the user owns, of automated decisions they answer for, and 30 June."""
    mine = Policy.objects.visible_to(user).in_use().filter(owner=user.person_id).order_by("pk")
    found = [Day("Review of a policy", one.next_review, one.get_absolute_url()) for one in mine]
    if may(user, Permission.READ_AGREEMENTS):
        rows = AutomatedDecision.objects.visible_to(user).in_use().select_related("agreement").order_by("pk")
        owned = rows.filter(agreement__owner=user.person_id) | rows.filter(agreement__manager=user.person_id)
        found += [
            Day(
                f"Review of an automated decision of {one.agreement.reference}", one.next_review, one.get_absolute_url()
            )
            for one in owned
        ]
    if may(user, Permission.KEEP_POLICIES):
        year = financial_year(localdate())
        found.append(Day("Privacy maturity", ends(year), reverse("maturity_year", args=[year])))
    return found
