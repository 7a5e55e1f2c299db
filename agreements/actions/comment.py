"""Say something about an agreement or a contract, ask somebody to do something, say that it is done."""

import re
from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Comment, Contract, Mention
from people.actions.handover import take_off_list
from people.actions.notice import settle_notices
from people.models import NoticeKind, Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.forms import plain

AT = re.compile(r"(?:^|(?<=[\s(]))@(?=\w)")  # an @ inside an e-mail address names nobody
ASKED = "comment addressee"  # what a leaver was to it, on the hand-over list
MOST_SHOWN = 40  # characters of a name that fits nobody


@action
def add_comment(
    *, about: Agreement | Contract, text: str, by: User, now: datetime, assigned_to: Person | None = None
) -> Comment:
    """Keep a comment, with the people that it names (@ and the whole name or the e-mail address).

    Raises ValidationError where a name fits nobody or two, NotYours, NotPermitted.
    """
    check_may(by, Permission.READ_AGREEMENTS)
    if about.agency_id != by.agency.pk:
        raise NotYours("This belongs to another agency")
    here = list(Person.objects.visible_to(by).here_on(localdate(now)))
    if assigned_to is not None:
        _check_can_read(assigned_to, here)
    comment = Comment(text=text.strip(), by=by, at=now, assigned_to=assigned_to)
    if isinstance(about, Contract):
        comment.contract = about
    else:
        comment.agreement = about
    named = mentioned(comment.text, here)
    check_and_save(comment)
    for person in named:
        Mention(comment=comment, person=person).save()
    return comment


@action
def settle_comment(*, comment: Comment, by: User, now: datetime) -> Comment:
    """Say that what a comment asked for is done: whoever was asked, or whoever asked. Raises NotNow, NotYours."""
    check_may(by, Permission.READ_AGREEMENTS)
    locked = Comment.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=comment.pk).first()
    if locked is None or locked.assigned_to_id is None:
        raise NotYours("This comment asks nothing of your agency")
    if locked.done_at:
        raise NotNow(f"{locked.done_by} has said already that it is done")
    if by.person_id != locked.assigned_to_id and by.pk != locked.by_id:
        raise NotYours(f"Only {locked.assigned_to}, or {locked.by}, says that it is done")
    locked.done_at, locked.done_by = now, by
    check_and_save(locked)
    about = f"Comment {locked.pk}"
    settle_notices(kind=NoticeKind.COMMENT_ASKED, about=about, on=localdate(now), by=by)
    take_off_list(agency=by.agency, kind=ASKED, subject=about, by=by)
    return locked


@action
def hand_over_comment(*, pk: int, leaver: Person, to: Person, by: User) -> Comment:
    """Ask ``to`` what a comment asked of ``leaver``, in the same words. Raises NotYours, NotNow, NotPermitted."""
    check_may(by, Permission.HAND_OVER)
    locked = Comment.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if locked is None:
        raise NotYours("This comment belongs to another agency")
    if locked.done_at or locked.assigned_to_id != leaver.pk:
        raise NotNow("It is answered, or somebody else is asked by now: nothing is left to hand over")
    if sentence := _why_never_read(to):
        raise NotNow(sentence)
    locked.assigned_to = to
    check_and_save(locked)
    return locked


def mentioned(text: str, people: list[Person]) -> list[Person]:
    """The people whom @ names in a text. Raises ValidationError where one fits nobody, or more than one."""
    found: dict[int, Person] = {}
    for at in AT.finditer(text):
        person = _named(text[at.end() :], people)
        found[person.pk] = person
    return list(found.values())


def _named(rest: str, people: list[Person]) -> Person:
    """Whom the text after an @ begins with, by the longest name or address that fits."""
    start = plain(rest[:300])
    fits = [(len(name), person) for person in people for name in _names(person) if _begins(start, name)]
    longest = max((length for length, _ in fits), default=0)
    best = {person.pk: person for length, person in fits if length == longest}
    if len(best) == 1:
        return next(iter(best.values()))
    shown = " ".join(rest.split()[:2])[:MOST_SHOWN]
    if best:
        raise refuse("text", f"More than one person is called “@{shown}”: write @ and the e-mail address")
    raise refuse("text", f"Nobody here is called “@{shown}”. Write the whole name as it stands in the register")


def _names(person: Person) -> list[str]:
    return [name for name in (plain(person.name), plain(person.email)) if name]


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def _check_can_read(person: Person, here: list[Person]) -> None:
    if person not in here:
        raise refuse("assigned_to", f"{person} does not work here: ask somebody else")
    if sentence := _why_never_read(person):
        raise refuse("assigned_to", sentence)


def _why_never_read(person: Person) -> str:
    user = User.objects.filter(person=person).first()
    if user is None or Permission.READ_AGREEMENTS not in user.permissions:
        return f"{person} has no role that reads agreements, and would never see it"
    return ""
