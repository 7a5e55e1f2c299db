"""Find what an address names, for this person, or say 404."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from agreements.models import Agreement, Contract, Terms
from people.models import User


def own_agreement(user: User, reference: str) -> Agreement | None:
    """The whole agreement where it is the user's own agency's."""
    found = Agreement.objects.visible_to(user).whole().filter(reference=reference).first()
    return _with_agency(found, user) if found else None


def face_or_404(user: User, reference: str) -> Agreement:
    """Another agency's signed agreement to which the user's agency is a party. Http404 for everything else."""
    return get_object_or_404(Agreement.objects.signed_faces_for(user.agency).whole(), reference=reference)


def agreement_or_404(user: User, reference: str, *, whole: bool = False, number: int | None = None) -> Agreement:
    """The agreement of the user's own agency; a reference in any case. Http404 where there is none for them.

    With ``number`` the variation of that number is at hand.
    """
    if number is not None:
        return variation_or_404(user, reference, number, whole=whole)
    found = Agreement.objects.visible_to(user)
    found = found.whole() if whole else found.select_related("current_terms")
    return _first_or_404(found, user, reference)


def variation_or_404(user: User, reference: str, number: int, *, whole: bool = False) -> Agreement:
    """The agreement with a variation at hand, which knows its base; whole, both with everything they hold."""
    found = terms_or_404(user, reference, number, whole=whole)
    if found.terms_now.based_on_id is None:
        raise Http404("The agreement has no variation of this number")
    return found


def terms_or_404(user: User, reference: str, number: int, *, whole: bool = False) -> Agreement:
    """The agreement with its terms of that number at hand, whichever state they are in."""
    agreements = Agreement.objects.visible_to(user)
    agreement = _first_or_404(agreements.around() if whole else agreements, user, reference)
    rows = Terms.objects.visible_to(user).filter(agreement=agreement)
    rows = rows.filter(Q(number=number) | Q(variations__number=number)).distinct()
    found = {terms.pk: terms for terms in (rows.whole() if whole else rows)}
    terms = next((one for one in found.values() if one.number == number), None)
    if terms is None:
        raise Http404("The agreement has no terms of this number")
    if terms.based_on_id:
        terms.based_on = found[terms.based_on_id]
    return agreement.with_terms(terms)


def _first_or_404(agreements: "QuerySet[Agreement]", user: User, reference: str) -> Agreement:
    agreement = agreements.filter(reference=reference).first()
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
