"""Plain facts about one agreement, gathered in a constant number of queries; pure functions read them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agreements.choices import Answer, Duty
from agreements.models import Agreement
from agreements.provisions import PROVISIONS
from agreements.scope import Depth, depth
from records.choices import YesNoUnknown

OPEN = ("", None, YesNoUnknown.UNKNOWN.value)


@dataclass(frozen=True)
class Facts:
    """What the sections need to know: answers by field, and how many rows of each kind there are."""

    answers: Mapping[str, Any]
    counts: Mapping[str, int]
    depth: Depth
    empty_flows: int
    duties_settled: bool
    variation: str = ""

    def answered(self, name: str) -> bool:
        """Whether the question has an answer; unknown is none."""
        return self.answers[name] not in OPEN

    def rows(self, kind: str) -> int:
        """How many rows of a kind there are."""
        return self.counts.get(kind, 0)

    @property
    def short(self) -> bool:
        """Whether the short form is asked."""
        return self.depth.short

    parties = property(lambda self: self.rows("party"))
    flows = property(lambda self: self.rows("flow"))
    legal_bases = property(lambda self: self.rows("legal_basis"))
    access_holders = property(lambda self: self.rows("access_holder"))

    @property
    def provisions_open(self) -> int:
        """Provisions nobody has answered yet."""
        return len(PROVISIONS) - self.rows("provision")

    def _settled(self, question: str, *follow_ups: str) -> bool:
        return self.answers[question] != YesNoUnknown.YES or all(self.answered(name) for name in follow_ups)

    @property
    def notice_settled(self) -> bool:
        """People are told of an indirect collection, or an exception with its reason says why not (IPP 3A)."""
        return self._settled("indirect_collection", "notice_where") or self._settled(
            "indirect_collection", "notice_exception", "notice_exception_why"
        )

    @property
    def overseas_settled(self) -> bool:
        """Countries and ground are named where information goes overseas (IPP 12)."""
        return self._settled("overseas", "overseas_countries", "overseas_ground")

    @property
    def maori_settled(self) -> bool:
        """Who was engaged, what came of it and who governs are answered where there is Māori data (ISS-18)."""
        return self._settled("maori_data", "maori_engaged", "maori_outcome", "maori_governance")

    @property
    def automated_settled(self) -> bool:
        """What is decided and who checks it is said where a machine decides."""
        return self._settled("automated", "automated_what")

    @property
    def end_settled(self) -> bool:
        """It has an end date or is said to have none."""
        return self.answered("ends_on") or self.answers["open_ended"] == YesNoUnknown.YES


def gather(agreement: Agreement) -> Facts:
    """The facts of one agreement's present terms; no queries where it was fetched by AgreementQuerySet.whole()."""
    terms = agreement.terms_now
    flows = list(terms.flows.all())
    information = [item for flow in flows for item in flow.information.all()]
    carried = {item.flow_id for item in information}
    provisions = [row for row in terms.provisions.all() if row.answer != Answer.UNKNOWN]
    duties = Counter(row.duty for row in terms.responsibilities.all())
    counts = {
        "party": len(terms.parties.all()),
        "flow": len(flows),
        "information": len(information),
        "legal_basis": len(terms.legal_bases.all()),
        "provision": len(provisions),
        "responsibility": duties.total(),
        "access_holder": len(agreement.access_holders.all()),
    }
    return Facts(
        answers=_answers(agreement),
        counts=counts,
        depth=depth(terms, information),
        empty_flows=sum(flow.pk not in carried for flow in flows),
        duties_settled=all(duties[duty] == 1 for duty in Duty.values),
        variation=terms.variation_kind if agreement.terms_at_hand else "",
    )


def _answers(agreement: Agreement) -> dict[str, Any]:
    both = (agreement, agreement.terms_now)
    return {field.name: getattr(record, field.attname) for record in both for field in record._meta.concrete_fields}
