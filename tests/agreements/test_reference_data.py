"""The reference data: everything arrives once, says how sure it is, and never overwrites what people did."""

import pytest
from django.core.management import call_command

from agreements import reference_data
from agreements.actions.reference_data import load_reference_data
from agreements.choices import BasisKind, Confidence, NameKind
from agreements.models import LegalProvision, Organisation, OrganisationName
from people.actions.system import system_user
from records.acting import acting
from tests.agreements_at import organisation

pytestmark = pytest.mark.django_db


def test_everything_is_loaded_with_its_source_and_confidence() -> None:
    loaded = load_reference_data(by=system_user("reference"), reason="Reference data")
    assert (loaded.organisations, loaded.legal_provisions) == (134, 191)
    assert not Organisation.objects.filter(source="").exists()
    assert Organisation.objects.filter(confidence=Confidence.UNCERTAIN).count() == 11
    assert LegalProvision.objects.filter(confidence=Confidence.UNCERTAIN).count() == 33
    assert Organisation.objects.filter(state_services="no").count() == 25


def test_an_organisation_has_its_names_by_kind() -> None:
    load_reference_data(by=system_user("reference"), reason="Reference data")
    msd = Organisation.objects.get(name="Ministry of Social Development")
    names = {(name.name, name.kind) for name in msd.names.all()}
    assert ("Te Manatū Whakahiato Ora", NameKind.MAORI) in names
    assert ("MSD", NameKind.ABBREVIATION) in names
    assert ("Department of Work and Income", NameKind.FORMER) in names


def test_a_second_run_adds_nothing() -> None:
    load_reference_data(by=system_user("reference"), reason="Reference data")
    history = Organisation.history.count()
    again = load_reference_data(by=system_user("reference"), reason="Reference data")
    assert (again.organisations, again.legal_provisions) == (0, 0)
    assert Organisation.history.count() == history


def test_what_somebody_renamed_or_entered_first_stays() -> None:
    organisation("Ministry of Health", website="https://ours.example.nz")
    load_reference_data(by=system_user("reference"), reason="Reference data")
    assert Organisation.objects.get(name="Ministry of Health").website == "https://ours.example.nz"
    renamed = Organisation.objects.get(name="Department of Corrections")
    with acting(by=system_user("test")):
        renamed.set_name("Corrections Aotearoa")
        renamed.save()
    assert load_reference_data(by=system_user("reference")).organisations == 0


def test_every_row_has_its_history() -> None:
    load_reference_data(by=system_user("reference"), reason="Reference data")
    assert Organisation.history.count() == 134
    assert OrganisationName.history.count() == OrganisationName.objects.count()
    assert Organisation.history.first().history_change_reason == "Reference data"


def test_no_agreement_or_memorandum_is_listed_as_a_legal_basis() -> None:
    titles = [f"{row['act']} {row['provision']}".lower() for row in reference_data.legal_provisions()]
    assert not [title for title in titles if "memorandum" in title]
    assert {row["basis_kind"] for row in reference_data.legal_provisions()} <= set(BasisKind.values)


def test_the_command_says_what_it_added(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_reference_data")
    assert "134 organisations and 191 legal bases" in capsys.readouterr().out
    call_command("load_reference_data")
    assert capsys.readouterr().out == ""
