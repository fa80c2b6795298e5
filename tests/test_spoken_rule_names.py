"""Every rule that can stand in the list of readings has a name in the producer's language."""

from __future__ import annotations

from broadcast.language import Language
from broadcast.messages.rendering import renderer_for
from broadcast.spoken import elsewhere
from broadcast.spoken.en.grammar import ENGLISH
from broadcast.spoken.grammar import Grammar
from broadcast.spoken.rule_names import rule_name
from broadcast.spoken.vi.grammar import VIETNAMESE

BESIDE_RULES = {"lexicon", "taught"}
SAME_IN_BOTH = {"e-mail"}
GRAMMARS = (VIETNAMESE, ENGLISH, *map(elsewhere.grammar_for, ("fr", "xx")))


def rules_of(grammar: Grammar) -> set[str]:
    return {rule.name for rules in grammar.rules.values() for rule in rules}


def test_every_rule_is_called_by_its_code_in_english_and_by_name_in_vietnamese() -> None:
    vietnamese = renderer_for(Language("vi"))
    codes = BESIDE_RULES.union(*map(rules_of, GRAMMARS))
    assert len(codes) > 50
    for code in codes:
        assert str(rule_name(code)) == code
        assert code in SAME_IN_BOTH or vietnamese.text(rule_name(code)) != code
