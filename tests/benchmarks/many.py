"""Many agreements at once, with their history: for budgets and measurements that a handful of rows would not show."""

from datetime import date, datetime, timedelta
from itertools import cycle, islice

from django.db import transaction

from agreements.actions.search_entry import rebuild_search_entries
from agreements.choices import Category, Kind, NameKind, Origin, PartyRole, Sensitivity, Status, TermsState
from agreements.models import Agreement, Flow, Information, Organisation, OrganisationName, Party, Terms
from agreements.normalise import normalise
from people.models import User
from records.acting import acting
from records.bulk import create, update
from records.choices import YesNoUnknown

PLACES = ("Aoraki", "Kererū", "Pūkeko", "Tūī", "Harbourline", "Northpoint", "Tidewater", "Kōwhai", "Rimu", "Tōtara")
TRADES = ("Courier Services", "Community Housing", "Health Partners", "Analytics", "Call Centres", "Whānau Trust")
SUBJECTS = ("Attendance liaison", "Placements feed", "Navigation referrals", "Outcomes study", "Reminder calls")
STATUSES = (Status.SIGNED, Status.SIGNED, Status.SIGNED, Status.DRAFT, Status.IN_REVIEW, Status.ENDED)


def many_agreements(number: int, by: User, now: datetime, bodies: int = 200) -> list[Agreement]:
    """``number`` agreements of the user's agency among ``bodies`` organisations, in every status."""
    with acting(by=by, reason="Many agreements to measure with"), transaction.atomic():
        organisations = _organisations(bodies)
        agreements = _agreements(number, by, now)
        parties = _parties(agreements, organisations)
        _flows(agreements, parties)
        _approve(agreements)
        rebuild_search_entries([agreement.pk for agreement in agreements])
    return agreements


def _organisations(number: int) -> list[Organisation]:
    found = []
    for at in range(number):
        name = f"{PLACES[at % 10]} {TRADES[at // 10 % 6]} {at}"
        state = YesNoUnknown.YES if at % 4 == 0 else YesNoUnknown.NO
        found.append(Organisation(name=name, normalised=normalise(name), state_services=state))
    create(found)
    names = [
        OrganisationName(
            organisation=body, name=f"Former {body.pk}", normalised=f"former {body.pk}", kind=NameKind.FORMER
        )
        for body in found
    ]  # fmt: skip
    create(names)
    return found


def _agreements(number: int, by: User, now: datetime) -> list[Agreement]:
    made = [
        Agreement(
            agency=by.agency, reference=f"{by.agency.code}-1999-{at:04d}", title=f"{SUBJECTS[at % 5]} {at}",
            kind=Kind.values[at % len(Kind.values)], status=Status.DRAFT, origin=Origin.EXISTING,
            owner=by.person, review_due_on=date(2026, 1, 1) + timedelta(days=at % 900), created_by=by, created_at=now,
        )
        for at in range(1, number + 1)
    ]  # fmt: skip
    create(made)
    starts = date(2024, 1, 1)
    terms = [
        Terms(
            agreement=agreement, state=TermsState.DRAFT, purpose=f"To help people of place {at} reach the service.",
            personal_information=YesNoUnknown.YES, starts_on=starts, ends_on=starts + timedelta(days=600 + at % 1500),
        )
        for at, agreement in enumerate(made)
    ]  # fmt: skip
    create(terms)
    for agreement, one in zip(made, terms, strict=True):
        agreement.current_terms = one
    update(made, ["current_terms"])
    return made


def _approve(agreements: list[Agreement]) -> None:
    """Only now: terms that stand take no more rows."""
    for at, agreement in enumerate(agreements, start=1):
        agreement.status = STATUSES[at % len(STATUSES)]
        agreement.terms_now.state = TermsState.APPROVED
    update(agreements, ["status"])
    update([agreement.terms_now for agreement in agreements], ["state"])


def _parties(agreements: list[Agreement], organisations: list[Organisation]) -> dict[int, list[Party]]:
    bodies = cycle(organisations)
    roles = (PartyRole.RECEIVES, PartyRole.PROVIDES, PartyRole.COLLECTS)
    found = {
        agreement.pk: [
            Party(terms=agreement.terms_now, organisation=body, role=role)
            for role, body in zip(roles, islice(bodies, 3), strict=True)
        ]
        for agreement in agreements
    }
    create([party for parties in found.values() for party in parties])
    return found


def _flows(agreements: list[Agreement], parties: dict[int, list[Party]]) -> None:
    flows = [
        Flow(terms=agreement.terms_now, sender=parties[agreement.pk][0], receiver=parties[agreement.pk][1])
        for agreement in agreements
    ]
    create(flows)
    levels = Sensitivity.values
    create([
        Information(
            flow=flow, name=name, category=Category.ADMINISTRATIVE, sensitivity=levels[at % len(levels)],
            health=YesNoUnknown.YES if at % 3 else YesNoUnknown.NO,
        )
        for at, flow in enumerate(flows) for name in (f"Names and addresses {at % 50}", "Case notes")
    ])  # fmt: skip
