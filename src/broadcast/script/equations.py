"""An equation of Word or of a web page, turned into one line that reads as it looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from broadcast.messages import Message

IN_WORDS = Message("script.in-words", "Write it in words.")

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_PLAIN_POWER = re.compile(r"[23²³]")
_ONE = re.compile(r"[\w.,%²³°]*")
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_UNSEEN = {"annotation", "annotation-xml", "ctrlPr", "rPr", "maction", "mphantom"}
# What stands in a line is read from left to right; of the rest a person should look at the words.
_IN_LINE = {
    *("r", "t", "e", "num", "den", "oMath", "oMathPara", "fName", "box", "d", "f", "sSub"),
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mfrac", "semantics", "msub"),
    *("sub", "sup", "deg", "sSup", "msup", "sSubSup", "msubsup", "mpadded", "mfenced"),
}
_DEEPEST = 60
_SPACES = re.compile(r"[\s\u2061-\u2064]+")


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation in a line; ``is_plain`` says that its words are certain to read as it looks."""

    text: str
    is_plain: bool

    @property
    def doubt(self) -> Message:
        """What to say of one that is not plain."""
        return Message("script.equation", "an equation is read as “{words}”", words=self.text)


def equation_of(node: Any) -> Equation:
    """Give an m:oMath of Word (ECMA-376, 22.1) or a <math> of a page (MathML 3) in one line.

    A fraction is 2/3, a power 10⁶ or x^(a+b), a root √2; what is compound is put into brackets.
    """
    reading = _EquationReader()
    return Equation(_SPACES.sub(" ", reading.of(node)).strip(), reading.is_plain)


def raised(figures: str) -> str:
    """Give figures as they are written above the line: 6 → ⁶."""
    return figures.translate(_RAISED)


def raised_doubt(words: str) -> Message:
    """What to say of figures that stand above the line, behind others."""
    return Message("script.raised", "small raised figures are read as “{words}”", words=words)


class _EquationReader:
    def __init__(self) -> None:
        self.is_plain = True

    def of(self, node: Any, depth: int = 0) -> str:
        if not isinstance(node.tag, str):
            return ""
        name = _name(node)
        if name in _UNSEEN or name.endswith("Pr"):
            return ""
        if depth > _DEEPEST:
            self.is_plain = False
            return " ".join(node.itertext())
        children = (one for one in node if isinstance(one.tag, str))
        parts = [self.of(one, depth + 1) for one in children if not _name(one).endswith("Pr")]
        match name, parts:
            case "f" | "mfrac", [over, under]:
                fraction = f"{_group(over)}/{_group(under)}"
                self.is_plain = self.is_plain and "(" not in fraction
                return fraction
            case "sSup" | "msup", [below, power]:
                return self._power(below, power)
            case "sSub" | "msub", [below, index]:
                return below + index
            case "sSubSup" | "msubsup", [below, index, power]:
                return self._power(below + index, power)
            case "rad", [degree, below]:
                return self._root(degree, below)
            case "mroot", [below, degree]:
                return self._root(degree, below)
            case "msqrt", _:
                return self._root("", _joined(parts))
            case "d", _:
                begin, end = (_character(node, kind) for kind in ("begChr", "endChr"))
                return f"{begin or '('}{', '.join(parts)}{end or ')'}"
            case "mfenced", _:
                return f"{node.get('open', '(')}{', '.join(parts)}{node.get('close', ')')}"
            case "nary", [*limits, below]:
                self.is_plain = False
                return " ".join([_character(node, "chr") or "∫", *filter(None, limits), below])
            case "mtable" | "m" | "mtr" | "mr" | "eqArr", _:
                self.is_plain = False
                return ", ".join(filter(None, parts))
        self.is_plain = self.is_plain and name in _IN_LINE
        text = node.text or "" if name in {"t", "mi", "mn", "mo", "mtext", "ms"} else ""
        return text + _joined(parts)

    def _power(self, below: str, power: str) -> str:
        power = power.strip()
        self.is_plain = (
            self.is_plain and _PLAIN_POWER.fullmatch(power) is not None and below[-1:].isalpha()
        )
        if power and all(sign in "0123456789+-−n" for sign in power):
            return f"{_group(below)}{raised(power)}"
        if power in {"∘", "°", "o", "′", "″"}:
            return below + power.replace("∘", "°")
        return f"{_group(below)}^{_group(power)}"

    def _root(self, degree: str, below: str) -> str:
        self.is_plain = False
        sign = _ROOTS.get(degree.strip())
        return f"{sign or raised(degree.strip()) + '√'}{_group(below)}"


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _character(node: Any, kind: str) -> str | None:
    """The sign that the properties of a part name: m:begChr, m:chr."""
    for child in node:
        if isinstance(child.tag, str) and _name(child).endswith("Pr"):
            for one in child:
                if isinstance(one.tag, str) and _name(one) == kind:
                    return next(
                        (str(value) for key, value in one.items() if key.endswith("val")), ""
                    )
    return None


def _group(text: str) -> str:
    text = text.strip()
    whole = text[:1] == "(" and text.find(")") == len(text) - 1
    return text if whole or _ONE.fullmatch(text) else f"({text})"


def _joined(parts: Sequence[str]) -> str:
    """Put parts side by side; a whole number and the fraction behind it stay two: 1 2/3."""
    text = ""
    for part in parts:
        text += f" {part}" if text[-1:].isdigit() and "/" in part and part[0].isdigit() else part
    return text
