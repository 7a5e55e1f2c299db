"""Documents about an arrangement: each a row of numbered versions, of which none is ever overwritten."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from agreements.models.agreement import Agreement
from agreements.models.contract import Contract
from people.models import Agency, User
from people.permissions import may
from people.roles import Permission
from records.constraints import one_of
from records.models import Recorded, StoredFile


class DocumentKind(models.TextChoices):
    """What a document is."""

    SIGNED_AGREEMENT = "signed_agreement", "Signed agreement"
    VARIATION = "variation", "Variation"
    RISK_ASSESSMENT = "risk_assessment", "Risk assessment"
    PIA = "pia", "Privacy impact assessment"
    CERTIFICATE = "certificate", "Certificate of destruction"
    ADVICE = "advice", "Advice"
    CORRESPONDENCE = "correspondence", "Correspondence"
    OTHER = "other", "Other"


class Readers(models.TextChoices):
    """Who may read a document."""

    OURS = "ours", "Our agency"
    SHARED = "shared", "Our agency and the agencies that are parties"
    PRIVILEGED = "privileged", "Privileged"


# The signed face never carries what an agency was advised, or how it judged the risk (design: reading).
NEVER_SHARED = (DocumentKind.ADVICE, DocumentKind.RISK_ASSESSMENT)


def privileged_to(user: User, agreement: str = "agreement") -> Q:
    """Who may read what is privileged, besides whoever added it: holders of the permission, and the owner."""
    if may(user, Permission.READ_PRIVILEGED):
        return Q(pk__isnull=False)
    owner = Q(**{f"{agreement}__owner": user.person_id}) if user.person_id else Q(pk__in=[])
    return owner | Q(added_by=user.pk)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency, privileged ones only where they may, and shared ones of signed faces."""
        managed = Q(contract__manager=user.person_id) if user.person_id else Q(pk__in=[])
        own = Q(agency=user.agency) & (~Q(readers=Readers.PRIVILEGED) | privileged_to(user) | managed)
        faces = Agreement.objects.signed_faces_for(user.agency).order_by().values("pk")
        return self.filter(own | Q(readers=Readers.SHARED, agreement__in=faces, aside_at=None))

    def in_use(self) -> Self:
        """Everything that was not set aside."""
        return self.filter(aside_at=None)

    def shared(self) -> Self:
        """Those that the parties of a signed face may read."""
        return self.filter(readers=Readers.SHARED)


class Document(Recorded):
    """A document by its title. It stands under one agreement or one contract.

    One that was added by mistake is set aside: nothing is deleted, and it can be brought back.
    """

    never_empty: ClassVar[tuple[str, ...]] = ("title",)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="documents")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=DocumentKind)
    readers = models.CharField("who may read it", max_length=10, choices=Readers, default=Readers.OURS)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    aside_at = models.DateTimeField("set aside at", null=True, blank=True)
    aside_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="set aside by"
    )
    aside_why = models.CharField("why it was set aside", max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", DocumentKind.values, "document_kind_known"),
            one_of("readers", Readers.values, "document_readers_known"),
            models.CheckConstraint(condition=~Q(title=""), name="document_has_a_title"),
            models.CheckConstraint(
                condition=~Q(readers=Readers.SHARED) | ~Q(kind__in=NEVER_SHARED),
                name="document_advice_and_risk_stay_here",
                violation_error_message="Advice and risk assessments are never shared with the parties",
            ),
            models.CheckConstraint(
                condition=Q(agreement=None, contract__isnull=False) | Q(agreement__isnull=False, contract=None),
                name="document_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(readers=Readers.SHARED) | Q(contract=None),
                name="document_of_a_contract_stays_here",
                violation_error_message="What belongs to a contract is never shared with the parties of an agreement",
            ),
            models.CheckConstraint(
                condition=Q(aside_at=None, aside_by=None, aside_why="")
                | (Q(aside_at__isnull=False, aside_by__isnull=False) & ~Q(aside_why="")),
                name="document_aside_says_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The document's own page."""
        return reverse("agreements:document", args=[self.pk])

    @property
    def holder(self) -> Agreement | Contract:
        """What it stands under."""
        found = self.agreement or self.contract
        if found is None:
            raise ValueError("A document stands under an agreement or a contract.")
        return found

    @property
    def is_aside(self) -> bool:
        """Whether it was set aside."""
        return self.aside_at is not None

    @property
    def is_privileged(self) -> bool:
        """Whether only a few may read it."""
        return self.readers == Readers.PRIVILEGED


class DocumentVersion(Recorded):
    """One file of a document, as it was put in."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    note = models.CharField("what is new in it", max_length=300, blank=True)
    scanned_by = models.CharField("which virus scanner found nothing", max_length=200, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_version_once")]

    def __str__(self) -> str:
        return f"{self.document} (version {self.number})"

    def get_absolute_url(self) -> str:
        """Where it is downloaded."""
        return reverse("agreements:document_file", args=[self.document_id, self.number])
