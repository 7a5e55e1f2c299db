"""Documents, assessments and advice on the timeline: one query for all, so that each costs the page nothing."""

from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.urls import reverse

from agreements.assessment_kinds import BY_NAME
from agreements.extensions import Event
from agreements.models import Advice, AdviceKind, Agreement, Assessment, DocumentVersion, Readers
from records.made_once import for_one
from records.words import nz_date

NUMBER = Concat(Value("version "), Cast("number", CharField()), output_field=CharField())


def timeline(agreement: Agreement) -> list[Event]:
    """Versions put in, assessments made final, advice recorded; of what is privileged only that there is some."""
    return [_event(agreement, *row) for row in _rows(agreement.pk)]


@for_one
def _rows(agreement: int) -> "QuerySet[Any, Any]":
    finals = Assessment.objects.filter(agreement=agreement, status="final")
    advice = Advice.objects.filter(agreement=agreement)
    versions = DocumentVersion.objects.filter(document__agreement=agreement)
    hidden = versions.filter(document__readers=Readers.PRIVILEGED)
    given: dict[str, Any] = {"at": "added_at", "day": "given_on", "who": "added_by"}
    put_in: dict[str, Any] = {"at": "added_at", "who": "added_by"}
    shown: dict[str, Any] = {"day": TruncDate("added_at"), "key": "document", "called": "document__title"}
    nothing: dict[str, Any] = {"key": "pk", "called": _word(""), "words": _word("")}
    parts = [
        _part(
            finals, _word("assessment"), at="final_at", day="done_on", who="approver", words="final_why", called="kind"
        ),
        _part(advice.filter(privileged=False), _word("advice"), **given, words="given_by", called="kind"),
        _part(advice.filter(privileged=True), _word("Privileged advice recorded"), **given | nothing),
        _part(versions.exclude(pk__in=hidden), NUMBER, **put_in | shown, words="note"),
        _part(hidden, _word("Privileged document added"), **put_in | nothing, day=TruncDate("added_at")),
    ]
    return parts[0].union(*parts[1:], all=True)


def _word(text: str) -> Value:
    return Value(text, CharField())


def _part(rows: "QuerySet[Any]", what: Any, *, who: str, key: str = "pk", **columns: Any) -> "QuerySet[Any, Any]":
    """Rows of one kind under the names that all share."""
    by = Coalesce(f"{who}__person__name", f"{who}__email", output_field=CharField())
    said = {f"ev_{name}": F(column) if isinstance(column, str) else column for name, column in columns.items()}
    found: QuerySet[Any, Any] = rows.order_by().annotate(ev_what=what, ev_who=by, ev_key=F(key), **said)
    return found.values_list("ev_at", "ev_what", "ev_day", "ev_who", "ev_key", "ev_called", "ev_words")


def _event(
    agreement: Agreement, at: datetime, what: str, day: date, who: str, key: int, called: str, words: str
) -> Event:
    if what == "assessment":
        said = f"{BY_NAME[called].title} {'accepted' if BY_NAME[called].accepted else 'made final'}"
        address = reverse("agreements:assessment", args=[key])
        return Event(at, said, who, "complete", why=words, note=f"Done on {nz_date(day)}", url=address)
    if what == "advice":
        said, note = f"{AdviceKind(called).label} advice recorded", f"Given by {words} on {nz_date(day)}"
        address = reverse("agreements:assessments", args=[agreement.reference])
        return Event(at, said, who, "document", note=note, url=address)
    if not called:
        return Event(at, what, who, "document")
    said = f"“{called}” added" if what == "version 1" else f"{what.capitalize()} of “{called}” added"
    return Event(at, said, who, "document", note=words, url=reverse("agreements:document", args=[key]))
