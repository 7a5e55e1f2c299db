"""A statement is signed once, by the head of the agency, with everything answered; then nothing in it changes."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from agreements.digest import digest
from agreements.errors import NotNow, NotYours
from assurance.actions.answering import answer_group, answer_rows
from assurance.actions.signing import last_said, record_paper, sign_statement
from assurance.actions.statement import change_words, draft_statement, words_of
from assurance.models import (
    Briefing,
    GroupAnswer,
    RowAnswer,
    Signing,
    Statement,
    StatementFigure,
    StatementGroup,
    StatementRow,
)
from assurance.statement.content import content_of, is_untouched
from assurance.statement.groups import group_states
from people.models import RoleGrant, User
from people.permissions import NotPermitted
from people.roles import Role
from records.acting import acting
from records.uploads import NotAccepted
from tests.agreements.actions.test_at_once import all_at_once
from tests.assurance.planned import existing
from tests.assurance.stating import BROKEN, WHOLE, answered, drafted, signed, taken
from tests.cast import Cast

PDF = b"%PDF-1.7 signed by hand %%EOF"


@pytest.fixture
def cast() -> Cast:
    made = Cast()
    existing(made, "Old", now=timezone.now())
    return made


def sign(statement: Statement, by: User) -> Signing:
    found = Statement.objects.get(pk=statement.pk)
    return sign_statement(statement=found, ledger=WHOLE, by=by, now=timezone.now())


@pytest.mark.django_db
def test_a_day_in_the_future_or_before_the_first_record_is_refused(cast: Cast) -> None:
    with pytest.raises(NotNow, match="has not come yet"):
        drafted(cast, day=localdate() + timedelta(days=1))
    with pytest.raises(NotNow, match="first record is of"):
        drafted(cast, day=date(2010, 1, 1))
    with pytest.raises(NotNow, match="nothing is recorded yet"):
        drafted(Cast("OTH", "Other Ministry"))
    with pytest.raises(ValidationError, match="does not answer for the exceptions"):
        drafted(cast, deputy=cast.chief_executive.who)
    with pytest.raises(ValidationError, match="nobody else signs"):
        drafted(cast, signatory=cast.auditor.who)
    assert not Statement.objects.exists()


@pytest.mark.django_db
def test_nobody_signs_before_every_group_is_answered(cast: Cast) -> None:
    statement, head = drafted(cast), cast.chief_executive
    with pytest.raises(NotNow, match="figures have not been taken"):
        sign(statement, head)
    briefing = taken(cast, statement)
    states = group_states(briefing)
    assert {state.group.title for state in states} >= {"Privacy obligations", "Audit is provided for"}
    assert {state.group.tier for state in states} == {"Risk not rated"}
    with pytest.raises(NotNow, match=r"Not accepted yet: .+ and 4 more"):
        sign(statement, head)
    group, rows, now = states[0].group, [states[0].rows[0].row.pk], timezone.now()
    said: dict[str, Any] = {"what": "A variation", "by_when": localdate(), "now": now}
    with pytest.raises(NotYours, match="answers for the exceptions"):
        answer_rows(group=group, rows=rows, by=head, **said)
    with pytest.raises(NotNow, match="has not answered 1 exception of this group yet"):
        answer_group(group=group, decision="accepted", why="Fine", by=head, now=now)
    answer_rows(group=group, rows=rows, by=cast.approver, **said)
    answer_group(group=group, decision="returned", why="By when exactly?", by=head, now=now)
    assert group_states(briefing)[0].state == "returned"
    answered(cast, statement)
    assert sign(statement, head).signed_as == "chief executive"


@pytest.mark.django_db
def test_neither_the_drafter_nor_somebody_who_is_no_longer_the_head_signs(cast: Cast) -> None:
    statement, head = drafted(cast), cast.chief_executive
    taken(cast, statement)
    answered(cast, statement)
    with pytest.raises(NotYours, match="signs this statement"):
        sign(statement, cast.privacy_officer)
    with acting(by=head), transaction.atomic():
        RoleGrant(person=head.who, role=Role.PRIVACY_OFFICER, starts_on=date(2020, 1, 1), granted_by=head).save()
    both = User.objects.get(pk=head.pk)
    own = draft_statement(values=_values(statement), by=both, now=timezone.now())
    taken(cast, own)
    answered(cast, own)
    with pytest.raises(NotYours, match="whoever drafts it does not sign it"):
        sign(own, both)
    with acting(by=head), transaction.atomic():
        grant = RoleGrant.objects.get(person=head.who, role=Role.CHIEF_EXECUTIVE)
        grant.ends_on = localdate() - timedelta(days=1)
        grant.save()
    with pytest.raises(NotPermitted, match="is not chief executive on"):
        sign(statement, head)
    assert not Signing.objects.exists()


def _values(statement: Statement) -> dict[str, object]:
    return words_of(statement) | {"day": statement.day}


@pytest.mark.django_db
def test_signed_it_is_frozen_words_figures_answers_and_all(cast: Cast) -> None:
    signing = signed(cast)
    statement, by = Statement.objects.get(), cast.privacy_officer
    assert content_of(statement, signing.briefing)["figures"][0]["definition"]
    with pytest.raises(NotNow, match="signed and frozen"):
        change_words(
            statement=statement, values=words_of(statement), seen=digest(words_of(statement)), by=by, now=timezone.now()
        )
    with pytest.raises(NotNow, match="signed and frozen"):
        sign(statement, cast.chief_executive)
    for sql in (
        "UPDATE assurance_statementfigure SET value = 99",
        "UPDATE assurance_statement SET covering = 'All is well'",
        "DELETE FROM assurance_rowanswer",
        "UPDATE assurance_signing SET sha256 = 'x'",
    ):
        with pytest.raises(DatabaseError, match="row of record"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    row, group = StatementRow.objects.earliest("pk"), StatementGroup.objects.earliest("pk")
    once: dict[str, Any] = {"by": by, "at": timezone.now()}
    for late in (
        RowAnswer(row=row, what="All is done", by_when=localdate(), **once),
        GroupAnswer(group=group, decision="returned", why="After all", **once),
        StatementRow(group=group, place=99, title="One more", outcome="not_met"),
        StatementGroup(briefing=signing.briefing, place=99, key="none", title="None", tier="None"),
        StatementFigure(briefing=signing.briefing, place=99, part=1, key="none", label="None", definition="None"),
        Briefing(statement=statement, ledger_ok=True, ledger_says="", ledger_seq=1, ledger_head="a" * 64, **once),
    ):
        with pytest.raises(IntegrityError, match="takes nothing more"), acting(by=by), transaction.atomic():
            late.save()
    existing(cast, "Recorded since", now=timezone.now())
    assert is_untouched(Statement.objects.get())
    again = draft_statement(
        values=_values(statement) | {"corrects_why": "A number"}, by=by, now=timezone.now(), corrects=statement
    )
    assert (again.corrects, again.code) == (statement, f"MCW-WA-{statement.day.year}-2")


@pytest.mark.django_db
def test_a_frozen_row_that_somebody_edits_behind_the_register_no_longer_fits_its_hash(cast: Cast) -> None:
    signed(cast)
    assert is_untouched(Statement.objects.get())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE assurance_statementfigure SET value = value + 1 WHERE key = 'population'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert not is_untouched(Statement.objects.get())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE assurance_statementfigure SET value = value - 1 WHERE key = 'population'")
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.django_db
def test_a_signature_on_paper_is_recorded_by_its_scan(cast: Cast) -> None:
    statement = drafted(cast)
    taken(cast, statement)
    answered(cast, statement)
    given: dict[str, Any] = {
        "statement": statement,
        "name": "signed.pdf",
        "content": PDF,
        "ledger": BROKEN,
        "now": timezone.now(),
    }
    by, today = cast.privacy_officer, localdate()
    with pytest.raises(ValidationError, match="from the day the figures were taken"):
        record_paper(**given, signed_on=today - timedelta(days=1), by=by)
    with pytest.raises(NotAccepted, match="A scan is"):
        record_paper(**given | {"name": "signed.txt", "content": b"Signed"}, signed_on=today, by=by)
    with pytest.raises(NotPermitted):
        record_paper(**given, signed_on=today, by=cast.contract_manager)
    made = record_paper(**given, signed_on=today, by=by)
    assert (made.on_paper, made.signatory, made.ledger_ok) == (True, cast.chief_executive.who, False)
    assert made.scan is not None
    assert made.scan.read() == PDF


@pytest.mark.django_db
def test_what_was_said_after_a_paper_was_signed_did_not_stand_on_it(cast: Cast) -> None:
    by, now, today = cast.privacy_officer, timezone.now(), localdate()
    statement = drafted(cast)
    briefing = taken(cast, statement)
    statement = Statement.objects.get()
    statement.drafted_at = now - timedelta(days=9)  # it was begun long ago: only what changed since counts
    assert last_said(statement, briefing) == today - timedelta(days=9)
    words: dict[str, Any] = {"values": words_of(statement) | {"covering": "All is well"}, "by": by, "now": now}
    change_words(statement=statement, seen=digest(words_of(statement)), **words)
    assert last_said(statement, briefing) == today

    later = now + timedelta(days=2)
    with mock.patch("tests.assurance.stating.timezone", SimpleNamespace(now=lambda: later)):
        answered(cast, statement)
    paper: dict[str, Any] = {"name": "signed.pdf", "content": PDF, "ledger": WHOLE, "by": by, "now": later}
    with pytest.raises(ValidationError, match="something in it was said anew"):
        record_paper(statement=statement, signed_on=today + timedelta(days=1), **paper)
    assert record_paper(statement=statement, signed_on=localdate(later), **paper).on_paper


@pytest.mark.django_db
def test_the_head_accepts_what_stood_before_them_and_nobody_is_named_for_the_answers_of_another(cast: Cast) -> None:
    statement, head, now = drafted(cast), cast.chief_executive, timezone.now()
    briefing = taken(cast, statement)
    state = group_states(briefing)[0]
    given: dict[str, Any] = {"group": state.group, "rows": [one.row.pk for one in state.rows], "now": now}
    answer_rows(what="A variation", by_when=localdate(), by=cast.approver, **given)
    seen = group_states(briefing)[0].seen
    answer_rows(what="Nothing is done", by_when=localdate(), by=cast.approver, **given)
    accepts: dict[str, Any] = {"group": state.group, "decision": "accepted", "why": "Fine", "by": head, "now": now}
    with pytest.raises(NotNow, match="answered after you opened this"):
        answer_group(seen=seen, **accepts)
    assert answer_group(seen=group_states(briefing)[0].seen, **accepts).decision == "accepted"

    statement = Statement.objects.get()
    values = words_of(statement) | {"deputy": cast.auditor.who}
    with pytest.raises(ValidationError, match="has answered exceptions already"):
        change_words(
            statement=statement, values=values, seen=digest(words_of(statement)), by=cast.privacy_officer, now=now
        )
    taken(cast, statement)
    statement = Statement.objects.get()
    given = {"values": values, "seen": digest(words_of(statement)), "by": cast.privacy_officer, "now": now}
    assert change_words(statement=statement, **given).deputy == cast.auditor.who


@pytest.mark.django_db(transaction=True)
def test_of_two_signatures_at_once_one_stands(cast: Cast) -> None:
    statement = drafted(cast)
    taken(cast, statement)
    answered(cast, statement)
    head = cast.chief_executive

    def signing() -> Callable[[], object]:
        found = Statement.objects.get(pk=statement.pk)
        return lambda: sign_statement(statement=found, ledger=WHOLE, by=head, now=timezone.now())

    told = all_at_once([signing(), signing()])
    assert [type(one) for one in told] == [NotNow]
    assert "signed and frozen" in str(told[0])
    assert Signing.objects.count() == 1
    assert StatementFigure.objects.filter(briefing=Signing.objects.get().briefing).exists()
