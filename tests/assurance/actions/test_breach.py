"""Breaches: the earlier awareness counts, what was notified before anybody knew is refused, and decisions stand."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from agreements.choices import Status
from agreements.digest import digest
from agreements.errors import NotNow, NotYours, Stale
from assurance.actions.breach import breach_values, change_breach, link_breach_agreement
from assurance.actions.breach_told import (
    add_breach_step,
    close_breach,
    commissioner_notified,
    decide_breach,
    people_notified,
    reopen_breach,
)
from assurance.breach_clock import clock_of
from assurance.due.breach import breaches_due
from assurance.models import BreachDecision, BreachStep, PrivacyBreach
from people.models import Notice
from people.permissions import NotPermitted
from records.acting import acting
from records.models import Mail
from tests.agreements_at import agreement_at
from tests.assurance.breached import breach_at
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def again(breach: PrivacyBreach) -> PrivacyBreach:
    return PrivacyBreach.objects.get(pk=breach.pk)


def change(breach: PrivacyBreach, cast: Cast, **given: Any) -> PrivacyBreach:
    stands = breach_values(again(breach))
    return change_breach(breach=breach, values=stands | given, seen=digest(stands), by=cast.privacy_officer, now=NOW)


def sentence(problem: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(problem.value.messages).replace("\xa0", " ")


def test_the_clock_counts_from_what_the_provider_knew_and_stops_when_told(cast: Cast) -> None:
    breach = breach_at(cast, hours=20, provider_aware_at=NOW - 51 * HOUR)
    assert breach.reference == "MCW-BREACH-1"
    assert breach.aware_at == NOW - 51 * HOUR
    clock = clock_of(breach, NOW)
    assert (clock.tone, clock.words, clock.runs) == ("info", "51 hours since anybody knew", True)
    assert clock_of(breach, NOW + 21 * HOUR).tone == "warn", "72 hours are over"
    told = commissioner_notified(breach=breach, at=NOW - HOUR, reference="NU-1", by=cast.privacy_officer, now=NOW)
    assert clock_of(told, NOW).words == "The Commissioner was notified 50 hours after anybody knew"
    later = change(breach, cast, provider_aware_at=None)
    assert later.aware_at == NOW - 20 * HOUR


def test_told_before_anybody_knew_is_refused_by_form_action_and_database(cast: Cast) -> None:
    breach, by = breach_at(cast, hours=20), cast.privacy_officer
    with pytest.raises(ValidationError) as problem:
        commissioner_notified(breach=breach, at=NOW - 21 * HOUR, reference="", by=by, now=NOW)
    assert "Nobody knew before 13 July 2026, 6.00 pm" in sentence(problem)
    with pytest.raises(ValidationError):
        people_notified(breach=breach, at=NOW - 21 * HOUR, how="By letter", why_not="", by=by, now=NOW)
    with pytest.raises(ValidationError, match="has not come yet"):
        commissioner_notified(breach=breach, at=NOW + HOUR, reference="", by=by, now=NOW)
    commissioner_notified(breach=breach, at=NOW - 19 * HOUR, reference="", by=by, now=NOW)
    with pytest.raises(ValidationError) as problem:
        change(breach, cast, agency_aware_at=NOW - 18 * HOUR)
    assert "By this, the Commissioner was notified before anybody knew" in sentence(problem)
    wrong = again(breach)
    wrong.agency_aware_at = wrong.aware_at = NOW - 18 * HOUR
    with pytest.raises(IntegrityError, match="breach_commissioner_after_aware"), acting(by=by), transaction.atomic():
        wrong.save()
    wrong = again(breach)
    wrong.aware_at = NOW - 19 * HOUR
    with pytest.raises(IntegrityError, match="breach_aware_at_the_earlier"), acting(by=by), transaction.atomic():
        wrong.save()


def test_what_cannot_be_is_refused(cast: Cast) -> None:
    for given, words in (
        ({"agency_aware_at": NOW + HOUR}, "has not come yet"),
        ({"agency_aware_at": None}, "the clock counts from there"),
        ({"happened_on": TODAY}, "after somebody knew"),
        ({"title": ""}, "cannot be blank"),
        ({"severity": "huge"}, "not a valid choice"),
    ):
        with pytest.raises(ValidationError) as problem:
            breach_at(cast, **given)
        assert words in sentence(problem)
    with pytest.raises(NotPermitted):
        decide_breach(breach=breach_at(cast), notifiable=True, reasons="x", by=cast.chief_executive, now=NOW)
    outsider = Cast("OTH", "Other Ministry").privacy_officer
    with pytest.raises(NotYours):
        decide_breach(breach=breach_at(cast), notifiable=True, reasons="x", by=outsider, now=NOW)
    with pytest.raises(NotYours):
        link_breach_agreement(
            breach=breach_at(Cast("NRA", "National Records")), agreement=agreement_at(Status.DRAFT, cast),
            by=cast.privacy_officer, now=NOW,
        )  # fmt: skip


def test_a_later_decision_stands_beside_the_first_and_no_row_is_rewritten(cast: Cast) -> None:
    breach, by = breach_at(cast), cast.privacy_officer
    with pytest.raises(ValidationError, match="Say why"):
        decide_breach(breach=breach, notifiable=False, reasons=" ", by=by, now=NOW)
    first = decide_breach(breach=breach, notifiable=False, reasons="Returned unopened", by=by, now=NOW)
    assert not again(breach).clock_runs
    with pytest.raises(NotNow, match="decide again first"):
        commissioner_notified(breach=breach, at=NOW, reference="", by=by, now=NOW)
    decide_breach(breach=breach, notifiable=True, reasons="Two were opened", by=by, now=NOW + DAY)
    assert again(breach).clock_runs
    assert [one.reasons for one in breach.decisions.order_by("pk")] == ["Returned unopened", "Two were opened"]
    for row in (first, breach.steps.earliest("pk")):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), acting(by=by):
            row.save()
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])
    assert BreachDecision.objects.count() == 2


def test_it_closes_only_when_everybody_was_told_and_opens_again_with_a_reason(cast: Cast) -> None:
    breach, by = breach_at(cast), cast.privacy_officer
    closing: dict[str, Any] = {"breach": breach, "lessons": "Check addresses twice", "by": by, "now": NOW}
    with pytest.raises(NotNow, match="Decide first"):
        close_breach(**closing)
    decide_breach(breach=breach, notifiable=True, reasons="Health information", by=by, now=NOW)
    with pytest.raises(NotNow, match="Commissioner has not been notified"):
        close_breach(**closing)
    commissioner_notified(breach=breach, at=NOW, reference="NU-1", by=by, now=NOW)
    with pytest.raises(NotNow, match="when people were notified"):
        close_breach(**closing)
    with pytest.raises(ValidationError, match="Say how"):
        people_notified(breach=breach, at=NOW, how="", why_not="", by=by, now=NOW)
    people_notified(breach=breach, at=None, how="", why_not="Section 116: one is a child", by=by, now=NOW)
    with pytest.raises(ValidationError, match="what was learned"):
        close_breach(**closing | {"lessons": ""})
    close_breach(**closing)
    with pytest.raises(NotNow, match="closed on"):
        add_breach_step(breach=breach, at=NOW, said="More", by=by, now=NOW)
    reopen_breach(breach=breach, why="A further letter turned up", by=by, now=NOW)
    add_breach_step(breach=breach, at=NOW - HOUR, said="Rang the household", by=by, now=NOW)
    kinds = list(BreachStep.objects.filter(breach=breach).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["recorded", "decided", "commissioner", "people_not", "closed", "reopened", "note"]
    wrong = again(breach)
    wrong.closed_at, wrong.closed_by, wrong.lessons = NOW, by, ""
    with pytest.raises(IntegrityError, match="breach_closed_when_done"), acting(by=by), transaction.atomic():
        wrong.save()


def test_what_somebody_said_meanwhile_is_told(cast: Cast) -> None:
    breach = breach_at(cast)
    seen = digest(breach_values(breach))
    change(breach, cast, severity="minor")
    with pytest.raises(Stale) as stale:
        change_breach(
            breach=breach, values=breach_values(breach) | {"severity": "serious"}, seen=seen,
            by=cast.privacy_officer, now=NOW,
        )  # fmt: skip
    assert [one.field for one in stale.value.differences] == ["severity"]
    assert again(breach).severity == "minor"
    with pytest.raises(ValidationError, match="Nothing differs"):
        change(breach, cast)


def told() -> set[tuple[str, str, str]]:
    rows = Notice.objects.open().select_related("recipient")
    return {(one.recipient.name, one.kind, one.text.replace("\xa0", " ")) for one in rows}


def test_keepers_hear_at_once_the_head_where_it_is_serious_or_late(cast: Cast) -> None:
    officer, head = str(cast.privacy_officer), str(cast.chief_executive)
    breach = breach_at(cast, hours=2)
    assert told() == {(officer, "breach_new", "MCW-BREACH-1: Decide whether it has to be notified")}
    assert not Mail.objects.exists()
    breaches_due(TODAY + 2 * DAY)
    says = "MCW-BREACH-1: 72 hours since anybody knew are over on 17 July 2026"
    assert told() == {(officer, "breach_due", says)}
    breaches_due(TODAY + 4 * DAY)
    over = "MCW-BREACH-1: 72 hours since anybody knew were over on 17 July 2026"
    assert told() == {(officer, "breach_late", over), (head, "breach_late", over)}
    decide_breach(breach=breach, notifiable=False, reasons="Encrypted", by=cast.privacy_officer, now=NOW)
    breaches_due(TODAY + 5 * DAY)
    assert told() == set()
    breach_at(cast, hours=1, severity="serious")
    assert {name for name, *_ in told()} == {officer, head}
    assert {mail.to for mail in Mail.objects.all()} == {cast.privacy_officer.email, cast.chief_executive.email}
    assert "Letters" not in "".join(mail.text + mail.subject for mail in Mail.objects.all())
    breach_at(cast, kind="near_miss", severity="serious")
    assert Mail.objects.count() == 2, "nobody is to be notified of a near miss"
