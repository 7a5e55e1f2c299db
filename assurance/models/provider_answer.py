"""What a provider said and gave through its link. Nothing of it changes once it was sent in."""

from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Document
from agreements.provisions import BY_CODE, CODES
from assurance.models.breach import PrivacyBreach
from assurance.models.provider_request import AskedAgreement, ProviderRequest
from people.models import User
from records.constraints import one_of, together
from records.models import Recorded, StoredFile


class Confirmed(models.TextChoices):
    """What a provider says of one thing that it promised."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    UNKNOWN = "unknown", "I do not know"


NOT_YES = (Confirmed.PARTLY, Confirmed.NO, Confirmed.UNKNOWN)


class ProviderAnswer(Recorded):
    """The answer to one question, with the question as it stood. Words are owed only when it is sent in."""

    asked = models.ForeignKey(AskedAgreement, on_delete=models.PROTECT, related_name="answers")
    code = models.CharField("provision", max_length=3, choices=CODES)
    question = models.CharField(max_length=500)
    answer = models.CharField(max_length=7, choices=Confirmed)
    words = models.TextField("in their words", max_length=2000, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked", "code"], name="provider_answer_once"),
            one_of("code", BY_CODE, "provider_answer_code_known"),
            one_of("answer", Confirmed.values, "provider_answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_answer_display()}"


class ProviderFile(Recorded):
    """A file that shows what was said; it becomes a document of the agreement when the answers are sent in."""

    asked = models.ForeignKey(AskedAgreement, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    scanned_by = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "file"], name="provider_file_once")]

    def __str__(self) -> str:
        return self.file_name


class NamedSubcontractorQuerySet(models.QuerySet["NamedSubcontractor"]):
    """Whom providers named, as somebody may read of it."""

    def visible_to(self, user: User) -> Self:
        """Those named to the user's own agency."""
        return self.filter(asked__asking__agency=user.agency)


class NamedSubcontractor(Recorded):
    """Somebody whom the provider says it engaged: a statement of theirs, until somebody here has taken it up."""

    asked = models.ForeignKey(AskedAgreement, on_delete=models.PROTECT, related_name="subcontractors")
    name = models.CharField("who is it?", max_length=200)
    does = models.CharField("what do they do for you?", max_length=500)
    starts_on = models.DateField("since when?", null=True, blank=True)
    named_at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True, blank=True)
    taken_up_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_up_what = models.CharField("what was done about it", max_length=1000, blank=True)

    objects = NamedSubcontractorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked", "name"], name="named_subcontractor_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(does=""), name="named_subcontractor_says_who"),
            together("taken_up_at", "taken_up_by", "named_subcontractor_taken_up_by"),
            models.CheckConstraint(
                condition=Q(taken_up_at=None, taken_up_what="") | Q(taken_up_at__isnull=False) & ~Q(taken_up_what=""),
                name="named_subcontractor_says_what",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProviderBreach(Recorded):
    """A breach that came in through the link, and who told of it, in their words."""

    asking = models.ForeignKey(ProviderRequest, on_delete=models.PROTECT, related_name="breaches")
    breach = models.OneToOneField(PrivacyBreach, on_delete=models.PROTECT, related_name="from_provider")
    told_by = models.CharField(max_length=200)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(told_by=""), name="provider_breach_says_who")]

    def __str__(self) -> str:
        return f"{self.breach_id}, told by {self.told_by}"
