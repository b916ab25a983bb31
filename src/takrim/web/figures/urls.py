"""Addresses of the figures pages."""

from __future__ import annotations

from django.urls import path

from takrim.web.figures import (
    board,
    board_file,
    cases,
    desk_office,
    feeds,
    indicators,
    measured,
    mine,
    public,
    ranking,
    ranking_bundle,
    round_bundle,
    round_pages,
    round_papers,
    table,
    watch,
)

app_name = "figures"

urlpatterns = [
    path("", public.national, name="national"),
    path("ranking/", ranking.provinces, name="ranking"),
    path("ranking/bundle.zip", ranking_bundle.provinces, name="bundle"),
    path("office/", desk_office.office, name="desk"),
    path("office/cases/", cases.cases, name="cases"),
    path("office/indicators/", measured.all_measured, name="all_measured"),
    path("office/indicators/<slug:code>/", measured.measured, name="measured"),
    path("office/table/", table.table, name="table"),
    path("office/table/keep/", table.keep, name="table_keep"),
    path("office/table/drop/<int:table_id>/", table.drop, name="table_drop"),
    path("office/table/<slug:form>/", table.table_file, name="table_file"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("board/", board.board, name="board"),
    path("board/<slug:form>/", board_file.board_file, name="board_file"),
    path("mine/", mine.mine, name="mine"),
    path("rounds/", round_pages.rounds, name="rounds"),
    path("rounds/<str:code>/", round_pages.round_page, name="round"),
    path("rounds/<str:code>/bundle.zip", round_bundle.download, name="round_bundle"),
    path("rounds/<str:code>/report.pdf", round_papers.report, name="round_report"),
    path("rounds/<str:code>/table.<slug:form>", round_papers.sheet, name="round_sheet"),
    path("rounds/<str:code>/first/<path:place>/paper.pdf", round_papers.certificate_file, name="certificate_file"),
    path("rounds/<str:code>/first/<path:place>/", round_papers.certificate, name="certificate"),
    path("rounds/<str:code>/office/<path:place>/", round_pages.round_office, name="round_office"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("watch/", watch.watch, name="watch"),
    path("watch/<int:finding_id>/", watch.finding, name="finding"),
    path("<path:place>/ranking/bundle.zip", ranking_bundle.counties, name="bundle_of"),
    path("<path:place>/ranking/", ranking.counties, name="ranking_of"),
    path("<path:place>/score/", ranking.score, name="score"),
    path("<path:place>/", public.office, name="office"),
]
