"""What is left before the next step, in the order of the standards: for the gates, the panel and the pages."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from agreements.choices import Status, TermsState
from agreements.models import Agreement
from assurance.assess import assess, is_critical
from assurance.collect import collect
from assurance.editions import Requirement, asked_of
from assurance.facts import AgreementFacts
from assurance.outcome import Outcome, Result
from assurance.places import Place, place_of
from records.one_page import once

Results = Mapping[str, Result]
Accepted = Collection[tuple[str, str]]  # a requirement, and the step that an exception opens

# The steps ahead of a state, of an agreement and of a variation, and what they lead to in words.
AHEAD: dict[str, tuple[str, ...]] = {
    Status.DRAFT: ("submit", "sign", "start"),
    Status.IN_REVIEW: ("sign", "start"),
    Status.APPROVED: ("sign", "start"),
    Status.SIGNED: ("start",),
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
VARYING = {"vary_submit", "vary_sign"}
SAME_GATE = {"resume": "start"}  # sharing starts again


def gate_of(step: str) -> str:
    """The gate that a step passes: to resume is to start again."""
    return SAME_GATE.get(step, step)


def ahead_of(agreement: Agreement, on: date) -> tuple[str, ...]:
    """The steps that the terms that stand have before them; the start only until its day has passed."""
    if agreement.status == Status.SIGNED and (agreement.terms_now.starts_on or date.min) < on:
        return ()
    return AHEAD.get(agreement.status, ())


def shut_by(results: Results, step: str, accepted: Accepted, on: date) -> list[Requirement]:
    """What keeps a step shut, in the order of the standards: not met or unknown, and not accepted for this very step.

    The one place that decides it: the gates, the panel and every page ask here.
    """
    gate = gate_of(step)
    asked = [one for one in asked_of("agreement", on) if gate in one.gates and one.id in results]
    return [one for one in asked if results[one.id].outcome.is_open and (one.id, gate) not in accepted]


def results_before(agreement: Agreement, steps: Collection[str], on: date) -> Results:
    """What is found now of whatever some steps ask, for the terms at hand. At most one query.

    Nothing where they ask nothing, or of an arrangement that is only recorded as it stands: that is never stopped.
    Asked of the terms that stand, the steps of a variation say what one that is begun now would be asked.
    """
    wanted = {gate_of(step) for step in steps}
    asked = [one for one in asked_of("agreement", on) if wanted & set(one.gates)]
    facts = _facts(agreement.terms_now.pk) if asked else None
    if facts and agreement.terms_now.pk == agreement.current_terms_id and wanted & VARYING:
        facts = facts.varied()
    return {} if facts is None or facts.existing else assess(facts, asked, on)


def _facts(terms: int) -> AgreementFacts | None:
    return once(("facts", terms), lambda: next(iter(collect([terms])), None))


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
    """What is left before one step; an empty ``step`` is where nothing is ahead, and then it stops nothing.

    ``acceptable`` where the person who looks may accept an exception to what is not met.
    """

    step: str
    items: Sequence[Open]
    acceptable: bool = False

    @property
    def gate(self) -> str:
        """The gate that an exception would open."""
        return gate_of(self.step)

    @property
    def title(self) -> str:
        """The heading."""
        return f"What is left before {CALLED[self.step]}" if self.step else "What the standards still ask"


def left_of(agreement: Agreement, results: Results, accepted: Accepted, on: date, *, existing: bool) -> list[Left]:
    """For the terms that stand: what stops each step ahead, or else everything open, critical first, unknown last."""
    ahead = () if existing else ahead_of(agreement, on)
    if ahead:
        return _steps(agreement, results, ahead, accepted, on)
    open_ones = [_open(agreement, one, results, accepted) for one in asked_of("agreement", on) if one.id in results]
    left = [one for one in open_ones if one.result.outcome.is_open]
    return [Left("", sorted(left, key=lambda one: (not one.critical, one.result.outcome == Outcome.UNKNOWN)))]


def left_of_variation(varied: Agreement, accepted: Accepted, on: date) -> list[Left]:
    """For the variation at hand: assessed as it stands now. One query."""
    ahead = VARIED_AHEAD.get(varied.terms_now.state, ())
    return _steps(varied, results_before(varied, ahead, on), ahead, accepted, on)


def _open(agreement: Agreement, asked: Requirement, results: Results, accepted: Accepted) -> Open:
    beside = any(name == asked.id for name, _ in accepted)
    return Open(asked, results[asked.id], place_of(agreement, asked), beside)


def _steps(agreement: Agreement, results: Results, ahead: Iterable[str], accepted: Accepted, on: date) -> list[Left]:
    """Each step with what stops it and no earlier one; nothing left is said as well, except of the last of several."""
    seen, found = set[str](), list[Left]()
    for step in ahead:
        shut = [one for one in shut_by(results, step, accepted, on) if one.id not in seen]
        if shut or not found or step != "start":
            found.append(Left(step, [_open(agreement, one, results, accepted) for one in shut]))
        seen |= {one.id for one in shut}
    return found
