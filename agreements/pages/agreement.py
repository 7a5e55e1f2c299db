"""The agreement's page: what it is, whose turn it is, what is left, and everything recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Model

from agreements import extensions
from agreements.actions.status import check_may_take
from agreements.choices import Answer, AtEnd, Status, TermsState
from agreements.extensions import Event, Panel
from agreements.facts import gather
from agreements.forms.section import SUFFIXES
from agreements.lifecycle import AS_IT_STANDS, Step, steps_from
from agreements.models import Agreement, Flow, LegalBasis, Organisation, Provision, StatusChange, Terms
from agreements.pages.evidence import Pointer, pointed
from agreements.pages.matrix import Duties, duties
from agreements.pages.pause import paused_parties
from agreements.pages.rows import Bough, boughs
from agreements.pages.section import SectionLink, section_links
from agreements.pages.sent_back import sections_in_words
from agreements.pages.variation import UnderWay, may_start, under_way
from agreements.policies.agreement import check_may_edit, check_may_edit_terms, why_not
from agreements.provisions import PROVISIONS, ProvisionKind
from agreements.questions import QUESTIONS
from agreements.sections import SECTIONS, Section
from agreements.summary import Paragraph, public_summary
from people.labels import a_role, role_label
from people.models import User
from people.permissions import NotPermitted, may
from people.roles import Permission, Role
from records.as_at import AsAt
from records.errors import Refused
from records.one_page import one_page
from records.words import number

Answered = tuple[ProvisionKind, Provision | None, Pointer | None]


@dataclass(frozen=True)
class NextStep:
    """A step of the lifecycle as a button; ``reason`` says why it cannot be pressed now."""

    step: Step
    reason: str


@dataclass(frozen=True)
class AnswerLine:
    """One answer in words, or dates and people as they are; unknown ones say so."""

    field: str
    label: str
    value: Any
    known: bool

    @property
    def is_date(self) -> bool:
        """Whether the value is a day."""
        return isinstance(self.value, date)


@dataclass(frozen=True)
class AnsweredSection:
    """A section with the answers it holds."""

    section: Section
    answers: list[AnswerLine]

    @property
    def known(self) -> list[AnswerLine]:
        """The questions that were answered."""
        return [line for line in self.answers if line.known]

    @property
    def unknown(self) -> list[AnswerLine]:
        """The questions that were not."""
        return [line for line in self.answers if not line.known]


class WithProvisions:
    """A page that shows which provisions stand in the document."""

    provisions: list[Answered]

    @property
    def provisions_known(self) -> list[Answered]:
        """The provisions with an answer."""
        return [each for each in self.provisions if each[1] and each[1].answer != Answer.UNKNOWN]

    @property
    def provisions_unknown(self) -> list[ProvisionKind]:
        """The kinds of provision that nobody has answered."""
        known = {kind.code for kind, *_ in self.provisions_known}
        return [kind for kind, *_ in self.provisions if kind.code not in known]


@dataclass(frozen=True)
class AgreementPage(WithProvisions):
    """Everything that the page shows; templates only lay it out."""

    agreement: Agreement
    terms: Terms
    standing: str
    links: list[SectionLink]
    left: list[Section]
    answered: dict[str, AnsweredSection | None]
    parties: list[Bough]
    flows: list[Flow]
    legal_bases: list[LegalBasis]
    duties: Duties
    public: list[Paragraph]
    provisions: list[Answered]
    timeline: list[Event]
    depth_why: str
    short: bool
    steps: Sequence[NextStep] = ()
    may_edit: bool = False
    may_edit_terms: bool = False
    may_create: bool = False
    shows_why: bool = True
    turn: str = ""
    panels: Sequence[Panel] = ()
    gap: str = ""
    replaces: Agreement | None = None
    replaced_by: Agreement | None = None
    paused: Sequence[Organisation] = ()
    variation: UnderWay | None = None
    may_vary: bool = False

    @property
    def owner_label(self) -> str:
        """What the agency calls who owns it."""
        return role_label(self.agreement.agency, Role.BUSINESS_OWNER, "Owner")

    @property
    def manager_label(self) -> str:
        """What the agency calls who manages it."""
        return role_label(self.agreement.agency, Role.CONTRACT_MANAGER)

    @property
    def main_step(self) -> str:
        """The step that the page offers first: forward, once this person has nothing to complete before it."""
        open_now = [next_.step.name for next_ in self.steps if not next_.reason and next_.step.name in FORWARD]
        return "" if not open_now or self.to_complete else open_now[0]

    @property
    def to_complete(self) -> Section | None:
        """The first section that is not complete and that this person may answer now."""
        open_now = (each for each in self.left if self.may_edit_terms or each.after_approval)
        return next(open_now, None) if self.may_edit else None


FORWARD = ("submit", "approve", "sign", "complete_recording")
TURNS = {
    Status.DRAFT: "its author",
    Status.IN_REVIEW: "{approver}",
    Status.APPROVED: "whoever records the signing",
}


@one_page()
def agreement_page(agreement: Agreement, user: User, on: date) -> AgreementPage:
    """Gather the page; the agreement comes from AgreementQuerySet.whole()."""
    changes = list(agreement.status_changes.select_related("by__person").order_by("-at", "-id"))
    line, may_edit = under_way(agreement), not why_not(check_may_edit, agreement, user)
    return _page(
        agreement,
        user,
        on,
        timeline=_timeline([*map(_event, changes), *extensions.timeline(agreement)]),
        panels=extensions.panels(agreement, user),
        steps=_steps(agreement, user, on),
        may_edit=may_edit,
        replaces=agreement.replaces,
        replaced_by=getattr(agreement, "replaced_by", None),
        gap=_gap(agreement, changes),
        paused=paused_parties(agreement.terms_now),
        variation=line,
        may_vary=may_start(agreement, line, may_edit),
        may_edit_terms=not why_not(check_may_edit_terms, agreement, user),
        may_create=may(user, Permission.CREATE_AGREEMENTS),
        turn=_turn(agreement),
    )


def _gap(agreement: Agreement, changes: Iterable[StatusChange]) -> str:
    """Why nobody can confirm what became of the information, for an agreement closed out so."""
    closed = next((change for change in changes if change.step == "close_out"), None)
    unknown = closed is not None and closed.disposal == AtEnd.UNKNOWN and agreement.status == Status.CLOSED_OUT
    return closed.why if closed and unknown else ""


def _turn(agreement: Agreement) -> str:
    """Who makes the next move; empty where nobody has to."""
    if agreement.status in AS_IT_STANDS and agreement.terms_now.state == TermsState.RECORDING:
        return "whoever completes its recording"
    turn = TURNS.get(Status(agreement.status), "")
    return turn.format(approver=a_role(agreement.agency, Role.APPROVER))


def as_at_page(picture: AsAt, user: User, on: date) -> AgreementPage:
    """The page of an agreement as it stood at the end of a day, in the words that its agency uses today.

    Nothing can be done to the past.
    """
    picture.record.agency = user.agency
    changes = sorted(picture.of(StatusChange), key=lambda change: (change.at, change.pk), reverse=True)
    return _page(picture.record, user, on, timeline=_timeline(map(_event, changes)))


def terms_page(agreement: Agreement, user: User, on: date) -> AgreementPage:
    """The page of one version of the terms, to be read; it comes from terms_or_404(whole=True)."""
    changes = agreement.status_changes.filter(terms=agreement.terms_now).select_related("by__person")
    return _page(agreement, user, on, timeline=_timeline(map(_event, changes)))


def _event(change: StatusChange) -> Event:
    """A step of its life on the timeline."""
    became = f"{change.get_disposal_display()}. {change.disposal_note}".strip() if change.disposal else ""
    note = " ".join(filter(None, (became, change.outside_check, sections_in_words(change))))
    mark = "variation_under_way" if change.variation else change.target
    return Event(change.at, change.said, str(change.by), mark, change.on, change.why, note)


def _timeline(events: Iterable[Event]) -> list[Event]:
    """Newest first; of two recorded at once, as they came. What another event of that moment tells is left out."""
    every = list(events)
    told = {(event.at, event.tells) for event in every if event.tells}
    return sorted((one for one in every if (one.at, one.said) not in told), key=lambda event: event.at, reverse=True)


def _page(agreement: Agreement, user: User, on: date, **more: Any) -> AgreementPage:
    facts, terms = replace(gather(agreement), variation=""), agreement.terms_now
    links = section_links(facts)
    return AgreementPage(
        agreement=agreement,
        terms=terms,
        standing=agreement.standing(on),
        links=links,
        left=[link.section for link in links if link.state != "complete"],
        answered=_answered(agreement, links),
        parties=boughs(terms.parties.all()),
        flows=with_names(terms),
        legal_bases=list(terms.legal_bases.all()),
        duties=duties(agreement),
        public=public_summary(agreement),
        provisions=answered_provisions(terms, user),
        depth_why=facts.depth.why,
        short=facts.short,
        **more,
    )


def _steps(agreement: Agreement, user: User, on: date) -> list[NextStep]:
    """The steps from here. Those that the person's roles never allow are left out; others say why not now."""
    found = []
    for step in steps_from(agreement.status, agreement.terms_now.state):
        try:
            check_may_take(agreement, step, user, on)
        except NotPermitted:
            continue
        except Refused as refused:
            found.append(NextStep(step, str(refused)))
        else:
            found.append(NextStep(step, ""))
    return found


