"""Set the owner or the next review of many agreements at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agreements.actions.search_entry import rebuild_search_entries
from agreements.extensions import after_changes
from agreements.models import Agreement
from agreements.policies.agreement import sort_out
from people.models import Person, User
from records import bulk
from records.acting import action
from records.errors import Refused

MOST = 2_000  # agreements in one act: about half a minute


@dataclass(frozen=True)
class Outcome:
    """What was changed, what already stood so, and what was refused with its sentence."""

    changed: list[Agreement]
    unchanged: list[Agreement]
    refused: list[tuple[Agreement, str]]


@action
def set_in_bulk(
    *, keys: Iterable[int], owner: Person | None, review_due_on: date | None, by: User, reason: str, on: date
) -> Outcome:
    """Give agreements an owner, a review day, or both; None leaves what stands.

    Each agreement is checked; those the user may not edit stay as they are and are named. Raises Refused where nothing
    was asked, no reason was given, or there are more than MOST.
    """
    chosen = sorted(set(keys))
    _check(chosen, owner, review_due_on, by, reason, on)
    locked = Agreement.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk__in=chosen)
    allowed, refused = sort_out(locked.order_by("pk"), by)
    wanted = {"owner": owner, "review_due_on": review_due_on}
    values = {name: value for name, value in wanted.items() if value is not None}
    changed = [agreement for agreement in allowed if _set(agreement, values)]
    bulk.update(changed, list(values))
    rebuild_search_entries([agreement.pk for agreement in changed])
    after_changes(changed, by, on)
    return Outcome(changed, [agreement for agreement in allowed if agreement not in changed], refused)


def _check(keys: list[int], owner: Person | None, review: date | None, by: User, reason: str, on: date) -> None:
    if not keys:
        raise Refused("Choose at least one agreement")
    if len(keys) > MOST:
        raise Refused(f"Change at most {MOST:,} agreements at once: filter the list first")
    if owner is None and review is None:
        raise Refused("Choose an owner, a date for the next review, or both")
    if not reason.strip():
        raise Refused("Say why: the reason is kept with each agreement")
    if owner is not None and (owner.agency_id != by.agency.pk or owner.has_left(on)):
        raise Refused(f"{owner} does not work here: choose another owner")


def _set(agreement: Agreement, values: dict[str, Person | date]) -> bool:
    """Set what differs; whether anything did."""
    differs = any(getattr(agreement, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(agreement, name, value)
    return differs
