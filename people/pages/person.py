"""A person's page: where they work, their roles and delegations, how they sign in, and what is to be handed over."""

from dataclasses import dataclass
from datetime import date

from people.labels import role_labels
from people.models import Delegation, Handover, Person, Placement, RoleGrant, User
from people.permissions import may
from people.policies import check_may_deactivate, check_may_grant, check_not_last_administrator, check_not_oneself
from people.roles import ROLE_PERMISSIONS, Permission, Role
from records.refusals import why_not


@dataclass(frozen=True)
class Held:
    """A role that somebody holds or held."""

    grant: RoleGrant
    label: str
    is_over: bool

    @property
    def allows(self) -> list[str]:
        """What it allows, in the order of the table of roles."""
        return [permission.value for permission in Permission if permission in ROLE_PERMISSIONS[Role(self.grant.role)]]


@dataclass(frozen=True)
class SignIn:
    """Whether somebody can sign in, in words."""

    user: User | None
    word: str
    tone: str
    icon: str


@dataclass(frozen=True)
class PersonPage:
    """What the page shows, and why a button is refused where it is."""

    person: Person
    placements: list[Placement]
    roles: list[Held]
    sign_in: SignIn
    held: list[Delegation]
    given: list[Delegation]
    handovers: list[Handover]
    may_manage: bool
    why_no_role: str
    why_not_closed: str
    why_not_left: str


def person_page(person: Person, user: User, on: date) -> PersonPage:
    """Everything about a person of the user's own agency."""
    placements = person.placements.select_related("unit", "manager").order_by("-starts_on", "-pk")
    held = person.delegations_held.select_related("giver").order_by("-starts_on", "-pk")
    given = person.delegations_given.select_related("holder").order_by("-starts_on", "-pk")
    handovers = person.handovers.select_related("taken_by").order_by("done_on", "kind", "subject")
    return PersonPage(
        person=person,
        placements=list(placements),
        roles=roles_of(person, on),
        sign_in=sign_in_of(person, on),
        held=list(held),
        given=list(given),
        handovers=list(handovers),
        may_manage=may(user, Permission.MANAGE_PEOPLE),
        why_no_role=why_not(check_may_grant, person, user, on),
        why_not_closed=why_not(check_may_deactivate, person, user, on),
        why_not_left=why_not(_check_may_leave, person, user, on),
    )


def _check_may_leave(person: Person, user: User, on: date) -> None:
    check_not_oneself(person, user, "Nobody records their own leaving")
    check_not_last_administrator(person, on)


def roles_of(person: Person, on: date) -> list[Held]:
    """Roles held and once held, those of today first."""
    labels = role_labels(person.agency)
    grants = person.role_grants.select_related("granted_by__person").order_by("-starts_on", "-pk")
    found = [Held(grant, labels[Role(grant.role)], bool(grant.ends_on and grant.ends_on < on)) for grant in grants]
    return sorted(found, key=lambda held: held.is_over)


def sign_in_of(person: Person, on: date) -> SignIn:
    """How the person stands with signing in."""
    user = User.objects.filter(person=person).first()
    if user is None:
        return SignIn(None, "No sign-in", "plain", "not-applicable")
    if not user.is_active:
        return SignIn(user, "Deactivated", "warn", "closed")
    if person.has_left(on):
        return SignIn(user, "Left, cannot sign in", "warn", "closed")
    if not user.has_usable_password():
        return SignIn(user, "Invited, no password yet", "info", "draft")
    return SignIn(user, "Can sign in", "good", "met")
