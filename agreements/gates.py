"""What must be recorded before an agreement goes on: the register's own extension (domain.md 8.5; letter 1.1 to 1.4).

A new gate is a line of RULES: the steps it guards, when it is shut, and a sentence that says what to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agreements.choices import VariationKind
from agreements.extensions import Extension
from agreements.models import Agreement, Information
from agreements.scope import depth


@dataclass(frozen=True)
class Rule:
    """A gate before some steps; ``shut`` says whether it is closed for an agreement."""

    steps: tuple[str, ...]
    shut: Callable[[Agreement], bool]
    says: str


def _no_purpose(agreement: Agreement) -> bool:
    return not agreement.terms_now.purpose.strip()


def _alone(agreement: Agreement) -> bool:
    return len(agreement.terms_now.parties.all()) < 2


def _no_authority(agreement: Agreement) -> bool:
    """The short form does not ask for the law."""
    terms = agreement.terms_now
    return not terms.legal_bases.all() and not depth(terms, Information.objects.filter(flow__terms=terms)).short


def _no_owner(agreement: Agreement) -> bool:
    return agreement.owner_id is None


SUBMITTING, SIGNING = ("submit", "vary_submit"), ("sign", "vary_sign")
RULES = (
    Rule((*SUBMITTING, *SIGNING), _no_purpose, "Say what it is for: the purpose is empty"),
    Rule((*SUBMITTING, *SIGNING), _alone, "Name at least two parties"),
    Rule(SIGNING, _no_authority, "Name the law that allows it: an agreement is never its own authority"),
    Rule(SIGNING, _no_owner, "Name who owns it: nobody answers for it yet"),
)


def gates(agreement: Agreement, step: str, on: date) -> list[str]:
    """Why the agreement, or the variation at hand, cannot take this step yet, in the order of the table.

    A renewal changes nothing but dates, so it is not asked for what it cannot mend.
    """
    if agreement.terms_now.variation_kind == VariationKind.RENEWAL:
        return []
    return [rule.says for rule in RULES if step in rule.steps and rule.shut(agreement)]


EXTENSION = Extension("gates", gates="agreements.gates.gates")
