"""Every check by its name: pure functions over AgreementFacts, without queries and without a clock.

``check(facts, asked, on) -> Result``: ``asked`` is the requirement, whose options a check may read. A new kind of check
is a function in the file of its subject, marked with ``@check``; the standards' files name it.
"""

from assurance.checks import (
    assessments,
    changes,
    conflicts,
    oversight,
    parties,
    principles,
    provisions,
    statutory,
    terms,
)
from assurance.checks.registry import CHECKS, Check, check

__all__ = [
    "CHECKS",
    "Check",
    "assessments",
    "changes",
    "check",
    "conflicts",
    "oversight",
    "parties",
    "principles",
    "provisions",
    "statutory",
    "terms",
]
