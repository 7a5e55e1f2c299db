"""The page of a variation: what it changes, whose turn it is; and its line on the agreement's page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from agreements.choices import TermsState, VariationKind
from agreements.difference import SectionChange, difference
from agreements.errors import NotNow
from agreements.extensions import gates
from agreements.facts import gather
from agreements.material import material_changes, says_material, says_weakened, weakened
from agreements.models import Agreement, Organisation, StatusChange, Terms
from agreements.models.agreement import ONCE_SIGNED
from agreements.pages.pause import paused_parties
from agreements.pages.section import SectionLink, section_links
from agreements.policies.agreement import check_may_edit_terms, why_not
from agreements.policies.variation import (
    BASE_CHANGED,
    ONLY_DATES,
    check_base,
    check_can_vary,
    check_may_vary_step,
    open_variation,
)
from agreements.variation_lifecycle import VARIED, VariationStep, variation_steps_from
from people.labels import a_role
from people.models import User
from people.permissions import NotPermitted
from people.roles import Role
from records.errors import Refused
from records.one_page import one_page
from records.words import nz_date

NOT_SIGNED = (TermsState.DRAFT, TermsState.IN_REVIEW, TermsState.APPROVED)
TURNS = {
    TermsState.DRAFT: "Next move by its author",
    TermsState.IN_REVIEW: "Next move by {approver}",
    TermsState.APPROVED: "Next move by whoever records the signing",
    TermsState.SIGNED: "In force by itself from {day}",
}


@dataclass(frozen=True)
class UnderWay:
    """A variation as a line on the agreement's page."""

    number: int
    renewal: bool
    state: str
    turn: str
    url: str


@dataclass(frozen=True)
class NextVariationStep:
    """A step as a button; ``reason`` says why it cannot be pressed now."""

    step: VariationStep
    reason: str
    url: str

    @property
    def is_forward(self) -> bool:
        """Whether it leads on to being in force; a page offers that first."""
        return self.step.name in {"vary_submit", "vary_approve", "vary_sign"}


@dataclass(frozen=True)
class VariationPage:
    """Everything that the page shows; templates only lay it out."""

    agreement: Agreement
    terms: Terms
    base: Terms
    standing: str
    turn: str
    links: list[SectionLink]
    changes: list[SectionChange]
    steps: Sequence[NextVariationStep]
    events: list[StatusChange]
    may_edit: bool
    base_changed: str
    paused: Sequence[Organisation]
    weakens: str
    reopens: str
    left: Sequence[str]
    cannot_mend: str

    @property
    def waits(self) -> bool:
        """Whether it is still to be signed."""
        return self.terms.state in NOT_SIGNED


@one_page()
def variation_page(agreement: Agreement, user: User, on: date) -> VariationPage:
    """Gather the page; the agreement comes from variation_or_404(whole=True)."""
    terms = agreement.terms_now
    base = base_of(agreement)
    changed = why_not(check_base, agreement) if terms.state == TermsState.DRAFT else ""
    rows = agreement.status_changes.filter(variation=terms.number).select_related("by__person")
    events = list(rows.order_by("-at", "-id"))
    reopens = _reopens(agreement, events)
    left = [*_not_noted(terms, reopens), *left_to_sign(agreement, on)]
    return VariationPage(
        agreement=agreement,
        terms=terms,
        base=base,
        standing=agreement.standing(on),
        turn=turn(agreement),
        links=section_links(gather(agreement)),
        changes=difference(base, terms),
        steps=_steps(agreement, user, on),
        events=events,
        may_edit=not why_not(check_may_edit_terms, agreement, user),
        paused=paused_parties(terms),
        weakens=weakens(agreement),
        reopens=reopens,
        left=left,
        cannot_mend=cannot_mend(terms, left),
        base_changed=changed if changed == BASE_CHANGED else "",
    )


def weakens(agreement: Agreement) -> str:
    """Which mandatory provisions the variation at hand takes out or weakens (F2), until it is signed."""
    terms = agreement.terms_now
    return says_weakened(weakened(base_of(agreement), terms)) if terms.state in NOT_SIGNED else ""


def left_to_sign(agreement: Agreement, on: date) -> list[str]:
    """What is left before the variation at hand can be signed, by the gates of its signing, from the draft on."""
    return gates(agreement, "vary_sign", on) if agreement.terms_now.state in NOT_SIGNED else []


def left_to_begin(agreement: Agreement, on: date) -> list[str]:
    """What the signing of a variation that is begun now would ask, by the same gates, as the terms stand."""
    return gates(agreement.with_terms(None), "vary_sign", on)


def cannot_mend(terms: Terms, left: Sequence[str]) -> str:
    """What to do where a renewal is asked for more than dates; empty otherwise."""
    return ONLY_DATES if left and terms.variation_kind == VariationKind.RENEWAL else ""


def _not_noted(terms: Terms, reopens: str) -> list[str]:
    """What the gate learns as the variation is submitted, said of the draft as well."""
    asked = reopens and terms.state == TermsState.DRAFT
    return [f"{reopens}, where a party stands outside the State services"] if asked else []


def _reopens(agreement: Agreement, events: Iterable[StatusChange]) -> str:
    """What asks for a new risk assessment (F13), until one is final that is no older than the variation."""
    terms = agreement.terms_now
    changed = material_changes(base_of(agreement), terms) if terms.state in NOT_SIGNED else []
    began = next((one.on for one in events if one.step == "vary_start"), None)
    finals = agreement.assessments.final().filter(kind="risk", done_on__gte=began or date.max)
    return says_material(changed) if changed and not finals.exists() else ""


def base_of(agreement: Agreement) -> Terms:
    """The terms that the variation at hand was made from."""
    base = agreement.terms_now.based_on
    if base is None:
        raise NotNow("These terms vary no others")
    return base


def turn(agreement: Agreement) -> str:
    """Who makes the next move with the terms at hand; empty where nobody has to."""
    terms = agreement.terms_now
    if terms.state not in TURNS or agreement.status not in VARIED:
        return ""
    words = TURNS[TermsState(terms.state)]
    return words.format(approver=a_role(agreement.agency, Role.APPROVER), day=nz_date(terms.in_force_from))


def under_way(agreement: Agreement) -> UnderWay | None:
    """The line on the agreement's page, where a variation is under way. One query for an agreement once signed."""
    terms = open_variation(agreement) if agreement.status in ONCE_SIGNED else None
    if terms is None:
        return None
    varied = agreement.with_terms(terms)
    state = terms.get_state_display()
    return UnderWay(terms.number, terms.variation_kind == "renewal", state, turn(varied), varied.get_absolute_url())


def may_start(agreement: Agreement, line: UnderWay | None, may_edit: bool) -> bool:
    """Whether the agreement's page offers a variation."""
    return may_edit and line is None and not why_not(check_can_vary, agreement)


def _steps(agreement: Agreement, user: User, on: date) -> list[NextVariationStep]:
    """The steps from here. Those that the person's roles never allow are left out; others say why not now."""
    found = []
    for step in variation_steps_from(agreement.terms_now.state):
        place = [agreement.reference, agreement.terms_now.number, step.name]
        url, reason = reverse("agreements:variation_step", args=place), ""
        try:
            check_may_vary_step(agreement, step, user, on)
        except NotPermitted:
            continue
        except Refused as refused:
            reason = str(refused)
        found.append(NextVariationStep(step, reason, url))
    return found
