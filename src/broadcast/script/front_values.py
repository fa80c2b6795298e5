"""The text of a front matter as YAML of plain values → a FrontMatter, and what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import yaml

from broadcast.language import Language
from broadcast.messages import Message
from broadcast.messages.languages import hint_for
from broadcast.messages.listeners import all_words
from broadcast.model import FrontMatter, Gender, Level, Person, Problem, Role
from broadcast.script.text_file import audible
from broadcast.script.written_day import date_of
from broadcast.script.yaml_faults import cut_off, unreadable
from broadcast.text import folded

_MOST_CHARACTERS = 64_000
_DEEPEST = 10
_ROLES: tuple[Role, ...] = ("presenter", "reporter", "official")
_GENDERS: dict[str, Gender] = {"woman": "woman", "man": "man", "nữ": "woman", "nam": "man"}


@dataclass(frozen=True)
class _YamlPlace:
    """A place for lines of "key: value": its keys, and what is said where others stand there."""

    keys: tuple[str, ...]
    no_pairs: Message
    unknown: Callable[[str], Message]


_FRONT = _YamlPlace(
    (
        *("title", "date", "language", "lang", "people", "lexicon"),
        *("season", "episode", "description", "expires", "cover"),
    ),
    Message("front.no-pairs", 'the front matter must be lines of "key: value"'),
    lambda key: Message("front.key-unknown", "unknown key “{key}” in the front matter", key=key),
)
_IN_VIETNAMESE = {"hết hạn": "expires", "ảnh bìa": "cover"}
_PERSON = _YamlPlace(
    ("name", "role", "aliases", "voices", "gender"),
    Message("front.person-no-pairs", 'a person must be lines of "key: value"'),
    lambda key: Message("front.person-key-unknown", "unknown key “{key}” in a person", key=key),
)
_AS_DATE = Message("front.date.hint", "Write it as 2025-09-06 or 6/9/2025.")
_QUOTE_IT = Message("front.quote-it", "If it is text, put it in quotes.")


@dataclass
class FrontMatterReader:
    """One reading of a front matter: ``first`` is the line of the file its text begins on."""

    first: int
    problems: list[Problem] = field(default_factory=list)

    def front_matter(self, text: str) -> FrontMatter:
        node = self._root(text)
        if node is None:
            return FrontMatter()
        values = dict(self._pairs(node, _FRONT))
        if "#" in text:
            self.problems += cut_off(node, text.split("\n"), self.first)
        return FrontMatter(
            title=self._text(values.get("title")),
            date=self._date(values.get("date")),
            expires=self._last_day(values.get("expires"), values.get("date")),
            language=self._language(values.get("language"), values.get("lang")),
            people=tuple(self._people(values.get("people"))),
            lexicon=self._mapping(values.get("lexicon"), "lexicon"),
            season=self._number(values.get("season"), "season"),
            episode=self._number(values.get("episode"), "episode"),
            description=self._text(values.get("description")),
            cover=self._text(values.get("cover")),
        )

    def _root(self, text: str) -> yaml.Node | None:
        if len(text) > _MOST_CHARACTERS:
            self._problem(None, "error", Message("front.too-long", "the front matter is too long"))
            return None
        try:
            depth = 0
            for event in yaml.parse(text, Loader=yaml.BaseLoader):
                if isinstance(event, yaml.AliasEvent):
                    self._problem(
                        event,
                        "error",
                        Message("front.alias", "aliases (*name) are not allowed here"),
                        _QUOTE_IT,
                    )
                    return None
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
                if depth > _DEEPEST:
                    self._problem(
                        event,
                        "error",
                        Message("front.too-deep", "the front matter is nested too deeply"),
                    )
                    return None
            return yaml.compose(text, Loader=yaml.BaseLoader)
        except yaml.YAMLError as wrong:
            self.problems.append(unreadable(text, self.first, wrong))
            return None

    def _pairs(self, node: yaml.Node, place: _YamlPlace) -> Iterator[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self._problem(node, "error", place.no_pairs)
            return
        seen = set()
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            name = _IN_VIETNAMESE.get(folded(name), name)
            if name not in place.keys:
                self._problem(
                    key,
                    "warning",
                    place.unknown(name),
                    Message("front.keys", "Known are: {keys}.", keys=place.keys),
                )
            elif name in seen:
                self._problem(
                    key,
                    "warning",
                    Message(
                        "front.key-twice", "“{key}” is given twice; the first one counts", key=name
                    ),
                )
            else:
                seen.add(name)
                yield name, value

    def _people(self, node: yaml.Node | None) -> Iterator[Person]:
        if node is None or node.value == "":
            return
        if not isinstance(node, yaml.SequenceNode):
            self._problem(
                node,
                "error",
                Message("front.people-no-list", "people must be a list"),
                Message("front.people-no-list.hint", "Begin each person with “- name:”."),
            )
            return
        for item in node.value:
            if isinstance(item, yaml.ScalarNode) and item.value:
                yield Person(name=item.value)
                continue
            values = dict(self._pairs(item, _PERSON))
            name = self._text(values.get("name"))
            if name is None:
                self._problem(
                    item, "error", Message("front.person-unnamed", "a person without a name")
                )
                continue
            yield Person(
                name=name,
                role=self._role(values.get("role")),
                aliases=self._texts(values.get("aliases")),
                voices=self._mapping(values.get("voices"), "voices"),
                gender=self._gender(values.get("gender")),
            )

    def _gender(self, node: yaml.Node | None) -> Gender | None:
        text = self._text(node)
        if text is None or node is None:
            return None
        gender = _GENDERS.get(text.casefold())
        if gender is None:
            self._problem(
                node,
                "error",
                Message("front.gender-unknown", "“{gender}” is no voice's gender", gender=text),
                Message("front.gender-unknown.hint", "Write woman or man."),
            )
        return gender

    def _role(self, node: yaml.Node | None) -> Role | None:
        text = self._text(node)
        if text is None or node is None:
            return None
        role = _role_called(text.casefold())
        if role is None:
            self._problem(
                node,
                "error",
                Message("front.role-unknown", "unknown role “{role}”", role=text),
                Message("front.role-unknown.hint", "Roles are {roles}.", roles=_ROLES),
            )
        return role

    def _language(self, *nodes: yaml.Node | None) -> str | None:
        written = [(node, text) for node in nodes if (text := self._text(node))]
        for node, _ in written[1:]:
            self._problem(
                node,
                "warning",
                Message("front.language-twice", "the language is given twice; “language” counts"),
            )
        for node, text in written[:1]:
            try:
                return Language.of(text).tag
            except ValueError:
                self._problem(
                    node,
                    "error",
                    Message("front.no-language", "“{written}” is not a language", written=text),
                    hint_for(text),
                )
        return None

    def _text(self, node: yaml.Node | None) -> str | None:
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._problem(
                node,
                "error",
                Message("front.no-single-value", "a single value was expected here"),
                _QUOTE_IT,
            )
            return None
        if node.tag.startswith("!"):
            self._problem(
                node,
                "error",
                Message("front.tag", "“{tag}” is no text but a tag of YAML", tag=node.tag),
                _QUOTE_IT,
            )
            return None
        if any("\ud800" <= sign <= "\udfff" for sign in node.value):
            self._problem(
                node, "error", Message("front.half-character", "half of a character stands here")
            )
            return None
        return " ".join(audible(node.value).split()) or None

    def _date(self, node: yaml.Node | None) -> str | None:
        text = self._text(node)
        if text is not None and date_of(text) is None:
            self._problem(
                node, "error", Message("front.date", "“{date}” is no date", date=text), _AS_DATE
            )
            return None
        return text

    def _last_day(self, node: yaml.Node | None, first: yaml.Node | None) -> str | None:
        text = self._date(node)
        began = date_of(self._text(first) or "") if text else None
        day = date_of(text) if text else None
        if node is not None and text and day and began and day < began:
            self._problem(
                node,
                "error",
                Message(
                    "front.expires-before-date",
                    "it would expire on {day}, before its date",
                    day=text,
                ),
                Message("front.expires-before-date.hint", "Write the last day that it holds good."),
            )
            return None
        return text

    def _texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(text for item in items if (text := self._text(item)) is not None)

    def _mapping(self, node: yaml.Node | None, name: str) -> dict[str, str]:
        if node is None or node.value == "":
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._problem(
                node,
                "error",
                Message("front.no-mapping", '{key} must be lines of "written: value"', key=name),
            )
            return {}
        pairs = ((self._text(key), self._text(value)) for key, value in node.value)
        return {key: value for key, value in pairs if key is not None and value is not None}

    def _number(self, node: yaml.Node | None, name: str) -> int | None:
        text = self._text(node)
        if text is None or node is None:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", text):
            self._problem(
                node,
                "error",
                Message(
                    "front.no-number",
                    "{key} must be a whole number, not “{written}”",
                    key=name,
                    written=text,
                ),
            )
            return None
        return int(text)

    def _problem(
        self,
        where: yaml.Node | yaml.Event | None,
        level: Level,
        message: Message,
        hint: Message | None = None,
    ) -> None:
        mark = None if where is None else where.start_mark
        line = self.first if mark is None else self.first + mark.line
        self.problems.append(Problem(line, level, message, hint))


def _role_called(name: str) -> Role | None:
    """Give the role of that name, its own or what listeners are told in any language."""
    for role in _ROLES:
        if name in {role, *(getattr(words.people, role).casefold() for words in all_words())}:
            return role
    return None
