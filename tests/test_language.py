"""What people write for a language is understood, and is one tag everywhere."""

from __future__ import annotations

import langcodes
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.language import _KNOWN, Language, _called, for_language, same_language
from broadcast.messages.languages import hint_for


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        *[(form, "vi") for form in ("vi", "VI", "vie", " Vi ", "vn", "Vietnamese", "Việt")],
        *[(form, "vi") for form in ("tiếng Việt", "Tiếng Việt", "TIẾNG VIỆT", "tieng Viet")],
        ("tiê\u0301ng Viê\u0323t", "vi"),
        *[(form, "vi-VN") for form in ("vi_VN", "VI-vn", "vie-VN", "vi_VN.UTF-8")],
        *[(form, "en") for form in ("EN", "eng", "English", "tiếng Anh", "Tieng Anh", "anh ngữ")],
        ("en_gb", "en-GB"),
        ("en-uk", "en-GB"),
        ("ES-419", "es-419"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("vi-vn-x-south", "vi-VN-x-south"),
        ("fre", "fr"),
        ("Français", "fr"),
        ("tiếng Hàn", "ko"),
        ("tiếng Hán", "zh"),
        ("tieng Han", "ko"),
        ("中文", "zh"),
        ("русский", "ru"),
        ("ខ្មែរ", "km"),
        ("tiếng Khmer", "km"),
        ("H’Mông", "hmn"),
        ("Ê-đê", "rad"),
        ("tiếng Chăm", "cjm"),
        ("iw", "he"),
        ("qaa", "qaa"),
    ],
)
def test_what_people_write_is_understood(written: str, tag: str) -> None:
    assert Language.of(written) == Language(tag)


@pytest.mark.parametrize(
    "written",
    [
        *["", " ", "-", "x", "xx", "xyz", "vnm", "tiếng", "klingon", "vi-", "vi--VN", "vi VN"],
        *["vi/en", "vi, en", "en-USA", "12", "tiếng Việt và tiếng Anh", "ｖｉ", "true"],
    ],
)
def test_what_is_no_language_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a language"):
        Language.of(written)
    assert "vi" in str(hint_for(written))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Vietnames", '"vi" (Vietnamese)'), ("Englisch", '"en" (English)'), ("tiếng Viêt", '"vi"')],
)
def test_a_slip_is_told_what_was_meant(written: str, meant: str) -> None:
    assert f"Did you mean {meant}" in str(hint_for(written))


def test_every_code_is_what_the_registry_says() -> None:
    wrong = {
        code: (tag, langcodes.standardize_tag(code))
        for code, tag in _KNOWN.items()
        if not langcodes.tag_is_valid(tag)
        or langcodes.Language.get(code).to_alpha3() != langcodes.Language.get(tag).to_alpha3()
    }
    assert not wrong


def test_three_letters_are_those_of_the_registry() -> None:
    two = [tag for tag in set(_KNOWN.values()) if len(tag) == 2]
    assert len(two) == 184
    assert {tag: Language(tag).three_letters for tag in two} == {
        tag: langcodes.Language.get(tag, normalize=False).to_alpha3() for tag in two
    }


@given(
    st.tuples(
        st.sampled_from(["vi", "EN", "zh", "yue"]),
        st.sampled_from(["", "HANT", "cyrl"]),
        st.sampled_from(["", "vn", "GB", "419", "tw"]),
        st.sampled_from(["", "fonipa", "a-abc", "x-south", "fonipa-x-a-b"]),
    ),
    st.sampled_from("-_"),
)
def test_a_tag_is_written_as_the_registry_writes_it(parts: tuple[str, ...], between: str) -> None:
    written = between.join(filter(None, parts))
    tag = Language.of(written).tag
    assert tag == langcodes.standardize_tag(written)
    assert Language.of(tag).tag == tag


def test_parents_lead_from_the_dialect_to_the_language() -> None:
    assert [one.tag for one in Language("zh-Hant-TW").parents] == ["zh-Hant", "zh"]
    assert [one.tag for one in Language("vi-VN-x-south").parents] == ["vi-VN", "vi"]
    assert Language("vi").parents == ()
    assert Language("vi-VN").primary == "vi"


def test_a_table_is_looked_up_by_the_tag_then_by_its_parents() -> None:
    table = {"vi": 1, "zh-Hant": 2, "zh": 3}
    wanted = ["vi", "VI", "vi_VN", "vie", "zh-Hant-TW", "zh-CN", "en", "xx", "", "tiếng Việt"]
    assert [for_language(table, each, 0) for each in wanted] == [1, 1, 1, 1, 2, 3, 0, 0, 0, 0]


def test_forms_of_a_language_are_one_language() -> None:
    assert same_language("vi", "VI_vn")
    assert same_language("xx-a", "XX")
    assert not same_language("vi", "en")


def test_a_language_has_a_name_or_its_tag() -> None:
    assert [Language(tag).name for tag in ("vi-VN", "en", "cjm", "qaa")] == [
        *("Vietnamese", "English", "Cham", "qaa"),
    ]


def test_a_language_has_a_name_in_vietnamese_and_in_english() -> None:
    spoken = [Language(tag) for tag in ("vi-VN", "en-GB", "fr")]
    assert [Language("km").name_in(one) for one in spoken] == ["tiếng Khơ Me", "Khmer", "Khmer"]
    assert Language("qaa").name_in(Language("vi")) == "qaa"


@pytest.mark.parametrize("tag", sorted(_called()))
def test_a_language_is_understood_by_the_names_that_it_is_shown_by(tag: str) -> None:
    for spoken in ("vi", "en"):
        assert Language.of(Language(tag).name_in(Language(spoken))).tag == tag
