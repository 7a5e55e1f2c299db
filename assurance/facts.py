"""What checks look at: one agreement, frozen, with no way back to the database (design.md section 6).

Collected by assurance/collect.py in one query; kept with each run, so that a result can be explained for good.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from agreements.models.agreement import IN_USE
from conflicts.about import ConflictsFact, ConversationFact, SubcontractorFact


@dataclass(frozen=True)
class PartyFact:
    """A party: ``outside`` the State services is yes, no or unknown; ``elsewhere``: it is in another one too."""

    id: int
    organisation: int
    name: str
    role: str
    outside: str
    kind: str
    acts_as: str = "unknown"
    parent: int | None = None
    starts_on: date | None = None
    breach_contact: bool = False
    acknowledged_on: date | None = None
    elsewhere: bool = False
    paused: bool = False


@dataclass(frozen=True)
class InformationFact:
    """One kind of information in a flow."""

    sensitivity: str
    identifiability: str
    children: str
    health: str
    maori: str


@dataclass(frozen=True)
class FlowFact:
    """A flow, records a year in ``volume``."""

    control: str
    volume: int | None = None
    information: tuple[InformationFact, ...] = ()


@dataclass(frozen=True)
class ProvisionFact:
    """The answer for one of C1 to C25; whether it stands there and when it was used are separate facts (F8)."""

    answer: str
    used_on: date | None = None


@dataclass(frozen=True)
class AssessmentFact:
    """An assessment; ``accepted`` says that somebody other than its author made it final.

    ``records_seen`` and ``people_seen`` a year are what it looked at when it was made final, where that was recorded.
    """

    kind: str
    status: str
    done_on: date | None = None
    again_on: date | None = None
    residual: str = "unknown"
    lba_required: str = "unknown"
    accepted: bool = False
    records_seen: int | None = None
    people_seen: int | None = None


@dataclass(frozen=True)
class AdviceFact:
    """Advice taken."""

    kind: str
    given_on: date | None = None


@dataclass(frozen=True)
class ContractFact:
    """A contract that serves the agreement; ``overseen_on`` is the day of the newest entry of its log."""

    stage: str
    template: str
    terms_considered: str = "unknown"
    overseen_on: date | None = None
    value_band: str = "unknown"


@dataclass(frozen=True)
class ApprovalFact:
    """The approval of an AISA, or of a matching programme."""

    lead: str = ""
    order: str = ""
    address: str = ""
    notice_days: int | None = None
    notice_ground: str = ""
    amendment: str = ""


@dataclass(frozen=True)
class ChangeFact:
    """A variation that changed what is shared or with whom, or weakened a provision; ``on`` it was started."""

    what: str
    on: date | None = None
    weakened: bool = False
    authorised: bool = False


@dataclass(frozen=True)
class AttestedFact:
    """What a person answered to a requirement; ``shown_on`` is the date of the document that shows it."""

    value: str
    on: date
    why: str = ""
    shown_on: date | None = None


@dataclass(frozen=True)
class ActivityFact:
    """An assurance activity: one to be done with the day it is due, or the last of its kind with the day it was done.

    ``scheduled``: the register made it from the cycle of ``months``.
    """

    kind: str
    due_on: date | None = None
    scheduled: bool = False
    months: int | None = None
    done_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class AgreementFacts:
    """Everything that checks may ask about one agreement and one version of its terms.

    ``written`` names the answers in sentences that are not empty, ``people`` says of each role whether somebody is
    named who is still here. Facts that may be unknown are yes, no or unknown. ``varies``: these terms are a variation,
    of terms signed on ``varied_from``. Cycles that somebody set are in months by kind, the agency's by kind and risk.
    """

    agreement: int
    terms: int
    reference: str
    kind: str
    status: str
    terms_state: str
    existing: bool
    personal_information: str = "unknown"
    outside_state_services: str = "unknown"
    public_service: str = "unknown"
    exclusion: str = ""
    service_contract: str = "unknown"
    binding: str = "unknown"
    open_ended: str = "unknown"
    overseas: str = "unknown"
    overseas_ground: str = ""
    maori_data: str = "unknown"
    indirect_collection: str = "unknown"
    notice_exception: str = ""
    at_end: str = "unknown"
    notice_on: date | None = None
    maori_engaged_on: date | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    cycle_months: int | None = None
    review_due_on: date | None = None
    reviewed_on: date | None = None
    overseen_on: date | None = None
    breach_hours: int | None = None
    people_affected: int | None = None
    access_holders: int = 0
    written: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    people: Mapping[str, bool] = field(default_factory=dict)
    parties: tuple[PartyFact, ...] = ()
    flows: tuple[FlowFact, ...] = ()
    legal_bases: tuple[str, ...] = ()
    provisions: Mapping[str, ProvisionFact] = field(default_factory=dict)
    responsibilities: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    assessments: tuple[AssessmentFact, ...] = ()
    advice: tuple[AdviceFact, ...] = ()
    contracts: tuple[ContractFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
    approval: ApprovalFact | None = None
    planned: bool = False
    plan_owner: bool = False
    plan_target: bool = False
    attested: Mapping[str, AttestedFact] = field(default_factory=dict)
    activities: tuple[ActivityFact, ...] = ()
    own_cycles: Mapping[str, int] = field(default_factory=dict)
    agency_cycles: Mapping[str, int] = field(default_factory=dict)
    varies: bool = False
    varied_from: date | None = None
    conversations: tuple[ConversationFact, ...] = ()
    subcontracts: tuple[SubcontractorFact, ...] = ()
    conflicts: ConflictsFact = field(default_factory=ConflictsFact)

    @property
    def third_parties(self) -> tuple[PartyFact, ...]:
        """Parties outside the State services; one of whom it is not known counts as well."""
        return tuple(party for party in self.parties if party.outside != "no")

    @property
    def answerable(self) -> tuple[PartyFact, ...]:
        """Third parties that the agency deals with itself: a subcontractor is its party's to answer for."""
        return tuple(party for party in self.third_parties if party.parent is None)

    @property
    def subcontractors(self) -> tuple[PartyFact, ...]:
        """Parties that another one engages, at every depth."""
        return tuple(party for party in self.parties if party.parent is not None)

    @property
    def in_use(self) -> bool:
        """Signed and neither ended nor closed: past its end and not closed counts as in use (domain.md 8.5)."""
        return self.status in IN_USE

    @property
    def started_on(self) -> date | None:
        """The day sharing starts, as far as it is recorded: the start, else the signing."""
        return self.starts_on or self.signed_on

    def varied(self) -> "AgreementFacts":
        """As a variation of these terms is asked on the day it is begun, when it changes nothing yet."""
        amends = self.kind == "aisa"
        return replace(
            self,
            existing=False,
            varies=True,
            varied_from=self.signed_on,
            signed_on=None,
            changes=(),
            missing=(),
            approval=replace(self.approval or ApprovalFact(), amendment="none") if amends else self.approval,
        )

    def present(self, code: str) -> str:
        """The answer for a provision: present, absent, not_applicable or unknown."""
        found = self.provisions.get(code)
        return found.answer if found else "unknown"

    def last_outcome(self, kind: str) -> str:
        """What came of the last activity of a kind; empty where there was none."""
        done = [one for one in self.activities if one.kind == kind and one.done_on]
        return max(done, key=lambda one: one.done_on or date.min).outcome if done else ""

    def newest(self, kind: str) -> AssessmentFact | None:
        """The newest final assessment of a kind."""
        finals = [one for one in self.assessments if one.kind == kind and one.status == "final"]
        return max(finals, key=lambda one: one.done_on or date.min, default=None)
