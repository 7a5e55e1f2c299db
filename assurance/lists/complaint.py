"""Complaints as a list, as a sheet, and added up by theme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from agreements.sheets import Cell
from assurance.found import every_word
from assurance.lists.concern import guarded, in_words
from assurance.models import Complaint, ComplaintSource, ComplaintTheme
from people.models import Agency, User
from records.filters import DateFilter, Option, OptionFilter, choice_filter
from records.lists import Address, ListSpec, Sort

HEADINGS = (
    "Reference", "Received on", "From", "Their reference", "About", "Agreements", "Who answers", "To be answered by",
    "Outcome", "Closed on",
)  # fmt: skip


# Every word stands in a reference or in what was complained about.
named_by = every_word("text", codes=("reference", "their_reference"))


@dataclass(frozen=True)
class Theme:
    """One theme: its numbers, each with the query of the list behind it, and in words that tell nobody apart."""

    label: str
    numbers: tuple[tuple[str, int, str], ...]


def in_words_only(themes: Sequence[Theme]) -> list[tuple[str, list[str]]]:
    """The themes for somebody who may only count: the numbers in words that tell nobody apart."""
    whole, *some = [[number for _, number, _ in theme.numbers] for theme in themes]
    said = [[in_words(number) for number in whole], *guarded(some)]
    return [(theme.label, row) for theme, row in zip(themes, said, strict=True)]


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the list, read for a user on a day."""
    looks = (
        Option("open", "Open", Q(closed_on=None)),
        Option("late", "Late", Q(closed_on=None, answer_by__lt=on)),
        Option("mine", "Mine to answer", Q(closed_on=None, owner=user.person_id)),
        Option("nobody", "Nobody’s yet", Q(closed_on=None, owner=None)),
        Option("closed", "Answered", Q(closed_on__isnull=False)),
    )
    filters = (
        OptionFilter("look", "Needs a look", options=looks),
        choice_filter("theme", "About", ComplaintTheme.choices),
        choice_filter("source", "From", ComplaintSource.choices),
        DateFilter("from", "Received from", lookup="received_on__gte"),
        DateFilter("to", "Received until", lookup="received_on__lte"),
    )
    sorts = (
        Sort("received", "Received", ("received_on",), filled=True),
        Sort("due", "To be answered by", ("answer_by",)),
    )
    return Address(ListSpec(filters=filters, sorts=sorts, default="-received"), data)


def by_theme(agency: Agency, on: date) -> list[Theme]:
    """Every theme that anybody complained about, the most frequent first, after all together; one query."""
    rows = Complaint.objects.filter(agency=agency).order_by().values_list("theme")
    found = rows.annotate(
        many=Count("pk"),
        open=Count("pk", filter=Q(closed_on=None)),
        late=Count("pk", filter=Q(closed_on=None, answer_by__lt=on)),
    )
    some = sorted(found, key=lambda row: -row[1])
    whole = Theme("All complaints", _numbers("", *(sum(row[place] for row in some) for place in (1, 2, 3))))
    labels = dict(ComplaintTheme.choices)
    return [whole, *(Theme(labels[theme], _numbers(f"theme={theme}&", *numbers)) for theme, *numbers in some)]


def _numbers(query: str, many: int, still: int, late: int) -> tuple[tuple[str, int, str], ...]:
    return (("All", many, query), ("Open", still, f"{query}look=open"), ("Late", late, f"{query}look=late"))


def sheet_rows(rows: "QuerySet[Complaint]") -> Iterator[list[Cell]]:
    """One line a complaint, without what it says."""
    for one in rows.select_related("owner").prefetch_related("agreement_links__agreement").iterator(chunk_size=250):
        yield [
            one.reference, one.received_on, one.get_source_display(), one.their_reference, one.get_theme_display(),
            ", ".join(link.agreement.reference for link in one.agreement_links.all() if not link.aside_at),
            str(one.owner or ""),
            one.answer_by, one.get_outcome_display(), one.closed_on,
        ]  # fmt: skip
