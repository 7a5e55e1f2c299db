"""Evidence that an action keeps points to a document that stands here and that its author may read."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from agreements.actions.changes import refuse
from agreements.models import Agreement, AgreementContract, Contract, Document
from people.models import User


def check_evidence(document: Document | None, holder: Agreement | Contract, by: User) -> None:
    """Raise ValidationError at ``evidence`` where the document is another's, set aside, or hidden from this person.

    The document is locked, so that nobody sets it aside meanwhile.
    """
    if document is None:
        return
    rows = Document.objects.select_for_update(of=("self",), no_key=True).filter(pk=document.pk)
    if rows.filter(pk__in=documents_for(holder, by).order_by().values("pk")).first() is None:
        kind = "contract" if isinstance(holder, Contract) else "agreement, or of a contract that serves it"
        raise refuse("evidence", f"Choose a document of this {kind}")


def documents_for(holder: Agreement | Contract, user: User, also: Collection[int] = ()) -> Any:
    """The documents that this person may point to, those added last first, each with its contract.

    Of an agreement also those of the contracts that serve it; of a contract its own. None that was set aside.
    ``also`` are keys of those that something points to already, whatever serves it today.
    """
    if isinstance(holder, Contract):
        here = Q(contract=holder)
    else:
        serving = AgreementContract.objects.filter(agreement=holder).order_by().values("contract")
        here = Q(agreement=holder) | Q(contract__in=serving)
    found = Document.objects.visible_to(user).in_use().filter(here | Q(pk__in=also))
    return found.select_related("contract").order_by("-added_at", "-pk")
