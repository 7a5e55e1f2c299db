"""Find what an address names, for this person, or say 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from agreements.models import Agreement
from people.models import User


def own_agreement(user: User, reference: str) -> Agreement | None:
    """The whole agreement where it is the user's own agency's."""
    return Agreement.objects.visible_to(user).whole().filter(reference=reference).first()


def face_or_404(user: User, reference: str) -> Agreement:
    """Another agency's signed agreement to which the user's agency is a party. Http404 for everything else."""
    return get_object_or_404(Agreement.objects.signed_faces_for(user.agency).whole(), reference=reference)


def agreement_or_404(user: User, reference: str, *, whole: bool = False) -> Agreement:
    """The agreement of the user's own agency; a reference in any case. Http404 where there is none for them."""
    found = Agreement.objects.visible_to(user)
    found = found.whole() if whole else found.select_related("agency", "current_terms")
    agreement = found.filter(reference=reference).first()
    if agreement is None:
        raise Http404("No agreement of your agency has this reference")
    return agreement
