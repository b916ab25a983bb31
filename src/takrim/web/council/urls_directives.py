"""Addresses of the pages of directives, below /council/directives/."""

from __future__ import annotations

from django.urls import URLPattern, path

from takrim.web.council import (
    directive,
    directive_demand,
    directive_export,
    directive_matrix,
    directive_new,
    directive_versions,
    directives,
)

urlpatterns: list[URLPattern] = [
    path("", directives.directives, name="directives"),
    path("mine/", directives.mine, name="directive_mine"),
    path("judge/", directives.judge, name="directive_judge"),
    path("new/", directive_new.new, name="directive_new"),
    path("files/<int:evidence_id>/", directive.file, name="directive_file"),
    path("files/<int:evidence_id>/small/", directive.file, {"small": True}, name="directive_file_small"),
    path("relations/<int:relation_id>/drop/", directive_new.unrelate, name="directive_unrelate"),
    path("clauses/<int:demand_id>/", directive_demand.demand, name="directive_demand"),
    path("clauses/<int:demand_id>/plan/", directive_demand.plan, name="directive_plan"),
    path("clauses/<int:demand_id>/steps/<int:number>/", directive_demand.step_done, name="directive_step"),
    path("clauses/<int:demand_id>/report/", directive_demand.report, name="directive_report"),
    path("clauses/<int:demand_id>/confirm/", directive_demand.confirm, name="directive_confirm"),
    path("clauses/<int:demand_id>/return/", directive_demand.send_back, name="directive_return"),
    path("<int:directive_id>/", directive.directive, name="directive"),
    path("<int:directive_id>/clauses/", directive.clauses, name="directive_clauses"),
    path("<int:directive_id>/readers/", directive.readers, name="directive_readers"),
    path("<int:directive_id>/history/", directive.history, name="directive_history"),
    path("<int:directive_id>/versions/", directive_versions.versions, name="directive_versions"),
    path("<int:directive_id>/matrix/", directive_matrix.matrix, name="directive_matrix"),
    path("<int:directive_id>/matrix.csv", directive_export.as_csv, name="directive_csv"),
    path("<int:directive_id>/matrix.xlsx", directive_export.as_xlsx, name="directive_xlsx"),
    path("<int:directive_id>/edit/", directive_new.edit, name="directive_edit"),
    path("<int:directive_id>/clauses/new/", directive_new.new_clause, name="directive_new_clause"),
    path("<int:directive_id>/clauses/<int:number>/edit/", directive_new.edit_clause, name="directive_edit_clause"),
    path("<int:directive_id>/clauses/<int:number>/drop/", directive_new.drop_clause, name="directive_drop_clause"),
    path("<int:directive_id>/relate/", directive_new.relate, name="directive_relate"),
    path("<int:directive_id>/files/", directive_new.attach, name="directive_attach"),
    path("<int:directive_id>/issue/", directive.issue, name="directive_issue"),
    path("<int:directive_id>/join/", directive.join, name="directive_join"),
    path("<int:directive_id>/cancel/", directive.cancel, name="directive_cancel"),
    path("<int:directive_id>/read/", directive.read, name="directive_read"),
]
