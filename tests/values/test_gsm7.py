import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.gsm7 import BASIC, EXTENDED, FOLDS, cut, fold, is_gsm7, parts, septets

gsm7 = st.text(st.sampled_from(BASIC + EXTENDED), max_size=700)


def test_the_alphabet_has_its_size() -> None:
    assert len(set(BASIC)) == len(BASIC) == 127  # 128 codes, one of them the escape
    assert len(EXTENDED) == 9


def test_the_expensive_nine_cost_two() -> None:
    assert septets("Karibu") == 6
    assert septets("^{}\\[~]|€") == 18
    assert septets("Habari € 5") == 11


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Ng’ombe", "Ng'ombe"),
        ("“hapana” – ndiyo — sawa…", '"hapana" - ndiyo - sawa...'),
        ("a\tb\u00a0c\u2011d`e`", "a b c-d'e'"),
        ("• kwanza", "* kwanza"),
        ("ŵaziri crème brûlée ê", "waziri crème brulée e"),
        ("habari 😀 yako", "habari ? yako"),
        ("e\u0301", "é"),
        ("\u2068Asha\u2069", "Asha"),
        ("½ ﬁle №", "1/2 file No"),
    ],
)
def test_typography_is_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_every_fold_lands_in_the_alphabet() -> None:
    assert all(is_gsm7(replacement) for replacement in FOLDS.values())
    assert not any(is_gsm7(char) for char in FOLDS)


@given(st.text(max_size=200))
def test_folding_always_lands_in_the_alphabet_and_once_is_enough(text: str) -> None:
    folded = fold(text)
    assert is_gsm7(folded)
    assert fold(folded) == folded


@given(gsm7)
def test_parts_are_the_text_and_each_fits(text: str) -> None:
    sent = parts(text)
    assert "".join(sent) == text
    assert len(sent) == 1 if septets(text) <= 160 else all(0 < septets(part) <= 153 for part in sent)


def test_an_escaped_pair_does_not_straddle() -> None:
    assert [septets(part) for part in parts("a" * 152 + "€" + "b" * 20)] == [152, 22]
    assert len(parts("a" * 158 + "€")) == 1
    assert len(parts("a" * 159 + "€")) == 2


@given(st.text(max_size=300).map(lambda text: text + "…"))
def test_other_alphabets_are_sent_in_halves(text: str) -> None:
    def units(part: str) -> int:
        return len(part.encode("utf-16-le", "surrogatepass")) // 2

    sent = parts(text)
    assert "".join(sent) == text
    assert len(sent) == 1 if units(text) <= 70 else all(units(part) <= 67 for part in sent)


@given(gsm7, st.integers(0, 200))
def test_a_cut_text_fits(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert septets(short) <= limit
    assert short == text or septets(text) > limit


def test_a_text_is_cut_between_words() -> None:
    assert cut("Habari ya leo ni njema", 15) == "Habari ya leo.."
    assert cut("Habari ya leo", 13) == "Habari ya leo"
    assert cut("Habari ya leo", 9) == "Habari.."
    assert cut("Halmashauri", 6) == "Halm.."
