"""Oversight, reviews and uses of provisions point to a document, a page and a date: one part of a form for all."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from agreements.actions.contract import link_agreement
from agreements.actions.oversight import log_oversight
from agreements.actions.review import record_exercise, record_review
from agreements.actions.set_aside import set_aside
from agreements.choices import Status
from agreements.errors import NotNow
from agreements.models import Agreement, Contract, Document, Exercise, Oversight, Review
from people.models import User
from tests.agreements.actions.test_document import put_in
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, contract_of
from tests.cast import NOW, TODAY, Cast
from tests.files import PDF

pytestmark = pytest.mark.django_db
SHOWN = {"evidence_page": "4", "evidence_on": "1 June 2026"}
ENTRY = {"log-kind": "meeting", "log-on": "1 July 2026", "log-note": "Met, all on time"}
REVIEWED = {"done_on": "1 July 2026", "outcome": "end"}
USED = {"code": "C14", "on": "1 July 2026", "found": "Two leavers still had access"}
DAY = date(2026, 7, 1)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_at(Status.SIGNED, cast)


def written(agreement: Agreement, document: Document, kind: str, by: User) -> Oversight | Review | Exercise:
    """One row of a kind that points to the document."""
    values: dict[str, Any] = {"evidence": document, "evidence_page": "4", "evidence_on": TODAY}
    if kind == "review":
        values |= {"done_on": DAY, "outcome": "end", "findings": "", "gmc_considered": "yes", "next_due_on": None}
        return record_review(agreement=agreement, values=values, by=by, now=NOW)
    if kind == "use":
        values |= {"code": "C14", "on": DAY, "found": "Leavers"}
        return record_exercise(agreement=agreement, values=values, by=by, now=NOW)
    values |= {"kind": "visit", "on": DAY, "note": "Visited"}
    return log_oversight(about=agreement, values=values, by=by, now=NOW)


KINDS = ("log", "review", "use")
PAGES = {"log": "contracts/", "review": "reviews/", "use": "reviews/"}
FORMS: dict[str, tuple[str, dict[str, str], str]] = {
    "log": ("log/", ENTRY, "log-"),
    "review": ("reviews/add/", REVIEWED, ""),
    "use": ("uses/add/", USED, ""),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_chosen_on_the_form_and_shown_on_the_page(
    officer: Client, cast: Cast, agreement: Agreement, kind: str
) -> None:
    made = put_in(agreement, cast.privacy_officer)
    rest, said, prefix = FORMS[kind]
    chosen = {f"{prefix}{name}": value for name, value in (SHOWN | {"evidence": str(made.pk)}).items()}
    assert "<option" in officer.get(f"{agreement.get_absolute_url()}{rest}").text
    assert officer.post(f"{agreement.get_absolute_url()}{rest}", said | chosen).status_code == 302
    page = officer.get(f"{agreement.get_absolute_url()}{PAGES[kind]}").text
    assert f'<a href="{made.get_absolute_url()}"><bdi>The deed</bdi></a>, page 4, 1\xa0June 2026' in page


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_document_that_stands_here(officer: Client, cast: Cast, agreement: Agreement, kind: str) -> None:
    put_in(agreement, cast.privacy_officer)
    other = put_in(agreement_at(Status.DRAFT, cast, title="Another"), cast.privacy_officer)
    rest, said, prefix = FORMS[kind]
    for wrong in (str(other.pk), "9" * 30, "x"):
        page = officer.post(f"{agreement.get_absolute_url()}{rest}", said | {f"{prefix}evidence": wrong}).text
        assert "Select a valid choice" in page
    page = officer.post(f"{agreement.get_absolute_url()}{rest}", said | {f"{prefix}evidence_page": "4"}).text
    assert "A page or a date needs the document" in page
    with pytest.raises(ValidationError, match="Choose a document of this agreement"):
        written(agreement, other, kind, cast.privacy_officer)
    assert not any(model.objects.exists() for model in (Oversight, Review, Exercise))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_privileged_is_named_to_the_few(
    officer: Client, sign_in: SignIn, cast: Cast, agreement: Agreement, kind: str
) -> None:
    secret = put_in(agreement, cast.privacy_officer, title="Crown Law says", readers="privileged")
    written(agreement, secret, kind, cast.privacy_officer)
    address = agreement.get_absolute_url()
    assert "Crown Law says" in officer.get(f"{address}{PAGES[kind]}").text
    other = sign_in(cast.contract_manager)
    page = other.get(f"{address}{PAGES[kind]}").text
    assert "A document that you may not read, page 4" in page
    for rest in (PAGES[kind], FORMS[kind][0], "", "history/"):
        assert "Crown Law says" not in other.get(f"{address}{rest}").text
    with pytest.raises(ValidationError, match="Choose a document"):
        written(agreement_at(Status.SIGNED, cast, title="Other"), secret, kind, cast.privacy_officer)


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("log", "the entry in the log for 1.July 2026"),
        ("review", "the review of 1.July 2026"),
        ("use", "the use of C14 on 1.July 2026"),
    ],
)
def test_it_keeps_the_document_where_it_is(cast: Cast, agreement: Agreement, kind: str, place: str) -> None:
    made = put_in(agreement, cast.privacy_officer)
    written(agreement, made, kind, cast.privacy_officer)
    with pytest.raises(NotNow, match=place):
        set_aside(document=made, reason="By mistake", by=cast.privacy_officer, now=NOW)


def test_an_entry_that_was_put_right_keeps_nothing(cast: Cast, agreement: Agreement) -> None:
    made, by = put_in(agreement, cast.privacy_officer), cast.privacy_officer
    wrong = written(agreement, made, "log", by)
    log_oversight(
        about=agreement, values={"kind": "visit", "on": DAY, "note": "Rang"}, corrects=wrong.pk, by=by, now=NOW
    )
    assert set_aside(document=made, reason="By mistake", by=by, now=NOW).is_aside


def test_an_entry_about_a_contract_points_to_a_document_of_that_contract(
    officer: Client, sign_in: SignIn, cast: Cast, agreement: Agreement
) -> None:
    contract: Contract = contract_of(cast)
    link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    its, ours = put_in(contract, cast.privacy_officer, title="Minutes"), put_in(agreement, cast.privacy_officer)
    secret = put_in(contract, cast.privacy_officer, PDF + b"\n", title="Hidden", readers="privileged")
    address = f"{contract.get_absolute_url()}log/"
    page = officer.get(contract.get_absolute_url()).text
    assert "Minutes (contract C-2026-0147)" in page
    assert "The deed" not in page
    assert "Select a valid choice" in officer.post(address, ENTRY | {"log-evidence": str(ours.pk)}).text
    manager = sign_in(cast.contract_manager)
    assert "Hidden" not in manager.get(address).text
    assert "Select a valid choice" in manager.post(address, ENTRY | {"log-evidence": str(secret.pk)}).text
    manager.post(address, ENTRY | {"log-evidence": str(its.pk), "log-evidence_page": "2"})
    entry = Oversight.objects.get()
    assert (entry.evidence, entry.evidence_page) == (its, "2")
    assert "Minutes</bdi></a>, page 2" in officer.get(contract.get_absolute_url()).text


def test_a_correction_begins_with_the_evidence_that_one_may_read(officer: Client, sign_in: SignIn, cast: Cast) -> None:
    contract = contract_of(cast)
    secret = put_in(contract, cast.privacy_officer, title="Hidden", readers="privileged")
    put_in(contract, cast.privacy_officer, PDF + b"\n")
    said = {"kind": "visit", "on": DAY, "note": "Visited", "evidence": secret, "evidence_page": "77"}
    entry = log_oversight(about=contract, values=said, by=cast.privacy_officer, now=NOW)
    address = f"{contract.get_absolute_url()}log/?corrects={entry.pk}"
    assert 'value="77"' in officer.get(address).text
    theirs = sign_in(cast.contract_manager)
    assert 'value="77"' not in theirs.get(address).text
    assert theirs.post(address, ENTRY).status_code == 302


def test_where_nothing_is_kept_the_quick_form_asks_for_no_document(officer: Client, cast: Cast) -> None:
    page = officer.get(contract_of(cast).get_absolute_url()).text
    assert "Document that shows it" not in page
    assert "Evidence that is not kept here" in page


@pytest.mark.parametrize("kind", KINDS)
def test_the_database_knows_no_page_of_nothing(cast: Cast, agreement: Agreement, kind: str) -> None:
    row = written(agreement, put_in(agreement, cast.privacy_officer), kind, cast.privacy_officer)
    statement = f"UPDATE {row._meta.db_table} SET evidence_id = NULL WHERE id = {row.pk}"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("rows", [1, 30])
def test_few_queries_however_much_is_shown(
    officer: Client,
    cast: Cast,
    agreement: Agreement,
    django_assert_max_num_queries: Callable[[int], Any],
    rows: int,
) -> None:
    for number in range(rows):
        made = put_in(agreement, cast.privacy_officer, PDF + b"\n" * number)
        for kind in KINDS:
            written(agreement, made, kind, cast.privacy_officer)
    officer.get("/")
    for rest in ("reviews/", "contracts/", "reviews/add/", "uses/add/", "log/"):
        with django_assert_max_num_queries(13):
            officer.get(f"{agreement.get_absolute_url()}{rest}")
