"""Conformance in lists of agreements: filters by requirement and outcome, and cells that say what is left.

Approved information sharing agreements and whatever else is out of the Standard's scope never count for or against the
Standard (domain.md 8.5 rule 7), not even where it only asks whether it applies.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from agreements.columns import Column
from agreements.models import Agreement
from agreements.models.agreement import IN_USE
from assurance.editions import Standard, asked_of, current
from assurance.models import AcceptedException, ConformanceEntry
from assurance.outcome import Outcome
from people.models import User
from records.filters import Filter, LinkFilter, Option, OptionFilter, PickFilter

COUNTED = ("yes", "unknown")  # in the Standard's scope, or nobody knows
OF_IN_USE = urlencode([("status", one.value) for one in IN_USE])  # as an address asks for it
COHORTS = (
    ("new", "New: signed since the Standard, or not signed"),
    ("interim", "Interim: between the letter and the Standard"),
    ("existing", "Existing: before the letter"),
    ("unknown", "Day of signing not known"),
)
STANDS = (
    ("not_met", "Something is not met"),
    ("unknown", "Something is unknown, nothing not met"),
    ("met", "All met"),
)
SCOPE = (("yes", "In scope"), ("unknown", "Not known yet"), ("no", "Out of scope"))
COLUMNS = (
    Column("not_met", "Requirements not met", "How many requirements of all standards are not met.", imported=False),
    Column("not_known", "Requirements unknown", "For how many nobody knows: never counted as met.", imported=False),
    Column("critical", "Critical", "Yes where a requirement is not met that admits no delay.", imported=False),
)


def counts_only_scope(standard: Standard) -> bool:
    """Whether this is the Standard, which counts nothing that is out of its scope."""
    return any(asked.applies == "standard" for asked in standard.requirements)


@lru_cache(maxsize=64)
def scoped(on: date) -> frozenset[str]:
    """The requirements of the Standard."""
    return frozenset(asked.id for one in current(on) if counts_only_scope(one) for asked in one.requirements)


def has(requirement: str, outcome: Outcome, on: date) -> Q:
    """Agreements whose newest assessment has this outcome for a requirement."""
    found = Q(**{f"conformance__{outcome}__contains": [requirement]})
    return found & Q(conformance__in_scope__in=COUNTED) if requirement in scoped(on) else found


def standing_of(lists: Mapping[str, Iterable[str]], on: date) -> Outcome:
    """The worst that an assessment says of the Standard, from its requirements by outcome; met where none is open."""
    worst = (one for one in (Outcome.NOT_MET, Outcome.UNKNOWN) if not scoped(on).isdisjoint(lists[one]))
    return next(worst, Outcome.MET)


def stands(outcome: str) -> Q:
    """Agreements in the Standard's scope by the worst that their newest assessment says of it: unknown is never met."""
    return Q(conformance__in_scope__in=COUNTED, conformance__standing=outcome)


def filters(user: User, on: date) -> list[Filter]:
    """What the list of agreements can be narrowed by; none asks the database before it is used."""
    held = AcceptedException.objects.on(on).filter(agreement=OuterRef("pk"))
    return [
        PickFilter("lacks", "Does not meet", _rows(on), _narrow(Outcome.NOT_MET, on), nothing="Any requirement"),
        LinkFilter("not_known", "Not known whether it meets", _rows(on), _narrow(Outcome.UNKNOWN, on)),
        LinkFilter("meets", "Meets", _rows(on), _narrow(Outcome.MET, on)),
        LinkFilter(
            "accepted", "Exception accepted for", _rows(on), lambda one: Q(Exists(held.filter(requirement=one)))
        ),
        _options(
            "critical", "Critical", (("yes", "Something critical is not met"),), lambda _: Q(conformance__critical=True)
        ),
        _options("exception", "Exception", (("yes", "One is accepted now"),), lambda _: Q(Exists(held))),
        _options("standard_is", "Against the Standard", STANDS, stands),
        _options("cohort", "Cohort", COHORTS, lambda value: Q(conformance__cohort=value)),
        _options("in_scope", "The Standard’s scope", SCOPE, lambda value: Q(conformance__in_scope=value)),
    ]


def _options(name: str, label: str, choices: Iterable[tuple[str, str]], condition: Callable[[str], Q]) -> OptionFilter:
    options = tuple(Option(value, words, condition(value)) for value, words in choices)
    return OptionFilter(name, label, options=options, folded=True)


def _rows(on: date) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(asked.id, str(asked)) for asked in asked_of("agreement", on)]


def _narrow(outcome: Outcome, on: date) -> Callable[[str], Q]:
    return lambda requirement: has(requirement, outcome, on)


ALONG = tuple(f"conformance__{one}" for one in ("met", "not_met", "unknown", "critical", "cohort", "in_scope"))


def entry_of(agreement: Agreement) -> ConformanceEntry | None:
    """Its entry; None where it was never assessed."""
    return getattr(agreement, "conformance", None)


def summary(agreements: Sequence[Agreement], on: date) -> dict[int, dict[str, Any]]:
    """How much is not met, how much unknown, and whether it is critical; one query where lists did not fetch it."""
    relation = Agreement._meta.get_field("conformance")
    if not all(relation.is_cached(one) for one in agreements):
        prefetch_related_objects(agreements, "conformance")
    found = {one.pk: entry_of(one) for one in agreements}
    return {key: _cells(entry) for key, entry in found.items() if entry}


def _cells(entry: ConformanceEntry) -> dict[str, Any]:
    critical = "Yes" if entry.critical else ""
    return {"not_met": len(entry.not_met) or None, "not_known": len(entry.unknown) or None, "critical": critical}
