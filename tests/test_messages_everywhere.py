"""Nothing is said to people but as a message: held to the source, whatever room it stands in.

Words in a call that shows them, a code that is no literal, a meaning read out of text: each would
leave a user of another language, or a program that reads codes, without what is said.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "broadcast"
# Where messages are made of what others give: the functions themselves.
MAKERS = {"messages/__init__.py": {"counted"}, "cli/help.py": {"help_text"}}

TEMPLATES = {"Message": 1, "help_text": 1, "counted": 2}
"""What makes a message, and how many templates follow the code."""
SHOWING = {
    "say": (0,), "step": (0,), "make_table": None, "add_row": None, "add_column": None,
    "confirm": None, "prompt": None, "agreed": None, "echo": None, "secho": None, "print": None,
    "verbatim": None, "Finding": None, "BadParameter": None, "ClickException": None,
}  # fmt: skip
"""Calls that show what they are given, and by which arguments (None: by all)."""
SAID = {"message", "hint", "why", "known_by", "placed"}
"""Attributes that are messages."""
TESTS_OF_TEXT = {
    "startswith", "endswith", "removeprefix", "removesuffix", "partition", "rpartition", "find",
    "index", "count", "match", "search", "fullmatch",
}  # fmt: skip
A_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*")


def files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room_of(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


class Module:
    """A file of the source: what its names are given, and the errors it knows."""

    def __init__(self, source: str, errors: Iterable[str] = ("BroadcastError",)) -> None:
        self.tree = ast.parse(source)
        self.errors = set(errors)
        self.calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        self._given: dict[str, list[ast.expr]] = {}
        for node in ast.walk(self.tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Name):
                    self._given.setdefault(target.id, []).append(node.value)

    def has_words(self, node: ast.AST, names: bool = True) -> bool:
        """Whether a value is, or may be, words that stand in the source."""
        parts: Iterable[ast.AST] = ()
        match node:
            case ast.Constant(value=str(text)):
                return any(letter.isalpha() for letter in text)
            case ast.JoinedStr(values=values):
                parts = [value for value in values if isinstance(value, ast.Constant)]
            case ast.BinOp(left=left, right=right):
                parts = (left, right)
            case ast.BoolOp(values=values):
                parts = values
            case ast.IfExp(body=body, orelse=orelse):
                parts = (body, orelse)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                parts = elements
            case ast.Starred(value=value) | ast.NamedExpr(value=value):
                parts = (value,)
            case ast.Call(func=ast.Attribute(value=value)):  # "…".format(…)
                parts = (value,) if isinstance(value, ast.Constant | ast.JoinedStr) else ()
            case ast.Name(id=name) if names:
                return any(
                    self.has_words(value, names=False) for value in self._given.get(name, ())
                )
        return any(self.has_words(part, names) for part in parts)

    def going_round(self) -> Iterator[tuple[int, str]]:
        """Give the lines where something is said that is no message, and what it is."""
        for call in self.calls:
            shown = list(self._shown(call))
            if any(map(self.has_words, shown)):
                yield call.lineno, "words that are no message"
            for keyword in call.keywords:
                if keyword.arg == "hint" and self.has_words(keyword.value):
                    yield call.lineno, "a hint that is no message"
                is_help = name_of(call) in ("Option", "Argument", "Typer", "callback")
                if keyword.arg in ("help", "short_help") and is_help:
                    value = keyword.value
                    if not isinstance(value, ast.Call) or name_of(value) != "help_text":
                        yield call.lineno, "help that is no help_text"

    def _shown(self, call: ast.Call) -> Iterator[ast.expr]:
        """Give what a call shows to people."""
        name, arguments = name_of(call), call.args
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        if name in self.errors:
            yield from [*arguments[:1], *filter(None, [named.get("message")])]
        elif name == "Problem":
            yield from [*arguments[2:4], *filter(None, [named.get("message")])]
        elif name == "Dropped":
            yield from [*arguments[2:3], *filter(None, [named.get("why")])]
        elif name == "command" and isinstance(call.func, ast.Name):
            yield from arguments[1:2]
        elif name in SHOWING and (name != "step" or isinstance(call.func, ast.Attribute)):
            places = SHOWING[name]
            yield from (
                arguments
                if places is None
                else [arguments[n] for n in places if n < len(arguments)]
            )
        elif name == "write" and is_for_people(call):
            yield from arguments

    def made_of_others(self, exempt: Iterable[str] = ()) -> Iterator[tuple[int, str]]:
        """Give the lines where a message's code or template is no literal."""
        inside = [
            call
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef) and node.name in exempt
            for call in ast.walk(node)
        ]
        for call in self.calls:
            if name_of(call) in TEMPLATES and call not in inside:
                wanted = call.args[: TEMPLATES[name_of(call)] + 1]
                literal = [
                    isinstance(one, ast.Constant) and isinstance(one.value, str) for one in wanted
                ]
                if len(wanted) <= TEMPLATES[name_of(call)] or not all(literal):
                    yield call.lineno, "a code or a template that is no literal"

    def messages(self) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """Give the messages of the file: line, code, templates."""
        for call in self.calls:
            if name_of(call) in TEMPLATES:
                literals = [
                    one.value
                    for one in call.args[: TEMPLATES[name_of(call)] + 1]
                    if isinstance(one, ast.Constant)
                ]
                if len(literals) > 1:
                    yield call.lineno, literals[0], tuple(literals[1:])

    def read_out_of_text(self) -> Iterator[tuple[int, str]]:
        """Give the lines where code looks into what is said, or makes text of it too early."""
        in_english = [
            call
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef) and node.name == "__str__"
            for call in ast.walk(node)
        ]
        yield from self._errors_as_text()
        for node in ast.walk(self.tree):
            match node:
                case ast.Compare(left=left, ops=ops, comparators=others):
                    if is_read((left, *others), ops):
                        yield node.lineno, "what is said is compared with text"
                case ast.Call(func=ast.Attribute(attr=attribute, value=value), args=arguments):
                    if attribute in TESTS_OF_TEXT and any(map(is_said, (value, *arguments))):
                        yield node.lineno, "what is said is looked into"
                case ast.Call(func=ast.Name(id="str"), args=[argument]):
                    if is_said(argument) and node not in in_english:
                        yield node.lineno, "what is said is made text of before it is shown"
                case ast.FormattedValue(value=value):
                    if is_said(value):
                        yield node.lineno, "what is said is glued to other words"

    def _errors_as_text(self) -> Iterator[tuple[int, str]]:
        """Give the lines where an error of the program, caught, is made text of."""
        for handler in ast.walk(self.tree):
            if not isinstance(handler, ast.ExceptHandler) or handler.type is None:
                continue
            kinds = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
            for node in ast.walk(handler) if kinds & self.errors else ():
                match node:
                    case (
                        ast.Call(func=ast.Name(id="str"), args=[ast.Name(id=name)])
                        | ast.FormattedValue(value=ast.Name(id=name))
                    ) if name == handler.name:
                        yield node.lineno, "an error is made text of before it is shown"


