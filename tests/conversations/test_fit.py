"""Every screen in both languages fits every channel, with the default catalogue's longest words in it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.render import LONGEST, drawn
from conversations import storyboard
from conversations.book import BOOK
from conversations.engine import NOT_ON_LIST, Engine, Progress
from conversations.examples import NUMBER, OFFERS
from conversations.screen import Move, Option, Screen
from conversations.steps import Answers, Offer
from dawati.catalogue.loading import default_catalogue
from locales import LANGUAGES, say
from locales.catalogues import read
from models.commands import LoadCatalogue
from models.tables import Fault, System
from models.tables.account import AccountAction
from models.tables.catalogue import Opens
from models.values.gsm7 import is_gsm7, parts, septets
from queries.offers.accounts import ACTIONS
from sms.render import text_of
from ussd.render import MOVES, PAGE, page_of, pages_of

TAG = "MVM/ICT/00412"
APPROVER = "Theresia Emmanuel Kavishe"
CATALOGUE: LoadCatalogue = default_catalogue()
SCREENS = [screen for language in LANGUAGES for screen in storyboard.screens(language)]

every_screen = pytest.mark.parametrize(
    "screen", SCREENS, ids=[f"{screen.language}-{screen.step}-{at}" for at, screen in enumerate(SCREENS)]
)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def told(language: str, swahili: str, english: str) -> str:
    return swahili if language == "sw" else english


class NothingKnown:
    def offer(self, name: str, answers: Answers) -> Offer:
        raise LookupError(name)

    def find(self, name: str, answers: Answers, value: str) -> Answers:
        raise LookupError(name)


def asked(language: str, conversation: str, step: str, offer: Offer) -> Screen:
    """A step of the book with what the catalogue would bring."""
    progress = Progress(conversation, step, {"known": "yes"})
    return Engine(BOOK, NothingKnown(), language).screen_of(progress, BOOK[conversation].step(step), offer)


def named(language: str, *names: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(str(at), label, short) for at, (label, short) in enumerate(names))


def fits_pages(screen: Screen) -> list[str]:
    pages = pages_of(screen)
    for page in pages:
        assert is_gsm7(page), page
        assert septets(page) <= PAGE, page
    return pages


@every_screen
def test_ussd_shows_all_of_it_in_pages_of_160_septets(screen: Screen) -> None:
    lines = [line for page in fits_pages(screen) for line in page.splitlines()]
    numbers = [int(found[1]) for line in lines if (found := re.match(r"(\d+)\.", line)) and "0." not in line]
    assert numbers == [at for at in range(1, len(screen.options) + 1) if at % 10 != 0] or len(screen.options) > 9
    said = [f"{at}.{option.short or option.label}" for at, option in enumerate(screen.options, 1)]
    assert [line for line in lines if line in said] == said
    text = [line for line in lines if line not in said and not re.match(r"(0|00|98|99)\.", line)]
    assert " ".join(text).split() == screen.text.split()


@every_screen
def test_ussd_says_on_every_page_how_to_go_on_and_back(screen: Screen) -> None:
    pages = pages_of(screen)
    more, back = (f"{MOVES[move][0]}.{say(MOVES[move][1], screen.language)}" for move in (Move.MORE, Move.BACK))
    for at, page in enumerate(pages):
        last = page.splitlines()[-1]
        assert (more in last) == (at < len(pages) - 1)
        assert (back in last) == (Move.BACK in screen.moves)


@every_screen
def test_ussd_has_room_for_a_line_of_help(screen: Screen) -> None:
    """A mistyped answer repeats the page below a line that says so; no option is lost for it."""
    if screen.final:
        return
    help_line = say(NOT_ON_LIST, screen.language)
    for at, bare in enumerate(pages_of(screen)):
        page = page_of(replace(screen, note=help_line, page=at))
        assert septets(page) <= PAGE
        said = [f"{n}.{option.short or option.label}" for n, option in enumerate(screen.options, 1)]
        assert [line for line in page.splitlines() if line in said] == [x for x in bare.splitlines() if x in said]


@both_languages
def test_the_commonest_report_is_six_screens_of_one_page(language: str) -> None:
    """All but the list of categories, whose likeliest come first; and there is room to name every move."""
    screens = storyboard.commonest_report(language)
    assert len(screens) == 6
    for screen in screens:
        pages = fits_pages(screen)
        if screen.step != "report.category":
            assert len(pages) == 1, pages
        else:
            assert len(pages) == 2
        for move in screen.moves[:2]:
            assert f"{MOVES[move][0]}.{say(MOVES[move][1], language)}" in pages[-1]


@every_screen
def test_sms_says_it_in_two_parts_and_a_long_list_in_three(screen: Screen) -> None:
    text = text_of(screen)
    assert is_gsm7(text)
    lists = ("report.category", "account.system", "tickets.ticket")
    assert len(parts(text)) <= (3 if screen.step in lists else 2)


@every_screen
def test_telegram_takes_it(screen: Screen) -> None:
    card = drawn(screen, conversation_id=10**12, revision=10**6)
    assert 0 < len(card.text.encode("utf-16-le")) // 2 <= LONGEST
    for row in card.rows:
        for button in row:
            assert 0 < len(button.data.encode()) <= 64
            assert button.label


def catalogue_screens(language: str) -> Iterator[Screen]:
    """Every screen that the default catalogue fills: its faults, their confirmation, its systems."""
    yield asked(
        language, "report", "category",
        Offer(named(language, *(
            (told(language, row.name, row.name_en), told(language, row.short, row.short_en))
            for row in CATALOGUE.categories
        ))),
    )  # fmt: skip
    for category in CATALOGUE.categories:
        faults = [fault for fault in CATALOGUE.faults if fault.category_code == category.code]
        labels = [
            (told(language, fault.name, fault.name_en), told(language, fault.short, fault.short_en))
            for fault in faults
        ]  # fmt: skip
        yield asked(language, "report", "fault", Offer(named(language, *labels)))
        if category.opens != Opens.ACCOUNT:
            for fault, (label, _) in zip(faults, labels, strict=True):
                summary = f"{told(language, category.short, category.short_en)}: {label}"
                with_tag = f"{summary}, {TAG}" if fault.asks_device else summary
                yield asked(language, "report", "confirm", Offer(words={"summary": with_tag}))
    for system in CATALOGUE.systems:
        if system.offers_account:
            yield from system_screens(language, system)


def system_screens(language: str, system: System) -> Iterator[Screen]:
    yield asked(language, "account", "user_name", Offer(words={"system": system.short}))
    for action in ACTIONS.values():
        next_words = say("{approver} will be asked to approve.", language, approver=APPROVER)
        words = {"action": say(action, language), "system": system.short, "next": next_words}
        yield asked(language, "account", "confirm", Offer(words=words))
    if system.self_service:
        how = told(language, system.self_service, system.self_service_en)
        yield asked(language, "account", "self_service", Offer(OFFERS["self_service"][language].options, {"how": how}))
    words = {
        "care": "",
        "requester": APPROVER,
        "action": say(ACTIONS[AccountAction.RESET], language),
        "system": system.name,
        "number": NUMBER,
    }
    yield asked(language, "approve", "decision", Offer(words=words))


@both_languages
def test_the_default_catalogue_fits_the_phones(language: str) -> None:
    in_two = ("report.category", "account.self_service")
    for screen in catalogue_screens(language):
        pages = fits_pages(screen)
        assert len(pages) <= (2 if screen.step in in_two else 1), pages
        assert len(parts(text_of(screen))) <= (1 if screen.step in ("report.fault", "report.confirm") else 3)


@both_languages
def test_examples_are_as_long_as_the_default_catalogue(language: str) -> None:
    """So that the storyboard shows what people will see."""
    categories = [told(language, row.short, row.short_en) for row in CATALOGUE.categories]
    assert [option.short for option in OFFERS["fault_categories"][language].options] == categories
    shown = OFFERS["faults_of_category"][language].options
    for category in CATALOGUE.categories:
        faults = [fault for fault in CATALOGUE.faults if fault.category_code == category.code]
        assert len(faults) <= len(shown)
        assert sum(map(len, shorts(language, faults))) <= sum(len(option.short) for option in shown) + 5
    systems = {row.short for row in CATALOGUE.systems if row.offers_account}
    assert {option.short for option in OFFERS["account_systems"][language].options} == systems


def shorts(language: str, faults: list[Fault]) -> list[str]:
    return [told(language, fault.short, fault.short_en) for fault in faults]


@both_languages
def test_every_text_for_phones_leaves_room_for_its_words_in_one_message(language: str) -> None:
    """Refusals, notices and hints too, which are on no screen of the book."""
    said = [form for message in read(language, "phone") if message.id for form in forms(message.string)]
    assert [text for text in said if septets(text) > PAGE] == []


def forms(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ())


@both_languages
def test_the_storyboard_names_every_step_in_order(language: str) -> None:
    steps = [f"{name}.{step.name}" for name, conversation in BOOK.items() for step in conversation.steps]
    shown = list(dict.fromkeys(screen.step for screen in storyboard.screens(language)))
    assert [step for step in shown if not step.endswith(".end")] == steps


def test_the_storyboard_is_printed_for_a_person_to_read() -> None:
    printed = list(storyboard.lines({"USSD": pages_of, "SMS": lambda screen: [text_of(screen)]}, ["sw"]))
    assert printed[0] == "=== sw front.unfinished"
    assert "--- USSD 1/2" in printed
    assert "1.Ripoti hitilafu" in printed
