"""Addresses of decisions; the fixed words stand before what could be a code."""

from __future__ import annotations

from django.urls import path

from takrim.web.council import decision, decision_new, decisions, decisions_overview

urlpatterns = [
    path("", decisions.register, name="decisions"),
    path("export/<slug:sheet>/", decisions.export, name="decisions_export"),
    path("mine/", decisions.mine, name="decisions_mine"),
    path("confirm/", decisions.confirm, name="decisions_confirm"),
    path("matrix/", decisions_overview.matrix, name="decisions_matrix"),
    path("months/", decisions_overview.months, name="decisions_months"),
    path("new/", decision_new.new, name="decision_new"),
    path("<str:code>/", decision.decision, name="decision"),
    path("<str:code>/counted/<int:part>/", decision_new.counted, name="decision_counted"),
    path("<str:code>/files/<int:evidence_id>/", decision.file, name="decision_file"),
    path("<str:code>/links/<int:link_id>/drop/", decision.drop_link, name="decision_drop_link"),
    path("<str:code>/add/<slug:step>/", decision.add, name="decision_add"),
    path("<str:code>/<int:part>/<slug:step>/", decision.take, name="decision_step"),
]
