"""Addresses of the staff pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from takrim.web.staff import (
    alike,
    bulk,
    campaigns,
    cartable,
    case,
    closures,
    kept,
    me,
    new_case,
    notices,
    office,
    partners,
    questions,
    search,
    sharing,
    words,
)

app_name = "staff"
urlpatterns: list[URLPattern] = [
    path("", cartable.cartable, name="cartable"),
    path("views/", cartable.keep_view, name="keep_view"),
    path("views/<int:view_id>/delete/", cartable.drop_view, name="drop_view"),
    path("cases/<str:code>/", case.case, name="case"),
    path("cases/<str:code>/kept/", kept.kept, name="kept"),
    path("cases/<str:code>/here/", notices.here, name="here"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:notice_id>/read/", notices.put_away, name="put_away"),
    path("views/<int:view_id>/warn/", notices.warn, name="warn"),
    path("cases/<str:code>/alike/", alike.alike, name="alike"),
    path("cases/<str:code>/merged/", alike.merged, name="merged"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("new/alike/", alike.alike_new, name="alike_new"),
    path("cases/<str:code>/<slug:key>/", case.act, name="act"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("bulk/<int:bulk_id>/", bulk.result, name="bulk_result"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search_suggest"),
    path("new/", new_case.new, name="new"),
    path("new/suggest/", new_case.suggest, name="suggest"),
    path("new/person/", new_case.person, name="person"),
    path("new/<str:code>/receipt/", new_case.receipt, name="receipt"),
    path("office/", office.office, name="office"),
    path("me/", me.me, name="me"),
    path("office/sharing/", sharing.sharing, name="sharing"),
    path("me/away/", me.away, name="away"),
    path("me/away/<int:absence_id>/end/", me.back, name="back"),
    path("me/seat/", me.seat, name="seat"),
    path("me/substitutes/<int:holding_id>/end/", me.end, name="end_substitution"),
    path("search-words/", words.words, name="words"),
    path("search-words/<int:pair_id>/delete/", words.drop, name="drop_word"),
    path("questions/", questions.questions, name="questions"),
    path("partners/", partners.partners, name="partners"),
    path("partners/<int:partner_id>/end/", partners.end, name="end_partner"),
    path("closures/", closures.closures, name="closures"),
    path("closures/<int:closure_id>/withdraw/", closures.withdraw, name="withdraw_closure"),
]
