"""The yearly reports as people use them: enter, correct, complete, read beside last year, take along."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from agreements.choices import Status
from agreements.models import Agreement
from assurance.forms.aisa_report import name_of
from assurance.models import AdverseOutcome, AisaEntry
from assurance.pages.aisa_report import report_of
from records.models import IssuedFile
from tests.agreements_at import agreement_at, organisation
from tests.assurance.yearly import YEAR, led, noticed
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


def place(name: str, agreement: Agreement, **more: object) -> str:
    return reverse(name, kwargs={"reference": agreement.reference, "year": YEAR} | more)


def field(agreement: Agreement, key: str, of: str) -> str:
    return next(name_of(one) for one in report_of(agreement, YEAR).figures if one.place == (key, of))


def test_from_an_empty_year_to_a_complete_one(officer: Client, cast: Cast) -> None:
    agreement = led(cast)
    listed = officer.get(reverse("aisa_reports"), {"year": YEAR}).text
    assert "0 of 1 complete" in listed
    assert "Not started" in listed
    figures = place("aisa_enter", agreement, part="figures")
    requests = field(agreement, "requests", "Community Agency")
    page = officer.get(figures).text
    assert "Last year: not recorded" in page
    told = {requests: "1204", "said-people": "0", "new_outcome": f"Referred {HOSTILE}", "new_number": "3", "seen": "0"}
    page = officer.post(figures, told, follow=True).text
    assert "1,204" in page
    assert escape(f"Outcome: Referred {HOSTILE}") in page
    assert HOSTILE not in page
    page = officer.post(
        place("aisa_enter", agreement, part="content"), {"said-costs": "About\r\n$40,000"}, follow=True
    ).text
    assert "About<br>$40,000" in page
    assert "To be confirmed: well known, not read again for this register" in page
    page = officer.post(place("aisa_complete", agreement), follow=True).text
    assert "what it says stands until somebody reopens it" in page
    refused = officer.post(figures, {"said-people": "5", "why": "Late"}).text
    assert "2025/26 is complete: reopen it with a reason" in refused
    page = officer.post(place("aisa_reopen", agreement), {"why": "A figure came late"}, follow=True).text
    assert "A figure came late" in page
    later = officer.get(reverse("aisa_report", args=[agreement.reference, YEAR + 1])).text
    assert "1,204" in later  # as the year before


def test_nothing_typed_is_lost_and_what_was_entered_meanwhile_is_told(officer: Client, cast: Cast) -> None:
    agreement = led(cast)
    figures = place("aisa_enter", agreement, part="figures")
    officer.post(figures, {"said-people": "100", "seen": "0"})
    page = officer.post(figures, {"said-people": "80", "said-transactions": "7", "seen": "0"}).text
    assert "entered meanwhile: 100" in page
    assert 'value="80"' in page
    assert 'value="7"' in page
    newest = AisaEntry.objects.latest("pk").pk
    assert f'name="seen" value="{newest}"' in page
    assert AisaEntry.objects.count() == 1
    for wrong, says in (
        ({"said-people": "-1"}, "greater than or equal to 0"),
        ({"said-people": "many"}, "with a whole number"),
        ({"said-people": "9" * 19}, "less than or equal to"),
        ({"new_outcome": "Warning", "new_number": "2"}, "It is on the list above"),
        ({"new_outcome": "Referred"}, "Enter both"),
        ({"said-people": "80", "seen": str(newest)}, "You correct what was recorded: say why"),
    ):
        page = officer.post(figures, {"said-transactions": "7"} | wrong).text
        assert says in page
        assert 'value="7"' in page
    assert AisaEntry.objects.count() == 1


def test_dated_notices_count_before_what_was_typed_in(officer: Client, cast: Cast) -> None:
    agreement = led(cast)
    add = reverse("notice_add", args=[agreement.reference])
    assert "People have 10 working days to dispute, to be confirmed" in officer.get(add).text
    page = officer.post(add, {"given_on": "1 April 2026", "number": "4", "reference": "Run 7"}, follow=True).text
    assert "Run 7" in page
    assert "17\N{NO-BREAK SPACE}April 2026" in page
    notice = agreement.adverse_notices.get()
    acted = {"became": "acted", "number": "1", "on": "17 April 2026"}
    page = officer.post(reverse("notice_outcome", args=[notice.pk]), acted, follow=True).text
    assert "Before the period was over" in page
    officer.post(place("aisa_enter", agreement, part="figures"), {"said-notices": "5", "seen": "0"})
    page = officer.get(place("aisa_report", agreement)).text
    assert "Counted from dated notices; 5 was typed in" in page
    for wrong in ({"number": "0"}, {"number": "9"}, {"became": "x"}, {"on": "31 March 2026"}, {"on": ""}):
        page = officer.post(reverse("notice_outcome", args=[notice.pk]), acted | wrong).text
        assert "<title>Error: " in page
    assert AdverseOutcome.objects.count() == 1


def test_the_appendix_says_what_is_missing_and_is_kept(officer: Client, cast: Cast) -> None:
    from openpyxl import load_workbook
    from pypdf import PdfReader

    agreement = led(cast, title="=Families")
    officer.post(place("aisa_enter", agreement, part="figures"), {"said-people": "0", "seen": "0"})
    page = officer.get(reverse("aisa_appendix", args=[YEAR])).text
    assert "Not complete" in page
    assert "Not recorded" in page
    sheet = load_workbook(BytesIO(b"".join(officer.get(reverse("aisa_sheet", args=[YEAR]))))).active
    assert sheet is not None
    rows = {(row[5], row[6]): row for row in sheet.iter_rows(values_only=True)}
    assert rows["People whose information was shared", None][0] == "'=Families"
    assert rows["People whose information was shared", None][7:9] == (0, "Not recorded")
    assert rows["Requests received from", "Community Agency"][7] == "Not recorded"
    missing = [row for row in rows.values() if row[7] == "Not recorded"]
    assert len(missing) == len(rows) - 2, "every row but the head and the one figure"
    first = officer.post(reverse("aisa_pdf", args=[YEAR])).content
    said = "".join(one.extract_text() for one in PdfReader(BytesIO(first)).pages)
    assert page.count("Not recorded") == said.count("Not recorded") - 1, "and the line that says what it means"
    assert officer.post(reverse("aisa_pdf", args=[YEAR])).content == first
    copy = IssuedFile.objects.get()
    assert officer.get(reverse("aisa_copy", args=[copy.pk])).content == first
    for unknown in (1999, 2999):
        assert officer.get(reverse("aisa_appendix", args=[unknown])).status_code == 404
        assert officer.get(reverse("aisa_reports"), {"year": unknown}).status_code == 404
    assert officer.get(reverse("aisa_reports"), {"year": "²⁰²⁶"}).status_code == 404


def test_a_reader_reads_and_another_agency_finds_nothing(cast: Cast, client: Client) -> None:
    agreement, plain = led(cast), agreement_at(Status.SIGNED, cast, title="Plain")
    client.force_login(cast.auditor)
    assert "It is complete" not in client.get(place("aisa_report", agreement)).text
    enter = place("aisa_enter", agreement, part="figures")
    assert "Only the owner of the agreement can do this" in client.get(enter).text
    client.post(place("aisa_enter", agreement, part="figures"), {"said-people": "5", "seen": "0"})
    assert not AisaEntry.objects.exists()
    assert client.get(place("aisa_report", plain)).status_code == 404
    client.force_login(Cast("THR", "Community Service Agency").privacy_officer)
    assert client.get(place("aisa_report", agreement)).status_code == 404
    assert "Nothing to report on" in client.get(reverse("aisa_reports"), {"year": YEAR}).text


def test_a_complete_year_is_shown_to_the_other_parties_to_read_and_to_nobody_else(cast: Cast, client: Client) -> None:
    party, stranger = Cast("THR", "Community Service Agency"), Cast("OTH", "Other Ministry")
    organisation("Community Agency", agency=party.agency, state_services="yes")
    agreement, shown = led(cast), reverse("aisa_reports_shown")
    address = place("aisa_shown", agreement)
    client.force_login(cast.privacy_officer)
    client.post(place("aisa_enter", agreement, part="content"), {"said-costs": f"About $1 {HOSTILE}", "seen": "0"})
    page = client.post(place("aisa_share", agreement), follow=True).text
    assert "2025/26 is not complete yet" in page
    page = client.post(place("aisa_complete", agreement), follow=True).text
    assert "Show it to the other parties" in page
    client.force_login(party.privacy_officer)
    assert client.get(address).status_code == 404, "complete is not yet shown"
    client.force_login(cast.privacy_officer)
    assert (
        "The other parties see it until somebody reopens it"
        in client.post(place("aisa_share", agreement), follow=True).text
    )
    assert "Show it to the other parties" not in client.get(place("aisa_report", agreement)).text
    client.force_login(party.privacy_officer)
    assert agreement.title in client.get(shown).text
    page = client.get(address).text
    assert f"About $1 {escape(HOSTILE)}" in page
    assert page.count("Not recorded") > 20, "what nobody recorded says so"
    assert "Enter or correct" not in page
    assert f"{cast.privacy_officer}" not in page, "who entered it is the lead agency's own"
    for name, more in (("aisa_report", {}), ("aisa_enter", {"part": "figures"}), ("aisa_reopen", {})):
        assert client.post(place(name, agreement, **more), {}).status_code in {404, 405}
    assert client.post(address).status_code == 405
    client.force_login(stranger.privacy_officer)
    assert client.get(address).status_code == 404
    assert agreement.title not in client.get(shown).text
    client.force_login(cast.privacy_officer)
    client.post(place("aisa_reopen", agreement), {"why": "A figure came late"})
    client.force_login(party.privacy_officer)
    assert client.get(address).status_code == 404, "reopened, it is not shown any more"
    assert "None is shown to your agency" in client.get(shown).text


@pytest.mark.parametrize("many", [1, 8])
def test_budgets(officer: Client, cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    agreement = led(cast)
    for _ in range(6 * many):
        noticed(agreement, cast.privacy_officer)
    for number in range(many - 1):
        led(cast, title=f"Other {number}")
    appendix = reverse("aisa_appendix", args=[YEAR])
    for address, most in ((reverse("aisa_reports"), 8), (place("aisa_report", agreement), 15), (appendix, 15)):
        officer.get(address)
        with django_assert_max_num_queries(most):
            officer.get(address)
