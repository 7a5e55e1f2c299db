"""May this be done to this agreement, by this person, now? Each rule stands once and raises a sentence."""

from collections.abc import Callable, Iterable
from datetime import date

from agreements.checkers import needs_outside_check, submitted, wrote
from agreements.choices import Status, TermsState, VariationKind
from agreements.errors import NotNow, NotYours
from agreements.lifecycle import Step
from agreements.models import Agreement
from agreements.models.agreement import ONCE_SIGNED
from agreements.provisions import BY_CODE
from agreements.sections import VARIED_BY_NAME
from agreements.variation_lifecycle import VARIED
from people.labels import a_role, role_in_text
from people.models import Power, User
from people.permissions import NotPermitted, check_may, holds_power, may
from people.roles import Permission, Role
from records.errors import Refused


def check_may_edit(agreement: Agreement, user: User) -> None:
    """The person may edit what does not belong to the terms: owner, contacts, reviews, access."""
    if agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if agreement.status == Status.WITHDRAWN:
        raise NotNow("It was withdrawn. Undo that first")
    if may(user, Permission.EDIT_ANY_AGREEMENT):
        return
    check_may(user, Permission.EDIT_OWN_AGREEMENTS)
    if not _own(agreement, user):
        raise NotYours(f"{_only(user)} can edit it")


def _only(user: User) -> str:
    return f"Only {a_role(user.agency, Role.PRIVACY_OFFICER)}, or someone who owns or manages this agreement,"


def _own(agreement: Agreement, user: User) -> bool:
    mine = {agreement.owner_id, agreement.manager_id, agreement.senior_owner_id}
    return agreement.created_by_id == user.pk or (user.person_id is not None and user.person_id in mine)


def check_may_edit_terms(agreement: Agreement, user: User) -> None:
    """The person may edit the terms: of a draft, or of an existing arrangement whose recording is not complete."""
    check_may_edit(agreement, user)
    if agreement.terms_at_hand is not None:
        check_is_draft(agreement)
        return
    state = agreement.terms_now.state
    if agreement.status == Status.DRAFT or state == TermsState.RECORDING:
        return
    if state == TermsState.RECORDED:
        raise NotNow("Its recording is complete: its terms stand. Reopen the recording to correct them")
    if agreement.status in ONCE_SIGNED:
        raise NotNow(f"It is {agreement.get_status_display().lower()}: its terms change only by a variation")
    raise NotNow(
        f"It is {agreement.get_status_display().lower()}: its terms stand. "
        "Take it back or have it sent back to edit them"
    )


def check_is_draft(agreement: Agreement) -> None:
    """The terms at hand are a variation that can be edited: a draft, of an agreement that goes on."""
    terms = agreement.terms_now
    if terms.state != TermsState.DRAFT or terms.based_on_id is None:
        word = f"Variation {terms.number}" if terms.based_on_id else "This version of the terms"
        raise NotNow(f"{word} is {terms.get_state_display().lower()}: it cannot be edited")
    if agreement.status not in VARIED:
        raise NotNow(f"The agreement is {agreement.get_status_display().lower()}: its terms no longer change")


def check_in_variation(agreement: Agreement, section: str, *, of_terms: bool = True) -> None:
    """The terms at hand can be changed in this section: nothing that belongs to the agreement; of a renewal, dates."""
    if section not in VARIED_BY_NAME or not of_terms:
        raise NotNow("This belongs to the agreement, not to its terms: change it there, at any time")
    if agreement.terms_now.variation_kind == VariationKind.RENEWAL and section != "dates":
        raise NotNow("A renewal changes the dates alone. Withdraw it and start a change of terms for the rest")


def check_may_edit_part(agreement: Agreement, section: str, user: User) -> None:
    """The person may edit the terms, and the terms at hand can be changed in this section."""
    if agreement.terms_at_hand is not None:
        check_in_variation(agreement, section)
    check_may_edit_terms(agreement, user)


def check_may_step(agreement: Agreement, step: Step, user: User, on: date) -> None:
    """The person may take this step from where the agreement stands."""
    if agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if agreement.status not in step.sources:
        raise NotNow(f"It is {agreement.get_status_display().lower()}, so this is not the next step")
    if not step.is_for(agreement.status, agreement.terms_now.state):
        raise NotNow(f"Its terms are {agreement.terms_now.get_state_display().lower()}: this is not the next step")
    check_role(agreement, step.permission, user, on)
    if step.not_the_author:
        check_not_the_author(agreement, user, on)
        check_may_weaken(agreement, user, on)


def check_role(agreement: Agreement, permission: Permission, user: User, on: date) -> None:
    """A role of the person, or a delegation, allows it; one's own agreements only, where the role says so."""
    if permission == Permission.APPROVE_AGREEMENTS:
        if not may(user, permission) and not (user.person and holds_power(user.person, Power.APPROVE, on)):
            word = role_in_text(user.agency, Role.APPROVER)
            raise NotPermitted(f"Approving needs the role of {word} or a delegation to approve")
    elif permission == Permission.EDIT_OWN_AGREEMENTS and may(user, Permission.EDIT_ANY_AGREEMENT):
        return
    else:
        check_may(user, permission)
        if not may(user, Permission.EDIT_ANY_AGREEMENT) and not _own(agreement, user):
            raise NotYours(f"{_only(user)} can do this")


def check_not_the_author(agreement: Agreement, user: User, on: date) -> None:
    """Maker is not checker: nobody approves terms that they wrote part of, or submitted.

    Where nobody else could, the approval itself asks who outside the team checked (checkers.py).
    """
    if needs_outside_check(agreement, user, on):
        return
    if wrote(agreement, user):
        raise NotYours("You wrote part of these terms: somebody else approves them")
    if submitted(agreement, user):
        raise NotYours("You submitted it: somebody else approves it")


def check_may_weaken(agreement: Agreement, user: User, on: date) -> None:
    """A mandatory provision is taken out or weakened only by a delegate (domain.md 8.5 rule 14, F2)."""
    codes = agreement.terms_now.weakened
    if codes and not (user.person and holds_power(user.person, Power.APPROVE, on)):
        what = " and ".join(f"{code} {BY_CODE[code].title}" for code in codes)
        raise NotYours(f"It takes out or weakens {what}: only somebody with a delegation to approve can approve that")


def can(check: Callable[..., None], *args: object) -> bool:
    """Whether a check passes, as a yes or no."""
    try:
        check(*args)
    except Refused:
        return False
    return True


def why_not(check: Callable[..., None], *args: object) -> str:
    """The sentence of a check that refuses, empty where it passes: it stands under the disabled button."""
    try:
        check(*args)
    except Refused as refused:
        return str(refused)
    return ""


def sort_out(agreements: Iterable[Agreement], user: User) -> tuple[list[Agreement], list[tuple[Agreement, str]]]:
    """Which of them the user may edit, and why not the others."""
    said = [(agreement, why_not(check_may_edit, agreement, user)) for agreement in agreements]
    return [one for one, sentence in said if not sentence], [(one, sentence) for one, sentence in said if sentence]
