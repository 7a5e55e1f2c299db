"""A statement that was sent out is verified offline, with nothing but Python and an exported ledger."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from assurance.models import Statement
from assurance.pages.verify_copy import judge
from assurance.pdf.statement import issue_files
from tests.assurance.planned import existing
from tests.assurance.stating import signed
from tests.cast import Cast
from tests.records.conftest import seal

PROGRAM = settings.BASE_DIR / "records" / "standalone" / "verify_ledger.py"


@pytest.mark.django_db
def test_pdf_and_data_are_ours_and_an_edited_one_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cast = Cast()
    existing(cast, "Old", now=timezone.now())
    signed(cast)
    seal()
    files = issue_files(Statement.objects.get(), by=cast.chief_executive, now=timezone.now())
    pdf, data = files[0].file.read(), files[2].file.read()
    assert [judge(one, AnonymousUser()).kind for one in (pdf, pdf + b" ")] == ["ours", "altered"]
    seal()
    call_command("export_ledger")
    (tmp_path / "ledger.jsonl").write_text(capsys.readouterr().out, "utf-8", newline="")
    status, said = verified(tmp_path, pdf=pdf, data=data)
    assert (status, "Everything is as it was written." in said) == (0, True)

    told = json.loads(data)
    told["statement"]["figures"][1]["value"] += 1
    status, said = verified(tmp_path, pdf=pdf + b" ", data=json.dumps(told).encode())
    assert status == 1
    assert "statement.pdf carries a head of this ledger: it was issued, and altered" in said
    assert "statement.json does not say what its own hash says" in said
    told = {"statement": {"figures": []}, "sha256": "08a8ff2ba7cfb1c4d9f4a1f1ee1b0d9d"}
    assert "does not say what its own hash says" in verified(tmp_path, pdf=pdf, data=json.dumps(told).encode())[1]


def verified(folder: Path, *, pdf: bytes, data: bytes) -> tuple[int, str]:
    """As an auditor would: isolated, without any installed package."""
    (folder / "statement.pdf").write_bytes(pdf)
    (folder / "statement.json").write_bytes(data)
    command = [sys.executable, "-I", "-S", str(PROGRAM), "ledger.jsonl"]
    command += ["--file", "statement.pdf", "--file", "statement.json"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, timeout=60)
    return ran.returncode, ran.stdout + ran.stderr
