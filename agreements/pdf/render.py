"""HTML to a tagged PDF. WeasyPrint costs 87 MB and half a second, so it is imported where it is used."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation

# Nobody answers there: the fetcher reads our own static files instead of asking.
BASE = "https://static.invalid/"

# No font that we may ship draws these; a box would say nothing, the name says what was typed.
PICTURES = re.compile("[\U0001f000-\U0001faff]")


class Outside(SuspiciousOperation):
    """A document asked for something other than our static files."""


def to_pdf(html: str) -> bytes:
    """The document as PDF/UA-1. The same HTML gives the same bytes; nothing outside our static files is ever read."""
    from weasyprint import HTML

    drawn = PICTURES.sub(_named, html.replace("\ufe0f", ""))
    document = HTML(string=drawn, base_url=BASE, url_fetcher=_fetcher_class()())
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _named(picture: re.Match[str]) -> str:
    return f"[{unicodedata.name(picture[0], 'picture').lower()}]"


@cache
def _fetcher_class() -> type:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticOnly(URLFetcher):
        """Serves our static files and refuses every other address."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            return URLFetcherResponse(url, static_file(url), {"Content-Type": _type(url)})

    return StaticOnly


def static_file(url: str) -> bytes:
    """The static file at an address inside STATIC_URL; raises Outside for anything else."""
    root = urljoin(BASE, settings.STATIC_URL)
    name = unquote(url.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].removeprefix(root))
    if not url.startswith(root) or not name or ".." in name.split("/"):
        raise Outside(f"A PDF may not fetch {url[:200]}")
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            collected: bytes = file.read()
            return collected
    found = finders.find(name)
    if not isinstance(found, str):
        raise Outside(f"There is no static file {name[:200]}")
    return Path(found).read_bytes()


def _type(url: str) -> str:
    return {"css": "text/css", "ttf": "font/ttf", "svg": "image/svg+xml"}.get(url.rsplit(".", 1)[-1], "image/png")
