"""Maker is not checker: who wrote the terms, who else could approve them, and what stands in where nobody else can."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Q, QuerySet

from agreements.errors import NotNow
from agreements.models import Agreement, Author
from people.models import Delegation, Person, Power, RoleGrant, User
from people.roles import ROLE_PERMISSIONS, Permission

SUBMITTING = ("submit", "vary_submit")
ALONE = "Nobody else here can approve it: say who outside your team checked it"


@dataclass(frozen=True)
class OutsideCheck:
    """Who outside a team of one checked what its only member approves; all four are told or none is."""

    checked_by: str
    checked_for: str
    checked_on: date | None
    checked_document: str

    @property
    def is_whole(self) -> bool:
        """Whether everything is told."""
        return all(asdict(self).values())


def wrote(agreement: Agreement, user: User) -> bool:
    """Whether the person wrote part of the terms at hand."""
    return Author.objects.filter(terms=agreement.terms_now, user=user).exists()


def submitted(agreement: Agreement, user: User) -> bool:
    """Whether the person submitted the terms at hand."""
    return agreement.status_changes.filter(step__in=SUBMITTING, terms=agreement.terms_now, by=user).exists()


def others(agreement: Agreement, user: User, on: date) -> "QuerySet[Person]":
    """Everybody else of the agency who could approve the terms at hand on that day: by a role or a delegation."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.APPROVE_AGREEMENTS in allowed]
    by_role = RoleGrant.objects.on(on).filter(role__in=roles).values("person")
    by_delegation = Delegation.objects.on(on).filter(power=Power.APPROVE).values("holder")
    makers = Q(pk__in=Author.objects.filter(terms=agreement.terms_now).values("user"))
    makers |= Q(pk__in=agreement.status_changes.filter(step__in=SUBMITTING, terms=agreement.terms_now).values("by"))
    free = User.objects.filter(is_active=True).exclude(makers).exclude(pk=user.pk)
    able = Q(pk__in=by_role) | Q(pk__in=by_delegation)
    return Person.objects.here_on(on).filter(able, agency=agreement.agency_id, user__in=free)


def needs_outside_check(agreement: Agreement, user: User, on: date) -> bool:
    """Whether the person had a hand in the terms at hand and nobody else of the agency could approve them."""
    made = wrote(agreement, user) or submitted(agreement, user)
    return made and not others(agreement, user, on).exists()


def check_outside(agreement: Agreement, user: User, on: date, check: OutsideCheck | None) -> None:
    """A team of one names who outside checked; NotNow where that is missing, half told or not yet done."""
    if check is None:
        if needs_outside_check(agreement, user, on):
            raise NotNow(ALONE)
        return
    if not check.is_whole:
        raise NotNow("Say who checked it, of which organisation, on which day, and where it is written down")
    if check.checked_on and check.checked_on > on:
        raise NotNow("The day of the check lies in the future: record what has happened")
