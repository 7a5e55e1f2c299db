"""Big imports, exports and documents go to the worker; small ones, and all without a worker, are done at once."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from agreements.choices import Status
from agreements.long_work import is_long, wanted
from agreements.models import Agreement, ImportBatch
from people.doing import do_work
from people.models import Work
from records.models import IssuedFile
from tests.agreements.imports import steps
from tests.agreements_at import agreement_at
from tests.cast import NOW, Cast
from tests.workers import a_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker is here, and everything is long."""
    a_worker()
    for name in ("views.import_run.IMPORTED", "views.export.EXPORTED", "views.issued.PRINTED"):
        monkeypatch.setattr(f"agreements.{name}", 0)


def checked(officer: Client) -> ImportBatch:
    """Two rows, ready to be imported."""
    batch = steps.upload(officer, b"Title,Party\nSchool buses,Te Whare\nShelter,Te Whare\n")
    return steps.as_suggested(officer, steps.as_guessed(officer, batch))


def done(answered: Any, officer: Client) -> tuple[Work, str]:
    """The work that an answer leads to, once the worker did it, and the words of its page."""
    work = Work.objects.get()
    assert answered.headers["Location"] == work.get_absolute_url()
    do_work(work.pk, lambda: NOW)
    return Work.objects.get(), officer.get(work.get_absolute_url()).content.decode()


def test_without_a_worker_nothing_is_long() -> None:
    assert not is_long(1_000_000, 1, NOW)
    a_worker()


@pytest.mark.usefixtures("long")
def test_an_import_is_asked_for_and_done_by_the_worker(officer: Client) -> None:
    batch = checked(officer)
    answered = officer.post(reverse("agreements:import_run", args=[batch.pk]))
    assert not Agreement.objects.exists()
    work, page = done(answered, officer)
    assert (work.state, work.total, Agreement.objects.count()) == ("done", 2, 2)
    assert "See what was recorded" in page
    assert work.url == batch.get_absolute_url()
    assert steps.again(batch).state == "done"
    assert set(Agreement.history.values_list("history_change_reason", flat=True)) == {"Imported from register.csv"}


@pytest.mark.usefixtures("long")
def test_an_import_that_was_discarded_meanwhile_says_so(officer: Client) -> None:
    batch = checked(officer)
    answered = officer.post(reverse("agreements:import_run", args=[batch.pk]))
    officer.post(reverse("agreements:import_discard", args=[batch.pk]))
    work, page = done(answered, officer)
    assert work.state == "failed"
    assert "Nothing of the sheet was recorded." in page
    assert not Agreement.objects.exists()


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_is_asked_for_with_a_button(cast: Cast, officer: Client, form: str) -> None:
    agreement_at(Status.SIGNED, cast, title="Whānau pānui")
    agreement_at(Status.DRAFT, cast, title="A draft")
    address = f"{reverse('agreements:export', args=[form])}?status=signed"
    page = officer.get(address).content.decode()
    assert "Export 1 agreements" in page
    assert not Work.objects.exists()
    answered = officer.post(f"{reverse('agreements:export_start', args=[form])}?status=signed")
    work, page = done(answered, officer)
    assert (work.state, work.total) == ("done", 1)
    assert "Download the file" in page
    assert work.file is not None
    if form == "csv":
        assert "Whānau pānui" in work.file.read().decode()
        assert "A draft" not in work.file.read().decode()


def test_an_address_that_is_refused_starts_no_export(officer: Client) -> None:
    address = reverse("agreements:export_start", args=["csv"])
    refused = officer.post(f"{address}?status=nonsense")
    assert refused.status_code == 400
    assert "is not one of its answers" in refused.content.decode()
    assert officer.post(reverse("agreements:export_start", args=["pdf"])).status_code == 404
    assert not Work.objects.exists()


@pytest.mark.usefixtures("long")
def test_a_big_summary_is_issued_by_the_worker_and_kept(cast: Cast, officer: Client) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    answered = officer.post(reverse("agreements:issue_pdf", args=[agreement.reference]))
    assert not IssuedFile.objects.exists()
    work, page = done(answered, officer)
    assert "Download the PDF" in page
    assert officer.get(work.url).content == IssuedFile.objects.get().file.read()


def test_another_agency_is_given_nothing(cast: Cast) -> None:
    agreement_at(Status.SIGNED, cast)
    assert wanted(Cast("OTH", "Other Ministry").privacy_officer, QueryDict(""), NOW) == ([], [])
