"""Addresses of the pages of proofs, below council/proofs/."""

from __future__ import annotations

from django.urls import path

from takrim.web import files
from takrim.web.council import proof, proof_edit, proofs, proofs_queue, proofs_second

urlpatterns = [
    path("", proofs.proofs, name="proofs"),
    path("new/", proof_edit.new, name="proof_new"),
    path("queue/", proofs_queue.queue, name="proofs_queue"),
    path("judged/<int:judging_id>/", proofs_queue.judged, name="proofs_judged"),
    path("second/", proofs_second.second, name="proofs_second"),
    path("second/<int:look_id>/", proofs_second.look, name="proof_second"),
    path("draws/<int:draw_id>/", proofs_second.draw, name="proofs_draw"),
    path("<str:code>/", proof.proof, name="proof"),
    path("<str:code>/edit/", proof_edit.edit, name="proof_edit"),
    path("<str:code>/judge/", proof.judge, name="proof_judge"),
    path("<str:code>/show/", proof.show, name="proof_show"),
    path("<str:code>/withdraw/", proof_edit.withdraw, name="proof_withdraw"),
    path("<str:code>/files/<int:number>/", files.of_proof, name="proof_file"),
    path("<str:code>/files/<int:number>/small/", files.of_proof, {"size": "small"}, name="proof_small"),
    path("<str:code>/files/<int:number>/view/", files.of_proof, {"size": "view"}, name="proof_view"),
]
