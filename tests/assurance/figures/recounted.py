"""Every figure of the written assurance counted again from the history tables, row by row and by rules of its own.

The figures never read these tables (design.md section 6), but for who was here and who was asked. ``recounted`` gives
what each says and how many are unknown, as the newest history row of everything had it at the end of a day.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate

from agreements.models import Agreement, Terms
from assurance.editions import asked_of
from assurance.maturity.elements import elements
from assurance.models import (
    AcceptedException,
    Action,
    Activity,
    AskedAgreement,
    Complaint,
    ComplaintTheme,
    Concern,
    ConformanceRun,
    Finding,
    MaturityAnswer,
    PlanItem,
    Policy,
    PrivacyBreach,
    ProviderRequest,
    RiskAcceptance,
)
from conflicts.choices import Outcome
from conflicts.counting import guarded_table
from conflicts.models import Decision, Declaration, Invitation, ManagementPlan, NonCompliance, Round
from people.models import Agency, Person
from records.as_at import end_of
from records.models import Recorded

YEAR = timedelta(days=365)
Told = dict[str, tuple[str, int]]  # by the key of the figure: what it says, and how many are unknown
PROVISIONS = {"privacy": "C6", "assurance": "C12", "audit": "C14", "conflicts": "C9"}


def of(value: int, whole: int) -> str:
    return f"{value:,} of {whole:,}" if whole else "None to count"


def few(value: int) -> str:
    return "Fewer than 5" if 0 < value < 5 else f"{value:,}"


def people(done: int, asked: int) -> str:
    """Neither part may be a handful of people."""
    if 0 < asked < 5:
        return "Fewer than 5 people asked"
    if 0 < done < 5:
        return f"Fewer than 5 of {asked}"
    return f"All but fewer than 5 of {asked}" if 0 < asked - done < 5 else of(done, asked)


@dataclass(frozen=True)
class InUse:
    """An agreement that was in use, whether the Standard is about it, and what the newest run said of it."""

    agreement: Any
    terms: Any
    scope: str
    run: Any

    def said(self, requirement: str) -> str:
        return self.run.results.get(requirement, ["unknown"])[0] if self.run else "unknown"


class Then:
    """What an agency's history holds as at the end of a day."""

    def __init__(self, agency: Agency, day: date) -> None:
        self.agency, self.day, self.until = agency, day, end_of(day)

    def all(self, model: type[Recorded]) -> list[Any]:
        newest: dict[int, Any] = {}
        rows: Any = model.history.filter(history_date__lt=self.until)
        for row in rows.order_by("history_date", "history_id"):
            newest[row.id] = row
        return [row for row in newest.values() if row.history_type != "-"]

    def own(self, model: type[Recorded]) -> list[Any]:
        return [one for one in self.all(model) if one.agency_id == self.agency.pk]

    def of_agreements(self, model: type[Recorded]) -> list[Any]:
        mine = {one.id for one in self.own(Agreement)}
        return [one for one in self.all(model) if one.agreement_id in mine]

    def in_year(self, day: date | None) -> bool:
        return day is not None and self.day - YEAR < day <= self.day

    @cached_property
    def third_party(self) -> list[InUse]:
        """In use, and not known to be outside the Standard."""
        terms = {one.id: one for one in self.all(Terms)}
        runs: dict[int, Any] = {}
        for one in sorted(self.of_agreements(ConformanceRun), key=lambda run: (run.on, run.id)):
            if one.on <= self.day:
                runs[one.agreement_id] = one
        held = [
            InUse(one, now := terms[one.current_terms_id], _scope(one, now), runs.get(one.id))
            for one in self.own(Agreement)
            if one.status in {"signed", "suspended"}
        ]
        return [one for one in held if one.scope != "no"]


def _scope(agreement: Any, terms: Any) -> str:
    answers = {terms.personal_information, terms.outside_state_services, terms.public_service}
    if agreement.kind == "aisa" or (terms.exclusion and terms.exclusion_reference) or "no" in answers:
        return "no"
    return "yes" if answers == {"yes"} else "unknown"


def recounted(agency: Agency, day: date) -> Told:
    then, told = Then(agency, day), Told()
    for part in PARTS:
        told |= part(then)
    return told | _implemented(told)


