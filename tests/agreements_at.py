"""Agreements that reached their state by real actions: no test starts from an impossible one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

from django.db.models import Model
from django.utils import timezone
from django.utils.timezone import localdate

from agreements.actions.agreement import create_agreement
from agreements.actions.changes import finish
from agreements.actions.contract import add_contract
from agreements.actions.legal_provision import add_legal_provision
from agreements.actions.organisation import add_organisation
from agreements.actions.provision import provision_values, provisions_digest, save_provisions
from agreements.actions.responsibility import responsibilities_digest, save_responsibilities
from agreements.actions.row import add_row, change_row, row_values
from agreements.actions.search_entry import rebuild_search_entries
from agreements.actions.section import section_values, update_section
from agreements.actions.status import perform
from agreements.actions.variation import start_variation, take_variation_step
from agreements.choices import AtEnd, BasisKind, ContractStage, Duty, Kind, PartyRole, Status, TermsState
from agreements.digest import digest
from agreements.models import Agreement, Contract, LegalProvision, Organisation, ReferenceCounter
from agreements.rows import KINDS
from agreements.scope import in_scope
from agreements.sections import BY_NAME, VARIED_BY_NAME
from conflicts.actions.conversation import record_conversation
from conflicts.choices import ConversationOutcome, Stage
from conflicts.models import Interest
from people.actions.system import system_user
from people.models import User
from records.acting import action
from records.moment import backdated_to
from tests.assessed import final
from tests.cast import NOW, TODAY, Cast
from tests.retold import Story, newest, tell_again, written_since


def contract_of(cast: Cast, **values: Any) -> Contract:
    """A contract of the cast's agency in service, recorded by the privacy officer; managed by nobody unless said."""
    given = {
        "reference": "C-2026-0147",
        "title": "Navigation services",
        "supplier": organisation(),
        "stage": ContractStage.IN_SERVICE,
    }
    return add_contract(values=given | values, by=cast.privacy_officer, now=NOW)


PATH: dict[Status, tuple[str, ...]] = {
    Status.DRAFT: (),
    Status.IN_REVIEW: ("submit",),
    Status.APPROVED: ("submit", "approve"),
    Status.SIGNED: ("submit", "approve", "sign"),
    Status.SUSPENDED: ("submit", "approve", "sign", "suspend"),
    Status.ENDED: ("submit", "approve", "sign", "end"),
    Status.CLOSED_OUT: ("submit", "approve", "sign", "end", "close_out"),
    Status.WITHDRAWN: ("withdraw",),
}


def organisation(name: str = "Te Whare Tautoko Trust", **values: Any) -> Organisation:
    """An organisation of this name, made when there is none."""
    found = Organisation.objects.filter(name=name).first()
    return found or add_organisation(name=name, values=values, by=system_user("test"))


def law(by: User) -> LegalProvision:
    """A provision that allows sharing, made when the library is empty."""
    found = LegalProvision.objects.first()
    values = {
        "act": "Privacy Act 2020",
        "provision": "s 22, IPP 11(1)(a)",
        "title": "One of the purposes it was collected for",
        "what_it_allows": "Disclosure for a purpose that the information was collected for",
        "basis_kind": BasisKind.IPP_EXCEPTION,
    }
    return found or add_legal_provision(values=values, by=by)


def make_signable(agreement: Agreement, by: User, accepts: User | None = None) -> None:
    """Give a draft what nothing is signed without: owner, legal basis, and in the Standard's scope its assessments."""
    settle_scope(agreement, by)
    answer(agreement, "ownership", by, owner=by.person)
    add_row(agreement=agreement, kind=KINDS["legal_basis"], values={"provision": law(by)}, by=by)
    found = Agreement.objects.get(pk=agreement.pk)
    if accepts and in_scope(found.terms_now):
        for kind in ("due_diligence", "risk"):
            final(found, kind, by, accepts, done_on=found.terms_now.starts_on or TODAY)
        meet_the_standard(found, by)
        converse_about(found, by, on=found.terms_now.starts_on or TODAY)


