"""What nobody needs any more is removed, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from takrim.jobs.catalogue import forget_old
from takrim.tasks import actions
from takrim.tasks.models import Work
from tests.domain.tasks import sample

pytestmark = pytest.mark.django_db


def test_ended_sessions_go_and_living_ones_stay(now: datetime) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(minutes=1))
    forget_old.run(now)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_expired_rows_of_the_cache_go(now: datetime) -> None:
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        for key, minutes in (("old", -1), ("new", 1)):
            moment = connection.ops.adapt_datetimefield_value(now + timedelta(minutes=minutes))
            cursor.execute("INSERT INTO site_cache (cache_key, value, expires) VALUES (%s, '', %s)", [key, moment])
        forget_old.run(now)
        cursor.execute("SELECT cache_key FROM site_cache")
        assert cursor.fetchall() == [("new",)]


def test_finished_work_goes_after_a_while(now: datetime) -> None:
    call_command("createcachetable", verbosity=0)
    sample.note.enqueue("x", now=now)
    row = actions.claim(worker="a", now=now, lease=timedelta(seconds=30))
    assert row
    actions.succeed(row=row, result=None, now=now)
    forget_old.run(now + forget_old.SUCCESSFUL_KEPT)
    assert Work.objects.exists()
    forget_old.run(now + forget_old.SUCCESSFUL_KEPT + timedelta(seconds=1))
    assert not Work.objects.exists()
