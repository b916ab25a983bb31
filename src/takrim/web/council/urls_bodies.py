"""Addresses of bodies, their meetings, and the calendars that follow them."""

from __future__ import annotations

from django.urls import URLPattern, path

from takrim.web.council import attendance, bodies, body, body_edit, feed, meeting, meeting_plan, members, replies

urlpatterns: list[URLPattern] = [
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/calendar/", bodies.calendar, name="calendar"),
    path("bodies/new/", body_edit.new, name="new_body"),
    path("bodies/<str:code>/", body.body, name="body"),
    path("bodies/<str:code>/edit/", body_edit.edit, name="edit_body"),
    path("bodies/<str:code>/end/", body_edit.end, name="end_body"),
    path("bodies/<str:code>/plan/", meeting_plan.plan, name="plan_meeting"),
    path("bodies/<str:code>/members/new/", members.new, name="new_seat"),
    path("bodies/<str:code>/members/outside/", members.outside, name="outsider"),
    path("bodies/<str:code>/members/<int:seat_id>/", members.change, name="change_seat"),
    path("bodies/<str:code>/members/<int:seat_id>/end/", members.end, name="end_seat"),
    path("bodies/<str:code>/members/<int:seat_id>/account/", members.account, name="seat_account"),
    path("bodies/<str:code>/subjects/", members.subject, name="subject"),
    path("bodies/<str:code>/subjects/<int:subject_id>/end/", members.drop_subject, name="end_subject"),
    path("meetings/<str:code>/", meeting.meeting, name="meeting"),
    path("meetings/<str:code>/meeting.ics", meeting.file, name="meeting_file"),
    path("meetings/<str:code>/edit/", meeting_plan.edit, name="edit_meeting"),
    path("meetings/<str:code>/cancel/", meeting_plan.cancel, name="cancel_meeting"),
    path("meetings/<str:code>/guests/", meeting_plan.guest, name="guest"),
    path("meetings/<str:code>/reply/", replies.reply, name="reply"),
    path("meetings/<str:code>/join/", attendance.join, name="join"),
    path("meetings/<str:code>/door/", attendance.poster, name="door_poster"),
    path("meetings/<str:code>/people/<int:invitation_id>/", attendance.note, name="note_attendance"),
    path("meetings/<str:code>/steps/<slug:key>/", meeting.step, name="meeting_step"),
    path("door/<str:token>/", attendance.door, name="door"),
    path("invitation/<str:token>/", replies.by_letter, name="invitation"),
    path("my-meetings/", feed.page, name="feed_page"),
    path("feed/<str:token>.ics", feed.feed, name="feed"),
]
