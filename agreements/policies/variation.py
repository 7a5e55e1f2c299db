"""May this variation be started, taken on, brought into force? Each rule stands once and raises a sentence."""

from datetime import date

from agreements.choices import Status, TermsState, VariationKind
from agreements.difference import difference, fingerprint
from agreements.errors import NotNow, NotReady, NotYours
from agreements.extensions import gates
from agreements.models import Agreement, Terms
from agreements.policies.agreement import check_may_edit, check_may_weaken, check_not_the_author, check_role
from agreements.variation_lifecycle import VARIED, VariationStep
from people.models import User

BASE_CHANGED = (
    "The terms in force were changed after this variation was started. Look at the difference once more: "
    "its author says so on the page of the variation"
)

ONLY_DATES = (
    "A renewal changes only dates. What the terms themselves lack is mended by a change of terms: "
    "withdraw the renewal and start one"
)


def open_variation(agreement: Agreement) -> Terms | None:
    """The variation of the agreement that is under way, if there is one."""
    return Terms.objects.open_variations().filter(agreement=agreement).first()


def check_may_vary(agreement: Agreement, user: User) -> None:
    """The person may start a variation: its terms stand, and no other variation is under way."""
    check_may_edit(agreement, user)
    check_can_vary(agreement)
    under_way = open_variation(agreement)
    if under_way:
        raise NotNow(f"Variation {under_way.number} is under way: finish it or withdraw it first")


def check_can_vary(agreement: Agreement) -> None:
    """The agreement stands where its terms change by a variation; anywhere else they are edited, or stay."""
    if agreement.status in (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED):
        raise NotNow("It is not signed yet: edit its terms while it is a draft")
    if agreement.status not in VARIED:
        raise NotNow(f"It is {agreement.get_status_display().lower()}: its terms no longer change")
    if agreement.with_terms(None).terms_now.state == TermsState.RECORDING:
        raise NotNow("Complete its recording first: a variation changes terms that stand")


def check_may_vary_step(agreement: Agreement, step: VariationStep, user: User, on: date) -> None:
    """The person may take this step with the variation at hand; a sentence says what is in the way."""
    terms = agreement.terms_now
    if agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if terms.based_on_id is None or terms.state not in step.sources:
        raise NotNow(f"It is {terms.get_state_display().lower()}, so this is not the next step")
    if agreement.status not in VARIED and not step.dangerous:
        raise NotNow(f"The agreement is {agreement.get_status_display().lower()}: its terms no longer change")
    check_role(agreement, step.permission, user, on)
    if step.not_the_author:
        check_not_the_author(agreement, user, on)
        check_may_weaken(agreement, user, on)
    if step.name in {"vary_submit", "vary_approve", "vary_sign"}:
        check_base(agreement)
    if reasons := in_the_way(agreement, step.name, on):
        raise NotReady(reasons)


def check_base(agreement: Agreement) -> None:
    """The terms that the variation was made from are still those in force, and say what they said."""
    terms = agreement.terms_now
    base = terms.based_on
    if base is None or base.pk != agreement.current_terms_id:
        raise NotNow("Other terms are in force by now: withdraw this variation and start another from them")
    if fingerprint(base) != terms.base_seen:
        raise NotNow(BASE_CHANGED)


def in_the_way(agreement: Agreement, step: str, on: date) -> list[str]:
    """What keeps the variation at hand from a step, a sentence each: at the step, and on pages long before."""
    terms = agreement.terms_now
    reasons = _missing(terms, step) + gates(agreement, step, on)
    renewed = step == "vary_sign" and terms.variation_kind == VariationKind.RENEWAL
    return [*reasons, ONLY_DATES] if reasons and renewed else reasons


def _missing(terms: Terms, step: str) -> list[str]:
    """A variation that changes nothing goes to nobody."""
    if step != "vary_submit" or terms.based_on is None or difference(terms.based_on, terms):
        return []
    return ["It changes nothing yet: edit what is to change"]
