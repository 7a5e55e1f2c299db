"""What an extension adds is seen wherever agreements are: six hooks, one test extension, one real one."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings as project
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from agreements import extensions, gates
from agreements.actions.row import remove_row
from agreements.actions.status import perform
from agreements.actions.variation import start_variation
from agreements.choices import Status, VariationKind
from agreements.errors import NotReady
from agreements.exports import csv_lines
from agreements.models import Agreement
from agreements.pdf.sheet import sheet
from agreements.rows import KINDS
from records.words import nz_date
from tests.agreements import extension_of_tests
from tests.agreements_at import agreement_at, answer
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def archive(settings: Settings) -> Iterator[None]:
    """The register with the test extension."""
    settings.AGREEMENT_EXTENSIONS = [*project.AGREEMENT_EXTENSIONS, "tests.agreements.extension_of_tests.EXTENSION"]
    extensions.forget()
    extension_of_tests.told.clear()
    yield
    extensions.forget()


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    """The privacy officer's browser."""
    client.force_login(cast.privacy_officer)
    return client


def test_a_gate_keeps_a_step_shut_and_says_everything_that_is_in_the_way(
    archive: None, cast: Cast, reader: Client
) -> None:
    draft = agreement_at(Status.DRAFT, cast, title="Blocked")
    with pytest.raises(NotReady) as refused:
        perform(agreement=draft, step="submit", by=cast.privacy_officer, now=NOW)
    assert refused.value.reasons == ["Ask the archivist first", "Wait for the full moon"]
    assert Agreement.objects.get(pk=draft.pk).status == Status.DRAFT
    page = reader.get(f"{draft.get_absolute_url()}steps/submit/").content.decode()
    assert "Ask the archivist first." in page
    assert "Wait for the full moon." in page


def test_every_action_ends_by_telling_of_the_change(archive: None, cast: Cast) -> None:
    draft = agreement_at(Status.DRAFT, cast)
    extension_of_tests.told.clear()
    answer(draft, "safeguards", cast.privacy_officer, safeguards="Locked")
    assert extension_of_tests.told == [(draft.reference, str(cast.privacy_officer), timezone.localdate())]


def test_what_happens_after_a_change_falls_with_it(archive: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = agreement_at(Status.DRAFT, cast)

    def fail(*_: object) -> None:
        raise RuntimeError("the archive is closed")

    monkeypatch.setattr(extension_of_tests, "after_change", fail)
    extensions.forget()
    with pytest.raises(RuntimeError), transaction.atomic():
        answer(draft, "safeguards", cast.privacy_officer, safeguards="Locked")
    assert Agreement.objects.get(pk=draft.pk).terms_now.safeguards == ""


def test_the_page_shows_panel_and_timeline(archive: None, cast: Cast, reader: Client) -> None:
    draft = agreement_at(Status.DRAFT, cast)
    page = reader.get(draft.get_absolute_url()).content.decode()
    assert f'hx-get="/agreements/{draft.reference}/history/"' in page
    assert page.count("Kept in the archive") == 2
    assert page.index("Started by") < page.index("Archived by Ada Archivist")
    assert f"True from {nz_date(date(2020, 1, 31))}" in page
    assert "Full shelves" in page
    assert "Box 7" in page


def test_list_and_export_have_its_cells(archive: None, cast: Cast, reader: Client) -> None:
    draft = agreement_at(Status.DRAFT, cast)
    assert f"Shelf: =Shelf {draft.reference[-1]}" in reader.get("/agreements/").content.decode()
    heading, line = list(csv_lines([draft.pk], TODAY))
    assert heading.rstrip().endswith("Shelf")
    assert line.rstrip().endswith(f"'=Shelf {draft.reference[-1]}")


def test_its_filters_narrow_the_list_and_the_export(archive: None, cast: Cast, reader: Client) -> None:
    agreement_at(Status.DRAFT, cast, title="Blocked")
    agreement_at(Status.DRAFT, cast, title="On another shelf")
    page = reader.get("/agreements/", {"shelf": "nine"}).content.decode()
    assert "Shelf: shelf nine" in page
    assert "Blocked" in page
    assert "On another shelf" not in page
    exported = reader.get("/agreements/export.csv", {"shelf": "nine"}).getvalue().decode()
    assert "On another shelf" not in exported


def test_the_list_asks_once_for_all(archive: None, cast: Cast, monkeypatch: pytest.MonkeyPatch, reader: Client) -> None:
    for number in range(3):
        agreement_at(Status.DRAFT, cast, title=f"Number {number}")
    asked: list[int] = []

    def count(agreements: list[Agreement], on: object) -> dict[int, dict[str, str]]:
        asked.append(len(agreements))
        return {}

    monkeypatch.setattr(extension_of_tests, "summary", count)
    extensions.forget()
    reader.get("/agreements/")
    assert asked == [3]


def test_the_summary_as_pdf_has_its_heading_and_a_copy_for_others_has_not(archive: None, cast: Cast) -> None:
    signed = agreement_at(Status.SIGNED, cast)
    [part] = [block for block in sheet(signed, TODAY).blocks if block.title == "Archive"]
    assert (part.facts, part.note) == ([("Kept on", "Shelf nine")], "Ask at the desk.")
    assert "Archive" not in [block.title for block in sheet(signed, TODAY, copy_for=cast.agency).blocks]


def test_signing_needs_an_authority_and_an_owner(cast: Cast) -> None:
    """The register's own gates (agreements/gates.py), through the same list."""
    approved = perform(agreement=agreement_at(Status.IN_REVIEW, cast), step="approve", by=cast.approver, now=NOW)
    with pytest.raises(NotReady) as refused:
        perform(agreement=approved, step="sign", by=cast.privacy_officer, now=NOW)
    assert [reason.split(":")[0] for reason in refused.value.reasons] == [
        "Name the law that allows it",
        "Name who owns it",
    ]
    answer(approved, "ownership", cast.privacy_officer, owner=cast.privacy_officer.person)
    with pytest.raises(NotReady, match=r"^Name the law that allows it: an agreement is never its own authority$"):
        perform(agreement=approved, step="sign", by=cast.privacy_officer, now=NOW)
    assert agreement_at(Status.SIGNED, cast).status == Status.SIGNED


def test_a_variation_is_held_to_the_same_and_a_renewal_is_not(cast: Cast) -> None:
    signed = agreement_at(Status.SIGNED, cast)
    varied = start_variation(agreement=signed, why="Other uses", by=cast.privacy_officer, now=NOW)
    for basis in varied.terms_now.legal_bases.all():
        remove_row(agreement=varied, kind=KINDS["legal_basis"], pk=basis.pk, by=cast.privacy_officer)
    assert gates.gates(varied, "vary_sign", TODAY) == [
        "Name the law that allows it: an agreement is never its own authority"
    ]
    assert gates.gates(varied, "vary_submit", TODAY) == []
    varied.terms_now.variation_kind = VariationKind.RENEWAL
    assert gates.gates(varied, "vary_sign", TODAY) == []