def converse_about(agreement: Agreement, by: User, on: date = TODAY, stage: Stage = Stage.BEFORE_SIGNING) -> None:
    """Talk with the other side about conflicts: nothing was raised."""
    told = {
        "stage": stage,
        "on": min(on, TODAY),
        "with_whom": "Ana Rewi and us",
        "outcome": ConversationOutcome.NOTHING,
    }
    record_conversation(agreement=agreement, values=told, by=by, now=NOW)


def settle_scope(agreement: Agreement, by: User) -> None:
    """Answer the three questions where nobody has: within the State services, unless a test says otherwise."""
    given = {"personal_information": "yes", "outside_state_services": "no", "public_service": "yes"}
    stands = section_values(Agreement.objects.get(pk=agreement.pk), BY_NAME["scope"])
    answer(agreement, "scope", by, **{name: value for name, value in given.items() if stands[name] == "unknown"})


def meet_the_standard(agreement: Agreement, by: User) -> None:
    """What the Standard stops a signing for, besides assessments: every provision, contacts, duties, an end."""
    answer(agreement, "ownership", by, manager=by.person)
    answer(agreement, "purpose", by, permitted_uses="Only to help children come to school.")
    answer(agreement, "safeguards", by, breach_hours=24)
    answer(agreement, "maori_data", by, maori_data="no", maori_data_why="No iwi or hapū is named")
    agreement = Agreement.objects.get(pk=agreement.pk)
    given = {
        code: values | {"answer": "present", "clause": "7"} for code, values in provision_values(agreement).items()
    }
    save_provisions(agreement=agreement, answers=given, seen=provisions_digest(agreement), by=by)
    kind, agreement = KINDS["party"], Agreement.objects.get(pk=agreement.pk)
    for party in agreement.terms_now.parties.all():
        seen = row_values(kind, party)
        values = seen | {"breach_contact": "04 000 0000"}
        change_row(agreement=agreement, kind=kind, pk=party.pk, values=values, seen=digest(seen), by=by)
    lead = agreement.terms_now.parties.earliest("pk")
    wanted = {(duty, lead.pk) for duty in Duty.values}
    save_responsibilities(agreement=agreement, wanted=wanted, seen=responsibilities_digest(agreement), by=by)


def answer(agreement: Agreement, section: str, by: User, **values: Any) -> Agreement:
    """Save some answers of a section, the others as they stand."""
    agreement = Agreement.objects.get(pk=agreement.pk)
    now = section_values(agreement, BY_NAME[section])
    return update_section(agreement=agreement, section=BY_NAME[section], values=now | values, seen=digest(now), by=by)


@contextmanager
def found_at_the_end() -> Iterator[None]:
    """Write what search looks through once, when all is made: each change on the way there would write it anew."""
    with mock.patch("agreements.actions.changes.rebuild_search_entry") as rebuild:
        yield
    rebuild_search_entries({call.args[0].pk for call in rebuild.call_args_list})


TOLD: dict[tuple[Any, ...], Story] = {}


def agreement_at(
    status: Status,
    cast: Cast,
    *,
    title: str = "School attendance liaison",
    kind: Kind = Kind.SHARING_AGREEMENT,
    parties: tuple[str, ...] = ("Te Whare Tautoko Trust",),
    starts_on: date | None = date(2026, 1, 1),
    ends_on: date | None = date(2029, 6, 30),
    now: datetime = NOW,
) -> Agreement:
    """An agreement of the cast's agency in ``status``, led there by the privacy officer and the approver.

    The first of its kind in a worker is led there; where nothing else is in the register, the others are its copies.
    """
    key = (cast.code, cast.name, status, title, kind, parties, starts_on, ends_on, now)
    if not _nothing_there(cast, parties):
        return _lead(status, cast, *key[3:])
    part = _taking_part(status, cast, parties)
    if key not in TOLD:
        before = newest()
        made = _lead(status, cast, *key[3:])
        TOLD[key] = Story(written_since(before), part, made, timezone.now())
        return made
    pk = tell_again(TOLD[key], part)
    _end_change(pk=pk, by=cast.privacy_officer, on=localdate(now))
    return Agreement.objects.select_related("agency", "current_terms", "owner", "manager").get(pk=pk)


