"""What stands around decisions: minutes they come from, meetings they open, cases they open, proof, links."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.cases.actions_answer import Words, answer_at_once
from takrim.cases.actions_transfer import transfer
from takrim.cases.models import Case
from takrim.decisions.actions_confirm import confirm, go_on, stop
from takrim.decisions.actions_do import report
from takrim.decisions.actions_links import link, name_rights, open_case, unlink
from takrim.decisions.actions_write import until
from takrim.decisions.follow import READER
from takrim.decisions.links import LinkToItself, Target, UnknownLink, read_target
from takrim.decisions.models import Decision, Link, Share, State, Verdict
from takrim.decisions.moves import DecisionCannotMove
from takrim.decisions.provables import decision as provable
from takrim.duties.kind import heads_of
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.journal.follow import catch_up
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.proofs.queries import Support
from tests.deciding import Decide, part

DAY = timedelta(days=1)
DONE = "تابلو نصب شد."
WORDS = Words(
    outcome="upheld", text="وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)


def test_a_case_of_a_decision_holds_it_open_until_it_is_answered(
    decision: Decision, units: dict[str, Unit], mina: Actor, reza: Actor, leila: Actor, now: datetime
) -> None:
    words = {"kind": "request", "subject": "تأمین تابلو", "text": "تابلو برای ورودی لازم است."}
    case = open_case(decision=decision, unit=units["nazarabad"], by=leila, now=now, **words)
    assert (case.channel, Case.objects.get().unit_path) == ("internal", "ir/alborz/nazarabad/")
    report(share=part(decision), text=DONE, by=mina, now=now)
    confirm(share=part(decision), by=leila, now=now)
    decision.refresh_from_db()
    assert decision.state == State.IN_HAND
    answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=now + DAY)
    catch_up(READER)
    decision.refresh_from_db()
    assert (decision.state, Link.objects.get().done_at) == (State.FULFILLED, now + DAY)
    catch_up(READER)
    with pytest.raises(DecisionCannotMove):
        open_case(decision=decision, unit=units["nazarabad"], by=leila, now=now, **words)


def test_a_case_that_is_owed_elsewhere_now_is_not_done(
    decision: Decision, units: dict[str, Unit], reza: Actor, hadi: Actor, leila: Actor, now: datetime
) -> None:
    case = open_case(
        decision=decision, unit=units["nazarabad"], kind="request", subject="س", text="متن", by=leila, now=now
    )
    transfer(case=case, to=units["karaj"], reason="کار آنجاست.", by=reza, now=now)
    catch_up(READER)
    assert Link.objects.get().done_at is None


@pytest.fixture
def support(monkeypatch: pytest.MonkeyPatch) -> dict[str, Support]:
    """What stands for each part, as the desk of proofs would say."""
    standing: dict[str, Support] = {}
    monkeypatch.setattr(
        provable, "support_of", lambda kind, codes: {code: standing.get(code, Support()) for code in codes}
    )
    return standing


def test_a_proof_that_falls_away_puts_what_was_confirmed_in_question(
    decision: Decision, support: dict[str, Support], mina: Actor, leila: Actor, nasrin: Actor, now: datetime
) -> None:
    code = provable.code_of(part(decision))
    changed = provable.PLUGIN.support_changed
    support[code] = Support(sent=1)
    changed(code, mina, now)
    assert part(decision).proofs == 1
    report(share=part(decision), text=DONE, by=mina, now=now)
    confirm(share=part(decision), by=leila, now=now)
    support[code] = Support(accepted=1)
    changed(code, nasrin, now)
    assert part(decision).state == State.FULFILLED, "accepted, it stands as before"
    support[code] = Support(returned=1)
    changed(code, nasrin, now + DAY)
    share = part(decision)
    decision.refresh_from_db()
    assert (share.state, decision.state, decision.settled_at) == (State.REPORTED, State.REPORTED, None)
    assert share.duty.state == DutyState.ANSWERED
    assert share.reports.get().verdict == Verdict.WAITING
    confirm(share=share, by=leila, now=now + 2 * DAY)
    support[code] = Support(returned=1, sent=1)
    changed(code, mina, now + 3 * DAY)
    assert part(decision).state == State.FULFILLED, "another proof more questions nothing"


def test_what_an_office_still_owes_in_proof(
    decide: Decide, support: dict[str, Support], mina: Actor, reza: Actor, hadi: Actor, now: datetime
) -> None:
    second, first = decide(due=(now + 9 * DAY).date()), decide(due=(now + 2 * DAY).date())
    owed = provable.PLUGIN.owed_by(reza)
    assert [one.code for one in owed] == [f"{first.code}/1", f"{second.code}/1"]
    assert owed[0].address == f"/council/decisions/{first.code}/"
    assert provable.PLUGIN.owed_by(hadi) == []
    support[f"{first.code}/1"] = Support(sent=1)
    provable.PLUGIN.support_changed(f"{first.code}/1", mina, now)
    assert [one.code for one in provable.PLUGIN.owed_by(reza)] == [f"{second.code}/1"]
    assert provable.PLUGIN.open_to(f"{first.code}/1", mina)
    assert not provable.PLUGIN.open_to(f"{first.code}/1", hadi)
    assert not provable.PLUGIN.open_to("unknown", mina)
    assert set(provable.PLUGIN.describe([f"{first.code}/1", "05000000000/1"])) == {f"{first.code}/1"}


def test_links_lead_to_what_is_there(decision: Decision, decide: Decide, leila: Actor, now: datetime) -> None:
    earlier = decide()
    for target in (
        Target("right", "R03"),
        Target("directive", "1405/77"),
        Target("workplace", "1234567"),
        Target("decision", earlier.code, "repeats"),
    ):
        link(decision=decision, target=target, by=leila, now=now)
    link(decision=decision, target=Target("decision", earlier.code, "replaces"), by=leila, now=now)
    assert Link.objects.get(kind="decision").relation == "replaces", "said again it is one link"
    wrong = {
        Target("right", "R99"): UnknownLink,
        Target("decision", "05999999999", "repeats"): UnknownLink,
        Target("planet", "1"): UnknownLink,
        Target("case", "05482731597", "repeats"): UnknownLink,
        Target("decision", decision.code, "repeats"): LinkToItself,
    }
    for target, refusal in wrong.items():
        with pytest.raises(refusal):
            link(decision=decision, target=target, by=leila, now=now)
    unlink(link=Link.objects.get(kind="workplace"), by=leila, now=now)
    name_rights(decision=decision, chosen=["R01", "R05"], by=leila, now=now)
    assert sorted(Link.objects.values_list("kind", "code")) == [
        ("decision", earlier.code),
        ("directive", "1405/77"),
        ("right", "R01"),
        ("right", "R05"),
    ]


def test_codes_as_agendas_write_them() -> None:
    assert read_target("05482731597") == Target("case", "05482731597")
    assert read_target("decision:05482731597/2") == Target("decision", "05482731597")
    assert read_target("directive:7/2") == Target("directive", "directive:7"), "not the number that stands on it"
    assert read_target("minutes:12") is None


def test_a_part_that_goes_on_is_listed_by_all_its_duties(
    decision: Decision, share: Share, leila: Actor, now: datetime
) -> None:
    stop(share=share, why="بودجه", by=leila, now=now)
    go_on(share=part(decision), term=until((now + 30 * DAY).date()), by=leila, now=now + DAY)
    heads = heads_of(Duty.objects.filter(kind="decision"))
    assert len(heads) == 2
    assert {(head.page, head.number, head.state) for head in heads.values()} == {
        (f"/council/decisions/{decision.code}/", decision.number, "in_hand")
    }
