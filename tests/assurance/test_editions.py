"""The standards as data: read, refused with a sentence that says where, renamed, dropped and added to by an edition."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from runpy import run_module
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from agreements.choices import Status
from assurance import editions
from assurance.actions.conformance import reassess_locked
from assurance.editions import StandardsFileError, by_key, current, read_standard, requirements
from assurance.models import ConformanceEntry, ConformanceRun
from people.actions.system import system_user
from tests.agreements_at import agreement_at
from tests.cast import TODAY, Cast

LATER = Path(__file__).parent / "later_edition"
SHIPPED = Path(editions.__file__).parent / "standards" / "information-sharing-2025-07-01.toml"
AFTER = date(2027, 7, 1)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A folder of the agency's own, read besides the shipped one."""
    settings.STANDARDS_FOLDERS = [*settings.STANDARDS_FOLDERS, tmp_path]
    editions.forget()
    yield tmp_path
    editions.forget()


@pytest.fixture
def later(settings: Any) -> Iterator[None]:
    """The later edition is installed."""
    settings.STANDARDS_FOLDERS = [*settings.STANDARDS_FOLDERS, LATER]
    editions.forget()
    yield
    editions.forget()


def test_the_shipped_standards_are_whole() -> None:
    asked = requirements(date(2026, 11, 1))
    assert [f"ISS-{number:02}" for number in range(1, 22)] == [name for name in asked if name.startswith("ISS")]
    letter = {name for name in asked if name.startswith("L")}
    assert letter >= {"L0", "L1.1", "L1.2-assurance", "L1.2-audit", "L1.3", "L1.4", "L1.5", "L1.6", "L1.7", "L1.8"}
    assert letter >= {"L2.1", "L2.2", "L2.3", "L2.4", "L2.5", "L2.6", "L3.1", "L3.2", "L4"}
    assert len([name for name in asked if name.startswith("DPUP")]) == 9
    assert {"IPP-3A", "IPP-12", "AISA-145", "AISA-146", "IM-181"} <= set(asked)


def test_what_was_not_read_at_its_source_says_so() -> None:
    asked = requirements(date(2026, 11, 1))
    assert asked["ISS-10"].to_be_confirmed.startswith("To be confirmed")
    assert asked["ISS-02"].to_be_confirmed == ""
    assert asked["F1"].to_be_confirmed == "Inferred from what was published; not a rule"


def test_an_edition_applies_from_its_day(later: None) -> None:
    assert "information-sharing 2025-07-01" in [one.key for one in current(date(2027, 6, 30))]
    assert "information-sharing 2027-07-01" in [one.key for one in current(AFTER)]
    asked = requirements(AFTER)
    assert asked["ISS-02"].title == "The purpose is plain"
    assert "ISS-21" not in asked
    assert asked["ISS-22"].gates == ("sign",)


@pytest.mark.django_db
def test_a_new_edition_assesses_anew_and_old_runs_still_read(later: None) -> None:
    agreement = agreement_at(Status.SIGNED, Cast())
    old = ConformanceRun.objects.filter(agreement=agreement).latest("pk")
    assert reassess_locked(agreements=[agreement.pk], on=AFTER, by=system_user("tick")) == 1
    new = ConformanceEntry.objects.get(agreement=agreement).run
    assert "ISS-21" in old.results
    assert "ISS-21" not in new.results
    assert "ISS-22" in new.results
    assert by_key(old.editions[0]) is not None
    assert by_key("information-sharing 1999-01-01") is None


BROKEN = {
    "not toml at all [": "cannot be read as TOML",
    'id = "x"\n': "it asks for nothing",
    '[[requirement]]\ntitle = "No id"\n': "without an id: id is missing",
}


@pytest.mark.parametrize(("text", "said"), BROKEN.items())
def test_a_half_edited_file_is_refused_with_file_and_reason(folder: Path, text: str, said: str) -> None:
    (folder / "own-2026.toml").write_text(text)
    [error] = [one for one in run_checks() if one.id == "assurance.E001"]
    assert error.msg.startswith("own-2026.toml: ")
    assert said in error.msg
    with pytest.raises(ImproperlyConfigured, match=r"own-2026\.toml: "):  # a web server runs no such checks
        run_module("config.wsgi")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('confidence = "read"', 'confidence = "sure"', "ISS-01: confidence is sure"),
        ('title = "It is clear whether the Standard applies"', 'title = " "', "ISS-01: title is missing"),
        ('check = "scope_settled"', 'basis = "attested"\ncheck = "scope_settled"', "ISS-01: an automatic requirement"),
        ('gates = ["submit"]', 'gates = ["leap"]', "ISS-01: there is no gate leap"),
        ('id = "ISS-02"', 'id = "ISS-01"', "ISS-01: this id stands there twice"),
        ("in_force_on = 2025-07-01", 'in_force_on = "soon"', "in_force_on is not a date"),
        ("place = 1", 'place = 1\ncolour = "red"', "colour is not known here"),
        ('issuer = "Government Chief Digital Officer"\n', "", "issuer is missing"),
    ],
)
def test_each_mistake_is_named_with_its_requirement(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = SHIPPED.read_text()
    assert old in text
    path = tmp_path / "own.toml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(StandardsFileError, match=said) as refused:
        read_standard(path)
    assert str(refused.value).startswith("own.toml: ")


def test_two_files_with_one_id_are_refused(folder: Path) -> None:
    (folder / "again.toml").write_text(SHIPPED.read_text())
    [error] = [one for one in run_checks() if one.id == "assurance.E001"]
    assert "again.toml: another file holds information-sharing 2025-07-01 already" in error.msg


def test_two_standards_never_share_the_id_of_a_requirement(folder: Path) -> None:
    (folder / "own.toml").write_text(SHIPPED.read_text().replace('id = "information-sharing"', 'id = "own"', 1))
    [error] = [one for one in run_checks() if one.id == "assurance.E001"]
    assert "ISS-01: information-sharing has this id too" in error.msg


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ('check = "scope_settled"', 'check = "not_written"', "assurance.E002", "ISS-01: there is no check not_written"),
        ('applies = "everything"', 'applies = "some"', "assurance.E003", "ISS-01: applies to some"),
    ],
)
def test_a_check_that_is_missing_is_named_at_start_up(folder: Path, old: str, new: str, code: str, said: str) -> None:
    text = SHIPPED.read_text().replace('edition = "2025-07-01"', 'edition = "2031"', 1)
    assert old in text
    (folder / "own.toml").write_text(text.replace(old, new, 1))
    [error] = [one for one in run_checks() if one.id == code]
    assert said in error.msg


@pytest.mark.django_db
def test_the_day_of_the_cast_is_after_every_edition() -> None:
    assert len(current(TODAY)) == 7
