"""What can be done about a concern by those who handle it, in the order in which it is usually done."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict

from assurance.actions import concern_handling as handling
from assurance.acts.base import Act
from assurance.forms import breach as shared
from assurance.forms import concern as forms
from assurance.models import Concern
from people.models import User

Data = QueryDict | None
SEEN = "Whoever raised it reads it, with their code or signed in."
READ = "Thank you. We have read this and are looking into it. You hear from us here by the day that stands below."


def _plain(form: type[Form], **initial: Any) -> Any:
    def made(user: User, concern: Concern, now: datetime, data: Data) -> Form:
        return form(data, initial=initial)

    return made


def _give(user: User, concern: Concern, now: datetime, data: Data) -> Form:
    return forms.GiveForm(user, concern, now, data, initial={"owner": concern.owner, "answer_by": concern.answer_by})


ACTS = (
    Act("acknowledge", "Acknowledge it", _plain(forms.SaidForm, said=READ), handling.acknowledge_concern,
        handling.check_may_acknowledge, "Acknowledged. Whoever raised it sees it.", SEEN, main=True),
    Act("give", "Give it to somebody", _give, handling.give_concern, handling.check_may_handle,
        "Given. It stands on their list.", "Only those who handle concerns read it."),
    Act("ask", "Ask whoever raised it", _plain(forms.SaidForm), handling.ask_raiser, handling.check_may_handle,
        "Asked.", SEEN),
    Act("note", "Note what was done", _plain(forms.NoteForm), handling.note_step, handling.check_may_handle, "Noted."),
    Act("answer", "Answer and close it", _plain(forms.AnswerForm), handling.close_concern, handling.check_may_handle,
        "Answered and closed.", "Nothing is closed without an answer to whoever raised it."),
    Act("reopen", "Open it again", _plain(shared.WhyForm), handling.reopen_concern,
        handling.check_may_reopen_concern, "Open again.", SEEN),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}
