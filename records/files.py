"""Keeping files by their content."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from records.locks import hold
from records.models import StoredFile


def store(content: bytes) -> StoredFile:
    """Keep the bytes, once, inside an action; the same bytes give the same StoredFile."""
    digest = sha256(content).hexdigest()
    hold(f"file {digest}")
    file = StoredFile.objects.filter(sha256=digest).first()
    if file and not file.disposed_at:
        return file
    file = file or StoredFile(sha256=digest, size=len(content), sniffed_type=sniff(content))
    file.disposed_at = None
    # The bytes go first: a row without bytes would be a broken promise, bytes without a row are only litter.
    if not default_storage.exists(file.name):
        default_storage.save(file.name, ContentFile(content))
    file.save()
    return file


def sniff(content: bytes) -> str:
    """The media type that the bytes themselves show, whatever name they came with."""
    import puremagic

    try:
        return str(puremagic.from_string(content, mime=True)) or _text_or_bytes(content)
    except (puremagic.PureError, ValueError):
        return _text_or_bytes(content)


def _text_or_bytes(content: bytes) -> str:
    try:
        content.decode()
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain" if content and b"\0" not in content else "application/octet-stream"
