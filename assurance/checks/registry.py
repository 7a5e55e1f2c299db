"""The list of checks, filled by the files beside this one."""

from collections.abc import Callable
from datetime import date

from assurance.editions import Requirement
from assurance.facts import AgreementFacts
from assurance.outcome import Result

Check = Callable[[AgreementFacts, Requirement, date], Result]
CHECKS: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Offer a function to the standards' files under its own name."""
    CHECKS[function.__name__] = function
    return function