def _population(then: Then) -> Told:
    rows = then.third_party
    unsure = sum(one.scope == "unknown" for one in rows)
    parts = [f"kind.{one.agreement.kind}" for one in rows]
    parts += [f"risk.{_residual(one.run)}" for one in rows]
    parts += [f"edition.{_edition(one.run)}" for one in rows]
    whole = {"population": (f"{len(rows) - unsure:,}", unsure)}
    return whole | {f"population.{name}": (of(parts.count(name), len(rows)), 0) for name in parts}


def _residual(run: Any) -> str:
    finals = [one for one in run.facts.get("assessments", ()) if (one["kind"], one["status"]) == ("risk", "final")]
    return str(max(finals, key=lambda one: one["done_on"])["residual"]) if finals else "unknown"


def _edition(run: Any) -> str:
    return next((one.split()[1] for one in run.editions if one.startswith("information-sharing ")), "none")


def _counted(outcomes: Iterable[str]) -> tuple[str, int]:
    asked = [one for one in outcomes if one != "not_applicable"]
    return of(asked.count("met"), len(asked)), asked.count("unknown")


def _conformance(then: Then) -> Told:
    mandatory = [one.id for one in asked_of("agreement", then.day) if one.gates or one.critical]
    new = [one for one in then.third_party if one.terms.signed_on and one.terms.signed_on >= date(2025, 7, 1)]
    gap = [one.said("L1.3") for one in then.third_party]
    several = [one for one in then.third_party if _public_parties(one.run) > 1]
    return {
        "since.compliant": _counted(_worst([one.said(name) for name in mandatory if name in one.run.results])
                                    for one in new),
        "integrity.gap": (of(gap.count("not_met"), len(gap)), gap.count("unknown")),
        "ownership.settled": _counted(one.said("L1.4") for one in several),
        **{
            f"provisions.{name}": _counted(_provision(one.run, code) for one in then.third_party)
            for name, code in PROVISIONS.items()
        },
    }  # fmt: skip


def _worst(outcomes: Sequence[str]) -> str:
    return next((one for one in ("not_met", "unknown") if one in outcomes), "met")


def _public_parties(run: Any) -> int:
    return len({one["organisation"] for one in run.facts.get("parties", ()) if one["outside"] == "no"})


def _provision(run: Any, code: str) -> str:
    answer = run.facts.get("provisions", {}).get(code, {}).get("answer", "unknown")
    return {"present": "met", "absent": "not_met"}.get(answer, answer)


def _plan(then: Then) -> Told:
    items = [one for one in then.of_agreements(PlanItem) if one.left_on is None or one.state == "done"]
    told = Told()
    for tier in ("all", "high", "medium", "low"):
        mine = [one for one in items if tier in ("all", one.tier)]
        states = [one.state for one in mine]
        late = [one for one in mine if one.state != "done" and one.target and one.target < then.day]
        told |= {
            f"plan.{tier}.{state}": (of(states.count(state), len(mine)), 0)
            for state in ("done", "in_progress", "not_started")
        }
        told[f"plan.{tier}.overdue"] = (of(len(late), len(mine)), 0)
    return told


def _work(then: Then) -> Told:
    every = then.of_agreements(Activity)
    done = [one for one in every if then.in_year(one.done_on)]
    to_do = [one for one in every if one.done_on is None and one.cancelled_on is None]
    kinds = [one.kind for one in done]
    return {
        "work.done": (f"{len(done)}", 0),
        **{f"work.done.{kind}": (f"{kinds.count(kind)}", 0) for kind in kinds},
        "work.poor": (of(sum(one.outcome != "satisfactory" for one in done), len(done)), 0),
        "work.late": (of(sum(one.due_on < then.day for one in to_do), len(to_do)), 0),
    }


