"""A file that is kept beside a record, what it is judged by its bytes: fields for whatever has files of its own.

Its action calls ``actions.kept_file.keep()`` for the values.
"""

from django.db import models

from people.models import User
from records.models import StoredFile


class KeptFile(models.Model):
    """The bytes, the name it came with, who looked for malware in it, who added it and when."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    scanned_by = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name
