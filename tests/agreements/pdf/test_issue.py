"""The issued PDF: its structure, its words, and that the same state gives the same bytes."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pikepdf
import pypdf
import pytest
from django.template.loader import render_to_string

from agreements.actions.row import add_row
from agreements.choices import Duty, Status
from agreements.models import Agreement
from agreements.pdf.issue import issue_summary
from agreements.pdf.tables import duties
from agreements.rows import KINDS
from records.models import IssuedFile
from tests.agreements_at import agreement_at, answer, organisation
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def printed(agreement: Agreement, cast: Cast) -> bytes:
    return issue_summary(agreement, by=cast.privacy_officer, now=NOW).file.read()


def words(pdf: bytes) -> str:
    """All text of the PDF with single spaces; a line break inside a cell is a space."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below a node of the tag tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid
            yield from elements(kid)


def test_the_pdf_is_tagged_titled_and_carries_its_fonts(full: Agreement, cast: Cast) -> None:
    pdf = pikepdf.open(io.BytesIO(printed(full, cast)))
    root = pdf.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "en-NZ"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert full.title in str(pdf.docinfo.Title)
    assert pdf.open_outline().root, "no bookmarks"
    tags = list(elements(root.StructTreeRoot))
    cells = [tag for tag in tags if tag.get("/S") == "/TD"]
    assert len(cells) > 50
    assert all(any("/Headers" in a for a in _attributes(cell)) for cell in cells)
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert all(_embedded(font) for font in fonts)


def _attributes(tag: Any) -> list[Any]:
    found = tag.get("/A", pikepdf.Array())
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _embedded(font: Any) -> bool:
    under = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return any(name in under.FontDescriptor for name in ("/FontFile2", "/FontFile3", "/FontFile"))


def test_it_begins_with_what_the_public_would_understand(full: Agreement, cast: Cast) -> None:
    text = words(printed(full, cast))
    assert "Ministry of Community Wellbeing gives Te Whare Tautoko Trust this information" in text
    assert text.index("In plain words") < text.index("At a glance")
    assert "What choice people have is not recorded" in text
    for heading in ("Parties", "Information shared", "Safeguards", "Provisions", "Who does what", "Status history"):
        assert heading in text


def test_blanks_and_doubles_of_who_does_what_are_wrong_in_words_and_in_red(full: Agreement, cast: Cast) -> None:
    """L1.4: not by colour alone."""
    _, theirs = full.terms_now.parties.order_by("pk")
    values = {"duty": Duty.LEAD, "party": theirs}
    add_row(agreement=full, kind=KINDS["responsibility"], values=values, by=cast.privacy_officer)
    text = words(printed(full, cast))
    assert text.count("Wrong: 2 parties") == 1
    assert text.count("Wrong: nobody") == len(Duty) - 1
    found = duties(Agreement.objects.get(pk=full.pk).terms_now)
    assert found
    assert {row.mark for row in found.groups[0].rows} == {("not-met", "bad")}
    html = render_to_string("agreements/pdf/_table.html", {"table": found})
    assert html.count('class="mark bad"') == len(Duty)


def test_many_agencies_with_nobody_named_are_shown_as_blank(cast: Cast) -> None:
    parties = ("Ministry of Ferries", "Department of Kites")
    for name in parties:
        organisation(name, state_services="yes")
    draft = agreement_at(Status.DRAFT, cast, parties=parties)
    found = duties(draft.terms_now)
    assert found
    assert [row.cells[2] for row in found.groups[0].rows] == ["Wrong: nobody"] * len(Duty)
    assert duties(agreement_at(Status.DRAFT, cast, title="With a trust").terms_now) is None


def test_macrons_come_out_as_typed(full: Agreement, cast: Cast) -> None:
    assert "Whānau hōtaka ārahi me ngā ūpoko" in words(printed(full, cast))


def test_each_page_carries_marking_and_number(full: Agreement, cast: Cast) -> None:
    pages = pypdf.PdfReader(io.BytesIO(printed(full, cast))).pages
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.extract_text().split())
        assert text.count("IN CONFIDENCE") >= 2
        assert f"Page {number} of {len(pages)}" in text


def test_hostile_text_is_printed_as_typed(cast: Cast) -> None:
    draft = agreement_at(Status.DRAFT, cast, title="<script>alert(1)</script> {{ 7|add:7 }} {% now 'Y' %}")
    nasty = "<img src=file:/etc/passwd> שלום 🌿 " + "Pneumonoultramicroscopic" * 20 + "\n" + "long " * 4000
    answer(draft, "purpose", cast.privacy_officer, purpose=nasty[:20_000], permitted_uses="\x0b\x1f odd & <b>")
    text = words(printed(Agreement.objects.get(pk=draft.pk), cast))
    assert "<script>alert(1)</script> {{ 7|add:7 }} {% now 'Y' %}" in text
    assert "<img src=file:/etc/passwd>" in text
    assert "the register holds 19,9" in text or "the register holds 20,000" in text


def test_many_parties_and_rows_are_capped_with_a_note(full: Agreement, cast: Cast) -> None:
    by = cast.privacy_officer
    for number in range(50):
        values = {"organisation": organisation(f"Invented Trust {number}"), "role": "receives"}
        add_row(agreement=full, kind=KINDS["party"], values=values, by=by)
    flow = full.terms_now.flows.get()
    for number in range(125):
        values = {"flow": flow, "name": f"Kind of information {number}"}
        add_row(agreement=full, kind=KINDS["information"], values=values, by=by)
    text = words(printed(Agreement.objects.get(pk=full.pk), cast))
    assert "Invented Trust 49" in text
    assert "7 more kinds of information are in the register and not shown here" in text


def test_the_same_state_gives_the_same_bytes_and_one_row(full: Agreement, cast: Cast) -> None:
    first = issue_summary(full, by=cast.privacy_officer, now=NOW)
    again = issue_summary(Agreement.objects.get(pk=full.pk), by=cast.contract_manager, now=NOW + timedelta(hours=5))
    assert (again.pk, again.file.read()) == (first.pk, first.file.read())
    assert IssuedFile.objects.count() == 1


def test_a_changed_state_gives_a_new_issue(full: Agreement, cast: Cast) -> None:
    first = issue_summary(full, by=cast.privacy_officer, now=NOW)
    answer(full, "safeguards", cast.privacy_officer, safeguards="Encrypted")
    second = issue_summary(Agreement.objects.get(pk=full.pk), by=cast.privacy_officer, now=NOW)
    assert second.pk != first.pk
    assert "Encrypted" in words(second.file.read())


def test_a_draft_says_so_across_the_page_and_an_agreement_in_force_does_not(full: Agreement, cast: Cast) -> None:
    assert "DRAFT" in words(printed(full, cast))
    assert "DRAFT" not in words(printed(agreement_at(Status.SIGNED, cast), cast))