def _findings(then: Then) -> Told:
    mine = [one for one in then.own(Finding) if one.opened_on <= then.day]
    open_ = {one.id: one for one in mine if one.closed_at is None}
    red = {one.finding_id for one in then.all(RiskAcceptance)
           if one.from_on <= then.day <= one.until_on and one.withdrawn_on is None}  # fmt: skip
    late = {one.finding_id for one in then.all(Action) if one.state == "open" and one.due_on < then.day}
    bad = {pk for pk, one in open_.items() if one.severity in {"critical", "high"}}
    return {
        "findings.open": (f"{len(open_)}", 0),
        "findings.bad": (of(len(bad), len(open_)), 0),
        "findings.accepted": (of(len(red & open_.keys()), len(open_)), 0),
        "findings.late": (of(len(late & open_.keys()), len(open_)), 0),
        "findings.closed": (f"{sum(then.in_year(one.closed_on) for one in mine)}", 0),
    }


def _providers(then: Then) -> Told:
    requests = {one.id: one for one in then.own(ProviderRequest) if one.withdrawn_at is None}
    every = [(one, requests[one.asking_id]) for one in then.all(AskedAgreement) if one.asking_id in requests]
    asked = [(one, request) for one, request in every if then.in_year(localdate(request.asked_at))]
    answered = [one for one, request in asked if request.submitted_at]
    waiting = [request for _, request in every if request.submitted_at is None]
    return {
        "providers.asked": (f"{len(asked)}", 0),
        "providers.answered": (of(len(answered), len(asked)), 0),
        "providers.gap": (of(sum(one.outcome != "satisfactory" for one in answered), len(answered)), 0),
        "providers.late": (of(sum(one.due_on < then.day for one in waiting), len(waiting)), 0),
    }


def _policies(then: Then) -> Told:
    used = [one for one in then.own(Policy) if one.ended_on is None]
    current = [one for one in used if one.next_review >= then.day]
    year = then.day.year - (then.day.month < 7)
    levels: dict[str, str] = {}
    for one in sorted(then.own(MaturityAnswer), key=lambda answer: answer.id):
        if one.year == year:
            levels[one.element] = one.level
    high = sum(level != "informal" for level in levels.values())
    return {
        "policies.current": (of(len(current), len(used)), 0),
        "policies.areas": (of(len({one.area for one in used}), 3), 0),
        "maturity.foundational": (of(high, len(elements())), len(elements()) - len(levels)),
    }


def _breaches(then: Then) -> Told:
    found = [one for one in then.own(PrivacyBreach) if then.until - YEAR <= one.aware_at < then.until]
    breaches = [one for one in found if one.kind == "breach"]
    notifiable = [one for one in breaches if one.notifiable == "yes"]
    told = [one for one in notifiable if one.commissioner_at]
    soon = sum(one.commissioner_at - one.aware_at <= timedelta(hours=72) for one in told)
    return {
        "breaches.recorded": (f"{len(breaches)}", 0),
        "breaches.near_misses": (f"{len(found) - len(breaches)}", 0),
        "breaches.notifiable": (
            of(len(notifiable), len(breaches)),
            sum(one.notifiable == "unknown" for one in breaches),
        ),
        "breaches.told": (of(len(told), len(notifiable)), 0),
        "breaches.soon": (of(soon, len(told)), 0),
        "breaches.people": (of(sum(one.people_at is not None for one in notifiable), len(notifiable)), 0),
        "breaches.open": (f"{sum(one.closed_at is None for one in found)}", 0),
    }


def _concerns(then: Then) -> Told:
    raised = [one for one in then.own(Concern) if then.in_year(one.raised_on)]
    in_time = [one for one in raised if one.acknowledged_on and one.acknowledged_on <= one.acknowledge_by]
    due = [one for one in raised if one in in_time or one.acknowledge_by < then.day]
    handful = 0 < len(in_time) < 5 or 0 < len(due) - len(in_time) < 5
    received = [one for one in then.own(Complaint) if then.in_year(one.received_on)]
    themes = [[one.theme for one in received].count(theme) for theme in ComplaintTheme.values]
    [shown] = guarded_table([themes])
    return {
        "concerns.raised": (few(len(raised)), 0),
        "concerns.in_time": ("Fewer than 5" if handful else of(len(in_time), len(due)), 0),
        "concerns.open": (few(sum(one.closed_on is None for one in raised)), 0),
        "complaints.received": (few(len(received)), 0),
        "complaints.open": (few(sum(one.closed_on is None for one in received)), 0),
        **{f"complaints.{theme}": (one.says.capitalize(), 0) for theme, one in zip(ComplaintTheme.values, shown,
                                                                                strict=True)},
    }  # fmt: skip


