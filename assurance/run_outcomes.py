"""What a run says of each standard as a whole: the worst of what counts in it."""

from collections.abc import Mapping, Sequence

from assurance.editions import counted
from assurance.outcome import Outcome

WORST_FIRST = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)


def outcomes_of(results: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Standards by outcome, from ``{requirement: [outcome, why]}``; one of which nothing applies is in no list."""
    said: dict[str, set[str]] = {}
    for name, (outcome, _) in results.items():
        if standard := counted().get(name):
            said.setdefault(standard, set()).add(outcome)
    worst = {standard: next((one for one in WORST_FIRST if one in found), None) for standard, found in said.items()}
    return {one.value: sorted(name for name, outcome in worst.items() if outcome == one) for one in WORST_FIRST}
