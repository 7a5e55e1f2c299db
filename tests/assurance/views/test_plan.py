"""The plan on its pages: numbers open the list behind them, filters in the address, exports, the form that moves."""

from datetime import date
from html import unescape
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.actions.row import add_row
from agreements.actions.status import perform
from agreements.choices import TermsState
from agreements.digest import digest
from agreements.models import Agreement
from agreements.rows import KINDS
from assurance.actions.conformance import reassess
from assurance.actions.plan_item import item_values, move_item
from assurance.models import PlanItem
from assurance.pdf.plan import html, plan_sheet
from records.ledger import head
from records.models import IssuedFile
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import found_at_the_end, make_signable, organisation, variation_at
from tests.assurance.planned import existing
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def titles(client: Client, **asked: Any) -> list[str]:
    response = client.get("/plan/", asked)
    assert response.status_code == 200
    return [row.agreement.title for row in response.context["page"]]


def moved(item: PlanItem, cast: Cast, **given: Any) -> None:
    stands = item_values(item)
    move_item(item=item, values=stands | given, why="Planned", seen=digest(stands), by=cast.privacy_officer, now=NOW,
              although_open=True)  # fmt: skip


@pytest.fixture
def items(cast: Cast) -> dict[str, PlanItem]:
    made = {
        "Old": existing(cast, "Old"),
        "Between": existing(cast, "Between", date(2025, 3, 1)),
        "Undated": existing(cast, "Undated", None),
    }
    found = {title: PlanItem.objects.get(agreement=one) for title, one in made.items()}
    moved(found["Old"], cast, state="in_progress", target=date(2026, 9, 30), owner=cast.business_owner.person)
    moved(found["Between"], cast, state="done")
    return found


def test_the_riskiest_stands_first(officer: Client, items: dict[str, PlanItem]) -> None:
    found = officer.get("/plan/").context["page"]
    assert [row.score for row in found] == sorted((row.score for row in found), reverse=True)
    assert len(found) == 3


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"cohort": "interim"}, ["Between"]),
        ({"cohort": "unknown"}, ["Undated"]),
        ({"state": "done"}, ["Between"]),
        ({"state": "in_progress", "look": "overdue"}, ["Old"]),
        ({"look": "nobody"}, ["Undated"]),
        ({"owner": "nobody", "state": "not_started"}, ["Undated"]),
        ({"quarter": "2026-09-30"}, ["Old"]),
        ({"q": "betw"}, ["Between"]),
        ({"tier": "low"}, []),
    ],
)
def test_filters_stand_in_the_address(
    officer: Client,
    items: dict[str, PlanItem],
    asked: dict[str, str],
    wanted: list[str],
) -> None:
    assert titles(officer, **asked) == wanted


@pytest.mark.parametrize(
    "asked",
    [{"tier": "huge"}, {"owner": "999999"}, {"quarter": "2026-09-30'; DROP"}, {"sort": "secret"}, {"q": "x" * 300}],
)
def test_what_the_list_does_not_know_is_refused(
    officer: Client,
    items: dict[str, PlanItem],
    asked: dict[str, str],
) -> None:
    response = officer.get("/plan/", asked)
    assert response.status_code == 400
    assert "Nothing was looked for" in response.content.decode()
    assert officer.get("/plan/plan.csv", asked).status_code == 400


def test_each_number_of_the_progress_opens_a_list_of_as_many(
    officer: Client,
    items: dict[str, PlanItem],
) -> None:
    tiers = officer.get("/plan/").context["tiers"]
    numbers = [each for tier in tiers for each in tier.numbers]
    assert sum(number for label, number, _ in numbers if label == "All") == 3
    assert {label for label, number, _ in numbers if number} == {"All", "Done", "In progress", "Not started", "Overdue"}
    for _, number, query in numbers:
        assert officer.get(f"/plan/?{query}").context["found"].count == number


def test_what_was_called_done_says_in_the_list_what_is_open(officer: Client, items: dict[str, PlanItem]) -> None:
    page = officer.get("/plan/")
    [many] = page.context["although"].values()  # one item is done
    assert f"although {many} requirements are open" in page.text
    assert "although" not in officer.get("/plan/", {"state": "not_started"}).text


