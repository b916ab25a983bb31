"""Addresses of the council pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from takrim.web.council import (
    minutes_register,
    programmes,
    report_chapter,
    report_made,
    reports,
    start,
    urls_directives,
    urls_proofs,
    word_template,
)

app_name = "council"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("decisions/", include("takrim.web.council.urls_decisions")),
    path("minutes/", minutes_register.register, name="minutes_register"),
    path("minutes/template/", word_template.template, name="word_template"),
    path("minutes/template/file/", word_template.download, name="word_template_file"),
    path("meetings/<str:meeting>/", include("takrim.web.council.urls_minutes")),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/own/", programmes.own, name="own_programmes"),
    path("programmes/own/<int:programme_id>/end/", programmes.end_own, name="own_programme_end"),
    path("programmes/actions/<int:action_id>/", programmes.planned, name="planned"),
    path("programmes/actions/<int:action_id>/change/", programmes.change, name="planned_change"),
    path("programmes/actions/<int:action_id>/off/", programmes.call_off, name="planned_off"),
    path("programmes/<int:year>/<slug:code>/", programmes.programme, name="programme"),
    path("programmes/<int:year>/<slug:code>/plan/", programmes.plan, name="plan"),
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
    path("proofs/", include(urls_proofs)),
    path("", include("takrim.web.council.urls_bodies")),
]
