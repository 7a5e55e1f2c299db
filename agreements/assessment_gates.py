"""What must be assessed before anything is shared outside the State services (domain.md 8.5 rules 1, 2 and 13).

Asked of what is agreed here and in the Standard's scope. Of arrangements that exist already it is only reported.
"""

from collections.abc import Iterable
from datetime import date

from agreements.choices import Exclusion, TermsState
from agreements.models import Agreement, Assessment
from records.choices import YesNoUnknown

AGREED_BEFORE = (TermsState.RECORDING, TermsState.RECORDED)
BEFORE_SHARING = {"due_diligence": "due diligence", "risk": "risk assessment"}


def in_scope(agreement: Agreement) -> bool:
    """Personal information, a party outside the State services, and no exclusion: the Standard asks for assessments."""
    terms = agreement.terms_now
    asked = terms.personal_information == terms.outside_state_services == YesNoUnknown.YES
    return asked and terms.exclusion == Exclusion.NONE


def is_new(agreement: Agreement) -> bool:
    """It is agreed here, not recorded as it stood before."""
    return agreement.terms_now.state not in AGREED_BEFORE


def missing(agreement: Agreement, rows: Iterable[Assessment], on: date | None = None) -> list[str]:
    """What is missing, a sentence each; ``on`` is the day that counts as the start where none is recorded."""
    if not in_scope(agreement):
        return []
    newest = _newest_final(rows)
    starts_on = agreement.terms_now.starts_on or on
    found = [_too_late(newest.get(kind), words, starts_on) for kind, words in BEFORE_SHARING.items()]
    found.append(_not_binding(agreement, newest.get("risk")))
    found.append(_only_drafted(newest, rows))
    return [sentence for sentence in found if sentence]


def _newest_final(rows: Iterable[Assessment]) -> dict[str, Assessment]:
    finals = (row for row in rows if row.is_final)
    return {row.kind: row for row in sorted(finals, key=lambda row: (row.done_on or date.min, row.pk))}


def _too_late(row: Assessment | None, words: str, starts_on: date | None) -> str:
    if row is None:
        return f"Make the {words} final: it comes before any sharing"
    if starts_on and row.done_on and row.done_on > starts_on:
        return f"The {words} is dated after the start: it comes before any sharing"
    return ""


def _not_binding(agreement: Agreement, risk: Assessment | None) -> str:
    needed = risk is not None and risk.lba_required == YesNoUnknown.YES
    if needed and agreement.terms_now.binding != YesNoUnknown.YES:
        return "The risk assessment asks for a legally binding agreement, and this one is not recorded as binding"
    return ""


def _only_drafted(newest: dict[str, Assessment], rows: Iterable[Assessment]) -> str:
    drafted = any(row.kind == "pia" and not row.is_final for row in rows)
    return "Make the privacy impact assessment final: a draft is not" if drafted and "pia" not in newest else ""


def gates(agreement: Agreement, step: str, on: date) -> list[str]:
    """Why the agreement, or a variation of it, cannot be signed yet; no query for what is out of scope."""
    if step not in {"sign", "vary_sign"} or not is_new(agreement) or not in_scope(agreement):
        return []
    rows = list(agreement.assessments.all())
    if step == "sign":
        return missing(agreement, rows, on)
    sentence = _not_binding(agreement, _newest_final(rows).get("risk"))
    return [sentence] if sentence else []