def test_the_item_says_why_it_stands_there_and_who_moved_it(
    officer: Client,
    items: dict[str, PlanItem],
) -> None:
    item = items["Old"]
    text = unescape(officer.get(f"/plan/{item.agreement.reference}/").content.decode())
    for points, says in PlanItem.objects.get(pk=item.pk).reasons:
        assert says in text
        assert f"{points} point" in text
    for words in ("State: not started → in progress", "Planned", "Overdue", "ISS-05", "There is no due diligence"):
        assert words in text
    assert f'href="/agreements/{item.agreement.reference}/assessments/">Due diligence was done before sharing' in text
    move = officer.get(f"/plan/{item.agreement.reference}/move/").text
    assert "requirements are still open that would stop a new agreement" in move


def test_moving_it_asks_why_and_loses_nothing(officer: Client, items: dict[str, PlanItem]) -> None:
    item = items["Undated"]
    here = f"/plan/{item.agreement.reference}/move/"
    seen = digest(item_values(item))
    said = {"state": "in_progress", "owner": "", "target": "", "action": "<b>Write</b> to them", "seen": seen}
    response = officer.post(here, said | {"why": " "})
    assert "&lt;b&gt;Write&lt;/b&gt; to them" in response.content.decode()
    assert PlanItem.objects.get(pk=item.pk).state == "not_started"
    assert officer.post(here, said | {"why": "It is next"}).status_code == 302
    assert PlanItem.objects.get(pk=item.pk).action == "<b>Write</b> to them"
    text = officer.post(here, said | {"why": "Again", "action": "Ring them"}).content.decode()
    assert "saved this" in text
    assert "Ring them" in text
    assert item.moves.count() == 1


@pytest.mark.parametrize(
    "said", [{"state": "gone"}, {"target": "2027-03-30"}, {"target": "soon"}, {"owner": "Nobody Known"}]
)
def test_hostile_answers_move_nothing(
    officer: Client,
    items: dict[str, PlanItem],
    said: dict[str, str],
) -> None:
    item = items["Undated"]
    given = {
        "state": "in_progress",
        "owner": "",
        "target": "",
        "action": "",
        "why": "x",
        "seen": digest(item_values(item)),
    }
    assert officer.post(f"/plan/{item.agreement.reference}/move/", given | said).status_code == 200
    assert item.moves.count() == 0


def test_another_agency_sees_nothing_of_it(
    cast: Cast,
    items: dict[str, PlanItem],
    sign_in: SignIn,
) -> None:
    outside = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert titles(outside) == []
    for page in ("", "move/"):
        assert outside.get(f"/plan/{items['Old'].agreement.reference}/{page}").status_code == 404
    assert "Old" not in b"".join(outside.get("/plan/plan.csv")).decode()


def test_the_sheet_holds_what_the_list_finds_and_is_safe_to_open(
    officer: Client,
    cast: Cast,
    items: dict[str, PlanItem],
) -> None:
    moved(PlanItem.objects.get(pk=items["Old"].pk), cast, action="=HYPERLINK(1)")
    text = b"".join(officer.get("/plan/plan.csv", {"state": "in_progress"})).decode()
    assert "Between" not in text
    assert "'=HYPERLINK(1)" in text
    assert "Nobody has looked whether it gives a right to audit (7)" in text
    book = b"".join(officer.get("/plan/plan.xlsx"))
    assert book[:2] == b"PK"
    assert officer.get("/plan/plan.exe").status_code == 404


def test_the_agreement_leads_to_its_item(officer: Client, items: dict[str, PlanItem]) -> None:
    item = items["Old"]
    assert f"/plan/{item.agreement.reference}/" in officer.get(item.agreement.get_absolute_url()).content.decode()


