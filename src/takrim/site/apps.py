"""The one place where upper folders introduce themselves to lower ones."""

from __future__ import annotations

from django.apps import AppConfig


class Site(AppConfig):
    name = "takrim.site"
    label = "site"

    def ready(self) -> None:
        # Imported here: models must be ready, and nothing else may know both sides.
        from takrim.councils import adoption, source
        from takrim.decisions.adoption import adopt
        from takrim.duties import kind
        from takrim.letters import kind as letter_kind
        from takrim.orgs.account_links import take_account_links
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
        for letters in ("cases", "proofs", "directives", "councils", "decisions"):
            letter_kind.introduce(f"takrim.{letters}.letters")
        source.introduce("takrim.councils.sources")
        take_account_links(password_link)
        adoption.introduce(adopt)
        source.introduce("takrim.decisions.sources")
        source.introduce("takrim.site.sources")
        _figures_from_above()


def _figures_from_above() -> None:
    """What evaluation knows of figures: those handed over by provinces that run alone, and what rounds say."""
    from takrim.evaluation import feeds
    from takrim.evaluation.improved import improvement
    from takrim.indicators import follow, values

    follow.introduce(feeds.all_increments)
    values.introduce_elsewhere(feeds.values)
    values.introduce("improvement", improvement)
