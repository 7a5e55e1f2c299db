"""The list of breaches: its filters and sorts, what an address finds, and the same as a sheet."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.timezone import localdate

from agreements.sheets import Cell
from assurance.breach_clock import GUIDANCE, clock_of
from assurance.found import every_word
from assurance.models import BreachKind, BreachSeverity, PrivacyBreach
from people.models import User
from records.filters import DateFilter, Filter, Option, OptionFilter, choice_filter
from records.lists import Address, ListSpec, Plain, Sort
from records.words import nz_datetime

HEADINGS = (
    "Reference", "In a few words", "Kind", "Severity", "Known since", "Provider knew", "Agency knew", "Notifiable",
    "Commissioner notified", "Reference of the notice", "People notified", "Told later or not", "People touched",
    "Contained", "Agreements", "Clock", "Closed", "Given to",
)  # fmt: skip
# Every word stands in the reference, the few words or what happened.
named_by = every_word("title", "what_happened", codes=("reference",))


def read(user: User, now: datetime, data: QueryDict) -> Address:
    """The address of the list, read for a user at a moment."""
    return Address(_spec(now), data)


def sheet_rows(rows: "QuerySet[PrivacyBreach]", now: datetime) -> Iterator[list[Cell]]:
    """One line a breach, in the order of HEADINGS."""
    for one in rows.select_related("owner").prefetch_related("agreement_links__agreement").iterator(chunk_size=250):
        yield [
            one.reference, one.title, one.get_kind_display(), one.get_severity_display(), nz_datetime(one.aware_at),
            nz_datetime(one.provider_aware_at), nz_datetime(one.agency_aware_at), _notifiable(one),
            nz_datetime(one.commissioner_at), one.commissioner_reference, nz_datetime(one.people_at),
            one.people_why_not, one.people_affected, one.get_contained_display(),
            ", ".join(link.agreement.reference for link in one.agreement_links.all() if not link.aside_at),
            clock_of(one, now).words,
            localdate(one.closed_at) if one.closed_at else None, str(one.owner or ""),
        ]  # fmt: skip


def _notifiable(one: PrivacyBreach) -> str:
    """Nobody is to be notified of a near miss: that it is not known would say too much."""
    return "Not asked of a near miss" if one.kind == BreachKind.NEAR_MISS else str(one.get_notifiable_display())


def _spec(now: datetime) -> ListSpec:
    running = Q(kind=BreachKind.BREACH, closed_at=None, commissioner_at=None) & ~Q(notifiable="no")
    amber = running & Q(aware_at__lte=now - GUIDANCE)
    filters: tuple[Filter, ...] = (
        OptionFilter(
            "look", "Needs a look",
            options=(
                Option("running", "The clock runs", running),
                Option("amber", "72 hours are over", amber),
                Option("open", "Not closed", Q(closed_at=None)),
                Option("people", "People not told yet", Q(notifiable="yes", people_at=None, closed_at=None)),
            ),
        ),
        choice_filter("kind", "Kind", BreachKind.choices),
        choice_filter("severity", "Severity", BreachSeverity.choices),
        choice_filter("notifiable", "Notifiable", [("yes", "Yes"), ("no", "No"), ("unknown", "Not decided")]),
        DateFilter("from", "Known from", lookup="aware_at__date__gte"),
        DateFilter("to", "Known until", lookup="aware_at__date__lte"),
    )  # fmt: skip
    return ListSpec(
        filters=filters,
        sorts=(
            Sort("aware", "Known since", ("aware_at",), filled=True),
            Sort("title", "Breach", (Plain("title"),), filled=True),
            Sort("severity", "Severity", ("severity",), filled=True),
        ),
        default="-aware",
    )
