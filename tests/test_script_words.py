"""Words have one owner: what stands in vocabulary.toml is known to every test of a line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from broadcast.script import vocabulary
from broadcast.script.addressing import is_vocative
from broadcast.script.asking import asks_guest
from broadcast.script.credits import is_byline, is_signature, names_staff
from broadcast.script.label_forms import form_of
from broadcast.script.names import Words
from broadcast.script.picture_captions import begins_with_person, has_picture_credit, words_of
from broadcast.script.set_phrases import is_guests_thanks, is_thanks, opens_as_question

TABLE = tomllib.loads(Path(str(vocabulary.__file__)).with_suffix(".toml").read_text("utf-8"))


def entries(*lists: str) -> list[str]:
    return [
        " ".join(part.split()) for name in lists for part in TABLE[name].split(",") if part.strip()
    ]


TITLES = entries("honorifics", "degrees", "jobs")
STAFF = [
    " ".join(part.split())
    for part in f"{TABLE['parts']['reporter']['reporter']},{TABLE['editors']}".split(",")
]
ON_AIR = [" ".join(one.split()) for one in TABLE["parts"]["presenter"]["presenter"].split(",")]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_the_table_is_turned_to_asked_and_thanked(title: str) -> None:
    assert opens_as_question(f"Thưa {title}, việc này bao giờ xong?")
    assert is_vocative(f"Việc này bao giờ xong, thưa {title.lower()}?")
    assert bool(asks_guest(f"Thưa {title}, việc này bao giờ xong?"))
    assert bool(asks_guest(f"Xin {title.lower()} cho biết thêm về việc này."))
    assert is_thanks(f"Xin cảm ơn {title}!")
    assert is_thanks(f"Vâng, cám ơn {title.lower()} nhiều!")
    assert not is_guests_thanks(f"Xin cảm ơn {title}!")


@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_the_table_is_a_label_and_begins_a_caption(title: str) -> None:
    form = form_of(f"{title} Nguyễn Văn An")
    assert form is not None
    assert form.title or form.role
    assert begins_with_person(words_of(f"{title} Nguyễn Văn An bên giá sách"))


@pytest.mark.parametrize("staff", STAFF)
def test_staff_of_the_table_sign_in_credits_and_are_thanked_by_guests(staff: str) -> None:
    assert names_staff(f"{staff}: Hồng Tú")
    assert is_signature(f"{staff} Hồng Tú")
    assert is_byline(f"{staff} Hồng Tú thực hiện")
    assert is_byline(f"Hồng Tú - {staff} thường trú")


@pytest.mark.parametrize("staff", ON_AIR)
def test_staff_on_air_are_named_with_a_colon(staff: str) -> None:
    assert names_staff(f"{staff}: Hồng Tú")


@pytest.mark.parametrize("verb", entries("credits_after"))
def test_a_credit_is_known_after_a_name(verb: str) -> None:
    assert is_byline(f"Hồng Tú ({verb.lower()})")
    assert is_byline(f"HỒNG TÚ ({verb.upper()})")


@pytest.mark.parametrize("word", entries("credits_before"))
def test_a_credit_is_known_before_a_name(word: str) -> None:
    assert is_byline(f"{word}: Hồng Tú")


@pytest.mark.parametrize("word", entries("pictures"))
def test_the_word_of_a_picture_is_a_credit_at_the_end(word: str) -> None:
    assert has_picture_credit(f"Bà con gặt lúa trên đồng. {word}: HỒNG TÚ")
    assert has_picture_credit(f"Bà con gặt lúa trên đồng ({word}: Hồng Tú)")


def test_every_list_of_the_table_is_asked_for_by_its_name() -> None:
    source = "".join(
        file.read_text("utf-8") for file in Path(str(vocabulary.__file__)).parent.glob("*.py")
    )
    for name in TABLE:
        assert f'"{name}"' in source or f"«{name}»" in source, f"nobody asks for {name}"


@pytest.mark.parametrize("name", [name for name, words in TABLE.items() if isinstance(words, str)])
def test_a_phrase_is_found_where_it_stands_by_the_name_of_its_list(name: str) -> None:
    for phrase in vocabulary.words_for(name):
        words = Words.of(" ".join(("zz", *phrase)))
        assert words.has(name)
        assert 1 in words.places(name)
        assert words.length_at(1, name) == len(phrase)
        assert words.length_at(0, name) == 0


def test_a_list_that_a_line_is_asked_for_is_one_of_the_vocabulary() -> None:
    asked = re.compile(r'\b(?:has|places|length_at)\((?:[^"()]|\([^"()]*\))*"(\w+)"\)')
    for file in Path(str(vocabulary.__file__)).parent.glob("*.py"):
        for name in asked.findall(file.read_text("utf-8")):
            assert vocabulary.words_for(name), f"{file.name} asks for {name}"
