"""Checks at start-up: every standard can be read, and names checks and predicates that exist."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from assurance.agency_checks import AGENCY_CHECKS
from assurance.checks import CHECKS
from assurance.editions import Requirement, Standard, StandardsFileError, editions
from assurance.plan_score import WeightsFileError, the_weights
from assurance.predicates import PREDICATES


@register
def standards_can_be_used(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Name the file, the requirement and the reason; the register does not start on half a standard."""
    try:
        return [
            message for standard in editions() for one in standard.requirements for message in _wrong(standard, one)
        ]
    except StandardsFileError as error:
        return [
            Error(
                str(error), hint="Put the file right in its folder (settings.STANDARDS_FOLDERS).", id="assurance.E001"
            )
        ]


@register
def plan_can_be_ordered(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Every factor of the plan has its weight."""
    try:
        the_weights()
    except WeightsFileError as error:
        return [Error(str(error), hint="Put assurance/plan_weights.toml right.", id="assurance.E004")]
    return []


def refuse_half_a_standard() -> None:
    """Stop a web server as the checks stop manage.py, which it does not run. Raises ImproperlyConfigured."""
    if wrong := [*standards_can_be_used(None), *plan_can_be_ordered(None)]:
        raise ImproperlyConfigured("\n".join(str(one) for one in wrong))


def _wrong(standard: Standard, asked: Requirement) -> list[CheckMessage]:
    where, found = f"{standard.key}: {asked.id}", []
    if asked.check and asked.check not in (CHECKS if asked.about == "agreement" else AGENCY_CHECKS):
        hint = "A new kind of check needs code: a function in assurance/checks/, marked with @check."
        found.append(Error(f"{where}: there is no check {asked.check}", hint=hint, id="assurance.E002"))
    if asked.applies not in PREDICATES:
        known = ", ".join(PREDICATES)
        found.append(Error(f"{where}: applies to {asked.applies}: choose one of {known}", id="assurance.E003"))
    return list(found)
