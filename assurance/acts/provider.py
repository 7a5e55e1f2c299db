"""What can be done about a request while nobody has answered it."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict

from assurance.actions import provider_request as actions
from assurance.acts.base import Act
from assurance.forms.breach import WhyForm
from assurance.forms.provider_request import ExtendForm, LinkForm
from assurance.models import ProviderRequest
from assurance.policies.provider import check_may_change_request
from people.models import User

Data = QueryDict | None


def _nothing(user: User, request: ProviderRequest, now: datetime, data: Data) -> Form:
    return Form(data)


def _link(user: User, request: ProviderRequest, now: datetime, data: Data) -> Form:
    return LinkForm(data, initial={"contact": request.contact, "email": request.email})


def _extend(user: User, request: ProviderRequest, now: datetime, data: Data) -> Form:
    return ExtendForm(data, initial={"due_on": request.due_on})


def _why(user: User, request: ProviderRequest, now: datetime, data: Data) -> Form:
    return WhyForm(data)


def _act(name: str, title: str, form: Any, perform: Any, done: str, lede: str) -> Act:
    return Act(name, title, form, perform, check_may_change_request, done, lede=lede)


ACTS = (
    _act("again", "Send it again", _nothing, actions.send_again, "The same link goes out once more.",
         "The same link, once more, to the same address. The earlier mail still opens, and what was saved stays."),
    _act("replace", "Send a new link", _link, actions.replace_link, "A new link goes out. Earlier ones open no more.",
         "A new link, perhaps to somebody else. Earlier links open no more; what was saved stays."),
    _act("extend", "Give more time", _extend, actions.extend_request, "They have more time, and the link once more.",
         "Another day by which to answer. The same link goes out once more, with the new day."),
    _act("withdraw", "Withdraw it", _why, actions.withdraw_request, "Withdrawn. Its link opens no more.",
         "The link opens no more. The confirmations stay due: ask again, or do them yourself."),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}
