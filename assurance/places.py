"""Where on the agreement's pages a requirement is answered: one table, by the ``evidence`` of the standards' files."""

from dataclasses import dataclass

from django.urls import reverse

from agreements.choices import Kind
from agreements.models import Agreement
from agreements.sections import BY_NAME, VARIED_BY_NAME
from assurance.editions import Requirement

# What is not a section: the name of its address, and what the link says.
PAGES = {
    "assessments": ("agreements:assessments", "Assessments and advice"),
    "contracts": ("agreements:contracts_of", "Contracts and oversight"),
    "reviews": ("agreements:reviews_of", "Reviews and use"),
    "conversations": ("conflicts:of_agreement", "Conflicts of interest"),
    "conflicts": ("conflicts:of_agreement", "Conflicts of interest"),
    "approval": ("approval", "Approval"),
    "terms": ("agreements:versions", "Versions of the terms"),
    "provisions": ("agreements:provisions", "Provisions"),
    "responsibilities": ("agreements:responsibilities", "Who does what"),
}
APPROVED = {Kind.AISA.value, Kind.MATCHING.value}
VARIED = {name: f"agreements:variation_{name}" for name in ("provisions", "responsibilities")}


@dataclass(frozen=True)
class Place:
    """A page of the agreement, and what its link says."""

    url: str
    words: str


def place_of(agreement: Agreement, asked: Requirement) -> Place:
    """The page that answers the requirement for the terms at hand; the agreement's own where none does it alone."""
    if asked.attested:
        return Place(reverse("attest", args=[agreement.reference, asked.id]), "Answer it")
    name, number = asked.evidence, agreement.terms_at_hand and agreement.terms_at_hand.number
    if number and name in VARIED_BY_NAME:
        given = [agreement.reference, number] + ([] if name in VARIED else [name])
        return Place(reverse(VARIED.get(name, "agreements:variation_section"), args=given), BY_NAME[name].title)
    if name in PAGES and (name != "approval" or agreement.kind in APPROVED):
        return Place(reverse(PAGES[name][0], args=[agreement.reference]), PAGES[name][1])
    if name in BY_NAME:
        return Place(reverse("agreements:section", args=[agreement.reference, name]), BY_NAME[name].title)
    return Place(agreement.get_absolute_url(), "The agreement")
