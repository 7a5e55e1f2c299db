"""What the standards ask of an agreement: the newest assessment, or an earlier one, by standard and section."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from agreements.choices import TermsState
from agreements.models import Agreement
from agreements.pages.evidence import Pointer, pointed
from agreements.policies.agreement import check_may_edit, why_not
from agreements.policies.variation import open_variation
from assurance.actions.accepted_exception import check_may_accept, holds_accepting
from assurance.assess import is_critical
from assurance.editions import Requirement, Standard, by_key
from assurance.left import Left, left_of, left_of_variation
from assurance.models import AcceptedException, Attestation, ConformanceEntry, ConformanceRun
from assurance.outcome import Outcome, Result
from assurance.pages.accepted_exception import exceptions_of, gates_ahead, who_may_accept
from assurance.pages.runs import Earlier, earlier_runs
from assurance.places import Place, place_of
from people.models import User

FEW = 6  # on the agreement's own page
SHOWN_RUNS = 5


@dataclass(frozen=True)
class Line:
    """One requirement with its result; ``asked`` is None where the file of its edition is gone."""

    id: str
    result: Result
    asked: Requirement | None
    place: Place | None
    exceptions: Sequence[AcceptedException] = ()
    answer: Attestation | None = None
    pointer: Pointer | None = None
    stops: Sequence[str] = ()

    @property
    def critical(self) -> bool:
        """Whether it is one that the file calls critical, and is not met."""
        return self.asked is not None and is_critical(self.asked, self.result)


@dataclass(frozen=True)
class Around:
    """What stands beside the results: exceptions, answers, which steps a requirement stops, where it is answered."""

    accepted: Sequence[AcceptedException]
    answers: Mapping[str, tuple[Attestation, Pointer | None]]
    stops: Callable[[Requirement], Sequence[str]]
    place: Callable[[Requirement], Place | None]


@dataclass(frozen=True)
class Group:
    """One section of a standard; what does not apply stands apart, to be folded."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Asked:
    """One standard with its sections; ``standard`` is None where its file is gone."""

    key: str
    standard: Standard | None
    groups: list[Group]
    not_applicable: list[Group]

    @property
    def aside(self) -> int:
        """How many do not apply."""
        return sum(len(group.lines) for group in self.not_applicable)


@dataclass(frozen=True)
class ConformancePage:
    """Everything that the page shows."""

    agreement: Agreement
    run: ConformanceRun | None
    newest: bool
    left: list[Left]
    standards: list[Asked]
    earlier: list[Earlier]
    more_runs: bool
    critical: bool
    exceptions: list[AcceptedException]
    existing: bool
    every_exception: Sequence[tuple[AcceptedException, str]] = ()
    no_exception: str = ""
    may_withdraw: bool = False
    who: Sequence[str] = ()
    show: str = ""
    may_answer: bool = False

    @property
    def only(self) -> str:
        """What the page is cut down to, in words; empty where it shows everything."""
        return Outcome(self.show).label.lower() if self.show else ""

    @property
    def counted(self) -> dict[str, str]:
        """How many of each outcome, in words."""
        if self.run is None:
            return {}
        said = {one.value: f"{getattr(self.run, one.value)} {one.label.lower()}" for one in Outcome}
        many = len(self.exceptions)
        return said | {"exceptions": f"{many} exception{'' if many == 1 else 's'}"}

    @property
    def few(self) -> list[Left]:
        """What is left, cut to what the agreement's own page has room for."""
        found, room = [], FEW
        for one in self.left:
            found.append(replace(one, items=one.items[:room]))
            room = max(0, room - len(one.items))
        return found

    @property
    def first(self) -> list[Left]:
        """What the page begins with: everything that stops a step, and of what stops none only the first."""
        return [one if one.step else Left("", one.items[:FEW]) for one in self.left]

    @property
    def more(self) -> int:
        """How many of what is left the agreement's own page does not show."""
        return max(0, sum(len(one.items) for one in self.left) - FEW)


def conformance_page(
    agreement: Agreement, user: User, on: date, run: ConformanceRun | None = None, show: str = ""
) -> ConformancePage:
    """Gather the page: of the newest run, or of ``run``, which is then only to be read; of one outcome alone."""
    show = show if show in set(Outcome) else ""
    entry = ConformanceEntry.objects.filter(agreement=agreement).select_related("run").first()
    newest = run is None or (entry is not None and entry.run_id == run.pk)
    shown = run or (entry.run if entry else None)
    accepted = _accepted(agreement, on) if newest else []
    earlier = earlier_runs(agreement, before=shown, many=SHOWN_RUNS + 1) if shown else []
    existing = agreement.terms_now.state in {TermsState.RECORDING, TermsState.RECORDED}
    varied = open_variation(agreement) if newest else None
    may_answer = not why_not(check_may_edit, agreement, user)
    around = Around(
        accepted,
        _answers(agreement, user) if newest else {},
        partial(gates_ahead, agreement, on=on, varied=varied is not None),
        partial(_place, agreement, may_answer=may_answer),
    )
    refused = why_not(check_may_accept, agreement, user, on) if newest else ""
    left = _left(agreement, shown, accepted, on, existing=existing) if shown and newest else []
    left = [replace(one, acceptable=not refused and bool(one.step)) for one in left]
    if left and varied:
        left = [*_of_variation(agreement.with_terms(varied), accepted, user, on), *left]
    return ConformancePage(
        agreement=agreement,
        run=shown,
        newest=newest,
        left=left,
        standards=_standards(shown, show, around) if shown else [],
        earlier=earlier[:SHOWN_RUNS],
        more_runs=len(earlier) > SHOWN_RUNS,
        critical=bool(entry and entry.critical and newest),
        exceptions=accepted,
        existing=existing,
        show=show,
        may_answer=may_answer,
        no_exception=refused,
        **(_of_exceptions(agreement, user, on) if newest else {}),
    )


