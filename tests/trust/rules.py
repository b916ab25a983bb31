"""Who may open which address: written down by hand, so that a new address without a rule fails."""

from __future__ import annotations

from dataclasses import dataclass

from takrim.orgs.powers import Power


@dataclass(frozen=True)
class Rule:
    """`gate`: public, holder or staff. `powers`: one of them is needed. `of_case`: only for who may see the case."""

    gate: str
    powers: tuple[Power, ...] = ()
    of_case: bool = False


PUBLIC, HOLDER, STAFF = Rule("public"), Rule("holder"), Rule("staff")


def needs(*powers: Power) -> Rule:
    return Rule("staff", powers)


def of_case(*powers: Power) -> Rule:
    return Rule("staff", powers, of_case=True)


RULES: dict[str, Rule] = {
    "": PUBLIC,
    "figures/": PUBLIC,
    "figures/<path:place>/": PUBLIC,
    "figures/<path:place>/ranking/": PUBLIC,
    "figures/<path:place>/score/": PUBLIC,
    "figures/office/": needs(Power.FIGURES_SEE),
    "figures/office/cases/": needs(Power.CASE_SEE),
    "figures/ranking/": PUBLIC,
    "file/": PUBLIC,
    "file/again/": HOLDER,
    "file/before/<slug:question>/": PUBLIC,
    "file/conduct/<str:token>/": PUBLIC,
    "file/contact/": PUBLIC,
    "file/details/": PUBLIC,
    "file/drop/": PUBLIC,
    "file/leave/": PUBLIC,
    "file/offers/": PUBLIC,
    "file/offices/": PUBLIC,
    "file/review/": PUBLIC,
    "file/urgent/": PUBLIC,
    "file/what/": PUBLIC,
    "files/<int:evidence_id>/": HOLDER,
    "files/<int:evidence_id>/small/": HOLDER,
    "healthz": PUBLIC,
    "inquiry/<str:token>/": PUBLIC,
    "inquiry/<str:token>/files/<int:evidence_id>/": PUBLIC,
    "letters/confirm/<str:token>/": PUBLIC,
    "my/": PUBLIC,
    "my/cases/": HOLDER,
    "my/number/": PUBLIC,
    "offices/": PUBLIC,
    "offices/<path:place>/": PUBLIC,
    "offices/<path:place>/calendar/": PUBLIC,
    "operator/": needs(Power.OPERATE),
    "operator/letters/": needs(Power.OPERATE),
    "operator/letters/<int:number>/retry/": needs(Power.OPERATE),
    "operator/letters/retry/": needs(Power.OPERATE),
    "operator/outbox/": needs(Power.OPERATE),
    "operator/outbox/<int:number>/": needs(Power.OPERATE),
    "operator/replies/": needs(Power.OPERATE),
    "operator/replies/<int:number>/read/": needs(Power.OPERATE),
    "operator/suggestions/": needs(Power.OPERATE),
    "operator/suggestions/learn/": needs(Power.OPERATE),
    "operator/tasks/": needs(Power.OPERATE),
    "operator/tasks/<int:number>/retry/": needs(Power.OPERATE),
    "readyz": PUBLIC,
    "receipt/<str:code>/": HOLDER,
    "receipt/<str:code>/receipt.pdf": HOLDER,
    "report/": PUBLIC,
    "report/box/": PUBLIC,
    "services/": PUBLIC,
    "services/<slug:code>/": PUBLIC,
    "services/<slug:code>/enough/": PUBLIC,
    "services/<slug:code>/shown/": PUBLIC,
    "services/found/": PUBLIC,
    "sms/delivered/": PUBLIC,
    "sms/received/": PUBLIC,
    "staff/": STAFF,
    "staff/bulk/": needs(Power.CASE_DRAFT, Power.CASE_REFER, Power.CASE_CLOSE),
    "staff/bulk/<int:bulk_id>/": needs(Power.CASE_SEE),
    "staff/campaigns/": needs(Power.CASE_SEE),
    "staff/cases/<str:code>/": of_case(Power.CASE_SEE),
    "staff/cases/<str:code>/<slug:key>/": of_case(Power.CASE_SEE),
    "staff/cases/<str:code>/alike/": of_case(Power.CASE_SEE),
    "staff/cases/<str:code>/checklist/": of_case(Power.CASE_SEE),
    "staff/cases/<str:code>/answers/<int:number>.pdf": of_case(Power.CASE_SEE),
    "staff/cases/<str:code>/here/": of_case(Power.CASE_SEE),
    "staff/cases/<str:code>/kept/": of_case(Power.CASE_REFER),
    "staff/cases/<str:code>/merged/": of_case(Power.CASE_SEE),
    "staff/cases/<str:code>/messages/": of_case(Power.CASE_COMPLETE),
    "staff/calendar/": STAFF,
    "staff/calendar/<path:place>/": STAFF,
    "staff/calendar/<path:place>/day/<str:day>/": STAFF,
    "staff/calendar/<path:place>/day/<str:day>/close/": needs(Power.CALENDAR_EDIT),
    "staff/calendar/changes/<int:sweep_id>/": needs(Power.CALENDAR_EDIT, Power.HOLIDAYS_EDIT),
    "staff/calendar/holidays/": needs(Power.HOLIDAYS_EDIT),
    "staff/calendar/holidays/<int:closure_id>/withdraw/": needs(Power.HOLIDAYS_EDIT),
    "staff/calendar/weeks/": needs(Power.CALENDAR_EDIT),
    "staff/calendar/weeks/<int:week_id>/withdraw/": needs(Power.CALENDAR_EDIT),
    "staff/card-help/": needs(Power.OFFICE_SEE, Power.CARDS_EDIT),
    "staff/cards/": needs(Power.CARDS_EDIT),
    "staff/cards/<slug:code>/": needs(Power.CARDS_EDIT),
    "staff/cards/<slug:code>/drop/": needs(Power.CARDS_EDIT),
    "staff/cards/<slug:code>/edit/": needs(Power.CARDS_EDIT),
    "staff/cards/<slug:code>/publish/": needs(Power.CARDS_EDIT),
    "staff/cards/<slug:code>/versions/<int:number>/withdraw/": needs(Power.CARDS_EDIT),
    "staff/closures/": needs(Power.CALENDAR_EDIT),
    "staff/office/objections/": needs(Power.CALENDAR_EDIT),
    "staff/closures/<int:closure_id>/withdraw/": needs(Power.CALENDAR_EDIT),
    "staff/continue/": STAFF,
    "staff/files/<int:evidence_id>/": of_case(Power.CASE_SEE),
    "staff/files/<int:evidence_id>/small/": of_case(Power.CASE_SEE),
    "staff/me/": STAFF,
    "staff/me/away/": STAFF,
    "staff/me/away/<int:absence_id>/end/": STAFF,
    "staff/me/seat/": STAFF,
    "staff/me/substitutes/<int:holding_id>/end/": STAFF,
    "staff/new/": needs(Power.CASE_FILE),
    "staff/new/<str:code>/receipt/": needs(Power.CASE_FILE),
    "staff/new/<str:code>/receipt.pdf": needs(Power.CASE_FILE),
    "staff/new/alike/": needs(Power.CASE_FILE),
    "staff/new/person/": needs(Power.CASE_FILE),
    "staff/new/suggest/": needs(Power.CASE_FILE),
    "staff/new/whom/": needs(Power.CASE_FILE),
    "staff/notices/": needs(Power.CASE_SEE),
    "staff/notices/<int:notice_id>/read/": needs(Power.CASE_SEE),
    "staff/office/": needs(Power.OFFICE_SEE),
    "staff/office/sharing/": needs(Power.DUTY_ASSIGN),
    "staff/escalations/": needs(Power.OFFICE_SEE),
    "staff/partners/": needs(Power.PARTNERS_EDIT),
    "staff/partners/<int:partner_id>/end/": needs(Power.PARTNERS_EDIT),
    "staff/questions/": needs(Power.QUESTIONS_EDIT),
    "staff/search-words/": needs(Power.WORDS_EDIT),
    "staff/search-words/<int:pair_id>/delete/": needs(Power.WORDS_EDIT),
    "staff/search/": needs(Power.CASE_SEE),
    "staff/search/suggest/": needs(Power.CASE_SEE),
    "staff/voices/": needs(Power.CASE_SEE, Power.OFFICE_SEE),
    "staff/telephone/": needs(Power.CASE_DELIVER),
    "staff/telephone/<str:code>/": of_case(Power.CASE_DELIVER),
    "staff/views/": needs(Power.CASE_SEE),
    "staff/views/<int:view_id>/delete/": needs(Power.CASE_SEE),
    "staff/views/<int:view_id>/warn/": needs(Power.CASE_SEE),
    "survey/<str:token>/": PUBLIC,
    "survey/<str:token>/object/": PUBLIC,
    "survey/<str:token>/praise/": PUBLIC,
    "track/": PUBLIC,
    "track/<str:code>/": HOLDER,
    "track/<str:code>/answer.pdf": HOLDER,
    "track/<str:code>/complete/": HOLDER,
    "track/<str:code>/count/": HOLDER,
    "track/<str:code>/object/": HOLDER,
    "track/<str:code>/read/": HOLDER,
    "track/<str:code>/withdraw/": HOLDER,
    "verify/": PUBLIC,
}
# Django's own and what belongs to nobody.
UNGATED = frozenset({"i18n/setlang/"})
