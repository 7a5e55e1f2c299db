"""Have uploaded files looked at by a scanner of the agency's own (settings.DOCUMENT_SCANNER); off by default.

A scanner is a function ``scan(content: bytes, name: str) -> str`` that gives a sentence where it found something and an
empty string where it did not. One that fails keeps the file out: unknown is never clean.
"""

import logging

from django.conf import settings
from django.utils.module_loading import import_string

from records.uploads import NotAccepted

log = logging.getLogger(__name__)


def scanner() -> str:
    """The dotted path of the scanner; empty where none is set."""
    return str(settings.DOCUMENT_SCANNER)


def scan(content: bytes, name: str) -> str:
    """Which scanner found nothing, empty where none is set. Raises NotAccepted."""
    if not (path := scanner()):
        return ""
    try:
        found = import_string(path)(content, name)
    except Exception:
        log.exception("The document scanner failed")
        raise NotAccepted("The virus scanner does not answer, so nothing was kept. Try again later") from None
    if found:
        log.warning("The document scanner refused a file")
        raise NotAccepted(f"The virus scanner refused this file: {found}")
    return path
