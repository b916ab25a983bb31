"""Addresses of the council pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from takrim.web.council import report_chapter, report_made, reports, start, urls_directives

app_name = "council"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:report_id>/", reports.report, name="report"),
    path("reports/<int:report_id>/review/", reports.review, name="report_review"),
    path("reports/<int:report_id>/back/", reports.send_back, name="report_back"),
    path("reports/<int:report_id>/sign/", reports.sign, name="report_sign"),
    path("reports/<int:report_id>/figures/", reports.count, name="report_figures"),
    path("reports/<int:report_id>/check/", reports.check, name="report_check"),
    path("reports/<int:report_id>/files/", report_made.ask, name="report_files"),
    path("reports/<int:report_id>/files/<int:making_id>/", report_made.fetch, name="report_file"),
    path("reports/<int:report_id>/files/<slug:form>/<slug:lang>/", report_made.at_once, name="report_at_once"),
    path("reports/<int:report_id>/chapters/<slug:chapter>/", report_chapter.chapter, name="report_chapter"),
    path("directives/", include(urls_directives)),
]
