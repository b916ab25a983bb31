"""`takrim staff`: how a new installation gets its first officers, and how they leave."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.test import Client

from takrim.journal.models import Entry
from takrim.orgs.models import Holding, Person, Post
from takrim.orgs.powers import ROLES
from takrim.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]

ADD = ["staff", "add", "Mina", "--name", "مینا  رضایی", "--unit", "ir/alborz/nazarabad", "--role", "expert"]
MORE = ["--email", "mina@takrim.example", "--mobile", "۰۹۱۲۱۲۳۴۵۶۷"]
PASSWORD = "a-word-of-her-own"


def test_a_new_officer_chooses_a_password_and_works(capsys: pytest.CaptureFixture[str]) -> None:
    cache.clear()
    assert main([*ADD, *MORE, "--lang", "fa"]) == 0
    told = capsys.readouterr().out
    assert "مینا رضایی (mina) · کارشناس" in told
    person = Person.objects.get(username="mina")
    assert (person.name, person.email, person.mobile) == ("مینا رضایی", "mina@takrim.example", "09121234567")
    assert not person.has_usable_password()
    client = Client()
    found = re.search(r"/accounts/password/reset/key/\S+", told)
    assert found
    form = client.get(found[0], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/accounts/login/", {"login": "mina", "password": PASSWORD})
    assert client.get("/staff/").status_code == 200


def test_each_deed_is_in_the_journal_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    main(ADD)
    entries = list(Entry.objects.order_by("pk"))
    assert {entry.verb for entry in entries} == {"person.account_made", "post.opened", "post.appointed"}
    assert not any("mina" in str(entry.facts) or "رضایی" in str(entry.facts) for entry in entries)


def test_again_it_adds_nothing_and_another_role_is_a_further_post(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ADD) == 0
    assert main([*ADD, "--format", "json"]) == 0
    told = capsys.readouterr().out
    assert json.loads(told[told.index("{") :])["new"] is False
    assert main(["staff", "add", "mina", "--unit", "ir/alborz/", "--role", "head", "--title", "معاون روابط کار"]) == 0
    assert Person.objects.count() == 1
    assert [post.title_fa for post in Post.objects.order_by("pk")] == ["کارشناس", "معاون روابط کار"]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_of_the_help_can_be_given(role: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", "add", "kian", "--name", "کیان نوری", "--unit", "ir/", "--role", role]) == 0
    for lang in ("fa", "en"):
        assert main(["staff", "add", "--help", "--lang", lang]) == 0
        assert role in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "fa", "en"),
    [
        ({"--unit": "ir/nowhere/"}, "دفتری با مسیر ir/nowhere/ نیست", "There is no office at ir/nowhere/"),
        ({"--role": "king"}, "چنین نقشی", "There is no such role"),
        ({"--email": "x@@y"}, "رایانامه درست نیست", "not an e-mail address"),
        ({"--mobile": "0912"}, "تلفن همراه درست نیست", "not a mobile number"),
        ({"--name": " "}, "نام شخص را بنویسید", "Write the name"),
        ({"username": "مینا"}, "نام کاربری", "A user name has"),
    ],
)
def test_what_cannot_be_is_refused_whole(
    change: dict[str, str], fa: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"username": "mina", "--name": "مینا", "--unit": "ir/alborz/", "--role": "expert", **change}
    username = given.pop("username")
    words = [word for pair in given.items() for word in pair]
    for lang, sentence in (("fa", fa), ("en", en)):
        assert main(["staff", "add", username, *words, "--lang", lang]) == 1
        assert sentence in capsys.readouterr().err
    assert not Person.objects.exists()
    assert not Entry.objects.exists()


def test_a_name_that_is_not_that_of_the_account_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    main(ADD)
    assert main(["staff", "add", "mina", "--name", "مینا دیگر", "--unit", "ir/", "--role", "operator"]) == 1
    assert Holding.objects.count() == 1


def test_who_leaves_holds_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    main([*ADD, "--since", "1405/01/01"])
    main(["staff", "add", "mina", "--unit", "ir/alborz/", "--role", "head", "--since", "1405/01/01"])
    capsys.readouterr()
    assert main(["staff", "end", "mina", "--unit", "ir/alborz/"]) == 0
    assert main(["staff", "list", "--format", "json"]) == 0
    told = capsys.readouterr().out
    assert [row["role"] for row in json.loads(told[told.index("[") :])] == ["expert"]
    assert main(["staff", "end", "mina"]) == 0
    assert main(["staff", "list", "--lang", "fa"]) == 0
    assert "mina" not in capsys.readouterr().out
    assert main(["staff", "end", "nobody", "--lang", "en"]) == 1
    assert "Nobody has the user name nobody." in capsys.readouterr().err
