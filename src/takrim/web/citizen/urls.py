"""Addresses of the citizen pages."""

from __future__ import annotations

from django.urls import path

from takrim.web.citizen import (
    again,
    calendar,
    enough,
    filing,
    home,
    inquiry,
    my,
    offices,
    report,
    review,
    services,
    steps,
    survey,
    tracking,
    urgent,
    verify,
)

app_name = "citizen"

urlpatterns = [
    path("", home.home, name="home"),
    path("file/leave/", home.leave, name="leave"),
    path("services/", services.services, name="services"),
    path("services/found/", services.suggest, name="suggest"),
    path("services/<slug:code>/", services.service, name="service"),
    path("services/<slug:code>/shown/", enough.shown, name="shown"),
    path("services/<slug:code>/enough/", enough.enough, name="enough"),
    path("offices/", offices.offices, name="offices"),
    path("offices/<path:place>/calendar/", calendar.calendar, name="calendar"),
    path("offices/<path:place>/", offices.office, name="office"),
    path("file/", filing.where, name="where"),
    path("file/before/<slug:question>/", filing.before, name="before"),
    path("file/urgent/", urgent.urgent, name="urgent"),
    path("file/what/", filing.what, name="what"),
    path("file/offices/", filing.offices, name="offices_of"),
    path("file/offers/", enough.offers, name="offers"),
    path("file/details/", filing.details, name="details"),
    path("file/contact/", filing.contact, name="contact"),
    path("file/review/", review.review, name="review"),
    path("file/again/", again.again, name="again"),
    path("file/drop/", filing.drop, name="drop"),
    path("report/", report.report, name="report"),
    path("report/box/", report.box, name="report_box"),
    path("receipt/<str:code>/", review.receipt, name="receipt"),
    path("receipt/<str:code>/receipt.pdf", review.receipt_pdf, name="receipt_pdf"),
    path("track/", tracking.track, name="track"),
    path("track/<str:code>/", tracking.case_page, name="case"),
    path("track/<str:code>/count/", tracking.count_page, name="count"),
    path("track/<str:code>/complete/", steps.complete, name="complete"),
    path("track/<str:code>/answer.pdf", tracking.answer_pdf, name="answer_pdf"),
    path("track/<str:code>/read/", steps.read, name="read"),
    path("track/<str:code>/object/", steps.object_to, name="object"),
    path("track/<str:code>/withdraw/", steps.withdraw, name="withdraw"),
    path("verify/", verify.verify, name="verify"),
    path("my/", my.mobile, name="my"),
    path("my/number/", my.number, name="number"),
    path("my/cases/", my.cases, name="my_cases"),
    path("inquiry/<str:token>/", inquiry.inquiry, name="inquiry"),
    path("inquiry/<str:token>/files/<int:evidence_id>/", inquiry.file, name="inquiry_file"),
    path("survey/<str:token>/", survey.survey, name="survey"),
    path("survey/<str:token>/object/", survey.object_by_link, name="survey_object"),
    path("survey/<str:token>/praise/", survey.praise_by_link, name="survey_praise"),
    # Below /file/, where the browser shows which draft it has.
    path("file/conduct/<str:token>/", survey.conduct_by_link, name="survey_conduct"),
]
