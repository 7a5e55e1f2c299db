"""A form that takes evidence takes the file itself too: it is kept first, so that nothing refused later loses it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from agreements.forms.evidence import documents_to_choose
from agreements.models import Document
from assurance.actions.evidence import About, agreement_of, keep_evidence
from assurance.forms.evidence import FILE, ShownForm
from people.request import SignedInRequest, posted
from records.errors import Refused
from records.uploads import LARGEST

F = TypeVar("F", bound=ShownForm)


def with_file(
    request: SignedInRequest, about: About, form_of: Callable[[Sequence[Document], QueryDict | None], F]
) -> F:
    """The form of the documents that can be chosen and of what was posted: a file that came along is chosen in it.

    Where the file is refused, the sentence stands beside it and everything else as it was typed.
    """
    data, upload, problem, kept = posted(request), request.FILES.get(FILE), "", None
    if data is not None and upload is not None:
        given = {"name": upload.name or "", "content": upload.read(LARGEST + 1), "by": request.user}
        try:
            kept = keep_evidence(about=about, now=timezone.now(), **given)
        except (ValidationError, Refused) as refused:
            problem = "; ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
        else:
            data = data.copy()
            data["evidence"] = str(kept.pk)
    form = form_of(documents_to_choose(agreement_of(about), request.user), data)
    if kept:
        form.fields[
            FILE
        ].help_text = f"“{kept}” is kept already, with the documents of the agreement, and chosen above."
    if problem:
        form.add_error(FILE, problem)
    return form
