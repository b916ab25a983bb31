"""The one place where upper folders introduce themselves to lower ones."""

from __future__ import annotations

from django.apps import AppConfig


class Site(AppConfig):
    name = "takrim.site"
    label = "site"

    def ready(self) -> None:
        # Imported here: models must be ready, and nothing else may know both sides.
        from takrim.councils import adoption, links, source
        from takrim.decisions.adoption import adopt
        from takrim.duties import kind
        from takrim.letters import kind as letter_kind
        from takrim.proofs import provable
        from takrim.web.accounts import password_link

        kind.introduce("takrim.cases.duty_kinds")
        kind.introduce("takrim.proofs.duty_kinds")
        kind.introduce("takrim.decisions.duty_kinds")
        provable.introduce("takrim.proofs.provables")
        provable.introduce("takrim.decisions.provables")
        provable.introduce("takrim.directives.provables")
        provable.introduce("takrim.indicators.provables")
        kind.introduce("takrim.directives.duty_kinds")
        kind.introduce("takrim.programmes.duty_kinds")
        kind.introduce("takrim.evaluation.duty_kinds")
        provable.introduce("takrim.programmes.provables")
        kind.introduce("takrim.councils.duty_kinds")
        letter_kind.introduce("takrim.cases.letters")
        letter_kind.introduce("takrim.proofs.letters")
        letter_kind.introduce("takrim.directives.letters")
        source.introduce("takrim.councils.sources")
        letter_kind.introduce("takrim.councils.letters")
        letter_kind.introduce("takrim.decisions.letters")
        links.take_account_links(password_link)
        adoption.introduce(adopt)
        source.introduce("takrim.decisions.sources")
        source.introduce("takrim.site.sources")
