"""What conformance shows on the agreement: a panel, what people did on the timeline, its part of the PDF summary."""

from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.urls import reverse

from agreements.extensions import Event, Panel, Part
from agreements.models import Agreement
from assurance.editions import asked_of
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
from records.words import nz_date


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """What the standards ask, in short; never on the signed face, which has no panels."""
    return [Panel("conformance", "What the standards ask", reverse("conformance", args=[agreement.reference]))]


def timeline(agreement: Agreement) -> list[Event]:
    """Exceptions accepted and withdrawn, answers, moves in the plan, conversations, breaches; a run is none. One query.

    Conversations stand here and not with conflicts, so that the agreement's page asks for all of it at once.
    """
    exceptions = AcceptedException.objects.filter(agreement=agreement)
    withdrawn = exceptions.filter(withdrawn_on__isnull=False)
    answers = Attestation.objects.filter(agreement=agreement)
    moves = PlanMove.objects.filter(item__agreement=agreement).annotate(requirement=Value("", output_field=CharField()))
    ended = Cast("withdrawn_on", DateTimeField())
    conversations = conversations_about(agreement).annotate(requirement=F("with_whom"))
    breaches = BreachAgreement.objects.filter(agreement=agreement).annotate(requirement=F("breach__reference"))
    recorded, since, kind = F("breach__recorded_at"), TruncDate("breach__aware_at"), F("breach__kind")
    parts = [
        _part("accepted", exceptions, at="at", day="ends_on", what="gate", why="why"),
        _part("answered", answers, at="at", day="on", what="value", why="why"),
        _part("withdrawn", withdrawn, "withdrawn_by", at=ended, day="withdrawn_on", what="gate", why="withdrawn_why"),
        _part("moved", moves, at="at", day="item__made_on", what="said", why="why"),
        _part("conversation", conversations, at="at", day="on", what="stage", why="came"),
        _part("breach", breaches, "breach__recorded_by", at=recorded, day=since, what=kind, why=Value("")),
    ]
    return [_event(agreement, *row) for row in parts[0].union(*parts[1:], all=True)]


def _part(name: str, rows: Any, by: str = "by", **columns: Any) -> "QuerySet[Any, Any]":
    who = Coalesce(f"{by}__person__name", f"{by}__email", output_field=CharField())
    named = {f"ev_{alias}": F(column) if isinstance(column, str) else column for alias, column in columns.items()}
    part = Value(name, output_field=CharField())
    found: QuerySet[Any, Any] = rows.order_by().annotate(ev_part=part, ev_who=who, **named)
    return found.values_list("ev_part", "ev_at", "ev_day", "ev_who", "requirement", "ev_what", "ev_why")


def _event(
    agreement: Agreement, part: str, at: datetime, day: date, who: str, asked: str, what: str, why: str
) -> Event:
    if part == "conversation":
        return conversation_event(agreement, at, day, who, asked, what, why)
    if part == "breach":  # without detail: not everybody who reads agreements reads breaches
        url = reverse("breaches_of", args=[agreement.reference])
        return Event(at, f"{BreachKind(what).label} recorded", who, on=day, url=url)
    if part == "moved":
        return Event(at, f"In the plan: {what}", who, why=why, url=reverse("plan_item", args=[agreement.reference]))
    url = f"{reverse('conformance', args=[agreement.reference])}#{asked}"
    if part == "answered":
        return Event(at, f"{asked} answered: {Attested(what).label.lower()}", who, why=why, url=url)
    step = GATE_WORDS.get(what, what).lower()
    if part == "accepted":
        note = f"Until {nz_date(day)}. It stays not met"
        return Event(at, f"Exception to {asked} accepted for {step}", who, why=why, note=note, url=url)
    return Event(at, f"Exception to {asked} withdrawn, for {step}", who, on=day, why=why, url=url)


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
    return [Part("What the standards ask", facts, "In the register's own words. An exception never counts as met.")]


def _open(run: ConformanceRun, accepted: dict[str, list[AcceptedException]], on: date) -> list[tuple[str, str]]:
    found = []
    for asked in asked_of("agreement", on):
        outcome, why = run.results.get(asked.id, [Outcome.NOT_APPLICABLE, ""])
        if Outcome(outcome).is_open:
            beside = [_accepted(one) for one in accepted.get(asked.id, [])]
            found.append((f"{asked.id} {asked.title}", "\n".join([f"{Outcome(outcome).label}. {why}", *beside])))
    return found


def _accepted(one: AcceptedException) -> str:
    return f"{one.step_words} accepted until {nz_date(one.ends_on)} by {one.by}: {one.why}"
