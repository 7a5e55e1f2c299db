"""Who wrote the terms: whoever did does not approve them."""

from django.db import models

from agreements.models.terms import Terms
from people.models import User
from records.models import Recorded


class Author(Recorded):
    """Somebody who wrote, or changed, part of a version of the terms; one row a person, from the first time on."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="authors")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField("wrote first on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["terms", "user"], name="author_once_a_version")]

    def __str__(self) -> str:
        return str(self.user)
