"""Addresses of the pages of rounds."""

from __future__ import annotations

from django.urls import path

from takrim.web.rounds import assess, declare, define, files, improve, objection, office, round, settle, start, what_if

app_name = "rounds"

urlpatterns = [
    path("", start.start, name="start"),
    path("new/", define.define, name="define"),
    path("<str:code>/", round.round_page, name="round"),
    path("<str:code>/bundle.zip", files.bundle, name="bundle"),
    path("<str:code>/declare/", declare.declare, name="declare"),
    path("<str:code>/assess/<int:number>/", assess.assess, name="assess"),
    path("<str:code>/settle/", settle.settle, name="settle"),
    path("<str:code>/offices/<int:number>/", office.office, name="office"),
    path("<str:code>/offices/<int:number>/what-if/", what_if.what_if, name="what_if"),
    path("<str:code>/offices/<int:number>/object/", objection.new, name="object"),
    path("<str:code>/objections/<int:number>/", objection.objection_page, name="objection"),
    path("<str:code>/improve/<int:number>/", improve.improve, name="improve"),
    path("<str:code>/files/<int:evidence_id>/", files.file, name="file"),
]
