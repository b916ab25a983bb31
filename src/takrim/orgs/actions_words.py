"""What can be done to the words of the search: pairs that the office takes for the same."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.persian import clean_text, tokens
from takrim.orgs.actor import Actor
from takrim.orgs.models import SearchWord
from takrim.orgs.powers import Power
from takrim.orgs.stamps import bump
from takrim.orgs.telling import tell

LONGEST = 60


class WordsUnclear(Refusal):
    code = "words_unclear"
    status = 422
    message = _("Write two different words or short phrases.")


class PairKnown(Refusal):
    code = "pair_known"
    message = _("This pair is already there.")


@transaction.atomic
def add_search_word(*, word: str, same_as: str, by: Actor, now: datetime) -> SearchWord:
    """Two words or phrases that the search takes for the same."""
    by.require(Power.WORDS_EDIT)
    one, other = " ".join(clean_text(word).split()), " ".join(clean_text(same_as).split())
    if not tokens(one) or not tokens(other) or tokens(one) == tokens(other) or max(len(one), len(other)) > LONGEST:
        raise WordsUnclear
    if SearchWord.objects.filter(word__in=[one, other], same_as__in=[one, other]).exists():
        raise PairKnown
    pair = SearchWord(word=one, same_as=other, added_at=now)
    pair.save(force_insert=True)
    bump("words")
    tell("search_word.added", on=f"word:{pair.pk}", unit_path=by.unit_path, by=by, at=now)
    return pair


@transaction.atomic
def drop_search_word(*, pair: SearchWord, by: Actor, now: datetime) -> None:
    """The search no longer takes the two for the same."""
    by.require(Power.WORDS_EDIT)
    tell("search_word.dropped", on=f"word:{pair.pk}", unit_path=by.unit_path, by=by, at=now)
    pair.delete()
    bump("words")
