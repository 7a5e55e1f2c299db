"""Set a document aside that was added by mistake, and bring it back: nothing is deleted."""

from datetime import datetime

from agreements.actions.changes import check_and_save, refuse
from agreements.actions.document import check_may_change, holding, lock_document, lock_in_use
from agreements.errors import NotNow
from agreements.models import Document
from agreements.pointing import pointing_at
from people.models import User
from records.acting import action

SHOWN = 3  # places that the refusal names


@action
def set_aside(*, document: Document, reason: str, by: User, now: datetime) -> Document:
    """Take a document out of lists and choices; it stays readable. Raises NotNow while evidence points to it.

    Raises ValidationError where no reason is given, NotYours, NotPermitted.
    """
    with holding(document.holder, by):
        locked = lock_in_use(document, by)
        check_not_evidence(locked)
        locked.aside_why = " ".join(reason.split())
        if not locked.aside_why:
            raise refuse("reason", "Say why, so that others understand it later")
        locked.aside_at, locked.aside_by = now, by
        check_and_save(locked)
    return locked


@action
def bring_back(*, document: Document, by: User, reason: str = "") -> Document:
    """Put a document back among the others. Raises NotNow where it is there already, NotYours, NotPermitted."""
    with holding(document.holder, by):
        locked = lock_document(document, by)
        if not locked.is_aside:
            raise NotNow("Somebody else brought it back in the meantime")
        locked.aside_at, locked.aside_by, locked.aside_why = None, None, ""
        check_and_save(locked)
    return locked


def check_may_set_aside(document: Document, user: User) -> None:
    """The person may change it, and nothing points to it."""
    check_may_change(document, user)
    check_not_evidence(document)


def check_not_evidence(document: Document) -> None:
    """Nothing in the register points to the document."""
    places = pointing_at(document)
    if places:
        more = len(places) - SHOWN
        named = [*places[:SHOWN], f"{more} more"] if more > 0 else places
        raise NotNow(f"It is the evidence of {'; '.join(named)}. What evidence points to stays")
