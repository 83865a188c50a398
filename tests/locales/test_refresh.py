"""What the extraction finds, and what a refresh keeps."""

from pathlib import Path

import pytest
from babel.messages import Catalog

from locales.refresh import main, missing, refreshed, rendered, said_in


def test_texts_are_found_in_code_and_templates(tmp_path: Path) -> None:
    (tmp_path / "handlers").mkdir()
    (tmp_path / "handlers" / "a.py").write_text(
        'X = N_("Choose " "one")\nsay("Home", "sw")\nsay_many("{n} day", "{n} days", 3, "sw")\nprint("no")\n',
        "utf-8",
    )
    (tmp_path / "console" / "pages").mkdir(parents=True)
    (tmp_path / "console" / "pages" / "a.html").write_text(
        "<p>{{ _('Welcome, {name}', name=x) }} {{ _n('{n} ticket', '{n} tickets', n) }} {{ _('Home') }}</p>",
        "utf-8",
    )
    assert said_in("phone", tmp_path) == {"Choose one", "Home", ("{n} day", "{n} days")}
    assert said_in("console", tmp_path) == {"Welcome, {name}", ("{n} ticket", "{n} tickets")}, "Home is phone's"
    assert said_in("desk", tmp_path) == set()


def test_a_source_that_does_not_parse_stops_the_refresh(tmp_path: Path) -> None:
    (tmp_path / "handlers").mkdir()
    (tmp_path / "handlers" / "a.py").write_text('X = N_("Choose one"\n', "utf-8")
    with pytest.raises(SyntaxError):
        said_in("phone", tmp_path)


def test_translations_are_kept_and_what_is_no_longer_said_is_dropped() -> None:
    known = Catalog(locale="sw")
    known.add("Home", "Mwanzo")
    known.add("Gone", "Imeondoka")
    fresh = refreshed("sw", {"Home", "Homes", ("{n} day", "{n} days")}, known)
    assert {message.id: message.string for message in fresh if message.id} == {
        "Home": "Mwanzo",
        "Homes": "",
        ("{n} day", "{n} days"): ("", ""),
    }
    assert missing(fresh) == [("{n} day", "{n} days"), "Homes"]


def test_a_translators_file_goes_before_what_was_known() -> None:
    known, brought = Catalog(locale="sw"), Catalog(locale="sw")
    known.add("Home", "Nyumbani")
    brought.add("Home", "Mwanzo")
    brought.add("Back", "")
    fresh = refreshed("sw", {"Home"}, brought, known)
    assert fresh["Home"].string == "Mwanzo"


def test_english_translates_itself() -> None:
    fresh = refreshed("en", {"Home", ("{n} day", "{n} days")})
    assert missing(fresh) == []
    assert b'msgstr "Home"' in rendered(fresh, "en")


def test_an_unknown_catalogue_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phones"]) == 2
    assert "no such catalogue: phones" in capsys.readouterr().err
