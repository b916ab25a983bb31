"""What an office does with its proofs: writes them down, attaches files, sends them to the secretary."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.codes import new_code
from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.duties.actions import fulfil, withdraw
from takrim.duties.models import Duty
from takrim.evidence.actions import Upload, attach
from takrim.evidence.kinds import KINDS
from takrim.evidence.models import StoredFile
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Post
from takrim.orgs.paths import province_of
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.proofs import metadata, pictures
from takrim.proofs.events import FilesChanged, Kept, Sent, Withdrawn
from takrim.proofs.models import IN_HAND, Action, ActionFile, FileKind, Manner, Proves, State
from takrim.proofs.moves import Move, ProofMovedMeanwhile, move
from takrim.proofs.provable import PROVABLES, described
from takrim.proofs.supporting import Pair, hold, named, note, supported, tell

RETURN_KIND = "proof_return"
MOST_FILES, MOST_PROVEN = 40, 30


class NotYourProof(Refusal):
    code = "not_your_proof"
    status = 403
    message = _("This was done by another office. Only its own officers can change or send its proof.")


class CannotChange(Refusal):
    code = "proof_cannot_change"
    message = _("The proof lies with the secretary and cannot be changed now. If it is returned you can complete it.")


class UnknownThing(Refusal):
    code = "unknown_thing_to_prove"
    status = 422
    message = _("One of the things that this is to prove is not there for your office. Choose again from the list.")


class TooMuchProven(Refusal):
    code = "too_much_proven"
    status = 422
    message = _("One action can prove up to {most} things. Choose fewer.")


class NotComplete(Refusal):
    """`missing`: the fields that are empty."""

    code = "proof_not_complete"
    status = 422
    message = _(
        "Before it is sent a proof says what was done, when, where and for whom, what it proves, and has at "
        "least one file or link. Complete what is missing; nothing that you wrote is lost."
    )


class NotYet(Refusal):
    code = "proof_not_yet_done"
    status = 422
    message = _("The day on which it was done lies in the future. Send the proof when it has been done.")


class BadNumbers(Refusal):
    code = "proof_numbers_disagree"
    status = 422
    message = _("Women and men together are more than the people reached. Correct the numbers.")


class BadAddress(Refusal):
    code = "proof_bad_address"
    status = 422
    message = _("This is not the address of a page. It begins with https:// or http://.")


class TooManyFiles(Refusal):
    code = "proof_too_many_files"
    status = 422
    message = _("A proof can have up to {most} attachments. Remove some, or write down a second action.")


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was done, when, where and for whom."""

    title: str = ""
    text: str = ""
    done_on: date | None = None
    done_until: date | None = None
    place: str = ""
    manner: str = Manner.IN_PERSON
    audience: str = ""
    people: int | None = None
    women: int | None = None
    men: int | None = None

    @property
    def numbers_agree(self) -> bool:
        return self.people is None or (self.women or 0) + (self.men or 0) <= self.people


def _require_ours(action: Action, by: Actor) -> None:
    by.require(Power.PROOF_GIVE)
    if action.unit_path != by.unit_path:
        raise NotYourProof


def _checked(done: Done, proves: Sequence[Pair], by: Actor, before: Sequence[Pair] = ()) -> list[Pair]:
    """What is to be proven, each once. What it proved before stays allowed."""
    if not done.numbers_agree:
        raise BadNumbers
    pairs = list(dict.fromkeys(proves))
    if len(pairs) > MOST_PROVEN:
        raise TooMuchProven(most=MOST_PROVEN)
    fresh = [pair for pair in pairs if pair not in before]
    if len(described(fresh)) < len(fresh) or not all(PROVABLES[kind].open_to(code, by) for kind, code in fresh):
        raise UnknownThing
    return pairs


def _free_code(year: int) -> str:
    while Action.objects.filter(code=(code := new_code(year, secrets.randbelow))).exists():
        pass
    return code


