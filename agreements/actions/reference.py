"""References: agency code, year, number."""

from agreements.models import ReferenceCounter
from people.models import Agency


def next_reference(agency: Agency, year: int) -> str:
    """Take the next reference of an agency and year, such as MSD-2026-0001.

    The counter stays locked until the transaction ends, so no two agreements get one number; a rolled-back
    transaction gives its number back, and numbers of deleted imports are not used again.
    """
    return next_references(agency, year, 1)[0]


def next_references(agency: Agency, year: int, many: int) -> list[str]:
    """Take as many references at once, in order; see next_reference()."""
    ReferenceCounter.objects.get_or_create(agency=agency, year=year)
    counter = ReferenceCounter.objects.select_for_update(of=("self",), no_key=True).get(agency=agency, year=year)
    first, counter.last = counter.last + 1, counter.last + many
    counter.save()
    return [str(ReferenceCounter(agency=agency, year=year, last=last)) for last in range(first, first + many)]
