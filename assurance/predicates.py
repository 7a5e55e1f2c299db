"""To which agreements a requirement applies: yes, no or unknown, and why. The standards' files name these."""

from collections.abc import Callable

from assurance.facts import AgreementFacts

Applies = Callable[[AgreementFacts], tuple[str, str]]

EXCLUDED = {
    "aisa": "It is shared under an approved information sharing agreement, which has rules of its own",
    "intelligence": "It is shared under the Intelligence and Security Act 2017, which has rules of its own",
}
WITHIN = "Every party belongs to the State services"
CONTRADICTED = (
    "The answer is that every party belongs to the State services, and {} is recorded as outside them: put one right"
)


def everything(facts: AgreementFacts) -> tuple[str, str]:
    """Every agreement."""
    return "yes", ""


def personal_information(facts: AgreementFacts) -> tuple[str, str]:
    """Those that share personal information; whether one does may be unknown."""
    says = {
        "no": "No personal information is shared",
        "unknown": "It is not known whether personal information is shared",
    }
    return facts.personal_information, says.get(facts.personal_information, "")


def third_party(facts: AgreementFacts) -> tuple[str, str]:
    """Personal information shared with a party outside the State services (letter, paragraph 1).

    That every party belongs to them is not believed against what the register says of a party.
    """
    answer, why = personal_information(facts)
    if answer == "no" or facts.outside_state_services == "yes":
        return answer, why
    if facts.outside_state_services == "no":
        outside = next((party.name for party in facts.parties if party.outside == "yes"), "")
        return ("unknown", CONTRADICTED.format(outside)) if outside else ("no", WITHIN)
    return "unknown", why or "It is not known whether a party stands outside the State services"


def standard(facts: AgreementFacts) -> tuple[str, str]:
    """In the Standard's scope: third party, public service, no exclusion (ISS-01; domain.md 1.1, 8.5 rules 6 and 7).

    An exclusion that names no order or authority excludes nothing yet.
    """
    if excluded(facts):
        return "no", EXCLUDED[facts.exclusion or "aisa"]
    answer, why = third_party(facts)
    if answer == "no" or facts.public_service == "yes":
        return answer, why
    if facts.public_service == "no":
        return "no", "It does not deliver or support a public service"
    return "unknown", why or "It is not known whether it delivers or supports a public service"


def excluded(facts: AgreementFacts) -> bool:
    """An exclusion with its reference, or an AISA whose kind says so: never in the Standard's count (rule 7)."""
    return facts.kind == "aisa" or (bool(facts.exclusion) and "exclusion_reference" in facts.written)


def aisa(facts: AgreementFacts) -> tuple[str, str]:
    """Approved information sharing agreements (Privacy Act 2020 Part 7 subpart 1)."""
    return ("yes", "") if facts.kind == "aisa" else ("no", "It is not an approved information sharing agreement")


def matching(facts: AgreementFacts) -> tuple[str, str]:
    """Authorised information matching (Privacy Act 2020 Part 7 subpart 4)."""
    return ("yes", "") if facts.kind == "matching" else ("no", "It is not an information matching agreement")


PREDICATES: dict[str, Applies] = {
    one.__name__: one for one in (everything, personal_information, third_party, standard, aisa, matching)
}
