"""What machines ask: does the process live, and can it serve people?"""

from __future__ import annotations

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.tasks import health
from takrim.web.gates import public


@public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, tables and worker are there, else 503; says which, and nothing more."""
    checks = {"database": False, "tables": False, "worker": False}
    try:
        checks["database"] = bool(health.database_version())
        checks["tables"] = not health.unapplied()
        checks["worker"] = checks["tables"] and health.worker_is_alive(clock.now())
    except Error:
        # What could not be asked stays False.
        pass
    ready = all(checks.values())
    response = JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)
    # Django would log every 503 as an error; while we start or stop it is the expected answer.
    vars(response)["_has_been_logged"] = True
    return response
