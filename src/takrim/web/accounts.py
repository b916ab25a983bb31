"""How staff sign in: accounts are made by the office, never by signing up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from takrim.base import clock
from takrim.letters.actions_password import send_password_link
from takrim.orgs.actor import system
from takrim.orgs.models import Person
from takrim.orgs.prepared import Prepared
from takrim.web.gates import public


def password_link(person: Person) -> str:
    """Where a new account chooses its password: opens once, for some days; what allauth sends to who forgot theirs."""
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])


_PERSON = Prepared(lambda id: Person.objects.filter(pk=id))


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No sign-up, and our letters; everything else is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_password_reset_mail(self, user: Person, email: str, context: object) -> None:
        """Like every letter of the house: kept until it is carried, and never with the link in the table."""
        if user.email:
            lang = get_language() or "fa"
            send_password_link(person=user, lang=lang, by=system("accounts"), now=clock.now())


@public
def kept_by_the_office(request: HttpRequest) -> HttpResponse:
    """Officers' addresses are not theirs to change: a password is sent to them."""
    raise Http404


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Who is signed in is asked on every page, so by a prepared query."""

    def get_user(self, user_id: int) -> Person | None:
        person = _PERSON.first(id=user_id)
        return person if person and self.user_can_authenticate(person) else None
