"""References: agency code, year, number."""

from agreements.models import ReferenceCounter
from people.models import Agency


def next_reference(agency: Agency, year: int) -> str:
    """Take the next reference of an agency and year, such as MSD-2026-0001.

    The counter stays locked until the transaction ends, so no two agreements get one number; a rolled-back
    transaction gives its number back, and numbers of deleted imports are not used again.
    """
    ReferenceCounter.objects.get_or_create(agency=agency, year=year)
    counter = ReferenceCounter.objects.select_for_update(of=("self",), no_key=True).get(agency=agency, year=year)
    counter.last += 1
    counter.save()
    return str(counter)
