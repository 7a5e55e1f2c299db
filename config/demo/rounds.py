"""Two rounds of declarations: last year's, closed and checked by a sample, and this year's, under way."""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.utils.timezone import localdate

from config.demo.calendar import Clock
from config.demo.teller import Stage
from conflicts.actions.declaration import declare_interest, say, submit_declaration
from conflicts.actions.invitation import begin_answer, excuse, extend
from conflicts.actions.round import close_round, create_round, launch_round
from conflicts.actions.sample import draw_sample, keep_result
from conflicts.choices import Said
from conflicts.letters import MAIL
from conflicts.models import Invitation, Round, SampleResult
from people.actions.system import system_user
from people.actions.user import sign_in_for_link
from people.models import User
from records.actions.mail import claim, keep_outcome
from records.models import Mail

LASTS = timedelta(days=21)
NOTE = "Most people have nothing to declare, and that takes a minute. If you are not sure, say it: others decide."
NOT_LAST_YEAR, LATE_LAST_YEAR = {"helen", "moana"}, {"anaru"}
ANSWERED = ("losa", "hinemoa", "sina", "wiremu", "kevin", "tom")


def tell_rounds(stage: Stage) -> None:
    """Tell both through the real actions, each at its moment."""
    _last_year(stage)
    _this_year(stage)


def _last_year(stage: Stage) -> None:
    clock, by = Clock(stage.now, "last round"), _champion(stage)
    round_ = _launched(stage, clock, -372, f"Declarations {localdate(stage.now).year - 1}")
    delivered(MAIL, round_.agency.code)
    for short in stage.cast.people:
        if short not in NOT_LAST_YEAR:
            days = -345 if short in LATE_LAST_YEAR else -365
            _answers(stage, round_, short, clock.on(days) if short in LATE_LAST_YEAR else clock.soon())
    ended = clock.on(-340)
    with stage.door.at(ended):
        round_ = close_round(round_=round_, by=by, now=ended)
    drawn = clock.on(-333)
    with stage.door.at(drawn):
        sample = draw_sample(round_=round_, size=3, seed="kererū", by=by, now=drawn)
        for row in sample.sampled.exclude(declaration__person=by.who):
            keep_result(sampled=row, result=SampleResult.SOUND, note="Asked, and agrees", by=by, now=drawn)


def _this_year(stage: Stage) -> None:
    clock, by = Clock(stage.now, "round"), _champion(stage)
    round_ = _launched(stage, clock, -9, f"Declarations {localdate(stage.now).year}")
    for short in ANSWERED:
        _answers(stage, round_, short, clock.soon())
    moment = clock.on(-3)
    with stage.door.at(moment):
        to = round_.due_on + timedelta(days=14)
        extend(invitation=_of(stage, round_, "david"), to=to, reason="At sea with a survey", by=by, now=moment)
        excuse(invitation=_of(stage, round_, "helen"), reason="Leaves this month", by=by, now=moment)
        begin_answer(invitation=_of(stage, round_, "arjun"), by=stage.cast.users["arjun"], now=moment)
    _refused(stage, round_, "moana")


def _launched(stage: Stage, clock: Clock, days: int, title: str) -> Round:
    moment, by = clock.on(days), _champion(stage)
    opens = localdate(moment)
    values = {"title": title, "occasion": "annual", "opens_on": opens, "due_on": opens + LASTS, "note": NOTE}
    with stage.door.at(moment):
        round_ = create_round(values=values, units=[], by=by)
        return launch_round(round_=round_, by=by, now=moment)


def _answers(stage: Stage, round_: Round, short: str, moment: datetime) -> None:
    """What they declared before is still the same, else there is nothing; from the mailed link without a sign-in."""
    found = Invitation.objects.filter(round=round_, person=stage.cast.people[short]).first()
    if found is None:
        return
    with stage.door.at(moment):
        by = system_user("declaration link")
        user = sign_in_for_link(person=found.person, by=by, on=localdate(moment))
        draft = begin_answer(invitation=found, by=user, now=moment)
        rows = list(draft.declared.all())
        for row in rows:
            declare_interest(declaration=draft, values={"standing": "same"}, by=user, declared=row)
        if not rows:
            say(declaration=draft, said=Said.NIL, by=user)
        submit_declaration(declaration=draft, by=user, now=moment)


def delivered(keys: str, agency: str) -> None:
    """Mail whose key begins so was taken long ago: nobody sends it today."""
    worker = system_user("worker")
    made = Mail.objects.filter(key__startswith=keys, state="queued", agency=agency)
    for mail in made.order_by("pk"):
        claim(pk=mail.pk, by=worker, now=mail.made_at)
        keep_outcome(pk=mail.pk, problem=None, by=worker, now=mail.made_at)


def _refused(stage: Stage, round_: Round, short: str) -> None:
    """The server said that nobody has this address."""
    worker, address = system_user("worker"), stage.cast.people[short].email
    for mail in Mail.objects.filter(key__startswith=MAIL, state="queued", to=address):
        claim(pk=mail.pk, by=worker, now=mail.made_at)
        problem = SMTPRecipientsRefused({address: (550, b"No such user here")})
        keep_outcome(pk=mail.pk, problem=problem, by=worker, now=mail.made_at)


def _of(stage: Stage, round_: Round, short: str) -> Invitation:
    return Invitation.objects.get(round=round_, person=stage.cast.people[short])


def _champion(stage: Stage) -> User:
    return stage.cast.users["losa"]
