"""What the worker does (manage.py work). Jobs wait in Postgres, so that they live and die with the change."""

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status

from people.actions.system import system_user
from people.actions.work import JOB as WORK
from people.doing import do_work
from people.long_work import left_behind
from records.actions.mail import JOB, doubt_lost_mail
from records.models import Mail, MailState
from records.post import deliver

EVERY_MINUTE = "* * * * *"
DEATHS = 3
A_MINUTE = 500  # mails that wait without a job, such as those of a round: a code to sign in is not kept behind them all


@app.task(name=JOB, queue="mail")
def deliver_mail(pk: int) -> None:
    """Send one mail of the outbox."""
    deliver(pk=pk, by=system_user("worker"), now=timezone.now())


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="deliver_what_waits", queue="mail", queueing_lock="deliver_what_waits", pass_context=False)
def deliver_what_waits(timestamp: int) -> None:
    """Send what failed before and is due again, and what a killed worker left behind before it began to send it."""
    doubt_lost_mail(by=system_user("worker"), now=timezone.now())
    due = Mail.objects.filter(state=MailState.QUEUED, next_at__lte=timezone.now()).order_by("next_at", "pk")
    for pk in due.values_list("pk", flat=True)[:A_MINUTE]:
        deliver(pk=pk, by=system_user("worker"), now=timezone.now())


@app.task(name=WORK, queue="work")
def do_asked_work(pk: int) -> None:
    """Do one piece of work that somebody asked for."""
    do_work(pk, timezone.now)


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="do_what_was_left", queue="work", queueing_lock="do_what_was_left", pass_context=False)
def do_what_was_left(timestamp: int) -> None:
    """Take up work whose process was killed or whose job was lost."""
    for pk in left_behind(timezone.now()):
        do_work(pk, timezone.now)


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="take_up_stalled_jobs", queue="mail", queueing_lock="take_up_stalled_jobs", pass_context=True)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a worker that died to one that lives; those that come every minute anyway are let go.

    A job under which three workers died is kept as failed: it would kill the next one too.
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        if job.queueing_lock or job.attempts + 1 >= DEATHS:
            await jobs.finish_job(job, Status.FAILED, delete_job=bool(job.queueing_lock))
        else:
            await jobs.retry_job(job)
