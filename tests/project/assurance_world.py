"""One of each thing of assurance, as the addresses that are about it name it: for test_other_agency.py."""

from typing import Any

from django.utils import timezone

from agreements.models import Agreement
from assurance.actions.audit_sample import draw_audit_sample
from assurance.actions.breach_kept import add_breach_file
from assurance.actions.finding import accept_risk
from assurance.pdf.statement import issue_files
from tests.assurance import stating
from tests.assurance.asking import of_providers
from tests.assurance.breached import breach_at
from tests.assurance.concerned import anonymous_at, complaint_at
from tests.assurance.working import finding_with_action, planned
from tests.cast import NOW, TODAY, Cast
from tests.files import PDF
from tests.project.permission_matrix import MATRIX


def of_assurance(cast: Cast, agreement: Agreement, one: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Work and what it found, what went wrong, and statements; ``one`` names the agreement."""
    return _assurance(cast, agreement, one) | _incidents(cast) | _statements(cast) | of_providers(cast)


def _statements(cast: Cast) -> dict[str, dict[str, Any]]:
    """A statement that is being answered, and one that is signed with its files."""
    statement = stating.drafted(cast)
    group = stating.taken(cast, statement).groups.earliest("pk")
    done = stating.signed(cast).statement
    issue_files(done, by=cast.chief_executive, now=timezone.now())
    one, figure = {"code": statement.code}, {"code": statement.code, "key": "population"}
    names = [name for name in MATRIX if name.startswith("statement")]
    return dict.fromkeys(names, one) | {
        "statement_figure": figure,
        "statement_figure_sheet": figure | {"form": "csv"},
        "statement_group": one | {"pk": group.pk},
        "statement_file": {"code": done.code, "form": "pdf"},
        "statement_paper_copy": one | {"paper": "brief"},
    }


def _incidents(cast: Cast) -> dict[str, dict[str, Any]]:
    """A breach, a concern and a complaint."""
    complaint = {"reference": complaint_at(cast).reference}
    one, concern = breach_at(cast), {"reference": anonymous_at(cast).reference}
    breach, by = {"reference": one.reference}, cast.privacy_officer
    kept = add_breach_file(breach=one, what="A letter", name="letter.pdf", content=PDF, by=by, now=NOW)
    return {
        "complaint": complaint,
        "complaint_act": complaint | {"name": "note"},
        "concern": concern,
        "concern_act": concern | {"name": "note"},
        **dict.fromkeys(("breach", "breach_change", "breach_pdf"), breach),
        "breach_file": breach | {"pk": kept.pk},
        "breach_act": breach | {"name": "log"},
    }


def _assurance(cast: Cast, agreement: Agreement, one: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """An activity, a finding, an action about it, an acceptance of its risk, and a sample."""
    visit = {"code": planned(agreement, cast.auditor).code}
    found, given = finding_with_action(cast)
    finding, action = {"code": found.code}, {"code": given.code}
    sample = draw_audit_sample(title="Access", population="all", size=1, by=cast.auditor, now=NOW)
    accepted = accept_risk(finding=found, why="It ends soon", until_on=TODAY, by=cast.chief_executive, now=NOW)
    return {
        **dict.fromkeys(("activity", "activity_do", "activity_move", "activity_cancel", "activity_show"), visit),
        **dict.fromkeys(("finding", "finding_close", "risk_accept", "action_add"), finding),
        **dict.fromkeys(("action_do", "action_verify", "action_move", "action_drop"), action),
        "risk_withdraw": {"pk": accepted.pk},
        "own_cycle": one | {"kind": "audit"},
        "audit_sample": {"pk": sample.pk},
        "audit_sample_sheet": {"pk": sample.pk, "form": "csv"},
        "working_paper": {"pk": sample.papers.latest("pk").pk},
    }
