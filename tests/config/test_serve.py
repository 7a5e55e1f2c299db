"""What the terminal says before the register is served."""

import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from config.demo_sign_ins import DEMO_PASSWORD
from config.management.commands import serve
from config.management.commands.prepare import static_files_changed
from people.roles import Role
from records.acting import acting
from tests.cast import Cast


def demonstrate(cast: Cast) -> None:
    """Say that an agency is an invented one."""
    with acting(by=cast.administrator):
        cast.agency.demo = True
        cast.agency.save()


@pytest.mark.django_db
def test_the_welcome_names_one_sign_in_for_each_role() -> None:
    cast = Cast()
    for role in Role:
        getattr(cast, role.value)
    cast.user(Role.AUDITOR, name="Second Auditor")
    demonstrate(cast)
    said = serve.welcome("http://localhost:8000/")
    assert "http://localhost:8000/" in said
    assert "make stop" in said
    assert DEMO_PASSWORD in said
    assert "http://localhost:8000/people/mail/demonstration/" in said
    for role in Role:
        assert said.count(f"  {role.label} ") == 1


@pytest.mark.django_db
def test_people_of_a_real_agency_are_never_named() -> None:
    assert Cast().auditor.email not in serve.welcome("http://localhost:8000/")
    assert DEMO_PASSWORD not in serve.welcome("http://localhost:8000/")


def test_a_taken_port_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(CommandError, match=f"Try PORT={port + 1} make run"):
            call_command("serve")


def test_a_port_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(CommandError, match="PORT is a number"):
        call_command("serve")


def test_static_files_are_packed_again_only_when_one_is_newer(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    assert static_files_changed()
    collected = tmp_path / "staticfiles.json"
    collected.touch()
    later = (timezone.now() + timedelta(minutes=1)).timestamp()
    os.utime(collected, (later, later))
    assert not static_files_changed()
    os.utime(collected, (0, 0))
    assert static_files_changed()
