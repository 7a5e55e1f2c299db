"""What flows between two organisations: both ways, at every depth, under every name they ever had."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from agreements.models import Agreement, Flow, Information, Organisation, Party
from agreements.reach import of_present_terms
from people.models import User

Side = Literal["a", "b"]
IN_FORCE = "In force"


@dataclass(frozen=True)
class FlowLine:
    """One flow as the page shows it; ``sent_by`` and ``received_by`` say who acts where it is not the body itself."""

    flow: Flow
    agreement: Agreement
    sent_by: str
    received_by: str
    items: list[Information]
    standing: str
    ours: bool


@dataclass(frozen=True)
class Direction:
    """Everything that flows one way."""

    sender: Organisation
    receiver: Organisation
    lines: list[FlowLine]

    @property
    def agreements(self) -> int:
        """In how many agreements."""
        return len({line.agreement.pk for line in self.lines})

    @property
    def in_force(self) -> int:
        """How many of the flows stand in an agreement in force."""
        return sum(line.standing == IN_FORCE for line in self.lines)


@dataclass(frozen=True)
class Silent:
    """An agreement that both take part in without a flow between them."""

    agreement: Agreement
    standing: str


@dataclass(frozen=True)
class Between:
    """The answer."""

    directions: tuple[Direction, Direction]
    silent: list[Silent]

    @property
    def nothing(self) -> bool:
        """Whether they have nothing in common."""
        return not self.silent and not any(direction.lines for direction in self.directions)


def flows_between(a: Organisation, b: Organisation, user: User, on: date) -> Between:
    """Gather it in a fixed number of queries. A subcontractor's flows count as those of the party it works for."""
    families = {"a": _family(a), "b": _family(b)}
    terms = _shared_terms(families["a"], families["b"], user)
    parties = {row.pk: row for row in Party.objects.filter(terms__in=terms).select_related("organisation")}
    sides = {pk: _side(row, parties, families) for pk, row in parties.items()}
    flows = Flow.objects.filter(terms__in=terms).select_related("terms__agreement__agency")
    ways: dict[Side, list[FlowLine]] = {"a": [], "b": []}
    for flow in flows.prefetch_related("information").order_by("terms__agreement__reference", "pk"):
        sender, receiver = sides[flow.sender_id], sides[flow.receiver_id]
        if sender and receiver and sender != receiver:
            ways[sender].append(_line(flow, parties, (a, b) if sender == "a" else (b, a), user, on))
    spoken = {line.agreement.pk for lines in ways.values() for line in lines}
    directions = (Direction(a, b, ways["a"]), Direction(b, a, ways["b"]))
    return Between(directions, _silent(terms, spoken, on))


def _family(body: Organisation) -> set[int]:
    return {body.pk, *body.merged.values_list("pk", flat=True)}


def _shared_terms(a: Iterable[int], b: Iterable[int], user: User) -> list[int]:
    """The present terms, of agreements the person may read, to which both are party."""
    of_a = of_present_terms(Party.objects.filter(organisation__in=a), user)
    both = of_a.filter(terms__in=Party.objects.filter(organisation__in=b).values("terms"))
    return list(both.order_by().values_list("terms", flat=True).distinct())


def _side(row: Party, parties: Mapping[int, Party], families: Mapping[str, set[int]]) -> Side | None:
    """For which of the two the party stands: itself, or the nearest above that it works for."""
    seen: set[int] = set()
    while row.pk not in seen:
        if row.organisation_id in families["a"]:
            return "a"
        if row.organisation_id in families["b"]:
            return "b"
        seen.add(row.pk)
        row = parties[row.parent_id] if row.parent_id else row
    return None


def _line(
    flow: Flow, parties: Mapping[int, Party], ends: tuple[Organisation, Organisation], user: User, on: date
) -> FlowLine:
    agreement = flow.terms.agreement
    agreement.current_terms = flow.terms
    sender, receiver = parties[flow.sender_id].organisation, parties[flow.receiver_id].organisation
    return FlowLine(
        flow=flow,
        agreement=agreement,
        sent_by=sender.name if sender.pk != ends[0].pk else "",
        received_by=receiver.name if receiver.pk != ends[1].pk else "",
        items=list(flow.information.all()),
        standing=agreement.standing(on),
        ours=agreement.agency_id == user.agency.pk,
    )


def _silent(terms: Sequence[int], spoken: Iterable[int], on: date) -> list[Silent]:
    found = Agreement.objects.filter(current_terms__in=terms).exclude(pk__in=spoken)
    rows = found.select_related("current_terms", "agency").order_by("reference")
    return [Silent(agreement, agreement.standing(on)) for agreement in rows]
