"""What every change of an agreement does: lock first, and tell search and the extensions last."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone

from agreements.actions.search_entry import rebuild_search_entry
from agreements.errors import NotYours
from agreements.extensions import after_change, after_changes
from agreements.models import Agreement, Author, Terms
from people.models import User
from records.moment import backdated_to


def lock(agreement: Agreement) -> Agreement:
    """The agreement as it stands now, locked with the terms at hand until the transaction ends.

    Raises NotYours where the terms at hand are those of another agreement.
    """
    locked = Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.pk)
    if agreement.terms_at_hand is not None:
        return locked.with_terms(_locked_terms(locked, agreement.terms_at_hand.pk))
    if locked.current_terms_id:
        locked.current_terms = _locked_terms(locked, locked.current_terms_id)
    return locked


def _locked_terms(agreement: Agreement, key: int) -> Terms:
    rows = Terms.objects.select_for_update(of=("self",), no_key=True).filter(agreement=agreement)
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotYours("These terms belong to another agreement")
    return found


@contextmanager
def changing(agreement: Agreement, by: User, on: date | None = None) -> Iterator[Agreement]:
    """Lock, change, then rebuild what lists look through and tell the extensions."""
    locked = lock(agreement)
    yield locked
    finish(locked, by, on)


def finish(agreement: Agreement, by: User, on: date | None = None) -> None:
    """The end of every change: rebuild what lists look through, tell the extensions; both mean the terms in force."""
    rebuild_search_entry(agreement)
    after_change(agreement.with_terms(None), by, on or _day())


def tell_of(agreements: QuerySet[Agreement, Agreement], by: User, on: date | None = None) -> None:
    """Tell the extensions that something beside these agreements changed, which what they find depends on.

    They are locked first, in the order of their keys: what somebody else changes in one of them meanwhile is found too.
    """
    held = Agreement.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=agreements.values("pk"))
    after_changes(list(held.order_by("pk")), by, on or _day())


def _day() -> date:
    """Today, or the day of history that is being told: what is found of an agreement is then dated with it."""
    return timezone.localdate(backdated_to())


def note_author(agreement: Agreement, by: User) -> None:
    """Remember that ``by`` wrote part of the present terms; every action that changes what they say calls this."""
    if not Author.objects.filter(terms=agreement.terms_now, user=by).exists():
        Author(terms=agreement.terms_now, user=by, first_on=timezone.localdate(backdated_to())).save()


def check_and_save(record: Model) -> None:
    """Save a record after its own rules and constraints; ValidationError names each field and says what to mend."""
    record.full_clean()
    record.save()


def refuse(field: str, sentence: str) -> ValidationError:
    """A sentence that stands at one field of the form."""
    return ValidationError({field: sentence})
