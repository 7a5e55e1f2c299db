"""What colleagues say to one another about an agreement or a contract; no other agency ever sees it."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.contract import Contract
from people.models import Person, User
from records.constraints import together
from records.models import Recorded

if TYPE_CHECKING:
    pass


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments as someone may see them."""

    def visible_to(self, user: User) -> Self:
        """Comments about what belongs to the user's own agency."""
        return self.filter(Q(agreement__agency=user.agency) | Q(contract__agency=user.agency))

    def open_for(self, person: Person) -> Self:
        """What the person was asked to do and nobody has said is done."""
        return self.filter(assigned_to=person, done_at=None)


class Comment(Recorded):
    """One comment, about an agreement or a contract. It is never changed; what it asks for is said to be done."""

    never_empty: ClassVar[tuple[str, ...]] = ("text",)

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    text = models.TextField("comment", max_length=5000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField("said at", editable=False)
    assigned_to = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="asked", verbose_name="asked of"
    )
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["assigned_to"], condition=Q(done_at=None), name="comment_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract=None, agreement__isnull=False) | Q(contract__isnull=False, agreement=None),
                name="comment_about_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(assigned_to__isnull=False), name="comment_done_was_asked_of_someone"
            ),
            together("done_at", "done_by", "comment_done_at_and_by_together"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def about(self) -> Agreement | Contract:
        """What it is about."""
        found = self.agreement or self.contract
        if found is None:
            raise ValueError("A comment is about an agreement or a contract")
        return found


class Mention(Recorded):
    """A person whom a comment names with @."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]

    def __str__(self) -> str:
        return str(self.person)
