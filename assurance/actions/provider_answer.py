"""What comes in through a provider's link before it is sent in: answers, files, a subcontractor; or it went astray.

The actor is a system user; the link's request and its version say what may be written (provider_policies.check_open).
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError

from agreements.actions.changes import check_and_save, refuse
from agreements.digest import digest
from agreements.errors import NotNow, Stale
from assurance.models import (
    AskedAgreement,
    Confirmed,
    NamedSubcontractor,
    ProviderAnswer,
    ProviderFile,
    ProviderRequest,
)
from assurance.policies.provider import MOST, check_open
from assurance.provider.questions import questions_of
from people.models import User
from records.acting import action
from records.files import store
from records.scanning import scan
from records.uploads import accept

Said = tuple[str, str]  # an answer and its words


def said_by(asked: AskedAgreement) -> dict[str, Said]:
    """What is saved so far, by the code of the provision."""
    return {row.code: (row.answer, row.words) for row in asked.answers.all()}


def said_digest(asked: AskedAgreement) -> str:
    """What somebody saw when they opened the questions."""
    return digest({code: list(said) for code, said in sorted(said_by(asked).items())})


@action
def save_answers(*, asked: AskedAgreement, said: Mapping[str, Said], seen: str, by: User, now: datetime) -> int:
    """Keep what is answered so far; how many differ. A question without an answer stays as it was.

    Raises Stale where somebody else with the link saved since ``seen``, NotNow, ValidationError.
    """
    locked = lock_asked(asked)
    before = said_by(locked)
    if said_digest(locked) != seen:
        raise Stale("Somebody else who has the link", None, [], said_digest(locked))
    asking = {one.code: one for one in questions_of(locked.agreement.current_terms)}
    changed = {code: one for code, one in said.items() if one[0] and code in asking and before.get(code) != one}
    rows = {row.code: row for row in locked.answers.all()}
    for code, (answer, words) in changed.items():
        row = rows.get(code) or ProviderAnswer(asked=locked, code=code)
        row.question, row.answer, row.saved_at = asking[code].question, answer, now
        row.words = "" if answer == Confirmed.YES else words.strip()
        _save_at(f"words_{code}", row)
    return len(changed)


@action
def add_provider_file(*, asked: AskedAgreement, name: str, content: bytes, by: User, now: datetime) -> ProviderFile:
    """Take in a file that shows something. Raises NotAccepted (the file), NotNow."""
    accepted = accept(name, content)
    scanned_by = scan(content, accepted.name)
    locked = lock_asked(asked)
    if ProviderFile.objects.filter(asked__asking=locked.asking_id).count() >= MOST:
        raise NotNow(f"{MOST} files are here already: put the rest into one, or send them to {locked.asking.ring}")
    file = store(content)
    if locked.files.filter(file=file).exists():
        raise NotNow("This very file is here already")
    row = ProviderFile(
        asked=locked, file=file, file_name=accepted.name, media_type=accepted.type.media_type, scanned_by=scanned_by,
        added_at=now,
    )  # fmt: skip
    check_and_save(row)
    return row


@action
def remove_provider_file(*, asked: AskedAgreement, pk: int, by: User) -> None:
    """Take a file away again before it is sent in; its history stays. Raises NotNow."""
    found = lock_asked(asked).files.filter(pk=pk).first()
    if found is None:
        raise NotNow("It was taken away already")
    found.delete()


@action
def name_subcontractor(
    *, asked: AskedAgreement, name: str, does: str, starts_on: date | None, by: User, now: datetime
) -> NamedSubcontractor:
    """Keep whom the provider says it engaged. Raises NotNow, ValidationError naming the field."""
    locked, name = lock_asked(asked), " ".join(name.split())
    if locked.subcontractors.filter(name__iexact=name).exists():
        raise refuse("name", "You have named them already")
    if NamedSubcontractor.objects.filter(asked__asking=locked.asking_id).count() >= MOST:
        raise NotNow(f"{MOST} are named already: for more, ring {locked.asking.ring}")
    row = NamedSubcontractor(asked=locked, name=name, does=does.strip(), starts_on=starts_on, named_at=now)
    check_and_save(row)
    return row


@action
def report_provider_astray(*, request: ProviderRequest, by: User, now: datetime) -> ProviderRequest:
    """The link reached somebody by mistake and they say so: it opens no more, and whoever asked sees it."""
    locked = lock_request(request)
    locked.misdirected_at, locked.version = now, locked.version + 1
    check_and_save(locked)
    return locked


def lock_request(request: ProviderRequest) -> ProviderRequest:
    """The request as it stands now, locked, if the link that opened it may still answer. Raises NotNow."""
    rows = ProviderRequest.objects.select_for_update(of=("self",), no_key=True)
    locked: ProviderRequest = rows.select_related("agency", "organisation", "asked_by__person").get(pk=request.pk)
    check_open(locked, request.version)
    return locked


def lock_asked(asked: AskedAgreement) -> AskedAgreement:
    """One agreement of a request that is locked with it. Raises NotNow."""
    request = lock_request(asked.asking)
    rows = AskedAgreement.objects.select_for_update(of=("self",), no_key=True).filter(asking=request)
    locked: AskedAgreement = rows.select_related("agreement__current_terms").get(pk=asked.pk)
    locked.asking = request
    return locked


def _save_at(field: str, row: ProviderAnswer) -> None:
    try:
        check_and_save(row)
    except ValidationError as problem:
        raise refuse(field, " ".join(problem.messages)) from None
