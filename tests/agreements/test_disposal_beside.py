"""What stands beside an agreement is disposed of like anything else: contracts, documents, advice and so on."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from agreements.actions.advice import add_advice
from agreements.actions.comment import add_comment
from agreements.actions.contract_stage import take_stage_step
from agreements.actions.document import add_version
from agreements.actions.oversight import log_oversight
from agreements.choices import Status
from agreements.models import (
    Advice,
    Agreement,
    Assessment,
    Comment,
    Contract,
    ContractStageChange,
    Document,
    DocumentVersion,
    Oversight,
)
from records.models import LedgerEntry, Recorded, StoredFile
from records.verify import verify
from tests.agreements.actions.test_document import put_in
from tests.agreements.views.test_issued import signed_in
from tests.agreements_at import agreement_at, contract_of
from tests.assessed import final
from tests.cast import NOW, TODAY, Cast
from tests.files import PDF

SECRET = "Hemi Pōtiki"
WHAT: list[tuple[type[Recorded], str]] = [
    (Contract, "title,procurement_ref,gmc_note"),
    (ContractStageChange, "why"),
    (Oversight, "note"),
    (Comment, "text"),
    (Document, "title"),
    (DocumentVersion, "file_name,note"),
    (Assessment, "answers,conclusion,lba_why,final_why,inherent,residual"),
    (Advice, "given_by,summary"),
]


def told(cast: Cast) -> Agreement:
    """One of each, all of which name the person."""
    by, agreement = cast.privacy_officer, agreement_at(Status.DRAFT, cast)
    contract = contract_of(cast, title=SECRET, procurement_ref=SECRET, gmc_considered="yes", gmc_note=SECRET)
    take_stage_step(contract=contract, step="end", by=by, now=NOW, reason=SECRET)
    log_oversight(about=contract, values={"kind": "meeting", "on": TODAY, "note": SECRET}, by=by, now=NOW)
    add_comment(about=contract, text=SECRET, assigned_to=None, by=by, now=NOW)
    document = put_in(agreement, by, title=SECRET)
    add_version(document=document, name=f"{SECRET}.pdf", content=PDF + b"\n", note=SECRET, by=by, now=NOW)
    final(agreement, "due_diligence", by, cast.chief_executive, conclusion=SECRET)
    values: dict[str, Any] = {"kind": "legal", "given_by": SECRET, "given_on": TODAY, "summary": SECRET}
    add_advice(agreement=agreement, values=values, by=by, now=NOW, on=TODAY)
    return agreement


def seal() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def dispose(cast: Cast, model: type[Recorded], fields: str, **more: Any) -> None:
    rows = ",".join(str(row.pk) for row in model._meta.base_manager.all())
    said = {"authority": "DA452, class 3", "reason": "Seven years after the end"}
    who = {"by": cast.privacy_officer.email, "approved_by": cast.chief_executive.email}
    call_command("dispose", model=model._meta.label, rows=rows, fields=fields, **said, **who, **more)


@pytest.mark.django_db
def test_the_content_is_gone_everywhere_and_the_verifier_says_so(cast: Cast) -> None:
    agreement = told(cast)
    seal()
    tables = [model._meta.db_table for model, _ in WHAT]
    for model, fields in WHAT:
        dispose(cast, model, fields)
    seal()
    for table in [*tables, *(f"{one.replace('agreements_', 'agreements_historical')}" for one in tables)]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE to_jsonb(t)::text LIKE %s", [f"%{SECRET}%"])
            assert cursor.fetchone() == (0,), table
    assert not LedgerEntry.objects.filter(relation__startswith="agreements_", payload__contains=SECRET).exists()
    report = verify()
    assert report.problems == []
    assert len(report.disposals) == len(WHAT)
    assert all("disposed under DA452, class 3" in said for said in report.disposals)
    officer = signed_in(cast.privacy_officer)
    for url in (Contract.objects.get().get_absolute_url(), Document.objects.get().get_absolute_url()):
        assert "Disposed of" in officer.get(url).text
    assert "Disposed of" in officer.get(reverse("agreements:assessments", args=[agreement.reference])).text


@pytest.mark.django_db(transaction=True)
def test_the_files_of_a_document_go_unless_something_else_needs_them(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    by, agreement = cast.privacy_officer, agreement_at(Status.DRAFT, cast)
    first, other = put_in(agreement, by), agreement_at(Status.DRAFT, cast, title="Another")
    add_version(document=first, name="two.pdf", content=PDF + b"\n", note="", by=by, now=NOW)
    put_in(other, by)  # the same bytes as the first version
    said = {"authority": "DA452", "reason": "Seven years", "by": by.email, "approved_by": cast.chief_executive.email}
    rows = ",".join(str(pk) for pk in first.versions.values_list("pk", flat=True))
    call_command("dispose", model="agreements.DocumentVersion", rows=rows, fields="file_name", files=True, **said)
    out = capsys.readouterr().out
    assert "Removed 1 stored files." in out
    assert "Kept 1, since other rows name the same file" in out
    gone = StoredFile.objects.get(disposed_at__isnull=False)
    assert not default_storage.exists(gone.name)
    assert first.versions.get(number=1).file.read() == PDF
    report = verify()
    assert report.problems == []
    assert any("records_storedfile disposed under DA452" in one for one in report.disposals)
    page = signed_in(by).get(reverse("agreements:document_file", args=[first.pk, 2]), follow=True)
    assert "was disposed of on" in page.text


@pytest.mark.django_db
def test_what_a_record_is_known_by_stays_with_a_sentence(cast: Cast) -> None:
    told(cast)
    with pytest.raises(CommandError, match=r"reference cannot all be empty there \(contract_has_number_and_title\)"):
        dispose(cast, Contract, "reference")
    with pytest.raises(CommandError, match="keys stay"):
        dispose(cast, Advice, "agreement")
