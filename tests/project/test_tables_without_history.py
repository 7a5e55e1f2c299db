"""Every table has a history, but for those named here with the reason."""

from django.apps import apps
from django.db import models

from records.models import HistoryRow, Recorded

WITHOUT_HISTORY = {
    "records.LedgerEntry": "is history",
    "records.LedgerLink": "is history",
    "records.LedgerRename": "is part of the ledger: append-only, written by migrations",
    "records.SentForm": "is forgotten after a month; what a form made has a history",
    "records.Mail": "is the outbox, and forgotten after three months; what a mail tells of has a history",
    "procrastinate.ProcrastinateJob": "is the queue; what a job does has a history",
    "procrastinate.ProcrastinateEvent": "is the queue",
    "procrastinate.ProcrastinatePeriodicDefer": "is the queue",
    "procrastinate.ProcrastinateWorker": "is the queue: who works at it now",
    "assurance.ConformanceEntry": "is derived from the newest run, and rebuilt with it",
    "assurance.RunOutcome": "is derived from a run that never changes",
    "conflicts.ClearanceEntry": "is derived, and found again after each change",
    "conflicts.Opening": "is who read what, and append-only: it is a history",
    "agreements.SearchEntry": "is derived, and rebuilt after each change",
    "agreements.ImportRow": "is working material of an import; what is made from it has a history",
    "account.EmailAddress": "is allauth's; sign-in addresses are those of people.User",
    "account.EmailConfirmation": "is a sign-in code's",
    "mfa.Authenticator": "holds secrets of a second factor, which no history may keep",
    "socialaccount.SocialAccount": "is who signed in where",
    "socialaccount.SocialApp": "is configuration of sign-in",
    "socialaccount.SocialToken": "holds secrets of sign-in",
    "axes.AccessAttempt": "counts sign-in attempts",
    "axes.AccessFailureLog": "counts sign-in attempts",
    "axes.AccessLog": "counts sign-in attempts",
    "axes.AccessAttemptExpiration": "counts sign-in attempts",
    "sessions.Session": "ends with the session",
    "contenttypes.ContentType": "is Django's own",
    "auth.Permission": "is Django's own and unused: permissions stand in people/roles.py",
    "auth.Group": "is Django's own and unused",
    "auth.Group_permissions": "is Django's own and unused",
}


def without_history() -> set[str]:
    """The models that neither have a history nor are one."""
    every = apps.get_models(include_auto_created=True)
    return {model._meta.label for model in every if not issubclass(model, Recorded | HistoryRow)}


def test_every_model_has_a_history_or_a_reason() -> None:
    assert without_history() - set(WITHOUT_HISTORY) == set()


def test_every_reason_is_still_needed() -> None:
    assert set(WITHOUT_HISTORY) - without_history() == set()


def test_no_model_relates_many_to_many_without_a_model_between() -> None:
    """History knows rows: a relation needs a model of its own to have one."""
    hidden = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, Recorded)
        for field in model._meta.local_many_to_many
        if isinstance(field, models.ManyToManyField)
    ]
    assert hidden == []
