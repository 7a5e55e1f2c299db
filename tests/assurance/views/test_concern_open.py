"""The form without a sign-in: of who wrote anonymously nothing is kept anywhere, and the code opens what came of it."""

import json
import logging
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from assurance.actions.concern_handling import acknowledge_concern, ask_raiser, note_step
from assurance.models import Concern, ConcernStep
from config.logging import OneLine
from records.models import LedgerEntry, SentForm
from tests.agreements.views.conftest import SignIn
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ADDRESS, BROWSER = "203.0.113.77", "Tell-tale/9.9"
FROM: Any = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": BROWSER, "HTTP_X_FORWARDED_FOR": ADDRESS}
SAID = {"about": "process", "text": "Hemi Rangi signed before anybody had looked", "who": "anonymous"}


def words(response: Any) -> str:
    return unescape(" ".join(response.content.decode().replace("\xa0", " ").split()))


def receipt_on(response: Any) -> str:
    return words(response).split("<code>")[1].split("</code>")[0]


def everywhere(text: str) -> list[str]:
    """The tables of the whole database in which any row holds the text."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the ledger is written
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        found = []
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text ILIKE %s", [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


@pytest.mark.parametrize("signed_in", [False, True])
def test_nothing_of_who_wrote_is_kept_in_any_table_or_in_the_log(
    cast: Cast, sign_in: SignIn, caplog: pytest.LogCaptureFixture, *, signed_in: bool
) -> None:
    writer = cast.business_owner
    client = sign_in(writer) if signed_in else Client()
    numbers = [str(client.get("/concern/", **FROM).context["form"].initial["number"]) for _ in range(2)]
    before = set(everywhere(str(writer.who.name))) if signed_in else set()
    with caplog.at_level(logging.DEBUG):
        client.post("/concern/", SAID | {"text": "", "number": numbers[0]}, **FROM)
        sent = client.post("/concern/", SAID | {"number": numbers[1]}, **FROM)
        client.post("/concern/follow/", {"receipt": receipt_on(sent)}, **FROM)
        client.post("/concern/follow/", {"receipt": "wrong"}, **FROM)
        for _ in range(12):
            last = client.post("/concern/follow/", {"receipt": "wrong"}, **FROM)
    assert last.status_code == 429
    assert "X-Request-Id" not in sent.headers
    assert "set-cookie" not in {name.lower() for name in sent.headers}
    concern = Concern.objects.get()
    assert (concern.anonymous, concern.raised_by, concern.name, concern.contact) == (True, None, "", "")
    for row in (*concern.history.all(), *ConcernStep.history.all()):
        assert row.request_id is None
        assert (row.history_user.email, row.acting_agency) == ("concern@system.invalid", "")
    for trace in (ADDRESS, BROWSER, numbers[1], receipt_on(sent), receipt_on(sent).replace("-", "")):
        assert everywhere(trace) == [], trace
    assert not SentForm.objects.exists()
    kept = LedgerEntry.objects.filter(relation__contains="concern").values_list("payload", flat=True)
    assert kept
    for payload in map(str, kept):
        assert json.loads(payload)["request_id"] is None
        assert str(writer.who.name) not in payload
    if signed_in:
        assert set(everywhere(str(writer.who.name))) == before
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    log = "".join(OneLine().format(record) for record in ours)
    for trace in (ADDRESS, BROWSER, "Hemi", receipt_on(sent), '"request"', writer.email):
        assert trace not in log, trace


def test_the_page_says_what_it_keeps_and_where_else_to_go(cast: Cast, client: Client) -> None:
    assert cast.agency
    page = words(client.get("/concern/"))
    for said in (
        "no network address", "Name only people who have to be named", "Protected Disclosures", "Privacy Commissioner",
        "Ombudsman", "Whistleblowers) Act 2022", "may protect you", "What you write can tell who you are",
        "not by the head of the agency", "Is it about one of those few?",
    ):  # fmt: skip
        assert said in page
    assert "You are signed in" not in page
    assert "Raise a concern</a>, with your name or without" in words(client.get("/account/login/"))


def test_the_code_shows_what_is_for_the_raiser_alone_and_carries_answers(cast: Cast, client: Client) -> None:
    officer = cast.privacy_officer
    number = client.get("/concern/").context["form"].initial["number"]
    sent, again = (client.post("/concern/", SAID | {"number": number}) for _ in range(2))
    assert receipt_on(sent) == receipt_on(again)
    concern = Concern.objects.get()
    given: dict[str, Any] = {"concern": concern, "by": officer, "now": timezone.now()}
    acknowledge_concern(said="We look into it", **given)
    ask_raiser(said="On which <i>day</i>?", **given)
    note_step(said="Rang Hemi", shown=False, **given)
    code = {"receipt": receipt_on(sent).upper().replace("-", " ")}
    page = words(client.post("/concern/follow/", code))
    assert "We look into it" in page
    assert "&lt;i&gt;day" in client.post("/concern/follow/", code).content.decode()
    assert "Rang Hemi" not in page
    assert str(officer.who.name) not in page
    assert "Sent to those who look into it" in words(client.post("/concern/follow/", code | {"text": "On Monday"}))
    assert concern.steps.get(kind="answered").said == "On Monday"
    assert "No concern has this code" in words(client.post("/concern/follow/", {"receipt": "abcde-fghjk"}))


def test_by_name_keeps_the_name_and_asks_for_one(cast: Cast, client: Client) -> None:
    Cast("OTH", "Other Ministry").privacy_officer  # noqa: B018 - a second agency
    said = SAID | {"who": "name", "agency": cast.agency.pk, "contact": "027 000 0000"}
    assert "Which agency does it concern" in words(client.get("/concern/"))
    assert "Give your name, or choose to stay anonymous" in words(client.post("/concern/", said))
    assert "Keep this code" in words(client.post("/concern/", said | {"name": "Ana Rewi"}))
    concern = Concern.objects.get()
    assert (concern.name, concern.contact, concern.agency) == ("Ana Rewi", "027 000 0000", cast.agency)
    for wrong in ({"about": "huge"}, {"agency": "999"}, {"text": "x" * 9000}, {"who": ""}):
        client.post("/concern/", said | {"name": "Ana"} | wrong)
    assert Concern.objects.count() == 1