def _answered(agreement: Agreement, links: list[SectionLink]) -> dict[str, AnsweredSection | None]:
    """Every section by name, None for those that are not asked."""
    shown = {link.section.name for link in links}
    return {section.name: answered(agreement, section) if section.name in shown else None for section in SECTIONS}


def answered(agreement: Agreement, section: Section) -> AnsweredSection:
    """The answers of a section in words; follow-up questions that were not asked are left out."""
    lines = [_line(agreement, name) for name in section.fields if _was_asked(agreement, section, name)]
    return AnsweredSection(section, lines)


def _record(agreement: Agreement, name: str) -> Model:
    return agreement if name in {field.name for field in Agreement._meta.concrete_fields} else agreement.terms_now


def _was_asked(agreement: Agreement, section: Section, name: str) -> bool:
    if name not in section.follow_ups:
        return True
    question, answers = section.follow_ups[name]
    return getattr(_record(agreement, question), question) in answers.split()


def _line(agreement: Agreement, name: str) -> AnswerLine:
    record = _record(agreement, name)
    value, label = getattr(record, name), QUESTIONS[name].asked_by(agreement.agency).removesuffix(" (optional)")
    display = getattr(record, f"get_{name}_display", None)
    known = value not in (None, "", "unknown")
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{number(value)} {SUFFIXES.get(name, '')}".strip()
    return AnswerLine(name, label, display() if display and known else value, known)


def with_names(terms: Terms) -> list[Flow]:
    """The flows with their parties filled in from those already read."""
    parties = {party.pk: party for party in terms.parties.all()}
    flows = list(terms.flows.all())
    for flow in flows:
        flow.sender, flow.receiver = parties[flow.sender_id], parties[flow.receiver_id]
    return flows


def answered_provisions(terms: Terms, user: User) -> list[Answered]:
    """Every kind of provision with its answer and where this person can read it, in the order of the codes."""
    rows = {row.code: (row, where) for row, where in pointed(terms.provisions.all(), user)}
    nothing: tuple[Provision | None, Pointer | None] = (None, None)
    return [(kind, *rows.get(kind.code, nothing)) for kind in PROVISIONS]
