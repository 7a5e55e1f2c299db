"""A PDF keeps its macrons, its marking and its place in history on every page."""

import io
from pathlib import Path

import pypdf
import pytest
from django.conf import settings
from django.template import Context, Template

DOCUMENT = """{% extends "layouts/pdf.html" %}
{% block title %}MCW-2026-0001{% endblock %}
{% block cover %}<p class="meta reference">MCW-2026-0001</p><h1>Whānau wellbeing</h1>{% endblock %}
{% block content %}
  <h2>At a glance</h2><p class="standing">Approved, not in force</p>
  <p>ā ē ī ō ū Ā Ē Ī Ō Ū</p><p><strong>āēīōū</strong></p><p>{% glyph "met" "good" %} Present</p>
{% endblock %}"""


@pytest.fixture
def text() -> str:
    from weasyprint import HTML

    context = {
        "marking": "IN CONFIDENCE",
        "issued": "Issued 9 July 2026",
        "author": "Ministry",
        "watermark": "NOT IN FORCE",
    }
    html = Template(DOCUMENT).render(Context(context)).replace(settings.STATIC_URL, "static/")
    pdf = HTML(string=html, base_url=f"{Path(settings.BASE_DIR)}/").write_pdf(pdf_variant="pdf/ua-1")
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_macrons_stay(text: str) -> None:
    for words in ("Whānau wellbeing", "ā ē ī ō ū Ā Ē Ī Ō Ū", "āēīōū"):
        assert words in text


def test_every_page_carries_reference_marking_standing_and_number(text: str) -> None:
    margins = text[text.rindex("MCW-2026-0001") :]
    assert margins.count("IN CONFIDENCE") == 2
    for words in ("Approved, not in force", "Issued 9 July 2026", "Page 1 of 1"):
        assert words in margins


def test_what_is_not_in_force_says_so_across_the_page(text: str) -> None:
    assert "NOT IN FORCE" in text
