"""Issuing a document: its bytes are kept, and the same state gives the same bytes again."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from records.acting import Actor, action
from records.errors import Refused
from records.files import store
from records.ledger import Head, head
from records.locks import hold
from records.models import IssuedFile

Render = Callable[[Head], bytes]


def digest(state: Mapping[str, Any]) -> str:
    """A digest of everything a document is made from: equal states give equal digests, whatever their order."""
    text = json.dumps(state, sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


@action
def issue(*, kind: str, subject: str, state: str, render: Render, by: Actor, at: datetime) -> IssuedFile:
    """Issue a ``kind`` of document about ``subject`` (a reference), made by ``render(head)``.

    ``state`` is ``digest()`` of what it is made from: when that was issued before, the kept issue is returned and
    nothing is rendered. Two who ask at once get one issue. Raises Refused when it was disposed of since.
    """
    hold(f"issue {kind} {subject}")
    kept = IssuedFile.objects.filter(kind=kind, subject=subject, state=state).select_related("file").first()
    if kept and kept.file.disposed_at:
        raise Refused(f"This document was disposed of on {kept.file.disposed_at:%d %B %Y}.")
    if kept:
        return kept
    point = head()
    file = store(render(point))
    return IssuedFile.objects.create(
        kind=kind,
        subject=subject,
        state=state,
        file=file,
        ledger_seq=point.seq,
        ledger_head=point.hash,
        by_id=by.pk,
        at=at,
    )
