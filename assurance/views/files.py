"""A file that is kept beside a record, to download."""

from io import BytesIO

from django.http import FileResponse

from assurance.models.kept_file import KeptFile


def download(kept: KeptFile) -> FileResponse:
    """The bytes, never shown in the page: what they are was judged when they came in."""
    content = BytesIO(kept.file.read())
    return FileResponse(content, as_attachment=True, filename=kept.file_name, content_type=kept.media_type)
