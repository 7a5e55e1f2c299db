"""The written assurance on its pages: drafted, answered, signed, downloaded, opened figure by figure, and checked."""

import json
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from assurance.actions.signing import record_paper, sign_statement
from assurance.figures.base import figures
from assurance.models import RowAnswer, Signing, Statement, StatementGroup, StatementRow
from assurance.pdf.statement import issue_files
from assurance.statement.content import hash_of
from assurance.statement.ledger_state import LedgerState
from assurance.views.verify_copy import TRIES
from people.models import User
from records import bulk
from records.acting import acting
from tests.assurance.planned import existing
from tests.assurance.stating import BROKEN, WHOLE, answered, drafted, signed, taken
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
ACCEPTED = {"act": "group", "head-decision": "accepted", "head-why": "Under way"}


@pytest.fixture
def cast() -> Cast:
    made = Cast()
    existing(made, "Old", now=timezone.now())
    return made


@pytest.fixture(autouse=True)
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is one transaction, which the ledger has not sealed yet."""
    say(monkeypatch, WHOLE)


def say(monkeypatch: pytest.MonkeyPatch, state: LedgerState) -> None:
    monkeypatch.setattr("assurance.views.statement.ledger_state", lambda: state)
    monkeypatch.setattr("assurance.views.statement_sign.ledger_since", lambda briefing: state)


def comes(client: Client, user: User) -> Client:
    """By the page for it: a signature asks how."""
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def signs_in(client: Client, user: User) -> Client:
    """With the password, and gives it once more."""
    comes(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def text(client: Client, name: str, *args: Any) -> str:
    return unescape(" ".join(client.get(reverse(name, args=args)).content.decode().split()))


def test_from_a_draft_to_a_signed_statement_whose_files_are_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, deputy, head = (Client() for _ in range(3))
    officer.force_login(cast.privacy_officer)
    today = localdate()
    values = {
        "day": today.isoformat(), "period_from": (today - timedelta(days=364)).isoformat(),
        "period_to": today.isoformat(), "addressee": "Public Service Commissioner",
        "deputy": cast.approver.person_id, "signatory": cast.chief_executive.person_id,
    }  # fmt: skip
    late = officer.post(reverse("statement_new"), values | {"day": (today + timedelta(days=3)).isoformat()})
    assert "has not come yet" in late.content.decode()
    made = officer.post(reverse("statement_new"), values)
    code = Statement.objects.get().code
    assert made["Location"] == reverse("statement", args=[code])
    assert "Take the figures as at" in text(officer, "statement", code)
    officer.post(reverse("statement_take", args=[code]))
    shown = text(officer, "statement", code)
    assert "Active agreements with third parties" in shown
    assert "0 of 5 accepted" in shown

    seen = officer.get(reverse("statement_words", args=[code])).context["seen"]
    words = values | {"covering": "We look after it.", "implemented": "partly", "seen": seen}
    officer.post(reverse("statement_words", args=[code]), words)
    deputy.force_login(cast.approver)
    head = signs_in(head, cast.chief_executive)
    for group in StatementGroup.objects.order_by("place"):
        assert f"Answer “{group}”" in text(deputy, "statement", code)
        assert "Answer “" not in text(head, "statement", code)
        answer_both(group, deputy, head)

    sign_and_look(head, code, monkeypatch)


def answer_both(group: StatementGroup, deputy: Client, head: Client) -> None:
    address = reverse("statement_group", args=[group.briefing.statement.code, group.pk])
    by_when = (localdate() + timedelta(days=60)).isoformat()
    said = {"act": "rows", "deputy-rows": [row.pk for row in group.rows.all()], "deputy-what": "Varied"}
    assert "has not answered 1 exception" in accept(head, address).content.decode()
    assert deputy.post(address, said | {"deputy-by_when": by_when}).status_code == 302
    assert f"Answer “{group}”" in text(head, "statement", group.briefing.statement.code)
    assert accept(head, address).status_code == 302


def sign_and_look(head: Client, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, BROKEN)
    address = reverse("statement_sign", args=[code])
    read = {"read": "on", "seen": head.get(address).context["seen"]}
    assert "The history of the register does not hold together" in head.post(address, read).content.decode()
    say(monkeypatch, WHOLE)
    stale = head.post(address, read | {"seen": "what stood there yesterday"}).content.decode()
    assert "was changed after you opened it" in stale
    assert not Signing.objects.exists()
    assert head.post(address, read).status_code == 302
    page = text(head, "statement", code)
    assert "Recomputed for this page: it fits" in page
    assert "Read and sign" not in page
    pdf = head.get(reverse("statement_file", args=[code, "pdf"])).content
    assert pdf.startswith(b"%PDF-1.7")
    assert head.get(reverse("statement_file", args=[code, "pdf"])).content == pdf
    assert head.get(reverse("statement_file", args=[code, "xlsx"])).content.startswith(b"PK")
    data = json.loads(head.get(reverse("statement_file", args=[code, "json"])).content)
    assert hash_of(data["statement"]) == data["sha256"] == Signing.objects.get().sha256


def accept(head: Client, address: str) -> Any:
    seen = head.get(address).context["state"].seen
    assert (
        "answered after you opened this" in unescape(head.post(address, ACCEPTED | {"seen": "x"}).text) or seen == "0"
    )
    return head.post(address, ACCEPTED | {"seen": seen})


def test_who_signs_gives_the_password_again(cast: Cast) -> None:
    statement = drafted(cast)
    taken(cast, statement)
    answered(cast, statement)
    client = comes(Client(), cast.chief_executive)
    asked = client.get(reverse("statement_sign", args=[statement.code]))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    sent = client.post(reverse("statement_sign", args=[statement.code]), {"read": "on"})
    assert sent["Location"].startswith(reverse("account_reauthenticate"))
    assert not Signing.objects.exists()
    page = text(signs_in(Client(), cast.privacy_officer), "statement", statement.code)
    assert "Read and sign" not in page
    page = text(signs_in(Client(), cast.chief_executive), "statement_sign", statement.code)
    assert "Nothing: every figure says the same now" in page


def test_the_scan_of_a_paper_is_saved_under_its_own_name(cast: Cast, client: Client) -> None:
    statement = drafted(cast)
    taken(cast, statement)
    answered(cast, statement)
    paper: dict[str, Any] = {
        "name": "Tauākī; filename=a.exe.pdf",
        "content": b"%PDF-1.7 signed by hand %%EOF",
        "ledger": WHOLE,
    }
    record_paper(statement=statement, signed_on=localdate(), by=cast.privacy_officer, now=timezone.now(), **paper)
    client.force_login(cast.auditor)
    said = client.get(reverse("statement_file", args=[statement.code, "scan"]))["Content-Disposition"]
    assert said == "attachment; filename*=utf-8''Tau%C4%81k%C4%AB%3B%20filename%3Da.exe.pdf"


def test_each_figure_opens_its_list_and_says_what_it_counts(cast: Cast, client: Client) -> None:
    signing = signed(cast)
    existing(cast, "Recorded since", now=timezone.now())
    client.force_login(cast.auditor)
    code = signing.statement.code
    for figure in signing.briefing.figures.all():
        page = text(client, "statement_figure", code, figure.key)
        assert " ".join(figure.definition.split())[:40] in page
    page = text(client, "statement_figure", code, "population")
    assert "Old" in page
    assert "Recorded since" not in page
    sheet = client.get(reverse("statement_figure_sheet", args=[code, "population", "csv"])).getvalue()
    assert b"MCW-2026-0001" in sheet
    now = {one.key: one for one in figures(cast.agency, localdate())}
    assert now["population"].value == 2


def test_a_frozen_row_edited_in_the_database_is_said_when_it_is_opened(cast: Cast, client: Client) -> None:
    statement = signed(cast).statement
    client.force_login(cast.auditor)
    change = "UPDATE assurance_statementfigure SET value = value {} 1 WHERE key = 'population'"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(change.format("+"))
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert "This statement is no longer what was signed" in text(client, "statement", statement.code)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(change.format("-"))
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert "no longer what was signed" not in text(client, "statement", statement.code)


def test_a_copy_is_ours_altered_or_not_ours_and_nothing_of_it_is_kept(cast: Cast, client: Client) -> None:
    signing = signed(cast)
    issue_files(Statement.objects.get(), by=cast.chief_executive, now=timezone.now())
    client.force_login(cast.auditor)
    kept = client.get(reverse("statement_file", args=[signing.statement.code, "json"])).content
    outside = Client()
    for content, says in ((kept, "Issued by this register, unchanged"), (b"%PDF-1.4 %%EOF", "Not ours")):
        page = check(outside, content)
        assert says in page
        assert signing.statement.code not in page
    assert signing.statement.code in check(client, kept)
    assert "Choose" in outside.post(reverse("verify_copy")).content.decode()
    for _ in range(TRIES.most):
        last = outside.post(reverse("verify_copy"))
    assert (last.status_code, "Wait a minute" in last.text) == (429, True)
    assert "Issued by this register" not in check(outside, kept), "nothing is read of a file that came too soon"


def check(client: Client, content: bytes) -> str:
    answer = client.post(reverse("verify_copy"), {"file": SimpleUploadedFile("copy.pdf", content)})
    return answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"), [(" ", "Write a comment"), ("a\0b", "Null characters"), ("x" * 4001, "at most 4000 characters")]
)
def test_a_comment_that_cannot_be_kept_is_refused_with_a_sentence(cast: Cast, typed: str, said: str) -> None:
    statement, client = drafted(cast), Client()
    client.force_login(cast.auditor)
    page = client.post(reverse("statement_comment", args=[statement.code]), {"text": typed}, follow=True)
    assert said in unescape(page.text)
    assert not statement.comments.exists()


def test_the_register_as_at_a_day_is_a_list(cast: Cast, client: Client) -> None:
    client.force_login(cast.auditor)
    assert "1 agreement" in text(client, "as_at_list")
    before = (localdate() - timedelta(days=900)).isoformat()
    assert "The register held nothing then" in client.get(reverse("as_at_list"), {"on": before}).content.decode()
    future = (localdate() + timedelta(days=1)).isoformat()
    assert "has not come yet" in client.get(reverse("as_at_list"), {"on": future}).content.decode()
    assert client.get(reverse("as_at_sheet", args=["csv"]), {"on": future}).status_code == 400


@pytest.mark.parametrize("many", [1, 50])
def test_list_and_page_ask_as_much_however_much_is_on_them(cast: Cast, client: Client, many: int) -> None:
    """Within 8 and 15 queries, with one statement and one exception a group or with many; two more sign in."""
    statement = drafted(cast)
    briefing = taken(cast, statement)
    with acting(by=cast.privacy_officer), transaction.atomic():
        bulk.create([exception(group, number) for group in briefing.groups.all() for number in range(many - 1)])
    client.force_login(cast.auditor)
    page, asked = counting(client, "statement", statement.code)
    assert f'data-label="Exceptions">{many}<' in page
    assert asked <= 15 + 2
    answered(cast, statement)
    sign_statement(statement=statement, ledger=WHOLE, by=cast.chief_executive, now=timezone.now())
    assert counting(client, "statement", statement.code)[1] <= 15 + 2
    for _ in range(many - 1):
        drafted(cast)
    page, asked = counting(client, "statements")
    assert page.count('data-label="As at"') == min(many, 25)
    assert ("1 to 25 of 50" in page) == (many == 50)
    assert asked <= 8 + 2


def test_a_group_of_many_is_paged_and_answered_at_once(cast: Cast, client: Client) -> None:
    statement = drafted(cast)
    group = taken(cast, statement).groups.earliest("place")
    with acting(by=cast.privacy_officer), transaction.atomic():
        bulk.create([exception(group, number) for number in range(119)])
    client.force_login(cast.approver)
    address = reverse("statement_group", args=[statement.code, group.pk])
    page = " ".join(client.get(address, {"page": "2"}).text.split())
    assert "51 to 100 of 120" in page
    assert page.count('name="deputy-rows"') == 50
    said = {"act": "rows", "deputy-what": "Varied", "deputy-by_when": (localdate() + timedelta(days=9)).isoformat()}
    assert "Answer “Which exceptions?”" in unescape(client.post(address, said).text)
    nobody = client.post(address, said | {"deputy-whom": "ticked"})
    assert "Choose at least one exception" in nobody.text
    some = [row.pk for row in group.rows.order_by("place")[50:52]]
    client.post(f"{address}?page=2", said | {"deputy-whom": "ticked", "deputy-rows": some})
    assert RowAnswer.objects.count() == 2
    assert "All 118 without an answer" in client.get(address).text
    client.post(address, said | {"deputy-whom": "open"})
    assert RowAnswer.objects.count() == 120


def exception(group: StatementGroup, number: int) -> StatementRow:
    return StatementRow(group=group, place=number + 1, reference="", title=f"One more {number}", outcome="not_met")


def counting(client: Client, name: str, *args: Any) -> tuple[str, int]:
    with CaptureQueriesContext(connection) as caught:
        page = text(client, name, *args)
    return page, len(caught)
