"""What the operator reaches from the desk: the queue, the workers, what runs by the clock."""

from __future__ import annotations

from django.db.models import QuerySet

from takrim.orgs.powers import Power
from takrim.surveys.models import Reply, ReplyQuerySet
from takrim.tasks.models import Periodic, Work, Worker, WorkQuerySet
from takrim.web.desk import Desk


def work(desk: Desk) -> WorkQuerySet:
    """Calls of tasks."""
    return Work.objects.all() if desk.actor.may(Power.OPERATE) else Work.objects.none()


def workers(desk: Desk) -> QuerySet[Worker]:
    """Workers that have given a sign of life."""
    return Worker.objects.order_by("name") if desk.actor.may(Power.OPERATE) else Worker.objects.none()


def clocks(desk: Desk) -> QuerySet[Periodic]:
    """When each job ran and runs next."""
    return Periodic.objects.order_by("next_at") if desk.actor.may(Power.OPERATE) else Periodic.objects.none()


def replies(desk: Desk) -> ReplyQuerySet:
    """SMS that came back and gave no answer to a survey."""
    return Reply.objects.all().to_read() if desk.actor.may(Power.OPERATE) else Reply.objects.none()
