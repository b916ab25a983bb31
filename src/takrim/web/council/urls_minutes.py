"""Addresses of agenda and minutes, below those of the meeting."""

from __future__ import annotations

from django.urls import URLPattern, path

from takrim.web.council import agenda, minutes, minutes_fields, minutes_papers, minutes_read

urlpatterns: list[URLPattern] = [
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/order/", agenda.order, name="agenda_order"),
    path("agenda/gather/", agenda.gather, name="agenda_gather"),
    path("agenda/<int:item_id>/", agenda.item, name="agenda_item"),
    path("agenda/<int:item_id>/papers/<int:evidence_id>/", agenda.paper, name="agenda_paper"),
    path("minutes/", minutes.minutes, name="minutes"),
    path("minutes/begin/", minutes.begin, name="minutes_begin"),
    path("minutes/save/", minutes.save, name="minutes_save"),
    path("minutes/keep/", minutes_fields.keep, name="minutes_keep"),
    path("minutes/news/", minutes_fields.news, name="minutes_news"),
    path("minutes/comments/", minutes_read.comments, name="minutes_comments"),
    path("minutes/comments/<int:comment_id>/", minutes_read.comment, name="minutes_comment"),
    path("minutes/back/", minutes_read.back, name="minutes_back"),
    path("minutes/sign/", minutes_read.sign, name="minutes_sign"),
    path("minutes/issue/", minutes_read.issue, name="minutes_issue"),
    path("minutes/errata/", minutes_read.errata, name="minutes_errata"),
    path("minutes/errata/<int:erratum_id>/", minutes_read.sign_erratum, name="minutes_erratum"),
    path("minutes/minutes.pdf", minutes_papers.pdf, name="minutes_pdf"),
    path("minutes/minutes.docx", minutes_papers.in_word, name="minutes_word"),
    path("minutes/minutes.json", minutes_papers.exact, name="minutes_exact"),
]