def test_moves_stand_on_the_timeline_of_the_agreement_alone(
    officer: Client, cast: Cast, items: dict[str, PlanItem], sign_in: SignIn
) -> None:
    item = items["Old"]
    page = unescape(officer.get(item.agreement.get_absolute_url()).content.decode())
    past = page[page.index('id="past"') :]
    assert f"In the plan: {item.moves.get().said}</a> by {cast.privacy_officer}" in past
    assert "<q>Planned</q>" in past
    assert "In the plan:" not in officer.get(items["Undated"].agreement.get_absolute_url()).content.decode()


def test_many_take_as_few_queries_as_one(officer: Client, cast: Cast) -> None:
    asked = []
    for number in (1, 49):
        with found_at_the_end(), mock.patch("assurance.extensions.conformance.reassess"):
            made = [existing(cast, f"Old {number} {one}") for one in range(number)]
        reassess(agreements=[one.pk for one in made], on=TODAY, by=cast.privacy_officer)
        officer.get("/plan/")
        with CaptureQueriesContext(connection) as found:
            assert officer.get("/plan/").status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1] <= 8


@pytest.mark.parametrize("state", [None, TermsState.DRAFT, TermsState.IN_REVIEW, TermsState.APPROVED])
def test_neither_the_plan_nor_a_variation_costs_the_pages_more_queries(
    officer: Client, cast: Cast, state: TermsState | None
) -> None:
    """In use from before the Standard and in its plan, then varied: the agreement's page and the variation's."""
    old = existing(cast)
    addresses = [f"/agreements/{old.reference}/"]
    if state:
        _completed(old, cast)
        variation_at(state, cast, Agreement.objects.get(pk=old.pk))
        addresses.append(f"/agreements/{old.reference}/variations/2/")
    officer.get("/people/me/")
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(address).status_code == 200
        assert len(asked) <= 15, (address, len(asked))


def _completed(old: Agreement, cast: Cast) -> None:
    """Its recording, with what its variation is not approved without."""
    for name in (cast.agency.name, "Te Whare Tautoko Trust"):
        body = {"organisation": organisation(name), "role": "lead" if name == cast.agency.name else "receives"}
        add_row(agreement=old, kind=KINDS["party"], values=body, by=cast.privacy_officer)
    make_signable(old, cast.privacy_officer, cast.chief_executive)
    perform(agreement=old, step="complete_recording", by=cast.privacy_officer, now=NOW)


def test_the_document_is_kept_and_unchanged_it_is_the_same_file(
    officer: Client, cast: Cast, items: dict[str, PlanItem], sign_in: SignIn
) -> None:
    first = officer.post("/plan/pdf/")
    assert first.content.startswith(b"%PDF")
    assert officer.post("/plan/pdf/").content == first.content
    assert IssuedFile.objects.count() == 1
    moved(PlanItem.objects.get(pk=items["Undated"].pk), cast, state="in_progress")
    assert officer.post("/plan/pdf/").content != first.content
    copy = IssuedFile.objects.earliest("pk")
    assert officer.get(f"/plan/issued/{copy.pk}/").content == first.content
    assert copy.file.sha256[:16] in officer.get("/plan/issued/").content.decode()
    outside = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert outside.get(f"/plan/issued/{copy.pk}/").status_code == 404


def test_the_document_says_what_the_plan_says(officer: Client, items: dict[str, PlanItem], cast: Cast) -> None:
    made_of = plan_sheet(cast.privacy_officer, date(2026, 10, 1))
    text = unescape(html(made_of, head(), NOW))
    for words in ("3 arrangements", "1 of them was signed from 18 February", "Overdue", "Done on", "IN CONFIDENCE"):
        assert words.lower() in text.lower(), words
    for item in items.values():
        assert item.agreement.reference in text
    assert "requirements are still open" in text  # done is what somebody said, and is not taken for met


def test_a_tier_that_is_cut_says_how_many_are_missing_and_where_they_are(
    cast: Cast, items: dict[str, PlanItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agreements.pdf.shorten.MOST_ROWS", 0)
    text = html(plan_sheet(cast.privacy_officer, date(2026, 10, 1)), head(), NOW)
    assert "more arrangements of this tier are in the register and not shown here. The plan as a sheet" in text
