"""The command that gives the ledger's head to the outside."""

from pathlib import Path

import pytest
from django.core.management import call_command

from people.actions.system import system_user
from records.ledger import head
from records.models import HeadSent
from records.verify import verify
from tests.records.conftest import seal


@pytest.mark.django_db
def test_it_appends_the_newest_head_and_notes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heads = tmp_path / "heads.txt"
    heads.write_text("an older line\n")
    system_user("ledger")
    seal()
    point = head()
    call_command("send_head", "--to", str(heads))
    assert heads.read_text() == f"an older line\n{point}\n"
    assert str(point.seq) in capsys.readouterr().out
    seal()
    assert HeadSent.objects.get().where == str(heads)
    assert verify([point.hash]).ok
