"""Concerns as a list for who handles them, as a sheet without what they say, and as counts for others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from agreements.sheets import Cell
from assurance.found import every_word
from assurance.models import Concern, ConcernAbout
from conflicts.counting import FEW, LEAST, guarded_table
from people.models import Agency, User
from people.permissions import may
from people.roles import Permission
from records.filters import DateFilter, Option, OptionFilter, choice_filter
from records.lists import Address, ListSpec, Sort

HEADINGS = (
    "Reference", "About", "Raised on", "Anonymous", "Agreement", "To be acknowledged by", "Acknowledged on",
    "Given to", "To be answered by", "Escalated on", "Outcome", "Closed on",
)  # fmt: skip
# Every word stands in the reference or in what was written.
named_by = every_word("text", codes=("reference",))


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the list, read for a user on a day."""
    late = Q(closed_on=None) & (Q(acknowledged_on=None, acknowledge_by__lt=on) | Q(answer_by__lt=on))
    looks = (
        Option("open", "Open", Q(closed_on=None)),
        Option("new", "Not acknowledged", Q(closed_on=None, acknowledged_on=None)),
        Option("late", "Late", late),
        Option("yours", "Open, mine or nobody’s", Q(closed_on=None) & (Q(owner=user.person_id) | Q(owner=None))),
        Option("mine", "Given to me", Q(owner=user.person_id)),
        Option("closed", "Answered", Q(closed_on__isnull=False)),
    )
    filters = (
        OptionFilter("look", "Needs a look", options=looks),
        choice_filter("about", "About", ConcernAbout.choices),
        DateFilter("from", "Raised from", lookup="raised_on__gte"),
        DateFilter("to", "Raised until", lookup="raised_on__lte"),
    )
    sorts = (Sort("raised", "Raised", ("raised_on",), filled=True), Sort("due", "To be answered by", ("answer_by",)))
    return Address(ListSpec(filters=filters, sorts=sorts, default="-raised"), data)


def sheet_rows(rows: "QuerySet[Concern]") -> Iterator[list[Cell]]:
    """One line a concern: neither what it says nor who raised it, since files travel further than the register."""
    for one in rows.select_related("agreement", "owner").iterator(chunk_size=250):
        yield [
            one.reference, one.get_about_display(), one.raised_on, "Yes" if one.anonymous else "No",
            one.agreement.reference if one.agreement else "", one.acknowledge_by, one.acknowledged_on,
            str(one.owner or ""), one.answer_by, one.escalated_on, one.get_outcome_display(), one.closed_on,
        ]  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """How many concerns of one kind there are, in words that tell nobody apart."""

    label: str
    raised: str
    open: str
    late: str


def counts(agency: Agency, on: date) -> list[Counted]:
    """By what they are about, and in all; one query."""
    late = Q(closed_on=None) & (Q(acknowledged_on=None, acknowledge_by__lt=on) | Q(answer_by__lt=on))
    rows = Concern.objects.filter(agency=agency).order_by().values_list("about")
    found = {
        about: numbers
        for about, *numbers in rows.annotate(
            raised=Count("pk"), open=Count("pk", filter=Q(closed_on=None)), late=Count("pk", filter=late)
        )
    }
    whole = [sum(numbers[place] for numbers in found.values()) for place in range(3)]
    some = [(label, found.get(value, [0, 0, 0])) for value, label in ConcernAbout.choices]
    shown = guarded([numbers for _, numbers in some])
    return [
        Counted("All concerns", *map(in_words, whole)),
        *(Counted(label, *said) for (label, _), said in zip(some, shown, strict=True)),
    ]


def guarded(rows: Sequence[Sequence[int]]) -> list[list[str]]:
    """The numbers of a table whose columns add up to what is shown above, in words: one hidden hides another."""
    return [
        [in_words(cell.number) if not cell.hidden else cell.says.capitalize() for cell in row]
        for row in guarded_table(rows)
    ]


def waiting_too_long(user: User, on: date) -> "QuerySet[Concern]":
    """What is escalated to the head of the agency, without what it says; to nobody else, since it tells how many."""
    rows = Concern.objects.filter(agency=user.agency).late(on).order_by("answer_by")
    return rows if may(user, Permission.SIGN_STATEMENTS) else rows.none()


def in_words(number: int) -> str:
    """`None`, `Fewer than 5`, or the number."""
    return "None" if not number else FEW.capitalize() if number < LEAST else f"{number:,}"