def _of_exceptions(agreement: Agreement, user: User, on: date) -> dict[str, Any]:
    """Every exception there has been, whether this person may withdraw one, and who accepts them."""
    return {
        "every_exception": exceptions_of(agreement, on),
        "may_withdraw": holds_accepting(user, on),
        "who": who_may_accept(user, on),
    }


def _accepted(agreement: Agreement, on: date) -> list[AcceptedException]:
    rows = AcceptedException.objects.filter(agreement=agreement).on(on)
    return list(rows.select_related("by__person").order_by("requirement", "gate"))


def results_of(run: ConformanceRun) -> dict[str, Result]:
    """What the run found, by requirement, in the order in which it was asked."""
    return {name: Result(Outcome(outcome), why) for name, (outcome, why) in run.results.items()}


def _left(
    agreement: Agreement, run: ConformanceRun, accepted: Iterable[AcceptedException], on: date, *, existing: bool
) -> list[Left]:
    return left_of(agreement, results_of(run), _opened(accepted), on, existing=existing)


def _of_variation(varied: Agreement, accepted: Iterable[AcceptedException], user: User, on: date) -> list[Left]:
    """What is left before the steps of the variation under way; it may have other authors."""
    may = not why_not(check_may_accept, varied, user, on)
    return [replace(one, acceptable=may) for one in left_of_variation(varied, _opened(accepted), on)]


def _opened(accepted: Iterable[AcceptedException]) -> set[tuple[str, str]]:
    return {(one.requirement, one.gate) for one in accepted}


def _place(agreement: Agreement, asked: Requirement, *, may_answer: bool) -> Place | None:
    """The page that answers it; none where a person does and this one may not."""
    return place_of(agreement, asked) if may_answer or not asked.attested else None


def _standards(run: ConformanceRun, show: str, around: Around) -> list[Asked]:
    results = {name: one for name, one in _in_order(run).items() if show in {"", one.outcome}}
    found = []
    for key in run.editions:
        standard = by_key(key)
        asked = {one.id: one for one in standard.requirements} if standard else {}
        mine = {name: results.pop(name) for name in asked if name in results}
        found.append(_asked(key, standard, [_line(name, mine[name], asked[name], around) for name in mine]))
    rest = [Line(name, result, None, None) for name, result in results.items()]
    return _with_rest([one for one in found if one.groups or one.not_applicable], rest)


def _in_order(run: ConformanceRun) -> dict[str, Result]:
    """Postgres keeps the keys of JSON in an order of its own: shorter first."""
    return dict(sorted(results_of(run).items()))


def _with_rest(found: list[Asked], rest: list[Line]) -> list[Asked]:
    """What no file here asks for any more is shown by its id, as it was found."""
    return [*found, _asked("", None, rest)] if rest else found


def _asked(key: str, standard: Standard | None, lines: Iterable[Line]) -> Asked:
    listed = list(lines)
    aside = [line for line in listed if line.result.outcome == Outcome.NOT_APPLICABLE]
    return Asked(key, standard, _groups([line for line in listed if line not in aside]), _groups(aside))


def _groups(lines: Iterable[Line]) -> list[Group]:
    """By section, in the order of the file."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.asked.section if line.asked else "", []).append(line)
    return [Group(title, listed) for title, listed in found.items()]


def _line(name: str, result: Result, asked: Requirement, around: Around) -> Line:
    beside = [one for one in around.accepted if one.requirement == name] if result.outcome.is_open else []
    answer, pointer = around.answers.get(name, (None, None)) if asked.attested else (None, None)
    shut = around.stops(asked) if result.outcome == Outcome.NOT_MET else ()
    return Line(name, result, asked, around.place(asked), beside, answer, pointer, shut)


def _answers(agreement: Agreement, user: User) -> dict[str, tuple[Attestation, Pointer | None]]:
    """The newest answer of each attested requirement, with where it can be read."""
    rows = Attestation.objects.filter(agreement=agreement).newest().select_related("by__person")
    return {row.requirement: (row, where) for row, where in pointed(rows, user)}