@action
def _end_change(*, pk: int, by: User, on: date) -> None:
    finish(Agreement.objects.get(pk=pk), by, on)


def _nothing_there(cast: Cast, parties: tuple[str, ...]) -> bool:
    """No agreement, no organisation of these names, no interest that could match one, and today is today."""
    names = {cast.agency.name, *parties}
    made = ReferenceCounter.objects.filter(agency=cast.agency).exists() or Interest.objects.exists()
    return not made and not backdated_to() and not Organisation.objects.filter(name__in=names).exists()


def _taking_part(status: Status, cast: Cast, parties: tuple[str, ...]) -> list[Model]:
    """Everybody and everything that stands already when the agreement is made, in one order."""
    roles = ("privacy_officer", "approver", "chief_executive") if "approve" in PATH[status] else ("privacy_officer",)
    users = [system_user("test"), *(getattr(cast, role) for role in roles)]
    laws = [law(cast.privacy_officer)] if "approve" in PATH[status] else []
    organisations = [organisation(name) for name in (cast.agency.name, *parties)]
    return [cast.agency, *users, *(user.person for user in users if user.person), *organisations, *laws]


@found_at_the_end()
def _lead(
    status: Status, cast: Cast, title: str, kind: Kind, parties: tuple[str, ...],
    starts_on: date | None, ends_on: date | None, now: datetime,
) -> Agreement:  # fmt: skip
    by = cast.privacy_officer
    agreement = create_agreement(title=title, kind=kind, purpose="To help children come to school.", by=by, now=now)
    for name in (cast.agency.name, *parties):
        role = PartyRole.LEAD if name == cast.agency.name else PartyRole.RECEIVES
        if not agreement.terms_now.parties.filter(organisation__name=name).exists():
            add_row(
                agreement=agreement,
                kind=KINDS["party"],
                values={"organisation": organisation(name), "role": role},
                by=by,
            )
    agreement = answer(agreement, "dates", by, starts_on=starts_on, ends_on=ends_on)
    settle_scope(agreement, by)
    if "approve" in PATH[status]:
        make_signable(agreement, by, cast.chief_executive)
    for step in PATH[status]:
        who = cast.approver if step == "approve" else by
        told: dict[str, Any] = (
            {"disposal": AtEnd.DESTROY, "disposal_note": "Certificate 7"} if step in {"end", "close_out"} else {}
        )
        agreement = perform(agreement=agreement, step=step, by=who, now=now, reason="As agreed", **told)
    return agreement


VARIATION_PATH: dict[TermsState, tuple[str, ...]] = {
    TermsState.DRAFT: (),
    TermsState.IN_REVIEW: ("vary_submit",),
    TermsState.APPROVED: ("vary_submit", "vary_approve"),
    TermsState.SIGNED: ("vary_submit", "vary_approve", "vary_sign"),
    TermsState.IN_FORCE: ("vary_submit", "vary_approve", "vary_sign"),
    TermsState.WITHDRAWN: ("vary_withdraw",),
}


@found_at_the_end()
def variation_at(
    state: TermsState, cast: Cast, agreement: Agreement, *, purpose: str = "To help whānau.", now: datetime = NOW
) -> Agreement:
    """The agreement with a variation of its purpose at hand, led to ``state``; one that is signed waits a month."""
    by = cast.privacy_officer
    varied = start_variation(agreement=agreement, why="The service grows", by=by, now=now)
    seen = section_values(varied, VARIED_BY_NAME["purpose"])
    varied = update_section(
        agreement=varied, section=BY_NAME["purpose"], values=seen | {"purpose": purpose}, seen=digest(seen), by=by
    )
    for step in VARIATION_PATH[state]:
        who = cast.approver if step == "vary_approve" else by
        later = localdate(now) + timedelta(days=30 if state == TermsState.SIGNED else 0)
        from_day = later if step == "vary_sign" else None
        varied = take_variation_step(
            agreement=varied, step=step, by=who, now=now, reason="As agreed", in_force_from=from_day
        )
    return varied
