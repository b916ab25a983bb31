"""Matters on their way elsewhere at this moment: transferred, asked of a body outside, referred onward."""

from __future__ import annotations

from datetime import datetime

from takrim.base.workdays import Length
from takrim.cases.actions_inquiry import Shown, add_partner, inquire
from takrim.cases.actions_route import Addressee, refer_on
from takrim.cases.actions_transfer import transfer
from takrim.cases.models import Case, State
from takrim.cases.models_partners import Partner
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.paths import province_of
from takrim.orgs.powers import Power
from takrim.site.demo.staff import Staff

# Invented addresses: nothing leaves the house from a demonstration.
_PARTNERS = (
    ("فرمانداری", "governorate@example.ir", ""),
    ("دفتر پلیس +۱۰", "", "09120000110"),
    ("شعبه تأمین اجتماعی", "insurance@example.ir", ""),
)
_WHY = "محل کارگاه در حوزه این شهرستان نیست."
_ASK = "آیا این کارگاه در سه سال گذشته پروانه فعالیت داشته است؟"
_EXCERPT = "کارگاه تولیدی با دوازده کارگر؛ شماره پروانه نزد متقاضی نیست."
_MOST = 3


def on_their_way(staff: Staff, now: datetime) -> None:
    """A few in each province that has county offices."""
    for path in sorted(staff.seats):
        if path != province_of(path) or not (director := _who(staff, path, Power.PARTNERS_EDIT)):
            continue
        partners = [
            add_partner(name=name, email=email, mobile=mobile, by=director, now=now)
            for name, email, mobile in _PARTNERS
        ]
        _send(staff, path, partners, now)


def _who(staff: Staff, path: str, power: Power) -> Actor | None:
    """Somebody who works at a place and has the power."""
    here = (actor for actor in staff.actors.values() if actor.unit_path == path and actor.may(power))
    return next(here, None)


def _send(staff: Staff, province: str, partners: list[Partner], now: datetime) -> None:
    units = [unit for unit in Unit.objects.under(province).order_by("path") if unit.path in staff.seats]
    offices = [unit for unit in units if unit.kind == "county"]
    waiting = Case.objects.filter(unit__in=offices, state__in=[State.REGISTERED, State.UNDER_REVIEW])
    for place, case in enumerate(waiting.select_related("unit", "card__card", "party").order_by("-id")[: 2 * _MOST]):
        by = _who(staff, case.unit_path, Power.CASE_REFER)
        others = [unit for unit in offices if unit.pk != case.unit_id]
        if by is None or not others:
            continue
        if place % 2:
            partner = partners[place % len(partners)]
            shown = Shown(question=_ASK, excerpt=_EXCERPT)
            inquire(case=case, partner=partner, shown=shown, length=Length.parse("7 working_days"), by=by, now=now)
        else:
            transfer(case=case, to=others[place % len(others)], reason=_WHY, by=by, now=now)
    _onward(staff, province, offices, now)


def _onward(staff: Staff, province: str, offices: list[Unit], now: datetime) -> None:
    """One referral has gone on to a third office."""
    asked = Duty.objects.owed().filter(kind="referral", unit__in=offices, answered_at=None).order_by("-id")
    for duty in asked[:_MOST]:
        case = Case.objects.select_related("card__card").get(code=duty.about)
        by = _who(staff, duty.unit_path, Power.CASE_REFER)
        known = Duty.objects.filter(about=case.code).values_list("unit_id", flat=True)
        third = next((unit for unit in offices if unit.pk not in set(known)), None)
        if by is not None and third is not None and case.is_open:
            length = Length.parse("3 working_days")
            refer_on(case=case, duty=duty, to=Addressee(third), task=_ASK, length=length, by=by, now=now)
            return