@transaction.atomic
def begin(*, done: Done, proves: Sequence[Pair], by: Actor, now: datetime) -> Action:
    """Write down what one's office did; it is kept as a draft until it is sent."""
    by.require(Power.PROOF_GIVE)
    if by.person_id is None or by.post_id is None:
        raise NotAllowed(power=Power.PROOF_GIVE)
    pairs = _checked(done, proves, by)
    post = Post.objects.select_related("unit").get(pk=by.post_id)
    action = Action(
        code=_free_code(JalaliDate.from_date(local_date(now)).year),
        unit=post.unit,
        unit_path=post.unit.path,
        chain=province_of(post.unit.path),
        post=post,
        person_id=by.person_id,
        by_name=by.name,
        begun_at=now,
        changed_at=now,
        **asdict(done),
    )
    action.save(force_insert=True)
    Proves.objects.bulk_create(Proves(action=action, kind=kind, code=code) for kind, code in pairs)
    note(action, Kept(unit=action.unit_path, proves=named(pairs)), by=by, now=now)
    return action


@transaction.atomic
def keep(*, action: Action, done: Done, proves: Sequence[Pair], by: Actor, now: datetime) -> Action:
    """Change a draft, or what was returned."""
    _require_ours(action, by)
    before = supported(action)
    pairs = _checked(done, proves, by, before)
    _touch(action, now, **asdict(done))
    gone = [pair for pair in before if pair not in pairs]
    for kind, code in gone:
        Proves.objects.filter(action=action, kind=kind, code=code).delete()
    added = [pair for pair in pairs if pair not in before]
    Proves.objects.bulk_create(Proves(action=action, kind=kind, code=code) for kind, code in added)
    if action.state == State.RETURNED:
        hold(action, [*gone, *added])
    note(action, Kept(unit=action.unit_path, proves=named(pairs)), by=by, now=now)
    if action.state == State.RETURNED:
        tell([*gone, *added], by=by, now=now)
    return action


def _touch(action: Action, now: datetime, **changes: object) -> None:
    """Write to a proof that its office still has in hand, unless a colleague was faster."""
    if action.state not in IN_HAND:
        raise CannotChange
    still = {"state": action.state, "changed_at": action.changed_at}
    if not change(action, still=still, to={"changed_at": now, **changes}):
        raise ProofMovedMeanwhile


@transaction.atomic
def add_files(*, action: Action, uploads: Sequence[tuple[Upload, str]], by: Actor, now: datetime) -> list[ActionFile]:
    """Attach files, each of a kind, or "" for what its content says.

    What pictures say of their time and place is read, and how they look is kept.
    """
    _require_ours(action, by)
    _touch(action, now)
    number = _room_for(action, len(uploads))
    rows = []
    for at, (upload, kind) in enumerate(uploads, number):
        evidence = attach(subject=action.subject, unit_path=action.unit_path, upload=upload, by=by, now=now)
        pictures.remember(evidence.file)
        taken = metadata.read(evidence.file)
        rows.append(
            ActionFile(
                action=action,
                number=at,
                kind=kind or kind_by_itself(evidence.file),
                evidence=evidence,
                taken_at=taken.at,
                latitude=taken.latitude,
                longitude=taken.longitude,
                camera=taken.camera,
            )
        )
    ActionFile.objects.bulk_create(rows)
    _note_files(action, by, now)
    return rows


def kind_by_itself(file: StoredFile) -> FileKind:
    """What a file most likely shows: a picture is a photograph, a sheet a table, all else a letter."""
    if KINDS[file.kind].is_image:
        return FileKind.PHOTO
    return FileKind.TABLE if file.kind in {"xlsx", "ods"} else FileKind.LETTER


def _room_for(action: Action, more: int) -> int:
    """The number of the next attachment. Numbers are not used twice, though one may be missing."""
    numbers = list(ActionFile.objects.filter(action=action).values_list("number", flat=True))
    if len(numbers) + more > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    return max(numbers, default=0) + 1


