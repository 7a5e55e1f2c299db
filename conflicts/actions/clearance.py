"""Find again how agreements stand with conflicts: the one writer of clearance entries."""

from collections.abc import Iterable
from datetime import date

from conflicts.models import ClearanceEntry
from conflicts.standing import clearances
from people.models import User
from records.acting import action

BATCH = 500


@action
def keep_clearance(*, agreements: Iterable[int], on: date, by: User) -> int:
    """Keep how these agreements stand on a day; how many rows differ from before. Three statements a batch of 500."""
    keys = sorted(agreements)
    return sum(_batch(keys[start : start + BATCH], on) for start in range(0, len(keys), BATCH))


def _batch(keys: list[int], on: date) -> int:
    stands = dict(ClearanceEntry.objects.filter(agreement__in=keys).values_list("agreement_id", "state"))
    found = {key: one.state.value for key, one in clearances(keys, on).items()}
    changed = [ClearanceEntry(agreement_id=key, state=now) for key, now in found.items() if stands.get(key) != now]
    if changed:
        ClearanceEntry.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["agreement"], update_fields=["state"]
        )
    return len(changed)
