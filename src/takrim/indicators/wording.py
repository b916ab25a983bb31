"""What several indicators say in the same words: whose value it is, and which law or form asks for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OWES_ANSWER = _("The office that owes the final answer")
GAVE_ANSWER = _("The office that gave the answer")
OWES_REFERRAL = _("The office that was asked by another")
JUDGED = _("The office whose answer is judged")
GAVE_PROOF = _("The office that handed the proof in")
OF_BODY = _("The office to which the body belongs")
CARRIES_OUT = _("The office that carries it out")
ITSELF = _("The office itself")

YEARLY = _("Civil Service Management Law, Articles 81 and 82: the yearly evaluation of offices")
SERVICES = _("Civil Service Management Law, Articles 25 to 27: stages, time and quality of services are told to people")
COURT_LAW = _("Administrative Justice Court law, Article 16, note 4: three months for the definite answer")
TAKRIM = _("Takrim scheme of the Supreme Administrative Council (1381), step 5: people are asked")
SUPERVISION = _("Takrim scheme of the Supreme Administrative Council (1381), step 6: supervision")
CHARTER = _("Takrim scheme of the Supreme Administrative Council (1381), steps 1 to 3")
RIGHTS = _("Decree on citizens’ rights in the administrative system (1395)")
COUNCIL = _("Duties of the coordination council of the province: its decisions are carried out and evaluated")
SERVICE_DESK = _("Instruction on service desks: what can be done from afar needs no visit")
NO_MODULE = _("This is not recorded here yet; as soon as it is, its values are counted from that day on.")
