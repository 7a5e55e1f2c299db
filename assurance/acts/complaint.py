"""What can be done about a complaint."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict

from assurance.actions import complaint as actions
from assurance.acts.base import Act
from assurance.forms import breach as shared
from assurance.forms import complaint as forms
from assurance.forms.concern import GiveForm
from assurance.models import Complaint
from people.models import User

Data = QueryDict | None


def _plain(form: type[Form]) -> Any:
    def made(user: User, complaint: Complaint, now: datetime, data: Data) -> Form:
        return form(data)

    return made


def _agreement(user: User, complaint: Complaint, now: datetime, data: Data) -> Form:
    return shared.LinkAgreementForm(user, data)


def _unlink(user: User, complaint: Complaint, now: datetime, data: Data) -> Form:
    return shared.UnlinkForm(complaint, data)


MAY, REOPEN = actions.check_may_answer, actions.check_may_reopen_complaint


def _give(user: User, complaint: Complaint, now: datetime, data: Data) -> Form:
    initial = {"owner": complaint.owner, "answer_by": complaint.answer_by}
    return GiveForm(user, complaint, now, data, initial=initial)


ACTS = (
    Act("answer", "Answer and close it", _plain(forms.ComplaintAnswerForm), actions.close_complaint, MAY,
        "Answered and closed.", "What was answered, and what came of it.", main=True),
    Act("give", "Give it to somebody", _give, actions.give_complaint, MAY, "Given. It stands on their list.",
        "Only those who handle concerns and complaints read it."),
    Act("note", "Note what was done", _plain(forms.ComplaintNoteForm), actions.note_complaint, MAY, "Noted."),
    Act("agreement", "Link an agreement", _agreement, actions.link_complaint, MAY, "Linked."),
    Act("unlink", "Set a link aside", _unlink, actions.unlink_complaint, actions.check_may_unlink,
        "Set aside. The link stays on record with the reason.",
        "For an agreement that was linked by mistake. What is not about it any more stays on record."),
    Act("reopen", "Open it again", _plain(shared.WhyForm), actions.reopen_complaint, REOPEN, "Open again."),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}