def _conflicts(then: Then) -> Told:
    here = [one for one in then.own(Person) if _here(one, then.day)]
    declarations = [one for one in then.own(Declaration) if one.submitted_on and one.submitted_on <= then.day]
    by = {one.person_id for one in declarations if then.in_year(one.submitted_on)}
    senior = {one.id for one in here if one.senior}
    mine = {one.id for one in then.own(Declaration)}
    outcomes = [one.outcome for one in then.all(Decision) if one.declaration_id in mine and then.in_year(one.on)]
    [shown] = guarded_table([[outcomes.count(one.value) for one in Outcome]])
    plans = [one for one in then.all(ManagementPlan) if one.declaration_id in mine and one.approved_on]
    not_kept = [one for one in then.all(NonCompliance) if one.declaration_id in mine and then.in_year(one.on)]
    return {
        "conflicts.coverage": (_coverage(then, {one.id for one in declarations}), 0),
        "conflicts.senior": (people(len(senior & by), len(senior)), 0),
        **{f"conflicts.decided.{one.value}": (count.says.capitalize(), 0) for one, count in zip(Outcome, shown,
                                                                                               strict=True)},
        "conflicts.plans": (few(sum(one.ended_on is None for one in plans)), 0),
        "conflicts.not_kept": (few(len(not_kept)), 0),
    }  # fmt: skip


def _here(one: Any, day: date) -> bool:
    return (one.started_on is None or one.started_on <= day) and (one.left_on is None or one.left_on > day)


def _coverage(then: Then, declared: set[int]) -> str:
    rounds = [one for one in then.own(Round) if one.occasion == "annual" and one.launched_at]
    if not rounds:
        return "No round was held"
    newest = max(rounds, key=lambda one: one.launched_at)
    gone = {one.id for one in then.own(Person) if one.left_on and one.left_on <= then.day}
    asked = [
        one
        for one in then.all(Invitation)
        if one.round_id == newest.id and one.state != "excused" and one.person_id not in gone
    ]
    return people(sum(one.declaration_id in declared for one in asked), len(asked))


def _exceptions(then: Then) -> Told:
    held = [one for one in then.of_agreements(AcceptedException)
            if one.from_on <= then.day <= one.ends_on and one.withdrawn_on is None]  # fmt: skip
    return {"exceptions.in_force": (f"{len(held)}", 0)}


def _implemented(told: Told) -> Told:
    """Yes only where all four are whole and nothing of them is unknown."""
    words = {key: told[key] for key in ("since.compliant", "integrity.gap", "ownership.settled", "plan.all.overdue")}
    numbers = {key: [int(one.replace(",", "")) for one in says.split(" of ")] if " of " in says else [0, 0]
               for key, (says, _) in words.items()}  # fmt: skip
    unknown = any(many for _, many in words.values())
    whole = all(numbers[key][0] == numbers[key][1] for key in ("since.compliant", "ownership.settled"))
    none_bad = not numbers["integrity.gap"][0] and not numbers["plan.all.overdue"][0]
    met, asked = numbers["since.compliant"]
    if told["population"] == ("0", 0):
        says = "Not known: no agreement is recorded"
    elif asked and not met and not words["since.compliant"][1]:
        says = "No"
    else:
        says = "Yes" if whole and none_bad and not unknown else "Partly"
    return {"implemented": (says, 0)}


PARTS: tuple[Callable[[Then], Told], ...] = (
    _population, _conformance, _plan, _work, _findings, _providers, _policies, _breaches, _concerns, _conflicts,
    _exceptions,
)  # fmt: skip


def different(agency: Agency, day: date, found: Iterable[Any]) -> dict[str, object]:
    """What the figures of a day say otherwise than history, or that nobody counted again; empty where all is equal."""
    told, again = {one.key: (one.words, one.unknown) for one in found}, recounted(agency, day)
    keys = sorted(told.keys() | again.keys())
    return {key: (told.get(key), again.get(key)) for key in keys if told.get(key) != again.get(key)}
