"""The register puts right an entry that says otherwise than the newest run: lists look agreements through by it."""

import logging
from collections.abc import Sequence

from assurance.models import ConformanceEntry

log = logging.getLogger(__name__)
SAID = ("not_met", "unknown", "met", "critical", "cohort", "in_scope", "standing")


def mend_entries(wanted: Sequence[ConformanceEntry]) -> int:
    """Write anew those that stand otherwise than ``wanted``, whose runs stay; how many. One query, and one to mend."""
    stand = ConformanceEntry.objects.in_bulk([one.agreement_id for one in wanted])
    wrong = [one for one in wanted if _said(stand[one.agreement_id]) != _said(one)]
    for one in wrong:
        one.run_id = stand[one.agreement_id].run_id  # its own run was compared only, and is not written
        log.warning("Agreement %s: its entry said otherwise than its newest assessment", one.agreement_id)
    if wrong:
        ConformanceEntry.objects.bulk_update(wrong, SAID)
    return len(wrong)


def _said(entry: ConformanceEntry) -> list[object]:
    """What it says, whatever the order of its lists."""
    found = [getattr(entry, name) for name in SAID]
    return [sorted(one) if isinstance(one, list) else one for one in found]
