"""Save who does what, the whole matrix at once."""

from collections.abc import Collection

from agreements.actions.changes import changing, note_author
from agreements.choices import Duty
from agreements.digest import digest
from agreements.models import Agreement, Responsibility
from agreements.policies.agreement import check_may_edit_part
from agreements.stale import saved_since
from people.models import User
from records.acting import action

Held = tuple[str, int]


def held(agreement: Agreement) -> set[Held]:
    """Which party (by key) is accountable for which duty, as it stands now."""
    return {(row.duty, row.party_id) for row in agreement.terms_now.responsibilities.all()}


def responsibilities_digest(agreement: Agreement) -> str:
    """What a person saw when they opened the page."""
    return digest({"held": sorted(held(agreement))})


@action
def save_responsibilities(
    *, agreement: Agreement, wanted: Collection[Held], seen: str, by: User, reason: str = ""
) -> None:
    """Make the matrix say what ``wanted`` says; duties or parties it cannot name are left out.

    Raises Stale when somebody saved since ``seen``, NotYours or NotNow.
    """
    with changing(agreement, by) as locked:
        check_may_edit_part(locked, "responsibilities", by)
        if responsibilities_digest(locked) != seen:
            saved = Responsibility.history.filter(terms_id=locked.terms_now.pk)
            raise saved_since({}, {}, saved, seen=responsibilities_digest(locked))
        parties = {party.pk for party in locked.terms_now.parties.all()}
        kept = {(duty, party) for duty, party in wanted if duty in Duty.values and party in parties}
        _save(locked, kept, by)


def _save(agreement: Agreement, kept: set[Held], by: User) -> None:
    before = held(agreement)
    for row in agreement.terms_now.responsibilities.all():
        if (row.duty, row.party_id) not in kept:
            row.delete()
    for duty, party in sorted(kept - before):
        Responsibility(terms=agreement.terms_now, duty=duty, party_id=party).save()
    if kept != before:
        note_author(agreement, by)