def name_of(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_for_people(call: ast.Call) -> bool:
    """Whether a ``write`` goes to a screen: a file is written to with values that have no words."""
    target = call.func.value if isinstance(call.func, ast.Attribute) else None
    match target:
        case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr"):
            return True
        case ast.Call(func=ast.Name(id="out" | "err")):
            return True
        case ast.Name(id="console" | "screen") | ast.Attribute(attr="screen" | "console"):
            return True
    return False


def is_read(compared: Iterable[ast.AST], ops: Iterable[ast.cmpop]) -> bool:
    """Whether a comparison looks at words: one of a message with a message does not."""
    said = [node for node in compared if is_said(node)]
    as_text = any(isinstance(node, ast.Call) for node in said)
    literal = any(isinstance(node, ast.Constant | ast.JoinedStr) for node in compared)
    looked_into = any(isinstance(op, ast.In | ast.NotIn) for op in ops)
    is_none = all(isinstance(op, ast.Is | ast.IsNot) for op in ops)
    return bool(said) and not is_none and (as_text or literal or looked_into)


def is_said(node: ast.AST) -> bool:
    """Whether a value is a message, or its text."""
    match node:
        case ast.Attribute(attr=attribute):
            return attribute in SAID
        case ast.Call(func=ast.Name(id="str" | "text_of" | "repr"), args=[argument]):
            return is_said(argument) or name_of(node) == "text_of"
    return False


def errors_of_the_source() -> set[str]:
    """Give the names of BroadcastError and of every class under it."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for file in files()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    known = {"BroadcastError"}
    while more := {name for name, above in bases.items() if above & known} - known:
        known |= more
    return known


ERRORS = errors_of_the_source()
MODULES = {room_of(file): Module(file.read_text("utf-8"), ERRORS) for file in files()}


def test_the_errors_of_the_program_are_known() -> None:
    assert {"BroadcastError", "UsageError", "OutsideError", "EngineUnavailableError"} <= ERRORS


def test_whatever_is_shown_is_a_message() -> None:
    faults = [
        f"{room}:{line}: {what}"
        for room, module in MODULES.items()
        for line, what in module.going_round()
    ]
    assert faults == []


def test_codes_and_templates_are_literals() -> None:
    faults = [
        f"{room}:{line}: {what}"
        for room, module in MODULES.items()
        for line, what in module.made_of_others(MAKERS.get(room, ()))
    ]
    assert faults == []


def test_codes_are_words_with_hyphens_joined_by_dots() -> None:
    faults = [
        f"{room}:{line}: {code}"
        for room, module in MODULES.items()
        for line, code, _ in module.messages()
        if not A_CODE.fullmatch(code)
    ]
    assert faults == []


def test_a_code_says_one_thing() -> None:
    said: dict[str, dict[tuple[str, ...], str]] = {}
    for room, module in MODULES.items():
        for line, code, templates in module.messages():
            said.setdefault(code, {}).setdefault(templates, f"{room}:{line}")
    assert {code: list(ways.values()) for code, ways in said.items() if len(ways) > 1} == {}


def test_nobody_reads_meaning_out_of_text() -> None:
    faults = [
        f"{room}:{line}: {what}"
        for room, module in MODULES.items()
        for line, what in module.read_out_of_text()
    ]
    assert faults == []


@pytest.mark.parametrize(
    "source",
    [
        'raise BroadcastError("Nobody speaks.")',
        'raise BroadcastError(f"Nobody speaks in {file}.")',
        'raise BroadcastError("No " + what)',
        'raise BroadcastError("No {}".format(what))',
        'raise BroadcastError("none" if lost else told)',
        'raise BroadcastError(told, hint="Write words.")',
        'HINT = "Write words."\nread(file, hint=HINT)',
        'words = f"{n} lines"\nreporter.say(words)',
        'Problem(3, "error", "no title")',
        'Problem(3, "error", told, "Write one.")',
        'Dropped(3, line, "a remark")',
        'Dropped(3, line, why="a remark")',
        'reporter.say("Waiting.")',
        'reporter.step("encoding", 1, 2)',
        'make_table("turn", "line")',
        'table.add_row(name, "none" if lost else "kept")',
        'table.add_row(*(name, "none"))',
        'typer.Option("--json", help="Print JSON.")',
        'typer.Typer(help="All of it.")',
        'command("check", "Look at a script.")',
        'typer.echo("done")',
        'print("done")',
        'sys.stderr.write("done\\n")',
        'out().write(f"{name} is done")',
        'screen.write("done")',
        'verbatim("done")',
        'typer.confirm("Use them so?")',
        'Finding(False, "no engine", hint)',
    ],
)
def test_words_that_go_round_are_found(source: str) -> None:
    assert list(Module(source).going_round())


@pytest.mark.parametrize(
    "source",
    [
        'raise BroadcastError(Message("script.nobody", "Nobody speaks."))',
        'raise BroadcastError(error.message, file="station.toml", hint=error.hint)',
        'raise ValueError("of no interest to users")',
        'Problem(3, "error", Message("script.no-title", "no title"))',
        'typer.Option("--json", metavar="N", help=help_text("option.json", "Print JSON."))',
        'command("check", help_text("command.check", "Look at a script."))',
        'screen.write(f"  {file}: {word}")',
        'file.write("<html>")',
        'table.add_row(name, "–")',
        "reporter.step(stage, 1, 2)",
    ],
)
def test_messages_and_what_needs_no_translation_are_left_alone(source: str) -> None:
    assert not list(Module(source).going_round())


@pytest.mark.parametrize(
    "source",
    [
        "Message(code, 'Done.')",
        "Message('done', f'Done: {what}.')",
        "Message('done', template)",
        "Message('done')",
        "counted('done', 'one', many, count=2)",
        "counted('done', 'one', count=2)",
        "help_text('done', 'a' + b)",
    ],
)
def test_codes_and_templates_that_no_catalogue_could_have_are_found(source: str) -> None:
    assert list(Module(source).made_of_others())
    assert not list(Module(f"def maker():\n    {source}").made_of_others({"maker"}))


@pytest.mark.parametrize("code", ["Done", "done_so", "done.", "is done", "", "done..so", "-done"])
def test_codes_that_are_none_are_found(code: str) -> None:
    assert not A_CODE.fullmatch(code)


@pytest.mark.parametrize(
    "source",
    [
        'error.message == "Stopped."',
        'if "clipped" in str(problem.message): pass',
        'problem.hint.startswith("Write")',
        'str(problem.message).removeprefix("turn 3: ")',
        're.match("turn", str(dropped.why))',
        "Heard(fault=str(error.message))",
        'f"{error.message} Going on."',
        'text_of(told) == "done"',
        "try: work()\nexcept BroadcastError as error: told = str(error)",
        "try: work()\nexcept (OSError, BroadcastError) as error: told = f'no: {error}'",
        "str(dropped.why) == other",
        "dropped.why in (HIDDEN, GONE)",
    ],
)
def test_meaning_that_is_read_out_of_text_is_found(source: str) -> None:
    assert list(Module(source).read_out_of_text())


@pytest.mark.parametrize(
    "source",
    [
        'error.message.code == "stopped"',
        "dropped.why == HIDDEN",
        "try: work()\nexcept OSError as error: told = str(error)",
        "if error.hint is not None: pass",
        "screen.say(error.message)",
        'Message("going-on", "{why} Going on.", why=error.message)',
    ],
)
def test_a_message_is_known_by_its_code_and_passed_along_whole(source: str) -> None:
    assert not list(Module(source).read_out_of_text())