def hashes(action: Action) -> list[str]:
    """The hashes of the files in the order of their numbers."""
    rows = ActionFile.objects.filter(action=action, evidence__isnull=False).order_by("number")
    return list(rows.values_list("evidence__file__hash", flat=True))


def _note_files(action: Action, by: Actor, now: datetime) -> None:
    note(action, FilesChanged(unit=action.unit_path, hashes=hashes(action)), by=by, now=now)


@transaction.atomic
def add_link(*, action: Action, url: str, title: str, by: Actor, now: datetime) -> ActionFile:
    """Attach the address of a page. Raises BadAddress."""
    _require_ours(action, by)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(url) > 2000:
        raise BadAddress
    _touch(action, now)
    row = ActionFile(action=action, number=_room_for(action, 1), kind=FileKind.LINK, url=url, title=title)
    row.save(force_insert=True)
    _note_files(action, by, now)
    return row


@transaction.atomic
def change_file(*, action: Action, number: int, kind: str, title: str, by: Actor, now: datetime) -> None:
    """Say what an attachment shows."""
    _require_ours(action, by)
    rows = ActionFile.objects.filter(action=action, number=number)
    row = rows.first()
    if row is None or (row.kind, row.title) == (kind, title):
        return
    _touch(action, now)
    # A link stays a link, and a file a file.
    rows.update(title=title, kind=row.kind if FileKind.LINK in {row.kind, kind} else kind)
    _note_files(action, by, now)


@transaction.atomic
def remove_file(*, action: Action, number: int, by: Actor, now: datetime) -> None:
    """Take an attachment off; its bytes stay, since the journal speaks of them."""
    _require_ours(action, by)
    _touch(action, now)
    ActionFile.objects.filter(action=action, number=number).delete()
    _note_files(action, by, now)


def missing(action: Action, pairs: Sequence[Pair]) -> list[str]:
    """What a proof still lacks before it can be sent."""
    lacks = {
        "title": not action.title,
        "text": not action.text,
        "done_on": action.done_on is None,
        "place": not action.place and action.manner != Manner.ONLINE,
        "audience": not action.audience,
        "proves": not pairs,
        "files": not ActionFile.objects.filter(action=action).exists(),
    }
    return [name for name, lacking in lacks.items() if lacking]


@transaction.atomic
def send(*, action: Action, by: Actor, now: datetime) -> Action:
    """Hand it to the secretary. Raises NotComplete, NotYet."""
    _require_ours(action, by)
    pairs = supported(action)
    if lacking := missing(action, pairs):
        raise NotComplete(missing=", ".join(lacking))
    if action.done_on is not None and action.done_on > local_date(now):
        raise NotYet
    again = action.state == State.RETURNED
    move(action, Move.SEND, by=by, sent_at=now, changed_at=now, judged_at=None, judge_id=None, judge_name="")
    hold(action, pairs)
    _end_return(action, fulfil, by, now)
    event = Sent(unit=action.unit_path, proves=named(pairs), hashes=hashes(action), again=again)
    note(action, event, by=by, now=now)
    tell(pairs, by=by, now=now)
    return action


@transaction.atomic
def withdraw_proof(*, action: Action, by: Actor, now: datetime) -> Action:
    """Give a draft up, or what was returned and cannot be completed."""
    _require_ours(action, by)
    pairs = supported(action)
    move(action, Move.WITHDRAW, by=by, changed_at=now)
    hold(action, pairs)
    _end_return(action, withdraw, by, now)
    event = Withdrawn(unit=action.unit_path, proves=named(pairs))
    note(action, event, by=by, now=now)
    tell(pairs, by=by, now=now)
    return action


def _end_return(action: Action, end: Callable[..., object], by: Actor, now: datetime) -> None:
    """The duty to complete it is over, if there is one."""
    for duty in Duty.objects.owed().filter(about=action.subject, kind=RETURN_KIND):
        end(duty=duty, by=by, now=now, power=Power.PROOF_GIVE)
