"""Every address of the product."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from takrim.web import accounts, files, letters
from takrim.web.gates import kept_form
from takrim.web.parts.styleguide import styleguide

urlpatterns = [
    path("", include("takrim.web.citizen.urls")),
    path("staff/", include("takrim.web.staff.urls")),
    path("staff/continue/", kept_form, name="kept_form"),
    path("council/", include("takrim.web.council.urls")),
    path("figures/", include("takrim.web.figures.urls")),
    path("rounds/", include("takrim.web.rounds.urls")),
    path("plans/", include("takrim.web.plans.urls")),
    path("", include("takrim.web.operator.urls")),
    path("staff/files/<int:evidence_id>/", files.for_staff, name="staff_file"),
    path("staff/files/<int:evidence_id>/small/", files.for_staff, {"small": True}, name="staff_file_small"),
    path("files/<int:evidence_id>/", files.for_holder, name="file"),
    path("files/<int:evidence_id>/small/", files.for_holder, {"small": True}, name="file_small"),
    path("sms/delivered/", letters.delivered, name="sms_delivered"),
    path("sms/received/", letters.received, name="sms_received"),
    path("letters/confirm/<str:token>/", letters.confirm, name="confirm_address"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/email/", accounts.kept_by_the_office),
    path("accounts/", include("allauth.urls")),
]

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))

handler400 = "takrim.web.errors.bad_request"
handler403 = "takrim.web.errors.not_allowed"
handler404 = "takrim.web.errors.not_found"
handler500 = "takrim.web.errors.broken"
