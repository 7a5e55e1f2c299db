"""Mail about a written assurance: what waits for somebody, until when, and one link. Never what an exception says."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from people.models import NoticeKind, Person
from records.actions.mail import Letter
from records.words import nz_date

if TYPE_CHECKING:
    from assurance.due.statement import Turn

K = NoticeKind
ABOUT = "A written assurance"
TEMPLATE = "assurance/email/statement"
SUBJECTS = {
    K.STATEMENT_ANSWER: "{code}: exceptions wait for your answers",
    K.STATEMENT_ACCEPT: "{code}: exceptions are answered and wait for you",
    K.STATEMENT_SIGN: "{code} waits for your signature",
    K.STATEMENT_WORDS: "{code}: its words are left to write",
    K.STATEMENT_RETURNED: "{code}: a group of exceptions was returned",
}


def letters_of(turn: "Turn", people: Iterable[int]) -> list[Letter]:
    """One letter to each of these people, by key; sent once for what happened."""
    return [_letter(turn, person) for person in Person.objects.filter(pk__in=people).order_by("pk")]


def _letter(turn: "Turn", person: Person) -> Letter:
    one = turn.statement
    context = {
        "first_name": person.name.split()[0],
        "kind": turn.kind.value,
        "statement": one,
        "many": sum(len(each.open) or len(each.rows) for each in turn.groups),
        "groups": len(turn.groups),
        "returned": [each.group for each in turn.groups if each.answer and each.open],
        "until": nz_date(one.sign_by) if one.sign_by else "",
        "url": settings.PUBLIC_ADDRESS.rstrip("/") + one.get_absolute_url(),
        "register": settings.REGISTER_NAME,
    }
    text = render_to_string(f"{TEMPLATE}_message.txt", context).replace("\N{NO-BREAK SPACE}", " ").strip() + "\n"
    key = f"statement {turn.event} {person.pk}"
    return Letter(key, person.email, SUBJECTS[turn.kind].format(code=one.code), text, ABOUT)
