"""Each rule's failing agreement fails for the rule's own reason: beside its passing twin nothing else opens.

The rules of domain.md 8.5 and the failures of its section 6 by the names that tests/assurance/test_rules.py gives them.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assurance.assess import assess
from assurance.days import STANDARD_FROM
from assurance.editions import asked_of
from assurance.facts import AgreementFacts, AssessmentFact, ChangeFact
from tests.assurance.examples import CHANGED, LONG_AGO, MANY_AGENCIES, OLD, PIA, UNUSED, without
from tests.assurance.facts_of import (
    AISA,
    APPROVAL,
    BELOW,
    COMPLIANT,
    DUE_DILIGENCE,
    MATCHING,
    ON,
    OURS,
    RISK,
    SAID_BEFORE,
    TRUST,
    but,
    flow,
    provisions,
)

MANY = but(parties=MANY_AGENCIES)
KNOWN = but(parties=(OURS, replace(TRUST, elsewhere=True)))
EXISTING = but(**OLD)
AGED = but(**LONG_AGO)
LET_DOWN = replace(BELOW, conflict=True, approved_on=date(2026, 2, 2))
LATE = date(2026, 2, 2)  # the day after the start


def late(kind: str) -> tuple[AssessmentFact, ...]:
    """The assessments, one of them done the day after the start."""
    return tuple(replace(one, done_on=LATE) if one.kind == kind else one for one in COMPLIANT.assessments)


# Name: the passing agreement, what is different in the failing one, and what that opens.
RULES: dict[str, tuple[AgreementFacts, AgreementFacts, str]] = {
    "rule 1, due diligence": (COMPLIANT, but(assessments=late("due_diligence")), "ISS-05 L2.1"),
    "rule 1, risk": (COMPLIANT, but(assessments=late("risk")), "ISS-06"),
    "rule 2": (COMPLIANT, but(assessments=(replace(RISK, lba_required="yes"), DUE_DILIGENCE), binding="no"), "ISS-08"),
    "rule 3, audit": (COMPLIANT, but(provisions=provisions(C14="absent")), "ISS-10 L1.2-audit"),
    "rule 3, assurance": (COMPLIANT, but(provisions=provisions(C12="absent")), "ISS-10 L1.2-assurance"),
    "rule 4": (
        but(service_contract="no", contracts=()),
        but(service_contract="no", contracts=(), provisions=provisions(C9="absent")),
        "ISS-13 L1.3",
    ),
    "rule 5": (COMPLIANT, but(ends_on=None, open_ended="yes"), "ISS-12"),
    "rule 6": (but(EXISTING, planned=True, plan_owner=True, plan_target=True), EXISTING, "ISS-20"),
    "rule 7": (COMPLIANT, but(exclusion="intelligence"), "ISS-01"),
    "rule 8, a blank": (MANY, but(MANY, responsibilities=dict(MANY.responsibilities) | {"breach_lead": ()}), "L1.4"),
    "rule 8, a double": (MANY, but(MANY, responsibilities=dict(MANY.responsibilities) | {"assurance": (1, 4)}), "L1.4"),
    "rule 9": (COMPLIANT, but(conversations=(replace(SAID_BEFORE, on=date(2026, 2, 1)),)), "L2.4"),
    "rule 10": (but(subcontracts=(BELOW,)), but(subcontracts=(LET_DOWN,)), "L2.5"),
    "rule 13 and F3": (
        but(assessments=(*COMPLIANT.assessments, PIA)),
        but(assessments=(*COMPLIANT.assessments, replace(PIA, status="draft"))),
        "F3",
    ),
    "rule 14 and F2": (COMPLIANT, but(changes=(ChangeFact("", date(2026, 6, 1), weakened=True),)), "F2"),
    "rule 15 and F12": (COMPLIANT, but(parties=(OURS, replace(TRUST, paused=True))), "F12"),
    "rule 16": (COMPLIANT, but(indirect_collection="yes", written=without("notice_where")), "IPP-3A"),
    "rule 17": (but(breach_hours=72), but(breach_hours=73), "ISS-14"),
    "rule 18, AISA": (AISA, but(AISA, approval=replace(APPROVAL, notice_days=9)), "AISA-152"),
    "rule 18, matching": (MATCHING, but(MATCHING, approval=replace(APPROVAL, notice_days=4)), "IM-181"),
    "rule 19": (AISA, but(AISA, approval=replace(APPROVAL, amendment="none")), "AISA-157"),
    "rule 21": (but(signed_on=STANDARD_FROM), but(signed_on=STANDARD_FROM - timedelta(days=1)), "ISS-20"),
    "F1, nobody named": (COMPLIANT, but(access_holders=0), "F1"),
    "F1, no undertakings": (COMPLIANT, but(provisions=provisions(C25="absent")), "F1"),
    "F6": (but(flows=(flow("view"),), at_end="unknown"), but(flows=(flow("download"),), at_end="unknown"), "F6"),
    "F7": (COMPLIANT, but(review_due_on=ON - timedelta(days=1)), "F7"),
    "F8": (AGED, but(AGED, provisions=UNUSED), "F8 F10 F10-twice ISS-11"),
    "F11": (KNOWN, but(KNOWN, responsibilities={}), "F11"),
    "F13": (COMPLIANT, but(changes=(CHANGED,)), "F13"),
}


def left(facts: AgreementFacts) -> set[str]:
    """Whatever any standard leaves open."""
    return {name for name, one in assess(facts, asked_of("agreement", ON), ON).items() if one.outcome.is_open}


@pytest.mark.parametrize("name", RULES)
def test_the_failing_agreement_opens_what_the_rule_is_about_and_nothing_else(name: str) -> None:
    passes, fails, opened = RULES[name]
    assert left(fails) - left(passes) == set(opened.split())
    assert not left(passes) - left(fails)
