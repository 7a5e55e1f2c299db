"""Who may change what, and when: a table made from lifecycles, sections and roles, so that it stays true."""

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.choices import Status, TermsState
from agreements.lifecycle import STEPS, Step
from agreements.sections import SECTIONS
from agreements.variation_lifecycle import VARIATION_STEPS, VARIED, VariationStep
from people.labels import role_label
from people.models import Agency
from people.roles import ROLE_PERMISSIONS, Permission, Role

ANY, OWN = Permission.EDIT_ANY_AGREEMENT, Permission.EDIT_OWN_AGREEMENTS
OF_AGREEMENT = "Who owns it, contacts, reviews, who has access"
TERMS = "The terms: every section but who owns it"


@dataclass(frozen=True)
class Line:
    """Something that can be done in a state, and by whom; ``own`` are roles that may for their own agreements only."""

    what: str
    roles: list[str]
    own: list[str]
    note: str = ""


@dataclass(frozen=True)
class Stage:
    """A state of an agreement or of a variation, with everything that can be done in it."""

    state: str
    word: str
    lines: list[Line]


def of_agreement(agency: Agency) -> list[Stage]:
    """One stage a status, in the words of the agency."""
    return [Stage(status.value, str(status.label), _lines(agency, status)) for status in Status]


def of_variation(agency: Agency) -> list[Stage]:
    """One stage a state of a variation."""
    stages = dict.fromkeys(state for step in VARIATION_STEPS for way in step.ways for state in way)
    return [Stage(state.value, str(state.label), _varied_lines(agency, state)) for state in stages]


def _lines(agency: Agency, status: Status) -> list[Line]:
    lines = [] if status == Status.WITHDRAWN else [_line(agency, OF_AGREEMENT, OWN)]
    if status == Status.DRAFT:
        lines.append(_line(agency, TERMS, OWN))
    if status in (Status.SIGNED, Status.ENDED):
        lines.append(_line(agency, TERMS, OWN, "Only while an arrangement that existed already is being recorded"))
    if status in VARIED:
        lines.append(_line(agency, "Start a variation or a renewal of the terms", OWN))
    return lines + [_step(agency, step) for step in STEPS if status in step.sources]


def _varied_lines(agency: Agency, state: TermsState) -> list[Line]:
    terms = [section.title.lower() for section in SECTIONS if section.terms_fields or section.rows]
    lines = [_line(agency, f"The copy of the terms: {', '.join(terms)}", OWN)] if state == TermsState.DRAFT else []
    return lines + [_step(agency, step) for step in VARIATION_STEPS if state in step.sources]


def _step(agency: Agency, step: Step | VariationStep) -> Line:
    if isinstance(step, VariationStep) and step.by_itself:
        return Line(step.label, [], [], "The register does it by itself on its day")
    note = "nobody who wrote part of the terms, or submitted them" if step.not_the_author else ""
    return _line(agency, step.label, step.permission, note)


def _line(agency: Agency, what: str, permission: Permission, note: str = "") -> Line:
    """Roles that may for every agreement of the agency, and those that may for their own."""
    if permission == Permission.APPROVE_AGREEMENTS:
        delegated = "or whoever holds a delegation to approve"
        return Line(what, _words(agency, _roles(permission)), [], "; ".join(filter(None, (delegated, note))))
    allowed = _roles(permission)
    everywhere = [role for role in _roles(ANY) if permission == OWN or role in allowed]
    return Line(what, _words(agency, everywhere), _words(agency, [r for r in allowed if r not in everywhere]), note)


def _roles(permission: Permission) -> list[Role]:
    return [role for role in Role if permission in ROLE_PERMISSIONS[role]]


def _words(agency: Agency, roles: Iterable[Role]) -> list[str]:
    return [role_label(agency, role) for role in roles]
