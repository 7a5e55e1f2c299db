"""How the worker does a piece of work: begin, carry out, and say what became of it, each a transaction of its own."""

import logging
from collections.abc import Callable
from datetime import datetime

from people.actions.system import system_user
from people.actions.work import begin_work, carry_out, give_up
from people.long_work import kind_of
from people.progress import over
from records.errors import Refused

logger = logging.getLogger(__name__)
BROKEN = "The register made an error; those who run it find it in its log."


def do_work(pk: int, clock: Callable[[], datetime]) -> None:
    """Do it, unless it is over or somebody has it in hand. A killed process leaves it to the next call."""
    worker = system_user("worker")
    work = begin_work(pk=pk, by=worker, now=clock())
    if work is None:
        return
    try:
        carry_out(work=work, by=work.asked_by, clock=clock)
    except Refused as refused:
        sentence = f"{refused.sentence.rstrip('.')}. {kind_of(work.kind).nothing}"
        give_up(work=work, sentence=sentence, by=worker, now=clock())
    except Exception:
        logger.exception("A piece of work failed")
        give_up(work=work, sentence=f"{BROKEN} {kind_of(work.kind).nothing}", by=worker, now=clock())
    finally:
        over()
