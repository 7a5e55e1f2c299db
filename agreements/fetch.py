"""Find what an address names, for this person, or say 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from agreements.models import Agreement, Contract
from people.models import User


def own_agreement(user: User, reference: str) -> Agreement | None:
    """The whole agreement where it is the user's own agency's."""
    found = Agreement.objects.visible_to(user).whole().filter(reference=reference).first()
    return _with_agency(found, user) if found else None


def face_or_404(user: User, reference: str) -> Agreement:
    """Another agency's signed agreement to which the user's agency is a party. Http404 for everything else."""
    return get_object_or_404(Agreement.objects.signed_faces_for(user.agency).whole(), reference=reference)


def agreement_or_404(user: User, reference: str, *, whole: bool = False) -> Agreement:
    """The agreement of the user's own agency; a reference in any case. Http404 where there is none for them."""
    found = Agreement.objects.visible_to(user)
    found = found.whole() if whole else found.select_related("current_terms")
    agreement = found.filter(reference=reference).first()
    if agreement is None:
        raise Http404("No agreement of your agency has this reference")
    return _with_agency(agreement, user)


def contract_or_404(user: User, pk: int) -> Contract:
    """A contract of the user's own agency, with its supplier and manager."""
    found: Contract = get_object_or_404(Contract.objects.visible_to(user).select_related("supplier", "manager"), pk=pk)
    return found


def _with_agency(agreement: Agreement, user: User) -> Agreement:
    """The user's own agency stands in it as the user has it: with its words for roles."""
    agreement.agency = user.agency
    return agreement
