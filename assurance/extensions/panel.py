"""What conformance shows on the agreement: a panel, what people did on the timeline, its part of the PDF summary."""

from datetime import date
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse

from agreements.extensions import Event, Panel, Part
from agreements.models import Agreement
from assurance.editions import asked_of
from assurance.extensions.event_parts import Row, part, rows_of
from assurance.extensions.work_events import EVENTS
from assurance.extensions.work_events import parts as work_parts
from assurance.models import (
    AcceptedException,
    Attestation,
    Attested,
    BreachAgreement,
    BreachKind,
    ConformanceEntry,
    ConformanceRun,
    PlanMove,
)
from assurance.models.accepted_exception import GATE_WORDS
from assurance.outcome import Outcome
from conflicts.extension import conversation_event, conversations_about
from people.models import User
from records.made_once import for_one
from records.words import nz_date


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """What the standards ask, in short; never on the signed face, which has no panels."""
    return [Panel("conformance", "What the standards ask", reverse("conformance", args=[agreement.reference]))]


def timeline(agreement: Agreement) -> list[Event]:
    """Exceptions, answers, moves in the plan, conversations, breaches and assurance work; a run is none. One query.

    Conversations stand here and not with conflicts, so that the agreement's page asks for all of it at once.
    """
    found = rows_of(_rows(agreement.pk))
    return [EVENTS[row.part](row) if row.part in EVENTS else _event(agreement, row) for row in found]


@for_one
def _rows(agreement: int) -> "QuerySet[Any, Any]":
    exceptions = AcceptedException.objects.filter(agreement=agreement)
    withdrawn = exceptions.filter(withdrawn_on__isnull=False)
    answers = Attestation.objects.filter(agreement=agreement)
    moves = PlanMove.objects.filter(item__agreement=agreement)
    ended = Cast("withdrawn_on", DateTimeField())
    breaches = BreachAgreement.objects.standing().filter(agreement=agreement)
    recorded, since = "breach__recorded_at", TruncDate("breach__aware_at")
    about: dict[str, Any] = {"asked": "requirement", "what": "gate"}
    parts = [
        part("accepted", exceptions, at="at", day="ends_on", why="why", **about),
        part("answered", answers, at="at", day="on", asked="requirement", what="value", why="why"),
        part("withdrawn", withdrawn, "withdrawn_by", at=ended, day="withdrawn_on", why="withdrawn_why", **about),
        part("moved", moves, at="at", day="item__made_on", what="said", why="why"),
        part("conversation", conversations_about(agreement), at="at", day="on", asked="with_whom", what="stage",
             why="came"),
        part("breach", breaches, "breach__recorded_by", at=recorded, day=since, what="breach__kind"),
        *work_parts(agreement),
    ]  # fmt: skip
    return parts[0].union(*parts[1:], all=True)


def _event(agreement: Agreement, row: Row) -> Event:
    at, who, asked, why = row.at, row.who, row.asked, row.why
    if row.part == "conversation":
        return conversation_event(agreement, at, row.day, who, asked, row.what, why)
    if row.part == "breach":  # without detail: not everybody who reads agreements reads breaches
        url = reverse("breaches_of", args=[agreement.reference])
        return Event(at, f"{BreachKind(row.what).label} recorded", who, on=row.day, url=url)
    if row.part == "moved":
        url = reverse("plan_item", args=[agreement.reference])
        return Event(at, f"In the plan: {row.what}", who, why=why, url=url)
    url = f"{reverse('conformance', args=[agreement.reference])}#{asked}"
    if row.part == "answered":
        return Event(at, f"{asked} answered: {Attested(row.what).label.lower()}", who, why=why, url=url)
    step = GATE_WORDS.get(row.what, row.what).lower()
    if row.part == "accepted":
        note = f"Until {nz_date(row.day)}. It stays not met"
        return Event(at, f"Exception to {asked} accepted for {step}", who, why=why, note=note, url=url)
    return Event(at, f"Exception to {asked} withdrawn, for {step}", who, on=row.day, why=why, url=url)


def pdf_sections(agreement: Agreement, on: date) -> list[Part]:
    """Counts, every open requirement with why, and what is accepted beside it; of the terms that stand. Two queries."""
    if agreement.terms_now.pk != agreement.current_terms_id:
        return []
    entry = ConformanceEntry.objects.filter(agreement=agreement).select_related("run").first()
    if entry is None:
        return [Part("What the standards ask", note="Not assessed yet.")]
    accepted: dict[str, list[AcceptedException]] = {}
    for one in AcceptedException.objects.filter(agreement=agreement).on(on).select_related("by__person"):
        accepted.setdefault(one.requirement, []).append(one)
    counts = ", ".join(f"{getattr(entry.run, one.value)} {one.label.lower()}" for one in Outcome)
    facts = [(f"As at {nz_date(entry.run.on)}", counts), *_open(entry.run, accepted, on)]
    return [Part("What the standards ask", facts, "In the register’s own words. An exception never counts as met.")]


def _open(run: ConformanceRun, accepted: dict[str, list[AcceptedException]], on: date) -> list[tuple[str, str]]:
    found = []
    for asked in asked_of("agreement", on):
        outcome, why = run.results.get(asked.id, [Outcome.NOT_APPLICABLE, ""])
        if Outcome(outcome).is_open:
            beside = [_accepted(one) for one in accepted.get(asked.id, [])]
            found.append((str(asked), "\n".join([f"{Outcome(outcome).label}. {why}", *beside])))
    return found


def _accepted(one: AcceptedException) -> str:
    return f"{one.step_words} accepted until {nz_date(one.ends_on)} by {one.by}: {one.why}"
