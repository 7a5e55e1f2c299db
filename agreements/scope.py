"""How much to ask about an arrangement: nothing is heavier than the risk (ISS-01; domain.md 1.1 and 1.5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.choices import Exclusion, Identifiability, Sensitivity
from agreements.models import Information, Terms
from records.choices import YesNoUnknown

NOT_IDENTIFYING = {Identifiability.DE_IDENTIFIED, Identifiability.AGGREGATED}


@dataclass(frozen=True)
class Depth:
    """How deep the questions go and, in a sentence for the page, why."""

    short: bool
    why: str


FULL = Depth(False, "Personal information may be shared, so every section is asked.")
NO_PERSONAL = Depth(
    True,
    "No personal information is shared, so the sections about people, safeguards and provisions are not asked. "
    "The answer itself is kept, so that you can show it.",
)
LOW_RISK = Depth(
    True,
    "It stays within the State services and carries only de-identified or aggregated information of low sensitivity, "
    "so the sections about people, safeguards and provisions are not asked.",
)


def depth(terms: Terms, information: Iterable[Information]) -> Depth:
    """How much the register asks about these terms. Unknown is never low risk."""
    if terms.personal_information == YesNoUnknown.NO:
        return NO_PERSONAL
    if terms.outside_state_services == YesNoUnknown.NO and _all_harmless(list(information)):
        return LOW_RISK
    return FULL


def _all_harmless(information: list[Information]) -> bool:
    return bool(information) and all(_harmless(item) for item in information)


def _harmless(item: Information) -> bool:
    flags = {item.children, item.health, item.maori}
    return (
        item.identifiability in NOT_IDENTIFYING and item.sensitivity == Sensitivity.LOW and flags == {YesNoUnknown.NO}
    )


def in_scope(terms: Terms) -> bool:
    """Personal information, a party outside the State services, and no exclusion: the Standard asks for assessments."""
    asked = terms.personal_information == terms.outside_state_services == YesNoUnknown.YES
    return asked and terms.exclusion == Exclusion.NONE
