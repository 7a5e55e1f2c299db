"""Provisions point to a document, its page and date; nobody reads a title there that they may not read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from agreements.actions.document import change_document, document_values
from agreements.actions.duplicate import duplicate_agreement
from agreements.actions.provision import provision_values, provisions_digest, save_provisions
from agreements.actions.set_aside import set_aside
from agreements.actions.status import perform
from agreements.actions.variation import start_variation
from agreements.choices import Status
from agreements.difference import difference, fingerprint
from agreements.digest import digest
from agreements.errors import NotNow
from agreements.models import Agreement, Document, Provision, Terms
from agreements.pdf.sheet import sheet
from people.models import User
from tests.agreements.actions.test_document import put_in
from tests.agreements.views.conftest import SignIn
from tests.agreements.views.test_issued import body_of
from tests.agreements_at import agreement_at, answer, make_signable
from tests.cast import NOW, TODAY, Cast
from tests.files import PDF

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def draft(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast)


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.whole().get(pk=agreement.pk)


def say(agreement: Agreement, by: User, **answers: dict[str, Any]) -> list[str]:
    """Answer provisions by code."""
    stands = provision_values(agreement)
    said = {code: stands[code] | {"answer": "present"} | values for code, values in answers.items()}
    return save_provisions(agreement=agreement, answers=stands | said, seen=provisions_digest(agreement), by=by)


def shown(document: Document, page: str = "4") -> dict[str, Any]:
    return {"evidence": document, "evidence_page": page, "evidence_on": DAY}


def sign(agreement: Agreement, cast: Cast) -> Agreement:
    by = cast.privacy_officer
    make_signable(agreement, by)
    for step, who in (("submit", by), ("approve", cast.approver), ("sign", by)):
        perform(agreement=agreement, step=step, by=who, now=NOW)
    return fresh(agreement)


def posted(agreement: Agreement, **answers: str) -> dict[str, str]:
    """Everything that the form sends: all unknown, besides what is said."""
    sent = {f"{code}-answer": "unknown" for code in provision_values(agreement)}
    return (
        sent
        | {"seen": provisions_digest(agreement)}
        | {name.replace("_", "-", 1): said for name, said in answers.items()}
    )


def test_it_is_chosen_on_the_form_and_shown_on_the_page(officer: Client, cast: Cast, draft: Agreement) -> None:
    made = put_in(draft, cast.privacy_officer)
    address = f"{draft.get_absolute_url()}sections/provisions/"
    sent = posted(
        draft, C5_answer="present", C5_clause="7", C5_evidence=str(made.pk), C5_evidence_page="4",
        C5_evidence_on="1 June 2026", C5_document="Binder 3", C5_page="9",
    )  # fmt: skip
    assert officer.post(address, sent).status_code == 302
    row = Provision.objects.get()
    assert (row.code, row.evidence, row.evidence_page, row.evidence_on) == ("C5", made, "4", DAY)
    page = officer.get(draft.get_absolute_url()).text
    assert "Clause 7, Binder 3, page 9" in page
    assert f'<a href="{made.get_absolute_url()}"><bdi>The deed</bdi></a>, page 4, 1\xa0June 2026' in page
    form = officer.get(address).text
    assert f'<option value="{made.pk}" selected' in form


def test_what_makes_no_sense_is_said_and_nothing_typed_is_lost(officer: Client, cast: Cast, draft: Agreement) -> None:
    put_in(draft, cast.privacy_officer)
    other = put_in(agreement_at(Status.DRAFT, cast, title="Another"), cast.privacy_officer)
    address = f"{draft.get_absolute_url()}sections/provisions/"
    wrong = {
        "Select a valid choice": {"C5_evidence": str(other.pk)},
        "A page or a date needs the document": {"C5_evidence_page": "77"},
        "day, month and year": {"C5_evidence_on": "soon"},
    }
    for sentence, said in wrong.items():
        page = officer.post(address, posted(draft, C5_answer="present", C5_clause="Kept text", **said)).text
        assert sentence in page
        assert "Kept text" in page
    with pytest.raises(ValidationError, match="Choose a document of this agreement"):
        say(draft, cast.privacy_officer, C5=shown(other))
    assert not Provision.objects.exists()


def test_evidence_that_somebody_may_not_read_stays_and_is_not_named(
    officer: Client, sign_in: SignIn, cast: Cast, draft: Agreement
) -> None:
    answer(draft, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    secret = put_in(draft, cast.privacy_officer, title="Crown Law says", readers="privileged")
    put_in(draft, cast.privacy_officer, PDF + b"\n")
    say(draft, cast.privacy_officer, C5=shown(secret))
    manager, address = sign_in(cast.contract_manager), draft.get_absolute_url()
    assert "A document that you may not read, page 4" in manager.get(address).text
    for place in ("", "sections/provisions/", "history/", f"as-at/?on={timezone.localdate().isoformat()}"):
        assert "Crown Law says" not in manager.get(f"{address}{place}").text
    assert "Crown Law says" in officer.get(address).text
    sent = posted(draft, C5_answer="present", C5_clause="Mine")
    assert manager.post(f"{address}sections/provisions/", sent).status_code == 302
    row = Provision.objects.get()
    assert (row.clause, row.evidence, row.evidence_page) == ("Mine", secret, "4")


def test_a_party_reads_no_title_of_what_is_not_shared(sign_in: SignIn, cast: Cast) -> None:
    partner = Cast("THR", "Te Hāpai Rangatahi")
    draft, by = agreement_at(Status.DRAFT, cast, parties=(body_of(partner).name,)), cast.privacy_officer
    for code, readers in (("C1", "privileged"), ("C2", "ours"), ("C3", "shared")):
        made = put_in(draft, by, PDF + code.encode(), title=f"Title {readers}", readers=readers)
        say(draft, by, **{code: shown(made, f"{code}-4")})
    signed = sign(draft, cast)
    theirs = sign_in(partner.privacy_officer)
    face = theirs.get(signed.get_absolute_url()).text
    copy = str(sheet(signed, TODAY, copy_for=partner.agency).blocks)
    for told in (face, copy):
        assert "Title privileged" not in told
        assert "Title ours" not in told
        assert f"Evidence held by {cast.agency.name}, page C1-4" in told
        assert f"Evidence held by {cast.agency.name}, page C2-4" in told
        assert "Title shared" in told
    own = str(sheet(fresh(signed), TODAY).blocks)
    assert "Title privileged" not in own
    assert "A privileged document, page C1-4" in own
    assert "“Title ours”, page C2-4" in own
    made = Document.objects.get(title="Title shared")
    values = document_values(made)
    change_document(document=made, values=values | {"readers": "ours"}, seen=digest(values), by=by)
    assert "Title shared" not in theirs.get(signed.get_absolute_url()).text
    assert "Title shared" not in str(sheet(fresh(signed), TODAY, copy_for=partner.agency).blocks)


def test_a_variation_begins_with_it_and_shows_what_it_changes(officer: Client, cast: Cast, draft: Agreement) -> None:
    by = cast.privacy_officer
    old, new = put_in(draft, by), put_in(draft, by, PDF + b"\n", title="The second deed")
    hidden = put_in(draft, by, PDF + b"\n\n", title="Crown Law says", readers="privileged")
    say(draft, by, C5=shown(old), C6=shown(hidden))
    signed = sign(draft, cast)
    varied = start_variation(agreement=signed, why="Other pages", by=by, now=NOW)
    copied = varied.terms_now.provisions.get(code="C5")
    assert (copied.evidence, copied.evidence_page, copied.evidence_on) == (old, "4", DAY)
    assert difference(fresh(signed).terms_now, varied.terms_now) == []
    say(varied, by, C5=shown(new, "9"), C6=shown(old))
    page = officer.get(varied.get_absolute_url()).text
    assert "“The deed”, page 4" in page
    assert "“The second deed”, page 9" in page
    assert f"Privileged document {hidden.pk}, page 4" in page
    assert "Crown Law says" not in page
    assert Terms.objects.get(pk=signed.terms_now.pk).provisions.get(code="C5").evidence == old


def test_a_new_title_changes_no_terms(cast: Cast, draft: Agreement) -> None:
    by, made = cast.privacy_officer, put_in(draft, cast.privacy_officer)
    say(draft, by, C5=shown(made))
    before, values = fingerprint(fresh(draft).terms_now), document_values(made)
    change_document(document=made, values=values | {"title": "Renamed"}, seen=digest(values), by=by)
    assert fingerprint(fresh(draft).terms_now) == before
    say(fresh(draft), by, C5=shown(made, "5"))
    assert fingerprint(fresh(draft).terms_now) != before


def test_a_duplicate_points_nowhere(cast: Cast, draft: Agreement) -> None:
    say(draft, cast.privacy_officer, C5=shown(put_in(draft, cast.privacy_officer)) | {"clause": "7"})
    copy = duplicate_agreement(agreement=fresh(draft), title="Again", by=cast.privacy_officer, now=NOW)
    row = copy.terms_now.provisions.get()
    assert (row.clause, row.evidence, row.evidence_page, row.evidence_on) == ("7", None, "", None)


def test_it_keeps_the_document_where_it_is(cast: Cast, draft: Agreement) -> None:
    by, made = cast.privacy_officer, put_in(draft, cast.privacy_officer)
    say(draft, by, C5=shown(made))
    with pytest.raises(NotNow, match="the evidence of provision C5 of terms 1"):
        set_aside(document=made, reason="By mistake", by=by, now=NOW)


def test_an_answer_that_names_no_evidence_leaves_it(cast: Cast, draft: Agreement) -> None:
    by, made = cast.privacy_officer, put_in(draft, cast.privacy_officer)
    say(draft, by, C5=shown(made))
    stands = {code: {"answer": values["answer"]} for code, values in provision_values(draft).items()}
    assert save_provisions(agreement=draft, answers=stands, seen=provisions_digest(draft), by=by) == []
    assert Provision.objects.get().evidence == made


@pytest.mark.parametrize("rows", [1, 25])
def test_few_queries(
    officer: Client, cast: Cast, draft: Agreement, django_assert_max_num_queries: Callable[[int], Any], rows: int
) -> None:
    by = cast.privacy_officer
    said = {f"C{at}": shown(put_in(draft, by, PDF + b"\n" * at, title=f"Deed {at}")) for at in range(1, rows + 1)}
    say(draft, by, **said)
    officer.get("/")
    for place in ("", "sections/provisions/", f"as-at/?on={timezone.localdate().isoformat()}"):
        with django_assert_max_num_queries(15):
            assert "Deed 1" in officer.get(f"{draft.get_absolute_url()}{place}").text
