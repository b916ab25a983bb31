"""Steps by which a case, or a part of it, goes to somebody else and comes back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.base.workdays import Length
from takrim.cases import actions_inquiry, actions_route, actions_transfer
from takrim.cases.actions_inquiry import InquiryOver, Shown
from takrim.cases.actions_route import Addressee
from takrim.cases.models import Case
from takrim.cases.models_partners import Inquiry
from takrim.cases.moves import Move
from takrim.duties.models import Duty
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power
from takrim.orgs.units import UnitNames
from takrim.web.staff import route_forms as forms
from takrim.web.staff.matter import Matter
from takrim.web.staff.step import Data, Step


def _unit(matter: Matter, named: UnitNames) -> Unit:
    return matter.desk.all_units().get(pk=named.id)


def _days(data: Data) -> Length:
    return Length.parse(f"{data['days']} working_days")


def _refer(matter: Matter, data: Data) -> list[Duty]:
    asked = [Addressee(_unit(matter, data["to"]), data["role"])]
    asked += [Addressee(_unit(matter, data[name])) for name in ("to_second", "to_third") if data[name]]
    return actions_route.refer_to(
        case=matter.case, to=asked, task=data["task"], length=_days(data), by=matter.actor, now=matter.now
    )


def _refer_on(matter: Matter, data: Data) -> Duty:
    to, duty = Addressee(_unit(matter, data["to"]), data["role"]), data["duty"]
    if data["own"] == forms.PASSES:
        return actions_route.pass_on(
            case=matter.case, duty=duty, to=to, task=data["task"], by=matter.actor, now=matter.now
        )
    return actions_route.refer_on(
        case=matter.case, duty=duty, to=to, task=data["task"], length=_days(data), by=matter.actor, now=matter.now
    )


def _transfer(matter: Matter, data: Data) -> Duty:
    to = _unit(matter, data["to"])
    return actions_transfer.transfer(case=matter.case, to=to, reason=data["reason"], by=matter.actor, now=matter.now)


def _hand_back(matter: Matter, data: Data) -> Case:
    return actions_transfer.hand_back(case=matter.case, reason=data["reason"], by=matter.actor, now=matter.now)


def _inquire(matter: Matter, data: Data) -> Inquiry:
    partner = matter.desk.partners().get(pk=data["partner"])
    shown = Shown(
        question=data["question"],
        excerpt=data["excerpt"],
        files=[int(number) for number in data.get("shown_files", ())],
        person=data["person"],
    )
    return actions_inquiry.inquire(
        case=matter.case, partner=partner, shown=shown, length=_days(data), by=matter.actor, now=matter.now
    )


def _revoke(matter: Matter, data: Data) -> Inquiry:
    inquiry = matter.inquiries.get(data["duty"].pk)
    if inquiry is None:
        raise InquiryOver
    return actions_inquiry.revoke_inquiry(inquiry=inquiry, by=matter.actor, now=matter.now)


def _ours_to_reply(matter: Matter) -> bool:
    return any(matter.owed_by_us(duty) for duty in matter.referrals)


ROUTE_STEPS: dict[str, Step] = {
    "take_over": Step(
        title=_("Accept the case"),
        icon="check",
        done=_("The case was accepted: your office owes the answer."),
        offered=lambda matter: matter.may(Move.TAKE_OVER),
        run=lambda matter, data: actions_transfer.take_over(case=matter.case, by=matter.actor, now=matter.now),
    ),
    "hand_back": Step(
        title=_("Return the case"),
        icon="reopen",
        done=_("The case went back to the office that had transferred it."),
        offered=lambda matter: matter.may(Move.HAND_BACK),
        run=_hand_back,
        form=forms.HandBackForm,
    ),
    "refer": Step(
        title=_("Refer"),
        icon="refer",
        done=_("The case was referred."),
        offered=lambda matter: matter.may(Move.REFER),
        run=_refer,
        form=forms.ReferForm,
    ),
    "inquire": Step(
        title=_("Inquire outside"),
        icon="link",
        button=_("Send the inquiry"),
        done=_("The inquiry was sent. The answer comes to this page."),
        offered=lambda matter: matter.may(Move.INQUIRE),
        run=_inquire,
        form=forms.InquiryForm,
        rare=True,
    ),
    "transfer": Step(
        title=_("Transfer: not ours"),
        icon="send",
        button=_("Transfer"),
        done=_("The case was transferred. You see here whether the other office accepts it."),
        offered=lambda matter: matter.may(Move.TRANSFER),
        run=_transfer,
        form=forms.TransferForm,
        rare=True,
    ),
    "refer_on": Step(
        title=_("Refer onward"),
        icon="refer",
        done=_("The referral went on to the other office."),
        offered=lambda matter: _ours_to_reply(matter) and matter.actor.may(Power.CASE_REFER),
        run=_refer_on,
        form=forms.ReferOnForm,
        of_duty=True,
    ),
    "give_back": Step(
        title=_("Give the referral back"),
        icon="reopen",
        button=_("Give back"),
        done=_("The referral was given back with your reason."),
        offered=_ours_to_reply,
        run=lambda matter, data: actions_route.give_back(
            case=matter.case, duty=data["duty"], reason=data["reason"], by=matter.actor, now=matter.now
        ),
        form=forms.GiveBackForm,
        of_duty=True,
    ),
    "revoke": Step(
        title=_("Take the inquiry back"),
        icon="withdraw",
        done=_("The inquiry was taken back; its link no longer opens."),
        offered=lambda matter: matter.ours and matter.actor.may(Power.CASE_REFER),
        run=_revoke,
        of_duty=True,
    ),
}
