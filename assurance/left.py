"""What is left before the next step, in the order of the standards: for the panel, the page and the gates."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from agreements.choices import Status, TermsState
from agreements.models import Agreement
from assurance.assess import assess, is_critical
from assurance.collect import collect
from assurance.editions import Requirement, asked_of
from assurance.outcome import Outcome, Result
from assurance.places import Place, place_of

Results = Mapping[str, Result]
Accepted = Collection[tuple[str, str]]  # a requirement, and the step that an exception opens

# The steps ahead of a state, of an agreement and of a variation, and what they lead to in words.
AHEAD: dict[str, tuple[str, ...]] = {
    Status.DRAFT: ("submit", "sign"),
    Status.IN_REVIEW: ("sign",),
    Status.APPROVED: ("sign",),
    Status.SUSPENDED: ("start",),
}
VARIED_AHEAD: dict[str, tuple[str, ...]] = {
    TermsState.DRAFT: ("vary_submit", "vary_sign"),
    TermsState.IN_REVIEW: ("vary_sign",),
    TermsState.APPROVED: ("vary_sign",),
}
CALLED = {
    "submit": "it can be submitted",
    "sign": "it can be signed",
    "start": "sharing can start",
    "vary_submit": "the variation can be submitted",
    "vary_sign": "the variation can be signed",
}


@dataclass(frozen=True)
class Open:
    """A requirement that is not met or unknown, why, and where it is answered."""

    asked: Requirement
    result: Result
    place: Place
    excepted: bool = False

    @property
    def critical(self) -> bool:
        """Whether it is one that the file calls critical, and is not met."""
        return is_critical(self.asked, self.result)


@dataclass(frozen=True)
class Left:
    """What is left before one step; an empty ``step`` is where nothing is ahead, and then it stops nothing."""

    step: str
    items: Sequence[Open]

    @property
    def title(self) -> str:
        """The heading."""
        return f"What is left before {CALLED[self.step]}" if self.step else "What the standards still ask"


def left_of(agreement: Agreement, results: Results, accepted: Accepted, on: date, *, existing: bool) -> list[Left]:
    """For the terms that stand: what stops each step ahead, or else everything open, critical first, unknown last."""
    open_ones = _opens(agreement, results, accepted, on)
    ahead = () if existing else AHEAD.get(agreement.status, ())
    if not ahead:
        ranked = sorted(open_ones, key=lambda one: (not one.critical, one.result.outcome == Outcome.UNKNOWN))
        return [Left("", ranked)]
    return _steps(open_ones, ahead, accepted)


def left_of_variation(varied: Agreement, accepted: Accepted, on: date) -> list[Left]:
    """For the variation at hand: assessed as it stands now. One query."""
    ahead = VARIED_AHEAD.get(varied.terms_now.state, ())
    asked = [one for one in asked_of("agreement", on) if set(one.gates) & set(ahead)]
    facts = next(iter(collect([varied.terms_now.pk])), None) if asked else None
    return _steps(_opens(varied, assess(facts, asked, on), accepted, on), ahead, accepted) if facts else []


def _opens(agreement: Agreement, results: Results, accepted: Accepted, on: date) -> list[Open]:
    """What is open, in the order of the standards: the database keeps the results of a run in another."""
    found = [(one, results[one.id]) for one in asked_of("agreement", on) if one.id in results]
    beside = {name for name, _ in accepted}
    return [
        Open(one, result, place_of(agreement, one), one.id in beside) for one, result in found if result.outcome.is_open
    ]


def _steps(open_ones: Iterable[Open], ahead: Iterable[str], accepted: Accepted) -> list[Left]:
    """Each step with what stops it and no earlier one; steps with nothing left are said to have nothing left."""
    listed, seen, found = list(open_ones), set[str](), []
    for step in ahead:
        shut = [one for one in listed if step in one.asked.gates and (one.asked.id, step) not in accepted]
        found.append(Left(step, [one for one in shut if one.asked.id not in seen]))
        seen |= {one.asked.id for one in shut}
    return found
