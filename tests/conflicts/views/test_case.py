"""The case as a PDF: for those who read the declaration, marked, the same bytes while nothing changes."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pikepdf import Pdf
from pytest_django import DjangoAssertNumQueries

from conflicts.choices import DeclarationStatus
from conflicts.models import Declaration
from conflicts.pdf.case import case_sheet, html
from records.ledger import head
from records.models import IssuedFile
from tests.declaring import Team, declaration_at, read, take

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("who opened a declaration is noted")]
D = DeclarationStatus


def test_it_is_issued_once_a_state_to_those_who_may_read_it(client: Client, team: Team) -> None:
    declaration = declaration_at(D.NON_COMPLIANT, team)
    address = reverse("conflicts:case_pdf", args=[declaration.code])
    manager = read(client, team.manager, declaration)
    first = manager.post(address)
    assert manager.post(address).content == first.content
    assert IssuedFile.objects.get().subject == f"declaration {declaration.code}"
    with Pdf.open(BytesIO(first.content)) as document:
        assert str(document.docinfo["/Title"]) == "Declaration of Ana Staff"
        assert document.Root.MarkInfo.Marked
    client.force_login(team.cast.chief_executive)
    assert client.post(address).status_code == 404


def test_it_says_what_was_decided_planned_and_not_kept_under_the_marking(team: Team) -> None:
    declaration = declaration_at(D.NON_COMPLIANT, team)
    now = timezone.now()
    page = html(case_sheet(declaration, now), head(), now)
    for words in (
        "IN CONFIDENCE STAFF", "My sister manages it", "An outsider would think so", "Leave the panel",
        "They took part in a meeting", "It is not known when the work begins", "Plan not kept",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("status", [D.SUBMITTED, D.NON_COMPLIANT])
def test_the_page_of_a_case_keeps_its_budget(
    client: Client, team: Team, status: DeclarationStatus, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    declaration = declaration_at(status, team)
    manager = read(client, team.manager, declaration)
    with django_assert_max_num_queries(17):  # two are savepoints of the test
        assert "What came of it" in manager.get(declaration.get_absolute_url()).text


def test_one_thing_comes_first_and_a_step_is_done_by_those_who_may(client: Client, team: Team) -> None:
    waiting = declaration_at(D.SUBMITTED, team)
    page = read(client, team.manager, waiting).get(waiting.get_absolute_url()).text
    assert page.count("button-main") == 1
    assert page.index(">Decide<") < page.index(">Start the assessment<")
    assert "Not decided yet." in page
    refused = client.get(f"{waiting.get_absolute_url()}plan/").text
    assert "It stands at “Submitted”: no plan is drafted now" in refused
    for step in ("manageable", "draft_plan", "approve_plan"):
        take(waiting, step, team)
    planned = Declaration.objects.get()
    client.force_login(team.staff)
    assert "Mark as done" in client.get(planned.get_absolute_url()).text
    assert "Mark as done" not in read(client, team.second, planned).get(planned.get_absolute_url()).text
